// Names of a script that are unknown, read too early, or may not change.
import type { Program } from "acorn";
import { nearest } from "../french/nearest.ts";
import { usesOf, type Binding, type Use } from "./js-scope.ts";
import { mark, type Mark, type Surroundings } from "./marks.ts";
import names from "./names.json" with { type: "json" };

const TESTS = "test expect rejectIf page user call global clock source codephenix";
const GLOBALS = new Set([...names.globals.split(" "), ...TESTS.split(" "), ..."undefined arguments globalThis window self event module require process".split(" ")]);
/** Those that beginners write. */
const USUAL = (
  "console document window alert confirm prompt Math JSON Array Object Number String Boolean Date Promise localStorage sessionStorage fetch " +
  "setTimeout setInterval clearTimeout clearInterval undefined parseInt parseFloat isNaN location navigator history URL FormData Map Set Error " +
  "requestAnimationFrame"
).split(" ");

function visible(use: Use): string[] {
  const found: string[] = [];
  for (let scope: Use["scope"] | null = use.scope; scope; scope = scope.parent) found.push(...scope.own.keys());
  return found;
}

function unknownName(use: Use, around: Surroundings): Mark | null {
  const { start, end } = use.node;
  const known = [...visible(use), ...around.names, ...USUAL];
  const same = known.find((one) => one.toLowerCase() === use.name.toLowerCase());
  const near = same ?? (use.name.length > 2 ? nearest(use.name, known) : "");
  const values = { name: use.name, near };
  if (use.isWrite) return near ? mark("js/name-near", start, end, values) : mark("js/undeclared", start, end, values);
  if (near) return mark("js/name-near", start, end, values);
  return around.isComplete ? mark("js/name-unknown", start, end, values) : null;
}

function isEarly(use: Use, binding: Binding): boolean {
  return /^(?:const|let|class)$/.test(binding.kind) && use.node.start < binding.at && use.scope.home === binding.scope.home;
}

/** Mistakes about names. */
export function checkNames(program: Program, around: Surroundings): Mark[] {
  const found: Mark[] = [];
  const said = new Set<string>();
  for (const use of usesOf(program).uses) {
    const binding = use.scope.find(use.name);
    const { start, end } = use.node;
    if (binding) {
      if (use.isWrite && binding.kind === "const") found.push(mark("js/const-changed", start, end, { name: use.name }));
      else if (isEarly(use, binding)) found.push(mark("js/name-early", start, end, { name: use.name }));
    } else if (!GLOBALS.has(use.name) && !around.names.has(use.name) && !use.isTypeof && !said.has(use.name)) {
      said.add(use.name);
      const unknown = unknownName(use, around);
      if (unknown) found.push(unknown);
    }
  }
  return found;
}
