// What every `expect` is made of: an outcome, said in French whichever way it goes.
import { step } from "./bridge.ts";
import { Failure } from "./failure.ts";

export interface Outcome {
  pass: boolean;
  fails: string; // said when it should hold and does not
  holds: string; // said under .not, when it should not hold and does
  expected?: string;
  found?: string;
  where?: string;
  advice?: string;
  failure?: Failure; // a better way to say that it fails
}

/** `who`: what is looked at, as it opens a sentence. */
export type Matcher<T> = (target: T, who: string, ...args: never[]) => Outcome | Promise<Outcome>;
export type Matchers<T> = Record<string, Matcher<T>>;
export type Expectation = Record<string, (...args: unknown[]) => unknown> & { not: Expectation };

const PLURALS = { "n’est pas ce": "ne sont pas ce", "n’a pas": "n’ont pas", "ne vient pas": "ne viennent pas", "ne contient pas": "ne contiennent pas" };

/** The verb follows a subject that the author of a test named in the plural: “Les dates ne sont pas ce qui est attendu.” */
function agreed(sentence: string): string {
  const verb = /^Les /.test(sentence) && /n’est pas ce|n’a pas|ne vient pas|ne contient pas/.exec(sentence)?.[0];
  return verb ? sentence.replace(verb, PLURALS[verb as keyof typeof PLURALS]) : sentence;
}

function judge(outcome: Outcome, negated: boolean): void {
  if (outcome.pass !== negated) return;
  const { fails, holds, expected = "", found = "", where = "", advice = "", failure } = outcome;
  if (failure && !negated) throw failure;
  throw new Failure(negated ? holds : agreed(fails), { expected: negated ? "" : expected, found, where, advice });
}

function bind<T>(matchers: Matchers<T>, asynchronous: string[], target: T, who: string, negated: boolean): Expectation {
  const check = (name: string) => (...args: unknown[]) => {
    const outcome = (): Outcome | Promise<Outcome> => matchers[name]!(target, who, ...(args as never[]));
    if (!asynchronous.includes(name)) return judge(outcome() as Outcome, negated);
    return step(`expect(…).${name}`, false, async () => judge(await outcome(), negated));
  };
  return Object.fromEntries(Object.keys(matchers).map((name) => [name, check(name)])) as Expectation;
}

/** What can be expected of a target; `asynchronous` names the matchers to wait for. */
export function expectation<T>(
  matchers: Matchers<T>,
  target: T,
  who: string,
  asynchronous: string[] = [],
): Expectation {
  const positive = bind(matchers, asynchronous, target, who, false);
  positive.not = bind(matchers, asynchronous, target, who, true);
  return positive;
}
