// Marks an answer to a question. Pure: no page here.

import type { Answer, Question } from "./model.ts";

export interface Mark {
  correct: boolean;
  wrong: string[]; // chosen and not right
  missing: number; // right and not chosen
}

/** A short answer as compared: white space, letter case and kinds of apostrophe make no difference. */
export function fold(text: string): string {
  return text.normalize("NFC").replace(/’/g, "'").replace(/\s+/g, " ").trim().toLowerCase();
}

export function hasSeveral(question: Question): boolean {
  return question.choices.filter((choice) => choice.correct).length > 1;
}

export function isEmpty(answer: Answer): boolean {
  return typeof answer === "string" ? !answer.trim() : answer.length === 0;
}

export function sameAnswer(one: Answer, other: Answer | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export function mark(question: Question, answer: Answer): Mark {
  if (typeof answer === "string") {
    const correct = question.answers.some((each) => fold(each) === fold(answer));
    return { correct, wrong: correct ? [] : [answer], missing: correct ? 0 : 1 };
  }
  const right = new Set(question.choices.filter((choice) => choice.correct).map((choice) => choice.text));
  const wrong = answer.filter((text) => !right.has(text));
  const missing = right.size - (answer.length - wrong.length);
  return { correct: wrong.length === 0 && missing === 0, wrong, missing };
}
