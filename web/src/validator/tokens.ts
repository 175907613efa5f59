// From an HTML source to its tags, in source order, with the spelling mistakes that break a tag.
//
//     <p class=note>Oui</p>   ->   start p [class="note"], text, end p
//
// Law: never give up. After a broken tag (no chevron, no quote), reading goes on at the next likely place.
import { nearest } from "../french/nearest.ts";
import { readAttribute, type Attribute } from "./attributes.ts";
import { doctypeAt, nakedDoctype, type Doctype } from "./doctype.ts";
import type { Finding } from "./findings.ts";
import { isAttributeName, isKnown, knownPrefix } from "./names.ts";

export type { Attribute };

export interface Tag {
  kind: "start" | "end";
  name: string; // lower case
  at: number; // offset of "<"
  end: number; // offset after ">"
  attributes: Attribute[];
  selfClosed: boolean;
}

export interface Text {
  kind: "text";
  at: number;
  value: string;
}

export interface Reading {
  tokens: (Tag | Text)[];
  doctypes: Doctype[];
  findings: Finding[];
  remarks: Finding[]; // allowed, and never meant
}

/** The attribute that an element never goes without. */
const FIRST_ATTRIBUTES: Record<string, string> = {
  a: "href", form: "action", html: "lang", iframe: "src", img: "src", input: "type", label: "for", link: "href", meta: "charset", script: "src",
};
const RAW = new Set(["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"]);
const FOREIGN = new Set(["svg", "math"]);

class Reader {
  readonly reading: Reading = { tokens: [], doctypes: [], findings: [], remarks: [] };
  private at = 0;
  private foreign = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  read(): Reading {
    while (this.at < this.source.length) {
      const next = this.source.indexOf("<", this.at);
      const stop = next < 0 ? this.source.length : next;
      this.text(this.at, stop);
      this.at = stop;
      if (next >= 0) this.markup();
    }
    return this.reading;
  }

  private report(rule: string, at: number, values: Record<string, string> = {}): void {
    this.reading.findings.push({ rule, at, values });
  }

  private text(start: number, to: number): void {
    let from = start;
    const doctype = this.reading.tokens.length || this.reading.doctypes.length ? null : nakedDoctype(this.source.slice(from, to), from);
    if (doctype) {
      this.reading.doctypes.push(doctype);
      from = doctype.end;
    }
    if (to > from) this.reading.tokens.push({ kind: "text", at: from, value: this.source.slice(from, to) });
  }

