// The « Aide » panel: a search, its results, the page of one entry. Law: text only; code runs in the frame of an example.
import type { Translation } from "../translation.ts";
import { resolve, shown, type Entry, type Reference } from "./entry.ts";
import { liveExample } from "./example.ts";
import { prepare, search, type Index } from "./search.ts";

const MOST = 40; // results drawn: more would not be read

export const STYLE =
  `.cp-aide{padding:8px 12px;overflow:auto;color:var(--jp-ui-font-color1);background:var(--jp-layout-color1);font-size:var(--jp-ui-font-size1);line-height:1.45}` +
  `.cp-aide h2{font-size:var(--jp-ui-font-size2);margin:4px 0 8px}` +
  `.cp-aide h3{font-size:var(--jp-ui-font-size1);margin:14px 0 2px}` +
  `.cp-aide p{margin:2px 0}` +
  `.cp-aide input{box-sizing:border-box;width:100%;margin-top:2px;padding:5px 8px;font:inherit;color:inherit;background:var(--jp-layout-color0);border:1px solid var(--jp-border-color0);border-radius:4px}` +
  `.cp-aide ul{list-style:none;margin:4px 0;padding:0}` +
  `.cp-aide summary{cursor:pointer;padding:4px 0}` +
  `.cp-aide li button{display:block;width:100%;padding:5px 6px;text-align:left;font:inherit;color:inherit;background:none;border:0;border-radius:3px;cursor:pointer}` +
  `.cp-aide li button:hover{background:var(--jp-layout-color2)}` +
  `.cp-aide li button span{display:block}` +
  `.cp-aide :focus-visible{outline:2px solid var(--jp-brand-color1);outline-offset:1px}` +
  `.cp-aide code{font-family:var(--jp-code-font-family);font-weight:600;color:inherit;background:none;overflow-wrap:anywhere}` +
  `.cp-aide pre{margin:4px 0;padding:6px 8px;white-space:pre-wrap;overflow-wrap:anywhere;background:var(--jp-layout-color2);border-radius:3px}` +
  `.cp-aide pre code{font-weight:400}` +
  `.cp-aide iframe{display:block;width:100%;height:200px;border:1px solid var(--jp-border-color1);border-radius:3px;background:#fff}` +
  `.cp-aide dl{margin:2px 0}.cp-aide dt{margin-top:4px}.cp-aide dd{margin:0 0 0 12px}` +
  `.cp-aide .cp-back{margin:6px 0;padding:2px 10px;font:inherit;color:inherit;background:none;border:1px solid var(--jp-border-color0);border-radius:4px;cursor:pointer}`;

const make = <K extends keyof HTMLElementTagNameMap>(tag: K, text = ""): HTMLElementTagNameMap[K] =>
  Object.assign(document.createElement(tag), { textContent: text });

export interface ViewOptions {
  trans: Translation;
  read: () => Promise<Reference>;
  leave: () => void; // give the keyboard back to the notebook
}

export class AideView {
  readonly node = make("div");
  readonly #options: ViewOptions;
  readonly #input = make("input");
  readonly #status = make("p");
  readonly #body = make("div");
  #reference: Reference | undefined;
  #index: Index[] = [];
  #reading: Promise<Reference | undefined> | undefined;

