// Nothing is said about the course: every code cell of its lessons and exercises, solutions included, has no mistake.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { diagnose } from "../src/diagnostics/diagnose.ts";

interface Cell {
  cell_type: string;
  id: string;
  source: string | string[];
  metadata: { tags?: string[] };
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const paths = globSync(["source/**/*.ipynb", "course/**/*.ipynb"], { cwd: root }).filter((path) => !path.includes(".ipynb_checkpoints"));
const textOf = ({ source }: Cell): string => (Array.isArray(source) ? source.join("") : source);
const isBroken = ({ metadata }: Cell): boolean => metadata.tags?.includes("raises-exception") ?? false;

/** Lessons that show mistakes on purpose: exactly these are said, in the cell that shows them. */
const ON_PURPOSE: Record<string, string[]> = {
  "course/s02-texte-liens/05-attributs-entites.ipynb": ["html/unknown-tag"],
  "course/s02-texte-liens/06-valider.ipynb": ["html/crossed", "html/unknown-attribute:near"],
};

let judged = 0;
for (const path of paths.sort()) {
  test(`nothing is said about ${path}`, () => {
    const { cells } = JSON.parse(readFileSync(root + path, "utf8")) as { cells: Cell[] };
    const code = cells.filter((cell) => cell.cell_type === "code");
    const onPurpose: string[] = [];
    for (const cell of code.filter((one) => !isBroken(one))) {
      const others = code.filter((one) => one !== cell).map(textOf);
      const found = diagnose(textOf(cell), others).map((one) => [one.code, textOf(cell).slice(one.from, one.to), one.message]);
      judged += 1;
      if (found.length && path in ON_PURPOSE) onPurpose.push(...found.map(([rule]) => rule!));
      else assert.deepEqual(found, [], `${cell.id}\n${textOf(cell)}`);
    }
    assert.deepEqual(onPurpose, ON_PURPOSE[path] ?? []);
  });
}

test("the whole course was judged", () => {
  assert.ok(paths.length >= 50, `${paths.length} notebooks`);
  assert.ok(judged >= 400, `${judged} cells`);
});
