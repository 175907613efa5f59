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

/** The words of a simple expression, as a learner can read them: "départ" for /d[ée]part/i; "" for the others. */
export function spoken(form: RegExp): string {
  const [first = ""] = form.source.split("|");
  const words = first
    .replace(/\\b|\$$/g, "")
    .replace(/^\^?\(*(\?:)?/, "")
    .replace(/\[([^\]\\^])[^\]]*\]/g, "$1")
    .replace(/\\s[*+?]?/g, " ");
  const isSimple = !/(^|[^\\])[.^$*+?()[\]{}]|\\[^.?!()/]/.test(words);
  return isSimple ? fold(words.replace(/\\/g, "")) : "";
}

/** A text in a noun: “Menu”, or the words of an expression, or nothing. */
export const said = (text: Text): string => {
  const words = text instanceof RegExp ? spoken(text) : text;
  return text instanceof RegExp && !words ? "" : quote(words);
};

/** The one text that an expression spells, at its place: /^(\.\/)?menu\.css$/ is “menu.css”; "" when it spells several. */
function spelt(form: RegExp): string {
  const [, start, middle, end] = /^(\^?)([^]*?)(\$?)$/.exec(form.source)!;
  const text = middle!.replace(/\\b/g, "").replace(/\([^()]*\)\?|(?:\[[^\]]*\]|\\.|[^\\])\?/g, "").replace(/\\([./])/g, "\0$1");
  if (!text || /\\|[$*+?()[\]{}|^]|(?<!\0)\./.test(text)) return "";
  const words = quote(text.replaceAll("\0", ""));
  return start && end ? words : `un texte qui ${start ? "commence par" : end ? "finit par" : "contient"} ${words}`;
}

/** What is wanted, in words: “Menu”, or a text that contains “menu”; a learner never reads an expression. */
export function wanted(text: Text): string {
  if (!(text instanceof RegExp)) return quote(text);
  if (text.source === "\\S") return "un texte";
  return spelt(text) || (spoken(text) ? `un texte comme ${said(text)}` : "un autre texte");
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
