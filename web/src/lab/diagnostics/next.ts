// The mistake after the cursor, in the cells of a notebook from the active one on, then from the first.
import type { Diagnostic } from "../../diagnostics/catalogue.ts";
import type { Panel } from "../notebook.ts";
import type { View } from "./codemirror.ts";
import type { Marks } from "./marks.ts";

interface Cell {
  editor?: { editor?: View; focus(): void } | null;
}

interface Cells {
  widgets: readonly Cell[];
  activeCellIndex: number;
  mode: string;
}

export interface Next {
  view: View;
  mistake: Diagnostic;
  rank: number; // among the mistakes of the cell; 0 for a remark
  count: number;
}

/** Go to the cell of the next mistake; null when the notebook has none. */
export function nextMistake(panel: Panel, marks: Marks): Next | null {
  const notebook = panel.content as unknown as Cells;
  const { widgets, activeCellIndex, mode } = notebook;
  for (let step = 0; step <= widgets.length; step++) {
    const at = (activeCellIndex + step) % widgets.length;
    const cell = widgets[at];
    const view = cell?.editor?.editor;
    if (!cell || !view) continue;
    const found = marks.shown(view.state);
    const from = step || mode !== "edit" ? -1 : view.state.selection.main.head;
    const mistake = found.find((one) => one.from > from);
    if (!mistake) continue;
    const mistakes = found.filter((one) => !one.isRemark);
    notebook.activeCellIndex = at;
    notebook.mode = "edit";
    cell.editor?.focus();
    return { view, mistake, rank: mistakes.indexOf(mistake) + 1, count: mistakes.length };
  }
  return null;
}
