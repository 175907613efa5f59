// Projects in Lab: « Aperçu du projet » and « Télécharger le projet (ZIP) », in the menu of a folder or a page of the
// file browser, in the bar of an open page, in the menu « Fichier ». All the rest is loaded when first asked for.
import { isPage, isWebFile } from "../../project/place.ts";
import { lab } from "../container.ts";
import { isReturned } from "../returned.ts";
import { PLAIN, translatorToken, type Translator } from "../translation.ts";
import { type Apputils, dialog, type Widgets } from "../verify.ts";
import type { Contents, Model } from "./folder.ts";
import type { Host, Projects, Target } from "./main.ts";

const PREVIEW = "codephenix:project-preview";
const EXPORT = "codephenix:project-export";
const BROWSER = { from: "browser" };
const ITEM = ".jp-DirListing-item[data-isdir]";

interface DocumentWidget {
  id: string;
  context?: { path: string };
  toolbar: { addItem(name: string, widget: unknown): boolean };
}

interface App {
  commands: {
    addCommand(id: string, options: object): unknown;
    addKeyBinding(options: object): unknown;
    execute(id: string, args?: object): Promise<unknown>;
  };
  contextMenu: { addItem(options: object): unknown };
  docRegistry: { addWidgetExtension(factory: string, extension: object): unknown };
  serviceManager: { contents: Contents };
  shell: Host["shell"] & { currentWidget: DocumentWidget | null };
}

interface FileBrowsers {
  tracker: { currentWidget: { selectedItems(): Iterable<Model> } | null };
}

interface MainMenu {
  fileMenu: { addGroup(items: object[], rank: number): unknown };
}

interface Palette {
  addItem(options: object): unknown;
}

interface Args {
  from?: string;
}

function asTarget(item: Model | undefined): Target | null {
  if (!item) return null;
  return item.type === "directory" || isPage(item.path) ? { path: item.path, directory: item.type === "directory" } : null;
}

/** What the learner means: what is chosen in the file browser, or the file that is open. */
function targetOf(app: App, browsers: FileBrowsers | null, { from }: Args): Target | null {
  const chosen = asTarget([...(browsers?.tracker.currentWidget?.selectedItems() ?? [])][0]);
  const open = app.shell.currentWidget?.context?.path;
  if (from === BROWSER.from) return chosen;
  return open && isWebFile(open) ? { path: open, directory: false } : chosen;
}

export async function projectPlugin(): Promise<object> {
  const { IFileBrowserFactory } = await lab<{ IFileBrowserFactory: unknown }>("@jupyterlab/filebrowser");
  const { IMainMenu } = await lab<{ IMainMenu: unknown }>("@jupyterlab/mainmenu");
  const apputils = await lab<Apputils & { ICommandPalette: unknown }>("@jupyterlab/apputils");
  const widgets = await lab<Widgets & { Widget: Host["Widget"] }>("@lumino/widgets");
  const { PageConfig } = await lab<{ PageConfig: { getOption(name: string): string } }>("@jupyterlab/coreutils");
  return {
    id: "codephenix:project",
    description: "A folder as a site: preview and archive.",
    autoStart: true,
    optional: [await translatorToken(), IFileBrowserFactory, IMainMenu, apputils.ICommandPalette],
    activate: (app: App, translator: Translator | null, browsers: FileBrowsers | null, menu: MainMenu | null, palette: Palette | null): void => {
      const trans = (translator ?? PLAIN).load("codephenix");
      const base = PageConfig.getOption("fullLabextensionsUrl");
      const cancel = apputils.Dialog.cancelButton({ label: trans.__("Cancel") });
      const host: Host = {
        Widget: widgets.Widget,
        contents: app.serviceManager.contents,
        trans,
        base,
        shell: app.shell,
        saveAll: () => app.commands.execute("docmanager:save-all"),
        confirm: async (title, texts, label) =>
          (await dialog(apputils, widgets, title, texts, [cancel, apputils.Dialog.okButton({ label })])).button.accept,
        say: (title, texts) => dialog(apputils, widgets, title, texts),
      };
      let projects: Promise<Projects> | undefined;
      const load = (): Promise<Projects> => {
        const address = `${base}/codephenix/static/project.js`;
        projects ??= import(address).then((module: { Projects: typeof Projects }) => new module.Projects(host));
        projects.catch(() => (projects = undefined)); // the next press tries again
        return projects;
      };
      const run = async (title: string, args: Args, job: (made: Projects, target: Target) => Promise<void>): Promise<void> => {
        const target = targetOf(app, browsers, args);
        if (!target) return void host.say(title, [trans.__("Choose a folder in the list of files, or open a page.")]);
        try {
          await job(await load(), target);
        } catch {
          await host.say(title, [trans.__("This did not work. Reload the page, then try again.")]);
        }
      };
      const add = (id: string, label: string, caption: string, job: (made: Projects, target: Target, args: Args) => Promise<void>): void => {
        const isVisible = (args: Args): boolean => args.from !== BROWSER.from || targetOf(app, browsers, args) !== null;
        app.commands.addCommand(id, { label, caption, isVisible, execute: (args: Args) => run(label, args, (made, target) => job(made, target, args)) });
        palette?.addItem({ command: id, category: "CodePhenix" });
      };
      const preview = trans.__("Preview of the project");
      const caption = trans.__("Show the site of this folder, at each save");
      add(PREVIEW, preview, caption, (made, target, { from }) =>
        made.preview(target, app.shell.currentWidget?.id ?? "", from === BROWSER.from),
      );
      add(EXPORT, trans.__("Download the project (ZIP)"), trans.__("Take the site away on a USB stick"), (made, target) => made.export(target));
      app.contextMenu.addItem({ command: PREVIEW, args: BROWSER, selector: ITEM, rank: 2 });
      app.contextMenu.addItem({ command: EXPORT, args: BROWSER, selector: ITEM, rank: 2.1 });
      menu?.fileMenu.addGroup([{ command: PREVIEW }, { command: EXPORT }], 20);
      app.commands.addKeyBinding({ command: PREVIEW, keys: ["Accel Alt P"], selector: ".jp-FileEditor" });
      app.docRegistry.addWidgetExtension("Editor", {
        createNew(widget: DocumentWidget): void {
          const path = widget.context?.path ?? "";
          if (!isWebFile(path) || isReturned(path)) return;
          const button = new apputils.ToolbarButton({ label: preview, tooltip: caption, onClick: () => app.commands.execute(PREVIEW) });
          widget.toolbar.addItem("apercu-projet", button);
        },
      });
    },
  };
}
