// From tags to the tree of elements, and the mistakes that break the tree: one finding per mistake.
//
//     <p><b>Oui</p>            unclosed: <b>
//     <b><i>Oui</b></i>        crossed: <b> and <i>
//     <h1>Oui<h1>              slash-missing
//     <h1>Oui</h2>             wrong-end
//     <p><div>Oui</div></p>    misplaced: <div> in <p>
//
// Law: an end tag that the standard lets one omit (</p>, </li>, </td>…) is a remark, never a finding. Two exceptions,
// which a beginner always means otherwise: an empty <p> or <li> after an open one, and an end tag that comes too late.
import { nearest } from "../french/nearest.ts";
import type { Finding } from "./findings.ts";
import { isKnown } from "./names.ts";
import type { Tag, Text } from "./tokens.ts";
import { endingTexts, endWithoutChevron, isKept, twinOf } from "./unclosed.ts";

export interface Node {
  name: string;
  tag: Tag;
  parent: Node | null;
  children: Node[];
  text: boolean; // holds text of its own, white space apart
  foreign: boolean; // inside svg or math, or one of them
  end: "tag" | "implied" | "void" | "open";
}

export interface Tree {
  nodes: Node[]; // in source order
  texts: { at: number; value: string; parent: Node | null }[]; // text that is not white space
  impliedEnds: { name: string; at: number }[]; // end tags of elements whose start tag is left out
  ends: { name: string; at: number }[]; // end tags left out, and where they would be, in order
  findings: Finding[];
  remarks: Finding[]; // allowed, and not what the course teaches
}

const words = (text: string) => new Set(text.split(" "));

export const VOID = words("area base br col embed hr img input link meta source track wbr param");
const OMISSIBLE = words("html head body p li dt dd rt rp option optgroup tr td th thead tbody tfoot colgroup caption");
const PAGE = words("html head body");
const CLOSES_P = words(
  "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form " +
    "h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul",
);
export const IN_HEAD = words("title meta link style script base noscript template");
const P_STOPS = words("button table td th caption template object svg html body");
const LIST_STOPS = words("ul ol menu dl table td th template article section main aside nav header footer form fieldset body");
const CELL_STOPS = words("table template");
const CELLS = words("td th");
const SECTIONS = words("td th tr tbody thead tfoot colgroup caption");

/** Open elements that a start tag closes, and the elements that shelter them. */
const IMPLIED: Record<string, [closed: ReadonlySet<string>, stops: ReadonlySet<string>]> = {
  li: [words("li"), LIST_STOPS],
  dt: [words("dt dd"), LIST_STOPS],
  dd: [words("dt dd"), LIST_STOPS],
  option: [words("option"), words("select datalist template")],
  optgroup: [words("option optgroup"), words("select template")],
  hr: [words("option optgroup"), words("select template")],
  rt: [words("rt rp"), words("ruby")],
  rp: [words("rt rp"), words("ruby")],
  td: [CELLS, CELL_STOPS],
  th: [CELLS, CELL_STOPS],
  tr: [words("td th tr colgroup caption"), CELL_STOPS],
  tbody: [SECTIONS, CELL_STOPS],
  thead: [SECTIONS, CELL_STOPS],
  tfoot: [SECTIONS, CELL_STOPS],
  colgroup: [words("caption colgroup"), CELL_STOPS],
};
const SHOWS_CODE = words("code kbd samp pre");
const HEADING = /^h[1-6]$/;

interface Left {
  node: Node;
  by: Tag; // the tag that ended it
}

class Builder {
  readonly tree: Tree = { nodes: [], texts: [], impliedEnds: [], ends: [], findings: [], remarks: [] };
  private readonly open: Node[] = [];
  private left: Left[] = []; // elements that ended without their end tag
  private endings: Tree["texts"] | null = null; // texts that look like the end of an end tag
  private readonly tokens: readonly (Tag | Text)[];

  constructor(tokens: readonly (Tag | Text)[]) {
    this.tokens = tokens;
  }

  private get top(): Node | undefined {
    return this.open.at(-1);
  }

  private report(rule: string, at: number, values: Record<string, string>): void {
    if (!this.tree.findings.some((found) => found.at === at)) this.tree.findings.push({ rule, at, values });
  }

  text(token: Text): void {
    if (!token.value.trim()) return;
    if (this.top) this.top.text = true;
    const blank = token.value.search(/\S/);
    this.tree.texts.push({ at: token.at + blank, value: token.value.slice(blank), parent: this.top ?? null });
  }

