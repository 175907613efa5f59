// Mistakes of a cell of a notebook, in plain French, each with its place in the cell.
//
//     diagnose("/* a.css */\np { colr: red }", [])
//     -> [{ code: "css/property-near", message: "…", advice: "…", from: 16, to: 20 }]
//
// Law: valid code has no mistake here, at most a remark on what the course teaches otherwise. A cell that is not HTML, CSS or JS has no mistake here.
import { languageOf, readCell } from "../notebook/cell.ts";
import { inFrench, type Diagnostic } from "./catalogue.ts";
import { checkStyle } from "./css.ts";
import { checkPage } from "./html.ts";
import { checkScript } from "./js.ts";
import type { Mark, Surroundings } from "./marks.ts";

export type { Diagnostic };

const LARGEST = 100_000; // characters: more is not written by hand
const DECLARED = /\b(?:let|const|var|function\s*\*?|class|import)\s+([\p{L}_$][\p{L}\d_$]*)/gu;
const GROUPED = /\b(?:let|const|var|import)\s*([[{][^=;]*[\]}])\s*(?:=|from)|\b(?:let|const|var)\s+([^;=\n]+=[^;\n]*,[^;\n]*)/g;
const OTHERS = /\b(?:window|globalThis|self)\.([\p{L}_$][\p{L}\d_$]*)\s*=|\bid\s*=\s*["']?([\w-]+)|(--[\w-]+)\s*:/gu;

/** Names that other cells make: rather too many than too few. */
function namesIn(source: string): string[] {
  const one = [...source.matchAll(DECLARED)].map((found) => found[1]!);
  const several = [...source.matchAll(GROUPED)].flatMap((found) => (found[1] ?? found[2] ?? "").match(/[\p{L}_$][\p{L}\d_$]*/gu) ?? []);
  return [...one, ...several, ...[...source.matchAll(OTHERS)].map((found) => found[1] ?? found[2] ?? found[3]!)];
}

/** Scripts that a page loads and that no cell is. */
function loadsOther(source: string, files: ReadonlySet<string>): boolean {
  return [...source.matchAll(/<script\b[^>]*\bsrc\s*=\s*["']?([^"'\s>]+)/gi)].some((found) => !files.has(found[1]!.replace(/^\.\//, "")));
}

function surroundings(source: string, others: readonly string[]): Surroundings {
  const every = [source, ...others];
  const files = new Set(every.map((one) => readCell(one)?.name ?? ""));
  return {
    names: new Set([...others.flatMap(namesIn), ...[...source.matchAll(/\bid\s*=\s*["']?([\w-]+)/g)].map((found) => found[1]!), ...pageScripts(source)]),
    isComplete: !every.some((one) => loadsOther(one, files)),
    isModule: every.some((one) => /<script\b[^>]*\btype\s*=\s*["']?module/i.test(one)),
  };
}

/** The scripts of one page see each other's names. */
function pageScripts(source: string): string[] {
  return languageOf(source) === ".html" ? [...source.matchAll(/<script\b[^>]*>([^]*?)<\/script/gi)].length > 1 ? namesIn(source) : [] : [];
}

function marksOf(source: string, others: readonly string[]): Mark[] {
  const around = surroundings(source, others);
  switch (languageOf(source)) {
    case ".html": return checkPage(source, around);
    case ".css": return checkStyle(source, around.names);
    case ".js": case ".mjs": return checkScript(source, around, readCell(source)?.kind === "test");
    default: return [];
  }
}

/** What is missing at the very end is shown on the last sign. */
function within(one: Mark, source: string): Mark {
  const from = Math.max(0, Math.min(one.from, source.length - 1));
  return { ...one, from, to: Math.max(from + 1, Math.min(one.to, source.length)) };
}

/** One mistake at each place, the first one found; in source order. */
function firstOfEachPlace(marks: Mark[]): Mark[] {
  const seen = new Map<number, Mark>();
  for (const one of marks) if (!seen.has(one.from)) seen.set(one.from, one);
  return [...seen.values()].sort((a, b) => a.from - b.from);
}

/** Mistakes of a cell; `others` are the sources of the other code cells of its notebook. */
export function diagnose(source: string, others: readonly string[]): Diagnostic[] {
  if (!source.trim() || source.length > LARGEST) return [];
  return firstOfEachPlace(marksOf(source, others).map((one) => within(one, source))).map((one) => inFrench(one, source));
}
