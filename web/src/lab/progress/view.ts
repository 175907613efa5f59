// The « Ma progression » panel: each week a bar and its exercises, a click opens one. Law: text only.
import type { Translation } from "../translation.ts";
import { currentWeek, isDone, weeksOf, weekTitle, type Progress, type Step, type Week } from "./steps.ts";

export const STYLE =
  `.cp-progress{padding:8px 12px;overflow:auto;color:var(--jp-ui-font-color1);font-size:var(--jp-ui-font-size1)}` +
  `.cp-progress h2{font-size:var(--jp-ui-font-size2);margin:4px 0 8px}` +
  `.cp-progress summary{cursor:pointer;padding:4px 0}` +
  `.cp-progress progress{width:100%;height:10px;accent-color:var(--jp-brand-color1)}` +
  `.cp-progress ul{list-style:none;margin:4px 0 12px;padding:0}` +
  `.cp-progress li button{display:flex;gap:8px;width:100%;padding:4px;text-align:left;font:inherit;color:inherit;background:none;border:0;border-radius:3px;cursor:pointer}` +
  `.cp-progress li button:hover{background:var(--jp-layout-color2)}` +
  `.cp-progress p a[href]{color:var(--jp-content-link-color);text-decoration:underline}` +
  `.cp-progress .cp-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}`;

const make = <K extends keyof HTMLElementTagNameMap>(tag: K, text = ""): HTMLElementTagNameMap[K] =>
  Object.assign(document.createElement(tag), { textContent: text });

export class ProgressView {
  readonly node = make("div");
  readonly #trans: Translation;
  readonly #open: (path: string) => void;
  readonly #feedback: (week: string) => string;

  constructor(trans: Translation, open: (path: string) => void, feedback: (week: string) => string) {
    this.#trans = trans;
    this.#open = open;
    this.#feedback = feedback; // its address
    this.node.className = "cp-progress";
    this.node.lang = "fr";
    this.node.tabIndex = -1;
  }

  show({ steps, returned }: Progress, path: string): void {
    const weeks = weeksOf(steps);
    const current = currentWeek(weeks, path);
    const parts = weeks.map((week) => this.#week(week, week === current, returned.includes(week.name)));
    if (!parts.length) parts.push(make("p", this.#trans.__("No exercise was given yet.")));
    this.node.replaceChildren(make("h2", this.#trans.__("My progress")), ...parts);
  }

  #week(week: Week, open: boolean, returned: boolean): HTMLElement {
    const box = make("details");
    box.open = open;
    const bar = make("progress");
    bar.max = week.steps.length;
    bar.value = week.done;
    bar.setAttribute("aria-label", weekTitle(week.name));
    const said = this.#trans.__("%1 of %2 exercises done", week.done, week.steps.length);
    const list = make("ul");
    list.append(...week.steps.map((step) => this.#step(step)));
    box.append(make("summary", weekTitle(week.name)), bar, make("p", said), ...(returned ? [this.#returned(week)] : []), list);
    return box;
  }

  #returned(week: Week): HTMLElement {
    const line = make("p");
    const link = make("a", this.#trans.__("Mark and feedback of the trainer"));
    link.href = this.#feedback(week.name);
    link.target = "_blank";
    link.rel = "noopener";
    line.append(link);
    return line;
  }

  #step(step: Step): HTMLElement {
    const item = make("li");
    const button = make("button");
    const mark = make("span", isDone(step) ? "✓" : step.done ? "◐" : "○");
    mark.setAttribute("aria-hidden", "true");
    const state = isDone(step) ? this.#trans.__("done") : step.done ? this.#trans.__("begun") : this.#trans.__("to do");
    const hidden = make("span", ` (${state})`);
    hidden.className = "cp-hidden";
    const title = make("span", step.title);
    title.append(hidden);
    button.append(mark, title);
    button.addEventListener("click", () => this.#open(`exercices/${step.week}/${step.notebook}.ipynb`));
    item.append(button);
    return item;
  }
}
