// A learner's script made ready for the preview: imports between files, and loops that cannot freeze the card.
//
//     import { total } from "./panier.js"   ->  import { total } from "site:panier.js"    (see importMap)
//     while (panier.length) {               ->  while (__loop(),panier.length) {
//     location.href = "menu.html"           ->  __page.href = "menu.html"
//
// Sandboxed frames of one tab share one process: an endless loop in a preview would freeze every preview, even
// after the learner repairs the code. So each loop asks __loop, which throws after a few seconds. And a sandboxed page
// cannot change its address, nor can `location` be replaced: __page stands in for it.
// Law: a line keeps its number.
import { applyEdits, type Edit } from "./html.ts";
import type { Site } from "./site.ts";

const IMPORT = /(\bfrom\s*|\bimport\s*\(?\s*)(["'])([^"'\n]+)\2/g;
const TOKEN =
  /\/\/.*|\/\*[^]*?\*\/|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`|[\p{L}$_][\p{L}\d$_]*|\d[\w.]*|\S/gu;
const REGEXP = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
const BEFORE_REGEXP = /^(?:[(,=:[!&|?{};+\-*%~^<>]|return|typeof|case|of|in|=>)?$/;

export function rewriteImports(site: Site, base: string, code: string): string {
  return code.replace(IMPORT, (all: string, lead: string, quote: string, address: string) => {
    if (!/^\.{0,2}\//.test(address)) return all;
    const path = site.find(base, address);
    return path === null ? all : `${lead}${quote}site:${path}${quote}`;
  });
}

/** Where rewritten imports lead. */
export function importMap(site: Site): string {
  const scripts = Object.entries(site.bundle.files).filter(([, file]) => file.type === "text/javascript");
  return JSON.stringify({ imports: Object.fromEntries(scripts.map(([path]) => [`site:${path}`, site.dataUrl(path)])) });
}

interface Token {
  text: string;
  end: number;
}

type Insert = (start: number, end: number, text: string) => void;

function tokens(code: string): Token[] {
  const found: Token[] = [];
  const scan = new RegExp(TOKEN);
  for (let match = scan.exec(code); match; match = scan.exec(code)) {
    let [text] = match;
    if (/^\/[/*]/.test(text)) continue;
    REGEXP.lastIndex = match.index;
    if (text === "/" && BEFORE_REGEXP.test(found.at(-1)?.text ?? "")) text = REGEXP.exec(code)?.[0] ?? text;
    scan.lastIndex = match.index + text.length;
    found.push({ text, end: scan.lastIndex });
  }
  return found;
}

/** Whether this is the `location` of the page, about to change: location.href =, window.location =, location.assign( */
function leaves(list: Token[], i: number): boolean {
  const after = list.slice(i + 1, i + 5).map(({ text }) => text);
  const [before = "", owner = ""] = [list[i - 1]?.text, list[i - 2]?.text];
  if (before === "." && !/^(window|document|self)$/.test(owner)) return false;
  if (after[0] === "=") return before === "." && after[1] !== "=";
  if (after[0] !== ".") return false;
  return after[1] === "href" ? after[2] === "=" && after[3] !== "=" : /^(assign|replace)$/.test(after[1] ?? "");
}

function replaceLeaving(code: string, list: Token[], replace: Insert): void {
  if (/\b(const|let|var)\s+location\b/.test(code)) return; // a variable of the learner's
  list.forEach(({ text, end }, i) => {
    if (text === "location" && leaves(list, i)) replace(end - text.length, end, "__page");
  });
}

/** Make every `while` and `for (;;)` loop call __loop at each turn. */
function guardLoops(list: Token[], insert: Insert): void {
  const open: string[] = []; // brackets not yet closed; "for" waits for its first semicolon
  list.forEach(({ text, end }, i) => {
    const loop = text === "(" && list[i - 2]?.text !== "." ? list[i - 1]?.text : "";
    if (loop === "while") insert(end, end, "__loop(),");
    if ("([{".includes(text)) open.push(loop === "for" ? "for" : text);
    else if (")]}".includes(text)) open.pop();
    else if (text === ";" && open.at(-1) === "for") {
      open[open.length - 1] = "(";
      insert(end, end, list[i + 1]?.text === ";" ? "__loop()" : "__loop(),");
    }
  });
}

/** A script that cannot freeze the card, and whose changes of address reach it. */
export function tame(code: string): string {
  const list = tokens(code);
  const edits: Edit[] = [];
  const insert: Insert = (...edit) => void edits.push(edit);
  guardLoops(list, insert);
  replaceLeaving(code, list, insert);
  return applyEdits(code, edits.sort(([a], [b]) => a - b));
}

export function prepareScript(site: Site, base: string, code: string): string {
  return rewriteImports(site, base, tame(code));
}
