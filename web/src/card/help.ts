// « Aide » under an error: offered when whoever frames the card knows a word that the error quotes.
//
// Out of JupyterLab nobody answers, and no button appears.

export interface Question {
  kind: "aide-ask" | "aide-open";
  words: string[];
}

const MOST_WORDS = 4;
const LONGEST = 40;

/** A question of a card, or null. */
export function readQuestion(data: unknown): Question | null {
  const from = data as Record<string, unknown> | null;
  if (typeof from !== "object" || from === null) return null;
  const { kind, words } = from;
  if ((kind !== "aide-ask" && kind !== "aide-open") || !Array.isArray(words)) return null;
  return { kind, words: words.filter((word): word is string => typeof word === "string" && word.length <= LONGEST).slice(0, MOST_WORDS) };
}

/** Names in guillemets, the last first: « Vouliez-vous dire » ends a sentence. */
export function quoted(text: string): string[] {
  return [...text.matchAll(/«[\s\u00a0]([\w$.]+)[\s\u00a0]»/g)].map((found) => found[1]!).reverse().slice(0, MOST_WORDS);
}

/** Ask about the words of an error; `offer` is called with a word that is known. */
export function askHelp(text: string, offer: (word: string, open: () => void) => void): void {
  const words = quoted(text);
  if (!words.length || parent === window) return;
  const hear = ({ source, data }: MessageEvent): void => {
    const known = data as { kind?: unknown; word?: unknown } | null;
    if (source !== parent || known?.kind !== "aide-known" || !words.includes(known.word as string)) return;
    removeEventListener("message", hear);
    const word = known.word as string;
    offer(word, () => parent.postMessage({ kind: "aide-open", words: [word] }, "*"));
  };
  addEventListener("message", hear);
  parent.postMessage({ kind: "aide-ask", words }, "*");
}
