// Valid code that a beginner, a trainer or a project may write: nothing is said about it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../src/diagnostics/diagnose.ts";

const CSS = [
  ":root { --fond: #fff; --a: { x: y } }\nbody { color: var(--fond); margin: 0 auto; font: 1rem/1.5 system-ui, sans-serif }",
  ".carte { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: 1rem; grid-template-areas: \"a b\" \"c d\" }",
  ".carte { color: red; & > p { margin: 0 } &:hover { color: blue } .titre { top: 1px } > li { left: 0 } @media (width < 40rem) { color: green } }",
  "@media (min-width: 600px) and (max-width: 60em), print { p { color: red } }\n@media (400px <= width <= 700px) { a { color: red } }",
  "@font-face { font-family: \"Ma police\"; src: url(a.woff2) format(\"woff2\"); font-display: swap }",
  "@keyframes tourne { from { rotate: 0deg } 50%, 60% { opacity: .5 } to { transform: rotate(1turn) scale(1.2) } }",
  "@import \"a.css\";\n@layer base, page;\n@layer base { p { color: red } }\n@supports (display: grid) { p { color: red } }",
  "@container carte (min-width: 20rem) { p { color: red } }\n.a { container: carte / inline-size; aspect-ratio: 16 / 9 }",
  "a:not(.b):is(:hover, :focus-visible)::before { content: \"→ \" attr(href); inset: 0 auto auto 0 }\nli:nth-child(2n + 1 of .a) { color: red }",
  "p { color: rgb(0 0 0 / 50%); background: linear-gradient(to right, red 0%, #00f8 100%), url(\"a.png\") no-repeat center / cover }",
  "p { width: calc(100% - (2 * var(--a)) + 1px); height: clamp(1rem, 2vw + 1rem, 3rem); margin: calc(-1 * 2px) min(1px, 2em) }",
  "p { transition: color .2s ease-in-out, transform 1s cubic-bezier(.1, .7, 1, .1); animation: tourne 2s infinite alternate }",
  "p { color: color-mix(in oklch, red, blue 20%); color: oklch(70% .1 200); color: light-dark(#000, #fff); text-wrap: balance; color-scheme: light dark }",
  "p { line-height: 1.5; flex: 1 1 0; z-index: -1; order: 2; opacity: .5; font-weight: 700; margin: -1px; flex-flow: row wrap; place-items: center }",
  "ma-carte::part(a), svg circle, html|a, [data-a=\"b:c\"] > p + p ~ p { fill: red; stroke-width: 2 }\n@namespace html \"http://www.w3.org/1999/xhtml\";",
  "p { color: RED !IMPORTANT; -webkit-text-stroke: 1px red; -moz-appearance: none; box-shadow: inset 0 0 0 1px #0003, 0 1px 2px red }",
  "/* a { b */ p { content: \"}\"; background: url(data:image/png;base64,AA//BB=) }",
  "@page { size: A4; margin: 1cm } @property --a { syntax: \"<length>\"; inherits: false; initial-value: 0px }",
  "ul { list-style: none; padding-inline: 1em; columns: 2 10em; border: 1px solid; border-radius: 1px 2px / 3px; outline: none; cursor: pointer }",
  "dialog::backdrop, input::placeholder, :root:has(.a), :host(.b), ::slotted(p), details[open] { accent-color: red; scroll-behavior: smooth }",
  ".\\31 0 { color: red }\n.é-à { color: red }", "p { text-decoration: underline dotted red 2px; font-family: Arial, \"Open Sans\", sans-serif; overflow: hidden auto }",
];
const JS = [
  "const { a, b: [c, d = 2], ...e } = { a: 1, b: [1] };\nlet f = a ?? c;\nf ||= d;\nconsole.log(f, e);",
  "async function lire() { const r = await fetch(\"a.json\"); if (!r.ok) throw new Error(`x ${r.status}`); return r.json(); }\nlire().then(console.log, console.error);",
  "fetch(\"a.json\").then((r) => r.json()).then((data) => console.log(data)).catch((e) => console.error(e));",
  "class A extends HTMLElement { #x = 1; static y = 2; get z() { return this.#x; } connectedCallback() { this.textContent = A.y; } }\ncustomElements.define(\"a-a\", A);",
  "import { total } from \"./a.js\";\nexport default function f() { return total; }\nconst r = await fetch(\"a\");\nexport { r as s };",
  "for (const [nom, prix] of Object.entries({ a: 1 })) console.log(nom, prix);\nfor (var i = 0, n = 3; i < n; i++) { }\nlabel: while (true) { break label; }",
  "let m;\nwhile ((m = /a/g.exec(\"a\"))) { console.log(m); }\nif (typeof inconnu === \"undefined\") { console.log(1); }",
  "function dire() { return plus(); }\nfunction plus() { return MAX; }\nconst MAX = 3;\ndire();",
  "document.querySelector(\"form\").addEventListener(\"submit\", (event) => { event.preventDefault(); new FormData(event.target); });",
  "const make = () => () => 1;\nfunction faire() { return () => 1; }\nbutton.addEventListener(\"click\", faire());\nsetTimeout(make(), 3);\nvar button;",
  "switch (3) { case 1: case 2: { let a = 1; break; } default: let a = 2; }\ntry { JSON.parse(\"{\"); } catch { } finally { }",
  "const o = { a: 1, \"b-c\": 2, [\"d\"]: 3, e() { return arguments.length; }, get f() { return 1; }, set f(v) { }, ...{} };\nconsole.log(o.lengths, o.contents, o.click);",
  "(function self() { self; })();\nconst t = (s) => s.raw;\nt`a${1}b`;\nvoid 0, null;\nconst h = function g() { return g; };",
  "document.body.style.width = `${3}px`;\ndocument.body.style.zIndex = 3;\ndocument.body.style.setProperty(\"--a\", 1);\nconst x = document.getElementById(\"a\")?.value || \"défaut\";",
  "const p = new Promise((resolve) => setTimeout(resolve, 3));\np.then(() => { });\nconst d = Date(); const n = Number(\"3\"), s = String(n), b = Boolean(s), e = Error(b), l = Array(3), o = Object(l);",
  "window.total = 3;\nlocation.hash = \"a\";\nonload = () => { };\nname = \"a\";\ndocument.title = 'a';",
  "const jeu = document.querySelectorAll(\"p\").length;\nfor (;;) { break; }\nfor (let i = 0; i < 3; i++);\nif (jeu) { } else if (jeu === 3) { }",
  "const css = \".a { color: red; }\";\nconst html = \"<p>l'eau “oui” – non</p>\";\nconst r = /[“”]\\/(?<a>b)/u;\nconsole.log(css, html, r);",
];
const HTML = [
  "<style>p { color: red }</style>\n<p style=\"margin: 0; color: blue\">a</p>\n<script>const p = document.querySelector(\"p\"); p.remove();</script>",
  "<p style=\"--a: 1\" id=\"depart\">a</p>\n<script>depart.textContent = \"b\";</script>\n<script type=\"application/json\">{\"a\": 1}</script>\n<script type=\"module\">await 0;</script>",
  "<script>const a = 1;</script>\n<script>alert(a);</script>", "<p>a</p>\r\n<script>\r\nconst a = 1;\r\nalert(a);\r\n</script>\r\n",
];

