// How far the learner is, as the server says it. Law: pure.

export interface Step {
  week: string;
  notebook: string;
  title: string;
  done: number;
  total: number;
}

/** What the server says: the steps, and the weeks that the trainer gave back. */
export interface Progress {
  steps: Step[];
  returned: string[];
}

export interface Week {
  name: string;
  steps: Step[];
  done: number; // exercises whose tests all passed
}

export const isDone = (step: Step): boolean => step.done >= step.total;

/** Steps by week, in their order. */
export function weeksOf(steps: readonly Step[]): Week[] {
  const weeks = new Map<string, Step[]>();
  for (const step of steps) weeks.set(step.week, [...(weeks.get(step.week) ?? []), step]);
  return [...weeks].map(([name, own]) => ({ name, steps: own, done: own.filter(isDone).length }));
}

/** The week to show first: that of the open notebook, or else the first that is not finished. */
export function currentWeek(weeks: readonly Week[], path: string): Week | undefined {
  const open = /^(?:exercices|cours)\/([^/]+)\//.exec(path)?.[1] ?? "";
  return weeks.find(({ name }) => name === open) ?? weeks.find(({ done, steps }) => done < steps.length) ?? weeks.at(-1);
}

/** "s01-premiere-page" -> "Semaine 1": a slug has no accents to show */
export function weekTitle(name: string): string {
  const number = /^s0*(\d+)(?:-|$)/.exec(name)?.[1];
  return number ? `Semaine ${number}` : name;
}
