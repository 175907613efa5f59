// Entry point for anywidget: shows the activity of a model.

import { h } from "./dom.ts";
import { comparaisonView } from "./comparaison.ts";
import { erreurView } from "./erreur.ts";
import { explorateurView } from "./explorateur.ts";
import { frappeView } from "./frappe.ts";
import { maquetteView } from "./maquette.ts";
import { type Activity, type Likenesses, type Model, Store } from "./model.ts";
import { parsonsView } from "./parsons.ts";
import { predictionView } from "./prediction.ts";
import { quizView } from "./quiz.ts";
import { revisionView } from "./revision.ts";

const TITLES = {
  quiz: "Quiz",
  prediction: "Prédiction",
  parsons: "Lignes à remettre en ordre",
  revision: "Cartes de révision",
  erreur: "Trouvez la faute",
  frappe: "Entraînement au clavier",
  explorateur: "Explorateur",
  comparaison: "Deux pages à comparer",
  maquette: "Votre page et la maquette",
};

function view(activity: Activity, store: Store, seen: Likenesses): HTMLElement {
  switch (activity.kind) {
    case "quiz":
      return quizView(activity.questions, store);
    case "prediction":
      return predictionView(activity.question, activity.code, activity.language, store);
    case "parsons":
      return parsonsView(activity, store);
    case "revision":
      return revisionView(activity.cards, store);
    case "erreur":
      return erreurView(activity, store);
    case "frappe":
      return frappeView(activity, store);
    case "explorateur":
      return explorateurView(activity, store);
    case "comparaison":
      return comparaisonView(activity, store);
    case "maquette":
      return maquetteView(activity, seen, store);
  }
}

/**
 * JupyterLab listens to keys before this page does: without this, an arrow would change cell and two d delete it.
 * It looks for the attribute on the focused element itself; Ctrl+S and the like still reach it.
 */
function keepKeys(root: HTMLElement, signal: AbortSignal | undefined): void {
  const decide = (event: KeyboardEvent): void => {
    if (event.target instanceof Element && root.contains(event.target)) {
      event.target.toggleAttribute("data-lm-suppress-shortcuts", !event.ctrlKey && !event.metaKey);
    }
  };
  window.addEventListener("keydown", decide, { capture: true, signal });
}

function render({ model, el, signal }: { model: Model; el: HTMLElement; signal?: AbortSignal }): void {
  const activity = model.get("data") as Activity;
  const root = h("section", { class: `cpx cpx-${activity.kind}`, lang: "fr", "aria-label": TITLES[activity.kind] });
  const store = new Store(model, show);
  function show(): void {
    root.replaceChildren(h("p", { class: "cpx-kind", "aria-hidden": "true" }, TITLES[activity.kind]), view(activity, store, model.get("seen") as Likenesses));
  }
  model.on("change:seen", show);
  keepKeys(root, signal);
  show();
  el.append(root);
}

export default { render };
