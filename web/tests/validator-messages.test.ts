// Every rule that may speak has French sentences, and only French ones.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ENGINE_RULES } from "../src/validator/engine.ts";
import { sentenceOf } from "../src/validator/french.ts";
import messages from "../src/validator/messages.json" with { type: "json" };
import { isKnown, isOld, statusOf } from "../src/validator/names.ts";

const here = (path: string) => new URL(`../${path}`, import.meta.url);
const SOURCES = ["attributes", "document", "echoes", "tokens", "tree", "rules", "validate", "values"].map((name) => readFileSync(here(`src/validator/${name}.ts`), "utf8")).join("\n");

/** Our own rules, as the sources name them. */
const OWN = [...SOURCES.matchAll(/(?:(?:report|add|withHint|finding|told|tell)\((?:findings, )?|rule: )(?:`([a-z-]+):|"([a-z-]+)(?::[a-z]+)?")/g)].map((found) => found[1] ?? found[2]!);

test("every rule of html-validate that is on has French sentences", () => {
  for (const rule of ENGINE_RULES) assert.ok(sentenceOf(rule), rule);
});

test("every rule of ours has French sentences", () => {
  assert.ok(OWN.length > 30, `${OWN.length} rules read`);
  for (const rule of OWN.filter((one) => one !== "doctype-form")) assert.ok(sentenceOf(rule), rule);
});

test("every flaw of a doctype has French sentences", () => {
  const code = readFileSync(here("src/validator/doctype.ts"), "utf8");
  const kinds = [...code.matchAll(/flaw\([^;]*/g)].flatMap(([call]) => [...call.matchAll(/(?:\(|\? |: )"([a-z-]+)"/g)].map((found) => found[1]!));
  assert.ok(kinds.length >= 11, kinds.join(" "));
  for (const kind of [...kinds, "chevron"]) assert.ok(`doctype-form:${kind}` in messages, kind);
});

test("every sentence is used by a rule that exists", () => {
  for (const rule of Object.keys(messages)) {
    const [family] = rule.split(":");
    assert.ok(ENGINE_RULES.includes(family!) || new RegExp(`["\`]${family}["\`:$]`).test(SOURCES), rule);
  }
});

test("each has a message and an advice, one or two short sentences", () => {
  for (const [rule, sentences] of Object.entries(messages)) {
    assert.equal(sentences.length, 2, rule);
    for (const sentence of sentences) {
      assert.match(sentence, /[.?]$/, rule);
      assert.ok(sentence.split(" ").length <= 26, sentence);
    }
  }
});

test("French typography: no-break spaces and curved apostrophes", () => {
  for (const sentence of Object.values(messages).flat()) {
    assert.doesNotMatch(sentence, /[^\u00A0]»|«[^\u00A0]|[\wéà)>}] [;:!?](?: |$)|[a-zé]'[a-zé]/, sentence);
  }
});

test("no English word comes out", () => {
  const english = /\b(?:the|is|are|must|not|element|attribute|missing|invalid|unknown|required|allowed|closed|should|cannot|has)\b/i;
  for (const sentence of Object.values(messages).flat()) assert.doesNotMatch(sentence.replace(/\{\w+\}/g, ""), english);
});

interface Known {
  tags: { name: string; attributes: { name: string }[] }[];
}

test("the elements and attributes of the editor's own list are known or old", () => {
  const path = here("node_modules/@vscode/web-custom-data/data/browsers.html-data.json");
  const { tags } = JSON.parse(readFileSync(path, "utf8")) as Known;
  const drafts = new Set(["fencedframe"]); // one browser's experiment
  for (const { name } of tags) assert.ok(isKnown(name) || drafts.has(name), name);
  for (const { name, attributes } of tags.filter((tag) => !isOld(tag.name) && isKnown(tag.name))) {
    const missing = attributes.filter((attribute) => statusOf(attribute.name, name) === "unknown").map((one) => one.name);
    assert.deepEqual(missing.filter((one) => !GONE.has(one)), [], name);
  }
});

/** Attributes that this list still has and that the standard never had, or dropped. */
const GONE = new Set(
  ("abbr accept allowpaymentrequest autocomplete cols form importance intrinsicsize manifest mediagroup moz-opaque onredo onundo " +
    "scoped seamless sorted type typemustmatch usemap wrap").split(" "),
);
