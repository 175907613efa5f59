import assert from "node:assert/strict";
import { test } from "node:test";

import { isTyping } from "../src/lab/completion.ts";
import { currentWeek, weeksOf, weekTitle } from "../src/lab/progress/steps.ts";
import { opensAlone } from "../src/lab/preview/plugin.ts";
import { readDescribed } from "../src/live/inspector.ts";
import { readAnswer } from "../src/live/protocol.ts";

const step = (week: string, done: number) => ({ week, notebook: "n", title: "N", done, total: 2 });

test("weeks keep their order and count what is done", () => {
  const weeks = weeksOf([step("s01", 2), step("s01", 1), step("s02", 0)]);
  assert.deepEqual(weeks.map(({ name, done }) => [name, done]), [["s01", 1], ["s02", 0]]);
});

test("the week shown first is the open one, else the first that is not finished", () => {
  const weeks = weeksOf([step("s01", 2), step("s02", 0), step("s03", 0)]);
  assert.equal(currentWeek(weeks, "cours/s03/x.ipynb")!.name, "s03");
  assert.equal(currentWeek(weeks, "cours/index.ipynb")!.name, "s02");
  assert.equal(currentWeek([], "x"), undefined);
});

test("a week is named for people", () => {
  assert.equal(weekTitle("s04-tableaux-formulaires"), "Semaine 4");
  assert.equal(weekTitle("autre"), "autre");
});

test("the preview opens alone beside a lesson with a page, when there is room", () => {
  const cells = ["<!-- a.html -->\n<h1>A</h1>"];
  assert.equal(opensAlone("cours/s01/a.ipynb", cells, 1400), true);
  assert.equal(opensAlone("cours/s01/a.ipynb", cells, 1000), false);
  assert.equal(opensAlone("cours/rappel.ipynb", ["# x.rappel.yaml\n- a"], 1400), false);
  assert.equal(opensAlone("formateur/tableau.ipynb", cells, 1400), false);
});

test("proposals come when a letter of a name is typed, not when text is pasted or erased", () => {
  assert.equal(isTyping({ sourceChange: [{ insert: "é" }] }), true);
  assert.equal(isTyping({ sourceChange: [{ insert: "<" }] }), true);
  assert.equal(isTyping({ sourceChange: [{ insert: "texte collé" }] }), false);
  assert.equal(isTyping({ sourceChange: [{ delete: 1 }] }), false);
});

test("nothing of a page's message reaches the inspector but texts and numbers", () => {
  const found = readDescribed({ label: { toString: () => "x" }, x: "1", margin: { top: NaN }, rules: [null, { selector: 3 }] })!;
  assert.equal(found.label, "");
  assert.equal(found.x, 0);
  assert.deepEqual(found.margin, { top: 0, right: 0, bottom: 0, left: 0 });
  assert.deepEqual(found.rules.map((rule) => rule.selector), ["", ""]);
  assert.equal(readDescribed("x"), null);
});

test("Lab reads a word that it knows and a whole number", () => {
  assert.deepEqual(readAnswer({ kind: "read", version: 3, more: 1 }), { kind: "read", version: 3 });
  assert.deepEqual(readAnswer({ kind: "read", version: "3" }), { kind: "read", version: 0 });
  assert.equal(readAnswer({ kind: "eval" }), null);
});
