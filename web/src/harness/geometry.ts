// expect(locator): where an element is and how large, in px.
import { other } from "./elements.ts";
import type { Locator } from "./locator.ts";
import type { Matchers, Outcome } from "./matcher.ts";
import { agree } from "./nouns.ts";
import { px } from "./texts.ts";

const SLACK = 1; // px; browsers round

function sized(side: "width" | "height", label: string) {
  return (locator: Locator, who: string, size: number, tolerance = SLACK): Outcome => {
    const found = locator.box[side];
    return {
      pass: Math.abs(found - size) <= tolerance,
      fails: `${who} n’a pas la ${label} attendue.`,
      holds: `${who} a encore cette ${label}.`,
      expected: tolerance > SLACK ? `${px(size)}, à ${px(tolerance)} près` : px(size),
      found: px(found),
      where: locator.where,
    };
  };
}

/** Inner edges of the parent: without its borders and paddings. */
function inside(parent: Element): { left: number; right: number } {
  const box = parent.getBoundingClientRect();
  const style = getComputedStyle(parent);
  const side = (name: string): number => parseFloat(style.getPropertyValue(name)) || 0;
  return {
    left: box.left + side("border-left-width") + side("padding-left"),
    right: box.right - side("border-right-width") - side("padding-right"),
  };
}

function toBeCentered(locator: Locator, who: string, tolerance = 2): Outcome {
  const element = locator.element;
  const box = element.getBoundingClientRect();
  const parent = inside(element.parentElement ?? document.documentElement);
  const [left, right] = [box.left - parent.left, parent.right - box.right];
  const middle = px(Math.max(0, (left + right) / 2));
  return {
    pass: Math.abs(left - right) <= tolerance,
    fails: `${who} n’est pas ${agree("centré", locator.noun)}.`,
    holds: `${who} est ${agree("centré", locator.noun)}.`,
    expected: `${middle} de chaque côté`,
    found: `${px(left)} à gauche, ${px(right)} à droite`,
    where: locator.where,
  };
}

type Box = DOMRect;
interface Relation {
  holds: (a: Box, b: Box) => boolean;
  words: string; // between the two
  gap: (a: Box, b: Box) => string;
}

const RELATIONS: Record<string, Relation> = {
  toBeInside: {
    words: "dans",
    holds: (a, b) =>
      a.left >= b.left - SLACK && a.right <= b.right + SLACK && a.top >= b.top - SLACK && a.bottom <= b.bottom + SLACK,
    gap: (a, b) => overflow(a, b),
  },
  toBeAbove: {
    words: "au-dessus de",
    holds: (a, b) => a.bottom <= b.top + SLACK,
    gap: (a, b) => `son bas est ${px(a.bottom - b.top)} trop bas`,
  },
  toBeBelow: {
    words: "au-dessous de",
    holds: (a, b) => a.top >= b.bottom - SLACK,
    gap: (a, b) => `son haut est ${px(b.bottom - a.top)} trop haut`,
  },
  toBeLeftOf: {
    words: "à gauche de",
    holds: (a, b) => a.right <= b.left + SLACK,
    gap: (a, b) => `son bord droit est ${px(a.right - b.left)} trop à droite`,
  },
  toBeRightOf: {
    words: "à droite de",
    holds: (a, b) => a.left >= b.right - SLACK,
    gap: (a, b) => `son bord gauche est ${px(b.right - a.left)} trop à gauche`,
  },
};

function overflow(a: Box, b: Box): string {
  const sides = {
    "à gauche": b.left - a.left,
    "à droite": a.right - b.right,
    "en haut": b.top - a.top,
    "en bas": a.bottom - b.bottom,
  };
  const out = Object.entries(sides).filter(([, size]) => size > SLACK);
  return out.length ? `il dépasse de ${out.map(([side, size]) => `${px(size)} ${side}`).join(", ")}` : "il est dedans";
}

/** "de le tableau" is "du tableau" */
const contract = (words: string): string => words.replace(/\bde le /, "du ").replace(/\bde les /, "des ");

function related(name: string) {
  const { words, holds, gap } = RELATIONS[name]!;
  return (locator: Locator, who: string, next: Locator): Outcome => {
    const second = other(next, name);
    const [a, b] = [locator.element.getBoundingClientRect(), second.element.getBoundingClientRect()];
    const place = contract(`${words} ${second.subject}`);
    const pass = holds(a, b);
    return {
      pass,
      fails: `${who} n’est pas ${place}.`,
      holds: `${who} est ${place}.`,
      expected: place,
      found: pass ? place : gap(a, b),
      where: locator.where,
    };
  };
}

export const geometryMatchers: Matchers<Locator> = {
  toHaveWidth: sized("width", "largeur"),
  toHaveHeight: sized("height", "hauteur"),
  toBeCentered,
  ...Object.fromEntries(Object.keys(RELATIONS).map((name) => [name, related(name)])),
};