  start(tag: Tag): void {
    if (tag.selfClosed && this.isMeantAsEnd(tag)) {
      this.report("slash-behind", tag.at, { name: tag.name });
      this.end({ ...tag, kind: "end", selfClosed: false });
      return;
    }
    const foreign = tag.name === "svg" || tag.name === "math" || (Boolean(this.top?.foreign) && this.top!.name !== "foreignobject");
    if (!foreign) this.imply(tag);
    const parent = this.top ?? null;
    const node: Node = { name: tag.name, tag, parent, children: [], text: false, foreign, end: "open" };
    parent?.children.push(node);
    this.tree.nodes.push(node);
    if (!foreign && VOID.has(tag.name)) node.end = "void";
    else if (tag.selfClosed) {
      node.end = "void";
      if (!foreign) this.report("self-closed", tag.at, { name: tag.name });
    } else this.open.push(node);
  }

  /** <h1>Oui<h1/>: the slash is on the wrong side. */
  private isMeantAsEnd(tag: Tag): boolean {
    return !tag.attributes.length && Boolean(this.top?.text) && this.top!.name === tag.name && !this.top!.foreign;
  }

  /** End the elements that this start tag ends by itself. */
  private imply(tag: Tag): void {
    if (this.top?.name === "head" && isKnown(tag.name) && !IN_HEAD.has(tag.name)) this.cut(this.open.length - 1, tag);
    if (CLOSES_P.has(tag.name)) this.implyOne(tag, words("p"), P_STOPS);
    const [closed, stops] = IMPLIED[tag.name] ?? [];
    if (closed && stops) while (this.implyOne(tag, closed, stops));
  }

  private implyOne(tag: Tag, closed: ReadonlySet<string>, stops: ReadonlySet<string>): boolean {
    for (let i = this.open.length - 1; i >= 0; i--) {
      const { name } = this.open[i]!;
      if (closed.has(name)) {
        this.cut(i, tag);
        return true;
      }
      if (stops.has(name)) return false;
    }
    return false;
  }

  /** Take the elements from this depth off the stack: `by` ended them. */
  private cut(depth: number, by: Tag): void {
    for (const node of this.open.splice(depth).reverse()) {
      node.end = "implied";
      this.tree.ends.push({ name: node.name, at: by.at });
      this.left.push({ node, by });
    }
  }

  end(tag: Tag): void {
    const { name } = tag;
    const depth = this.open.findLastIndex((node) => node.name === name);
    if (tag.attributes.length || tag.selfClosed) this.report("end-too-long", tag.at, { name });
    if (VOID.has(name) && !this.top?.foreign) this.voidEnd(tag);
    else if (depth >= 0 && !this.sheltered(depth, name)) {
      this.cut(depth + 1, tag);
      this.open.pop()!.end = "tag";
    } else this.strayEnd(tag);
  }

  /** </br>, or <b>mot</br>. */
  private voidEnd(tag: Tag): void {
    const top = this.top;
    if (top && !OMISSIBLE.has(top.name) && nearest(tag.name, [top.name]) && !this.isEndedLater(top, tag)) {
      this.report("wrong-end", tag.at, { open: top.name, close: tag.name });
      this.open.pop()!.end = "tag";
    } else this.report("void-end", tag.at, { name: tag.name });
  }

  /** A </p> of a cell does not close a <p> around the table. */
  private sheltered(depth: number, name: string): boolean {
    const inPage = OMISSIBLE.has(name) && !PAGE.has(name);
    return inPage && this.open.slice(depth + 1).some((node) => CELL_STOPS.has(node.name));
  }

  private strayEnd(tag: Tag): void {
    const { name } = tag;
    const before = this.left.findLastIndex(({ node }) => node.name === name);
    const top = this.top;
    if (this.isImplied(name)) {
      this.tree.impliedEnds.push({ name, at: tag.at });
      this.tree.remarks.push({ rule: "start-missing", at: tag.at, values: { name } });
    } else if (before >= 0) this.lateEnd(this.left.splice(before, 1)[0]!);
    else if (top && !top.foreign && !isKnown(top.name) && nearest(top.name, [name])) this.open.pop()!.end = "tag";
    else if (top && ((HEADING.test(name) && HEADING.test(top.name)) || nearest(name, [top.name]))) {
      this.report("wrong-end", tag.at, { open: top.name, close: name });
      this.open.pop()!.end = "tag";
    } else if (this.withoutChevron(name, tag.at)) return;
    else if (top && isKnown(name) && !OMISSIBLE.has(top.name) && !this.isEndedLater(top, tag)) {
      this.report("wrong-end", tag.at, { open: top.name, close: name });
      this.open.pop()!.end = "tag";
    } else this.stray(tag);
  }

  /** Whether an element is open here though its start tag is left out, as the standard allows. */
  private isImplied(name: string): boolean {
    if (PAGE.has(name)) return this.isPageImplied(name);
    const last = this.top?.name === "table" ? this.top.children.at(-1)?.name : undefined;
    return (name === "tbody" && last === "tr") || (name === "colgroup" && last === "col");
  }

