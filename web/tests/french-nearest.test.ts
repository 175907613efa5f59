// The nearest known name, or nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { distance, nearest } from "../src/french/nearest.ts";

const TAGS = ["title", "strong", "section", "p", "h1", "div"];

test("edits are counted, a swap being a little less than one", () => {
  assert.deepEqual(["title", "tilte", "titl", "titre", "xyz"].map((name) => distance(name, "title")), [0, 0.75, 1, 1, 5]);
});

test("a misspelt name finds its neighbour, letter case apart", () => {
  assert.deepEqual(["tilte", "stong", "SECTIO"].map((name) => nearest(name, TAGS)), ["title", "strong", "section"]);
});

test("a sign read for another is nearer than a wrong letter", () => {
  assert.equal(nearest("hl", ["dl", "h1", "hr"]), "h1");
});

test("a far name finds nothing", () => {
  assert.equal(nearest("bonjour", TAGS), "");
});
