// What was found in a page, before it is put into French.

export interface Finding {
  rule: string; // key of messages.json
  at: number; // offset in the source
  values: Record<string, string>; // for the {blanks} of the message
}

/** Line and column, from 1, of an offset. */
export function position(source: string, at: number): { line: number; column: number } {
  const before = source.slice(0, at).split(/\r\n|\n|\r/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
