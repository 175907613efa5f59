// Faults put into a source, by the parsers of each language.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mutate } from "../src/mutator/main.ts";

const cell = (code: string, open = "<!-- BEGIN SOLUTION -->", close = "<!-- END SOLUTION -->"): string =>
  `<!-- carte.html -->\n<!-- À vous : écrivez. -->\n${open}\n${code}\n${close}\n<!-- BEGIN STARTER\n<h6>x</h6>\nEND STARTER -->\n`;

const applied = (source: string, path = "carte.html"): Map<string, string> =>
  new Map(mutate(source, path).map(({ start, end, text, change }) => [change, source.slice(0, start) + text + source.slice(end)]));

const after = (made: Map<string, string>, change: string): string => {
  const found = made.get(change);
  assert.ok(found !== undefined, `no “${change}” among:\n${[...made.keys()].join("\n")}`);
  return found;
};

test("an element is dropped, renamed, or left open", () => {
  const source = cell("<h1>Pain <em>frais</em></h1>");
  const made = applied(source);
  assert.equal(after(made, "retirer <h1>Pain frais"), source.replace("<h1>Pain <em>frais</em></h1>", ""));
  assert.equal(after(made, "changer <h1>Pain frais en <h2>"), source.replace("<h1>", "<h2>").replace("</h1>", "</h2>"));
  assert.equal(after(made, "ne pas fermer <em>frais"), source.replace("</em>", ""));
});

test("an attribute is dropped, emptied, or given another value", () => {
  const source = cell('<p><img src="images/pain.png" alt="Un pain" width="240"></p>');
  const made = applied(source);
  assert.equal(after(made, 'retirer l’attribut alt="Un pain" de <img>'), source.replace(' alt="Un pain"', ""));
  assert.equal(after(made, 'vider l’attribut alt="Un pain" de <img>'), source.replace("Un pain", ""));
  assert.equal(after(made, 'changer l’attribut src="images/pain.png" de <img> en “images/pain-absent.png”'), source.replace("pain.png", "pain-absent.png"));
  assert.equal(after(made, 'changer l’attribut width="240" de <img> en “481”'), source.replace("240", "481"));
});

test("nothing outside the solution is touched, and the line is that of the cell", () => {
  const source = cell("<p>Un</p>\n<p>Deux</p>");
  const first = source.indexOf("<p>Un");
  const last = source.indexOf("<!-- END");
  for (const { start, end, line, change } of mutate(source, "carte.html")) {
    assert.ok(start >= first && end <= last, change);
    assert.equal(line, change.includes("Deux") ? 5 : 4, change);
  }
});

test("a style sheet loses declarations and rules, and its values change", () => {
  const source = "/* style.css */\n.carte { color: #c00; padding: 8px; }\n@media (min-width: 600px) { .carte:hover { display: flex; } }\n";
  const made = applied(source, "style.css");
  assert.equal(after(made, "retirer padding: 8px dans .carte"), source.replace("padding: 8px;", ""));
  assert.equal(after(made, "changer 8px de padding en 16px dans .carte"), source.replace("8px", "16px"));
  assert.equal(after(made, "changer #c00 de color en #123456 dans .carte"), source.replace("#c00", "#123456"));
  assert.equal(after(made, "changer flex de display en block dans .carte:hover"), source.replace("flex", "block"));
  assert.ok(after(made, "retirer la règle .carte").startsWith("/* style.css */\n\n@media"));
  assert.ok([...made.values()].some((text) => text.includes("max-width: 600px")));
});

test("what shows only after an action cannot be compared at rest", () => {
  const css = "/* style.css */\na { color: red; }\na:hover { color: blue; }\n@media print { a { color: black; } }\n";
  const comparable = (change: string): boolean => mutate(css, "style.css").find((made) => made.change === change)!.comparable;
  assert.equal(comparable("retirer color: red dans a"), true);
  assert.equal(comparable("retirer color: blue dans a:hover"), false);
  assert.equal(comparable("retirer color: black dans a"), false);
  assert.ok(mutate("// a.js\nlet a = 1 + 2;\n", "a.js").every((made) => !made.comparable));
});

test("a script gets other operators, values and conditions", () => {
  const source = "// panier.js\nfunction total(prix) {\n  if (prix > 10) prix = prix * 2;\n  return prix + 1;\n}\n";
  const made = applied(source, "panier.js");
  assert.equal(after(made, "changer + en - dans prix + 1"), source.replace("+", "-"));
  assert.equal(after(made, "changer prix > 10 en true"), source.replace("prix > 10", "true"));
  assert.equal(after(made, "changer > en >= dans prix > 10"), source.replace(">", ">="));
  assert.equal(after(made, "retirer la valeur de return prix + 1;"), source.replace("return prix + 1;", "return;"));
  assert.equal(after(made, "retirer prix = prix * 2;"), source.replace("prix = prix * 2;", ";"));
});

test("styles and scripts inside a page are read by their own parsers", () => {
  const source = cell('<style>p { color: red; }</style>\n<p style="margin: 4px">Oui</p>\n<script>let n = 2;</script>');
  const made = applied(source);
  assert.equal(after(made, "changer red de color en purple dans p"), source.replace("red", "purple"));
  assert.equal(after(made, "changer 4px de margin en 8px"), source.replace("4px", "8px"));
  assert.equal(after(made, "changer 2 en 3"), source.replace("n = 2", "n = 3"));
});

test("a source that cannot be read, or of another language, gives no mutant", () => {
  assert.deepEqual(mutate("// a.js\nlet = = ;\n", "a.js"), []);
  assert.deepEqual(mutate("plats", "plats.txt"), []);
});