for (const [kind, header, list] of [["css", "/* a.css */\n", CSS], ["js", "// a.js\n", JS], ["html", "", HTML]] as const) {
  list.forEach((source, rank) => {
    test(`valid ${kind} ${rank}`, () => {
      const text = header + source;
      assert.deepEqual(diagnose(text, []).map((one) => [one.code, text.slice(one.from, one.to)]), [], source);
    });
  });
}

test("a name that another cell makes is known", () => {
  assert.deepEqual(diagnose("// b.js\nalert(prix + total);", ["// a.js\nconst { prix, tva } = {};\nfunction total() {}"]), []);
  assert.equal(diagnose("// b.js\nalert(prix);", []).length, 1);
});

test("a page that loads a script from elsewhere makes unknown names possible", () => {
  assert.deepEqual(diagnose("// b.js\nzzyzxq();", ['<script src="lib.js"></script>']), []);
});

test("what is half typed never breaks the diagnostics", () => {
  const whole = ["<style>p { color: red }</style><p class=\"a\">b</p><script>if (a) { b(\"c\") }</script>", `/* a.css */\n${CSS[2]}`, `// a.js\n${JS[3]}`];
  for (const text of whole) for (let size = 1; size <= text.length; size++) {
    const part = text.slice(0, size);
    for (const { from, to } of diagnose(part, [])) assert.ok(0 <= from && from < to && to <= part.length, JSON.stringify([part, from, to]));
  }
});
