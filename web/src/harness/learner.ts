// The learner's own functions and variables, and the clock of the page.
import { explainError } from "../french/errors.ts";
import { type PageError, ask, step } from "./bridge.ts";
import { Failure, Trouble } from "./failure.ts";
import { whereOf } from "./page.ts";
import { type Deep, decode, encode } from "./values.ts";

interface Reply {
  deep?: Deep;
  absent?: string; // typeof what is there instead
  thrown?: PageError;
  silent?: boolean;
}

function read(name: string, reply: Reply): unknown {
  if (reply.thrown) {
    const { message, advice } = explainError(reply.thrown.text);
    const details = { advice, where: whereOf(reply.thrown), found: reply.thrown.text };
    throw new Failure(`${name} s’arrête sur une erreur. ${message}`, details);
  }
  if (reply.silent) throw new Trouble(`${name} ne répond pas : sa promesse ne se termine jamais.`);
  return decode(reply.deep!);
}

function absent(name: string, kind: string): Failure {
  const nothing = kind === "undefined" || kind === "absent";
  return new Failure(nothing ? `La fonction ${name} n’existe pas.` : `${name} n’est pas une fonction.`, {
    expected: `function ${name}(…) { … }`,
    advice: "Vérifiez le nom de la fonction, lettre par lettre.",
  });
}

/** Call a function of the page and return its value. */
export function call(name: string, ...args: unknown[]): Promise<unknown> {
  return step(`call("${name}")`, true, async () => {
    const reply = await ask<Reply>("call", name, args.map(encode));
    if (reply.absent) throw absent(name, reply.absent);
    return read(`La fonction ${name}`, reply);
  });
}

/** Read a variable of the page. */
export function readGlobal(name: string): Promise<unknown> {
  return step(`global("${name}")`, false, async () => {
    const reply = await ask<Reply>("global", name);
    const advice = "Vérifiez son nom, lettre par lettre.";
    if (reply.absent) throw new Failure(`La variable ${name} n’existe pas.`, { advice });
    return read(`La variable ${name}`, reply);
  });
}

/** Animations follow the frames of the screen, not the clock of the page: move them by hand. */
function advanceAnimations(ms: number, before: Map<Animation, number>): void {
  for (const animation of document.getAnimations()) {
    const start = before.get(animation);
    if (start !== undefined && animation.playState === "running") animation.currentTime = start + ms;
  }
}

export const clock = {
  /** Let this many ms pass at once. */
  advance(ms: number): Promise<void> {
    return step("clock.advance", true, async () => {
      const running = document.getAnimations().map((one): [Animation, number] => [one, Number(one.currentTime ?? 0)]);
      await ask("advance", ms);
      advanceAnimations(ms, new Map(running));
      await ask("settle");
    });
  },
};
