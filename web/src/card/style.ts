// Addresses inside a style sheet, made loadable. Law: everything else keeps its place, comments included.
import type { Site } from "./site.ts";

const ADDRESS = /\/\*[^]*?\*\/|(url\()\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"')\s]*))\s*\)|(@import\s*)(?:"([^"\n]*)"|'([^'\n]*)')/gi;

export function rewriteCss(site: Site, base: string, css: string): string {
  return css.replace(ADDRESS, (all: string, url, double, single, bare, load, first, second) => {
    const address: string = double ?? single ?? bare ?? first ?? second ?? "";
    const found = (url || load) && address ? site.locate(base, address) : address;
    if (found === address) return all;
    return `${load ?? ""}url("${found}")`;
  });
}
