// The live preview in Lab: one panel beside the notebook, its command, its button, its tile.
//
// It opens by itself once per notebook, beside a lesson or an exercise that has a page, when there is room; a learner
// who closes it is not contradicted.
import { lab } from "../container.ts";
import { isWeb, type Panel, type Tracker } from "../notebook.ts";
import { PLAIN, translatorToken, type Translation, type Translator } from "../translation.ts";
import { frameDocument } from "./document.ts";
import { Follower } from "./follow.ts";
import type { Contents } from "./given.ts";
import { PreviewView } from "./view.ts";

export const COMMAND = "codephenix:preview";
const ROOM = 1200; // px of window from which the preview opens by itself
const CLOSED = "codephenix:preview-closed"; // in the browser, set while the learner wants no preview

interface LuminoWidget {
  id: string;
  title: { label: string; caption: string; closable: boolean };
  isAttached: boolean;
  isVisible: boolean;
  addClass(name: string): void;
  close(): void;
  dispose(): void;
  disposed: { connect(slot: () => void): void };
}

interface App {
  commands: {
    addCommand(id: string, options: object): unknown;
    addKeyBinding(options: object): unknown;
    execute(id: string): Promise<unknown>;
    notifyCommandChanged(id: string): void;
  };
  docRegistry: { addWidgetExtension(factory: string, extension: object): unknown };
  serviceManager: { contents: Contents };
  shell: { add(widget: object, area: string, options: object): void };
  restored: Promise<unknown>;
}

interface Parts {
  ToolbarButton: new (options: object) => { node: HTMLElement; pressed: boolean };
  Widget: new (options: { node: HTMLElement }) => LuminoWidget;
  base: string;
}

interface Launcher {
  add(item: object): unknown;
}

class LivePreview {
  changed: (open: boolean) => void = () => {};
  readonly #app: App;
  readonly #tracker: Tracker;
  readonly #parts: Parts;
  readonly #trans: Translation;
  #widget: LuminoWidget | undefined;
  #view: PreviewView | undefined;
  #follower: Follower | undefined;

  constructor(app: App, tracker: Tracker, parts: Parts, trans: Translation) {
    this.#app = app;
    this.#tracker = tracker;
    this.#parts = parts;
    this.#trans = trans;
    tracker.currentChanged.connect((_, panel) => this.#follow(panel));
  }

  get isOpen(): boolean {
    return Boolean(this.#widget?.isAttached);
  }

  toggle(): void {
    if (this.isOpen) {
      localStorage.setItem(CLOSED, "1");
      this.#widget!.close();
    } else {
      localStorage.removeItem(CLOSED);
      this.open();
    }
  }

  /** Open beside the current notebook; the notebook keeps the keyboard. */
  open(): void {
    const panel = this.#tracker.currentWidget;
    if (this.isOpen || !panel) return;
    this.#view = new PreviewView({
      document: () => frameDocument(this.#parts.base),
      trans: this.#trans,
      leave: () => this.#follower?.panel.content.activate(),
      empty: this.#trans.__("This notebook has no web page."),
    });
    this.#widget = this.#makeWidget(this.#view);
    this.#app.shell.add(this.#widget, "main", { mode: "split-right", ref: panel.id, activate: false });
    this.#follow(panel);
    this.#changed();
  }

  #makeWidget(view: PreviewView): LuminoWidget {
    const { Widget } = this.#parts;
    const widget = new (class extends Widget {
      onCloseRequest(): void {
        this.dispose();
      }
    })({ node: view.node });
    widget.id = "codephenix-preview";
    widget.title.label = this.#trans.__("Preview");
    widget.title.caption = this.#trans.__("The page, while you type");
    widget.title.closable = true;
    widget.disposed.connect(() => this.#closed());
    return widget;
  }

  #closed(): void {
    if (!this.#view) return;
    this.#view.close();
    this.#follower?.stop();
    this.#view = this.#widget = this.#follower = undefined;
    this.#changed();
  }

  #changed(): void {
    this.#app.commands.notifyCommandChanged(COMMAND);
    this.changed(this.isOpen);
  }

