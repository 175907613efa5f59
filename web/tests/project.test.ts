// The pure parts of projects: where they are, what they hold, what will not work from a stick, the archive.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";

import { absence } from "../src/card/absence.ts";
import { relative } from "../src/card/site.ts";
import { sentence } from "../src/lab/project/archive.ts";
import { Folder } from "../src/lab/project/folder.ts";
import { type Fault, findings } from "../src/project/findings.ts";
import { homeOf, LARGEST_SITE, refusal, rootOf } from "../src/project/place.ts";
import { type Entry, ProjectSite } from "../src/project/site.ts";
import { crc32, zip } from "../src/project/zip.ts";
import { PLAIN } from "../src/lab/translation.ts";

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

for (const [path, homes, root] of [
  ["projets/mon-site/index.html", ["projets/mon-site"], "projets/mon-site"],
  ["projets/mon-site/pages/contact.html", ["projets/mon-site"], "projets/mon-site"],
  ["projets/mon-site/blog/index.html", ["projets/mon-site/blog", "projets/mon-site"], "projets/mon-site"],
  ["projets/mon-site/contact.html", [], "projets/mon-site"],
  ["exercices/s05/site/index.html", ["exercices/s05/site", "exercices/s05", "exercices", ""], "exercices/s05/site"],
  ["submitted/ana/s05/site/a.html", ["submitted/ana/s05/site", "submitted/ana/s05"], "submitted/ana/s05/site"],
  ["essai.html", [""], ""],
] as const) {
  test(`the project of ${path} is ${root || "the top folder"}`, async () => {
    assert.equal(await rootOf(path, async (folder) => (homes as readonly string[]).includes(folder)), root);
  });
}

test("the page to open is index.html, else the first of the top folder", () => {
  assert.equal(homeOf(["z.html", "index.html", "a.html"]), "index.html");
  assert.equal(homeOf(["blog/a.html", "z.html", "b.html", "style.css"]), "b.html");
  assert.equal(homeOf(["blog/index.html"]), "blog/index.html");
  assert.equal(homeOf(["style.css"]), "");
});

test("files that the site cannot hold are told apart", () => {
  assert.equal(refusal("images/Photo.PNG", 10), null);
  assert.equal(refusal("images/été.png", 10), "name");
  assert.equal(refusal("mes images/a.png", 10), "name");
  assert.equal(refusal("a.bmp", 10), "type");
  assert.equal(refusal("a.png", 5_000_001), "size");
});

function siteOf(texts: Record<string, string>, sizes: Record<string, number> = {}): { site: ProjectSite; entries: Entry[]; read: string[] } {
  const read: string[] = [];
  const entries = Object.keys(texts).map((path) => ({ path, size: sizes[path] ?? texts[path]!.length, modified: "1" }));
  return { site: new ProjectSite(async ({ path }) => (read.push(path), bytes(texts[path]!))), entries, read };
}

test("a site holds its texts and its pictures, and knows the names of the rest", async () => {
  const { site, entries } = siteOf({ "index.html": "<h1>é", "a.png": "\u0001", "été.png": "x", "notes.docx": "x" });
  const bundle = await site.load(entries, "index.html");
  assert.deepEqual(bundle.files, { "index.html": { type: "text/html", text: "<h1>é" }, "a.png": { type: "image/png", base64: "AQ==" } });
  assert.deepEqual(bundle.refused, { "été.png": "name", "notes.docx": "type" });
  assert.deepEqual(bundle.names, ["a.png", "index.html", "notes.docx", "été.png"]);
});

test("what the page needs comes before the rest when there is no room for all", async () => {
  const texts = { "a.mp4": "x", "index.html": '<img src="z.png">', "z.png": "y" };
  const { site, entries } = siteOf(texts, { "a.mp4": 4_500_000, "z.png": 4_500_000 });
  const bundle = await site.load(entries, "index.html");
  assert.deepEqual(Object.keys(bundle.files).sort(), ["index.html", "z.png"]);
  assert.deepEqual(bundle.refused, { "a.mp4": "size" });
  assert.ok(LARGEST_SITE < 9_000_000);
});

test("a file is read again only when it has changed or is forgotten", async () => {
  const { site, entries, read } = siteOf({ "index.html": "a", "style.css": "b" });
  await site.load(entries, "index.html");
  await site.load(entries, "index.html");
  assert.deepEqual(read, ["index.html", "style.css"]);
  site.forget("index.html");
  entries[1]!.modified = "2";
  await site.load(entries, "index.html");
  assert.deepEqual(read.slice(2).sort(), ["index.html", "style.css"]);
});

