// One line of a puzzle: the line itself, which the keyboard takes and moves, and its buttons.

import { h, icon, spoken, type Icon } from "./dom.ts";
import type { Area } from "./ordering.ts";

export interface RowActions {
  select(): void;
  toggle(): void;
  key(event: KeyboardEvent): void;
  up(): void;
  down(): void;
  less(): void;
  more(): void;
  aside(): void;
}

export interface RowState {
  indent: number;
  area: Area;
  locked: boolean;
  current: boolean; // shows its buttons, and is the one stop of the Tab key
  taken: boolean;
  wrong: boolean;
}

export interface LineRow {
  element: HTMLLIElement;
  show(state: RowState): void;
  focus(): void;
}

export function lineRow(text: string, piece: number, has: { sideways: boolean; aside: boolean }, actions: RowActions): LineRow {
  const grip = h("span", { class: "cpx-grip" }, icon("grip"), icon("lock"));
  const code = h("code", { translate: "no" }, text);
  const note = spoken("");
  const line = h("button", { type: "button", class: "cpx-line" }, grip, code, note);
  const up = tool("up", "Monter", actions.up);
  const down = tool("down", "Descendre", actions.down);
  const sideways = [tool("less", "Décaler à gauche", actions.less), tool("more", "Décaler à droite", actions.more)];
  const aside = tool("aside", "Ne pas utiliser", actions.aside);
  const back = tool("back", "Utiliser", actions.aside);
  const tools = h("div", { class: "cpx-tools" }, up, down, ...(has.sideways ? sideways : []), ...(has.aside ? [aside, back] : []));
  const element = h("li", { "data-piece": String(piece) }, line, tools);

  // A click without a pointer (detail 0) comes from Space, Enter or a screen reader: it takes the line.
  line.addEventListener("click", (event) => (event.detail === 0 ? actions.toggle() : actions.select()));
  line.addEventListener("keydown", (event) => actions.key(event));
  line.addEventListener("focus", () => actions.select());

  function show(state: RowState): void {
    element.style.setProperty("--cpx-indent", String(state.indent));
    element.classList.toggle("cpx-taken", state.taken);
    element.classList.toggle("cpx-fixed", state.locked);
    element.classList.toggle("cpx-is-wrong", state.wrong);
    line.setAttribute("aria-pressed", String(state.taken));
    line.setAttribute("aria-disabled", String(state.locked));
    line.tabIndex = state.current ? 0 : -1;
    tools.hidden = !state.current || state.locked;
    for (const each of [up, down, ...sideways, aside]) each.hidden = state.area === "aside";
    back.hidden = state.area === "main";
    note.textContent = state.wrong ? " (à revoir)" : state.locked ? " (à sa place)" : "";
  }

  return { element, show, focus: () => line.focus() };
}

function tool(name: Icon, label: string, run: () => void): HTMLButtonElement {
  const element = h("button", { type: "button", class: "cpx-tool", title: label, "aria-label": label }, icon(name));
  element.addEventListener("click", run);
  return element;
}
