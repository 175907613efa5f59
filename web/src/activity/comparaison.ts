// Two pages one over the other: a handle uncovers one or the other, at three widths.

import { button, freshId, h, Verdict } from "./dom.ts";
import type { Comparison, Side, Store } from "./model.ts";
import { inline } from "./text.ts";

const WIDTHS = ["320", "768", "1200"]; // px: phone, tablet, desk
const NAMES = ["téléphone", "tablette", "ordinateur"];
const HEIGHT = 420; // px of the stage
const POLICY = `<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;

interface Kept {
  cut: string; // percent
  width: string;
}

export function comparaisonView(activity: Comparison, store: Store): HTMLElement {
  const kept = store.entry(activity.id)?.view as Partial<Kept> | undefined;
  const cut = /^\d{1,2}$|^100$/.test(String(kept?.cut)) ? String(kept?.cut) : "50";
  const width = WIDTHS.includes(String(kept?.width)) ? String(kept?.width) : WIDTHS[2];

  const title = h("p", { class: "cpx-legend", id: freshId() }, ...inline(activity.question));
  const [left, right] = [activity.left, activity.right].map(page);
  const handle = h("input", { type: "range", min: "0", max: "100", class: "cpx-handle", "aria-label": `Poignée entre « ${activity.left.label} » et « ${activity.right.label} »` });
  const over = h("div", { class: "cpx-over" }, right);
  const stage = h("div", { class: "cpx-stage", style: `height: ${HEIGHT}px` }, left, over, handle);
  const id = freshId();
  const choice = h("select", { id }, ...WIDTHS.map((each, rank) => h("option", { value: each }, `${each} px, ${NAMES[rank]}`)));
  const verdict = new Verdict();
  const tell = button("Voir ce qui change", () => verdict.say("note", ...inline(activity.why)), "quiet");

  function save(): void {
    const before = store.entry(activity.id);
    const seen = Array.isArray(before?.answer) ? before.answer : [];
    const fresh = !seen.includes(`${choice.value} px`);
    const answer = fresh ? [...seen, `${choice.value} px`] : seen;
    const view: Kept = { cut: handle.value, width: choice.value };
    store.save(activity.id, { answer, correct: answer.length === WIDTHS.length, attempts: (before?.attempts ?? 0) + (fresh ? 1 : 0), view });
  }

  function show(): void {
    stage.style.setProperty("--cpx-cut", String(Number(handle.value) / 100));
    const seen = 100 - Number(handle.value);
    handle.setAttribute("aria-valuetext", `${handle.value} % de « ${activity.left.label} », ${seen} % de « ${activity.right.label} »`);
    stage.style.maxWidth = `${choice.value}px`;
    const scale = Math.min(1, (stage.clientWidth || Number(choice.value)) / Number(choice.value));
    for (const frame of [left, right]) {
      frame.style.cssText = `width: ${choice.value}px; height: ${HEIGHT / scale}px; transform: scale(${scale})`;
    }
  }

  handle.value = cut;
  choice.value = width;
  handle.addEventListener("input", show);
  handle.addEventListener("change", save);
  choice.addEventListener("change", () => {
    save();
    show();
  });
  new ResizeObserver(show).observe(stage);
  show();
  const label = h("label", { for: id }, "Largeur de la page");
  const names = h("div", { class: "cpx-sides" }, h("span", {}, `◀ ${activity.left.label}`), h("span", {}, `${activity.right.label} ▶`));
  const hint = h("p", { class: "cpx-hint" }, "Glissez la poignée, ou choisissez-la avec Tab, puis utilisez les flèches.");
  return h(
    "div",
    { class: "cpx-comparison", role: "group", "aria-labelledby": title.id },
    title,
    hint,
    h("div", { class: "cpx-controls" }, h("div", {}, label, choice)),
    names,
    stage,
    h("div", { class: "cpx-actions" }, tell),
    verdict.element,
  );
}

/** A page that runs nothing and loads nothing. */
function page(side: Side): HTMLIFrameElement {
  return h("iframe", { title: side.label, sandbox: "", srcdoc: POLICY + side.html });
}
