// From a page of the site to a document that loads everything from itself.
//
//     <link rel="stylesheet" href="style.css">   ->  <link rel="stylesheet" href="data:text/css,…">
//     <script src="script.js"></script>          ->  <script src="data:text/javascript,…"></script>
//
// Law: only addresses change; every line of the learner keeps its number.
import { applyEdits, attribute, escapeAttribute, tagsOf, type Edit, type Tag } from "./html.ts";
import { importMap, prepareScript, tame } from "./script.ts";
import type { Bundle, Site } from "./site.ts";
import { rewriteCss } from "./style.ts";

/** The same for the card and for the page: a srcdoc document inherits the policy of its parent anyway. */
export const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' data: blob:; style-src 'unsafe-inline' data:; " +
  "img-src data: blob:; font-src data: blob:; media-src data: blob:; frame-src 'none'; connect-src 'none'; " +
  "form-action 'none'; base-uri 'none'";

const LOADS: Record<string, string> = {
  img: "src srcset",
  source: "src srcset",
  video: "src poster",
  audio: "src",
  track: "src",
  input: "src",
  script: "src",
  link: "href",
  image: "href xlink:href",
  object: "data",
  embed: "src",
};
const LOADING_LINK = /stylesheet|icon|preload/i;
const SCRIPT_TYPE = /^(|module|(text|application)\/javascript)$/i;
const NO_FRAMES_BELOW = 2;

const loads = (tag: string, name: string) => name === "style" || (LOADS[tag] ?? "").split(" ").includes(name);

/** Value to give to an attribute so that it loads; the same value when there is nothing to do. */
export function rewriteValue(site: Site, base: string, tag: string, name: string, value: string): string {
  if (/^on[a-z]/.test(name)) return tame(value);
  if (!value || !loads(tag, name)) return value;
  if (name === "style") return rewriteCss(site, base, value);
  if (name !== "srcset") return site.locate(base, value);
  if (value.includes("data:")) return value;
  return value.replace(/([^\s,]\S*[^\s,]|[^\s,])(\s+[\d.]+[wx])?/g, (_, address: string, size = "") => site.locate(base, address) + size);
}

function attributeEdits(site: Site, base: string, tag: Tag): Edit[] {
  if (tag.name === "link" && !LOADING_LINK.test(attribute(tag, "rel"))) return [];
  return tag.attributes.flatMap(({ name, value, start, end }): Edit[] => {
    const found = rewriteValue(site, base, tag.name, name, value);
    return found === value ? [] : [[start, end, `${name}="${escapeAttribute(found)}"`]];
  });
}

function bodyEdits(site: Site, base: string, html: string, tag: Tag): Edit[] {
  const body = html.slice(tag.bodyStart, tag.bodyEnd);
  const type = attribute(tag, "type");
  let text = body;
  if (tag.name === "style") text = rewriteCss(site, base, body);
  if (tag.name === "script" && SCRIPT_TYPE.test(type)) text = prepareScript(site, base, body);
  return text === body ? [] : [[tag.bodyStart, tag.bodyEnd, text]];
}

function frameEdits(site: Site, base: string, tag: Tag, depth: number): Edit[] {
  const source = tag.attributes.find((one) => one.name === "src");
  const path = source && site.find(base, source.value);
  if (!path || depth >= NO_FRAMES_BELOW) return [];
  const page = rewriteHtml(site, path, site.bundle.files[path]!.text ?? "", depth + 1);
  const alone = insertFirst(page, "<script>__loop=()=>true;__page=location</script>"); // no runtime there
  return [[source.start, source.end, `srcdoc="${escapeAttribute(alone)}"`]];
}

/** The source with its addresses made loadable. */
export function rewriteHtml(site: Site, base: string, html: string, depth = 0): string {
  const edits = tagsOf(html).flatMap((tag) => [
    ...(tag.name === "iframe" ? frameEdits(site, base, tag, depth) : attributeEdits(site, base, tag)),
    ...bodyEdits(site, base, html, tag),
  ]);
  return applyEdits(html, edits);
}

/** What the page must know about the card, see runtime/main.ts. */
export interface Inner {
  token: string; // tells the messages of this page from those of the one before
  page: string;
  hash: string; // with its #, or ""
  stores: Record<string, Record<string, string>>;
  bundle: Bundle;
}

/** On the line of the doctype, so that no line moves and the page keeps its mode. */
function insertFirst(html: string, first: string): string {
  const at = /^\s*(?:<!--[^]*?-->\s*)*<!doctype[^>]*>/i.exec(html)?.[0].length ?? 0;
  return html.slice(0, at) + first + html.slice(at);
}

function importMapTag(site: Site, html: string): string {
  if (!/site(:|%3A)/.test(html)) return ""; // no import was rewritten
  return `<script type="importmap">${importMap(site).replaceAll("<", "\\u003c")}</script>`;
}

/** The document of a page, with the runtime before everything else. */
export function compose(site: Site, inner: Inner, code: string): string {
  const html = rewriteHtml(site, inner.page, site.file(inner.page)?.text ?? "");
  // In minified code these stand only in texts and patterns, where an escape says the same.
  const runtime = code.trim().replaceAll("\n", "\\n").replace(/<(?=!--|\/?script)/g, "\\x3c");
  const first =
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
    importMapTag(site, html) +
    `<script data-inner="${escapeAttribute(JSON.stringify(inner))}">${runtime}//# sourceURL=codephenix</script>`;
  return insertFirst(html, first);
}
