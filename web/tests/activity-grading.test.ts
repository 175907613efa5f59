import assert from "node:assert/strict";
import { test } from "node:test";
import { hasSeveral, isEmpty, mark, sameAnswer } from "../src/activity/grading.ts";
import type { Question } from "../src/activity/model.ts";

const choice = (text: string, correct = false) => ({ text, correct, why: "" });
const base: Question = { id: "q", text: "", choices: [], answers: [], why: "" };
const single: Question = { ...base, choices: [choice("h1", true), choice("title")] };
const several: Question = { ...base, choices: [choice("h1", true), choice("h2", true), choice("h7"), choice("h8")] };
const typed: Question = { ...base, answers: ["</p>", "L’en-tête  du site"] };

test("one right choice is correct, another is not", () => {
  assert.deepEqual(mark(single, ["h1"]), { correct: true, wrong: [], missing: 0 });
  assert.deepEqual(mark(single, ["title"]), { correct: false, wrong: ["title"], missing: 1 });
});

test("several right choices must all be chosen, and nothing else", () => {
  assert.equal(mark(several, ["h2", "h1"]).correct, true);
  assert.deepEqual(mark(several, ["h1"]), { correct: false, wrong: [], missing: 1 });
  assert.deepEqual(mark(several, ["h1", "h2", "h7"]), { correct: false, wrong: ["h7"], missing: 0 });
  assert.equal(hasSeveral(several), true);
  assert.equal(hasSeveral(single), false);
});

test("a typed answer is folded: white space, letter case, apostrophe", () => {
  for (const text of ["</p>", " </P> ", "l'en-tête du\u00a0site", "L’EN-TÊTE\tDU SITE"]) {
    assert.equal(mark(typed, text).correct, true, text);
  }
  for (const text of ["<p>", "< /p>", "", "l'entete du site"]) assert.equal(mark(typed, text).correct, false, text);
});

test("an accent typed in two code points is the same letter", () => {
  assert.equal(mark(typed, "L'en-te\u0302te du site").correct, true);
});

test("no choice and blank text are empty answers", () => {
  assert.deepEqual([isEmpty([]), isEmpty(" \n"), isEmpty(["h1"]), isEmpty("x")], [true, true, false, false]);
});

test("the same answer twice is told apart from a new one", () => {
  assert.equal(sameAnswer(["a", "b"], ["a", "b"]), true);
  assert.equal(sameAnswer(["a"], ["a", "b"]), false);
  assert.equal(sameAnswer("a", undefined), false);
});
