// Faults of a page: an element that is missing, of another kind, or without its attribute, its text or its end tag.
import { type DefaultTreeAdapterTypes, html as names, parse } from "parse5";
import { cssEdits, declarationEdits } from "./css.ts";
import { jsEdits } from "./js.ts";
import { type Edit, shown } from "./mutant.ts";

type Element = DefaultTreeAdapterTypes.Element;
type Text = DefaultTreeAdapterTypes.TextNode;
type Node = DefaultTreeAdapterTypes.Node;

/** What a beginner takes for the right element. */
const TAKEN_FOR: Record<string, string> = {
  h1: "h2", h2: "h3", h3: "h2", h4: "h3", h5: "h4", h6: "h5", p: "div", strong: "b", em: "i", b: "strong", i: "em",
  ul: "ol", ol: "ul", nav: "div", main: "div", header: "div", footer: "div", section: "div", article: "div",
  aside: "div", button: "div", th: "td", td: "th", label: "span", figcaption: "p", figure: "div", blockquote: "p",
  a: "span", dl: "div", select: "div", textarea: "div", caption: "p", legend: "p", fieldset: "div", time: "span",
  address: "p", code: "span", cite: "i", q: "span", abbr: "span", mark: "span", dt: "dd", dd: "dt", summary: "p",
};

/** Values that a mutant gives to an attribute. */
function wrong(name: string, value: string): string {
  if (/^-?\d+$/.test(value)) return String(Number(value) * 2 + 1);
  if (name === "lang") return value.startsWith("fr") ? "en" : "fr";
  if (name === "type") return value === "text" ? "checkbox" : "text";
  if (/^(href|src|action)$/.test(name)) return value.startsWith("#") ? `${value}-absent` : value.replace(/([^/.]*)(\.\w+)?$/, "$1-absent$2");
  return `${value}-autre`;
}

function elementEdits(element: Element, source: string): Edit[] {
  const { startTag, endTag, startOffset, endOffset } = element.sourceCodeLocation ?? {};
  if (!startTag || startOffset === undefined || endOffset === undefined) return [];
  const name = element.tagName;
  const said = `<${name}>${shown(source.slice(startTag.endOffset, endTag?.startOffset ?? startTag.endOffset).replace(/<[^>]*>/g, " "), 32)}`;
  const edits: Edit[] = [];
  if (!/^(html|head|body)$/.test(name)) edits.push({ start: startOffset, end: endOffset, text: "", change: `retirer ${said}`, own: `<${name}` });
  if (!endTag) return edits;
  edits.push({ start: endTag.startOffset, end: endTag.endOffset, text: "", change: `ne pas fermer ${said}`, comparable: true });
  const other = TAKEN_FOR[name];
  if (other) {
    const inside = source.slice(startTag.endOffset, endTag.startOffset);
    const open = source.slice(startTag.startOffset, startTag.endOffset).replace(/^<[^\s>/]+/, `<${other}`);
    edits.push({ start: startTag.startOffset, end: endTag.endOffset, text: `${open}${inside}</${other}>`, change: `changer ${said} en <${other}>`, own: `<${name}` });
  }
  return edits;
}

function attributeEdits(element: Element, source: string): Edit[] {
  const places = element.sourceCodeLocation?.attrs ?? {};
  return element.attrs.flatMap(({ name, value }): Edit[] => {
    const place = places[name];
    if (!place) return [];
    const whole = source.slice(place.startOffset, place.endOffset);
    const start = source[place.startOffset - 1] === " " ? place.startOffset - 1 : place.startOffset;
    const on = `de <${element.tagName}>`;
    const drop = { start, end: place.endOffset, text: "", change: `retirer l’attribut ${shown(whole)} ${on}`, own: `${name}=` };
    const at = whole.indexOf("=") < 0 ? -1 : whole.indexOf(value, whole.indexOf("="));
    if (at < 0 || !value) return [drop];
    const from = place.startOffset + at;
    if (name === "style") return [drop, ...declarationEdits(value, from)];
    if (name.startsWith("on")) return [drop];
    const changed = wrong(name, value);
    const range = { start: from, end: from + value.length };
    return [
      drop,
      { ...range, text: "", change: `vider l’attribut ${shown(whole)} ${on}`, own: `${name}=` },
      { ...range, text: changed, change: `changer l’attribut ${shown(whole)} ${on} en “${shown(changed)}”`, own: value },
    ];
  });
}

function textEdits(node: Text, parent: Element, source: string): Edit[] {
  const place = node.sourceCodeLocation;
  if (!place) return [];
  const raw = source.slice(place.startOffset, place.endOffset);
  if (parent.tagName === "style") return cssEdits(raw, place.startOffset);
  if (parent.tagName === "script") return jsEdits(raw, place.startOffset);
  const text = raw.trim();
  if (!text || /<[/!a-z]/i.test(raw)) return []; // a text that holds a tag was gathered from several places
  const start = place.startOffset + raw.indexOf(text);
  const end = start + text.length;
  const word = (text.match(/[\p{L}\d]+/gu) ?? []).reduce((long, next) => (next.length > long.length ? next : long), "");
  const at = start + text.indexOf(word);
  const alone = parent.childNodes.every((child) => child === node || child.nodeName === "#comment");
  const edits: Edit[] = [{ start, end, text: "", change: `vider le texte “${shown(text)}”`, own: alone ? "" : text }];
  if (word) edits.push({ start: at, end: at + word.length, text: `${word}xq`, change: `changer le mot “${word}” de “${shown(text)}”`, own: word });
  return edits;
}

/** Edits of a page, of the styles and of the scripts in it. */
export function htmlEdits(source: string): Edit[] {
  const edits: Edit[] = [];
  const visit = (node: Node, parent: Element | null): void => {
    if (node.nodeName === "#documentType" && node.sourceCodeLocation) {
      const { startOffset: start, endOffset: end } = node.sourceCodeLocation;
      edits.push({ start, end, text: "", change: "retirer le doctype" });
    }
    if (node.nodeName === "#text" && parent) edits.push(...textEdits(node as Text, parent, source));
    const element = "tagName" in node ? (node as Element) : null;
    if (element?.namespaceURI === names.NS.HTML) edits.push(...elementEdits(element, source), ...attributeEdits(element, source));
    if ("childNodes" in node) for (const child of node.childNodes) visit(child as Node, element);
    if (element && "content" in element) visit((element as DefaultTreeAdapterTypes.Template).content, element);
  };
  visit(parse(source, { sourceCodeLocationInfo: true }), null);
  return edits;
}
