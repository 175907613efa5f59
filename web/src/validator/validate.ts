// HTML conformance of a page, in French, for a beginner.
//
//     validateHtml("<h1>Samira<h1>", "carte.html")
//     -> [{ rule: "slash-missing", message: "Cette balise <h1> rouvre …", advice: "Écrivez </h1> …", line: 1, column: 11 }]
//
// A source without doctype nor <html> is a fragment: nothing is asked of the whole page.
// Law: never a word about a valid page, and one problem for one mistake.
import { runEngine } from "./engine.ts";
import type { Finding } from "./findings.ts";
import { inFrench, type Problem } from "./french.ts";
import { checkDocument, checkNames, checkPlaces } from "./rules.ts";
import { readTokens } from "./tokens.ts";
import { buildTree, type Tree } from "./tree.ts";

export type { Problem };

/** html-validate must never take the page down with it: a page it cannot read is a problem of its own. */
function engine(source: string, isBroken: boolean): Finding[] {
  try {
    return runEngine(source, isBroken);
  } catch {
    return [{ rule: "engine-failure", at: 0, values: {} }];
  }
}

/** One finding at each place, the first one given. */
function firstOfEachPlace(findings: Finding[]): Finding[] {
  const seen = new Map<number, Finding>();
  for (const finding of findings) if (!seen.has(finding.at)) seen.set(finding.at, finding);
  return [...seen.values()].sort((a, b) => a.at - b.at);
}

/** html-validate reads only ASCII in a tag name; <mon-élément> is a valid one. Offsets stay the same. */
function withPlainNames(source: string, tree: Tree): string {
  const accented = tree.nodes.map(({ name }) => name).filter((name) => /[^\x00-\x7F]/.test(name));
  const rename = (text: string, name: string) => text.replaceAll(name, name.replace(/[^\x00-\x7F]/g, "x"));
  return [...new Set(accented)].reduce(rename, source);
}

/** html-validate reads the type of a field letter by letter; type="RADIO" is a valid one. Offsets stay the same. */
function withPlainTypes(source: string, tree: Tree): string {
  const fields = tree.nodes.filter(({ name }) => name === "input" || name === "button");
  const types = fields.flatMap(({ tag }) => tag.attributes).filter(({ name, value }) => name === "type" && value);
  return types.reduce((text, { value, valueAt }) => {
    const start = valueAt + (/["']/.test(text[valueAt]!) ? 1 : 0);
    const end = start + value!.length;
    return text.slice(start, end) === value ? text.slice(0, start) + value.toLowerCase() + text.slice(end) : text;
  }, source);
}

/** A field named by its title, or a button made of an image, needs no label. */
function needsLabel(finding: Finding, tree: Tree): boolean {
  if (finding.rule !== "input-missing-label") return true;
  const field = tree.nodes.find((node) => node.tag.at === finding.at);
  return !field?.tag.attributes.some(({ name, value }) => (name === "title" && value) || (name === "type" && value?.toLowerCase() === "image"));
}

function find(source: string): Finding[] {
  const reading = readTokens(source);
  // A tag that cannot be read hides what follows: nothing else is certain.
  if (reading.findings.length) return reading.findings;
  const tree = buildTree(reading.tokens, source.length);
  const isBroken = tree.findings.length > 0;
  return [
    ...checkNames(tree),
    ...tree.findings,
    ...(isBroken ? [] : checkPlaces(tree)),
    ...checkDocument(reading, tree),
    ...engine(withPlainNames(withPlainTypes(source, tree), tree), isBroken).filter((finding) => needsLabel(finding, tree)),
  ];
}

/** What is wrong in a source, one finding at each place, in source order. */
export function findingsOf(source: string): Finding[] {
  return firstOfEachPlace(find(source));
}

/** Problems of a source, in source order; none for a valid one. */
export function validateHtml(source: string, _path: string): Problem[] {
  const text = source.replace(/^\uFEFF/, "");
  return findingsOf(text).map((finding) => inFrench(finding, text));
}
