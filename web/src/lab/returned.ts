// What the trainer gave back: pages of « retours », which open in a tab of the browser, outside JupyterLab.
//
// JupyterLab opens a page as text, to be written; these are to be read. The server shows them in a sandbox.
import { lab } from "./container.ts";
import { PLAIN, translatorToken, type Translator } from "./translation.ts";
import type { Apputils, Services } from "./verify.ts";

interface DocumentWidget {
  context?: { path: string };
  toolbar: { addItem(name: string, widget: unknown): boolean };
}

interface App {
  docRegistry: { addWidgetExtension(factory: string, extension: object): unknown };
}

/** Whether a file is a page that the trainer gave back. */
export function isReturned(path: string): boolean {
  return /^retours\/.*\.html$/.test(path);
}

/** The address at which the server shows a page of the learner's folder. */
export function addressOf(base: string, path: string): string {
  return `${base}files/${path.split("/").map(encodeURIComponent).join("/")}`;
}

export async function returnedPlugin(): Promise<object> {
  const apputils = await lab<Apputils>("@jupyterlab/apputils");
  const { ServerConnection } = await lab<Services>("@jupyterlab/services");
  return {
    id: "codephenix:returned",
    description: "Opens in the browser a page that the trainer gave back.",
    autoStart: true,
    optional: [await translatorToken()],
    activate: (app: App, translator: Translator | null): void => {
      const trans = (translator ?? PLAIN).load("codephenix");
      app.docRegistry.addWidgetExtension("Editor", {
        createNew({ context, toolbar }: DocumentWidget): void {
          const path = context?.path ?? "";
          if (!isReturned(path)) return;
          const onClick = (): unknown => window.open(addressOf(ServerConnection.makeSettings().baseUrl, path), "_blank", "noopener");
          toolbar.addItem("voir-retour", new apputils.ToolbarButton({ label: trans.__("See the page"), onClick }));
        },
      });
    },
  };
}
