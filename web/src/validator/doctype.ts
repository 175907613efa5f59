// The doctype, written as it must be or as beginners write it.
//
//     <!DOCTYPE html>     no flaw
//     <! DOCTYPE html>    flaw "space"       <DOCTYPE html>    flaw "bang"
//     <!DOCTYPE htlm>     flaw "html", at the word
//
// Law: whatever means to be the doctype is one, so that nobody reads that it is missing when it is there.
import { distance } from "../french/nearest.ts";

export interface Flaw {
  kind: string; // variant of the message "doctype-form"
  at: number;
  word: string; // for its blank
}

export interface Doctype {
  at: number;
  end: number; // offset after ">", or where it breaks off
  isOpen: boolean; // without ">"
  flaw: Flaw | null;
}

const START = /^<(\s*)(\/?)(\s*)(!*)(\s*)(doc[\s-]type|[a-z]+)/i;
const NAKED = /^(\s*)(!?\s*doctype\b\s*(?:html\b)?[^<>\n]*>?)/i;
const RIGHT = /^html(?:\s+system\s+["']about:legacy-compat["'])?$/i;
const NAME = "doctype";

/** Whether a word stands for "doctype"; `isMarked` when a "!" comes before it. */
function isMeant(word: string, isMarked: boolean): boolean {
  const name = word.toLowerCase();
  return name.startsWith(NAME) || distance(name, NAME) <= (isMarked ? 2 : 1) || (isMarked && name === "html");
}

/** What is wrong after a well-written "<!": with the name, or with what follows it. */
function flawOfContent(word: string, inner: string, wordAt: number): Flaw | null {
  const name = word.toLowerCase();
  const content = inner.trim();
  const contentAt = wordAt + word.length + inner.search(/\S/);
  const [first = ""] = content.split(/\s+/);
  const flaw = (kind: string, at: number, value: string): Flaw => ({ kind, at, word: value });
  if (name === "html") return flaw("word", wordAt, "");
  if (name === `${NAME}html`) return flaw("glued", wordAt, "");
  if (name !== NAME) return flaw("name", wordAt, word);
  if (RIGHT.test(content) && /^\s/.test(inner)) return null;
  if (!content) return flaw("empty", wordAt, "");
  if (first.toLowerCase() !== "html") return flaw("html", contentAt, first);
  const more = content.slice(first.length).trim();
  return flaw(/^(?:public|system)\b/i.test(more) ? "old" : "more", contentAt + content.indexOf(more, first.length), more);
}

/** The doctype that "<" at this offset begins; null when it begins something else. */
export function doctypeAt(source: string, at: number): Doctype | null {
  const found = START.exec(source.slice(at, at + 60));
  if (!found) return null;
  const [start, before, slash, after, bang, gap, word] = found as unknown as string[];
  if (!isMeant(word!, Boolean(bang))) return null;
  const [inner] = /^[^<>]*/.exec(source.slice(at + start!.length))!;
  const isOpen = source[at + start!.length + inner.length] !== ">";
  const end = at + start!.length + (isOpen ? 0 : inner.length + 1);
  const flaw = (kind: string): Doctype => ({ at, end, isOpen, flaw: { kind, at, word: "" } });
  if (slash) return flaw("slash");
  if (before || after) return flaw("chevron-space");
  if (!bang) return flaw("bang");
  if (bang.length > 1) return flaw("bangs");
  if (gap) return flaw("space");
  return { at, end, isOpen, flaw: isOpen ? null : flawOfContent(word!, inner, at + start!.length - word!.length) };
}

/** A doctype without its first chevron, in a text. */
export function nakedDoctype(text: string, at: number): Doctype | null {
  const found = NAKED.exec(text);
  if (!found) return null;
  const from = at + found[1]!.length;
  return { at: from, end: at + found[0].length, isOpen: false, flaw: { kind: "chevron", at: from, word: "" } };
}
