// The pure parts of the card: addresses, sources made loadable, scripts made safe, messages read.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { rewriteHtml, rewriteValue } from "../src/card/compose.ts";
import { tagsOf } from "../src/card/html.ts";
import { readMessage } from "../src/card/messages.ts";
import { rewriteImports, tame } from "../src/card/script.ts";
import { resolve, Site } from "../src/card/site.ts";
import { rewriteCss } from "../src/card/style.ts";

const PNG = { type: "image/png", base64: "AA==" };
const URL_OF_PNG = "data:image/png;base64,AA==";

function site(texts: Record<string, string> = {}): { site: Site; missing: string[] } {
  const missing: string[] = [];
  const types: Record<string, string> = { html: "text/html", css: "text/css", js: "text/javascript" };
  const files = Object.entries(texts).map(([path, text]) => [path, { type: types[path.split(".").at(-1)!]!, text }] as const);
  const bundle = { page: "index.html", names: [], files: { "a.png": PNG, "img/b.png": PNG, ...Object.fromEntries(files) } };
  return { site: new Site(bundle, (path) => missing.push(path)), missing };
}

for (const [base, address, path] of [
  ["index.html", "style.css", "style.css"],
  ["pages/a.html", "../img/b.png", "img/b.png"],
  ["pages/a.html", "/a.png?v=1#x", "a.png"],
  ["pages/a.html", "./b.html", "pages/b.html"],
  ["index.html", "menu/", "menu/index.html"],
  ["index.html", "un%20deux.png", "un deux.png"],
  ["index.html", "../a.png", null],
  ["index.html", "https://exemple.fr/a.png", null],
  ["index.html", "//exemple.fr", null],
  ["index.html", "data:,x", null],
  ["index.html", "#haut", null],
  ["index.html", "a\\b.png", null],
  ["index.html", "%E0%A4%A.png", "%E0%A4%A.png"],
] as const) {
  test(`${address} in ${base} is ${path}`, () => assert.equal(resolve(base, address), path));
}

test("only addresses change in a page", () => {
  const source = "<!-- a --><P>\n<IMG alt='x>y' SRC=a.png\n class=c>\n<!-- <img src=a.png> --><a href=a.png>x</a>";
  const expected = source.replace("SRC=a.png", `src="${URL_OF_PNG}"`);
  assert.equal(rewriteHtml(site().site, "index.html", source), expected);
});

test("every line keeps its number", () => {
  const files = { "s.css": "p {\n}\n", "s.js": "a\nb\n", "b.html": "x\ny" };
  const source = '<link rel="stylesheet" href="s.css">\n<script src="s.js"></script>\n<iframe src="b.html"></iframe>\n<b>';
  const page = rewriteHtml(site(files).site, "index.html", source);
  assert.match(page.split("\n").at(-1)!, /<b>$/);
});

test("a broken source is left as it is", () => {
  for (const source of ["<", "<a", '<img src="a.png', "<!-- <img src=a.png>", "</", "<img src=>", "<script>", "<a b='"]) {
    assert.equal(rewriteHtml(site().site, "index.html", source).replace(`src="${URL_OF_PNG}"`, 'src="a.png'), source);
  }
});

test("tags in comments, in texts and in scripts are not tags", () => {
  const names = tagsOf("<!--<a>--><title><b></title><script>'<i>'</script ><textarea><u></textarea><p>").map((tag) => tag.name);
  assert.deepEqual(names, ["title", "script", "textarea", "p"]);
});

test("entities of an attribute are read", () => {
  assert.equal(tagsOf('<a href="?a=1&amp;b=&quot;">')[0]!.attributes[0]!.value, '?a=1&b="');
});

test("srcset keeps its sizes", () => {
  const value = rewriteValue(site().site, "index.html", "img", "srcset", "a.png 1x, img/b.png 480w,absent.png");
  assert.equal(value, `${URL_OF_PNG} 1x, ${URL_OF_PNG} 480w,absent.png`);
});

test("a missing file is reported, an outside one is not", () => {
  const { site: one, missing } = site();
  rewriteHtml(one, "pages/a.html", '<img src="x.png"><img src="https://exemple.fr/y.png"><a href="z.html">');
  assert.deepEqual(missing, ["pages/x.png"]);
});

