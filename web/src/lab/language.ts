// Each cell of a Web notebook is coloured, indented and closed in the language that its first comment names.
//
// Lab's own languages do the work (closing of tags and brackets included); here is only which one, and when.

import { languageOf, MEDIA_TYPES } from "../notebook/cell.ts";
import { lab } from "./container.ts";
import { isWeb, type CellModel, type NotebookModel, type Panel, type Tracker } from "./notebook.ts";

const MODES: Record<string, string> = {
  ".svg": "text/html",
  ".xml": "text/html",
  ".yaml": "text/x-yaml",
  ".txt": "text/plain",
  ".vtt": "text/plain",
  ".webmanifest": "application/json",
};

/** Media type under which Lab knows the language of a cell. */
export function modeOf(source: string): string {
  const extension = languageOf(source);
  return MODES[extension] ?? MEDIA_TYPES[extension] ?? "text/html";
}

function follow(model: CellModel): void {
  const update = (): void => {
    const mode = modeOf(model.sharedModel.getSource());
    if (model.mimeType !== mode) model.mimeType = mode;
  };
  model.contentChanged.connect(update);
  model.mimeTypeChanged.connect(update); // Lab gives every cell the language of the kernel, at each start
  update();
}

/** Follow the code cells of a notebook, those to come included. */
export function followCells(notebook: NotebookModel): void {
  const known = new WeakSet<CellModel>();
  const look = (): void => {
    for (const model of notebook.cells) {
      if (model.type !== "code" || known.has(model)) continue;
      known.add(model);
      follow(model);
    }
  };
  notebook.cells.changed.connect(look);
  look();
}

export async function languagePlugin(): Promise<object> {
  const { INotebookTracker } = await lab<{ INotebookTracker: unknown }>("@jupyterlab/notebook");
  return {
    id: "codephenix:language",
    description: "The language of a cell, from its first line.",
    autoStart: true,
    requires: [INotebookTracker],
    activate: (_app: unknown, tracker: Tracker): void => {
      const start = (panel: Panel): void =>
        void panel.context.ready.then(() => {
          if (panel.content.model && isWeb(panel.content.model)) followCells(panel.content.model);
        });
      tracker.forEach(start);
      tracker.widgetAdded.connect((_, panel) => start(panel));
    },
  };
}
