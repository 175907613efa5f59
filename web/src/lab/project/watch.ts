// Follows a folder: each file saved, added, renamed or deleted there gives a new state of its site.
//
// Law: one reading at a time, and the last change is always read.
import type { Bundle } from "../../card/site.ts";
import { homeOf } from "../../project/place.ts";
import { ProjectSite } from "../../project/site.ts";
import { type Change, type Contents, Folder, FolderProblem } from "./folder.ts";

const PAUSE_MS = 120; // « Enregistrer tout » saves several files

export class Watch {
  readonly folder: Folder;
  readonly #contents: Contents;
  readonly #site: ProjectSite;
  readonly #show: (bundle: Bundle | null, why: string) => void;
  #page: string;
  #visit = 0;
  #timer = 0;
  #reading = false;
  #again = false;
  #stopped = false;

  /** `show` gets each state, or null and a key of the translations. */
  constructor(contents: Contents, root: string, page: string, show: (bundle: Bundle | null, why: string) => void) {
    this.#contents = contents;
    this.folder = new Folder(contents, root);
    this.#site = new ProjectSite((entry) => this.folder.read(entry));
    this.#show = show;
    this.#page = page;
    contents.fileChanged.connect(this.#changed);
    void this.#read();
  }

  /** Show this page, even when another was reached by links meanwhile. */
  visit(page: string): void {
    this.#page = page;
    this.#visit++;
    void this.#read();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#contents.fileChanged.disconnect(this.#changed);
  }

  #changed = (_: unknown, { oldValue, newValue }: Change): void => {
    const paths = [this.folder.inside(oldValue?.path), this.folder.inside(newValue?.path)].filter((path) => path !== null);
    if (!paths.length) return;
    for (const path of paths) this.#site.forget(path);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#read(), PAUSE_MS);
  };

  async #read(): Promise<void> {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      await this.#once();
    }
    this.#reading = false;
  }

  async #once(): Promise<void> {
    try {
      const entries = await this.folder.list();
      const page = this.#page || homeOf(entries.map(({ path }) => path));
      const bundle = page ? await this.#site.load(entries, page) : null;
      if (this.#stopped) return;
      this.#show(bundle && { ...bundle, visit: this.#visit }, "This folder has no page. Create index.html, then save it.");
    } catch (problem) {
      if (!this.#stopped) this.#show(null, problem instanceof FolderProblem ? problem.message : "This folder could not be read.");
    }
  }
}
