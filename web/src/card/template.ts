// The card before anything is in it. Law: a constant; whatever comes from the learner is put in with textContent.

const icon = (path: string) => `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
const BACK = "M9.5 3.5 5 8l4.5 4.5";
const RELOAD = "M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3";
const FULL = "M6 2.5H2.5V6M10 2.5h3.5V6M6 13.5H2.5V10M10 13.5h3.5V10";

export const WIDTHS = [320, 768, 1280, 0]; // px; 0 is the width of the card

const width = (px: number) =>
  `<label><input type="radio" name="width" value="${px}"${px ? "" : " checked"}><span>${px || "libre"}</span></label>`;

export const TEMPLATE =
  `<header><div role="tablist" aria-label="Vues de la page">` +
  `<button role="tab" id="tab-view" aria-controls="view" aria-selected="true">Aperçu</button>` +
  `<button role="tab" id="tab-log" aria-controls="log" aria-selected="false" tabindex="-1">` +
  `Console<span id="count" hidden></span></button></div>` +
  `<div id="place"><button id="back" aria-disabled="true" title="Page précédente">` +
  `${icon(BACK)}<span class="hidden">Page précédente</span></button>` +
  `<p id="address"><span class="hidden">Page affichée :</span> <b id="name"></b> <span id="size"></span></p></div>` +
  `<fieldset id="widths"><legend class="hidden">Largeur de la page, en pixels</legend>${WIDTHS.map(width).join("")}</fieldset>` +
  `<div id="actions"><button id="reload" title="Recharger">${icon(RELOAD)}<span>Recharger</span></button>` +
  `<button id="full" title="Plein écran">${icon(FULL)}<span>Plein écran</span></button></div></header>` +
  `<main><h1 class="hidden"></h1>` +
  `<section role="tabpanel" id="view" aria-labelledby="tab-view"><div id="stage"></div>` +
  `<div id="notice" role="status"></div></section>` +
  `<section role="tabpanel" id="log" aria-labelledby="tab-log" tabindex="0" hidden><p id="empty">Rien à signaler. ` +
  `Les messages de console.log et les erreurs s’affichent ici.</p><ol id="lines"></ol></section></main>`;

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/** An element with a class and a text. */
export function make(tag: string, name: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = text;
  return element;
}
