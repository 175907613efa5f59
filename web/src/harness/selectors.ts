// A CSS selector in words, for those who do not write CSS yet: "élément <li> directement dans un élément <ul>".
//
// Law: a selector that cannot be said exactly is shown as it is written.
import { type Noun, nounOf } from "./nouns.ts";
import { alternatives, quote } from "./texts.ts";

const ATTRIBUTE = String.raw`\[\s*[\w-]+\s*(?:[$^*]?=\s*(?:"[^"]*"|'[^']*'|[\w-]+)\s*i?\s*)?\]`;
const PART = String.raw`[.#][\w-]+|${ATTRIBUTE}|:not\(${ATTRIBUTE}\)|:has\([a-z][a-z0-9]*\)`;
const COMPOUND = new RegExp(`^(\\*|[a-z][a-z0-9]*)?((?:${PART})*)$`, "i");
const LINKS: Record<string, string> = { " ": "dans", ">": "directement dans", "+": "juste après", "~": "après" };
const ALONE = /^<(html|head|body|main)>$/; // a page has one
const BOOLEAN = new Set(
  (
    "autoplay checked controls default disabled hidden loop multiple muted novalidate open readonly required " +
    "reversed selected"
  ).split(" "),
);

/** [href^='index'] as HTML: href="index…" */
function attribute(text: string): string {
  const inside = text.slice(1, -1).replace(/(["'\s])i\s*$/, "$1"); // i: in any letter case
  const [, name = "", sign, value = ""] = /^\s*([\w-]+)\s*(?:([$^*]?=)\s*(.*?)\s*)?$/.exec(inside)!;
  if (!sign) return BOOLEAN.has(name) ? name : `${name}="…"`;
  const [start, end] = [/[$*]/.test(sign) ? "…" : "", /[\^*]/.test(sign) ? "…" : ""];
  return `${name}="${start}${value.replace(/^(["'])(.*)\1$/, "$2")}${end}"`;
}

/** What follows the word “élément”, for a selector of one element; null when it cannot be said. */
function compound(text: string): string | null {
  const [, name = "", rest = ""] = COMPOUND.exec(text) ?? [];
  if (!name && !rest) return null;
  const parts = rest.match(new RegExp(PART, "gi")) ?? [];
  const valued = (mark: string): string[] => parts.filter((part) => part.startsWith(mark)).map((part) => part.slice(1));
  const [ids, classes, tag] = [valued("#"), valued("."), name === "*" ? "" : name.toLowerCase()];
  const written = [
    ...ids.map((id) => `id="${id}"`),
    ...(classes.length ? [`class="${classes.join(" ")}"`] : []),
    ...parts.filter((part) => part.startsWith("[")).map(attribute),
  ].join(" ");
  return [
    tag ? `<${[tag, written].filter(Boolean).join(" ")}>` : bare(ids, classes, written),
    ...parts.filter((part) => part.startsWith(":not")).map((part) => `sans ${attribute(part.slice(5, -1))}`),
    ...parts.filter((part) => part.startsWith(":has")).map((part) => `qui contient un élément <${part.slice(5, -1)}>`),
  ].filter(Boolean).join(" ");
}

/** The same without a tag: a class or an identifier alone has its word. */
function bare(ids: string[], classes: string[], written: string): string {
  if (classes.length === 1 && written === `class="${classes[0]}"`) return `de classe ${quote(classes[0]!)}`;
  if (ids.length === 1 && written === `id="${ids[0]}"`) return `d’identifiant ${quote(ids[0]!)}`;
  return written && `avec ${written}`;
}

const around = (said: string): string => (ALONE.test(said) ? `l’élément ${said}` : `un élément ${said}`.trim());

/** What follows the word “élément”, and where it is. */
function sentence(css: string): [what: string, place: string] | null {
  const words: string[] = css.match(/(?:\[[^\]]*\]|\([^)]*\)|[^\s>+~[(])+|[>+~]/g) ?? [];
  const [said, links]: [string[], string[]] = [[], []];
  let link = "";
  for (const word of words) {
    if (word in LINKS) {
      if (link || !said.length) return null;
      link = word;
      continue;
    }
    const one = compound(word);
    if (one === null) return null;
    if (said.length) links.unshift(link || " ");
    said.unshift(one);
    link = "";
  }
  const [what, ...others] = said;
  if (what === undefined || link) return null;
  return [what, others.map((other, rank) => `${LINKS[links[rank]!]} ${around(other)}`).join(", ")];
}

/** Noun of what a selector selects. */
export function nounOfCss(css: string): Noun {
  const members = (css.match(/(?:\[[^\]]*\]|\([^)]*\)|[^,[(])+/g) ?? []).map((member) => sentence(member.trim()));
  const said = members.filter((member) => member !== null);
  if (!said.length || said.length < members.length) return nounOf(`élément ${quote(css)}`, `éléments ${quote(css)}`);
  const [[, place]] = said as [[string, string]];
  const isShared = said.every(([, other]) => other === place);
  const what = isShared ? alternatives(said.map(([one]) => one)) : said.map((pair) => pair.join(" ").trim()).join(", ou ");
  const after = what && ` ${what}`;
  return { ...nounOf(`élément${after}`, `éléments${after}`), ...(isShared && place ? { place } : {}) };
}
