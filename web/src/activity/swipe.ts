// The handle between two pages laid one over the other. Law: what lies on the stage belongs to its owner.

import { h } from "./dom.ts";

/** How a sentence calls the page on the left and the one on the right: « Avant », or votre page. */
export type Ends = [left: string, right: string];

/** A handle where it was left, by percent; in the middle at first. */
export function handleAt(cut: unknown, [left, right]: Ends): HTMLInputElement {
  const handle = h("input", { type: "range", min: "0", max: "100", class: "cpx-handle", "aria-label": `Poignée entre ${left} et ${right}` });
  handle.value = /^\d{1,2}$|^100$/.test(String(cut)) ? String(cut) : "50";
  return handle;
}

/** Uncover both pages as far as the handle says. */
export function uncover(stage: HTMLElement, handle: HTMLInputElement, [left, right]: Ends): void {
  stage.style.setProperty("--cpx-cut", String(Number(handle.value) / 100));
  handle.setAttribute("aria-valuetext", `${handle.value} % de ${left}, ${100 - Number(handle.value)} % de ${right}`);
}

/** Names of the pages, over the stage. */
export function namesOf(left: string, right: string): HTMLElement {
  return h("div", { class: "cpx-sides" }, h("span", {}, `◀ ${left}`), h("span", {}, `${right} ▶`));
}

export function howTo(): HTMLElement {
  return h("p", { class: "cpx-hint" }, "Glissez la poignée, ou choisissez-la avec Tab, puis utilisez les flèches.");
}
