// The parts of the harness that need no page: words, values, positions. The rest is tests/test_harness.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { agree, count, definite, indefinite, none, nounOfLevel, nounOfRole } from "../src/harness/nouns.ts";
import { nounOfCss } from "../src/harness/selectors.ts";
import { readForm } from "../src/harness/forms.ts";
import { lineOfTag, withoutComments } from "../src/harness/position.ts";
import { readable, sameStyle } from "../src/harness/styles.ts";
import { capital, enumerate, fold, matches, px, quote, said, wanted } from "../src/harness/texts.ts";
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

test("a simple selector is read in words, another as it is written", () => {
  const said: Record<string, string> = {
    "ul > li": "un élément <li> directement dans un élément <ul>",
    "table td": "un élément <td> dans un élément <table>",
    "main tbody > tr": "un élément <tr> directement dans un élément <tbody>, dans l’élément <main>",
    "h4, h5, h6": "un élément <h4>, <h5> ou <h6>",
    "form select, form input": "un élément <select> ou <input> dans un élément <form>",
    "p, ul > li": "un élément <p>, ou <li> directement dans un élément <ul>",
    "a[href]": 'un élément <a href="…">',
    "input[required]": "un élément <input required>",
    "fieldset input[name='niveau']": 'un élément <input name="niveau"> dans un élément <fieldset>',
    "a[href^='index.html']": 'un élément <a href="index.html…">',
    "img[src$='a, b > c.svg' i]": 'un élément <img src="…a, b > c.svg">',
    "form input:not([type='submit' i])": 'un élément <input> sans type="submit" dans un élément <form>',
    "p:has(img)": "un élément <p> qui contient un élément <img>",
    "[lang='']": 'un élément avec lang=""',
    "li.carte": 'un élément <li class="carte">',
    ".carte": "un élément de classe “carte”",
    "#menu": "un élément d’identifiant “menu”",
    "p#but.grand.rouge": 'un élément <p id="but" class="grand rouge">',
    "hr ~ p": "un élément <p> après un élément <hr>",
    "h2 + ul": "un élément <ul> juste après un élément <h2>",
    "body > *": "un élément directement dans l’élément <body>",
    "figure:first-of-type img": "un élément “figure:first-of-type img”",
    ":scope > h2": "un élément “:scope > h2”",
    "ul, li:nth-child(2)": "un élément “ul, li:nth-child(2)”",
    "a[href~='x']": "un élément “a[href~='x']”",
  };
  for (const [css, words] of Object.entries(said)) assert.equal(indefinite(nounOfCss(css)), words);
  assert.equal(count(3, nounOfCss("ul > li")), "3 éléments <li> directement dans un élément <ul>");
  assert.equal(definite(nounOfCss("P")), "l’élément <p>");
  assert.equal(none(nounOfCss("body > *")), "aucun élément directement dans l’élément <body>");
});

test("an expression is shown as words, never as an expression, by one rule", () => {
  const words: [RegExp, string, string][] = [
    [/d[ée]part/i, "“départ”", "un texte qui contient “départ”"],
    [/^(retour|revenir) à l.accueil$/, "“retour à l’accueil”", "un texte comme “retour à l’accueil”"],
    [/index\.html$/, "“index.html”", "un texte qui finit par “index.html”"],
    [/^(\.\/)?menu\.css$/, "“menu.css”", "“menu.css”"],
    [/^fr(-[a-z]{2})?$/i, "“fr”", "“fr”"],
    [/^see you soon ?!?$/i, "“see you soon”", "“see you soon”"],
    [/^voir la carte\W*$/i, "“voir la carte”", "“voir la carte”"],
    [/^\s*0[\s,]+0[\s,]+120\s*$/, "“0 0 120”", "“0 0 120”"],
    [/\b(menu|principal)\b/, "“menu”", "un texte comme “menu”"],
    [/\bmenu\b/, "“menu”", "un texte qui contient “menu”"],
    [/^Prix\s*: \d+/, "", "un autre texte"],
    [/^Prix\s*:/, "“Prix :”", "un texte qui commence par “Prix :”"],
    [/l['’]étape|la suite/, "“l'étape”", "un texte comme “l'étape”"],
    [/^l['’]étape/, "“l'étape”", "un texte qui commence par “l'étape”"],
    [/^[ab]c$/, "“ac”", "un texte comme “ac”"],
    [/^[bc]+$/, "", "un autre texte"],
    [/menu *$/, "“menu”", "un texte qui finit par “menu”"],
    [/cr(?:è|é)me\u00a0?/, "“crème”", "un texte comme “crème”"],
    [/coûte 5 \$/, "“coûte 5 $”", "un texte qui contient “coûte 5 $”"],
    [/\S/, "", "un texte"],
    [/^\d+ px$/, "", "un autre texte"],
    [/Bonjour.*Samira/, "", "un autre texte"],
    [/^[A-Z]/, "", "un autre texte"],
    [/^(?!Menu)/, "", "un autre texte"],
    [/^(?<jour>lundi)$/, "", "un autre texte"],
    [/^\p{L}+$/u, "", "un autre texte"],
    [/(.)\1/, "", "un autre texte"],
  ];
  for (const [form, noun, wish] of words) assert.deepEqual([said(form), wanted(form)], [noun, wish], form.source);
  assert.equal(wanted("Menu"), "“Menu”");
});

test("the words of an expression are words that it accepts", () => {
  for (const form of [/^l['’]étape$/, /^(un|deux) pas[ .]?$/i, /^xy*z?$/, /^a\.b\/c\?$/, /^caf[eé]s?$/, /^a\|b$/, /^\x41\s[-b]$/]) {
    const reading = readForm(form);
    assert.ok(reading && form.test(reading.words), form.source);
  }
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
