// The console tab and the notice under the preview. Law: text only, and never more than MOST_LINES of it.
import { explainError, type Explanation } from "../french/errors.ts";
import { absence } from "./absence.ts";
import { askHelp } from "./help.ts";
import type { Message } from "./messages.ts";
import { ENDLESS } from "./runtime/loop.ts";
import type { Refusal } from "./site.ts";
import { selectTab } from "./tabs.ts";
import { byId, make } from "./template.ts";

const MOST_LINES = 200;
const KINDS: Record<string, string> = { error: "Erreur", warn: "Attention", info: "Information" };

interface Entry {
  level: string;
  text: string;
  advice: string;
  where: string; // "script.js, ligne 3"
}

export class Log {
  #entries = 0;
  #errors = 0;
  #last: Entry | undefined;
  #repeats = 1;
  #missing = new Set<string>();

  clear(): void {
    this.#entries = this.#errors = 0;
    this.#last = undefined;
    this.#missing.clear();
    byId("lines").replaceChildren();
    byId("notice").replaceChildren();
    this.#count();
  }

  /** Only the lines, as console.clear() does: the first error stays under the preview. */
  wipe(): void {
    this.#entries = 0;
    this.#last = undefined;
    byId("lines").replaceChildren();
    this.#count();
  }

  read(message: Message): void {
    if (message.kind === "line") this.#add({ ...message, advice: "", where: where(message) });
    else if (message.kind === "uncaught") this.#fail({ level: "error", ...explain(message.text), where: where(message) });
    else if (message.kind === "notice") this.notify(message.text, where(message));
  }

  /** Something the page wanted to do: said in the console and under the preview. */
  notify(text: string, place = ""): void {
    this.#add({ level: "info", text, advice: "", where: place });
    if (!this.#errors) byId("notice").replaceChildren(make("p", "info", text));
  }

  /** A file that the file `from` names and that the site does not hold. */
  missing(path: string, from: string, names: readonly string[], refused?: Refusal): void {
    if (this.#missing.has(path) || this.#missing.size > MOST_LINES) return;
    this.#missing.add(path);
    const { text, advice } = absence(path, from, names, refused);
    this.#fail({ level: "error", text: `${path} ${text}`, advice, where: from });
  }

  #fail(entry: Entry): void {
    this.#errors++;
    this.#add(entry);
    if (this.#errors === 1) this.#summarise(entry);
    else this.#others();
  }

  /** The first error, where nobody misses it. */
  #summarise({ text, advice, where: place }: Entry): void {
    const notice = make("p", "error");
    notice.append(make("b", "", place ? `Erreur dans ${place} : ` : "Erreur : "), `${text} `, make("span", "advice", advice));
    const open = make("button", "", "Voir la console");
    open.addEventListener("click", () => selectTab("log", true));
    notice.append(" ", open);
    byId("notice").replaceChildren(notice);
    askHelp(`${text} ${advice}`, (word, openHelp) => {
      if (!notice.isConnected) return;
      const help = make("button", "aide", `Aide : ${word}`);
      help.addEventListener("click", openHelp);
      notice.append(" ", help);
    });
  }

  #others(): void {
    const others = this.#errors - 1;
    const button = byId("notice").querySelector("button:not(.aide)");
    if (button) button.textContent = `Voir ${others > 1 ? `les ${others} autres erreurs` : "l’autre erreur"}`;
  }

  #add(entry: Entry): void {
    if (this.#repeat(entry) || this.#entries > MOST_LINES) return;
    this.#entries++;
    this.#last = entry;
    this.#repeats = 1;
    const full = this.#entries > MOST_LINES;
    byId("lines").append(full ? row({ ...LIMIT }) : row(entry));
    this.#count();
  }

  /** The same line again raises a number instead. */
  #repeat(entry: Entry): boolean {
    const last = this.#last;
    if (!last || last.text !== entry.text || last.level !== entry.level || last.where !== entry.where) return false;
    const line = byId("lines").lastElementChild!;
    this.#repeats++;
    (line.querySelector(".times") ?? line.appendChild(make("span", "times"))).textContent = `× ${this.#repeats}`;
    return true;
  }

  #count(): void {
    const badge = byId("count");
    const plural = this.#entries > 1 ? "s" : "";
    badge.hidden = !this.#entries;
    badge.className = this.#errors ? "bad" : "";
    badge.textContent = String(Math.min(this.#entries, MOST_LINES));
    badge.append(make("span", "hidden", ` message${plural}${this.#errors ? ", avec erreur" : ""}`));
    byId("empty").hidden = this.#entries > 0;
  }
}

const LIMIT: Entry = { level: "warn", text: `La console s’arrête à ${MOST_LINES} lignes.`, advice: "", where: "" };

function where({ path, line }: { path: string; line: number }): string {
  return path && line ? `${path}, ligne ${line}` : path;
}

function explain(text: string): { text: string; advice: string } {
  const endless: Explanation = {
    message: "Une boucle tourne sans fin. L’aperçu l’a arrêtée.",
    advice: "Vérifiez la condition de la boucle, et la ligne qui la fait avancer.",
  };
  const { message, advice } = text.includes(ENDLESS) ? endless : explainError(text);
  return { text: message, advice };
}

function row({ level, text, advice, where: place }: Entry): HTMLElement {
  const line = make("li", level);
  const said = make("p", "");
  if (KINDS[level]) said.append(make("b", "", `${KINDS[level]} : `));
  said.append(text);
  if (advice) said.append(make("span", "advice", ` ${advice}`));
  line.append(said);
  if (place) line.append(make("span", "where", place));
  return line;
}
