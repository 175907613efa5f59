// The parts of the harness that need no page: words, values, positions. The rest is tests/test_harness.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { agree, count, definite, indefinite, none, nounOfLevel, nounOfRole } from "../src/harness/nouns.ts";
import { lineOfTag, withoutComments } from "../src/harness/position.ts";
import { readable, sameStyle } from "../src/harness/styles.ts";
import { capital, enumerate, fold, matches, px, quote, spoken, wanted } from "../src/harness/texts.ts";
import { decode, encode, equal, Foreign, show } from "../src/harness/values.ts";

test("a noun takes the article, the gender and the number that French asks for", () => {
  assert.equal(definite(nounOfLevel(1)), "le titre de niveau 1");
  assert.equal(definite(nounOfRole("img")), "l’image");
  assert.equal(indefinite(nounOfRole("list")), "une liste");
  assert.equal(none(nounOfRole("checkbox")), "aucune case à cocher");
  assert.equal(count(2, nounOfRole("table")), "2 tableaux");
  assert.equal(count(2, nounOfRole("listitem")), "2 éléments de liste");
  assert.equal(count(1, nounOfRole("link")), "1 lien");
  assert.equal(agree("centré", nounOfRole("list")), "centrée");
});

test("an expression is shown as words, never as an expression", () => {
  assert.equal(spoken(/d[ée]part/i), "départ");
  assert.equal(spoken(/^(retour|revenir) à l.accueil$/), "retour");
  assert.equal(spoken(/index\.html$/), "index.html");
  assert.equal(spoken(/^see you soon ?!?$/i), "");
  assert.equal(wanted(/\bmenu\b/), "un texte qui contient “menu”");
  assert.equal(wanted(/\S/), "un texte");
  assert.equal(wanted(/^\d+ px$/), "un autre texte");
});

test("a text matches whole and folded, or in part when asked", () => {
  assert.ok(matches("  Bonjour \n le monde ", "Bonjour le monde"));
  assert.ok(!matches("-2", "2"));
  assert.ok(matches("-2", "2", false));
  assert.ok(matches("MENU", "menu", false));
  assert.ok(!matches("MENU", "menu"));
  const everywhere = /a/g;
  assert.ok(matches("a", everywhere) && matches("a", everywhere), "a global expression keeps no memory");
});

test("words of a message", () => {
  assert.equal(fold(" a\n b "), "a b");
  assert.equal(quote("x".repeat(90)).length, 82);
  assert.equal(enumerate(["a", "b", "c"]), "a, b et c");
  assert.equal(enumerate(["a"]), "a");
  assert.equal(capital("élément"), "Élément");
  assert.equal(px(12.345), "12,3 px");
});

test("the line of a tag is that of the k-th real one", () => {
  const source = "<!-- <p> -->\n<script>'<p>'</script>\n<p>un</p>\n<pre></pre><P\nid=a>";
  assert.equal(lineOfTag(source, "p", 0, 2), 3);
  assert.equal(lineOfTag(source, "p", 1, 2), 4);
  assert.equal(lineOfTag("<my-p></my-p><p>", "p", 0, 1), 1);
});

test("a page with other tags than its source gets no line rather than a wrong one", () => {
  assert.equal(lineOfTag("<p>un</p>", "p", 0, 2), 0);
});

test("comments are blanked, texts that look like comments are kept", () => {
  assert.equal(withoutComments("<!-- a\n -->b", "a.html").trim(), "b");
  assert.equal(withoutComments("a /* b */ c", "a.css").replace(/ +/g, " "), "a c");
  assert.equal(withoutComments('x = "//a"; // b', "a.js").trim(), 'x = "//a";');
  assert.equal(withoutComments("a\n/* b\n */c", "a.js").split("\n").length, 3);
});

test("values of the page are read back as they were", () => {
  const deep = {
    type: "object",
    value: [
      ["liste", { type: "array", value: [{ type: "number", value: 1 }, { type: "number", value: "NaN" }] }],
      ["zéro", { type: "number", value: "-0" }],
      ["rien", { type: "undefined" }],
      ["carte", { type: "map", value: [["a", { type: "null" }]] }],
    ],
  };
  assert.deepEqual(decode(deep), { liste: [1, NaN], zéro: -0, rien: undefined, carte: new Map([["a", null]]) });
});

test("a value that cannot be carried equals nothing, not even itself read twice", () => {
  const read = (): unknown => decode({ type: "proxy" });
  assert.ok(read() instanceof Foreign);
  assert.ok(!equal(read(), read()));
});

test("a key named __proto__ is a key", () => {
  const read = decode({ type: "object", value: [["__proto__", { type: "number", value: 1 }]] }) as object;
  assert.deepEqual(Object.keys(read), ["__proto__"]);
});

test("arguments keep the numbers that JSON loses", () => {
  assert.deepEqual(encode(-0), { unserializableValue: "-0" });
  assert.deepEqual(encode(NaN), { unserializableValue: "NaN" });
  assert.deepEqual(encode(3n), { unserializableValue: "3n" });
  assert.deepEqual(encode(undefined), {});
  assert.deepEqual(encode([1]), { value: [1] });
});

test("equality looks inside", () => {
  assert.ok(equal({ a: [1, { b: new Date(0) }] }, { a: [1, { b: new Date(0) }] }));
  assert.ok(equal(new Set([1, 2]), new Set([1, 2])));
  assert.ok(!equal([1], { 0: 1 }));
  assert.ok(!equal({ a: undefined }, { b: undefined }));
  assert.ok(!equal([1, 2], [1]));
  assert.ok(!equal(0, -0));
});

test("values are shown as they are written", () => {
  assert.equal(show("a"), "“a”");
  assert.equal(show({ nom: "a", "mon-prix": [1, null] }), '{ nom: "a", "mon-prix": [1, null] }');
  assert.equal(show(undefined), "rien (undefined)");
  assert.equal(show([]), "[]");
  assert.equal(show("x".repeat(500)).length, 201);
});

test("styles differ by more than rounding", () => {
  assert.ok(sameStyle("426.656px", "426.664px"));
  assert.ok(!sameStyle("16px", "17px"));
  assert.ok(!sameStyle("0.5", "0.9"));
  assert.ok(!sameStyle("16px", "16em"));
  assert.equal(readable("1px solid rgb(255, 0, 10)"), "1px solid #ff000a");
});
