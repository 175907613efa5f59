// Rules about a whole page: its doctype, its skeleton, and what the course asks of every page.
//
// Law: only what the standard forbids, and lang, charset and title, which the course asks. Tags that may be left out are
// not missed: what they would hold is judged as if they were there.
import type { Finding } from "./findings.ts";
import { isKnown } from "./names.ts";
import type { Reading } from "./tokens.ts";
import { IN_HEAD, type Node, type Tree } from "./tree.ts";

type Values = Record<string, string>;

const SKELETON = ["html", "head", "body"];

function add(findings: Finding[], rule: string, at: number, values: Values = {}): void {
  findings.push({ rule, at, values });
}

interface Piece {
  at: number;
  name: string; // of an element, or "" for a text
  text: string;
  parent: Node | null;
}

/** Elements and texts that no element of the page holds, but for its skeleton; in source order. */
function loosePieces(tree: Tree, source: string): Piece[] {
  const elements = tree.nodes.map(({ tag: { at }, name, parent }) => ({ at, name, parent, text: "" }));
  const texts = tree.texts.map(({ at, parent }) => ({ at, name: "", parent, text: source.slice(at, at + 40).split(/[<\n]/)[0]!.trim() }));
  const isLoose = ({ name, parent }: Piece) => name !== "html" && (!parent || (parent.name === "html" && !SKELETON.includes(name)));
  return [...elements, ...texts].filter(isLoose).sort((a, b) => a.at - b.at);
}

function tell(findings: Finding[], rule: string, piece: Piece | undefined): void {
  const isSign = piece?.text.startsWith(">"); // </html>>
  if (piece) add(findings, isSign ? "chevron-twice" : piece.name ? rule : `${rule}:text`, piece.at, { name: piece.name, text: piece.text });
}

const isContent = ({ name }: Piece): boolean => !IN_HEAD.has(name) && !SKELETON.includes(name);

/** Between <head> and <body> there is nothing. */
function checkBodyStart(pieces: Piece[], head: Node | undefined, body: Node | undefined, findings: Finding[]): void {
  const content = pieces.find((piece) => isContent(piece) && piece.at > (head?.tag.at ?? -1));
  const start = Math.min(body?.tag.at ?? Infinity, content?.at ?? Infinity);
  if (body && start < body.tag.at) add(findings, "body-late", body.tag.at);
  const isLate = ({ name, at }: Piece) => IN_HEAD.has(name) && name !== "noscript" && at > head!.tag.at && at < start;
  if (head?.end === "tag") tell(findings, "after-head", pieces.find(isLate));
}

/** Whether a second <head> or <body> holds something of its own, and is not the end tag of the first. */
function hasOwn({ name, children, text }: Node): boolean {
  const inside = children.filter((child) => !SKELETON.includes(child.name));
  return text || inside.some((child) => name !== "head" || IN_HEAD.has(child.name));
}

/** <html>, then <head>, then <body>, and everything in one of them. */
function checkSkeleton(tree: Tree, source: string): Finding[] {
  const findings: Finding[] = [];
  const [html, head, body] = SKELETON.map((name) => tree.nodes.find((node) => node.name === name && !node.foreign));
  const pieces = loosePieces(tree, source);
  const first = tree.nodes[0];
  if (html && first && first !== html) add(findings, "html-late", html.tag.at, { name: first.name });
  const text = tree.texts.find(({ at, parent }) => !parent && at < (html?.tag.at ?? head?.tag.at ?? body?.tag.at ?? 0));
  if (text) add(findings, text.value.startsWith(">") ? "chevron-twice" : "html-late:text", text.at, { text: source.slice(text.at, text.at + 40).split(/[<\n]/)[0]!.trim() });
  const inHead = tree.texts.find(({ parent }) => head && parent === head && (head.end === "tag" || body));
  if (inHead?.value.startsWith("/head>")) add(findings, "chevron-open", inHead.at, { tag: "/head" });
  else if (inHead) add(findings, "text-in:head", inHead.at, { parent: "head" });
  const early = pieces.find((piece) => head && piece.at < head.tag.at && isKnown(piece.name));
  if (early) add(findings, "head-late:content", head!.tag.at, { name: early.name });
  const header = head ? undefined : tree.nodes.find(({ name, parent }) => name === "header" && (!parent || parent === html));
  if (header?.children.some(({ name }) => ["meta", "title", "link"].includes(name))) add(findings, "header-for-head", header.tag.at);
  if (head && body && head.tag.at > body.tag.at) add(findings, "head-late", head.tag.at);
  if (!tree.findings.length) checkBodyStart(pieces, head, body, findings);
  const isOut = ({ parent, at }: Piece) => html?.end === "tag" && !parent && at > html.tag.at;
  const end = tree.impliedEnds.find(({ name }) => name !== "head" && SKELETON.includes(name))?.at ?? Infinity;
  const out = pieces.find((piece) => isOut(piece) || piece.at > end || (body?.end === "tag" && piece.at > body.tag.at));
  tell(findings, out && ((body?.end === "tag" && out.at > body.tag.at) || out.at > end) ? "after-body" : "after-html", out);
  for (const name of [...SKELETON, "title"]) {
    const same = tree.nodes.filter((one) => one.name === name && (name !== "title" || one.parent === head));
    for (const node of same.slice(1)) {
      const isEnd = SKELETON.includes(name) && same[0]!.end !== "tag" && !node.tag.attributes.length && !hasOwn(node);
      add(findings, isEnd ? "slash-missing" : "twice", node.tag.at, { name });
    }
  }
  return findings;
}

function declaresCharset(node: Node): boolean {
  const value = (name: string) => node.tag.attributes.find((attribute) => attribute.name === name)?.value ?? "";
  return node.name === "meta" && (value("charset") !== "" || /content-type/i.test(value("http-equiv")));
}

function checkDoctype(reading: Reading, tree: Tree, findings: Finding[]): void {
  const [doctype, ...others] = reading.doctypes;
  const first = Math.min(tree.nodes[0]?.tag.at ?? Infinity, tree.texts[0]?.at ?? Infinity);
  for (const { at, flaw } of others) add(findings, flaw?.kind === "slash" ? "doctype-end" : "doctype-twice", at);
  if (!doctype) add(findings, "doctype-missing", tree.nodes.find((node) => node.name === "html")?.tag.at ?? 0);
  else if (first < doctype.at) add(findings, "doctype-late", doctype.at);
  else if (doctype.flaw) add(findings, `doctype-form:${doctype.flaw.kind}`, doctype.flaw.at, { word: doctype.flaw.word });
}

/** Rules about a whole page; a fragment, without doctype nor <html>, has none of them. */
export function checkDocument(reading: Reading, tree: Tree, source: string): Finding[] {
  const findings: Finding[] = [];
  const named = (name: string) => tree.nodes.find((node) => node.name === name && !node.foreign);
  const html = named("html");
  const head = named("head");
  if (!html && !reading.doctypes.length) return findings;
  checkDoctype(reading, tree, findings);
  const start = (head ?? html)?.tag.at ?? reading.doctypes[0]?.at ?? 0;
  if (!named("title")) add(findings, "title-missing", start);
  const twice = tree.nodes.filter(declaresCharset)[1];
  if (twice) add(findings, "charset-twice", twice.tag.at);
  if (head && !tree.nodes.some(declaresCharset)) add(findings, "charset-missing", head.tag.at);
  if (html && !html.tag.attributes.some(({ name }) => name === "lang" || name === "xml:lang")) add(findings, "lang-missing", html.tag.at);
  return [...findings, ...checkSkeleton(tree, source)];
}
