// The harness: injected at document start in a world of its own, where the page cannot reach it.
//
//     begin(setting) -> the test file is evaluated -> plan() -> run(0), run(1), …
import { explainError } from "../french/errors.ts";
import { answer, begin, learn, type News, setting, sourceOf } from "./bridge.ts";
import { expect } from "./expect.ts";
import { rejectIf } from "./failure.ts";
import { call, clock, readGlobal } from "./learner.ts";
import { pose } from "./mockup.ts";
import { Page } from "./page.ts";
import { withoutComments } from "./position.ts";
import { forget, plan, run, runAll, test } from "./registry.ts";
import { resized, settle } from "./settle.ts";
import { signature } from "./signature.ts";
import { user } from "./user.ts";

/** A page of a run never sees what another left. */
function forgetOthers(): void {
  window.name = "";
  try {
    history.replaceState(null, ""); // an address that is opened again keeps it
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    // the empty page has none of them
  }
}

const source = Object.assign((path?: string): string => sourceOf(path), {
  withoutComments: (path: string = setting.path): string => withoutComments(sourceOf(path), path),
});

const codephenix = {
  begin(given: typeof setting): void {
    forget();
    begin(given);
  },
  plan,
  run(index: number, news: News): ReturnType<typeof run> {
    learn(news);
    return run(index);
  },
  runAll(start: number, end: number, news: News): ReturnType<typeof runAll> {
    learn(news);
    return runAll(start, end);
  },
  answer,
  settle,
  resized,
  signature,
  pose,
  explain: explainError,
};

if (window === window.top) {
  forgetOthers();
  const page = new Page();
  Object.assign(globalThis, { codephenix, test, expect, rejectIf, page, user, call, global: readGlobal, clock, source });
}
