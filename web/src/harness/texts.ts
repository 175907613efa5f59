// Texts as people read them: white space folded, quoted, shortened, joined.
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

/** An expression in words when it spells one text: /^(\.\/)?menu\.css$/ is “menu.css”; what may be left out is left out. */
export function formed(form: RegExp): string {
  const [, start, middle, end] = /^(\^?)([^]*?)(\$?)$/.exec(form.source)!;
  const spelt = middle!.replace(/\\b/g, "").replace(/\([^()]*\)\?|(?:\[[^\]]*\]|\\.|[^\\])\?/g, "").replace(/\\([./])/g, "\0$1");
  if (!spelt || /\\|[$*+?()[\]{}|^]|(?<!\0)\./.test(spelt)) return `un texte de la forme ${form}`;
  const said = quote(spelt.replaceAll("\0", ""));
  return start && end ? said : `un texte qui ${start ? "commence par" : end ? "finit par" : "contient"} ${said}`;
}

/** What is wanted, in words: “Menu”, or a text that looks like /menu/i. */
export const wanted = (text: Text): string => (text instanceof RegExp ? formed(text) : quote(text));

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "a, b et c" */
export function enumerate(parts: string[]): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} et ${parts.at(-1)}`;
}

/** "320 px", "12,5 px" */
export const px = (value: number): string => `${String(Math.round(value * 10) / 10).replace(".", ",")} px`;

/** "1 défaut", "2 défauts" */
export const several = (number: number, noun: string): string => `${number} ${noun}${number > 1 ? "s" : ""}`;
