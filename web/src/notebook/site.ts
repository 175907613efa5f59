// The site that the cells of a notebook make, seen from the cell where the learner works.
//
// Cells up to the active one make the site, the last of a name wins; cells below only add what is still missing.
// Law: pure.
import type { Bundle, SiteFile } from "../card/site.ts";
import { extensionOf, MEDIA_TYPES, readCell, type Cell } from "./cell.ts";
import { referencesOf } from "./references.ts";

const isPage = (name: string): boolean => name.endsWith(".html");

interface Placed extends Cell {
  at: number;
}

/** Cells of files, those that count for the active cell. */
function placed(sources: readonly string[], active: number): Map<string, Placed> {
  const files = new Map<string, Placed>();
  sources.forEach((source, at) => {
    const cell = readCell(source);
    if (cell?.kind === "file" && (at <= active || !files.has(cell.name))) files.set(cell.name, { ...cell, at });
  });
  return files;
}

/** Page of the active cell: itself, the page that uses it, or the nearest; "" when there is no page. */
function pageOf(files: Map<string, Placed>, sources: readonly string[], active: number): string {
  const pages = [...files.values()].filter(({ name }) => isPage(name));
  const own = readCell(sources[active] ?? "");
  if (own?.kind === "file" && isPage(own.name)) return own.name;
  const byNearness = pages.sort((a, b) => Number(a.at > active) - Number(b.at > active) || Math.abs(a.at - active) - Math.abs(b.at - active));
  const tested = own?.kind === "test" ? own.name.replace(/\.test\.js$/, ".html") : "";
  const user = own && byNearness.find(({ name, text }) => name === tested || uses(files, name, text, own.name));
  return (user || byNearness[0])?.name ?? "";
}

/** Whether a page loads a file, directly or through another. */
function uses(files: Map<string, Placed>, page: string, text: string, wanted: string): boolean {
  const waiting = referencesOf(page, text);
  const seen = new Set(waiting);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (path === wanted) return true;
    if (isPage(path)) continue; // a link, not a load
    for (const next of referencesOf(path, files.get(path)?.text ?? "")) {
      if (!seen.has(next)) seen.add(next), waiting.push(next);
    }
  }
  return false;
}

/** The site seen from a cell, null when it has no page; `given` are the files beside the notebook. */
export function siteOf(sources: readonly string[], active: number, given: ReadonlyMap<string, SiteFile | null>): Bundle | null {
  const cells = placed(sources, active);
  const page = pageOf(cells, sources, active);
  if (!page) return null;
  const files: Record<string, SiteFile> = {};
  for (const [name, { text }] of cells) files[name] = { type: MEDIA_TYPES[extensionOf(name)]!, text };
  for (const [path, file] of given) if (file && !(path in files)) files[path] = file;
  return { page, files, names: [...cells.keys()].sort() };
}

/** Files that the site names and that no cell holds: to be looked for beside the notebook. */
export function missingFrom({ files }: Bundle): string[] {
  const wanted = Object.entries(files).flatMap(([path, { text }]) => (text ? referencesOf(path, text) : []));
  return [...new Set(wanted)].filter((path) => !(path in files));
}
