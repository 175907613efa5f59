// Files given beside the notebook (images, styles), read from the server when a page names them.
//
// Law: a file is asked for once per opening of the preview; one that is not there is remembered too.
import type { SiteFile } from "../../card/site.ts";
import { extensionOf, MEDIA_TYPES } from "../../notebook/cell.ts";

export interface Contents {
  get(path: string, options: object): Promise<{ content: unknown; format: string; type: string }>;
}

const LARGEST = 5_000_000; // characters in base64

export class Given {
  readonly files = new Map<string, SiteFile | null>();
  readonly #contents: Contents;
  readonly #folder: string;
  readonly #changed: () => void;

  constructor(contents: Contents, notebook: string, changed: () => void) {
    this.#contents = contents;
    this.#folder = notebook.includes("/") ? notebook.replace(/[^/]*$/, "") : "";
    this.#changed = changed;
  }

  /** Ask for files not seen yet; `changed` is called when one arrives. */
  want(paths: readonly string[]): void {
    for (const path of paths) {
      if (this.files.has(path)) continue;
      this.files.set(path, null);
      void this.#read(path);
    }
  }

  async #read(path: string): Promise<void> {
    const type = MEDIA_TYPES[extensionOf(path)];
    if (!type) return;
    const text = /^text\/|json|xml|svg/.test(type);
    try {
      const options = { content: true, type: "file", format: text ? "text" : "base64" };
      const { content, format } = await this.#contents.get(this.#folder + path, options);
      if (typeof content !== "string" || content.length > LARGEST) return;
      this.files.set(path, format === "base64" ? { type, base64: content.replace(/\s/g, "") } : { type, text: content });
      this.#changed();
    } catch {
      return; // no such file: the preview says so by itself
    }
  }
}
