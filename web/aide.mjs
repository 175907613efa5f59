// The « Aide » panel's data: every entry of codephenix/data/reference and the pages around their examples, in one file.
import { parse } from "smol-toml";
import { readFile, writeFile } from "node:fs/promises";

const folder = new URL("../codephenix/data/reference/", import.meta.url);
const read = async (name) => parse(await readFile(new URL(`${name}.toml`, folder), "utf8"));

/** Write the file; an entry's id is its group and name, as in "elements/nav". */
export async function writeAide(path) {
  const entries = [];
  for (const [group, { file, table, label }] of Object.entries(await read("groups"))) {
    const rows = await read(file);
    for (const [name, row] of Object.entries(table ? rows[table] : rows)) {
      // A list keeps the order of values: an object of JSON would put numbers first.
      entries.push({ id: `${group}/${name}`, group, name, label, ...row, values: Object.entries(row.values ?? {}) });
    }
  }
  await writeFile(path, JSON.stringify({ entries, scenes: await read("scenes") }));
}
