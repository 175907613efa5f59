// The names that a proposal of the completion list may be, once written at the cursor. Law: pure.
import { wordsAt, type Word } from "./word.ts";

/** Length of what is already written of a proposal before the cursor. */
export function writtenOf(proposal: string, before: string): number {
  const [name, text] = [proposal.toLowerCase(), before.toLowerCase()];
  for (let length = Math.min(name.length, text.length); length > 0; length--) {
    if (text.endsWith(name.slice(0, length))) return length;
  }
  return 0;
}

/** What a proposal would be at `at` in code of this extension, the likeliest first. */
export function suggested(code: string, at: number, proposal: string, language: string): Word[] {
  const start = at - writtenOf(proposal, code.slice(0, at));
  const rest = code.slice(at).replace(/^[\w$-]+/, ""); // the end of the word that it would replace
  const end = start + (/^[^\w$]*[\w$-]*/.exec(proposal)?.[0].length ?? 0);
  return wordsAt(code.slice(0, start) + proposal + rest, end, language);
}
