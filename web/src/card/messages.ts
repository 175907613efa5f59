// What a page tells its card. Law: learner code is hostile; a message is read field by field, cut, and shown as text.

export type Level = "log" | "info" | "warn" | "error";

export interface Line {
  kind: "line";
  level: Level;
  text: string;
  path: string; // "" when unknown
  line: number; // 0 when unknown
}

export type Message =
  | Line
  | { kind: "uncaught"; text: string; path: string; line: number } // text of the browser, in English
  | { kind: "notice"; text: string; path: string; line: number } // what the page wanted to do, in French
  | { kind: "missing"; text: string; path: string } // a file, and the file that names it
  | { kind: "go"; text: string } // address of a link, as written
  | { kind: "clear" }
  | { kind: "store"; text: string; entries: Record<string, string> };

const KINDS = ["line", "uncaught", "notice", "missing", "go", "clear", "store"];
const LEVELS = ["log", "info", "warn", "error"];
const LONGEST_TEXT = 2000;
const LONGEST_STORE = 100_000; // characters

const text = (value: unknown, size = LONGEST_TEXT): string => {
  const read = typeof value === "string" ? value : "";
  return read.length > size ? `${read.slice(0, size)}…` : read;
};

function entriesOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  const entries = Object.entries(value).map(([key, one]) => [text(key), text(one, LONGEST_STORE)] as const);
  const size = entries.reduce((sum, [key, one]) => sum + key.length + one.length, 0);
  return size > LONGEST_STORE ? {} : Object.fromEntries(entries);
}

/** The message in a `postMessage`, or null when it is not one of this page. */
export function readMessage(data: unknown, token: string): Message | null {
  const from = data as Record<string, unknown> | null;
  if (typeof from !== "object" || from === null || from.token !== token) return null;
  if (!KINDS.includes(from.kind as string)) return null;
  const line = Number.isSafeInteger(from.line) && (from.line as number) > 0 ? (from.line as number) : 0;
  return {
    kind: from.kind,
    text: text(from.text),
    path: text(from.path, 200),
    line,
    level: LEVELS.includes(from.level as string) ? from.level : "log",
    entries: from.kind === "store" ? entriesOf(from.entries) : {},
  } as Message;
}