test("addresses of a style sheet are found, comments are not touched", () => {
  const css = "/* url(a.png) */ a { background: URL( 'a.png' ), url(#g), url(data:,) }";
  assert.equal(rewriteCss(site().site, "s.css", css), css.replace("URL( 'a.png' )", `url("${URL_OF_PNG}")`));
});

test("style sheets that import each other end", () => {
  const { site: one } = site({ "a.css": '@import "b.css";', "b.css": '@import "a.css"; p { color: red }' });
  assert.match(decodeURIComponent(decodeURIComponent(one.dataUrl("a.css"))), /color: red/);
});

test("a data address leads back to its file", () => {
  const { site: one } = site({ "s.js": "1" });
  assert.equal(one.pathOf(one.dataUrl("s.js")), "s.js");
  assert.equal(one.pathOf("data:,autre"), null);
});

for (const [code, tamed] of [
  ["while (a) b", "while (__loop(),a) b"],
  ["do {} while(a)", "do {} while(__loop(),a)"],
  ["for (let i = 0; i < 3; i++) {}", "for (let i = 0;__loop(), i < 3; i++) {}"],
  ["for (;;) {}", "for (;__loop();) {}"],
  ["for (let i = (() => { a; b })(); ; ) ;", "for (let i = (() => { a; b })();__loop() ; ) ;"],
  ["for (const a of b) {}", "for (const a of b) {}"],
  ["'while (a)'; \"for (;;)\"; `while (a)`; // while (a)", "'while (a)'; \"for (;;)\"; `while (a)`; // while (a)"],
  ["/while (a)/.test(b); c = d / while_ (e)", "/while (a)/.test(b); c = d / while_ (e)"],
  ["a.while (b)", "a.while (b)"],
  ["for (", "for ("],
  ["location.href = 'a'", "__page.href = 'a'"],
  ["window.location = 'a'", "window.__page = 'a'"],
  ["location.assign(a)", "__page.assign(a)"],
  ["if (location.href == a) b(location.search)", "if (location.href == a) b(location.search)"],
  ["let location = 'x'; location.replace(a, b)", "let location = 'x'; location.replace(a, b)"],
  ["user.location = 'x'", "user.location = 'x'"],
] as const) {
  test(`${code} becomes ${tamed}`, () => assert.equal(tame(code), tamed));
}

test("imports between files of the site are rewritten, others are not", () => {
  const { site: one } = site({ "js/b.js": "" });
  const code = "import { a } from './b.js';\nimport('./b.js');\nimport x from 'lib';\nexport * from \"./absent.js\"";
  const expected = code.replaceAll("./b.js", "site:js/b.js");
  assert.equal(rewriteImports(one, "js/a.js", code), expected);
});

test("a message is read field by field and cut", () => {
  const read = readMessage({ token: "t", kind: "line", level: "faux", text: "x".repeat(9999), path: 3, line: -1 }, "t");
  assert.deepEqual(read, { kind: "line", level: "log", text: `${"x".repeat(2000)}…`, path: "", line: 0, entries: {} });
});

test("a message of another shape or another page is refused", () => {
  for (const data of [null, undefined, 1, "line", [], {}, { kind: "line", text: "x" }, { token: "u", kind: "line" }, { token: "t", kind: "eval" }]) {
    assert.equal(readMessage(data, "t"), null);
  }
});

test("a store too large is refused whole", () => {
  const read = readMessage({ token: "t", kind: "store", text: "localStorage", entries: { a: "x".repeat(100_001) } }, "t");
  assert.deepEqual(read, { kind: "store", level: "log", text: "localStorage", path: "", line: 0, entries: {} });
});

test("French texts of the card use no-break spaces and curly apostrophes", () => {
  const files = ["template", "log", "card", "stage", "runtime/console", "runtime/links", "runtime/forms", "runtime/network"];
  for (const name of files) {
    const code = readFileSync(new URL(`../src/card/${name}.ts`, import.meta.url), "utf8").replace(/^\s*(\/\/|\/\*\*).*$/gm, "");
    assert.doesNotMatch(code, /« |[^\u00a0] »|[a-zé}]'[a-zé]/, name);
  }
});
