// Writes names.json: every name of HTML, CSS and JavaScript that the kernel may propose, without any prose.
// The names come from @vscode/web-custom-data and from TypeScript's own library files, so a description of ours
// that names something else is a typo, and a test says so. Lists below: what those packages lack or have wrong.
// A list of values is one string, its members separated by "|", to keep the file small.
import { readFileSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const html = require("@vscode/web-custom-data/data/browsers.html-data.json");
const css = require("@vscode/web-custom-data/data/browsers.css-data.json");

const words = (text) => text.trim().split(/\s+/);
const unique = (list) => [...new Set(list)];
const joined = (list) => unique(list).join("|");
const prefixed = (name) => /^[@:]*-/.test(name);

// HTML ---------------------------------------------------------------------------------------------------------------

const OBSOLETE_ELEMENTS = new Set(words("param rb fencedframe selectedcontent"));
const OBSOLETE_ATTRIBUTES = new Set(words(`
  align alink archive axis background bgcolor border bottommargin classid clear codebase codetype color compact
  contextmenu csp declare dropzone frame importance intrinsicsize ismap leftmargin link longdesc manifest mediagroup
  moz-opaque noshade nowrap profile rightmargin rules scheme scoped seamless sorted standby text topmargin
  typemustmatch valign valuetype version virtualkeyboardpolicy vlink aria-dropeffect aria-grabbed
  allowpaymentrequest onformchange onforminput onmousewheel onredo onshow onundo`));
// Obsolete on these elements only.
const OBSOLETE_ON = {
  a: words("rev charset name shape coords"), col: ["width"], form: ["accept", "autocapitalize"], hr: words("size width"),
  li: ["type"], link: ["charset"], pre: words("cols width wrap"), script: ["charset"],
  style: ["type"], td: ["abbr"], area: words("type hreflang accesskey"),
};
const SVG_SHAPE = words("fill stroke stroke-width stroke-linecap stroke-linejoin opacity transform");
const EXTRA_ELEMENTS = {
  svg: words("viewBox width height xmlns focusable preserveAspectRatio").concat(SVG_SHAPE),
  g: SVG_SHAPE, path: ["d", ...SVG_SHAPE], circle: ["cx", "cy", "r", ...SVG_SHAPE],
  ellipse: ["cx", "cy", "rx", "ry", ...SVG_SHAPE], rect: ["x", "y", "width", "height", "rx", "ry", ...SVG_SHAPE],
  line: ["x1", "y1", "x2", "y2", ...SVG_SHAPE], polyline: ["points", ...SVG_SHAPE], polygon: ["points", ...SVG_SHAPE],
  text: ["x", "y", "text-anchor", ...SVG_SHAPE], desc: [], defs: [], symbol: ["viewBox"], use: words("href x y width height"),
  linearGradient: words("x1 y1 x2 y2"), stop: words("offset stop-color stop-opacity"), math: ["display"],
};
const EXTRA_ATTRIBUTES = {
  button: words("command commandfor"), dialog: ["closedby"], iframe: ["loading"], link: words("fetchpriority media"),
  script: ["fetchpriority"], source: words("width height"), template: ["shadowrootmode"], video: ["playsinline"],
  input: words("autocapitalize capture"),
};
const GLOBAL_VALUES = {
  lang: "fr|en|es|de|it|pt|ar|nl|pl|ro|ru|tr|uk|zh", dir: "ltr|rtl|auto", hidden: "until-found",
  inputmode: "none|text|decimal|numeric|tel|search|email|url", tabindex: "0|-1", contenteditable: "true|false|plaintext-only",
  autocapitalize: "off|sentences|words|characters", translate: "yes|no", "aria-expanded": "true|false",
  "aria-selected": "true|false", "aria-haspopup": "menu|dialog|listbox|tree|grid|true|false", "aria-hidden": "true",
  "aria-orientation": "horizontal|vertical", "aria-invalid": "true|false|grammar|spelling",
};
const VALUES = {
  "a target": "_blank|_self|_parent|_top", "a rel": "noopener|noreferrer|nofollow|external|author|license|next|prev|tag|me",
  "a type": "application/pdf|text/html|application/zip", "a hreflang": "fr|en|es|de|it",
  "link rel": "stylesheet|icon|manifest|preload|alternate|author|canonical|license|next|prev|preconnect|modulepreload",
  "link as": "font|image|script|style|fetch", "link type": "text/css|image/svg+xml|image/png|font/woff2",
  "link media": "print|screen|(min-width: 48rem)|(prefers-color-scheme: dark)",
  "meta name": "viewport|description|author|color-scheme|theme-color|robots|generator|application-name|referrer|format-detection",
  "meta charset": "utf-8", "meta http-equiv": "content-security-policy|refresh|default-style|content-type",
  "meta content": "width=device-width, initial-scale=1|light dark|noindex",
  "script type": "module|importmap|application/ld+json|text/javascript", "button command": "show-modal|close|request-close|toggle-popover|show-popover|hide-popover",
  "button popovertargetaction": "toggle|show|hide", "input popovertargetaction": "toggle|show|hide",
  "input accept": "image/*|image/png|image/jpeg|.pdf|audio/*|video/*", "input capture": "user|environment",
  "input autocapitalize": "off|sentences|words|characters", "input inputmode": GLOBAL_VALUES.inputmode,
  "textarea inputmode": GLOBAL_VALUES.inputmode, "textarea spellcheck": "true|false", "form formmethod": "get|post",
  "form method": "get|post|dialog", "form rel": "noopener|noreferrer", "dialog closedby": "any|closerequest|none",
  "iframe loading": "lazy|eager", "img loading": "lazy|eager", "img fetchpriority": "high|low|auto", "link fetchpriority": "high|low|auto",
  "script fetchpriority": "high|low|auto", "source type": "image/avif|image/webp|image/jpeg|video/mp4|video/webm|audio/mpeg|audio/ogg",
  "track srclang": "fr|en", "ol type": "1|a|A|i|I", "template shadowrootmode": "open|closed",
  "input type": "text|email|tel|password|number|search|url|date|time|datetime-local|month|week|checkbox|radio|range|color|file|hidden|submit|reset|button|image",
  "svg xmlns": "http://www.w3.org/2000/svg", "svg focusable": "false", "text text-anchor": "start|middle|end", "math display": "block|inline",
};
const ROLES = `button link heading img list listitem navigation main banner contentinfo complementary region form search alert
  status dialog alertdialog tab tablist tabpanel menu menubar menuitem menuitemcheckbox menuitemradio checkbox radio
  radiogroup switch textbox searchbox combobox listbox option slider spinbutton progressbar meter table row rowgroup cell
  columnheader rowheader grid gridcell group article figure separator tooltip toolbar tree treeitem treegrid feed log
  marquee timer note math definition term document application presentation none`;

const valueSets = Object.fromEntries(html.valueSets.map((set) => [set.name, set.values.map((value) => value.name)]));

const attributes = (element, list) => {
  const gone = new Set(OBSOLETE_ON[element] ?? []);
  const kept = list.filter(({ name }) => !OBSOLETE_ATTRIBUTES.has(name) && !gone.has(name));
  const extra = (EXTRA_ATTRIBUTES[element] ?? []).map((name) => ({ name }));
  return Object.fromEntries([...kept, ...extra].map(({ name, valueSet }) =>
    [name, VALUES[`${element} ${name}`] ?? joined(valueSets[valueSet] ?? [])]));
};

const elements = () => ({
  ...Object.fromEntries(html.tags.filter(({ name }) => !OBSOLETE_ELEMENTS.has(name))
    .map(({ name, attributes: list }) => [name, attributes(name, list)])),
  ...Object.fromEntries(Object.entries(EXTRA_ELEMENTS)
    .map(([name, list]) => [name, attributes(name, list.map((attribute) => ({ name: attribute })))])),
});

const globalAttributes = () => ({
  ...Object.fromEntries(html.globalAttributes.filter(({ name }) => !OBSOLETE_ATTRIBUTES.has(name))
    .map(({ name, valueSet }) => [name, GLOBAL_VALUES[name] ?? joined(valueSets[valueSet] ?? [])])),
  role: joined(words(ROLES)),
});

// CSS ----------------------------------------------------------------------------------------------------------------

const LINE_STYLES = words("solid dashed dotted double none hidden groove ridge inset outset");
const POSITIONS = words("center top bottom left right");
// Keywords of the kinds of value that the package names without listing them. "color" stays a mark: see COLORS.
const KINDS = {
  color: ["<color>"], "line-style": LINE_STYLES, "line-width": words("thin medium thick"), position: POSITIONS,
  box: words("border-box padding-box content-box"), "geometry-box": words("border-box padding-box content-box"),
  repeat: words("no-repeat repeat repeat-x repeat-y round space"), image: words("url() linear-gradient() radial-gradient()"),
  "timing-function": words("ease linear ease-in ease-out ease-in-out cubic-bezier() steps()"),
  font: words("sans-serif serif monospace system-ui cursive ui-monospace"), shape: words("circle() ellipse() inset() polygon()"),
};
const LENGTH_FUNCTIONS = words("calc() clamp() min() max()");
const EXTRA_CSS_VALUES = {
  display: words("inline-grid"), overflow: ["clip"], "overflow-x": ["clip"], "overflow-y": ["clip"], "flex-basis": ["content"],
  flex: words("1 none auto"), "list-style": words("none disc circle square decimal inside outside"),
  "grid-template-columns": ["repeat()", "minmax()", "fit-content()"], "grid-template-rows": ["repeat()", "minmax()"],
  "grid-area": ["span"], "grid-column": ["span", "auto"], "grid-row": ["span", "auto"], content: ['""', "attr()", "counter()"],
  filter: words("blur() brightness() grayscale() drop-shadow() contrast() none"), transform: words("none translate() translateX() translateY() scale() rotate() skew()"),
  transition: words("all opacity transform background-color color"), "will-change": words("transform opacity auto"),
  "max-width": ["none", "100%"], "max-height": ["none"], margin: ["auto"], inset: ["auto"], "text-wrap": words("balance pretty wrap nowrap stable"),
  "container-type": words("inline-size size normal"), "color-scheme": words("light dark normal only"), "aspect-ratio": ["auto"],
  appearance: words("none auto"), "scroll-snap-type": words("x y mandatory proximity"), "text-underline-offset": ["auto"],
  "line-height": ["normal"], "letter-spacing": ["normal"], "word-spacing": ["normal"], "user-select": words("none auto text all"),
  "background-size": words("cover contain auto"), "background-position": POSITIONS, "object-position": POSITIONS,
  "grid-template-areas": ["none"], "background-color": ["transparent"], "transform-origin": POSITIONS, animation: ["none", "infinite", "alternate", "forwards", "both"],
};
const WIDE = words("inherit initial unset revert revert-layer");
const UNITS = words("px rem em % vw vh vi vb svh dvh lvh svw dvw lvw vmin vmax ch ex lh rlh cqw cqh cqi cqb cqmin cqmax fr s ms deg turn rad cm mm in pt pc dpi dppx");
const FUNCTIONS = words(`var() calc() clamp() min() max() rgb() hsl() oklch() color-mix() light-dark() url() attr() linear-gradient()
  radial-gradient() conic-gradient() repeat() minmax() fit-content() translate() translateX() translateY() scale() rotate() skew()
  blur() brightness() grayscale() contrast() drop-shadow() cubic-bezier() steps() counter() polygon() circle() ellipse() inset() env() round()`);
const MEDIA = words(`min-width max-width width min-height max-height height orientation prefers-reduced-motion
  prefers-color-scheme prefers-contrast hover pointer any-hover any-pointer aspect-ratio resolution forced-colors display-mode
  scripting print screen all and not or only`);
const OBSOLETE_AT_RULES = new Set(["@document", "@viewport"]);
const OBSOLETE_PSEUDOS = new Set(words(`:matches :corner-present :decrement :double-button :end :horizontal :increment :no-button
  :single-button :start :vertical :window-inactive :host-context :has-slotted :volume-locked :local-link :target-within :blank
  :xr-overlay :future :past ::content ::shadow ::cue-region ::highlight ::picker ::picker-icon ::checkmark`));
const COLORS = words(`black white gray silver red maroon orange yellow gold olive lime green teal cyan aqua blue navy purple fuchsia
  magenta pink brown beige ivory crimson coral salmon tomato orangered darkorange khaki chocolate sienna tan wheat indigo violet
  orchid plum lavender turquoise skyblue steelblue royalblue slateblue slategray dimgray lightgray gainsboro whitesmoke
  aliceblue antiquewhite aquamarine azure bisque blanchedalmond blueviolet burlywood cadetblue chartreuse cornflowerblue cornsilk
  darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorchid darkred
  darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgrey
  dodgerblue firebrick floralwhite forestgreen ghostwhite goldenrod greenyellow grey honeydew hotpink indianred lavenderblush
  lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgreen lightgrey lightpink lightsalmon
  lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow limegreen linen mediumaquamarine
  mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred
  midnightblue mintcream mistyrose moccasin navajowhite oldlace olivedrab palegoldenrod palegreen paleturquoise palevioletred
  papayawhip peachpuff peru powderblue rebeccapurple rosybrown saddlebrown sandybrown seagreen seashell slategrey snow
  springgreen thistle yellowgreen transparent currentcolor`);

const current = (entry) => !entry.status && !prefixed(entry.name) && entry.baseline?.status !== "false";
// In wide use though the package says it is not everywhere yet, or says nothing.
const KEPT = new Set(words(`zoom text-wrap user-select resize speak-as print-color-adjust -webkit-line-clamp font-smooth
  text-size-adjust scrollbar-width scrollbar-gutter scrollbar-color overflow-anchor hyphenate-character appearance size
  interpolate-size field-sizing accent-color`));
// Properties as well as descriptors, though the package files them under an at-rule only.
const ALSO_PROPERTIES = new Set(words(`font-family font-style font-weight font-stretch font-feature-settings font-variation-settings`));
const properties = css.properties.filter((p) => (!p.atRule || ALSO_PROPERTIES.has(p.name)) && !p.name.startsWith("--") && (current(p) || KEPT.has(p.name)));
const byName = new Map(properties.map((property) => [property.name, property]));

const bareKeywords = (syntax = "") =>
  syntax.replace(/<[^>]*>/g, " ").match(/(?<![\w-])[a-z][a-z-]*(?![\w(-])/g) ?? [];

const propertyValues = (name, depth = 0) => {
  const property = byName.get(name);
  if (!property || depth > 2) return [];
  const restrictions = property.restrictions ?? [];
  const own = [...(EXTRA_CSS_VALUES[name] ?? []), ...(property.values ?? []).map((value) => value.name).filter((v) => !prefixed(v) && !v.includes(","))];
  const kinds = restrictions.flatMap((kind) => KINDS[kind] ?? []);
  if (/<color>/.test(property.syntax ?? "")) kinds.push("<color>");
  const referred = [...(property.syntax ?? "").matchAll(/<'([\w-]+)'>/g)].flatMap((match) => propertyValues(match[1], depth + 1));
  const lengths = /length|percentage/.test(`${restrictions} ${property.syntax}`) ? LENGTH_FUNCTIONS : [];
  return unique([...own, ...bareKeywords(property.syntax), ...kinds, ...referred, ...lengths]).filter((v) => !["flexbox", "inline-flexbox"].includes(v));
};

const byRelevance = (a, b) => (b.relevance ?? 0) - (a.relevance ?? 0) || (a.name < b.name ? -1 : 1);

const descriptors = () => {
  const found = { "@font-face": ["font-family", "src", "font-weight", "font-style", "font-display"] };
  for (const { name, atRule } of css.properties) {
    if (atRule && !prefixed(name) && !prefixed(atRule)) (found[atRule] ??= []).push(name);
  }
  return Object.fromEntries(Object.entries(found).map(([rule, list]) => [rule, joined(list)]));
};

const pseudos = (list) => joined(list.filter(({ name, status }) => !status && !prefixed(name) && !OBSOLETE_PSEUDOS.has(name)).map(({ name }) => name));

// JavaScript ---------------------------------------------------------------------------------------------------------

const KEYWORDS = words(`const let if else for while do of in function return switch case break continue default true false null
  undefined new this typeof try catch finally throw async await class extends constructor super static import export from delete
  instanceof void yield NaN Infinity`);
const GLOBALS = words(`document window console alert prompt confirm fetch setTimeout clearTimeout setInterval clearInterval
  requestAnimationFrame cancelAnimationFrame localStorage sessionStorage location history navigator Math JSON Number String Boolean
  Array Object Date Promise Error TypeError Map Set RegExp Intl URL URLSearchParams FormData Event CustomEvent parseInt parseFloat
  isNaN encodeURIComponent decodeURIComponent structuredClone matchMedia getComputedStyle queueMicrotask AbortController
  IntersectionObserver ResizeObserver MutationObserver Blob File FileReader Image Symbol BigInt`);
const EVENTS = words(`click input change submit keydown keyup focus blur focusin focusout mouseenter mouseleave mouseover mouseout
  pointerdown pointerup pointermove dblclick load DOMContentLoaded scroll resize invalid reset toggle close cancel error online
  offline storage popstate hashchange transitionend animationend dragstart dragover drop play pause ended timeupdate copy paste
  visibilitychange beforeunload unhandledrejection`);
// What stands before the dot, and the TypeScript declarations whose members may follow it.
const TYPES = {
  document: words("Document DocumentOrShadowRoot Node EventTarget ParentNode NonElementParentNode"),
  window: words("Window EventTarget WindowOrWorkerGlobalScope WindowLocalStorage WindowSessionStorage AnimationFrameProvider"),
  console: ["Console"], Math: ["Math"], JSON: ["JSON"], Storage: ["Storage"], location: ["Location"], history: ["History"],
  navigator: words("Navigator NavigatorLanguage NavigatorOnLine NavigatorID"), Object: ["ObjectConstructor"],
  Number: ["NumberConstructor"], "Array constructor": ["ArrayConstructor"], "Promise constructor": ["PromiseConstructor"],
  "Date constructor": ["DateConstructor"], "String constructor": ["StringConstructor"], Array: ["Array"], String: ["String"],
  number: ["Number"], Date: ["Date"], Promise: ["Promise"], RegExp: ["RegExp"], Map: ["Map"], Set: ["Set"],
  Response: words("Response Body"), FormData: ["FormData"], Error: ["Error"], URL: ["URL"], URLSearchParams: ["URLSearchParams"],
  DOMTokenList: ["DOMTokenList"], NodeList: ["NodeListOf", "NodeList"], Intl: ["NumberFormat"],
  Event: words("Event UIEvent MouseEvent KeyboardEvent SubmitEvent"),
  Element: words(`Element HTMLElement Node EventTarget ParentNode ChildNode ElementContentEditable HTMLOrSVGElement
    ElementCSSInlineStyle ARIAMixin HTMLInputElement HTMLFormElement HTMLDialogElement HTMLTemplateElement HTMLMediaElement
    HTMLImageElement HTMLSelectElement HTMLAnchorElement NonDocumentTypeChildNode Animatable HTMLDetailsElement`),
};

const libraries = () => {
  const folder = fileURLToPath(new URL(`node_modules/@typescript/typescript-${process.platform}-${process.arch}/lib/`, import.meta.url));
  const files = readdirSync(folder).filter((name) => /^lib\.(es5|es20(1[5-9]|2[0-3])\..*|dom|dom\.iterable)\.d\.ts$/.test(name));
  return files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
};

// Reads `interface Name … {` blocks line by line: members stand at four spaces, or eight inside `declare namespace`.
const interfaces = (text) => {
  const found = new Map();
  let open = null;
  let deprecated = false;
  for (const line of text.split(/\r?\n/)) {
    const start = /^(\s*)(?:declare )?interface (\w+)[^{]*\{\s*(\})?/.exec(line);
    if (start) {
      if (!found.has(start[2])) found.set(start[2], new Set());
      open = start[3] ? null : { indent: start[1].length, members: found.get(start[2]) };
      continue;
    }
    if (!open) continue;
    if (line.slice(open.indent).startsWith("}")) open = null;
    else if (/^\s*(\/\*\*|\*)/.test(line)) deprecated ||= line.includes("@deprecated");
    else {
      const member = /^(\s+)(?:readonly |get |set )?([a-zA-Z_$][\w$]*)\??\s*[(:<]/.exec(line);
      if (member && member[1].length === open.indent + 4 && !deprecated) open.members.add(member[2]);
      deprecated = false;
    }
  }
  return found;
};

const members = () => {
  const known = interfaces(libraries());
  const of = (type) => [...(known.get(type) ?? [])].filter((name) => !/^on[a-z]|^[A-Z_]+$|^(new|prototype)$/.test(name) || /^(PI|E)$/.test(name));
  return Object.fromEntries(Object.entries(TYPES).map(([type, list]) => [type, joined(list.flatMap(of))]));
};

export const names = () => ({
  elements: elements(),
  void: joined(html.tags.filter((tag) => tag.void).map((tag) => tag.name)),
  attributes: globalAttributes(),
  properties: Object.fromEntries([...properties].sort(byRelevance).map(({ name }) => [name, joined(propertyValues(name))])),
  descriptors: descriptors(),
  wide: joined(WIDE), colors: joined(COLORS), units: joined(UNITS), functions: joined(FUNCTIONS), media: joined(MEDIA),
  "at-rules": joined(css.atDirectives.filter((rule) => !prefixed(rule.name) && !OBSOLETE_AT_RULES.has(rule.name)).map((rule) => rule.name)),
  "pseudo-classes": pseudos(css.pseudoClasses),
  "pseudo-elements": pseudos(css.pseudoElements),
  keywords: joined(KEYWORDS), globals: joined(GLOBALS), events: joined(EVENTS),
  members: members(),
});

export const writeNames = (path) => writeFile(path, JSON.stringify(names()));