  constructor(options: ViewOptions) {
    this.#options = options;
    const { trans } = options;
    this.node.className = "cp-aide";
    this.node.lang = "fr";
    this.node.tabIndex = -1;
    this.node.setAttribute("role", "region");
    this.node.setAttribute("aria-label", trans.__("Help of the course"));
    this.#input.type = "search";
    this.#input.spellcheck = false;
    const label = make("label", trans.__("Search for a name or an idea"));
    label.append(this.#input);
    this.#status.setAttribute("role", "status");
    this.node.append(make("h2", trans.__("Help")), label, this.#status, this.#body);
    this.#input.addEventListener("input", () => this.#search());
    this.node.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Ready to search. */
  async open(): Promise<void> {
    if (!(await this.#load())) return;
    if (!this.#body.childElementCount) this.#search();
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** The entry that a link or a word means, when there is one; it is shown by `show`. */
  async find(target: string, groups?: readonly string[]): Promise<Entry | undefined> {
    const reference = await this.#load();
    return reference && resolve(reference.entries, target, groups);
  }

  /** What was looked for and is not here: the search says so. */
  async ask(query: string): Promise<void> {
    await this.#load();
    this.#input.value = query;
    this.#search();
    this.focus();
  }

  show(entry: Entry): void {
    const { trans } = this.#options;
    const back = make("button", trans.__("Back to the results"));
    back.className = "cp-back";
    back.addEventListener("click", () => this.#back());
    const title = make("h2");
    title.tabIndex = -1;
    title.append(make("code", shown(entry)), ` · ${entry.label}`);
    const page = make("article");
    page.append(back, title, make("p", entry.purpose), ...this.#example(entry), ...this.#facts(entry));
    this.#status.textContent = "";
    this.#body.replaceChildren(page);
    this.node.scrollTop = 0;
    title.focus({ preventScroll: true });
  }

  #load(): Promise<Reference | undefined> {
    this.#reading ??= this.#options.read().then(
      (reference) => {
        this.#index = prepare(reference.entries);
        return (this.#reference = reference);
      },
      () => {
        this.#reading = undefined; // the next opening tries again
        this.#status.textContent = this.#options.trans.__("The help could not be read. Reload the page.");
        return undefined;
      },
    );
    return this.#reading;
  }

  #search(): void {
    const { trans } = this.#options;
    const found = search(this.#index, this.#input.value);
    if (!this.#input.value.trim()) return this.#all();
    const list = make("ul");
    list.append(...found.slice(0, MOST).map((entry) => this.#row(entry)));
    this.#body.replaceChildren(list);
    this.#status.textContent = !found.length
      ? trans.__("Nothing was found. Try another word.")
      : found.length === 1
        ? trans.__("1 result")
        : found.length > MOST
          ? trans.__("%1 results, the first %2 are shown", found.length, MOST)
          : trans.__("%1 results", found.length);
  }

  /** Every entry, by kind, folded. */
  #all(): void {
    const kinds = new Map<string, Entry[]>();
    for (const entry of this.#reference?.entries ?? []) kinds.set(entry.label, [...(kinds.get(entry.label) ?? []), entry]);
    this.#status.textContent = "";
    this.#body.replaceChildren(...[...kinds].map(([label, entries]) => this.#kind(label, entries)));
  }

  #kind(label: string, entries: readonly Entry[]): HTMLElement {
    const box = make("details");
    box.append(make("summary", `${label[0]!.toUpperCase()}${label.slice(1)} (${entries.length})`));
    box.addEventListener("toggle", () => {
      if (!box.open || box.childElementCount > 1) return;
      const list = make("ul");
      list.append(...entries.map((entry) => this.#row(entry)));
      box.append(list);
    });
    return box;
  }

  #row(entry: Entry): HTMLElement {
    const row = make("li");
    const button = make("button");
    button.append(make("code", shown(entry)), ` · ${entry.label}`, make("span", entry.purpose));
    button.addEventListener("click", () => this.show(entry));
    row.append(button);
    return row;
  }

  #example(entry: Entry): HTMLElement[] {
    const { trans } = this.#options;
    const code = make("pre");
    code.append(make("code", entry.example));
    const live = liveExample(entry, this.#reference!.scenes);
    const parts = [make("h3", trans.__("Example")), code];
    if (!live) return [...parts, make("p", trans.__("Nothing of it shows in the page by itself."))];
    const frame = make("iframe");
    frame.setAttribute("sandbox", live.sandbox);
    frame.title = trans.__("What the example gives");
    frame.srcdoc = live.html;
    return [...parts, frame];
  }

  #facts(entry: Entry): HTMLElement[] {
    const { trans } = this.#options;
    const facts: [string, string | undefined][] = [
      [trans.__("Common mistake"), entry.mistake],
      [trans.__("Accessibility"), entry.accessibility],
      [trans.__("In English"), entry.english],
      [trans.__("Without this line"), entry.initial],
      [trans.__("Goes in"), entry.inside?.map((name) => `<${name}>`).join(", ")],
    ];
    const said = facts.flatMap(([head, text]) => (text ? [make("h3", head), make("p", text)] : []));
    return entry.values.length ? [...said, make("h3", trans.__("Values")), this.#values(entry)] : said;
  }

  #values({ values }: Entry): HTMLElement {
    const list = make("dl");
    for (const [value, sentence] of values) {
      const term = make("dt");
      term.append(make("code", value));
      list.append(term, make("dd", sentence));
    }
    return list;
  }

  #back(): void {
    this.#search();
    this.#input.focus();
  }

  #key(event: KeyboardEvent): void {
    const buttons = [...this.#body.querySelectorAll<HTMLElement>("li button, summary")].filter((one) => one.checkVisibility());
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const page = Boolean(this.#body.querySelector("article"));
    if (event.key === "Escape") {
      if (page) this.#back();
      else this.#options.leave();
    } else if (page || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    else if (event.key === "Enter") {
      if (event.target !== this.#input || !this.#input.value.trim()) return;
      buttons[0]?.click();
    } else if (event.key === "ArrowDown") buttons[at + 1]?.focus();
    else if (at > 0) buttons[at - 1]!.focus();
    else if (at === 0) this.#input.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}
