// The names that HTML knows: elements, attributes, roles. Written from the standard, as short lists.
import { nearest } from "../french/nearest.ts";

const words = (text: string): string[] => text.split(" ");

const MEDIA = "src crossorigin preload autoplay loop muted controls controlslist disableremoteplayback";
const FORM_ACTION = "formaction formenctype formmethod formnovalidate formtarget popovertarget popovertargetaction";
const LINK = "href target download ping rel hreflang type referrerpolicy name";
const CELL = "colspan rowspan headers";

/** Elements and the attributes that are theirs. */
const ATTRIBUTES: Record<string, string> = {
  a: LINK, abbr: "", address: "", area: `alt coords shape ${LINK}`, article: "", aside: "", audio: MEDIA, b: "",
  base: "href target", bdi: "", bdo: "", blockquote: "cite",
  body: "onafterprint onbeforeprint onbeforeunload onhashchange onlanguagechange onmessage onmessageerror onoffline ononline onpagehide onpagereveal onpageshow onpageswap onpopstate onrejectionhandled onstorage onunhandledrejection onunload",
  br: "", button: `command commandfor disabled form name type value ${FORM_ACTION}`, canvas: "width height", caption: "", cite: "", code: "",
  col: "span", colgroup: "span", data: "value", datalist: "", dd: "", del: "cite datetime", details: "name open", dfn: "",
  dialog: "open closedby", div: "", dl: "", dt: "", em: "", embed: "src type width height *", fieldset: "disabled form name",
  figcaption: "", figure: "", footer: "",
  form: "accept-charset action autocomplete enctype method name novalidate rel target",
  h1: "", h2: "", h3: "", h4: "", h5: "", h6: "", head: "", header: "", hgroup: "", hr: "", html: "", i: "",
  iframe: "src srcdoc name sandbox allow allowfullscreen width height referrerpolicy loading credentialless csp",
  img: "alt src srcset sizes crossorigin usemap ismap width height referrerpolicy decoding loading fetchpriority",
  input: `accept alpha alt autocomplete capture checked colorspace dirname disabled form height list max maxlength min minlength multiple name pattern placeholder readonly required size src step type value width ${FORM_ACTION}`,
  ins: "cite datetime", kbd: "", label: "for", legend: "", li: "value",
  link: "href crossorigin rel media integrity hreflang type referrerpolicy sizes imagesrcset imagesizes as blocking color disabled fetchpriority",
  main: "", map: "name", mark: "", math: "*", menu: "", meta: "name http-equiv content charset media",
  meter: "value min max low high optimum", nav: "", noscript: "", object: "data type name form width height", ol: "reversed start type",
  optgroup: "disabled label", option: "disabled label selected value", output: "for form name", p: "", picture: "", pre: "",
  progress: "value max", q: "cite", rp: "", rt: "", ruby: "", s: "", samp: "",
  script: "src type nomodule async defer crossorigin integrity referrerpolicy blocking fetchpriority charset language",
  search: "", section: "", select: "autocomplete disabled form multiple name required size", selectedcontent: "",
  slot: "name", small: "", source: "type media src srcset sizes width height", span: "", strong: "",
  style: "media blocking type", sub: "", summary: "", sup: "", svg: "*", table: "", tbody: "", td: CELL,
  template: "shadowrootmode shadowrootdelegatesfocus shadowrootclonable shadowrootserializable shadowrootcustomelementregistry",
  textarea: "autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required rows wrap",
  tfoot: "", th: `${CELL} scope abbr`, thead: "", time: "datetime", title: "", tr: "", track: "default kind label src srclang",
  u: "", ul: "", var: "", video: `${MEDIA} poster playsinline width height disablepictureinpicture`, wbr: "",
};

const GLOBAL = words(
  "accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts headingoffset headingreset " +
    "hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck style " +
    "tabindex title translate virtualkeyboardpolicy writingsuggestions " +
    "about content datatype inlist prefix property resource rev typeof vocab",
);

