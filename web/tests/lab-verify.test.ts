import assert from "node:assert/strict";
import { test } from "node:test";

import { sentences } from "../src/lab/verify.ts";

test("a notebook that passes is praised", () => {
  assert.deepEqual(sentences({ success: true, value: {} }), ["Tout est réussi. Bravo !"]);
});

test("what is left is said cell by cell", () => {
  const value = { failed: [{ raw_error: "2 tests à revoir." }, { raw_error: "1 test à revoir." }] };
  assert.deepEqual(sentences({ success: true, value }), ["2 tests à revoir.", "1 test à revoir."]);
});

test("an error of the server is never shown as it is", () => {
  const [said] = sentences({ success: false, value: "Traceback (most recent call last)" });
  assert.match(said ?? "", /^La vérification n’a pas pu se faire/);
});
