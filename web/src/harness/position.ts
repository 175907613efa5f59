// Where something is in the learner's files: "carte.html, ligne 4".
import { setting, sourceOf } from "./bridge.ts";

/** Blank out comments, scripts and styles, so that only real tags remain; lengths and lines do not move. */
export function withoutComments(source: string, path: string): string {
  const blank = (text: string): string => text.replace(/[^\n]/g, " ");
  if (/\.(html|svg|xml)$/.test(path)) return source.replace(/<!--[\s\S]*?(-->|$)/g, blank);
  if (path.endsWith(".css")) return source.replace(/\/\*[\s\S]*?(\*\/|$)/g, blank);
  // A string or a template may hold two slashes, so both are read and kept.
  const script = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/g;
  return source.replace(script, (text, kept?: string) => (kept ? text : blank(text)));
}

/**
 * Line of the k-th opening tag of this name, from 1. 0 when the source has not as many of them as the page: a script
 * or the parser made some, and a wrong line would mislead.
 */
export function lineOfTag(source: string, tag: string, k: number, total: number): number {
  const markup = withoutComments(source, ".html").replace(
    /(<(script|style|template|textarea|title)\b[^>]*>)([\s\S]*?)(?=<\/\2)/gi,
    (_, open: string, _name: string, text: string) => open + text.replace(/[^\n]/g, " "),
  );
  const tags = [...markup.matchAll(new RegExp(`<${tag}(?![\\w-])`, "gi"))];
  const found = tags.length === total ? tags[k] : undefined;
  return found ? markup.slice(0, found.index).split("\n").length : 0;
}

/** File and line of an element; the file alone when the element is not in the source. */
export function whereIs(element: Element | null | undefined): string {
  if (!element) return setting.path;
  const tag = element.localName;
  const same = [...document.getElementsByTagName(tag)];
  const line = lineOfTag(sourceOf(), tag, same.indexOf(element), same.length);
  return line ? `${setting.path}, ligne ${line}` : setting.path;
}

/** Line of the test file in the stack of an error: "carte.test.js, ligne 7". */
export function whereInTest(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const name = setting.name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const line = new RegExp(`${name}:(\\d+)`).exec(stack)?.[1];
  return line ? `${setting.name}, ligne ${line}` : setting.name;
}
