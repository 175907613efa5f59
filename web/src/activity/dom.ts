// The few helpers that build the page. Nothing here, or above, parses HTML: texts go in as text nodes.

type Attributes = Record<string, string | boolean | undefined>;
type Child = Node | string;

/** An element; `true` sets an attribute without value, `false` and `undefined` leave it out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

// Each widget of a notebook loads this module anew: a counter alone would start again from 1.
const family = Math.random().toString(36).slice(2, 10);
let lastId = 0;

/** An id that no other element of the page has: several activities share one notebook. */
export function freshId(): string {
  lastId += 1;
  return `cpx-${family}-${lastId}`;
}

const ICONS = {
  right: "M4 10.5l4 4 8-9",
  wrong: "M5 5l10 10M15 5L5 15",
  up: "M10 16V5M5 9.5L10 4.5l5 5",
  down: "M10 4v11M5 10.5l5 5 5-5",
  less: "M16 10H5M9.5 5L4.5 10l5 5",
  more: "M4 10h11M10.5 5l5 5-5 5",
  aside: "M5 6h10M8 6V4h4v2M6.5 6l.7 10h5.6l.7-10",
  back: "M4 8h8a4 4 0 010 8H8M7.5 4.5L4 8l3.500 3.500",
  lock: "M6 9V7a4 4 0 018 0v2M5 9h10v7H5z",
  grip: "M7 5v.01M7 10v.01M7 15v.01M13 5v.01M13 10v.01M13 15v.01",
};

export type Icon = keyof typeof ICONS;

/** A drawing that says nothing by itself: words always stand beside it. */
export function icon(name: Icon): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `cpx-icon cpx-icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Words for screen readers only. */
export function spoken(text: string): HTMLElement {
  return h("span", { class: "cpx-spoken" }, text);
}

export function button(label: string, onClick: () => void, look: "main" | "quiet" = "main"): HTMLButtonElement {
  const element = h("button", { type: "button", class: `cpx-button cpx-${look}` }, label);
  element.addEventListener("click", onClick);
  return element;
}

export type Tone = "right" | "wrong" | "note";

/** The place where results are said: seen, and announced by screen readers. */
export class Verdict {
  readonly element = h("div", { class: "cpx-verdict", role: "status", tabindex: "-1" });

  say(tone: Tone, ...children: Child[]): void {
    const drawing = tone === "note" ? [] : [icon(tone)];
    this.element.replaceChildren(h("div", { class: `cpx-say cpx-say-${tone}` }, ...drawing, h("p", {}, ...children)));
  }

  clear(): void {
    this.element.replaceChildren();
  }
}

/** A block of code with the name of its language. */
export function codeBlock(code: string, language: string): HTMLElement {
  const title = h("figcaption", {}, language);
  const text = h("code", { translate: "no" }, code);
  return h("figure", { class: "cpx-code" }, title, h("pre", { tabindex: "0", role: "region", "aria-label": `Code ${language}` }, text));
}
