// Find the mistake: lines of code, and the faulty ones to point at.

import { button, freshId, h, icon, Verdict } from "./dom.ts";
import type { CodeLine, Faulty, Store } from "./model.ts";
import { count, inline } from "./text.ts";

const ATTEMPTS_BEFORE_HELP = 3;

interface Row {
  line: CodeLine;
  number: number;
  input: HTMLInputElement;
  why: HTMLElement;
  element: HTMLElement;
}

export function erreurView(activity: Faulty, store: Store): HTMLElement {
  const faults = activity.lines.filter((line) => line.why).length;
  const verdict = new Verdict();
  const rows = activity.lines.map(row);
  const verify = h("button", { type: "submit", class: "cpx-button cpx-main" }, "Vérifier");
  const help = button("Voir les réponses", reveal, "quiet");
  const again = button("Recommencer", restart, "quiet");
  const actions = h("div", { class: "cpx-actions" }, verify, help, again);
  const ask = faults > 1 ? `Cochez les ${faults} lignes qui ont une faute.` : "Cochez la ligne qui a une faute.";
  const list = h("ol", { class: "cpx-faulty", "aria-label": `Code ${activity.language}` }, ...rows.map((each) => each.element));
  const fields = h("fieldset", {}, h("legend", {}, ...inline(activity.question)), h("p", { class: "cpx-hint" }, ask), list);
  const element = h("form", { class: "cpx-question", novalidate: true }, fields, actions, verdict.element);

  const chosen = (): Row[] => rows.filter((each) => each.input.checked);
  const named = (each: Row): string => `${each.number}. ${each.line.text.trim()}`;
  const solved = (): boolean => store.entry(activity.id)?.correct === true;

  function submit(event: Event): void {
    event.preventDefault();
    if (solved()) return;
    if (!chosen().length) return verdict.say("note", "Cochez d’abord une ligne.");
    const before = store.entry(activity.id);
    const answer = chosen().map(named);
    const same = JSON.stringify(before?.answer) === JSON.stringify(answer);
    const right = rows.every((each) => each.input.checked === Boolean(each.line.why));
    store.save(activity.id, { answer, correct: right, attempts: (before?.attempts ?? 0) + (same ? 0 : 1) });
    show();
    if (right) verdict.element.focus();
  }

  function show(): void {
    const kept = store.entry(activity.id);
    const told = Boolean(kept?.answer.length);
    for (const each of rows) explain(each, told && each.input.checked);
    for (const each of rows) each.input.setAttribute("aria-disabled", String(solved()));
    verify.hidden = solved();
    again.hidden = !solved();
    help.hidden = solved() || (kept?.attempts ?? 0) < ATTEMPTS_BEFORE_HELP;
    if (solved()) verdict.element.after(actions);
    else verdict.element.before(actions);
    if (!told) return verdict.clear();
    verdict.say(solved() ? "right" : "wrong", ...said());
  }

  function said(): (Node | string)[] {
    const wrong = chosen().filter((each) => !each.line.why).length;
    const missing = faults - (chosen().length - wrong);
    if (!wrong && !missing) return [h("strong", {}, "Bravo."), ` ${count(faults, "faute trouvée", "fautes trouvées")}.`];
    const much = wrong ? ` ${count(wrong, "ligne cochée n’a pas de faute", "lignes cochées n’ont pas de faute")}.` : "";
    const few = missing ? ` Il reste ${count(missing, "faute", "fautes")} à trouver.` : "";
    return [h("strong", {}, "Ce n’est pas encore cela."), `${much}${few}`];
  }

  function reveal(): void {
    for (const each of rows) if (each.line.why) explain(each, true);
    const numbers = rows.filter((each) => each.line.why).map((each) => each.number);
    const lines = numbers.length > 1 ? `Lignes ${numbers.join(", ")}` : `Ligne ${numbers[0]}`;
    verdict.say("note", `${lines} : lisez l’explication, puis cochez.`);
    help.hidden = true;
    rows.find((each) => each.line.why)?.input.focus();
  }

  function restart(): void {
    store.save(activity.id, { answer: [], correct: false, attempts: store.entry(activity.id)?.attempts ?? 0 });
    for (const each of rows) each.input.checked = false;
    show();
    rows[0].input.focus();
  }

  element.addEventListener("submit", submit);
  element.addEventListener("change", () => {
    for (const each of rows) explain(each, false);
    verdict.clear();
  });
  const kept = store.entry(activity.id)?.answer ?? [];
  for (const each of rows) each.input.checked = Array.isArray(kept) && kept.includes(named(each));
  show();
  return element;
}

function row(line: CodeLine, index: number): Row {
  const why = h("div", { class: "cpx-why", id: freshId(), hidden: true });
  const input = h("input", { type: "checkbox", "aria-describedby": why.id, "aria-label": `Ligne ${index + 1} : ${line.text.trim() || "vide"}` });
  // Locked is not `disabled`, as in a question.
  input.addEventListener("click", (event) => {
    if (input.getAttribute("aria-disabled") === "true") event.preventDefault();
  });
  const number = h("span", { class: "cpx-number", "aria-hidden": "true" }, String(index + 1));
  const label = h("label", { class: "cpx-label" }, input, number, h("code", { translate: "no" }, line.text));
  return { line, number: index + 1, input, why, element: h("li", { class: "cpx-choice" }, label, why) };
}

function explain(each: Row, told: boolean): void {
  const right = Boolean(each.line.why);
  each.element.classList.toggle("cpx-is-right", told && right);
  each.element.classList.toggle("cpx-is-wrong", told && !right);
  each.why.hidden = !told;
  if (!told) return each.why.replaceChildren();
  const text = right
    ? h("p", {}, h("strong", {}, "Faute."), " ", ...inline(each.line.why), " On écrit : ", h("code", { translate: "no" }, each.line.fix))
    : h("p", {}, h("strong", {}, "Ligne juste."), " Cherchez ailleurs.");
  each.why.replaceChildren(icon(right ? "right" : "wrong"), text);
}
