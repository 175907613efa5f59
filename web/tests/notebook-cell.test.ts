import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { modeOf } from "../src/lab/language.ts";
import { readCell } from "../src/notebook/cell.ts";

interface Case {
  source: string;
  kind: string | null;
  name?: string;
  text?: string;
  mode: string;
}

const CASES = JSON.parse(readFileSync(new URL("../../tests/cells.json", import.meta.url), "utf8")) as Case[];

for (const { source, kind, name, text, mode } of CASES) {
  test(`the cell ${JSON.stringify(source)} is read as the kernel reads it`, () => {
    assert.deepEqual(readCell(source), kind === null ? null : { kind, name, text });
    assert.equal(modeOf(source), mode);
  });
}