  #follow(panel: Panel | null): void {
    const view = this.#view;
    if (!view || !panel || panel === this.#follower?.panel) return;
    this.#follower?.stop();
    this.#follower = undefined;
    void panel.context.ready.then(() => {
      if (view !== this.#view || panel !== this.#tracker.currentWidget) return;
      if (!isWeb(panel.content.model)) return view.show(null);
      this.#follower = new Follower(panel, this.#app.serviceManager.contents, (bundle) => view.show(bundle));
    });
  }
}

/** Whether the preview opens by itself beside this notebook. */
export function opensAlone(path: string, sources: readonly string[], room: number): boolean {
  return room >= ROOM && /^(cours|exercices)\//.test(path) && sources.some((source) => /<\w/.test(source));
}

function codeOf(panel: Panel): string[] {
  return [...(panel.content.model?.cells ?? [])].filter(({ type }) => type === "code").map((cell) => cell.sharedModel.getSource());
}

export async function previewPlugin(): Promise<object> {
  const { INotebookTracker } = await lab<{ INotebookTracker: unknown }>("@jupyterlab/notebook");
  const { ILauncher } = await lab<{ ILauncher: unknown }>("@jupyterlab/launcher");
  const { ToolbarButton } = await lab<{ ToolbarButton: Parts["ToolbarButton"] }>("@jupyterlab/apputils");
  const { Widget } = await lab<{ Widget: Parts["Widget"] }>("@lumino/widgets");
  const { PageConfig } = await lab<{ PageConfig: { getOption(name: string): string } }>("@jupyterlab/coreutils");
  return {
    id: "codephenix:preview",
    description: "The live preview beside the notebook.",
    autoStart: true,
    requires: [INotebookTracker],
    optional: [await translatorToken(), ILauncher],
    activate: (app: App, tracker: Tracker, translator: Translator | null, launcher: Launcher | null): void => {
      const trans = (translator ?? PLAIN).load("codephenix");
      const parts = { ToolbarButton, Widget, base: PageConfig.getOption("fullLabextensionsUrl") };
      const preview = new LivePreview(app, tracker, parts, trans);
      const label = trans.__("Preview");
      app.commands.addCommand(COMMAND, {
        label,
        iconClass: "jp-Html5Icon",
        caption: trans.__("Show the page beside the notebook, while you type"),
        isToggled: () => preview.isOpen,
        isToggleable: true,
        execute: () => preview.toggle(),
      });
      app.commands.addKeyBinding({ command: COMMAND, keys: ["Accel Alt P"], selector: "body" });
      addButton(app, preview, parts, trans);
      launcher?.add({ command: COMMAND, category: "CodePhenix", rank: 10 });
      const start = async (panel: Panel): Promise<void> => {
        await Promise.all([panel.context.ready, app.restored]);
        if (panel !== tracker.currentWidget || localStorage.getItem(CLOSED) || !isWeb(panel.content.model)) return;
        if (opensAlone(panel.context.path, codeOf(panel), innerWidth)) preview.open();
      };
      tracker.currentChanged.connect((_, panel) => panel && void start(panel));
      if (tracker.currentWidget) void start(tracker.currentWidget);
    },
  };
}

function addButton(app: App, preview: LivePreview, { ToolbarButton }: Parts, trans: Translation): void {
  const buttons = new Set<InstanceType<typeof ToolbarButton>>();
  preview.changed = (open) => buttons.forEach((button) => (button.pressed = open));
  app.docRegistry.addWidgetExtension("Notebook", {
    createNew(panel: Panel): void {
      const button = new ToolbarButton({
        label: trans.__("Preview"),
        tooltip: trans.__("Show the page beside the notebook, while you type"),
        pressed: preview.isOpen,
        onClick: () => app.commands.execute(COMMAND),
      });
      buttons.add(button);
      panel.disposed.connect(() => void buttons.delete(button));
      panel.toolbar.insertAfter("cellType", "apercu", button);
    },
  });
}
