// Search in the reference: every word typed must be in a name, in the purpose or in the English word. Law: pure.
//
// Accents and capitals do not count. Best first: the name itself, its beginning, a word, a part of a word.
import type { Entry } from "./entry.ts";

export interface Index {
  entry: Entry;
  name: string;
  words: string[]; // of the name and of the English word
  purpose: string[];
}

export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("œ", "oe").replaceAll("’", "'");
}

const wordsOf = (text: string): string[] => fold(text).split(/[^\p{L}\p{N}:@&%-]+/u).filter(Boolean);

export function prepare(entries: readonly Entry[]): Index[] {
  return entries.map((entry) => ({
    entry,
    name: fold(entry.name),
    words: [...wordsOf(entry.name.replace(/[.]|::?(?=\w)/g, " ")), ...wordsOf(entry.english ?? "")],
    purpose: wordsOf(`${entry.purpose} ${entry.label}`),
  }));
}

/** 0 is best; Infinity does not match. */
function score({ name, words, purpose }: Index, word: string): number {
  if (name === word) return 0;
  if (name.startsWith(word)) return 1;
  if (words.includes(word)) return 2;
  if (words.some((one) => one.startsWith(word))) return 3;
  if (purpose.includes(word)) return 4;
  if (purpose.some((one) => one.startsWith(word))) return 5;
  return name.includes(word) ? 6 : Infinity;
}

/** Entries for what was typed, best first; none for an empty query. */
export function search(index: readonly Index[], query: string): Entry[] {
  const words = fold(query).replace(/[<>/()]/g, " ").split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return index
    .map((one, rank) => ({ one, rank, points: words.reduce((sum, word) => sum + score(one, word), 0) }))
    .filter(({ points }) => points < Infinity)
    .sort((a, b) => a.points - b.points || a.one.name.length - b.one.name.length || a.rank - b.rank)
    .map(({ one }) => one.entry);
}
