// Two pages one over the other: a handle uncovers one or the other, at three widths.

import { button, freshId, h, Verdict } from "./dom.ts";
import type { Comparison, Side, Store } from "./model.ts";
import { type Ends, handleAt, howTo, namesOf, uncover } from "./swipe.ts";
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
  const width = WIDTHS.includes(String(kept?.width)) ? String(kept?.width) : WIDTHS[2];

  const title = h("p", { class: "cpx-legend", id: freshId() }, ...inline(activity.question));
  const [left, right] = [activity.left, activity.right].map(page);
  const ends: Ends = [`« ${activity.left.label} »`, `« ${activity.right.label} »`];
  const handle = handleAt(kept?.cut, ends);
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
    uncover(stage, handle, ends);
    stage.style.maxWidth = `${choice.value}px`;
    const scale = Math.min(1, (stage.clientWidth || Number(choice.value)) / Number(choice.value));
    for (const frame of [left, right]) {
      frame.style.cssText = `width: ${choice.value}px; height: ${HEIGHT / scale}px; transform: scale(${scale})`;
    }
  }

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
  return h(
    "div",
    { class: "cpx-comparison", role: "group", "aria-labelledby": title.id },
    title,
    howTo(),
    h("div", { class: "cpx-controls" }, h("div", {}, label, choice)),
    namesOf(activity.left.label, activity.right.label),
    stage,
    h("div", { class: "cpx-actions" }, tell),
    verdict.element,
  );
}

/** A page that runs nothing and loads nothing. */
function page(side: Side): HTMLIFrameElement {
  return h("iframe", { title: side.label, sandbox: "", srcdoc: POLICY + side.html });
}
