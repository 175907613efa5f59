// Paths that a file may load or link to: every string in it that reads as one of our files, as codephenix/site.py finds.
import { resolve } from "../card/site.ts";
import { extensionOf, MEDIA_TYPES } from "./cell.ts";

const QUOTED = /["'`](?=([^"'`\n<>]{1,400})["'`])|url\(\s*([^"')\s]{1,200})\s*\)|=\s*([^"'`\s<>=]{1,200})/g;
const CODE = /\.(html|css|m?js|svg)$/;

export function referencesOf(path: string, text: string): string[] {
  if (!CODE.test(path)) return [];
  const found = new Set<string>();
  for (const [, quoted, url, bare] of text.matchAll(QUOTED)) {
    for (const address of (quoted ?? url ?? bare ?? "").split(/[\s,]+/)) {
      const target = address ? resolve(path, address) : null;
      if (target && extensionOf(target) in MEDIA_TYPES) found.add(target);
    }
  }
  return [...found];
}