test("a file that goes away while it is read is missing, and the others are there", async () => {
  const site = new ProjectSite(async ({ path }) => (path === "b.css" ? Promise.reject(new Error("404")) : bytes("x")));
  const entries = ["index.html", "b.css"].map((path) => ({ path, size: 1, modified: "1" }));
  assert.deepEqual(Object.keys((await site.load(entries, "index.html")).files), ["index.html"]);
});

test("a folder asks for nothing above itself, and knows what is inside", async () => {
  const asked: string[] = [];
  const child = (name: string, type = "file") => ({ name, path: `../${name}`, type, size: 1, last_modified: "1", content: null });
  const contents = {
    get: async (path: string) => {
      asked.push(path);
      const children = path === "p/site" ? [child(".."), child("../x"), child(".cache"), child("a.html"), child("css", "directory")] : [child("b.css")];
      return { ...child("x"), content: children };
    },
    fileChanged: { connect: () => true, disconnect: () => true },
  };
  const folder = new Folder(contents, "p/site");
  assert.deepEqual((await folder.list()).map(({ path }) => path), ["a.html", "css/b.css"]);
  assert.deepEqual(asked, ["p/site", "p/site/css"]);
  assert.equal(folder.inside("p/site/css/b.css"), "css/b.css");
  assert.equal(folder.inside("p/site"), "");
  assert.equal(folder.inside("p/site-2/a.html"), null);
});

for (const [file, text, fault, line, advice] of [
  ["pages/a.html", '\n<link rel="stylesheet" href="/css/style.css">', "absolute", 2, "../css/style.css"],
  ["index.html", '<a href="/index.html#bas">', "absolute", 1, "index.html#bas"],
  ["index.html", '<a href="/absent.html">', "absolute", 1, ""],
  ["index.html", '<img src="images\\plat.png">', "backslash", 1, "images/plat.png"],
  ["index.html", '<img src="C:\\Users\\plat.png">', "computer", 1, ""],
  ["index.html", '<img src="file:///plat.png">', "computer", 1, ""],
  ["index.html", '<img src="../plat.png">', "above", 1, ""],
  ["index.html", '<script src="https://exemple.fr/a.js">', "internet", 1, ""],
  ["index.html", '<img src="images/Plat.png">', "case", 1, "images/plat.png"],
  ["index.html", '<img srcset="images/plat.png 1x, images/grand.png 2x">', "missing", 1, ""],
  ["index.html", '<a href="pages/">', "folder", 1, "pages/index.html"],
  ["index.html", '<p style="background: url(/images/plat.png)">', "absolute", 1, "images/plat.png"],
  ["css/style.css", "p { }\n/* url(/x.png) */\np { background: url('/images/plat.png') }", "absolute", 3, "../images/plat.png"],
  ["css/style.css", '@import "/css/base.css";', "absolute", 1, ""],
  ["index.html", '<style>\nbody { background: url("absent.png") }</style>', "missing", 2, ""],
  ["index.html", '<script type="module" src="js/script.js"></script>', "module", 1, ""],
  ["js/script.js", "// fetch('a')\nconst x = fetch('plats.json');", "request", 2, ""],
  ["index.html", "<script>\n\nnew XMLHttpRequest()</script>", "request", 3, ""],
] as const) {
  test(`from a stick, ${JSON.stringify(text)} is told: ${fault}`, () => {
    const paths = ["index.html", "pages/a.html", "pages/index.html", "css/style.css", "images/plat.png", "js/script.js", file];
    const found = findings(new Map([[file, text]]), paths);
    assert.deepEqual(found.map((one) => [one.fault, one.file, one.line, one.advice]), [[fault as Fault, file, line, advice]]);
  });
}

test("nothing is said of what works from a stick", () => {
  const html =
    '<link rel="icon" href="images/plat.png"><a href="https://exemple.fr">x</a><a href="mailto:a@b.fr">x</a><a href="#haut">x</a>' +
    '<a href="pages/index.html?x#y">x</a><a href="">x</a><img src="data:image/png;base64,AA=="><script src="js/script.js"></script>' +
    '<!-- <img src="/x.png"> --><script type="module">const a = 1;</script>';
  const paths = ["index.html", "pages/index.html", "images/plat.png", "js/script.js", "css/style.css"];
  const texts = new Map([["index.html", html], ["css/style.css", "p { background: url(../images/plat.png) } /* /a */"], ["js/script.js", "refetch(1); x.prefetch();"]]);
  assert.deepEqual(findings(texts, paths), []);
});