const EVENTS = words(
  "abort animationcancel animationend animationiteration animationstart auxclick beforeinput beforematch beforetoggle blur cancel " +
    "canplay canplaythrough change click close command compositionend compositionstart compositionupdate contextlost contextmenu " +
    "contextrestored copy cuechange cut dblclick drag dragend dragenter dragleave dragover dragstart drop durationchange emptied " +
    "ended error focus focusin focusout formdata fullscreenchange fullscreenerror gotpointercapture input invalid keydown keypress " +
    "keyup load loadeddata loadedmetadata loadstart lostpointercapture mousedown mouseenter mouseleave mousemove mouseout mouseover " +
    "mouseup paste pause play playing pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover " +
    "pointerrawupdate pointerup progress ratechange reset resize scroll scrollend scrollsnapchange scrollsnapchanging " +
    "securitypolicyviolation seeked seeking select selectionchange selectstart slotchange stalled submit suspend timeupdate toggle " +
    "touchcancel touchend touchmove touchstart transitioncancel transitionend transitionrun transitionstart volumechange waiting wheel",
).map((name) => `on${name}`);

const ARIA = words(
  "activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount colindex colindextext colspan " +
    "controls current describedby description details disabled dropeffect errormessage expanded flowto grabbed haspopup hidden " +
    "invalid keyshortcuts label labelledby level live modal multiline multiselectable orientation owns placeholder posinset " +
    "pressed readonly relevant required roledescription rowcount rowindex rowindextext rowspan selected setsize sort valuemax " +
    "valuemin valuenow valuetext",
).map((name) => `aria-${name}`);

const ROLES = words(
  "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox comment " +
    "complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid gridcell group " +
    "heading image img insertion link list listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox " +
    "menuitemradio meter navigation none note option paragraph presentation progressbar radio radiogroup region row rowgroup " +
    "rowheader scrollbar search searchbox sectionfooter sectionheader separator slider spinbutton status strong subscript " +
    "suggestion superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem",
);
const ROLE_FAMILIES = /^(?:doc|graphics)-[a-z]+$/;

const OLD_ELEMENTS = words(
  "acronym applet basefont bgsound big blink center dir font frame frameset isindex keygen listing marquee menuitem multicol " +
    "nextid nobr noembed noframes param plaintext rb rtc spacer strike tt xmp",
);
const OLD_ATTRIBUTES = words(
  "align alink archive axis background bgcolor border bordercolor bottommargin cellpadding cellspacing char charoff charset classid " +
    "clear codebase codetype color compact cols declare face frame frameborder height hspace language leftmargin link longdesc lowsrc " +
    "marginheight marginwidth methods name noshade nowrap profile rightmargin rules scheme scope scrolling size standby summary target " +
    "text topmargin type urn valign valuetype version vlink vspace width",
);
const MEANINGFUL = words("name target type scope cols"); // old somewhere, a mistake rather than an old habit elsewhere

const KNOWN = Object.keys(ATTRIBUTES);

/** Elements of SVG that a page draws with. */
const DRAWN = words(
  "a animate animatemotion animatetransform circle clippath defs desc ellipse filter foreignobject g image line lineargradient marker " +
    "mask metadata mpath path pattern polygon polyline radialgradient rect script set stop style svg switch symbol text textpath title " +
    "tspan use view",
);

/** French words that learners write as tags. */
const FRENCH: Record<string, string> = {
  bouton: "button", cellule: "td", corps: "body", entete: "header", foot: "footer", formulaire: "form", gras: "strong", image: "img", italique: "em", lien: "a", ligne: "tr", liste: "ul",
  paragraphe: "p", tableau: "table", tete: "head", tête: "head", texte: "p", titre: "h1",
};

export function isKnown(element: string): boolean {
  return element in ATTRIBUTES || element.includes("-") || OLD_ELEMENTS.includes(element);
}

