// What a locator looks for: how to find it, how to say it, and what comes near when it is not there.
import { nearest } from "../french/nearest.ts";
import { type Noun, indefinite, nounOf, nounOfLevel, nounOfRole, nounOfTag } from "./nouns.ts";
import { isHidden, levelOf, nameOf, roleOf } from "./roles.ts";
import { nounOfCss } from "./selectors.ts";
import { type Text, enumerate, matches, quote, said, textOf } from "./texts.ts";

export interface Query {
  noun: Noun;
  find(root: ParentNode): Element[];
  /** Objects of a sentence: "un titre de niveau 2", or whole sentences in `hints`. */
  near(root: ParentNode): Near;
}

export interface Near {
  has: string[]; // "un titre de niveau 2"
  hint: string; // a sentence, or ""
}

export interface RoleOptions {
  name?: Text;
  level?: number;
  exact?: boolean;
}

const NOTHING: Near = { has: [], hint: "" };
const MAX_NEAR = 3;

/** Roles whose elements are told apart by their name. */
const NAMED = new Set(
  (
    "button link img checkbox radio textbox searchbox spinbutton combobox listbox slider switch tab menuitem " +
    "option navigation region"
  ).split(" "),
);

const named = (noun: Noun, name: string): Noun =>
  name ? { ...noun, one: `${noun.one} ${name}`, many: `${noun.many} ${name}` } : noun;

/** Every element in document order, the root left out. */
const all = (root: ParentNode): Element[] => [...root.querySelectorAll("*")];

/** A tag with the class that tells it from others: div class="carte". */
const tagOf = ({ localName, classList }: Element): string =>
  classList[0] ? `${localName} class="${classList[0]}"` : localName;

function kindOf(element: Element): Noun {
  const role = roleOf(element);
  if (role === "generic" || role === "none" || role === "presentation") return nounOfTag(tagOf(element));
  return role === "heading" ? nounOfLevel(levelOf(element)) : nounOfRole(role);
}

/** Noun of an element as it is: "bouton “Menu”", "titre de niveau 2", "élément <div>". */
export function nounOfElement(element: Element): Noun {
  const name = NAMED.has(roleOf(element)) ? nameOf(element) : "";
  return named(kindOf(element), name && quote(name, 40));
}

const some = (elements: Element[]): string[] =>
  [...new Set(elements.map((element) => indefinite(nounOfElement(element))))].slice(0, MAX_NEAR);

/** Some elements, each with the beginning of its text, to tell them apart. */
const someTexts = (texts: string[]): string[] => [...new Set(texts)].slice(0, MAX_NEAR).map((text) => quote(text, 40));

function unknownTag(root: ParentNode): string {
  const odd = all(root).find((element) => element instanceof HTMLUnknownElement);
  return odd ? `La balise <${odd.localName}> n’existe pas en HTML.` : "";
}

export function byRole(role: string, { name, level, exact = true }: RoleOptions = {}): Query {
  const base = level ? nounOfLevel(level) : nounOfRole(role);
  const isOne = (element: Element): boolean =>
    roleOf(element) === role &&
    (!level || levelOf(element) === level) &&
    (name === undefined || matches(nameOf(element), name, exact));
  return {
    noun: named(base, name === undefined ? "" : said(name)),
    find: (root) => all(root).filter((element) => isOne(element) && !isHidden(element)),
    near: (root) => nearRole(root, role, isOne, name),
  };
}

function nearRole(root: ParentNode, role: string, isOne: (element: Element) => boolean, name?: Text): Near {
  const elements = all(root);
  if (elements.some(isOne)) return { has: [], hint: "Il est dans la page, mais il est caché." };
  const visible = elements.filter((element) => !isHidden(element));
  const same = visible.filter((element) => roleOf(element) === role);
  if (same.length) return { has: nearNames(same, name), hint: "" };
  const bears = (e: Element): boolean => name !== undefined && NAMED.has(roleOf(e)) && matches(nameOf(e), name, false);
  const bearers = visible.filter(bears);
  return { has: some(bearers), hint: bearers.length ? "" : unknownTag(root) };
}

