// A quiz: its questions, and how many are done.

import { h } from "./dom.ts";
import type { Question, Store } from "./model.ts";
import { questionView } from "./question.ts";
import { count } from "./text.ts";

export function quizView(questions: Question[], store: Store): HTMLElement {
  const progress = h("p", { class: "cpx-progress" });
  const views = questions.map((question, index) =>
    questionView(question, store, questions.length > 1 ? `${index + 1}. ` : "", tell),
  );

  function tell(): void {
    const done = views.filter((view) => view.solved()).length;
    const first = done === views.length ? "Quiz terminé : " : "";
    progress.textContent = `${first}${count(done, "question réussie", "questions réussies")} sur ${views.length}.`;
    progress.classList.toggle("cpx-done", done === views.length);
  }

  tell();
  return h("div", {}, ...(views.length > 1 ? [progress] : []), ...views.map((view) => view.element));
}
