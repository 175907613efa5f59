// HTML conformance of a page, in French, for a beginner.
//
//     validateHtml("<h1>Samira<h1>", "carte.html")
//     -> [{ rule: "slash-missing", message: "Cette balise <h1> rouvre …", advice: "Écrivez </h1> …", line: 1, column: 11 }]
//
// A source without doctype nor <html> is a fragment: nothing is asked of the whole page.
// Law: never a word about a valid page, and one problem for one mistake. What the standard allows and the course
// does not teach, such as an end tag left out, is a remark: the editor shows it, no page is refused for it.
import { runEngine } from "./engine.ts";
import { closed, type Closed } from "./closed.ts";
import { checkDocument } from "./document.ts";
import { withoutEchoes } from "./echoes.ts";
import type { Finding } from "./findings.ts";
import { inFrench, type Problem } from "./french.ts";
import { checkNames, checkPlaces, remarksOn } from "./rules.ts";
import { readTokens, type Reading } from "./tokens.ts";
import { buildTree, type Tree } from "./tree.ts";
import { checkValues } from "./values.ts";

export type { Problem };

/** html-validate must never take the page down with it: a page it cannot read is a problem of its own. */
function engine({ text, back }: Closed, isBroken: boolean): Finding[] {
  try {
    return runEngine(text, isBroken).map((finding) => ({ ...finding, at: back(finding.at) }));
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

/** html-validate takes <noscript> without <body> for the head. */
function isInHead({ at }: Finding, tree: Tree): boolean {
  let node = tree.nodes.find((one) => one.tag.at === at)?.parent;
  while (node && node.name !== "head") node = node.parent;
  return Boolean(node);
}

/** Not a false alarm: a field named by its title, or a button made of an image, needs no label. */
function isSure(finding: Finding, tree: Tree): boolean {
  if (finding.rule === "element-permitted-content:head") return isInHead(finding, tree);
  if (finding.rule !== "input-missing-label") return true;
  const field = tree.nodes.find((node) => node.tag.at === finding.at);
  return !field?.tag.attributes.some(({ name, value }) => (name === "title" && value) || (name === "type" && value?.toLowerCase() === "image"));
}

function find(source: string, reading: Reading, tree: Tree): Finding[] {
  // A tag that cannot be read hides what follows: nothing else is certain.
  if (reading.findings.length) return reading.findings;
  const isBroken = tree.findings.length > 0;
  const inside = isBroken ? [] : [...checkPlaces(tree), ...checkValues(tree)];
  const own = [...checkNames(tree), ...tree.findings, ...inside, ...checkDocument(reading, tree, source)];
  const others = engine(closed(source, reading, tree), isBroken).filter((finding) => isSure(finding, tree));
  return withoutEchoes([...own, ...others], own, reading, tree);
}

/** Findings that refuse a page, and remarks that do not; one at each place, in source order. */
export interface Looked {
  findings: Finding[];
  remarks: Finding[];
}

/** Look at a source: its mistakes, and its remarks when it can be read whole. */
export function look(source: string): Looked {
  const reading = readTokens(source);
  const tree = buildTree(reading.tokens, source.length);
  const findings = firstOfEachPlace(find(source, reading, tree));
  const isWhole = !reading.findings.length && !tree.findings.length;
  return { findings, remarks: isWhole ? firstOfEachPlace([...reading.remarks, ...tree.remarks, ...remarksOn(tree)]) : [] };
}

/** What is wrong in a source, one finding at each place, in source order. */
export function findingsOf(source: string): Finding[] {
  return look(source).findings;
}

/** Problems of a source, in source order; none for a valid one. */
export function validateHtml(source: string, _path: string): Problem[] {
  const text = source.replace(/^\uFEFF/, "");
  return findingsOf(text).map((finding) => inFrench(finding, text));
}
