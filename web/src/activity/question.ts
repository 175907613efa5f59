// One question, as in a quiz or a prediction: choose or type, check, read why, try again.

import { button, freshId, h, icon, Verdict } from "./dom.ts";
import { hasSeveral, isEmpty, mark, sameAnswer, type Mark } from "./grading.ts";
import type { Answer, Entry, Question, Store } from "./model.ts";
import { count, inline } from "./text.ts";

const ATTEMPTS_BEFORE_HELP = 3;

/** Where the learner answers: boxes to tick, or a text to type. */
interface Field {
  element: HTMLElement;
  read(): Answer;
  write(answer: Answer): void;
  explain(result: Mark | undefined): void; // undefined: nothing is explained
  lock(locked: boolean): void;
}

export interface QuestionView {
  element: HTMLElement;
  solved(): boolean;
}

/** `changed` is called after each answer. */
export function questionView(question: Question, store: Store, number = "", changed = (): void => {}): QuestionView {
  const field = question.choices.length ? choiceField(question, number) : textField(question, number);
  const verdict = new Verdict();
  const verify = h("button", { type: "submit", class: "cpx-button cpx-main" }, "Vérifier");
  const again = button("Recommencer", restart, "quiet");
  const help = button("Voir la réponse", reveal, "quiet");
  const actions = h("div", { class: "cpx-actions" }, verify, help, again);
  const element = h("form", { class: "cpx-question", novalidate: true }, field.element, actions, verdict.element);

  const entry = (): Entry | undefined => store.entry(question.id);
  const solved = (): boolean => entry()?.correct === true;

  function submit(event: Event): void {
    event.preventDefault();
    const answer = field.read();
    if (solved()) return;
    if (isEmpty(answer)) return verdict.say("note", emptyAdvice(question));
    const before = entry();
    const same = before !== undefined && sameAnswer(answer, before.answer);
    const attempts = (before?.attempts ?? 0) + (same ? 0 : 1);
    store.save(question.id, { answer, correct: mark(question, answer).correct, attempts });
    show(same ? "Votre réponse n’a pas changé. " : "");
    if (solved()) verdict.element.focus();
    changed();
  }

  function show(first = ""): void {
    const kept = entry();
    const result = kept && !isEmpty(kept.answer) ? mark(question, kept.answer) : undefined;
    field.explain(result);
    field.lock(solved());
    verify.hidden = solved();
    again.hidden = !solved();
    if (solved()) verdict.element.after(actions);
    else verdict.element.before(actions);
    help.hidden = solved() || question.choices.length > 0 || (kept?.attempts ?? 0) < ATTEMPTS_BEFORE_HELP;
    if (!result) return verdict.clear();
    verdict.say(result.correct ? "right" : "wrong", first, ...said(question, result));
  }

  function restart(): void {
    store.save(question.id, { answer: question.choices.length ? [] : "", correct: false, attempts: entry()?.attempts ?? 0 });
    field.write(question.choices.length ? [] : "");
    show();
    field.element.querySelector("input")?.focus();
    changed();
  }

  function reveal(): void {
    verdict.say("note", "Une réponse juste : ", h("code", {}, question.answers[0]), ". ", ...inline(question.why));
    help.hidden = true;
    field.element.querySelector("input")?.focus();
  }

  element.addEventListener("submit", submit);
  field.element.addEventListener("input", () => {
    field.explain(undefined);
    verdict.clear();
  });
  field.write(entry()?.answer ?? "");
  show();
  return { element, solved };
}

function emptyAdvice(question: Question): string {
  return question.choices.length ? "Choisissez d’abord une réponse." : "Écrivez d’abord votre réponse.";
}

function said(question: Question, result: Mark): (Node | string)[] {
  if (result.correct) return [h("strong", {}, "Bonne réponse."), " ", ...inline(question.why)];
  if (question.answers.length) {
    return [h("strong", {}, "Ce n’est pas encore cela."), " Relisez la question, puis essayez encore."];
  }
  if (!hasSeveral(question)) {
    return [h("strong", {}, "Ce n’est pas la bonne réponse."), " Lisez l’explication, puis essayez encore."];
  }
  const wrong = result.wrong.length ? ` ${count(result.wrong.length, "choix", "choix")} à revoir.` : "";
  const missing = result.missing ? ` Il manque ${count(result.missing, "bonne réponse", "bonnes réponses")}.` : "";
  return [h("strong", {}, "Ce n’est pas encore complet."), `${wrong}${missing} Essayez encore.`];
}

function choiceField(question: Question, number: string): Field {
  const several = hasSeveral(question);
  const group = freshId();
  const rows = question.choices.map((choice) => {
    const why = h("div", { class: "cpx-why", id: freshId(), hidden: true });
    const input = h("input", { type: several ? "checkbox" : "radio", name: group, "aria-describedby": why.id });
    // Locked is not `disabled`: a greyed-out answer is hard to read, and the keyboard would skip it.
    input.addEventListener("click", (event) => {
      if (input.getAttribute("aria-disabled") === "true") event.preventDefault();
    });
    const label = h("label", { class: "cpx-label" }, input, h("span", {}, ...inline(choice.text)));
    return { choice, input, why, row: h("li", { class: "cpx-choice" }, label, why) };
  });
  const hint = several ? [h("p", { class: "cpx-hint" }, "Plusieurs réponses sont justes.")] : [];
  const list = h("ul", { class: "cpx-choices" }, ...rows.map((each) => each.row));
  return {
    element: h("fieldset", {}, h("legend", {}, number, ...inline(question.text)), ...hint, list),
    read: () => rows.filter((each) => each.input.checked).map((each) => each.choice.text),
    write: (answer) => rows.forEach((each) => (each.input.checked = answer.includes(each.choice.text))),
    explain: (result) =>
      rows.forEach(({ choice, input, why, row }) => {
        const told = result !== undefined && (result.correct || input.checked);
        row.classList.toggle("cpx-is-right", told && choice.correct);
        row.classList.toggle("cpx-is-wrong", told && !choice.correct && input.checked);
        why.hidden = !told;
        why.replaceChildren(...(told ? explanation(choice.correct, input.checked, choice.why) : []));
      }),
    lock: (locked) => rows.forEach(({ input }) => input.setAttribute("aria-disabled", String(locked))),
  };
}

function explanation(correct: boolean, chosen: boolean, why: string): Node[] {
  const word = correct ? "Juste." : chosen ? "Pas celle-ci." : "Non.";
  return [icon(correct ? "right" : "wrong"), h("p", {}, h("strong", {}, word), " ", ...inline(why))];
}

function textField(question: Question, number: string): Field {
  const id = freshId();
  const input = h("input", {
    id,
    type: "text",
    class: "cpx-text",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    maxlength: "500",
  });
  return {
    element: h("div", { class: "cpx-field" }, h("label", { for: id, class: "cpx-legend" }, number, ...inline(question.text)), input),
    read: () => input.value,
    write: (answer) => (input.value = typeof answer === "string" ? answer : ""),
    explain: (result) => {
      input.classList.toggle("cpx-is-right", result?.correct === true);
      input.classList.toggle("cpx-is-wrong", result?.correct === false);
      input.setAttribute("aria-invalid", String(result?.correct === false));
    },
    lock: (locked) => (input.readOnly = locked),
  };
}
