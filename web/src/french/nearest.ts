// Nearest known name to a misspelt one. Law: no suggestion rather than a far-fetched one.

/** Signs taken for one another on the screen: <hl> is <h1> more often than <dl>. */
const LOOK_ALIKE = new Set(["l1", "1l", "i1", "1i", "il", "li", "o0", "0o"]);

/** Two neighbours swapped, the commonest slip: <il> is <li> rather than <dl>. */
const SWAP = 0.75;

/** Edits (insert, delete, replace, swap two neighbours) between two names. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = a[i - 1] === b[j - 1] ? 0 : LOOK_ALIKE.has(a[i - 1]! + b[j - 1]!) ? 0.5 : 1;
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + swap);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + SWAP);
      row.push(best);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/** The closest of `known`, or "" when none is within one edit for three letters (letter case is free). */
export function nearest(name: string, known: readonly string[]): string {
  const wanted = name.toLowerCase();
  const allowed = Math.max(1, Math.floor(name.length / 3));
  let found = "";
  let best = allowed + 0.01;
  for (const candidate of known) {
    const edits = candidate === name ? best : distance(wanted, candidate.toLowerCase());
    if (edits < best) [found, best] = [candidate, edits];
  }
  return found;
}
