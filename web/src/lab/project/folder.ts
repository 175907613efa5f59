// A folder of the learner's, read through Lab's contents: the same doors and the same limits as the file browser.
//
// Law: nothing above the folder is asked for; past the limits a sentence says so, and nothing is read.
import { nameOf } from "../../project/place.ts";
import type { Entry } from "../../project/site.ts";

export interface Model {
  path: string;
  name: string;
  type: string;
  size?: number | null;
  last_modified: string;
  content: unknown;
}

export interface Change {
  type: string;
  oldValue: { path?: string } | null;
  newValue: { path?: string } | null;
}

export interface Contents {
  get(path: string, options: object): Promise<Model>;
  fileChanged: {
    connect(slot: (sender: unknown, change: Change) => void): boolean;
    disconnect(slot: (sender: unknown, change: Change) => void): boolean;
  };
}

export const MOST_FILES = 400;
const DEEPEST = 8;

/** Why a folder cannot be read; the message is a key of the translations. */
export class FolderProblem extends Error {}

/** Whether this folder holds index.html. */
export async function hasHome(contents: Contents, folder: string): Promise<boolean> {
  try {
    const { content } = await contents.get(folder, { content: true, type: "directory" });
    return (content as Model[]).some(({ name }) => name === "index.html");
  } catch {
    return false;
  }
}

export class Folder {
  readonly root: string;
  readonly #contents: Contents;

  constructor(contents: Contents, root: string) {
    this.#contents = contents;
    this.root = root;
  }

  get name(): string {
    return nameOf(this.root) || "site";
  }

  /** Every file below, without content. Raises FolderProblem. */
  async list(): Promise<Entry[]> {
    const found: Entry[] = [];
    await this.#below("", 0, found);
    return found;
  }

  async #below(folder: string, depth: number, found: Entry[]): Promise<void> {
    if (depth > DEEPEST) throw new FolderProblem("This folder has too many folders inside one another.");
    const children = await this.#children(folder);
    const folders: string[] = [];
    for (const { name, type, size, last_modified } of children) {
      if (name.includes("/") || name.startsWith(".")) continue;
      const path = folder ? `${folder}/${name}` : name;
      if (type === "directory") folders.push(path);
      else found.push({ path, size: size ?? 0, modified: last_modified });
    }
    if (found.length > MOST_FILES) throw new FolderProblem("This folder has too many files for a project.");
    for (const path of folders) await this.#below(path, depth + 1, found);
  }

  async #children(folder: string): Promise<Model[]> {
    try {
      return (await this.#contents.get(this.#full(folder), { content: true, type: "directory" })).content as Model[];
    } catch {
      if (folder) return []; // it went away meanwhile
      throw new FolderProblem("This folder no longer exists.");
    }
  }

  async read({ path }: Entry): Promise<Uint8Array<ArrayBuffer>> {
    const { content } = await this.#contents.get(this.#full(path), { content: true, type: "file", format: "base64" });
    return Uint8Array.from(atob(String(content)), (letter) => letter.charCodeAt(0));
  }

  #full(path: string): string {
    return this.root && path ? `${this.root}/${path}` : this.root || path;
  }

  /** Path in the folder of a path of Lab; "" for the folder itself, null outside it. */
  inside(path: string | undefined): string | null {
    if (path === undefined) return null;
    if (path === this.root || !this.root) return path === this.root ? "" : path;
    return path.startsWith(`${this.root}/`) ? path.slice(this.root.length + 1) : null;
  }
}
