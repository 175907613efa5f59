// A prediction: read the code, say what it will do, then see why.

import { codeBlock, h } from "./dom.ts";
import type { Question, Store } from "./model.ts";
import { questionView } from "./question.ts";

export function predictionView(question: Question, code: string, language: string, store: Store): HTMLElement {
  const advice = h("p", { class: "cpx-hint" }, "Lisez ce code sans l’exécuter. Dites ce que vous prévoyez.");
  return h("div", {}, advice, codeBlock(code, language), questionView(question, store).element);
}
