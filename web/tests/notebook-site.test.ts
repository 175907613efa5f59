import assert from "node:assert/strict";
import { test } from "node:test";

import { scriptsOf } from "../src/live/scripts.ts";
import { missingFrom, siteOf } from "../src/notebook/site.ts";

const NONE = new Map<string, null>();
const page = (name: string, body = ""): string => `<!-- ${name} -->\n${body}`;

test("a cell below replaces nothing of what the active cell sees", () => {
  const cells = [page("a.html", "un"), page("a.html", "deux")];
  assert.match(siteOf(cells, 0, NONE)!.files["a.html"]!.text!, /un/);
  assert.match(siteOf(cells, 1, NONE)!.files["a.html"]!.text!, /deux/);
});

test("a file of a cell below is there when no other has its name", () => {
  const cells = [page("a.html", '<link href="s.css" rel="stylesheet">'), "/* s.css */\np{}", "/* s.css */\nh1{}"];
  assert.match(siteOf(cells, 0, NONE)!.files["s.css"]!.text!, /p\{\}/);
});

test("a style sheet shows the page that uses it, directly or by another sheet", () => {
  const cells = [page("a.html", '<link href="base.css">'), "/* base.css */\n@import 'fin.css';", "/* fin.css */\np{}", page("b.html", "<p>")];
  assert.equal(siteOf(cells, 2, NONE)!.page, "a.html");
});

test("a test shows the page of its name, else the nearest above", () => {
  const cells = [page("a.html"), page("b.html"), "// a.test.js\ntest()", "// x.test.js\ntest()"];
  assert.equal(siteOf(cells, 2, NONE)!.page, "a.html");
  assert.equal(siteOf(cells, 3, NONE)!.page, "b.html");
});

test("a notebook without a page has no site", () => {
  assert.equal(siteOf(["# a.quiz.yaml\n- x", "/* s.css */\np{}"], 0, NONE), null);
});

test("files beside the notebook are wanted once, then used", () => {
  const cells = [page("a.html", '<img src="images/plat.png"><a href="https://exemple.fr/x.png">')];
  assert.deepEqual(missingFrom(siteOf(cells, 0, NONE)!), ["images/plat.png"]);
  const given = new Map([["images/plat.png", { type: "image/png", base64: "AA==" }]]);
  const site = siteOf(cells, 0, given)!;
  assert.equal(site.files["images/plat.png"]!.base64, "AA==");
  assert.deepEqual(missingFrom(site), []);
});

test("scripts are told from everything else of a page", () => {
  const of = (text: string) => scriptsOf({ page: "a.html", names: [], files: { "a.html": { type: "text/html", text } } });
  assert.equal(of("<p class='x'>un</p>"), "");
  assert.equal(of("<p>un</p><script>a()</script>"), of("<p>deux</p><script>a()</script>"));
  assert.notEqual(of("<p onclick='a()'>"), of("<p onclick='b()'>"));
});
