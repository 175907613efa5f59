// expect(value): a value that a test computed or got from the learner's code.
import { Trouble } from "./failure.ts";
import type { Matchers, Outcome } from "./matcher.ts";
import { formed, hasForm } from "./texts.ts";
import { equal, show } from "./values.ts";

function outcome(who: string, pass: boolean, expected: string, found: unknown): Outcome {
  return {
    pass,
    fails: `${who} n’est pas ce qui est attendu.`,
    holds: `${who} est encore ${show(found)}.`,
    expected,
    found: show(found),
  };
}

const toBe = (value: unknown, who: string, wanted: unknown): Outcome =>
  outcome(who, Object.is(value, wanted), kindly(wanted, value), value);

const toEqual = (value: unknown, who: string, wanted: unknown): Outcome =>
  outcome(who, equal(value, wanted), kindly(wanted, value), value);

/** 5 and “5” look alike: say which sort of value is wanted. */
function kindly(wanted: unknown, found: unknown): string {
  const [a, b] = [typeof wanted, typeof found];
  if (a === "number" && b === "string") return `le nombre ${show(wanted)}`;
  return a === "string" && b === "number" ? `le texte ${show(wanted)}` : show(wanted);
}

const toBeCloseTo = (value: number, who: string, wanted: number, digits = 2): Outcome =>
  outcome(who, Math.abs(value - wanted) < 10 ** -digits / 2, `environ ${show(wanted)}`, value);

const toBeGreaterThan = (value: number, who: string, limit: number): Outcome =>
  outcome(who, value > limit, `plus de ${show(limit)}`, value);

const toBeLessThan = (value: number, who: string, limit: number): Outcome =>
  outcome(who, value < limit, `moins de ${show(limit)}`, value);

const toMatch = (value: unknown, who: string, form: RegExp): Outcome =>
  outcome(who, typeof value === "string" && hasForm(value, form), formed(form), value);

function toContain(value: unknown, who: string, part: unknown): Outcome {
  const pass =
    typeof value === "string" ? value.includes(String(part))
    : value instanceof Set ? value.has(part)
    : Array.isArray(value) && value.some((item) => equal(item, part));
  return {
    ...outcome(who, pass, `une valeur qui contient ${show(part)}`, value),
    fails: `${who} ne contient pas ${show(part)}.`,
    holds: `${who} contient encore ${show(part)}.`,
  };
}

function toHaveLength(value: unknown, who: string, length: number): Outcome {
  const found = (value as { length?: unknown } | null)?.length;
  if (typeof length !== "number") throw new Trouble("toHaveLength attend un nombre.");
  return {
    ...outcome(who, found === length, `une longueur de ${length}`, value),
    fails: `${who} n’a pas la longueur attendue.`,
    found: found === undefined ? show(value) : `une longueur de ${show(found)}`,
  };
}

const toBeTruthy = (value: unknown, who: string): Outcome => outcome(who, Boolean(value), "une valeur vraie", value);

export const plainMatchers: Matchers<any> = {
  toBe, toEqual, toBeCloseTo, toBeGreaterThan, toBeLessThan, toMatch, toContain, toHaveLength, toBeTruthy,
};
