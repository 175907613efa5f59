// The « Vérifier » button of a notebook: every test of the notebook at once, and what is left in a dialog.

import { lab } from "./container.ts";
import { type Saver, saveBeside } from "./saving.ts";

export interface Panel {
  toolbar: { insertAfter(at: string, name: string, widget: unknown): boolean };
  context: { path: string; save(): Promise<void> };
}

interface App extends Saver {
  docRegistry: { addWidgetExtension(factory: string, extension: object): unknown };
}

export interface Apputils {
  ToolbarButton: new (options: object) => { enabled: boolean };
  Dialog: { okButton(options: object): object; cancelButton(options: object): object };
  showDialog(options: object): Promise<{ button: { accept: boolean } }>;
}

export interface Services {
  ServerConnection: {
    makeSettings(): { baseUrl: string };
    makeRequest(url: string, init: object, settings: object): Promise<Response>;
  };
}

export interface Widgets {
  Widget: new (options: { node: HTMLElement }) => unknown;
}

interface Failed {
  raw_error: string;
}

const LATER = "La vérification n’a pas pu se faire. Enregistrez le notebook, puis recommencez.";

/** What the server answered, in sentences; its own errors are for its log. */
export function sentences(answer: { success?: boolean; value?: { failed?: Failed[] } | string }): string[] {
  if (!answer.success || typeof answer.value !== "object") return [LATER];
  const failed = answer.value.failed ?? [];
  return failed.length ? failed.map((cell) => cell.raw_error) : ["Tout est réussi. Bravo !"];
}

function body(texts: string[]): HTMLElement {
  const node = document.createElement("div");
  node.lang = "fr";
  for (const text of texts) {
    const part = document.createElement("pre");
    part.textContent = text;
    part.style.whiteSpace = "pre-wrap";
    part.style.font = "inherit";
    node.append(part);
  }
  return node;
}

/** Say sentences in a dialog, and tell how it was closed. */
export function dialog(
  apputils: Apputils, { Widget }: Widgets, title: string, texts: string[], buttons = [apputils.Dialog.okButton({ label: "Fermer" })],
): Promise<{ button: { accept: boolean } }> {
  return apputils.showDialog({ title, body: new Widget({ node: body(texts) }), buttons });
}

async function ask(services: Services, path: string): Promise<string[]> {
  const settings = services.ServerConnection.makeSettings();
  const url = `${settings.baseUrl}assignments/validate?path=${encodeURIComponent(path)}`;
  try {
    const response = await services.ServerConnection.makeRequest(url, { method: "POST" }, settings);
    return response.ok ? sentences(await response.json()) : [LATER];
  } catch {
    return [LATER];
  }
}

export async function verifyPlugin(): Promise<object> {
  const apputils = await lab<Apputils>("@jupyterlab/apputils");
  const services = await lab<Services>("@jupyterlab/services");
  const widgets = await lab<Widgets>("@lumino/widgets");

  async function verify(app: App, panel: Panel): Promise<void> {
    const saved = await saveBeside(app, panel.context).then(() => true, () => false); // JupyterLab says why it is not
    await dialog(apputils, widgets, "Vérification du notebook", saved ? await ask(services, panel.context.path) : [LATER]);
  }

  return {
    id: "codephenix:verify",
    description: "The « Vérifier » button of a notebook.",
    autoStart: true,
    activate: (app: App): void => {
      app.docRegistry.addWidgetExtension("Notebook", {
        createNew(panel: Panel): void {
          const button = new apputils.ToolbarButton({
            label: "Vérifier",
            tooltip: "Exécuter tous les tests de ce notebook et dire ce qu’il reste à faire",
            onClick: async () => {
              button.enabled = false;
              await verify(app, panel).finally(() => (button.enabled = true));
            },
          });
          panel.toolbar.insertAfter("cellType", "verifier", button);
        },
      });
    },
  };
}