  private markup(): void {
    const rest = this.source.slice(this.at, this.at + 40);
    if (rest.startsWith("<!--")) this.comment();
    else if (this.doctype()) return;
    else if (/^<!\[CDATA\[/.test(rest) && this.foreign) this.skipTo("]]>");
    else if (/^<[!?]/.test(rest)) this.declaration();
    else if (/^<\/?[a-z]/i.test(rest)) this.tag(rest[1] === "/");
    else this.lonely(rest);
  }

  private skipTo(mark: string): void {
    const stop = this.source.indexOf(mark, this.at);
    this.at = stop < 0 ? this.source.length : stop + mark.length;
  }

  private comment(): void {
    const open = this.at;
    const short = /^<!--(?:-?)>/.exec(this.source.slice(open, open + 6));
    const stop = short ? -1 : this.source.indexOf("-->", open + 4);
    if (short) this.at += short[0].length;
    else if (stop >= 0) {
      const again = this.source.slice(0, stop).lastIndexOf("<!--");
      if (again > open + 2 && again + 4 < stop) this.report("comment-nested", again);
      this.at = stop + 3;
    }
    else {
      const isBadlyClosed = /^[^\n]*?(?:[^-]->|--\s+>|--!>)/.test(this.source.slice(open + 4));
      this.report(isBadlyClosed ? "comment-open:end" : "comment-open", open);
      this.at = this.source.length;
    }
  }

  private doctype(): boolean {
    const doctype = doctypeAt(this.source, this.at);
    if (!doctype) return false;
    if (doctype.isOpen) this.report("chevron-missing", doctype.at, { tag: "<!DOCTYPE html" });
    this.reading.doctypes.push(doctype);
    this.at = doctype.end;
    return true;
  }

  private declaration(): void {
    const kind = /^<\?xml/i.test(this.source.slice(this.at)) ? ":xml" : /^<!-/.test(this.source.slice(this.at)) ? ":comment" : "";
    this.report(`declaration${kind}`, this.at, { text: this.source.slice(this.at, this.at + 12).split("\n")[0]! });
    this.skipTo(">");
  }

  /** A "<" that opens no tag. */
  private lonely(rest: string): void {
    const slashed = /^<(?:\\|\/\/|\/\\)([a-z][a-z0-9]*)\s*>/i.exec(rest);
    const spaced = /^<(?:\s+(\/?)|(\/)\s+)([a-z][a-z0-9]*)[\s>]/i.exec(rest);
    const empty = /^<\/?>/.test(rest);
    if (slashed) this.report("slash-wrong", this.at, { name: slashed[1]! });
    else if (spaced) this.report("space-in-tag", this.at, { name: `${spaced[1] || spaced[2] || ""}${spaced[3]}` });
    else if (rest.startsWith("<<")) this.report("lone-chevron:twice", this.at);
    else this.report(empty ? "empty-tag" : "lone-chevron", this.at);
    this.text(this.at, this.at + 1);
    this.at += 1;
  }

  private tag(closing: boolean): void {
    const at = this.at;
    const name = /^[^\s/><]*/.exec(this.source.slice(at + (closing ? 2 : 1), at + 80))![0];
    this.at += (closing ? 2 : 1) + name.length;
    const tag: Tag = {
      kind: closing ? "end" : "start", name: name.toLowerCase(), at, end: 0, attributes: [], selfClosed: false,
    };
    const stray = /["'=]/.exec(name);
    if (stray) this.signInName(at, name, stray[0]);
    this.attributes(tag, name);
    const joined = tag.name + (tag.attributes[0]?.value === null ? tag.attributes[0].name : "");
    if (!isKnown(tag.name) && isKnown(joined)) this.report("space-in-name", at, { name: joined, slash: closing ? "/" : "" });
    tag.end = this.at;
    if (this.source[this.at] === ">") this.reading.remarks.push({ rule: "chevron-twice", at: this.at, values: {} });
    this.reading.tokens.push(tag);
    this.afterTag(tag);
  }

  /** <img="a.png">, <charset="utf-8">, <p"a"> */
  private signInName(at: number, name: string, sign: string): void {
    const [, word = "", value = ""] = /^([^=]+)=["']?([^"']*)/.exec(name) ?? [];
    const element = word.toLowerCase();
    const variant = isKnown(element) && sign === "=" ? ":attribute" : isAttributeName(element) ? ":element" : "";
    this.report(`sign-in-name${variant}`, at, { name: variant ? word : name, sign, value, near: FIRST_ATTRIBUTES[element] ?? "class" });
  }

  private afterTag(tag: Tag): void {
    if (FOREIGN.has(tag.name) && !tag.selfClosed) this.foreign += tag.kind === "start" ? 1 : -1;
    this.foreign = Math.max(0, this.foreign);
    if (tag.kind === "start" && !this.foreign && RAW.has(tag.name)) this.raw(tag);
  }

  /** The content of a script, a style, a title… holds no tags. */
  private raw(tag: Tag): void {
    const close = new RegExp(`</${tag.name}(?=[\\s/>])`, "i");
    const rest = this.source.slice(this.at);
    const found = close.exec(rest);
    const content = found ? rest.slice(0, found.index) : rest;
    if (!found) this.rawOpen(tag, content);
    this.text(this.at, this.at + content.length);
    this.at += content.length;
  }

  private rawOpen(tag: Tag, content: string): void {
    const again = content.toLowerCase().indexOf(`<${tag.name}>`);
    const broken = content.toLowerCase().indexOf(`</${tag.name}`);
    const misspelt = [...content.matchAll(/<\/([a-z]+)>/gi)].find(([, name]) => nearest(name!, [tag.name]));
    if (tag.selfClosed) this.report("self-closed", tag.at, { name: tag.name });
    else if (again >= 0) this.report("slash-missing", this.at + again, { name: tag.name });
    else if (broken >= 0) this.report("chevron-missing", this.at + broken, { tag: `</${tag.name}` });
    else if (misspelt) this.report("wrong-end", this.at + misspelt.index, { open: tag.name, close: misspelt[1]! });
    else this.report("unclosed", tag.at, { name: tag.name });
  }

  private attributes(tag: Tag, name: string): void {
    for (;;) {
      this.at += /^\s*/.exec(this.source.slice(this.at))![0].length;
      const next = this.source[this.at];
      if (next === ">") {
        this.at += 1;
        return;
      }
      if (next === undefined || next === "<") {
        this.report("chevron-missing", tag.at, { tag: `${tag.kind === "end" ? "</" : "<"}${knownPrefix(name)}` });
        return;
      }
      if (next === "/") {
        tag.selfClosed = this.source[this.at + 1] === ">";
        this.at += 1;
      } else this.attribute(tag);
    }
  }

  private attribute(tag: Tag): void {
    const { attribute, next, finding } = readAttribute(this.source, this.at, tag.attributes);
    if (attribute) tag.attributes.push(attribute);
    if (finding && this.reading.findings.at(-1)?.at !== finding.at) this.reading.findings.push(finding);
    this.at = next;
  }
}

/** Read a whole source. */
export function readTokens(source: string): Reading {
  return new Reader(source).read();
}
