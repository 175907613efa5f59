// The files of a site as data: addresses, so that a page can load them without any server.
//
// Law: pure. Addresses are resolved as codephenix/site.py does; a file that is not there is reported, never guessed.
import { prepareScript } from "./script.ts";
import { rewriteCss } from "./style.ts";

export interface SiteFile {
  type: string; // media type
  text?: string;
  base64?: string; // when the file is not text
}

export interface Bundle {
  page: string; // where the card starts
  files: Record<string, SiteFile>; // every file that the pages can reach
  names: string[]; // names of all the cells, to suggest one for a missing file
  refused?: Record<string, Refusal>; // files that are there and that the site cannot hold
  visit?: number; // of a folder of files; another number asks for the page, even when it was the last one asked for
}

/** Why a file is not in the site: too large, badly named, or of a type that the course does not know. */
export type Refusal = "size" | "name" | "type";

/** Told when a file is not there: its path, or the address as written when it leads to no path; and the file that names it. */
export type Missing = (path: string, from: string) => void;

const ASTRAY = /^file:|^[a-z]:[\\/]|^[^:?#]*\\|^\.\.\//i; // of an address that resolves to nothing
const ELSEWHERE = /^([a-z][a-z\d+.-]*:|\/\/|[?#]|$)/i;

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Path in the site of an address written in the file `base`; null when it leads elsewhere. */
export function resolve(base: string, address: string): string | null {
  const trimmed = address.trim();
  if (ELSEWHERE.test(trimmed) || trimmed.includes("\\")) return null;
  const path = decode(trimmed.replace(/[?#].*/s, ""));
  const parts = path.startsWith("/") ? [] : base.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === ".." && !parts.length) return null;
    if (part === "..") parts.pop();
    else if (part && part !== ".") parts.push(part);
  }
  return (/(^|\/)\.{0,2}$/.test(path) ? [...parts, "index.html"] : parts).join("/");
}

/** How to reach a file of the site from another. */
export function relative(from: string, to: string): string {
  const [start, end] = [from.split("/").slice(0, -1), to.split("/")];
  let same = 0;
  while (same < start.length && same < end.length - 1 && start[same] === end[same]) same++;
  return [...start.slice(same).map(() => ".."), ...end.slice(same)].join("/");
}

const asDataUrl = (type: string, text: string) => `data:${type};charset=utf-8,${encodeURIComponent(text)}`;

export class Site {
  readonly bundle: Bundle;
  readonly #missing: Missing;
  readonly #urls = new Map<string, string>(); // path -> data: address
  #paths: Map<string, string> | undefined; // data: address -> path

  constructor(bundle: Bundle, missing: Missing) {
    this.bundle = bundle;
    this.#missing = missing;
  }

  file(path: string | null): SiteFile | undefined {
    return path !== null && Object.hasOwn(this.bundle.files, path) ? this.bundle.files[path] : undefined;
  }

  /** Whether an address begins at the root of a server, where a folder of files has none. */
  isRooted(address: string): boolean {
    return this.bundle.visit !== undefined && /^\/(?!\/)/.test(address.trim());
  }

  /** The file behind an address, as a path; null, and reported, when the site should hold it but does not. */
  find(base: string, address: string): string | null {
    const path = this.isRooted(address) ? null : resolve(base, address);
    if (path !== null && !this.file(path)) this.#missing(path, base);
    if (path === null && (this.isRooted(address) || ASTRAY.test(address.trim()))) this.#missing(address.trim(), base);
    return this.file(path) ? path : null;
  }

  /** What to load instead of an address: the file itself, or the address as it is. */
  locate(base: string, address: string): string {
    const path = this.find(base, address);
    return path === null ? address : this.dataUrl(path) + (/#.*/.exec(address)?.[0] ?? "");
  }

  dataUrl(path: string): string {
    const known = this.#urls.get(path);
    if (known !== undefined) return known;
    this.#urls.set(path, "data:,"); // what a style sheet that imports itself receives
    const url = this.#build(path, this.bundle.files[path]!);
    this.#urls.set(path, url);
    return url;
  }

  #build(path: string, file: SiteFile): string {
    if (file.base64 !== undefined) return `data:${file.type};base64,${file.base64}`;
    const text = file.text ?? "";
    if (file.type === "text/css") return asDataUrl(file.type, `${rewriteCss(this, path, text)}\n/*# sourceURL=${path} */`);
    if (file.type === "text/javascript") return asDataUrl(file.type, `${prepareScript(this, path, text)}\n//# sourceURL=${path}`);
    return asDataUrl(file.type, text);
  }

  /** The path of a file from its data: address; null when it is none of ours. */
  pathOf(url: string): string | null {
    if (!url.startsWith("data:")) return null;
    this.#paths ??= new Map(Object.keys(this.bundle.files).map((path) => [this.dataUrl(path), path]));
    return this.#paths.get(url.replace(/#.*/s, "")) ?? null;
  }
}
