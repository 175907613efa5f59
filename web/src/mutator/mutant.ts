// A small fault put into a correct source: the range to replace, and what a person reads of it.
export interface Mutant {
  start: number; // offsets in the source of the cell
  end: number;
  text: string; // put in the place of this range
  change: string; // French, as in "retirer l’attribut alt"
  line: number; // in the cell, from 1
  comparable: boolean; // whether a page at rest can show that it changes nothing
  own: string; // what is touched, when it may be a free choice: a word, "alt=", "<p"; empty otherwise
}

export type Edit = Omit<Mutant, "line" | "comparable" | "own"> & Partial<Pick<Mutant, "comparable" | "own">>;

/** A text in a sentence: one line, not too long. */
export function shown(text: string, limit = 48): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}

/** Offsets of what the solution of a cell holds; of all but its first line when it has no markers. */
export function region(source: string): [start: number, end: number] {
  const begin = source.indexOf("BEGIN SOLUTION");
  const end = source.indexOf("END SOLUTION");
  if (begin < 0 || end < begin) return [source.indexOf("\n") + 1, source.length];
  return [source.indexOf("\n", begin) + 1, source.lastIndexOf("\n", end) + 1];
}

/** The edits that stay inside the region and change something, each once, in source order. */
export function mutants(source: string, edits: Edit[]): Mutant[] {
  const [first, last] = region(source);
  const found = new Map<string, Mutant>();
  for (const edit of edits) {
    if (edit.start < first || edit.end > last || source.slice(edit.start, edit.end) === edit.text) continue;
    const line = source.slice(0, edit.start).split("\n").length;
    const key = `${edit.start} ${edit.end} ${edit.text}`;
    if (!found.has(key)) found.set(key, { comparable: false, own: "", ...edit, line });
  }
  return [...found.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}
