// Typing practice: one sign after the other, the missed ones more often, then pieces of code. Nothing is timed.

import { button, freshId, h, Verdict } from "./dom.ts";
import { keyboard } from "./keyboard.ts";
import type { Store, Typing } from "./model.ts";
import { count, inline } from "./text.ts";
import { begin, expected, fits, strike, sure, target, weak } from "./typing.ts";

interface Kept {
  session: unknown;
  hidden: boolean; // the keys to press
}

export function frappeView(activity: Typing, store: Store): HTMLElement {
  const { signs, lines, strokes, layout } = activity;
  const kept = store.entry(activity.id)?.view as Kept | undefined;
  let session = fits(kept?.session, signs, lines) ? kept.session : begin(signs);
  let hidden = kept?.hidden === true;

  const verdict = new Verdict();
  const progress = h("p", { class: "cpx-progress" });
  const prompt = h("div", { class: "cpx-target", "aria-live": "polite" });
  const picture = h("div", {});
  const rows = h("tbody", {});
  const id = freshId();
  const input = h("input", { id, type: "text", class: "cpx-text", autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false" });
  const field = h("div", { class: "cpx-field" }, h("label", { for: id }, "Tapez ici"), input);
  const hide = button("Cacher les touches", toggle, "quiet");
  const retry = button("Retravailler ces signes", () => restart(weak(session), lines.length));
  const again = button("Tout recommencer", () => restart(signs, 0), "quiet");
  const head = h("tr", {}, ...["Signe", "Touches", "Justes", "Fausses"].map((text) => h("th", { scope: "col" }, text)));
  const table = h("table", { class: "cpx-scores" }, h("caption", {}, "Vos signes"), h("thead", {}, head), rows);
  const hint = h("p", { class: "cpx-hint" }, "Prenez votre temps : rien n’est chronométré. Un signe est sûr après deux frappes justes de suite.");
  const title = h("p", { class: "cpx-legend", id: freshId() }, ...inline(activity.question));
  const actions = h("div", { class: "cpx-actions" }, hide, retry, again);

  const done = (): boolean => target(session, lines) === "";

  function save(finished: boolean): void {
    const before = store.entry(activity.id);
    const answer = signs.map((sign) => {
      const { right, wrong } = session.scores[sign];
      return `${sign} : ${count(right, "juste")}, ${count(wrong, "fausse")}`;
    });
    const correct = finished || before?.correct === true;
    store.save(activity.id, { answer, correct, attempts: (before?.attempts ?? 0) + (finished ? 1 : 0), view: { session, hidden } });
  }

  function type(character: string): void {
    const wanted = expected(session, lines);
    const former = target(session, lines);
    session = strike(session, lines, character);
    if (character !== wanted) {
      verdict.say("wrong", "Vous avez tapé ", h("code", {}, named(character)), ". Pour ", h("code", {}, named(wanted)), " : ", ...inline(`${strokes[wanted].keys}.`));
    } else if (target(session, lines) !== former || session.typed === 0) {
      verdict.say("right", h("strong", {}, "Juste."));
    } else {
      verdict.clear();
    }
  }

  function read(event: Event): void {
    if ((event as InputEvent).isComposing) return; // an accent that waits for its letter
    const typed = session.typed;
    const added = [...input.value.slice(session.sign ? 0 : typed)];
    for (const character of added) if (!done()) type(character);
    if (added.length || input.value.length < typed) save(done());
    show();
    if (done()) verdict.element.focus();
  }

  function restart(some: string[], line: number): void {
    session = begin(some, line, session.scores);
    verdict.clear();
    save(false);
    show();
    input.focus();
  }

  function toggle(): void {
    hidden = !hidden;
    save(false);
    show();
  }

  function show(): void {
    const wanted = expected(session, lines);
    input.value = session.sign ? "" : (lines[session.line] ?? "").slice(0, session.typed);
    prompt.replaceChildren(...(done() ? [] : asked(wanted)));
    picture.replaceChildren(...(done() || hidden ? [] : [keyboard(layout, strokes[wanted])]));
    rows.replaceChildren(...signs.map(score));
    const step = session.sign || !lines.length ? "" : ` Ligne ${Math.min(session.line + 1, lines.length)} sur ${lines.length}.`;
    progress.textContent = `${count(sure(session), "signe sûr", "signes sûrs")} sur ${session.signs.length}.${step}`;
    for (const each of [prompt, field, hide, picture]) each.hidden = done();
    hide.textContent = hidden ? "Montrer les touches" : "Cacher les touches";
    retry.hidden = !done() || weak(session).length === 0;
    again.hidden = !done();
    if (done()) verdict.say("right", ...ended());
  }

  function asked(wanted: string): Node[] {
    const { name, keys } = strokes[wanted];
    const text = target(session, lines);
    const words = h("p", {}, ...(session.sign ? [h("strong", {}, name), ". "] : []), ...(hidden ? [] : inline(`Pour taper ce signe : ${keys}.`)));
    if (session.sign) return [h("code", { translate: "no" }, text), words];
    const before = h("span", { class: "cpx-typed" }, text.slice(0, session.typed));
    return [h("code", { class: "cpx-typed-line", translate: "no" }, before, h("mark", {}, wanted), text.slice(session.typed + 1)), words];
  }

  function ended(): (Node | string)[] {
    const missed = weak(session);
    if (!missed.length) return [h("strong", {}, "Bravo."), " Tous les signes sont sûrs, sans une faute."];
    const list = missed.flatMap((sign) => [" ", h("code", { translate: "no" }, sign)]);
    return [h("strong", {}, "C’est fini."), " À retravailler :", ...list];
  }

  function score(sign: string): HTMLElement {
    const { right, wrong, missed } = session.scores[sign];
    const name = h("th", { scope: "row" }, h("code", { translate: "no" }, sign));
    const keys = h("td", {}, ...(hidden && !done() ? ["…"] : inline(strokes[sign].keys)));
    return h("tr", {}, name, keys, h("td", {}, String(right)), h("td", missed ? { class: "cpx-weak" } : {}, String(wrong)));
  }

  input.addEventListener("input", read);
  input.addEventListener("compositionend", read);
  input.addEventListener("paste", (event) => {
    event.preventDefault(); // the fingers learn, not the clipboard
    verdict.say("note", "Tapez les signes un à un.");
  });
  show();
  return h("div", { class: "cpx-typing", role: "group", "aria-labelledby": title.id }, title, hint, progress, prompt, field, verdict.element, picture, actions, table);
}

function named(character: string): string {
  return character === " " ? "espace" : character;
}
