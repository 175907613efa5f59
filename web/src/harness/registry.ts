// test("phrase", [options], fn): what was asked for, and the verdict of each.
//
//     pass    the function came to its end
//     fail    an expect, a rejectIf or the learner's own function says no
//     error   anything else that was thrown, or an await that was forgotten
import { explainError } from "../french/errors.ts";
import { forgotten, hasActed, startTest } from "./bridge.ts";
import { FORGOTTEN } from "./expect.ts";
import { type Details, Failure, Trouble } from "./failure.ts";
import { whereInTest } from "./position.ts";

export interface Options {
  points?: number;
  page?: string;
  width?: number;
  height?: number;
  timeout?: number;
}

interface Test extends Required<Options> {
  phrase: string;
  run: () => unknown;
}

export interface Result extends Details {
  verdict: "pass" | "fail" | "error";
  message: string;
  acted: boolean;
}

const DEFAULTS = { points: 1, page: "", width: 1280, height: 800, timeout: 2000 };
const MAX_TIMEOUT = 10_000;

const tests: Test[] = [];

export function forget(): void {
  tests.length = 0;
}

export function test(phrase: string, options: Options | (() => unknown), run?: () => unknown): void {
  const given = typeof options === "function" ? {} : options;
  const work = typeof options === "function" ? options : run;
  if (typeof work !== "function") throw new Trouble(`Le test “${phrase}” n’a pas de fonction.`);
  const unknown = Object.keys(given).find((name) => !(name in DEFAULTS));
  if (unknown) throw new Trouble(`Le test “${phrase}” a une option inconnue : ${unknown}.`);
  const whole = { ...DEFAULTS, ...given };
  tests.push({ ...whole, timeout: Math.min(whole.timeout, MAX_TIMEOUT), phrase: String(phrase), run: work });
}

export const plan = (): object[] => tests.map(({ run: _, ...rest }) => rest);

/** Run a test; it never throws. */
export async function run(index: number): Promise<Result> {
  const chosen = tests[index];
  startTest();
  const thrown = chosen ? await attempt(chosen) : [new Trouble("Le fichier de test s’arrête avant ce test.")];
  return { ...verdict(thrown), acted: hasActed() };
}

/** Run tests one after the other, up to the first that acted on the page. */
export async function runAll(start: number, end: number): Promise<Result[]> {
  const results: Result[] = [];
  for (let index = start; index < end && !results.at(-1)?.acted; index++) results.push(await run(index));
  return results;
}

/** What a test throws, in a list; an empty list when it comes to its end. */
async function attempt({ run: work }: Test): Promise<unknown[]> {
  let thrown: unknown[] = [];
  try {
    await work();
  } catch (error) {
    thrown = [error];
  }
  const step = forgotten();
  if (!step) return thrown;
  const advice = `Écrivez await devant ${step.what}, et async devant la fonction du test.`;
  return [new Trouble(FORGOTTEN, { found: step.what, advice, where: whereInTest(step.at) })];
}

function verdict([error, ...rest]: unknown[]): Omit<Result, "acted"> {
  if (error === undefined && !rest.length) return { verdict: "pass", message: "" };
  if (error instanceof Failure) return { verdict: "fail", message: error.message, ...error.details };
  const where = whereInTest(error);
  if (error instanceof Trouble) return { verdict: "error", message: error.message, where, ...error.details };
  const { message, advice } = explainError(String(error));
  return { verdict: "error", message: `Ce test ne peut pas s’exécuter. ${message}`, advice, where, found: String(error) };
}
