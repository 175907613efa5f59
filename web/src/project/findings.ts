// What will not work once the site is opened from a USB stick: addresses and scripts that need a server.
//
//     <link href="/css/style.css">   from a stick, "/" is the root of the computer
//     <script type="module">         a browser refuses modules of file://
//     fetch("plats.json")            and requests to it
//
// Law: pure; nothing is said of a site that works from a stick.
import { attribute, tagsOf, type Tag } from "../card/html.ts";
import { relative, resolve } from "../card/site.ts";
import { nameOf } from "./place.ts";

export type Fault = "absolute" | "backslash" | "computer" | "above" | "internet" | "case" | "missing" | "folder" | "module" | "request";

export interface Finding {
  fault: Fault;
  file: string;
  line: number; // from 1
  address: string; // as written; "" for a script
  advice: string; // what to write instead; "" when nobody knows
}

const LOADS: Record<string, readonly string[]> = {
  img: ["src", "srcset"], source: ["src", "srcset"], video: ["src", "poster"], audio: ["src"], track: ["src"], input: ["src"],
  script: ["src"], link: ["href"], iframe: ["src"], object: ["data"], embed: ["src"], image: ["href", "xlink:href"],
};
const LINKS: Record<string, readonly string[]> = { a: ["href"], area: ["href"], form: ["action"] };
const CSS_ADDRESS = /\/\*[^]*?\*\/|url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"')\s]*))\s*\)|@import\s*(?:"([^"\n]*)"|'([^'\n]*)')/gi;
const COMMENT = /\/\/[^\n]*|\/\*[^]*?\*\//g;
const REQUEST = /\b(?:fetch\s*\(|new\s+XMLHttpRequest\b)/g;
const OTHER_SCHEME = /^(data|blob|mailto|tel|sms|javascript|about):|^[#?]|^$/i;

const lineAt = (text: string, at: number): number => text.slice(0, at).split("\n").length;

class Reader {
  readonly found: Finding[] = [];
  readonly #paths: ReadonlySet<string>;
  readonly #lower: ReadonlyMap<string, string>;

  constructor(paths: readonly string[]) {
    this.#paths = new Set(paths);
    this.#lower = new Map(paths.map((path) => [path.toLowerCase(), path]));
  }

  say(fault: Fault, file: string, line: number, address = "", advice = ""): void {
    this.found.push({ fault, file, line, address, advice });
  }

  /** Look at an address; `loads` when the page shows nothing good without it. */
  address(file: string, line: number, written: string, loads: boolean): void {
    const address = written.trim();
    if (OTHER_SCHEME.test(address)) return;
    if (/^file:|^[a-z]:[\\/]/i.test(address)) return this.say("computer", file, line, address);
    if (/^([a-z][a-z\d+.-]*:|\/\/)/i.test(address)) return loads ? this.say("internet", file, line, address) : undefined;
    if (address.includes("\\")) return this.say("backslash", file, line, address, address.replaceAll("\\", "/"));
    const path = resolve(file, address);
    if (path === null) return this.say("above", file, line, address);
    const there = this.#paths.has(path) ? path : this.#lower.get(path.toLowerCase());
    const end = /[?#].*/s.exec(address)?.[0] ?? "";
    if (address.startsWith("/")) return this.say("absolute", file, line, address, there ? relative(file, there) + end : "");
    if (!there) return this.say("missing", file, line, address);
    if (there !== path) return this.say("case", file, line, address, relative(file, there) + end);
    if (nameOf(path) === "index.html" && !/index\.html/i.test(address)) this.say("folder", file, line, address, relative(file, path) + end);
  }

  css(file: string, text: string, line = 1): void {
    for (const match of text.matchAll(CSS_ADDRESS)) {
      const address = match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5];
      if (address) this.address(file, line - 1 + lineAt(text, match.index), address, true);
    }
  }

  script(file: string, text: string, line = 1): void {
    const code = text.replace(COMMENT, (comment) => comment.replace(/[^\n]/g, " "));
    for (const { index, 0: call } of code.matchAll(REQUEST)) {
      this.say("request", file, line - 1 + lineAt(code, index), call.startsWith("fetch") ? "fetch" : "XMLHttpRequest");
    }
  }

  html(file: string, text: string): void {
    for (const tag of tagsOf(text)) this.#tag(file, text, tag);
  }

  #tag(file: string, text: string, tag: Tag): void {
    for (const { name, value, start } of tag.attributes) {
      const line = lineAt(text, start);
      const loads = LOADS[tag.name]?.includes(name) ?? false;
      if (name === "style") this.css(file, value, line);
      else if (loads && name === "srcset") for (const part of value.split(",")) this.address(file, line, part.trim().split(/\s/)[0]!, true);
      else if (loads || LINKS[tag.name]?.includes(name)) this.address(file, line, value, loads);
    }
    const body = text.slice(tag.bodyStart, tag.bodyEnd);
    const line = lineAt(text, tag.bodyStart);
    if (tag.name === "style") this.css(file, body, line);
    if (tag.name !== "script") return;
    const module = attribute(tag, "type").toLowerCase() === "module";
    if (module && (attribute(tag, "src") || /\bimport\b/.test(body))) this.say("module", file, line, attribute(tag, "src"));
    if (!attribute(tag, "src")) this.script(file, body, line);
  }
}

/** Everything that will not work from a stick; `texts` are the readable files of the site, `paths` all of them. */
export function findings(texts: ReadonlyMap<string, string>, paths: readonly string[]): Finding[] {
  const reader = new Reader(paths);
  for (const [path, text] of texts) {
    if (/\.html$/i.test(path)) reader.html(path, text);
    else if (/\.css$/i.test(path)) reader.css(path, text);
    else if (/\.m?js$/i.test(path)) reader.script(path, text);
  }
  return reader.found;
}
