// Entry of the asset mutator.js: defines globalThis.mutate(source, path), synchronous, in a page of ours.
import { cssEdits } from "./css.ts";
import { htmlEdits } from "./html.ts";
import { jsEdits } from "./js.ts";
import { type Edit, type Mutant, mutants } from "./mutant.ts";

const READERS: Record<string, (source: string) => Edit[]> = { html: htmlEdits, svg: htmlEdits, css: cssEdits, js: jsEdits, mjs: jsEdits };

/** Faults to put into the source of a cell; none in a language without a parser here. */
export function mutate(source: string, path: string): Mutant[] {
  const read = READERS[path.split(".").at(-1)?.toLowerCase() ?? ""];
  return read ? mutants(source, read(source)) : [];
}

Object.assign(globalThis, { mutate });
