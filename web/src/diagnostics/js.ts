// Mistakes of a script: what keeps it from being read, else its names, then its habits.
import { parse, type Program } from "acorn";
import { checkHabits } from "./js-habits.ts";
import { checkNames } from "./js-names.ts";
import { explainStop, type Stop } from "./js-syntax.ts";
import { ALONE, type Mark, type Surroundings } from "./marks.ts";

/** Mistakes of a script; a test may wait and return where a script may not. */
export function checkScript(code: string, around: Surroundings = ALONE, isTest = false): Mark[] {
  const isModule = around.isModule || /^\s*(?:import\b(?!\s*\()|export\b)/m.test(code);
  let program: Program;
  try {
    program = parse(code, {
      ecmaVersion: "latest", sourceType: isModule ? "module" : "script", allowHashBang: true,
      allowAwaitOutsideFunction: isModule || isTest, allowReturnOutsideFunction: isTest,
    });
  } catch (error) {
    return [explainStop(code, error as Stop)];
  }
  return [...checkNames(program, around), ...checkHabits(program, code)];
}
