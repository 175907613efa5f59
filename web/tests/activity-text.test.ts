import assert from "node:assert/strict";
import { test } from "node:test";
import { count, parts } from "../src/activity/text.ts";

const shown = (text: string) => parts(text).map((part) => `${part.tag}|${part.text}`);

test("back-quotes make code and stars make emphasis", () => {
  assert.deepEqual(shown("`h` vient de *heading*."), ["code|h", "| vient de ", "em|heading", "|."]);
});

test("everything else stays text", () => {
  for (const text of ["<b onclick=x>gras</b>", "[lien](javascript:alert(1))", "2 * 3 * 4", "a*b*c", "**", "`", "été*e*"]) {
    assert.deepEqual(shown(text), [`|${text}`]);
  }
});

test("code keeps its stars and its angle brackets", () => {
  assert.deepEqual(shown("`<p>*a*</p>`"), ["code|<p>*a*</p>"]);
});

test("a text of many unclosed marks is read at once", () => {
  const long = "*a ".repeat(20_000);
  const before = performance.now();
  assert.deepEqual(shown(long), [`|${long}`]);
  assert.ok(performance.now() - before < 1000);
});

test("zero and one are singular in French", () => {
  assert.deepEqual([0, 1, 2].map((number) => count(number, "ligne")), ["0\u00a0ligne", "1\u00a0ligne", "2\u00a0lignes"]);
});
