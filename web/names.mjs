// Writes src/diagnostics/names.json: names that a stylesheet or a script may use, so that diagnostics never call one unknown.
//
//     node names.mjs
//
// From TypeScript's library files, and from the editor's own list of CSS; values are those that css-tree does not know.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import * as csstree from "css-tree";

const require = createRequire(import.meta.url);
const css = require("@vscode/web-custom-data/data/browsers.css-data.json");
const html = require("@vscode/web-custom-data/data/browsers.html-data.json");
const folder = fileURLToPath(new URL(`node_modules/@typescript/typescript-${process.platform}-${process.arch}/lib/`, import.meta.url));
const libraries = readdirSync(folder).filter((name) => /^lib\.(es|dom|decorators)/.test(name));
const source = libraries.map((name) => readFileSync(folder + name, "utf8")).join("\n");
const unique = (list) => [...new Set(list)].sort();

const globals = unique([...source.matchAll(/^declare (?:var|let|const|function|class) ([\w$]+)/gm)].map((found) => found[1]));
const map = (name) => [...(new RegExp(`interface ${name} \\{([^}]*)\\}`).exec(source)?.[1] ?? "").matchAll(/"([\w-]+)":/g)].map((f) => f[1]);
const tags = unique([...map("SVGElementTagNameMap"), ...map("MathMLElementTagNameMap"), ...html.tags.map(({ name }) => name)]);
const properties = unique([...css.properties.map(({ name }) => name), ...Object.keys(csstree.lexer.properties)]);
const plain = (list) => unique(list.map(({ name }) => name.replace(/^[:@]+/, "").replace(/\(.*/, "")));
const values = {};
for (const { name, values: own = [] } of css.properties) {
  const more = own.map((one) => one.name).filter((one) => /^[a-z-]+$/.test(one) && csstree.lexer.matchProperty(name, one).error);
  if (more.length) values[name] = more.join(" ");
}
const names = {
  globals: globals.join(" "), tags: tags.join(" "), properties: properties.join(" "),
  pseudos: plain([...css.pseudoClasses, ...css.pseudoElements]).join(" "),
  atRules: unique([...plain(css.atDirectives), ...Object.keys(csstree.lexer.atrules)]).join(" "), values,
};
writeFileSync(new URL("src/diagnostics/names.json", import.meta.url), `${JSON.stringify(names, null, 1)}\n`);
