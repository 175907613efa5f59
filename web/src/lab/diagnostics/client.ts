// Lab's side of the worker. Law: it is loaded at the first question, and a worker that fails says nothing.
import type { Diagnostic } from "../../diagnostics/catalogue.ts";
import type { Answer, Question } from "../../diagnostics/protocol.ts";

export type Ask = (source: string, others: string[]) => Promise<Diagnostic[]>;

/** Questions to a worker; `address` is where Lab serves its file. */
export function asking(address: string): Ask {
  const waiting = new Map<number, (found: Diagnostic[]) => void>();
  let worker: Worker | undefined;
  let last = 0;
  const start = (): Worker => {
    const made = new Worker(address);
    made.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      waiting.get(data.id)?.(data.found);
      waiting.delete(data.id);
    });
    made.addEventListener("error", () => {
      for (const answer of waiting.values()) answer([]);
      waiting.clear();
    });
    return made;
  };
  return (source, others) =>
    new Promise((resolve) => {
      worker ??= start();
      waiting.set(++last, resolve);
      worker.postMessage({ id: last, source, others } satisfies Question);
    });
}
