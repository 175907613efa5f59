// The sentences of the diagnostics: data only, in catalogue.json (CSS and JS) and in the validator's messages (HTML).
import { filled } from "../validator/french.ts";
import messages from "../validator/messages.json" with { type: "json" };
import own from "./catalogue.json" with { type: "json" };
import type { Mark } from "./marks.ts";

export interface Entry {
  what: string; // what happened, one sentence
  do: string; // what to do, one sentence
  bad: string; // a file with this mistake only
}

export interface Diagnostic {
  code: string;
  message: string;
  advice: string;
  from: number;
  to: number;
  isRemark?: boolean; // no mistake, but not what the course teaches
}

export const OWN: Record<string, Entry> = own;

const HTML: Record<string, string[]> = messages;

/** Key of the sentences of a mark: its own, or those of its family. */
export function entryOf(code: string): string {
  if (code in OWN) return code;
  const rule = code.slice("html/".length);
  return `html/${rule in HTML ? rule : rule.split(":")[0]}`;
}

/** The two sentences of a code, with blanks. */
export function sentencesOf(code: string): [what: string, advice: string] {
  const entry = OWN[code];
  if (entry) return [entry.what, entry.do];
  const [what, advice] = HTML[entryOf(code).slice("html/".length)] ?? HTML["engine-failure"]!;
  return [what!, advice!];
}

export function inFrench({ code, from, to, values, isRemark }: Mark, source: string): Diagnostic {
  const [what, advice] = sentencesOf(code).map((sentence) => filled(sentence, values, source, from));
  return { code: entryOf(code), message: what!, advice: advice!, from, to, ...(isRemark && { isRemark }) };
}
