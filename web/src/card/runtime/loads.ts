// Images, sounds and styles that a script of the page sets: img.src = "photo.jpg", innerHTML, style, new elements.
//
// The page reads back the name it wrote, not the data: address.
import { rewriteHtml, rewriteValue } from "../compose.ts";
import type { Runtime } from "./main.ts";

const PROPERTIES: [{ prototype: Element }, string][] = [
  [HTMLImageElement, "src"],
  [HTMLImageElement, "srcset"],
  [HTMLMediaElement, "src"],
  [HTMLVideoElement, "poster"],
  [HTMLSourceElement, "src"],
  [HTMLSourceElement, "srcset"],
  [HTMLScriptElement, "src"],
  [HTMLLinkElement, "href"],
];
const WATCHED = ["src", "srcset", "poster", "style", "data", "href"];
const SITE = "http://localhost/"; // what img.src shows before the path


export function replaceLoads({ site, page }: Runtime): void {
  const rewrite = (element: Element, name: string, value: unknown) =>
    rewriteValue(site, page, element.localName, name, String(value));
  const written = (value: string, prefix = "") => {
    const path = site.pathOf(value);
    return path === null ? value : prefix + path;
  };
  const { getAttribute, setAttribute } = Element.prototype;

  Element.prototype.setAttribute = function (name, value) {
    setAttribute.call(this, name, rewrite(this, String(name).toLowerCase(), value));
  };
  Element.prototype.getAttribute = function (name) {
    const value = getAttribute.call(this, name);
    return value && written(value);
  };
  const replace = (owner: object, name: string, get: (value: string) => string, set: (element: Element, value: string) => string) => {
    const real = Object.getOwnPropertyDescriptor(owner, name);
    if (!real?.get || !real.set) return;
    Object.defineProperty(owner, name, {
      ...real,
      get(this: Element) {
        return get(real.get!.call(this) as string);
      },
      set(this: Element, value: unknown) {
        real.set!.call(this, set(this, value as string));
      },
    });
  };
  for (const [owner, name] of PROPERTIES) {
    replace(owner.prototype, name, (value) => written(value, SITE), (element, value) => rewrite(element, name, value));
  }
  const asHtml = (value: unknown) => rewriteHtml(site, page, value === null ? "" : String(value));
  const asTyped = (html: string) => html.replace(/data:[^"\s]+/g, (url) => written(url.replaceAll("&amp;", "&")));
  for (const name of ["innerHTML", "outerHTML"]) replace(Element.prototype, name, asTyped, (_, value) => asHtml(value));
  const insert = Element.prototype.insertAdjacentHTML;
  Element.prototype.insertAdjacentHTML = function (where, html) {
    insert.call(this, where, asHtml(html));
  };
  window.Audio = function (address?: string) {
    const audio = document.createElement("audio");
    if (address !== undefined) audio.src = address;
    return audio;
  } as unknown as typeof Audio;
  watchElements((element) => {
    for (const name of WATCHED) {
      const value = getAttribute.call(element, name);
      if (!value || value.startsWith("data:")) continue;
      const found = rewrite(element, name, value);
      if (found !== value) setAttribute.call(element, name, found);
    }
  });
}

/** Whatever came another way: elements put in the page, styles set one by one. */
function watchElements(mend: (element: Element) => void): void {
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") mend(target as Element);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        mend(node);
        node.querySelectorAll("[src], [srcset], [style], [href]").forEach(mend);
      }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: WATCHED });
}
