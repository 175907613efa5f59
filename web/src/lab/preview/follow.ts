// Follows one notebook: each key typed, and each change of the active cell, gives a state of the site.
import type { Bundle } from "../../card/site.ts";
import { missingFrom, siteOf } from "../../notebook/site.ts";
import type { Panel } from "../notebook.ts";
import { Given, type Contents } from "./given.ts";

/** Same key, same site: the text of files, and which pictures there are. */
function keyOf({ page, files }: Bundle): string {
  return [page, ...Object.entries(files).flatMap(([path, { text, base64 }]) => [path, text ?? String(base64?.length)])].join("\0");
}

export class Follower {
  readonly panel: Panel;
  readonly #show: (bundle: Bundle | null) => void;
  readonly #given: Given;
  #active = 0; // rank among the code cells
  #shown: string | undefined; // Lab says that the content changed for outputs too
  #update = (): void => this.#send();

  constructor(panel: Panel, contents: Contents, show: (bundle: Bundle | null) => void) {
    this.panel = panel;
    this.#show = show;
    this.#given = new Given(contents, panel.context.path, this.#update);
    panel.content.model?.contentChanged.connect(this.#update);
    panel.content.activeCellChanged.connect(this.#update);
    this.#send();
  }

  stop(): void {
    if (this.panel.isDisposed) return;
    this.panel.content.model?.contentChanged.disconnect(this.#update);
    this.panel.content.activeCellChanged.disconnect(this.#update);
  }

  #send(): void {
    const { model, activeCell } = this.panel.content;
    if (!model) return;
    const cells = [...model.cells].filter(({ type }) => type === "code");
    const at = cells.findIndex((cell) => cell === activeCell?.model);
    if (at >= 0) this.#active = at; // a cell of text keeps the page of the last cell of code
    const bundle = siteOf(cells.map((cell) => cell.sharedModel.getSource()), this.#active, this.#given.files);
    const key = bundle ? keyOf(bundle) : "";
    if (key !== this.#shown) this.#show(bundle);
    this.#shown = key;
    if (bundle) this.#given.want(missingFrom(bundle));
  }
}
