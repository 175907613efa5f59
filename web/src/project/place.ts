// Where a project is: the folder that a page belongs to, and the names that its files may have.
//
// Law: pure; paths are those of Jupyter, relative to the learner's folder, "/" between names.
import type { Refusal } from "../card/site.ts";
import { extensionOf, MEDIA_TYPES } from "../notebook/cell.ts";

export const LARGEST_FILE = 5_000_000; // bytes, as codephenix/folder.py
export const LARGEST_SITE = 8_000_000; // bytes, as codephenix/site.py

/** Folders that hold projects or weeks, and are none themselves. */
const CONTAINERS = /^(|projets|(cours|exercices|source|release)(\/[^/]+)?|(submitted|autograded)(\/[^/]+){0,2})$/;
const GOOD_NAME = /^[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*(\/[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*)*$/i;
const PAGE = /\.html$/i;

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
export const isPage = (path: string): boolean => PAGE.test(path);

/** Whether an open file can belong to a project: what a learner writes for the web. */
export const isWebFile = (path: string): boolean => /\.(html|css|m?js|svg)$/i.test(path);

/** The project of a file: the outermost folder around it that has a home page, else the folder it is in. */
export async function rootOf(path: string, hasHome: (folder: string) => Promise<boolean>): Promise<string> {
  let root = parentOf(path);
  for (let folder = root; !CONTAINERS.test(folder); folder = parentOf(folder)) if (await hasHome(folder)) root = folder;
  return root;
}

/** The page to show first: index.html, else the only or the first page of the top folder, else any; "" when there is none. */
export function homeOf(paths: readonly string[]): string {
  const pages = paths.filter(isPage).sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
  return pages.find((path) => path === "index.html") ?? pages[0] ?? "";
}

/** Why the site cannot hold a file of this name and size in bytes; null when it can. */
export function refusal(path: string, size: number): Refusal | null {
  if (!(extensionOf(path) in MEDIA_TYPES)) return "type";
  if (!GOOD_NAME.test(path)) return "name";
  return size > LARGEST_FILE ? "size" : null;
}
