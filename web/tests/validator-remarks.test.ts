// What the standard allows refuses no page, and the editor remarks on it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../src/diagnostics/diagnose.ts";
import { position } from "../src/validator/findings.ts";
import { look, validateHtml } from "../src/validator/validate.ts";
import { pages } from "./pages.ts";

const REMARKS = pages("remarks");

for (const { name, source, wanted } of REMARKS) {
  test(`remarked: ${name}`, () => {
    assert.deepEqual(validateHtml(source, "page.html"), []);
    const told = look(source).remarks.map(({ rule, at, values }) => `${rule} ${values["name"] ?? ""} ${position(source, at).line}`);
    assert.deepEqual(told, wanted);
  });
}

test("every element whose end tag may be left out is remarked", () => {
  const told = new Set(REMARKS.flatMap(({ wanted }) => wanted.map((one) => one.split(" ")[1])));
  for (const name of "html head body p li dt dd rt option optgroup tr td th thead tbody tfoot colgroup caption".split(" ")) assert.ok(told.has(name), name);
});

test("in the editor a remark is no mistake, and says that the element is not closed", () => {
  const source = "<table>\n<tr><th>Jour</th><th>Heure</tr>\n</table>";
  const [one, ...others] = diagnose(source, []);
  assert.deepEqual(others, []);
  assert.equal(one!.isRemark, true);
  assert.equal(source.slice(one!.from, one!.to), "<th>");
  assert.equal(one!.message, "L’élément <th> ouvert ligne 2 n’est pas fermé.");
  assert.match(one!.advice, /ajoutez <\/th> à la fin de la cellule\.$/);
  assert.equal(diagnose("<h1>Titre", [])[0]!.isRemark, undefined);
});

test("nothing is remarked in a page whose tags cannot be read or are crossed", () => {
  for (const source of ["<ul><li>Un<li>Deux</ul>\n<p class=\"a>Oui</p>", "<ul><li>Un<li>Deux</ul>\n<p><b>Oui</p></b>"]) {
    const { findings, remarks } = look(source);
    assert.deepEqual([findings.length, remarks.length], [1, 0], source);
  }
});
