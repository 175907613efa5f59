// Elements that never got their end tag: what stands where it was meant.
//
//     <h1>Oui<h1>    the second <h1> is the twin of the first
//     <h1>Oui/h1>    a text that was meant to be the end tag
//
// Law: pure; nothing is found rather than something doubtful.
import type { Finding } from "./findings.ts";
import type { Node, Tree } from "./tree.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const NEVER_IN_ITSELF = words("ul ol dl table form select main header footer nav button a label"); // not directly, at least
const NEVER_EMPTY = words("p li tr option"); // the standard asks for content, or advises it
const KEEPS_P = words("a audio canvas del ins map noscript slot video"); // a </p> left out before their end tag is missed

export function isIn(node: Node, ancestor: Node): boolean {
  return node.parent !== null && (node.parent === ancestor || isIn(node.parent, ancestor));
}

/** How many of the nodes below, in source order, come before the first that fails the test. */
function descendants(node: Node, test: (child: Node) => boolean): number {
  let count = 0;
  for (const child of node.children) {
    if (!test(child)) break;
    count += 1 + descendants(child, () => true);
  }
  return count;
}

const isEmpty = ({ text, children }: Node): boolean => !text && !children.length;

/** <table>, in an open row, for </table>: empty, and in an element that is never in itself. */
function deepTwin(node: Node, nodes: readonly Node[]): Node | undefined {
  if (!NEVER_IN_ITSELF.has(node.name) || !node.children.length) return undefined;
  const inside = nodes.slice(nodes.indexOf(node) + 1).find(({ name }) => name === node.name);
  return inside && isIn(inside, node) && inside.end === "implied" && isEmpty(inside) ? inside : undefined;
}

/** The start tag written where the end tag of `node` was meant: <h1>Oui<h1>. */
export function twinOf(node: Node, nodes: readonly Node[]): Node | undefined {
  const deep = deepTwin(node, nodes);
  if (deep) return deep;
  const next = nodes[nodes.indexOf(node) + 1 + descendants(node, (child) => child.name !== node.name)];
  if (!next || next.name !== node.name || next.end === "tag" || next.tag.attributes.length) return undefined;
  const hasContent = node.text || (node.children.length > 0 && node.children[0] !== next);
  if (!hasContent) return undefined;
  if (next.parent === node) return node.text || NEVER_IN_ITSELF.has(node.name) ? next : undefined;
  // An empty cell may well come last where end tags are omitted; an empty paragraph or item never does.
  return NEVER_EMPTY.has(node.name) && next.parent === node.parent && isEmpty(next) ? next : undefined;
}

/** The texts that look like the end of an end tag. */
export function endingTexts(texts: Tree["texts"]): Tree["texts"] {
  return texts.filter(({ value }) => /\/[a-z][\w-]*>/i.test(value));
}

/** <h1>Titre/h1>: the text that was meant to be the end tag, among `endings`. */
export function endWithoutChevron({ name, tag }: Node, endings: Tree["texts"]): Finding | undefined {
  const written = new RegExp(`(?<=[^<]|^)/${name.replace(/\W/g, ".")}>`, "i");
  const text = endings.find(({ at, value }) => at > tag.at && written.test(value));
  return text && { rule: "chevron-open", at: text.at + text.value.search(written), values: { tag: `/${name}` } };
}

/** A paragraph whose end tag is required, as its parent is of no kind of its own. */
export function isKept({ name, parent }: Node): boolean {
  return name === "p" && parent !== null && (KEEPS_P.has(parent.name) || parent.name.includes("-"));
}
