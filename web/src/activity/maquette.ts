// The learner's page over the mock-up, at each width: a handle uncovers one or the other, a map shows where they differ.

import { freshId, h } from "./dom.ts";
import type { Likeness, Likenesses, Reproduction, Store } from "./model.ts";
import { type Ends, handleAt, howTo, namesOf, uncover } from "./swipe.ts";
import { inline } from "./text.ts";

const NAMES: [least: number, name: string][] = [[1000, "ordinateur"], [600, "tablette"], [0, "téléphone"]];

const ENDS: Ends = ["votre page", "la maquette"];

interface Kept {
  cut: string; // percent
  rank: string; // of the width
  heat: boolean;
}

/** `93 %`, or what stands for it when nothing could be compared. */
function shownPercent(percent: number | null): string {
  return percent === null ? "non comparée" : `${percent} %`;
}

function labelOf({ width, percent }: Likeness, rank: number): string {
  if (!width) return `Maquette ${rank + 1} : ${shownPercent(percent)}`;
  const name = NAMES.find(([least]) => width >= least)?.[1] ?? "";
  return `${width} px, ${name} : ${shownPercent(percent)}`;
}

export function maquetteView(activity: Reproduction, seen: Likenesses, store: Store): HTMLElement {
  const title = h("p", { class: "cpx-legend", id: freshId() }, ...inline(activity.question));
  const again = h("p", { class: "cpx-hint" }, "Après chaque changement de votre page, exécutez de nouveau cette cellule.");
  const root = h("div", { class: "cpx-comparison", role: "group", "aria-labelledby": title.id }, title, again);
  if (!seen.views.length) {
    root.append(h("p", { class: "cpx-score", role: "status" }, seen.problem));
    return root;
  }
  root.append(...compared(activity, seen, store));
  return root;
}

function compared(activity: Reproduction, seen: Likenesses, store: Store): HTMLElement[] {
  const kept = store.entry(activity.id)?.view as Partial<Kept> | undefined;
  const id = freshId();
  const options = seen.views.map((each, rank) => h("option", { value: String(rank) }, labelOf(each, rank)));
  const choice = h("select", { id }, ...options);
  const heat = h("input", { type: "checkbox" });
  const handle = handleAt(kept?.cut, ENDS);
  const [page, mockup, map] = [0, 1, 2].map(() => h("img", { alt: "" }));
  const over = h("div", { class: "cpx-over" }, mockup);
  const stage = h("div", { class: "cpx-stage cpx-pictures" }, page, over, h("div", { class: "cpx-heat" }, map), handle);
  const scroll = h("div", { class: "cpx-scroll", tabindex: "0", role: "region", "aria-label": "Les deux images" }, stage);
  const said = h("p", { class: "cpx-score", role: "status" });
  const names = namesOf("Votre page", "La maquette");
  const hint = howTo();

  function save(): void {
    const before = store.entry(activity.id);
    const view: Kept = { cut: handle.value, rank: choice.value, heat: heat.checked };
    store.save(activity.id, { answer: before?.answer ?? "", correct: before?.correct ?? false, attempts: before?.attempts ?? 0, view });
  }

  function show(): void {
    const one = seen.views[Number(choice.value)];
    const pictured = Boolean(one.page);
    for (const each of [names, hint, scroll, heat.closest("label")]) if (each) each.hidden = !pictured;
    const at = one.width ? `à ${one.width} px de large` : "";
    const score = one.percent === null ? [] : [h("strong", {}, `Ressemblance : ${shownPercent(one.percent)}`), ` ${at}. `];
    said.replaceChildren(...score, one.said || "Rien ne diffère. Bravo !");
    if (!pictured) return;
    Object.assign(page, { src: one.page, alt: `Votre page ${at}` });
    Object.assign(mockup, { src: one.mockup, alt: `La maquette ${at}` });
    map.src = one.heat;
    stage.classList.toggle("cpx-hot", heat.checked);
    uncover(stage, handle, ENDS);
  }

  choice.value = seen.views[Number(kept?.rank)] ? String(kept?.rank) : "0";
  heat.checked = kept?.heat === true;
  handle.addEventListener("input", show);
  for (const each of [handle, choice, heat]) {
    each.addEventListener("change", () => {
      save();
      show();
    });
  }
  const controls = h("div", { class: "cpx-controls" },
    h("div", {}, h("label", { for: id }, "Largeur de la page"), choice),
    h("label", { class: "cpx-step" }, heat, h("span", {}, "Montrer les différences")));
  show();
  const total = seen.views.length > 1 && seen.mean !== null ? [h("p", {}, `Pour les ${seen.views.length} largeurs : ${seen.mean} %.`)] : [];
  return [controls, said, hint, names, scroll, ...total];
}