  private isPageImplied(name: string): boolean {
    const { nodes, texts, impliedEnds } = this.tree;
    const isWritten = nodes.some((node) => node.name === name && !node.foreign);
    const isPast = impliedEnds.some((end) => end.name === name || end.name === "html");
    const isInside = this.top !== undefined && !["html", "body"].includes(this.top.name);
    if (isWritten || isPast || isInside) return false;
    if (name !== "head") return nodes.length + texts.length > 0;
    const isHead = (node: Node) => PAGE.has(node.name) || IN_HEAD.has(node.name) || node.parent?.name === "noscript";
    return nodes.every(isHead) && texts.every(({ parent }) => parent && !PAGE.has(parent.name));
  }

  /** </p>Texte</p>: the first of two is an opening one. */
  private stray({ name, at }: Tag): void {
    const crossing = this.left.findLast((one) => one.by.kind === "end" && one.by.name === name);
    const before = this.tree.findings.at(-1);
    if (crossing && OMISSIBLE.has(crossing.node.name)) {
      this.report("wrong-end", crossing.by.at, { open: crossing.node.name, close: name });
      this.left.splice(this.left.indexOf(crossing), 1);
      return;
    }
    const isPair = before?.rule === "stray-end" && before.values["name"] === name && this.tree.texts.at(-1)!.at > before.at;
    if (isPair) before.rule = "slash-extra";
    else this.report("stray-end", at, { name });
  }

  /** h1>Titre</h1>: a text that was meant to be the tag. */
  private withoutChevron(name: string, before: number): boolean {
    const written = new RegExp(`(?<![<\\w/])${name.replace(/\W/g, ".")}(?:\\s[^<>]*)?>`, "i");
    const text = this.tree.texts.findLast(({ at, value }) => at < before && written.test(value));
    if (text) this.report("chevron-open", text.at + text.value.search(written), { tag: name });
    return text !== undefined;
  }

  /** Whether the end tag of an open element comes before that of its parent. */
  private isEndedLater(node: Node, after: Tag): boolean {
    for (const token of this.tokens.slice(this.tokens.indexOf(after) + 1)) {
      if (token.kind === "end" && token.name === node.name) return true;
      if (token.kind === "end" && token.name === node.parent?.name) return false;
    }
    return false;
  }

  /** The end tag comes after its element was ended by another tag. */
  private lateEnd({ node, by }: Left): void {
    if (by.kind === "start" && node.name === "head") this.report("misplaced:head", by.at, { child: by.name, parent: "head" });
    else if (by.kind === "start" && SHOWS_CODE.has(node.name)) this.report("misplaced:code", by.at, { child: by.name });
    else if (by.kind === "start" && (by.name === node.name || IMPLIED[by.name]?.[0].has(node.name))) {
      this.report("unclosed:before", node.tag.at, { name: node.name, by: by.name, byAt: String(by.at) });
    } else if (by.kind === "start") this.report("misplaced", by.at, { child: by.name, parent: node.name });
    else this.report("crossed", node.tag.at, { outer: by.name, inner: node.name });
  }

  finish(end: number): Tree {
    this.cut(0, { kind: "end", name: "", at: end, end, attributes: [], selfClosed: false });
    const crossing = new Set(this.tree.findings.map((found) => found.at));
    for (const { node, by } of this.left.toSorted((a, b) => a.node.tag.at - b.node.tag.at)) {
      if (!crossing.has(node.tag.at)) this.judge(node, by);
    }
    return this.tree;
  }

  /** An element that never got its end tag. */
  private judge(node: Node, by: Tag): void {
    const { name, tag } = node;
    const twin = twinOf(node, this.tree.nodes);
    this.endings ??= endingTexts(this.tree.texts);
    const ending = endWithoutChevron(node, this.endings);
    if (twin) this.report("slash-missing", twin.tag.at, { name });
    else if (this.isAnswered(node)) return;
    else if (OMISSIBLE.has(name) && (by.kind === "start" || !isKept(node))) {
      this.tree.remarks.push(ending ?? { rule: "not-closed", at: tag.at, values: { name } });
    } else if (ending) this.report(ending.rule, ending.at, ending.values);
    else if (node.parent && SHOWS_CODE.has(node.parent.name)) this.report("misplaced:code", tag.at, { child: name });
    else this.report(node.foreign ? "unclosed:foreign" : "unclosed", tag.at, { name });
  }

  /** Whether this is the second <h1> of <h1>Oui<h1>, already told. */
  private isAnswered(node: Node): boolean {
    const told = (found: Finding) => found.rule === "slash-missing" && found.at === node.tag.at;
    return this.tree.findings.some(told) || Boolean(node.parent && twinOf(node.parent, this.tree.nodes) === node);
  }
}

/** Build the tree. */
export function buildTree(tokens: readonly (Tag | Text)[], end: number): Tree {
  const builder = new Builder(tokens);
  for (const token of tokens) {
    if (token.kind === "text") builder.text(token);
    else if (token.kind === "start") builder.start(token);
    else builder.end(token);
  }
  return builder.finish(end);
}
