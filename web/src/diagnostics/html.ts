// Mistakes of a page: those of the validator, each with the place it covers, and those of its scripts and styles.
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import type { Finding } from "../validator/findings.ts";
import { readTokens } from "../validator/tokens.ts";
import { buildTree } from "../validator/tree.ts";
import { look } from "../validator/validate.ts";
import { checkInline, checkStyle } from "./css.ts";
import { checkScript } from "./js.ts";
import { mark, moved, type Mark, type Surroundings } from "./marks.ts";

const SCRIPT = /^(?:|text\/javascript|application\/javascript|module)$/i;
const COVERED = /^(?:<(?:"[^"\n]*"|'[^'\n]*'|[^>"'\n])*>?|&\w+;?|[^\s=>"'<]+(?:\s*=\s*(?:"[^"\n]*"|'[^'\n]*'|[^\s>]*))?|.)/;

/** End of what a finding covers: a tag, an attribute and its value, or a word; one line at most. */
function endOf(source: string, at: number): number {
  return at + Math.max(1, COVERED.exec(source.slice(at))?.[0].length ?? 1);
}

type Element = Tree.Element;

function elementsOf(node: Tree.Node): Element[] {
  const inside = "content" in node ? node.content.childNodes : "childNodes" in node ? node.childNodes : [];
  return [...("tagName" in node ? [node] : []), ...inside.flatMap(elementsOf)];
}

function textAt(element: Element): { text: string; at: number } | null {
  const [child] = element.childNodes;
  if (!child || !("value" in child) || !child.sourceCodeLocation) return null;
  return { text: child.value, at: child.sourceCodeLocation.startOffset };
}

function insideOf(element: Element, source: string, around: Surroundings): Mark[] {
  const attribute = (name: string): string | undefined => element.attrs.find((one) => one.name === name)?.value;
  const inside = textAt(element);
  if (inside && element.tagName === "style") return moved(checkStyle(inside.text, around.names), inside.at);
  const type = attribute("type") ?? "";
  if (inside && element.tagName === "script" && SCRIPT.test(type)) {
    return moved(checkScript(inside.text, { ...around, isModule: /^module$/i.test(type) }), inside.at);
  }
  const place = element.sourceCodeLocation?.attrs?.["style"];
  const written = attribute("style");
  if (!place || !written) return [];
  const at = source.indexOf(written, place.startOffset);
  return at >= 0 && at < place.endOffset ? moved(checkInline(written), at) : [];
}

/** Line breaks as parse5 counts them: an offset stays the same. */
const plainBreaks = (source: string): string => source.replace(/\r\n?/g, "\n");

/** Mistakes of a page, in source order. */
export function checkPage(written: string, around: Surroundings): Mark[] {
  const source = plainBreaks(written);
  const { findings, remarks } = look(source);
  const marked = ({ rule, at, values }: Finding): Mark => {
    const from = Math.min(at, Math.max(0, source.length - 1));
    return mark(`html/${rule}`, from, Math.min(endOf(source, from), source.length), values);
  };
  const found = [...findings.map(marked), ...remarks.map((one) => ({ ...marked(one), isRemark: true }))];
  const reading = readTokens(source);
  const isSound = !reading.findings.length && !buildTree(reading.tokens, source.length).findings.length;
  const inside = isSound ? elementsOf(parse(source, { sourceCodeLocationInfo: true })) : [];
  return [...found, ...inside.flatMap((element) => insideOf(element, source, around))];
}
