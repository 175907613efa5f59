// Tiles of the launcher: the pages that a learner or the trainer opens most, when they exist in this folder.

import { lab } from "./container.ts";

interface Commands {
  addCommand(id: string, options: object): unknown;
  execute(id: string, args: object): Promise<unknown>;
}

interface App {
  commands: Commands;
  restored: Promise<unknown>;
  serviceManager: { contents: { get(path: string, options: object): Promise<{ content: { path: string }[] | null }> } };
}

interface Launcher {
  add(item: object): unknown;
}

interface Tile {
  path: string;
  label: string;
  caption: string;
}

const TILES: Tile[] = [
  { path: "cours/index.ipynb", label: "Sommaire du cours", caption: "Ouvrir la liste des leçons" },
  { path: "cours/rappel.ipynb", label: "Rappel du matin", caption: "Revoir six cartes" },
  { path: "formateur/tableau-de-bord.ipynb", label: "Tableau de bord", caption: "Voir où en est la classe" },
  { path: "formateur/notation-des-projets.ipynb", label: "Notation des projets", caption: "Noter les projets avec la grille" },
];

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** Tiles whose notebook is there; a folder that is missing is an answer, not an error. */
async function present(app: App): Promise<Tile[]> {
  const root = await app.serviceManager.contents.get("", { content: true });
  const folders = new Set((root.content ?? []).map((entry) => entry.path));
  const listed = [...new Set(TILES.map((tile) => folderOf(tile.path)))].filter((folder) => folders.has(folder));
  const contents = await Promise.all(listed.map((folder) => app.serviceManager.contents.get(folder, { content: true })));
  const paths = new Set(contents.flatMap((folder) => (folder.content ?? []).map((entry) => entry.path)));
  return TILES.filter((tile) => paths.has(tile.path));
}

export async function launcherPlugin(): Promise<object> {
  const { ILauncher } = await lab<{ ILauncher: unknown }>("@jupyterlab/launcher");
  return {
    id: "codephenix:launcher",
    description: "Tiles for the course, the review cards and the trainer's screens.",
    autoStart: true,
    requires: [ILauncher],
    activate: async (app: App, launcher: Launcher): Promise<void> => {
      for (const [rank, tile] of (await present(app)).entries()) {
        const command = `codephenix:open:${tile.path}`;
        app.commands.addCommand(command, {
          label: tile.label,
          caption: tile.caption,
          iconClass: "jp-NotebookIcon",
          execute: () => app.commands.execute("docmanager:open", { path: tile.path }),
        });
        launcher.add({ command, category: "CodePhenix", rank });
      }
    },
  };
}
