// The pages of tests/pages: one text file for each subject, one page after each line "==== name | rule | line | words".
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Page {
  name: string;
  source: string;
  wanted: string[]; // what follows the name, between bars
}

const folder = fileURLToPath(new URL("pages/", import.meta.url));

function pagesIn(file: string): Page[] {
  const [, ...parts] = readFileSync(folder + file, "utf8").split(/^==== /m);
  return parts.map((part) => {
    const end = part.indexOf("\n");
    const [name, ...wanted] = part.slice(0, end).split(" | ");
    return { name: `${file.replace(".txt", "")}: ${name}`, source: part.slice(end + 1).replace(/\n+$/, ""), wanted };
  });
}

/** The pages of the files with this name, such as "valid/*". */
export function pages(pattern: string): Page[] {
  return globSync(`${pattern}.txt`, { cwd: folder }).sort().flatMap(pagesIn);
}

/** A fragment as the body of a page, from line 8 on. */
export function inPage(body: string): string {
  return `<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n<title>Ma page</title>\n</head>\n<body>\n${body}\n</body>\n</html>\n`;
}

export const isWhole = (source: string): boolean => /^\s*(?:<!--[^]*?-->\s*)*<!doctype|<html[\s>]/i.test(source);
