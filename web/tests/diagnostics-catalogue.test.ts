// Every mistake that we recognise has one bad example which shows it alone, and two short French sentences.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { OWN, sentencesOf } from "../src/diagnostics/catalogue.ts";
import { diagnose } from "../src/diagnostics/diagnose.ts";
import examples from "../src/diagnostics/examples.json" with { type: "json" };
import messages from "../src/validator/messages.json" with { type: "json" };

const HEADERS: Record<string, string> = { css: "/* style.css */\n", js: "// script.js\n", html: "" };
const BAD: [code: string, source: string][] = [
  ...Object.entries(OWN).map(([code, { bad }]): [string, string] => [code, HEADERS[code.split("/")[0]!]! + bad]),
  ...Object.entries(examples),
];
const sentences = [...new Set(BAD.flatMap(([code]) => sentencesOf(code)).concat(Object.values(messages).flat()))];

/** Words as they are counted: what has a letter or a digit. */
const wordsOf = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length;

for (const [code, source] of BAD) {
  test(`recognised: ${code}`, () => {
    const found = diagnose(source, []);
    assert.deepEqual(found.map((one) => one.code), [code], JSON.stringify(source));
    const [{ from, to, message, advice }] = found as [(typeof found)[0]];
    assert.ok(0 <= from && from < to && to <= source.length, `${from} to ${to} of ${source.length}`);
    assert.doesNotMatch(message + advice, /\{\w+\}|undefined/);
  });
}

test("at least 120 mistakes are recognised, each code once", () => {
  assert.ok(BAD.length >= 120, String(BAD.length));
  assert.equal(new Set(BAD.map(([code]) => code)).size, BAD.length);
});

const folder = new URL("../src/diagnostics/", import.meta.url);
const code = readdirSync(folder).filter((name) => name.endsWith(".ts")).map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n");

test("no code is given without sentences", () => {
  const given = [...code.matchAll(/"((?:css|js)\/[a-z-]+)"/g)].map((found) => found[1]!);
  assert.ok(given.length > 120, String(given.length));
  for (const one of given) assert.ok(one in OWN, one);
});

test("every sentence of the validator has its example, but for what the reader hides", () => {
  const hidden = ["element-permitted-content:head", "script-element", "engine-failure"]; // said by another rule before
  const missing = Object.keys(messages).filter((rule) => !(`html/${rule}` in examples));
  assert.deepEqual(missing.sort(), hidden.sort());
});

test("two sentences, of 15 words at most", () => {
  for (const sentence of sentences) {
    assert.ok(wordsOf(sentence) <= 15, sentence);
    assert.match(sentence, /[.?]$/, sentence);
    assert.doesNotMatch(sentence.slice(0, -1), /[.!?] [A-ZÀ-Ý<«]/, sentence);
  }
});

test("French typography: no-break spaces and curved apostrophes", () => {
  for (const sentence of sentences) {
    assert.doesNotMatch(sentence, /[^\u00A0]»|«[^\u00A0]|[\p{L}\d)>}] [;:!?](?: |$)|[a-zé]'[a-zé]/u, sentence);
  }
});
