// The files of a folder made a site: read in the order in which the pages need them, as long as there is room.
import type { Bundle, Refusal, SiteFile } from "../card/site.ts";
import { base64 } from "../base64.ts";
import { extensionOf, MEDIA_TYPES } from "../notebook/cell.ts";
import { referencesOf } from "../notebook/references.ts";
import { isPage, LARGEST_SITE, refusal } from "./place.ts";

export interface Entry {
  path: string; // from the folder of the project
  size: number; // bytes
  modified: string;
}

export type Read = (entry: Entry) => Promise<Uint8Array<ArrayBuffer>>;

const TEXT = /^text\/|json|xml|svg/;
const AT_A_TIME = 6; // what a browser asks of one server at the same time

export function asSiteFile(path: string, bytes: Uint8Array): SiteFile {
  const type = MEDIA_TYPES[extensionOf(path)]!;
  if (TEXT.test(type)) return { type, text: new TextDecoder().decode(bytes) };
  return { type, base64: base64(bytes) };
}

/** Keeps what it has read: a file is read again when it has changed. */
export class ProjectSite {
  readonly #read: Read;
  readonly #kept = new Map<string, { modified: string; file: SiteFile }>();

  constructor(read: Read) {
    this.#read = read;
  }

  /** Read this file again, whatever its date says. */
  forget(path: string): void {
    this.#kept.delete(path);
  }

  /** The site of these files, seen from a page: what it needs first, then the other pages, then the rest. */
  async load(entries: readonly Entry[], page: string): Promise<Bundle> {
    const refused: Record<string, Refusal> = {};
    const usable = new Map<string, Entry>();
    for (const entry of entries) {
      const why = refusal(entry.path, entry.size);
      if (why) refused[entry.path] = why;
      else usable.set(entry.path, entry);
    }
    const files: Record<string, SiteFile> = {};
    let room = LARGEST_SITE;
    const take = (waiting: string[]): Entry[] => {
      const batch: Entry[] = [];
      while (waiting.length && batch.length < AT_A_TIME) {
        const entry = usable.get(waiting.shift()!);
        if (!entry) continue;
        usable.delete(entry.path);
        if (entry.size > room) refused[entry.path] = "size";
        else batch.push(entry), (room -= entry.size);
      }
      return batch;
    };
    const paths = [...usable.keys()];
    for (const waiting of [[page], paths.filter(isPage), paths]) {
      while (waiting.length) {
        const batch = take(waiting);
        const read = await Promise.all(batch.map((entry) => this.#file(entry)));
        batch.forEach(({ path }, at) => {
          if (read[at]) files[path] = read[at];
          if (read[at]?.text) waiting.unshift(...referencesOf(path, read[at].text));
        });
      }
    }
    return { page, files, names: entries.map(({ path }) => path).sort(), refused };
  }

  /** null when it went away meanwhile: the page then says so. */
  async #file(entry: Entry): Promise<SiteFile | null> {
    const kept = this.#kept.get(entry.path);
    if (kept && kept.modified === entry.modified) return kept.file;
    try {
      const file = asSiteFile(entry.path, await this.#read(entry));
      this.#kept.set(entry.path, { modified: entry.modified, file });
      return file;
    } catch {
      return null;
    }
  }
}
