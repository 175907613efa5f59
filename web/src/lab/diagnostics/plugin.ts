// Mistakes of the cells of a Web notebook: underlined while typing and on run, told one by one by F8.
import { languageOf } from "../../notebook/cell.ts";
import type { Diagnostic } from "../../diagnostics/catalogue.ts";
import { lab } from "../container.ts";
import { isWeb, type CellModel, type Panel, type Tracker } from "../notebook.ts";
import { PLAIN, translatorToken, type Translation, type Translator } from "../translation.ts";
import { asking, type Ask } from "./client.ts";
import type { StateModule, View, ViewModule } from "./codemirror.ts";
import { makeMarks, type Marks } from "./marks.ts";
import { nextMistake } from "./next.ts";
import { watch, type Watcher } from "./watch.ts";

export const COMMAND = "codephenix:next-mistake";
const LANGUAGES = new Set([".html", ".css", ".js", ".mjs"]);

interface App {
  commands: { addCommand(id: string, options: object): unknown; addKeyBinding(options: object): unknown };
}

interface Registry {
  addExtension(factory: object): void;
}

interface Actions {
  executionScheduled: { connect(slot: (sender: unknown, args: { cell: { model: CellModel } }) => void): void };
}

/** The code is the learner's to write: not locked, and not broken on purpose. */
function isJudged(model: CellModel): boolean {
  const grading = model.getMetadata("nbgrader") as { locked?: boolean } | undefined;
  const tags = model.getMetadata("tags") as string[] | undefined;
  const isLocked = grading?.locked === true || model.getMetadata("editable") === false;
  return !isLocked && !tags?.includes("raises-exception") && LANGUAGES.has(languageOf(model.sharedModel.getSource()));
}

/** Sources of the other code cells of the notebook of a cell; null when it is not to be judged. */
function othersOf(model: CellModel, tracker: Tracker): string[] | null {
  let found: string[] | null = null;
  tracker.forEach((panel) => {
    const notebook = panel.content.model;
    if (!notebook || !isWeb(notebook)) return;
    const cells = [...notebook.cells].filter((cell) => cell.type === "code");
    if (cells.includes(model)) found = cells.filter((cell) => cell !== model).map((cell) => cell.sharedModel.getSource());
  });
  return found && isJudged(model) ? found : null;
}

/** What a screen reader says, without the focus moving. */
function liveRegion(): (text: string) => void {
  const region = Object.assign(document.createElement("div"), { className: "cp-mistakes-said", role: "status" });
  region.setAttribute("aria-live", "polite");
  region.lang = "fr";
  region.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";
  document.body.append(region);
  return (text) => void (region.textContent = text);
}

class Diagnostics {
  readonly #tracker: Tracker;
  readonly #marks: Marks;
  readonly #ask: Ask;
  readonly #trans: Translation;
  readonly #say = liveRegion();
  readonly #watchers = new WeakMap<CellModel, Watcher>();

  constructor(tracker: Tracker, marks: Marks, ask: Ask, trans: Translation) {
    [this.#tracker, this.#marks, this.#ask, this.#trans] = [tracker, marks, ask, trans];
  }

  follow(view: View, model: CellModel): Watcher {
    const said = (found: readonly Diagnostic[]): void => {
      if (this.#tracker.currentWidget?.content.activeCell?.model === model) this.#say(this.#counted(found));
    };
    const watcher = watch(view, this.#marks, this.#ask, () => othersOf(model, this.#tracker), said);
    this.#watchers.set(model, watcher);
    return watcher;
  }

  /** A cell was run: what it still has is said at once. */
  async ran(model: CellModel): Promise<void> {
    const found = await this.#watchers.get(model)?.look();
    if (found?.length) this.#say(this.#counted(found));
  }

  next(panel: Panel | null): void {
    const next = panel && nextMistake(panel, this.#marks);
    if (!next) return this.#say(this.#trans.__("No mistake found."));
    const { view, mistake, rank, count } = next;
    this.#marks.tell(view, mistake);
    const line = view.state.doc.lineAt(mistake.from).number;
    const place = rank ? this.#trans.__("Mistake %1 of %2, line %3.", rank, count, line) : this.#trans.__("Remark, line %1.", line);
    this.#say(`${place} ${mistake.message} ${mistake.advice}`);
  }

  #counted(found: readonly Diagnostic[]): string {
    const count = found.filter(({ isRemark }) => !isRemark).length;
    if (!found.length) return this.#trans.__("No mistake found.");
    if (!count) return this.#trans.__("No mistake, but a remark in this cell: F8 tells it.");
    return count === 1 ? this.#trans.__("One mistake in this cell: F8 tells it.") : this.#trans.__("%1 mistakes in this cell: F8 tells them.", count);
  }
}

export async function diagnosticsPlugin(): Promise<object> {
  const [{ INotebookTracker, NotebookActions }, { IEditorExtensionRegistry }, { PageConfig }, state, view, token] = await Promise.all([
    lab<{ INotebookTracker: unknown; NotebookActions: Actions }>("@jupyterlab/notebook"),
    lab<{ IEditorExtensionRegistry: unknown }>("@jupyterlab/codemirror"),
    lab<{ PageConfig: { getOption(name: string): string } }>("@jupyterlab/coreutils"),
    lab<StateModule>("@codemirror/state"),
    lab<ViewModule>("@codemirror/view"),
    translatorToken(),
  ]);
  return {
    id: "codephenix:diagnostics",
    description: "Mistakes of a cell, in plain words, while typing and on run.",
    autoStart: true,
    requires: [INotebookTracker, IEditorExtensionRegistry],
    optional: [token],
    activate: ({ commands }: App, tracker: Tracker, registry: Registry, translator: Translator | null): void => {
      const trans = (translator ?? PLAIN).load("codephenix");
      const marks = makeMarks(state, view);
      const ask = asking(`${PageConfig.getOption("fullLabextensionsUrl")}/codephenix/static/diagnostics.js`);
      const diagnostics = new Diagnostics(tracker, marks, ask, trans);
      registry.addExtension({
        name: "codephenix:diagnostics",
        factory: ({ model }: { model: CellModel }) => {
          const isCell = model.type === "code";
          const own = isCell ? [...marks.extension, view.ViewPlugin.define((editor) => diagnostics.follow(editor, model))] : [];
          return { instance: () => own, reconfigure: () => null };
        },
      });
      NotebookActions.executionScheduled.connect((_, { cell }) => void diagnostics.ran(cell.model));
      commands.addCommand(COMMAND, { label: trans.__("Next mistake"), execute: () => diagnostics.next(tracker.currentWidget) });
      commands.addKeyBinding({ command: COMMAND, keys: ["F8"], selector: ".jp-Notebook" });
    },
  };
}
