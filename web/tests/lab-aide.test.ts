import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { quoted, readQuestion } from "../src/card/help.ts";
import { resolve, type Reference } from "../src/lab/aide/entry.ts";
import { liveExample, telling } from "../src/lab/aide/example.ts";
import { fold, prepare, search } from "../src/lab/aide/search.ts";
import { suggested, writtenOf } from "../src/lab/aide/suggestion.ts";
import { wordsAt } from "../src/lab/aide/word.ts";

const { entries, scenes } = JSON.parse(
  readFileSync(new URL("../../codephenix/assets/aide.json", import.meta.url), "utf8"),
) as Reference;
const index = prepare(entries);
const first = (query: string) => search(index, query)[0]?.id;

test("a name comes first, then French and English words, whatever the accents and capitals", () => {
  assert.equal(first("nav"), "elements/nav");
  assert.equal(first("<NAV>"), "elements/nav");
  assert.equal(first("text-align"), "properties/text-align");
  assert.equal(first("heading"), "elements/h1");
  assert.equal(first("queryselector"), "members/document.querySelector");
  const ids = (query: string) => search(index, query).map(({ id }) => id);
  assert.ok(ids("épaisseur lettres").includes("properties/font-weight"));
  assert.deepEqual(ids("EPAISSEUR LETTRES"), ids("épaisseur lettres"));
  assert.deepEqual(ids("zzz"), []);
  assert.deepEqual(ids("  "), []);
  assert.equal(fold("Évènement ŒIL"), "evenement oeil");
});

test("a word is found where the cursor is", () => {
  const at = (text: string, language: string) => {
    const where = text.indexOf("|");
    const words = wordsAt(text.slice(0, where) + text.slice(where + 1), where, language);
    return words.map(({ name, groups }) => resolve(entries, name, groups)?.id).find(Boolean);
  };
  assert.equal(at("<na|v>", ".html"), "elements/nav");
  assert.equal(at("|<nav>", ".html"), "elements/nav");
  assert.equal(at("</n|av>", ".html"), "elements/nav");
  assert.equal(at('<img al|t="a">', ".html"), "attributes/alt");
  assert.equal(at('<input ty|pe="email">', ".html"), "attributes/input type");
  assert.equal(at('<input type="em|ail">', ".html"), "attributes/input type");
  assert.equal(at("<p>na|v</p>", ".html"), undefined);
  assert.equal(at("12&nb|sp;€", ".html"), "entities/&nbsp;");
  assert.equal(at("p { co|lor: red }", ".css"), "properties/color");
  assert.equal(at("p { margin: 1.5re|m }", ".css"), "units/rem");
  assert.equal(at("p { color: va|r(--a) }", ".css"), "functions/var()");
  assert.equal(at("na|v { }", ".css"), "elements/nav");
  assert.equal(at("a:ho|ver { }", ".css"), "pseudos/:hover");
  assert.equal(at("p::be|fore { }", ".css"), "pseudo-elements/::before");
  assert.equal(at("@me|dia print { }", ".css"), "at-rules/@media");
  assert.equal(at("cons|t a = 1", ".js"), "keywords/const");
  assert.equal(at("document.querySel|ector('a')", ".js"), "members/document.querySelector");
  assert.equal(at("panier.titre|", ".js"), undefined);
});

test("a proposal is looked up as if it were written already", () => {
  const at = (text: string, proposal: string, language: string) => {
    const where = text.indexOf("|");
    const words = suggested(text.slice(0, where) + text.slice(where + 1), where, proposal, language);
    return words.map(({ name, groups }) => resolve(entries, name, groups)?.id).find(Boolean);
  };
  assert.equal(at("<na|", "nav", ".html"), "elements/nav");
  assert.equal(at("<na|\n</body>", "nav", ".html"), "elements/nav");
  assert.equal(at("<|", "section", ".html"), "elements/section");
  assert.equal(at("</na|>", "nav", ".html"), "elements/nav");
  assert.equal(at("<n|x>", "nav", ".html"), "elements/nav");
  assert.equal(at("<img al|>", "alt", ".html"), "attributes/alt");
  assert.equal(at("<input ty|", "type", ".html"), "attributes/input type");
  assert.equal(at('<input type="em|">', "email", ".html"), "attributes/input type");
  assert.equal(at("p { back|", "background-color", ".css"), "properties/background-color");
  assert.equal(at("p { back|\n}\nh1 { color: red }", "background-color", ".css"), "properties/background-color");
  assert.equal(at("p { margin: 1r|", "rem", ".css"), "units/rem");
  assert.equal(at("a:ho|", "hover", ".css"), "pseudos/:hover");
  assert.equal(at("a:ho|", ":hover", ".css"), "pseudos/:hover");
  assert.equal(at("@me|", "@media", ".css"), "at-rules/@media");
  assert.equal(at("p { color: v|", "var()", ".css"), "functions/var()");
  assert.equal(at("document.quer|", "querySelector", ".js"), "members/document.querySelector");
  assert.equal(at("con|", "const", ".js"), "keywords/const");
  assert.equal(at("panier.ti|", "titreDuPanier", ".js"), undefined);
  assert.equal(writtenOf("nav", "<p>na"), 2);
  assert.equal(writtenOf("Nav", "<NA"), 2);
  assert.equal(writtenOf("", "<na"), 0);
});

test("no example reaches a network, and only JavaScript has scripts", () => {
  for (const entry of entries) {
    const live = liveExample(entry, scenes);
    if (!live) continue;
    assert.match(live.html, /default-src 'none'/);
    assert.equal(live.sandbox, ["keywords", "globals", "members", "events"].includes(entry.group) ? "allow-scripts" : "");
    if (!live.sandbox) assert.doesNotMatch(live.html, /script-src/);
  }
});

test("every name of a scene is an entry", () => {
  const known = new Set([...entries.map(({ id }) => id), ...entries.map(({ name }) => name), "*"]);
  const named = [...scenes.still, ...Object.keys(scenes.pages), ...scenes.styles.flatMap((one) => one.for.split(" ")),
    ...scenes.script.cases.flatMap((one) => one.for.split(" "))]; // prettier-ignore
  assert.deepEqual(named.filter((name) => !known.has(name)), []);
});

test("an example says what it gives", () => {
  assert.equal(telling("const a = 1;"), 'const a = 1; montrer("a = ", a);');
  assert.equal(telling("Math.max(3, 8);"), 'montrer("", Math.max(3, 8));');
  assert.equal(telling("console.log(1);"), "console.log(1);");
});

test("a question of a card is short texts", () => {
  assert.deepEqual(quoted("Le nom « querySelecto » n’existe pas. Vouliez-vous dire « querySelector » ?"), ["querySelector", "querySelecto"]);
  assert.deepEqual(readQuestion({ kind: "aide-ask", words: ["a", 3, "x".repeat(99)] }), { kind: "aide-ask", words: ["a"] });
  assert.equal(readQuestion({ kind: "aide-open", words: "a" }), null);
  assert.equal(readQuestion({ kind: "other", words: [] }), null);
});
