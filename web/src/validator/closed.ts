// The source that html-validate reads: the same page, spelt so that it cannot misread it.
//
//     <tr><td><p>Un<td>Deux   ->   <tr><td><p>Un</p></td><td>Deux</td></tr>
//
// Law: nothing changes for a browser; an offset in it is brought back to one of the learner's source.
import type { Reading } from "./tokens.ts";
import type { Tree } from "./tree.ts";

export interface Closed {
  text: string;
  back(offset: number): number;
}

/** Names that html-validate does not read whole, such as <mon-élément> or <x-a.b>, spelt with letters; same length. */
function withPlainNames(source: string, tree: Tree): string {
  const odd = tree.nodes.map(({ name }) => name).filter((name) => /[^a-z\d:-]/.test(name));
  const rename = (text: string, name: string) => text.replaceAll(name, name.replace(/[^a-z\d:-]/g, "x"));
  return [...new Set(odd)].reduce(rename, source);
}

/** The type of a field, which html-validate reads letter by letter, in small letters: type="RADIO" is valid; same length. */
function withPlainTypes(source: string, tree: Tree): string {
  const fields = tree.nodes.filter(({ name }) => name === "input" || name === "button");
  const types = fields.flatMap(({ tag }) => tag.attributes).filter(({ name, value }) => name === "type" && value);
  return types.reduce((text, { value, valueAt }) => {
    const start = valueAt + (/["']/.test(text[valueAt]!) ? 1 : 0);
    const end = start + value!.length;
    return text.slice(start, end) === value ? text.slice(0, start) + value.toLowerCase() + text.slice(end) : text;
  }, source);
}

/** Without its badly written doctypes, which are told already; same length. */
function withoutDoctypes(source: string, { doctypes }: Reading): string {
  return doctypes.reduce((text, { at, end, flaw }) => (flaw ? text.slice(0, at) + " ".repeat(end - at) + text.slice(end) : text), source);
}

/** A page with the end tags that it leaves out. */
export function closed(source: string, reading: Reading, tree: Tree): Closed {
  const plain = withPlainTypes(withPlainNames(withoutDoctypes(source, reading), tree), tree);
  const marks: { at: number; added: number }[] = []; // places after an addition, in the new text
  let text = "";
  let from = 0;
  for (const { name, at } of tree.findings.length ? [] : tree.ends) {
    text += `${plain.slice(from, at)}</${name}>`;
    from = at;
    marks.push({ at: text.length, added: text.length - at });
  }
  text += plain.slice(from);
  return { text, back: (offset) => offset - (marks.findLast(({ at }) => at <= offset)?.added ?? 0) };
}
