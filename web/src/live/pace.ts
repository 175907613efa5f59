// When to show what is being typed: at once, unless a script is being typed or the last one never ended.
//
// Law: never two pages at the same time, and the last state typed is always the one shown in the end.
import type { Bundle } from "../card/site.ts";
import { scriptsOf } from "./scripts.ts";

export const SCRIPT_IDLE_MS = 400;
const LONGEST_LOAD_MS = 1500; // a page that has not loaded by then is replaced all the same

export class Pace {
  readonly #show: (bundle: Bundle) => void;
  #waiting: Bundle | undefined;
  #scripts = "";
  #endless = false;
  #loading = 0; // timer of the page that is loading
  #idle = 0;
  paused = false;

  constructor(show: (bundle: Bundle) => void) {
    this.#show = show;
  }

  /** A state of the site; `now` when the learner did not type it. */
  take(bundle: Bundle, now = false): void {
    this.#waiting = bundle;
    clearTimeout(this.#idle);
    const scripts = scriptsOf(bundle);
    if (now || (scripts === this.#scripts && !this.#endless)) this.#next();
    else if (scripts !== this.#scripts) this.#idle = window.setTimeout(() => this.#next(), SCRIPT_IDLE_MS);
  }

  /** The page that was shown has loaded. */
  loaded(): void {
    clearTimeout(this.#loading);
    this.#loading = 0;
    if (this.#waiting) this.take(this.#waiting);
  }

  /** A loop of the page had to be stopped: it runs again when its script changes, or when asked to. */
  endless(): void {
    this.#endless = true;
  }

  resume(): void {
    this.paused = false;
    if (this.#waiting) this.take(this.#waiting, true);
  }

  #next(): void {
    if (this.paused || this.#loading || !this.#waiting) return;
    const bundle = this.#waiting;
    this.#waiting = undefined;
    this.#scripts = scriptsOf(bundle);
    this.#endless = false;
    this.#loading = window.setTimeout(() => this.loaded(), LONGEST_LOAD_MS);
    this.#show(bundle);
  }
}
