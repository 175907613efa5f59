// The « Rendre » button of a notebook of exercises: the week is handed in, and a dialog says when.

import { lab } from "./container.ts";
import { type Saver, saveBeside } from "./saving.ts";
import { type Apputils, dialog, type Panel, type Services, type Widgets } from "./verify.ts";

interface App extends Saver {
  docRegistry: { addWidgetExtension(factory: string, extension: object): unknown };
}

interface Answer {
  message: string;
  done: boolean;
}

const DONE = "C’est rendu";
const NOTHING = "Rien n’est rendu"; // the title says it before anything is read
const UNSAVED = "Un de vos fichiers n’a pas pu être enregistré. Votre texte est encore dans cette page.";
const FAILED = "Votre travail n’a pas pu être rendu. Il reste enregistré ici. Prévenez votre formateur.";

/** Whether a notebook is one that can be handed in. */
export function isExercise(path: string): boolean {
  return /^exercices\/[^/]+\/[^/]+\.ipynb$/.test(path);
}

async function handIn(services: Services, path: string): Promise<Answer> {
  const settings = services.ServerConnection.makeSettings();
  const init = { method: "POST", body: JSON.stringify({ path }) };
  try {
    const response = await services.ServerConnection.makeRequest(`${settings.baseUrl}codephenix/rendre`, init, settings);
    if (response.ok) return (await response.json()) as Answer;
  } catch {
    // the sentence below is said
  }
  return { message: FAILED, done: false };
}

export async function handInPlugin(): Promise<object> {
  const apputils = await lab<Apputils>("@jupyterlab/apputils");
  const services = await lab<Services>("@jupyterlab/services");
  const widgets = await lab<Widgets>("@lumino/widgets");
  const week = (path: string): string => path.split("/")[1] ?? "";

  async function confirm(app: App, panel: Panel): Promise<void> {
    const answer = await apputils.showDialog({
      title: "Rendre votre travail",
      body: `Toute la semaine « ${week(panel.context.path)} » part chez le formateur. Vous pourrez la rendre à nouveau.`,
      buttons: [apputils.Dialog.cancelButton({ label: "Pas encore" }), apputils.Dialog.okButton({ label: "Rendre" })],
    });
    if (!answer.button.accept) return;
    const saved = await saveBeside(app, panel.context).then(() => true, () => false); // JupyterLab says why it is not
    const { message, done } = saved ? await handIn(services, panel.context.path) : { message: UNSAVED, done: false };
    await dialog(apputils, widgets, done ? DONE : NOTHING, [message]);
  }

  return {
    id: "codephenix:hand-in",
    description: "The « Rendre » button of a notebook of exercises.",
    autoStart: true,
    activate: (app: App): void => {
      app.docRegistry.addWidgetExtension("Notebook", {
        createNew(panel: Panel): void {
          if (!isExercise(panel.context.path) || !location.pathname.includes("/user/")) return; // a class has a hub
          const button = new apputils.ToolbarButton({
            label: "Rendre",
            tooltip: "Envoyer toute la semaine au formateur",
            onClick: () => confirm(app, panel),
          });
          panel.toolbar.insertAfter("verifier", "rendre", button);
        },
      });
    },
  };
}
