// An entry of the reference, as web/aide.mjs writes it. Law: types and pure look-ups.

export interface Entry {
  id: string; // "elements/nav"
  group: string;
  name: string;
  label: string; // "élément HTML"
  purpose: string;
  example: string;
  mistake?: string;
  accessibility?: string;
  english?: string;
  initial?: string;
  values: [value: string, sentence: string][];
  inside?: string[];
}

interface StyleScene {
  for: string; // names, or "*"
  html: string;
  css: string;
  selector?: string;
  rules?: boolean; // for whole rules, not for declarations
}

export interface Scenes {
  invisible: string[];
  still: string[];
  around: Record<string, string>;
  pages: Record<string, string>;
  styles: StyleScene[];
  script: { html: string; functions: string; code: string; cases: { for: string; code: string }[] };
}

export interface Reference {
  entries: Entry[];
  scenes: Scenes;
}

export const SCRIPT = ["keywords", "globals", "members", "events"];

/** An element as a learner writes it. */
export const shown = ({ group, name }: Entry): string => (group === "elements" ? `<${name}>` : name);

/** The entry that a link means: an id, a name, or the end of a member's name; `groups` narrows, first ones first. */
export function resolve(entries: readonly Entry[], target: string, groups?: readonly string[]): Entry | undefined {
  const exact = entries.find(({ id }) => id === target);
  if (exact) return exact;
  const own = groups ? groups.flatMap((group) => entries.filter((entry) => entry.group === group)) : entries;
  return (
    own.find(({ name }) => name === target) ??
    own.find(({ group, name }) => group === "members" && name.endsWith(`.${target}`)) ??
    own.find(({ group, name }) => group === "attributes" && name.endsWith(` ${target}`))
  );
}
