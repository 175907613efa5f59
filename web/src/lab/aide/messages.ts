// Errors of a preview card may open the panel: the card asks which of the words that it quotes is known, Lab answers.
//
// Law: a card runs beside a learner's page, so nothing of a message is trusted: a kind, and a few short texts that are
// looked up. The page itself, one frame deeper, is not listened to.
import { readQuestion } from "../../card/help.ts";
import { SCRIPT, type Entry } from "./entry.ts";

export interface Listener {
  find(target: string, groups: readonly string[]): Promise<Entry | undefined>;
  open(entry: Entry): void;
}

const isOurs = (source: MessageEventSource | null): boolean =>
  [...document.querySelectorAll("iframe")].some((frame) => frame.contentWindow === source);

export function listenToCards({ find, open }: Listener): void {
  const hear = async (event: MessageEvent): Promise<void> => {
    const question = readQuestion(event.data);
    if (!question || !isOurs(event.source)) return;
    for (const word of question.words) {
      const entry = await find(word, SCRIPT);
      if (!entry) continue;
      if (question.kind === "aide-open") open(entry);
      else (event.source as Window).postMessage({ kind: "aide-known", word }, "*");
      return;
    }
  };
  addEventListener("message", (event) => void hear(event));
}
