// « Ma progression » in the left side bar: asked for when it is looked at, and after each run of a cell while it is open.
import { lab } from "../container.ts";
import type { Signal, Tracker } from "../notebook.ts";
import { PLAIN, translatorToken, type Translator } from "../translation.ts";
import { addressOf } from "../returned.ts";
import type { Services } from "../verify.ts";
import type { Progress } from "./steps.ts";
import { ProgressView, STYLE } from "./view.ts";

interface App {
  restored: Promise<unknown>;
  commands: { execute(id: string, args: object): Promise<unknown> };
  shell: { add(widget: object, area: string, options: object): void; activateById(id: string): void };
}

const HOME = "cours/index.ipynb"; // the first page: contents and progress side by side

interface Side {
  id: string;
  isVisible: boolean;
  title: { caption: string; icon: unknown };
}

interface Actions {
  NotebookActions: { executed: Signal<unknown> };
  INotebookTracker: unknown;
}

const NOTHING: Progress = { steps: [], returned: [] };

async function ask({ ServerConnection }: Services): Promise<Progress> {
  const settings = ServerConnection.makeSettings();
  const response = await ServerConnection.makeRequest(`${settings.baseUrl}codephenix/progression`, {}, settings);
  return response.ok ? ((await response.json()) as Progress) : NOTHING;
}

export async function progressPlugin(): Promise<object> {
  const { INotebookTracker, NotebookActions } = await lab<Actions>("@jupyterlab/notebook");
  const services = await lab<Services>("@jupyterlab/services");
  const { Widget } = await lab<{ Widget: new (options: { node: HTMLElement }) => Side }>("@lumino/widgets");
  const { checkIcon } = await lab<{ checkIcon: unknown }>("@jupyterlab/ui-components");
  return {
    id: "codephenix:progress",
    description: "How far the learner is, in the side bar.",
    autoStart: true,
    requires: [INotebookTracker],
    optional: [await translatorToken()],
    activate: (app: App, tracker: Tracker, translator: Translator | null): void => {
      const trans = (translator ?? PLAIN).load("codephenix");
      const view = new ProgressView(
        trans,
        (path) => void app.commands.execute("docmanager:open", { path }),
        (week) => addressOf(services.ServerConnection.makeSettings().baseUrl, `retours/${week}/index.html`),
      );
      document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
      const refresh = async (): Promise<void> =>
        view.show(await ask(services).catch(() => NOTHING), tracker.currentWidget?.context.path ?? "");
      const widget = new (class extends Widget {
        onAfterShow(): void {
          void refresh();
        }
      })({ node: view.node });
      widget.id = "codephenix-progress";
      widget.title.caption = trans.__("My progress");
      widget.title.icon = checkIcon;
      app.shell.add(widget, "left", { rank: 300 });
      const atHome = (): void => {
        const panel = tracker.currentWidget;
        if (!panel) return;
        tracker.currentChanged.disconnect(atHome); // once: then the learner decides
        if (panel.context.path !== HOME) return;
        void Promise.all([app.restored, panel.context.ready]).then(() => {
          app.shell.activateById(widget.id); // not before: Lab would put its file browser in front
          panel.content.activate();
        });
      };
      tracker.currentChanged.connect(atHome);
      atHome();
      NotebookActions.executed.connect(() => widget.isVisible && setTimeout(() => void refresh(), 500)); // the kernel writes first
    },
  };
}
