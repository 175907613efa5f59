// Where the tags of a page are, without changing a character of it: the learner's source stays as it was typed.
//
// Law: reads what a browser would read (comments, raw text, quotes), never corrects.

export interface Attribute {
  name: string; // lower case
  value: string; // entities decoded
  start: number; // the whole attribute in the source
  end: number;
}

export interface Tag {
  name: string; // lower case
  attributes: Attribute[];
  bodyStart: number; // raw text of a script or a style
  bodyEnd: number;
}

export type Edit = readonly [start: number, end: number, text: string];

const ATTRIBUTE = /[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?/y;
const RAW = /^(?:script|style|textarea|title|xmp|iframe|noscript|noembed|noframes)$/;
const NEXT = /<!--|<[!?/]|<[a-z]/gi;
const ENTITIES: Record<string, string> = { amp: "&", quot: '"', apos: "'", "#39": "'", lt: "<", gt: ">" };

const unescape = (value: string) => value.replace(/&(amp|quot|apos|#39|lt|gt);/g, (_, name: string) => ENTITIES[name]!);

export const escapeAttribute = (value: string) => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

function readTag(html: string, start: number): [Tag, number] {
  const name = /[^\s/>]+/y;
  name.lastIndex = start + 1;
  const tag: Tag = { name: name.exec(html)![0].toLowerCase(), attributes: [], bodyStart: 0, bodyEnd: 0 };
  ATTRIBUTE.lastIndex = name.lastIndex;
  let end = name.lastIndex;
  for (let found = ATTRIBUTE.exec(html); found; found = ATTRIBUTE.exec(html)) {
    end = ATTRIBUTE.lastIndex;
    const [all, key, double, single, bare] = found;
    const at = end - all.trimStart().replace(/^[\s/]+/, "").length;
    tag.attributes.push({ name: key!.toLowerCase(), value: unescape(double ?? single ?? bare ?? ""), start: at, end });
  }
  const close = html.indexOf(">", end);
  return [tag, close < 0 ? html.length : close + 1];
}

/** Every start tag of a page, in source order. */
export function tagsOf(html: string): Tag[] {
  const tags: Tag[] = [];
  const next = new RegExp(NEXT);
  for (let found = next.exec(html); found; found = next.exec(html)) {
    if (!/[a-z]/i.test(found[0])) {
      const close = found[0] === "<!--" ? html.indexOf("-->", found.index + 2) + 2 : html.indexOf(">", found.index);
      if (close < 2) break; // never closed: the rest of the page is a comment
      next.lastIndex = close + 1;
      continue;
    }
    const [tag, end] = readTag(html, found.index);
    tags.push(tag);
    next.lastIndex = tag.bodyStart = tag.bodyEnd = end;
    if (!RAW.test(tag.name)) continue;
    const close = html.slice(end).search(new RegExp(`</${tag.name}(?=[\\s/>])`, "i"));
    next.lastIndex = tag.bodyEnd = close < 0 ? html.length : end + close;
  }
  return tags;
}

/** The source with some parts replaced; `edits` in source order. */
export function applyEdits(html: string, edits: readonly Edit[]): string {
  let text = "";
  let done = 0;
  for (const [start, end, replacement] of edits) {
    text += html.slice(done, start) + replacement;
    done = end;
  }
  return text + html.slice(done);
}

export function attribute(tag: Tag, name: string): string {
  return tag.attributes.find((one) => one.name === name)?.value ?? "";
}