test("a path from one file to another", () => {
  assert.equal(relative("index.html", "css/a.css"), "css/a.css");
  assert.equal(relative("a/b/c.html", "a/d/e.css"), "../d/e.css");
  assert.equal(relative("a/b.html", "a/c.html"), "c.html");
});

test("an archive holds the files, deflated or stored, with their sums", async () => {
  const text = "<p>é</p>\n".repeat(50);
  const picture = Uint8Array.from({ length: 40 }, (_, at) => (at * 37) & 255) as Uint8Array<ArrayBuffer>;
  const files = [["site/été.html", bytes(text)], ["site/a.png", picture], ["site/vide.css", bytes("")]] as const;
  const made = Buffer.from(await (await zip(files.map(([path, content]) => ({ path, bytes: content, modified: new Date(2026, 10, 26, 9, 30, 8) })))).arrayBuffer());
  let at = 0;
  for (const [path, content] of files) {
    assert.equal(made.readUInt32LE(at), 0x04034b50);
    const [method, sum, packed, size, length] = [made.readUInt16LE(at + 8), made.readUInt32LE(at + 14), made.readUInt32LE(at + 18), made.readUInt32LE(at + 22), made.readUInt16LE(at + 26)];
    assert.equal(made.toString("utf8", at + 30, at + 30 + length), path);
    const body = made.subarray(at + 30 + length, at + 30 + length + packed);
    assert.deepEqual(new Uint8Array(method ? inflateRawSync(body) : body), new Uint8Array(content));
    assert.deepEqual([size, sum], [content.length, crc32(content)]);
    at += 30 + length + packed;
  }
  assert.equal(made.readUInt32LE(at), 0x02014b50);
  assert.equal(crc32(bytes("123456789")), 0xcbf43926); // the check value of CRC-32
});

for (const [path, said, advice] of [
  ["images/plat.png", /introuvable/, /s’appelle « images\/Plat\.png »/],
  ["images/plot.png", /introuvable/, /Vouliez-vous dire « images\/Plat\.png »/],
  ["images\\Plat.png", /contient/, /« images\/Plat\.png »/],
  ["C:/plat.png", /ordinateur/, /Copiez/],
  ["/images/Plat.png", /commence par/, /« \.\.\/images\/Plat\.png »/],
  ["/plat.png", /commence par/, /depuis cette page/],
  ["../plat.png", /sort du dossier/, /Copiez/],
] as const) {
  test(`why ${path} does not load`, () => {
    const { text, advice: found } = absence(path, "pages/a.html", ["images/Plat.png"]);
    assert.match(text.replaceAll("\u00a0", " "), said);
    assert.match(found.replaceAll("\u00a0", " "), advice);
  });
}

test("every sentence of the projects is in the catalogue, and finds its values", () => {
  const catalogue = JSON.parse(readFileSync(new URL("../../codephenix/locale/fr_FR/LC_MESSAGES/codephenix.json", import.meta.url), "utf8")) as Record<string, string[]>;
  const folder = new URL("../src/lab/project/", import.meta.url);
  const source = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n");
  const keys = [...source.matchAll(/(?:__\(|FolderProblem\(|: |\? problem\.message : |, )("(?:[A-Z%][^"\\]|\\.)(?:[^"\\]|\\.)*[.…:”%\w)]")/g)].map(([, text]) => JSON.parse(text!) as string);
  const sentences = keys.filter((key) => /\s/.test(key) && !/^Accel/.test(key) && !source.includes(`description: ${JSON.stringify(key)}`));
  assert.ok(sentences.length > 25, `${sentences.length}`);
  const same = (text: string): string => [...text.matchAll(/%\d/g)].map(String).sort().join();
  const wrong = sentences.filter((key) => !catalogue[key]?.[0] || same(catalogue[key][0]!) !== same(key));
  assert.deepEqual(wrong, []);
  const trans = { __: (key: string, ...values: unknown[]) => PLAIN.load("x").__(catalogue[key]![0]!, ...values) };
  const said = sentence(trans, { fault: "absolute", file: "index.html", line: 3, address: "/css/a.css", advice: "css/a.css" });
  assert.equal(said.replaceAll("\u00a0", " "), "index.html, ligne 3 : « /css/a.css » commence par « / », la racine de l’ordinateur. Écrivez « css/a.css ».");
});
