// When the code of an editor is looked at: once it opens, after a pause in typing, and when its cell is run.
//
// Law: half a word is no mistake yet, so nothing new is said before the pause; an answer about older code is dropped.
import type { Diagnostic } from "../../diagnostics/catalogue.ts";
import type { Ask } from "./client.ts";
import type { Update, View } from "./codemirror.ts";
import type { Marks } from "./marks.ts";

const PAUSE = 700; // ms after the last key

export interface Watcher {
  update(change: Update): void;
  destroy(): void;
  look(): Promise<readonly Diagnostic[]>; // now; what is shown
}

/** Watch an editor; `others` is null for one whose code is not the learner's to correct. */
export function watch(view: View, marks: Marks, ask: Ask, others: () => string[] | null, said: (found: readonly Diagnostic[]) => void): Watcher {
  let timer = 0;
  let isAlive = true;
  const look = async (): Promise<readonly Diagnostic[]> => {
    clearTimeout(timer);
    const around = others();
    if (!around) return [];
    const source = view.state.doc.toString();
    const found = await ask(source, around);
    if (!isAlive || view.state.doc.toString() !== source) return [];
    const before = marks.shown(view.state).length;
    if (found.length || before) marks.show(view, found);
    if (found.length !== before) said(found);
    return found;
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => requestIdleCallback(() => void look()), PAUSE);
  };
  later();
  return {
    update: (change) => void (change.docChanged && later()),
    destroy(): void {
      isAlive = false;
      clearTimeout(timer);
    },
    look,
  };
}
