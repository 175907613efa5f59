// Revision cards: read, answer in your head, turn over, say whether you knew.

import { button, h, Verdict } from "./dom.ts";
import type { Card, Store } from "./model.ts";
import { count, inline } from "./text.ts";

type Recall = "known" | "again";

export function revisionView(cards: Card[], store: Store): HTMLElement {
  const verdict = new Verdict();
  const body = h("div", {});
  const root = h("div", {}, body, verdict.element);
  let turned = false;

  const recall = (card: Card): Recall | undefined => {
    const entry = store.entry(card.id);
    const current = (entry?.view as { current?: boolean } | undefined)?.current === true;
    return current ? (entry?.correct ? "known" : "again") : undefined;
  };

  function answer(card: Card, said: Recall): void {
    const attempts = (store.entry(card.id)?.attempts ?? 0) + 1;
    store.save(card.id, { answer: said, correct: said === "known", attempts, view: { current: true } });
    turned = false;
    show();
    root.querySelector("button")?.focus();
  }

  function restart(some: Card[]): void {
    for (const card of some) {
      const entry = store.entry(card.id);
      if (entry) store.save(card.id, { ...entry, view: { current: false } });
    }
    show();
    root.querySelector("button")?.focus();
  }

  function turn(): void {
    turned = true;
    show();
    root.querySelector<HTMLElement>(".cpx-back")?.focus();
  }

  function faces(card: Card): Node[] {
    const front = h("div", { class: "cpx-front" }, h("p", {}, ...inline(card.front)));
    const back = h("div", { class: "cpx-back", tabindex: "-1" }, h("p", {}, ...inline(card.back)));
    const rank = h("p", { class: "cpx-progress" }, `Carte ${cards.indexOf(card) + 1} sur ${cards.length}`);
    if (!turned) return [rank, h("div", { class: "cpx-card" }, front), actions(button("Retourner la carte", turn))];
    const known = button("Je savais", () => answer(card, "known"));
    const again = button("À revoir", () => answer(card, "again"), "quiet");
    return [rank, h("div", { class: "cpx-card cpx-turned" }, front, back), actions(known, again)];
  }

  function summary(): Node[] {
    const missed = cards.filter((card) => recall(card) === "again");
    const known = count(cards.length - missed.length, "carte sue", "cartes sues");
    const text = missed.length ? `${known}, ${missed.length} à revoir.` : `${known}. Vous savez tout.`;
    verdict.say(missed.length ? "note" : "right", text);
    const retry = missed.length ? [button("Revoir ces cartes", () => restart(missed))] : [];
    return [actions(...retry, button("Tout recommencer", () => restart(cards), "quiet"))];
  }

  function show(): void {
    const card = cards.find((each) => recall(each) === undefined);
    verdict.clear();
    body.replaceChildren(...(card ? faces(card) : summary()));
  }

  show();
  return root;
}

function actions(...buttons: Node[]): HTMLElement {
  return h("div", { class: "cpx-actions" }, ...buttons);
}