function nearNames(elements: Element[], name?: Text): string[] {
  const nameless = name !== undefined && elements.find((element) => !nameOf(element));
  if (nameless) return [`${indefinite(kindOf(nameless))} sans nom`];
  return name === undefined ? some(elements) : elements.slice(0, MAX_NEAR).map(withItsName);
}

const withItsName = (element: Element): string => indefinite(named(kindOf(element), quote(nameOf(element), 40)));

export function byCss(css: string): Query {
  return {
    noun: nounOfCss(css),
    find: (root) => [...root.querySelectorAll(css)],
    near: (root) => nearCss(root, css),
  };
}

function nearCss(root: ParentNode, css: string): Near {
  const part = /([.#])([\w-]+)$/.exec(css);
  if (!part) return { has: [], hint: unknownTag(root) };
  const isClass = part[1] === ".";
  const known = new Set(all(root).flatMap((element) => (isClass ? [...element.classList] : [element.id])));
  const close = nearest(part[2]!, [...known].filter(Boolean));
  if (!close) return NOTHING;
  return { has: [`un élément ${isClass ? "de classe" : "d’identifiant"} ${quote(close)}`], hint: "" };
}

const UNREAD = /^(script|style|head|title|template)$/;

/** Innermost elements whose text is the one wanted. */
export function byText(text: Text, exact = true): Query {
  const own = (root: ParentNode, precise: boolean): Element[] => {
    const found = all(root).filter(
      (element) => !UNREAD.test(element.localName) && matches(textOf(element), text, precise),
    );
    return found.filter((element) => !found.some((other) => other !== element && element.contains(other)));
  };
  return {
    noun: named(nounOf("texte"), said(text)),
    find: (root) => own(root, exact),
    near: (root) => {
      if (text instanceof RegExp || !exact) return NOTHING;
      const close = own(root, false).map((element) => `le texte ${quote(textOf(element))}`);
      return { has: close.slice(0, MAX_NEAR), hint: "" };
    },
  };
}

const FIELDS = "input, select, textarea, button, meter, output, progress, [role], [contenteditable]";

export function byLabel(text: Text, exact = true): Query {
  const bears = (element: Element): boolean =>
    [...((element as HTMLInputElement).labels ?? [])].some((label) => matches(textOf(label), text, exact)) ||
    matches(nameOf(element), text, exact);
  return {
    noun: named(nounOf("champ"), said(text)),
    find: (root) => [...root.querySelectorAll(FIELDS)].filter((e) => !isHidden(e) && bears(e)),
    near: (root) => nearLabel(root, text, exact),
  };
}

function nearLabel(root: ParentNode, text: Text, exact: boolean): Near {
  const labels = [...root.querySelectorAll("label")];
  const loose = labels.find((label) => !label.control && matches(textOf(label), text, exact));
  if (loose) return { has: [], hint: `L’étiquette ${quote(textOf(loose))} n’est liée à aucun champ.` };
  const texts = someTexts(labels.map(textOf));
  const noun = texts.length > 1 ? "les étiquettes" : "l’étiquette";
  return { has: texts.length ? [`${noun} ${enumerate(texts)}`] : [], hint: "" };
}

const byAttribute = (root: ParentNode, name: string, text: Text, exact: boolean): Element[] =>
  [...root.querySelectorAll(`[${name}]`)].filter((element) => matches(element.getAttribute(name) ?? "", text, exact));

export function byAltText(text: Text, exact = true): Query {
  return {
    noun: named({ one: "image", many: "images", feminine: true }, said(text)),
    find: (root) => byAttribute(root, "alt", text, exact),
    near: (root) => ({ has: [...root.querySelectorAll("img")].slice(0, MAX_NEAR).map(withAlt), hint: "" }),
  };
}

function withAlt(image: Element): string {
  const alt = image.getAttribute("alt");
  return alt === null ? "une image sans texte alternatif" : `une image ${quote(alt, 40)}`;
}

export function byTitle(text: Text, exact = true): Query {
  return {
    noun: named(nounOf("élément d’attribut title"), said(text)),
    find: (root) => byAttribute(root, "title", text, exact),
    near: () => NOTHING,
  };
}