/** The element at the head of a name that runs into a text: h1Titre. */
export function knownPrefix(name: string): string {
  if (isKnown(name.toLowerCase())) return name;
  const heads = [...name].map((_, index) => name.slice(0, index)).filter((head, index) => isKnown(head) && /[^a-z]/.test(name[index]!));
  return heads.at(-1) ?? name;
}

export function isOld(element: string): boolean {
  return OLD_ELEMENTS.includes(element);
}

/** The element of SVG that a name in a drawing was meant for. */
export function likelyDrawn(name: string): string {
  return DRAWN.includes(name) || name.startsWith("fe") || name.length < 3 ? "" : nearest(name, DRAWN);
}

/** The element that a name was meant for; `likely` are those that its place asks for. */
export function likelyElement(element: string, likely: readonly string[] = [], isInHead = false): string {
  if (isInHead && element === "titre") return "title";
  if (/^titre[1-6]$/.test(element)) return `h${element.at(-1)}`;
  if (element.length === 1) return "";
  const begun = element.length >= 4 ? KNOWN.find((name) => name.startsWith(element)) : undefined;
  return FRENCH[element] || nearest(element, likely) || nearest(element, KNOWN) || begun || "";
}

function ownAttributes(element: string): string[] {
  return words(ATTRIBUTES[element] ?? "").filter(Boolean);
}

/** "known", "old" (CSS replaced it) or "unknown". */
export function statusOf(attribute: string, element: string): "known" | "old" | "unknown" {
  const own = ownAttributes(element);
  if (own.includes("*") || own.includes(attribute) || GLOBAL.includes(attribute)) return "known";
  if (/^(?:data-.+|aria-.*|xmlns.*|.+:.+)$/.test(attribute) || EVENTS.includes(attribute)) return "known";
  if (!(element in ATTRIBUTES)) return "known";
  return OLD_ATTRIBUTES.includes(attribute) && !MEANINGFUL.includes(attribute) ? "old" : "unknown";
}

const ATTRIBUTE_NAMES = new Set([...Object.keys(ATTRIBUTES).flatMap(ownAttributes), ...GLOBAL, ...EVENTS]);
const BOOLEAN = words(
  "allowfullscreen async autofocus autoplay checked controls default defer disabled download formnovalidate hidden inert ismap itemscope " +
    "loop multiple muted nomodule novalidate open playsinline popover readonly required reversed selected",
);

/** Whether some element has this attribute. */
export function isAttributeName(attribute: string): boolean {
  return ATTRIBUTE_NAMES.has(attribute) || /^(?:data|aria)-./.test(attribute);
}

/** Whether this attribute has no sense without a value. */
export function needsValue(attribute: string): boolean {
  return ATTRIBUTE_NAMES.has(attribute) && !BOOLEAN.includes(attribute);
}

/** Attributes taken for one another. */
const CONFUSED: Record<string, string> = {
  "a src": "href", "a link": "href", "a url": "href", "area src": "href", "audio href": "src", "form href": "action", "form url": "action",
  "iframe href": "src", "img href": "src", "img link": "src", "img url": "src", "img description": "alt", "input label": "aria-label",
  "label id": "for", "link src": "href", "link url": "href", "script href": "src", "source href": "src", "video href": "src",
};

export function likelyAttribute(attribute: string, element: string): string {
  return CONFUSED[`${element} ${attribute}`] ?? nearest(attribute, [...ownAttributes(element), ...GLOBAL.slice(0, 34), ...(attribute.startsWith("on") ? EVENTS : [])]);
}

export function isAria(attribute: string): boolean {
  return ARIA.includes(attribute);
}

export function likelyAria(attribute: string): string {
  if (/^aria-label\w*by$/.test(attribute)) return "aria-labelledby";
  return nearest(attribute, ARIA);
}

export function isRole(role: string): boolean {
  return ROLES.includes(role) || ROLE_FAMILIES.test(role);
}

export function likelyRole(role: string): string {
  return nearest(role, ROLES);
}
