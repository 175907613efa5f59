// A cell is a file: its first comment names it, in the language's own syntax, as codephenix/site.py reads it.
//
//     <!-- carte.html -->   /* style.css */   // script.js   // carte.test.js   # bases.quiz.yaml   // plats.json
//
// Law: pure; tests/cells.json holds what this file and codephenix/site.py both answer.

export type Kind = "file" | "test" | "activity";

export interface Cell {
  kind: Kind;
  name: string;
  text: string; // of the file, without what is not part of it
}

export const HOME_PAGE = "index.html";
const LARGEST = 1_000_000; // characters

export const MEDIA_TYPES: Record<string, string> = {
  ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
  ".json": "application/json", ".svg": "image/svg+xml", ".txt": "text/plain", ".xml": "application/xml",
  ".webmanifest": "application/manifest+json", ".vtt": "text/vtt", ".png": "image/png", ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg", ".webp": "image/webp", ".avif": "image/avif", ".gif": "image/gif", ".ico": "image/x-icon",
  ".woff2": "font/woff2", ".woff": "font/woff", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".mp4": "video/mp4",
  ".webm": "video/webm", ".pdf": "application/pdf",
};

const HEADERS: Record<string, RegExp> = {
  ".html": /^\s*<!--([^\n]*?)-->/,
  ".css": /^\s*\/\*([^\n]*?)\*\//,
  ".js": /^\s*\/\/([^\n]*)/,
  ".yaml": /^\s*#(?!\w+\s*\{)([^\n]*)/,
};
const SYNTAX: Record<string, string> = {
  ".svg": ".html", ".xml": ".html", ".mjs": ".js", ".json": ".js", ".txt": ".yaml", ".vtt": ".yaml",
};
const WITHOUT_HEADER = /\.(json|txt|webmanifest|vtt)$/; // formats in which a comment would be an error
const NAME = /^[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*(\/[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*)*$/;
const LOOKS_LIKE_A_NAME = /\S\.[A-Za-z][A-Za-z0-9]{0,10}$/;

export function extensionOf(path: string): string {
  return /[^/]\.([^./]*)$/.exec(path) ? path.slice(path.lastIndexOf(".")).toLowerCase() : "";
}

/** What the first comment says: the language of the comment, and the file that it names, if it does. */
function header(source: string): { language: string; name: string } | null {
  for (const [language, pattern] of Object.entries(HEADERS)) {
    const name = pattern.exec(source)?.[1]?.trim();
    if (name === undefined) continue;
    const named = LOOKS_LIKE_A_NAME.test(name) && name.split(/\s+/).length <= 4;
    return { language, name: named ? name : "" };
  }
  return null;
}

/** Extension of the file that a cell is, even of one that has a bad name or is being named. */
export function languageOf(source: string): string {
  const found = header(source);
  if (!found) return ".html";
  const extension = extensionOf(found.name);
  return (SYNTAX[extension] ?? extension) === found.language ? extension : found.name ? found.language : ".html";
}

/** The cell, or null when it cannot be a file: empty, too large, or badly named. */
export function readCell(source: string): Cell | null {
  if (!source.trim() || source.length > LARGEST) return null;
  const found = header(source);
  const name = found?.name || HOME_PAGE;
  const extension = extensionOf(name);
  if (!NAME.test(name) || name.length > 100) return null;
  if (found?.name && (SYNTAX[extension] ?? extension) !== found.language) return null;
  if (name.endsWith(".test.js")) return { kind: "test", name, text: source };
  if (extension === ".yaml") return { kind: "activity", name, text: source };
  return { kind: "file", name, text: WITHOUT_HEADER.test(name) ? source.replace(/^\s*[^\n]*\n?/, "") : source };
}
