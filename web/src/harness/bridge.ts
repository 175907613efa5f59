// Questions to the Python side, and what it tells of the page: console, errors, requests, sources.
//
//     await ask("mouse", "click", 12, 40)   ->  codephenixAsk(JSON)  ->  …  ->  answer(id, {value}, news)
//
// Law: a promise given to a test knows whether it was awaited.
import { Trouble } from "./failure.ts";

declare const codephenixAsk: (message: string) => void;

export interface PageError {
  text: string;
  file: string;
  line: number;
  column: number;
}

export interface News {
  console: { level: string; text: string }[];
  errors: PageError[];
  requests: { url: string; path: string; status: number }[];
}

export interface Setting {
  name: string; // file of the tests
  path: string; // page that they open
  sources: Record<string, string>;
  paths: string[]; // every file of the site that the page can reach
}

export const told: News = { console: [], errors: [], requests: [] };
export const setting: Setting = { name: "", path: "", sources: {}, paths: [] };

export function learn(news: News): void {
  told.console.push(...news.console);
  told.errors.push(...news.errors);
  told.requests.push(...news.requests);
}

export function begin(given: Setting): void {
  Object.assign(setting, given);
}

/** The learner's text of a file; of the tested page when no path is given. */
export const sourceOf = (path?: string): string => (setting.sources[path ?? setting.path] ?? "").normalize("NFC");

type Answer = { value?: unknown; refused?: string };

const waiting = new Map<number, (answer: Answer) => void>();
let number = 0;

/** Ask the Python side for what cannot be done from inside the page. */
export function ask<T>(kind: string, ...args: unknown[]): Promise<T> {
  number += 1;
  const id = number;
  return new Promise<T>((resolve, reject) => {
    waiting.set(id, ({ value, refused }) => (refused ? reject(new Trouble(refused)) : resolve(value as T)));
    codephenixAsk(JSON.stringify({ id, kind, arguments: args }));
  });
}

export function answer(id: number, given: Answer, news: News): void {
  learn(news);
  waiting.get(id)?.(given);
  waiting.delete(id);
}

/** Promises handed out to the test, to find the ones that it forgot. */
const given = new Set<Step<unknown>>();

/** A promise that notes when it is awaited. */
class Step<T> extends Promise<T> {
  what = "";
  at = new Error(); // where the test made the call

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  override then<A = T, B = never>(
    resolved?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    given.delete(this as Step<unknown>);
    return super.then(resolved, rejected);
  }
}

let acted = false;

/** Whether the test changed the page: the next one gets a new page. */
export const hasActed = (): boolean => acted;

/** Note that the test changed the page. */
export function act(): void {
  acted = true;
}

export function startTest(): void {
  acted = false;
  given.clear();
}

/** The first asynchronous call that the test did not wait for. */
export function forgotten(): { what: string; at: Error } | undefined {
  return given.values().next().value;
}

/** Hand out an asynchronous call to the test. `acts`: it changes the page. */
export function step<T>(what: string, acts: boolean, work: () => Promise<T>): Promise<T> {
  acted ||= acts;
  const promise = new Step<T>((resolve, reject) => void work().then(resolve, reject));
  promise.what = what;
  Promise.prototype.then.call(promise, undefined, () => undefined); // a forgotten step fails in silence
  given.add(promise as Step<unknown>);
  return promise;
}
