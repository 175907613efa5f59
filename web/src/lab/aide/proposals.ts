// A note beside Lab's completion list: one sentence on the highlighted name, and the way to its page.
//
// Law: Lab's list is only looked at. What it highlights is in the page: `.jp-Completer-item.jp-mod-active`.
import type { Translation } from "../translation.ts";
import { shown, type Entry } from "./entry.ts";

const LIST = "jp-Completer";
const WIDTH = 280; // px
const GAP = 4; // px

export const NOTE_STYLE =
  `.cp-proposal{position:fixed;z-index:10001;box-sizing:border-box;width:${WIDTH}px;padding:6px 10px;color:var(--jp-ui-font-color1);background:var(--jp-layout-color1);border:1px solid var(--jp-border-color0);border-radius:3px;box-shadow:var(--jp-elevation-z6);font-size:var(--jp-ui-font-size1);line-height:1.4}` +
  `.cp-proposal[hidden]{display:none}` +
  `.cp-proposal p{margin:0 0 4px}` +
  `.cp-proposal code{font-family:var(--jp-code-font-family);font-weight:600;color:inherit;background:none}` +
  `.cp-proposal button{padding:2px 10px;font:inherit;color:inherit;background:none;border:1px solid var(--jp-border-color0);border-radius:4px;cursor:pointer}` +
  `.cp-proposal button:hover{background:var(--jp-layout-color2)}`;

export interface Proposals {
  /** What Lab's list highlights now; "" when no list is open. */
  highlighted(): string;
  /** Close the list: the keyboard goes elsewhere. */
  close(): void;
}

interface Options {
  trans: Translation;
  find: (proposal: string) => Promise<Entry | undefined>;
  open: (entry: Entry) => void;
}

const lists = (): HTMLElement[] => [...document.body.querySelectorAll<HTMLElement>(`:scope > .${LIST}`)];
const isOpen = (list: HTMLElement): boolean => !list.classList.contains("lm-mod-hidden") && list.getClientRects().length > 0;

function highlighted(): string {
  const list = lists().find(isOpen);
  return list?.querySelector<HTMLElement>(".jp-Completer-item.jp-mod-active")?.dataset["value"] ?? "";
}

/** Lab closes its list at a key pressed out of the editor; it has no other way that a neighbour may take. */
function close(): void {
  if (highlighted()) document.body.dispatchEvent(new KeyboardEvent("keydown"));
}

class Note {
  readonly node = document.createElement("div");
  readonly #options: Options;
  #proposal = "";

  constructor(options: Options) {
    this.#options = options;
    this.node.className = "cp-proposal";
    this.node.lang = "fr";
    this.node.hidden = true;
    this.node.setAttribute("role", "status");
    document.body.append(this.node);
  }

  async follow(): Promise<void> {
    const proposal = highlighted();
    if (proposal !== this.#proposal) {
      this.#proposal = proposal;
      this.node.hidden = true;
      const entry = proposal ? await this.#options.find(proposal) : undefined;
      if (proposal !== this.#proposal) return; // the highlight moved meanwhile
      if (entry) this.#say(entry);
    }
    if (!this.node.hidden) this.#place();
  }

  #say(entry: Entry): void {
    const { trans, open } = this.#options;
    const name = Object.assign(document.createElement("code"), { textContent: shown(entry) });
    const text = document.createElement("p");
    text.append(name, `\u00a0: ${entry.purpose}`);
    const button = Object.assign(document.createElement("button"), { textContent: `${trans.__("Open the help")} (F1)` });
    button.type = "button";
    button.tabIndex = -1; // the keyboard stays in the list: F1 does the same
    // Not a click: at the press, Lab closes its list, and this note with it.
    button.addEventListener("mousedown", (event) => {
      event.preventDefault();
      open(entry);
    });
    this.node.replaceChildren(text, button);
    this.node.hidden = false;
  }

  /** On the right of the list when there is room, else on its left, else under it. */
  #place(): void {
    const box = lists().find(isOpen)?.getBoundingClientRect();
    if (!box) return void (this.node.hidden = true);
    const right = box.right + GAP;
    const left = box.left - GAP - WIDTH;
    const beside = right + WIDTH <= innerWidth ? right : left;
    const [x, y] = beside >= 0 ? [beside, box.top] : [Math.max(0, Math.min(box.left, innerWidth - WIDTH)), box.bottom + GAP];
    this.node.style.left = `${x}px`;
    this.node.style.top = `${Math.max(0, Math.min(y, innerHeight - this.node.offsetHeight))}px`;
  }
}

/** Show the note beside each completion list of Lab. */
export function followProposals(options: Options): Proposals {
  document.head.append(Object.assign(document.createElement("style"), { textContent: NOTE_STYLE }));
  const note = new Note(options);
  const watched = new WeakSet<HTMLElement>();
  const changes = new MutationObserver(() => void note.follow());
  const watch = (): void => {
    for (const list of lists().filter((one) => !watched.has(one))) {
      watched.add(list);
      changes.observe(list, { attributes: true, attributeFilter: ["class", "style"], childList: true, subtree: true });
    }
    void note.follow(); // a list that is gone
  };
  new MutationObserver(watch).observe(document.body, { childList: true });
  watch();
  return { highlighted, close };
}
