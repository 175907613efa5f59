// Values with a form of their own: dates, times, numbers. What html-validate leaves alone.
//
// Law: only what the standard forbids.
import type { Finding } from "./findings.ts";
import type { Node, Tree } from "./tree.ts";

const DAY = "\\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])";
const HOUR = "(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,3})?)?";
const ZONE = "(?:Z|[+-](?:[01]\\d|2[0-3]):?[0-5]\\d)";
const UNIT = "\\d+(?:\\.\\d+)?\\s*[wdhms]";
const NUMBER = "-?(?:\\d+|\\d*\\.\\d+)(?:[eE][+-]?\\d+)?";
const whole = (...forms: string[]): RegExp => new RegExp(`^(?:${forms.join("|")})$`, "i");

const MOMENT = whole(
  DAY, "\\d{4,}", "\\d{4,}-(?:0[1-9]|1[0-2])", "(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])", "\\d{4,}-W\\d{2}", HOUR, ZONE,
  `${DAY}[T ]${HOUR}${ZONE}?`, "P(?=.)(?:\\d+W|(?:\\d+D)?(?:T(?=.)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d{1,3})?S)?)?)", `\\s*${UNIT}(?:\\s+${UNIT})*\\s*`,
);

/** Forms of the values of a field, by its type. */
const FIELDS: Record<string, RegExp> = {
  number: whole(NUMBER), range: whole(NUMBER), date: whole(DAY), time: whole(HOUR), month: whole("\\d{4,}-(?:0[1-9]|1[0-2])"),
  week: whole("\\d{4,}-W\\d{2}"), "datetime-local": whole(`${DAY}[T ]${HOUR}`), color: whole("#[\\da-f]{6}"),
};

function valueOf({ tag }: Node, wanted: string): string | null {
  return tag.attributes.find(({ name }) => name === wanted)?.value ?? null;
}

function checkField(node: Node, findings: Finding[]): void {
  const type = valueOf(node, "type")?.toLowerCase() ?? "";
  const form = FIELDS[type];
  if (!form) return;
  for (const { name, value, at } of node.tag.attributes) {
    if (!["value", "min", "max"].includes(name) || !value || form.test(value)) continue;
    const rule = type === "range" || type === "number" ? "field-value:number" : `field-value:${type}`;
    findings.push({ rule, at, values: { name, value, type } });
  }
}

function checkTime(node: Node, tree: Tree, findings: Finding[]): void {
  const written = valueOf(node, "datetime");
  const at = node.tag.attributes.find(({ name }) => name === "datetime")?.at ?? node.tag.at;
  if (written !== null && !MOMENT.test(written)) findings.push({ rule: "datetime-form", at, values: { value: written } });
  if (written !== null || node.children.length) return;
  const text = tree.texts.find(({ parent }) => parent === node)?.value.trim() ?? "";
  if (!MOMENT.test(text)) findings.push({ rule: "datetime-missing", at, values: { value: text } });
}

/** The values that do not have the form that their attribute asks for. */
export function checkValues(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  for (const node of tree.nodes.filter(({ foreign }) => !foreign)) {
    if (node.name === "input") checkField(node, findings);
    if (node.name === "time") checkTime(node, tree, findings);
  }
  return findings;
}
