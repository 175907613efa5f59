// Texts as people read them: white space folded, quoted, shortened, joined.
import { readForm } from "./forms.ts";

export type Text = string | RegExp;

/** White space folded; an accent typed after its letter is the same letter. */
export const fold = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();

function read(node: Node): string {
  if (!(node instanceof Element)) return node.nodeType === Node.TEXT_NODE ? (node.textContent ?? "") : "";
  if (node.localName === "br") return " ";
  return /^(script|style)$/.test(node.localName) ? "" : [...node.childNodes].map(read).join("");
}

/** Text of an element as people read it: a line break separates words, scripts and styles say nothing. */
export function textOf(element: Element): string {
  return fold(element.querySelector("br, script, style") ? read(element) : (element.textContent ?? ""));
}

/** Whether a text has this form; an expression with the flag g keeps no memory of the last call. */
export const hasForm = (text: string, form: RegExp): boolean =>
  new RegExp(form.source, form.flags.replace(/[gy]/g, "")).test(text.normalize("NFC"));

/** Whether a text is the one wanted: whole and folded, or a part in any letter case when not exact. */
export function matches(text: string, wanted: Text, exact = true): boolean {
  const seen = fold(text);
  if (wanted instanceof RegExp) return hasForm(seen, wanted);
  return exact ? seen === fold(wanted) : seen.toLowerCase().includes(fold(wanted).toLowerCase());
}

export function shorten(text: string, size = 80): string {
  const seen = fold(text);
  return seen.length > size ? `${seen.slice(0, size - 1).trimEnd()}…` : seen;
}

export const quote = (text: string, size = 80): string => `“${shorten(text, size)}”`;

/** A text in a noun: “Menu”, or the words of an expression, or nothing. */
export function said(text: Text): string {
  if (!(text instanceof RegExp)) return quote(text);
  const reading = readForm(text);
  return reading ? quote(reading.words) : "";
}

/** What is wanted, in words: “Menu”, or a text that contains “menu”; a learner never reads an expression. */
export function wanted(text: Text): string {
  if (!(text instanceof RegExp)) return quote(text);
  if (text.source === "\\S") return "un texte";
  const reading = readForm(text);
  if (!reading) return "un autre texte";
  const { isOnly, isStart, isEnd } = reading;
  if (!isOnly) return `un texte comme ${said(text)}`;
  if (isStart && isEnd) return said(text);
  return `un texte qui ${isStart ? "commence par" : isEnd ? "finit par" : "contient"} ${said(text)}`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const joined = (parts: string[], word: string): string =>
  parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} ${word} ${parts.at(-1)}`;

/** "a, b et c" */
export const enumerate = (parts: string[]): string => joined(parts, "et");

/** "a, b ou c" */
export const alternatives = (parts: string[]): string => joined(parts, "ou");

/** "320 px", "12,5 px" */
export const px = (value: number): string => `${String(Math.round(value * 10) / 10).replace(".", ",")} px`;

/** "1 défaut", "2 défauts" */
export const several = (number: number, noun: string): string => `${number} ${noun}${number > 1 ? "s" : ""}`;
