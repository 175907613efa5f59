// What a page is, as far as anyone can see, hear or read it: two sources with the same signature are the same page.
//
//     signature(true) -> "4f2a…"   markup, computed styles, roles and accessible names
//
// Law: the code of a style sheet does not count, what it does counts.
import { nameOf, roleOf } from "./roles.ts";

const PSEUDO = ["", "::before", "::after", "::marker"];

/** An end tag that HTML lets one omit only moves white space. */
function foldSpaces(copy: Element): void {
  const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
  const gone: CharacterData[] = [];
  while (texts.nextNode()) {
    const node = texts.currentNode as CharacterData;
    node.data = node.data.replace(/\s+/g, " ").trim();
    if (node.nodeType === Node.COMMENT_NODE || !node.data) gone.push(node);
  }
  for (const node of gone) node.remove();
}

function markup(): string {
  const copy = document.documentElement.cloneNode(true) as Element;
  for (const style of copy.querySelectorAll("style")) style.textContent = "";
  for (const element of copy.querySelectorAll("[style]")) element.removeAttribute("style");
  foldSpaces(copy);
  return `${document.compatMode} ${document.doctype?.name ?? ""} ${document.characterSet} ${copy.outerHTML}`;
}

function styles(element: Element, pseudo: string): string {
  const style = getComputedStyle(element, pseudo || null);
  if (pseudo && (style.content === "none" || style.display === "none")) return "";
  return Array.from(style, (name) => `${name}:${style.getPropertyValue(name)}`).join(";");
}

/** FNV-1a on 2 × 32 bits: to compare, not to protect. */
class Hash {
  #low = 0x811c9dc5;
  #high = 0x01000193;

  add(text: string): void {
    for (let i = 0; i < text.length; i++) {
      this.#low = Math.imul(this.#low ^ text.charCodeAt(i), 0x01000193);
      this.#high = Math.imul(this.#high ^ text.charCodeAt(i), 0x85ebca6b) + (this.#low >>> 7);
    }
  }
  get value(): string {
    return [this.#high, this.#low].map((part) => (part >>> 0).toString(16).padStart(8, "0")).join("");
  }
}

/** Without `deep`, the markup alone: ten times cheaper, and most often enough to tell two pages apart. */
export function signature(deep: boolean): string {
  const hash = new Hash();
  hash.add(markup());
  for (const element of deep ? document.querySelectorAll("*") : []) {
    hash.add(`${roleOf(element)} ${nameOf(element)}`);
    for (const pseudo of PSEUDO) hash.add(styles(element, pseudo));
  }
  return hash.value;
}
