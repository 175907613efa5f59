import assert from "node:assert/strict";
import { test } from "node:test";
import { ratio, shownRatio } from "../src/activity/contrast.ts";
import { EXPLORERS, settled } from "../src/activity/explorers.ts";

test("contrast goes from 1 to 21, in either order", () => {
  assert.equal(ratio("#000000", "#ffffff"), 21);
  assert.equal(ratio("#ffffff", "#000000"), 21);
  assert.equal(ratio("#777777", "#777777"), 1);
});

test("a ratio just under a level is never shown as that level", () => {
  assert.ok(ratio("#777777", "#ffffff") < 4.5);
  assert.equal(shownRatio(ratio("#777777", "#ffffff")), "4,47");
  assert.equal(shownRatio(4.499), "4,49");
  assert.equal(shownRatio(21), "21,00");
});

test("kept values are taken only where the control allows them", () => {
  const start = settled(EXPLORERS.boite, undefined);
  assert.equal(settled(EXPLORERS.boite, { width: "120" }).width, "120");
  for (const width of ["9999", "-1", "12.5", "1e2", "", 120, null]) assert.deepEqual(settled(EXPLORERS.boite, { width }), start);
  assert.equal(settled(EXPLORERS.contraste, { color: "url(x)" }).color, "#6b7280");
});
