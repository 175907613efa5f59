// Role and accessible name of an element, as assistive technologies get them.
import { computeAccessibleName, getRole, isInaccessible } from "dom-accessibility-api";
import { fold } from "./texts.ts";

// Roles of HTML-AAM that the library leaves out.
const MORE: Record<string, string> = {
  blockquote: "blockquote",
  caption: "caption",
  code: "code",
  em: "emphasis",
  figcaption: "caption",
  mark: "mark",
  meter: "meter",
  p: "paragraph",
  search: "search",
  strong: "strong",
  time: "time",
};

const SECTIONING = "article, aside, main, nav, section";

function implicit(element: Element, role: string | null): string {
  const tag = element.localName;
  if (tag === "header" || tag === "footer") return element.parentElement?.closest(SECTIONING) ? "generic" : role!;
  if (tag === "section" || tag === "form") return nameOf(element) ? role! : "generic";
  if (tag === "th" && element.getAttribute("scope") === "row") return "rowheader";
  if (tag === "th" && !element.hasAttribute("scope")) return rowHeads(element) ? "rowheader" : "columnheader";
  if (tag === "summary" || tag === "legend" || tag === "html") return "generic";
  return MORE[tag] ?? role ?? "generic";
}

/** A `<th>` without scope heads its row when data follows it. */
function rowHeads(cell: Element): boolean {
  return Boolean(cell.parentElement?.querySelector(":scope > td")) && !cell.closest("thead");
}

export function roleOf(element: Element): string {
  const explicit = element.getAttribute("role")?.trim().split(/\s+/)[0];
  const role = getRole(element);
  if (explicit && role === explicit) return role;
  return implicit(element, role);
}

export const levelOf = (element: Element): number =>
  Number(element.getAttribute("aria-level") ?? /^h([1-6])$/.exec(element.localName)?.[1] ?? 0);

export const nameOf = (element: Element): string => fold(computeAccessibleName(element));

/** Hidden from everybody: display none, visibility hidden, aria-hidden; without any style behind a shadow root. */
export const isHidden = (element: Element): boolean =>
  getComputedStyle(element).display === "" || isInaccessible(element);

/** Hidden and empty boxes, transparent elements, and those pushed off the page. */
export function isVisible(element: Element): boolean {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  if (getComputedStyle(element).display === "contents") return [...element.children].some(isVisible);
  const box = element.getBoundingClientRect();
  const page = { right: box.right + scrollX, bottom: box.bottom + scrollY };
  return box.width > 0 && box.height > 0 && page.right > 0 && page.bottom > 0;
}
