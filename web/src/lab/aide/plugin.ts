// « Aide » in the left side bar: its tab, its button over a notebook, F1 on a word or a proposal, and the links #aide:nav.
import { languageOf } from "../../notebook/cell.ts";
import { lab } from "../container.ts";
import { isWeb, type CellWidget, type Panel, type Tracker } from "../notebook.ts";
import { PLAIN, translatorToken, type Translator } from "../translation.ts";
import type { Entry, Reference } from "./entry.ts";
import { listenToCards } from "./messages.ts";
import { AideView, STYLE } from "./view.ts";
import { followProposals } from "./proposals.ts";
import { suggested } from "./suggestion.ts";
import { wordsAt, type Word } from "./word.ts";

export const COMMAND = "codephenix:aide";
const ID = "codephenix-aide";

interface App {
  commands: {
    addCommand(id: string, options: object): unknown;
    addKeyBinding(options: object): unknown;
    execute(id: string): Promise<unknown>;
  };
  docRegistry: { addWidgetExtension(factory: string, extension: object): unknown };
  shell: { add(widget: object, area: string, options: object): void; activateById(id: string): void };
}

interface Side {
  id: string;
  title: { caption: string; icon: unknown };
}

interface Editor {
  getOffsetAt(position: object): number;
  getCursorPosition(): object;
  hasFocus(): boolean;
}

async function read(base: string): Promise<Reference> {
  const response = await fetch(`${base}/codephenix/static/aide.json`);
  if (!response.ok) throw new Error(`aide.json: ${response.status}`);
  return (await response.json()) as Reference;
}

interface Cursor {
  source: string;
  at: number;
  language: string;
}

/** Where the keyboard is in a cell of ours. */
function cursorOf(panel: Panel | null): Cursor | undefined {
  const cell = panel && isWeb(panel.content.model) ? (panel.content.activeCell as (CellWidget & { editor?: Editor }) | null) : null;
  if (cell?.model.type !== "code" || !cell.editor?.hasFocus()) return undefined;
  const source = cell.model.sharedModel.getSource();
  return { source, at: cell.editor.getOffsetAt(cell.editor.getCursorPosition()), language: languageOf(source) };
}

async function first(view: AideView, words: readonly Word[]): Promise<Entry | undefined> {
  for (const { name, groups } of words) {
    const entry = await view.find(name, groups);
    if (entry) return entry;
  }
  return undefined;
}

/** The entry of what is proposed, or else under the cursor of a cell; the word itself when there is none. */
async function looked(view: AideView, cursor: Cursor | undefined, proposal: string): Promise<Entry | string> {
  if (!cursor) return "";
  const { source, at, language } = cursor;
  const words = proposal ? suggested(source, at, proposal, language) : wordsAt(source, at, language);
  return (await first(view, words)) ?? (words.at(-1)?.name || proposal);
}

/** Links of lessons and of the kernel's help. */
function followLinks(open: (target: string) => void): void {
  const listen = (event: MouseEvent): void => {
    const link = (event.target as Element | null)?.closest?.("a[href*='#aide:']");
    const target = link && /#aide:(.+)$/.exec(link.getAttribute("href")!)?.[1];
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    try {
      open(decodeURIComponent(target));
    } catch {
      open(target); // a lone % in a link written by hand
    }
  };
  document.addEventListener("click", listen, true);
}

export async function aidePlugin(): Promise<object> {
  const { INotebookTracker } = await lab<{ INotebookTracker: unknown }>("@jupyterlab/notebook");
  const { ToolbarButton } = await lab<{ ToolbarButton: new (options: object) => object }>("@jupyterlab/apputils");
  const { PageConfig } = await lab<{ PageConfig: { getOption(name: string): string } }>("@jupyterlab/coreutils");
  const { Widget } = await lab<{ Widget: new (options: { node: HTMLElement }) => Side }>("@lumino/widgets");
  const { infoIcon } = await lab<{ infoIcon: unknown }>("@jupyterlab/ui-components");
  return {
    id: COMMAND,
    description: "The offline reference, in the side bar.",
    autoStart: true,
    requires: [INotebookTracker],
    optional: [await translatorToken()],
    activate: (app: App, tracker: Tracker, translator: Translator | null): void => {
      const trans = (translator ?? PLAIN).load("codephenix");
      const view = new AideView({
        trans,
        read: () => read(PageConfig.getOption("fullLabextensionsUrl")),
        leave: () => tracker.currentWidget?.content.activate(),
      });
      document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
      const widget = new (class extends Widget {
        onAfterShow(): void {
          void view.open();
        }
      })({ node: view.node });
      widget.id = ID;
      widget.title.caption = trans.__("Help of the course");
      widget.title.icon = infoIcon;
      app.shell.add(widget, "left", { rank: 310 });
      const open = async (find: Promise<Entry | string | undefined>): Promise<void> => {
        const found = await find; // before the panel takes the keyboard
        app.shell.activateById(ID);
        await view.open();
        if (typeof found === "object") view.show(found);
        else if (found) await view.ask(found);
        else view.focus();
      };
      const proposals = followProposals({
        trans,
        find: async (proposal) => {
          const cursor = cursorOf(tracker.currentWidget);
          return cursor && first(view, suggested(cursor.source, cursor.at, proposal, cursor.language));
        },
        open: (entry) => void open(Promise.resolve(entry)),
      });
      const lookUp = (): Promise<void> => {
        const found = looked(view, cursorOf(tracker.currentWidget), proposals.highlighted());
        proposals.close();
        return open(found);
      };
      addCommand(app, lookUp, trans.__("Help"), trans.__("Look up a name of HTML, CSS or JavaScript"));
      addButton(app, ToolbarButton, trans.__("Help"), trans.__("Look up a name of HTML, CSS or JavaScript"));
      followLinks((target) => void open(view.find(target).then((entry) => entry ?? target.replace(/^.*\//, ""))));
      listenToCards({ find: (target, groups) => view.find(target, groups), open: (entry) => void open(Promise.resolve(entry)) });
    },
  };
}

function addCommand(app: App, execute: () => unknown, label: string, caption: string): void {
  app.commands.addCommand(COMMAND, { label, caption, execute });
  app.commands.addKeyBinding({ command: COMMAND, keys: ["F1"], selector: "body" });
}

function addButton(app: App, ToolbarButton: new (options: object) => object, label: string, tooltip: string): void {
  app.docRegistry.addWidgetExtension("Notebook", {
    createNew(panel: Panel): void {
      const button = new ToolbarButton({ label, tooltip: `${tooltip} (F1)`, onClick: () => app.commands.execute(COMMAND) });
      panel.toolbar.insertAfter("verifier", "aide", button);
    },
  });
}
