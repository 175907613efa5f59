// A property explorer: what is changed shows at once in a page of its own, with the CSS to copy.

import { button, codeBlock, freshId, h, Verdict } from "./dom.ts";
import { allowed, EXPLORERS, settled, type Control, type Explorer, type Values } from "./explorers.ts";
import type { Exploration, Store } from "./model.ts";
import { inline } from "./text.ts";

const PAGE = `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Aperçu</title><style>body { margin: 12px; background: #fff; color: #16202a; font: 16px/1.4 system-ui, sans-serif; }</style><style></style></head><body></body></html>`;

interface Field {
  element: HTMLElement;
  write(value: string): void;
}

export function explorateurView(activity: Exploration, store: Store): HTMLElement {
  const explorer = EXPLORERS[activity.about];
  const kept = store.entry(activity.id);
  let values = settled(explorer, (kept?.view as { values?: unknown } | undefined)?.values);
  const verdict = new Verdict();
  const frame = preview(explorer, () => values);
  const code = codeBlock("", "CSS");
  const says = h("ul", { class: "cpx-figures", "aria-live": "polite" });
  const fields = explorer.controls.map((control) => field(control, (value) => change({ ...values, [control.id]: value })));
  const steps = activity.steps.map(step);
  const copy = button("Copier le CSS", () => void copied());
  const reset = button("Revenir au départ", () => change(settled(explorer, undefined)), "quiet");
  const title = h("p", { class: "cpx-legend", id: freshId() }, ...inline(activity.question));

  function step(text: string): HTMLInputElement {
    const input = h("input", { type: "checkbox" });
    const done = kept?.answer;
    input.checked = Array.isArray(done) && done.includes(text);
    input.addEventListener("change", () => save(true));
    return input;
  }

  function save(answered: boolean): void {
    const attempts = store.entry(activity.id)?.attempts ?? 0;
    const done = activity.steps.filter((_, index) => steps[index].checked);
    const first = !activity.steps.length && attempts === 0;
    const correct = done.length === activity.steps.length;
    store.save(activity.id, { answer: activity.steps.length ? done : explorer.css(values), correct, attempts: attempts + (answered || first ? 1 : 0), view: { values } });
    if (answered && correct) verdict.say("right", h("strong", {}, "Tout est essayé."), " Continuez à explorer si vous voulez.");
    else verdict.clear();
  }

  function change(next: Values): void {
    values = next;
    save(false);
    show();
  }

  function show(): void {
    fields.forEach((each, index) => each.write(values[explorer.controls[index].id]));
    const text = code.querySelector("code");
    if (text) text.textContent = explorer.css(values);
    says.replaceChildren(...explorer.says(values).map((line) => h("li", {}, ...inline(line))));
    frame.show();
  }

  async function copied(): Promise<void> {
    try {
      await navigator.clipboard.writeText(explorer.css(values));
      verdict.say("right", "Le CSS est copié. Collez-le avec Ctrl + V.");
    } catch {
      getSelection()?.selectAllChildren(code.querySelector("code") ?? code); // no clipboard without HTTPS
      verdict.say("note", "Le CSS est sélectionné. Copiez-le avec Ctrl + C.");
    }
  }

  const list = activity.steps.map((text, index) => h("li", {}, h("label", { class: "cpx-step" }, steps[index], h("span", {}, ...inline(text)))));
  const todo = list.length ? [h("fieldset", { class: "cpx-todo" }, h("legend", {}, "À essayer"), h("ul", {}, ...list))] : [];
  const controls = h("div", { class: "cpx-controls" }, ...fields.map((each) => each.element));
  show();
  const actions = h("div", { class: "cpx-actions" }, copy, reset);
  return h("div", { class: "cpx-explorer", role: "group", "aria-labelledby": title.id }, title, controls, frame.element, says, code, actions, verdict.element, ...todo);
}

function field(control: Control, changed: (value: string) => void): Field {
  const id = freshId();
  const label = h("label", { for: id }, ...inline(control.label));
  const tell = (value: string): void => {
    if (allowed(control, value)) changed(value);
  };
  if (control.options) {
    const input = h("select", { id }, ...control.options.map((option) => h("option", {}, option)));
    input.addEventListener("change", () => tell(input.value));
    return { element: h("div", {}, label, input), write: (value) => (input.value = value) };
  }
  if (control.colour) return colourField(control, label, id, tell);
  if (!control.range) {
    const input = h("input", { id, type: "checkbox" });
    input.addEventListener("change", () => tell(input.checked ? "oui" : ""));
    return { element: h("div", { class: "cpx-tick" }, input, label), write: (value) => (input.checked = value !== "") };
  }
  const [min, max] = control.range;
  const input = h("input", { id, type: "range", min: String(min), max: String(max) });
  const figure = h("span", { class: "cpx-figure", "aria-hidden": "true" });
  input.addEventListener("input", () => tell(input.value));
  const write = (value: string): void => {
    input.value = value;
    figure.textContent = `${value} ${control.unit}`;
    input.setAttribute("aria-valuetext", figure.textContent);
  };
  return { element: h("div", {}, label, h("div", { class: "cpx-range" }, input, figure)), write };
}

function colourField(control: Control, label: HTMLElement, id: string, tell: (value: string) => void): Field {
  const text = h("input", { id, type: "text", class: "cpx-text", maxlength: "7", spellcheck: "false" });
  const picker = h("input", { type: "color", "aria-label": `${control.label}, palette` });
  text.addEventListener("input", () => tell(text.value.trim().toLowerCase()));
  picker.addEventListener("input", () => tell(picker.value));
  const write = (value: string): void => {
    picker.value = value;
    if (text.value.trim().toLowerCase() !== value) text.value = value;
  };
  return { element: h("div", {}, label, h("div", { class: "cpx-range" }, picker, text)), write };
}

/** A frame without scripts: the page that holds it only changes its style and its constant body. */
function preview(explorer: Explorer, values: () => Values): { element: HTMLElement; show(): void } {
  const frame = h("iframe", { class: "cpx-preview", title: "Aperçu", sandbox: "allow-same-origin", srcdoc: PAGE, style: `height: ${explorer.height}px` });
  function show(): void {
    const page = frame.contentDocument;
    const style = page?.querySelectorAll("style")[1];
    if (!page?.body || !style) return;
    const html = explorer.html(values());
    if (page.body.innerHTML !== html) page.body.innerHTML = html;
    style.textContent = `${explorer.scene}\n${explorer.css(values())}`;
  }
  frame.addEventListener("load", show);
  return { element: frame, show };
}
