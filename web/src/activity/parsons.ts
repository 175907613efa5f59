// A Parsons puzzle: lines to put in order, by dragging, with the keyboard or with buttons.

import { button, freshId, h, Verdict } from "./dom.ts";
import { followDrag } from "./drag.ts";
import type { Puzzle, Store } from "./model.ts";
import { check, ease, find, fits, hasDistractors, hasIndents, indentTo, isFixed, place, program, start, step } from "./ordering.ts";
import type { Board, Check, Placed, Spot } from "./ordering.ts";
import { lineRow, type LineRow } from "./row.ts";
import { count, inline } from "./text.ts";

const FAILURES_BEFORE_HELP = 3;

export function parsonsView(puzzle: Puzzle, store: Store): HTMLElement {
  return new ParsonsView(puzzle, store).element;
}

class ParsonsView {
  readonly element: HTMLElement;
  private readonly puzzle: Puzzle;
  private readonly store: Store;
  private readonly verdict = new Verdict();
  private readonly news = h("div", { class: "cpx-spoken", "aria-live": "assertive" });
  private readonly main = h("ol", { class: "cpx-lines" });
  private readonly aside = h("ul", { class: "cpx-lines" });
  private readonly rows: LineRow[];
  private readonly verify = button("Vérifier", () => this.verifyOrder());
  private readonly again = button("Recommencer", () => this.restart(), "quiet");
  private readonly actions = h("div", { class: "cpx-actions" }, this.verify, this.again);
  private board: Board;
  private current = 0; // the piece that has the buttons and the one stop of the Tab key
  private taken: Board | undefined; // the board before a line was taken

  constructor(puzzle: Puzzle, store: Store) {
    this.puzzle = puzzle;
    this.store = store;
    const kept = store.entry(puzzle.id)?.view;
    this.board = fits(puzzle, kept) ? kept : start(puzzle);
    this.rows = puzzle.pieces.map((piece, rank) => this.row(piece.text, rank));
    this.element = this.build();
    followDrag(this.element, {
      begin: (piece) => this.beginDrag(piece),
      move: (piece, spot, indent) => this.drag(piece, spot, indent),
      end: (piece, dropped) => this.endDrag(piece, dropped),
    });
    this.show();
    if (this.solved) this.say(check(puzzle, this.board));
  }

  private get solved(): boolean {
    return this.store.entry(this.puzzle.id)?.correct === true;
  }

  private build(): HTMLElement {
    const title = h("p", { class: "cpx-legend", id: freshId() }, ...inline(this.puzzle.question));
    const sideways = hasIndents(this.puzzle) ? " Gauche et droite la décalent." : "";
    const advice = `Rangez les lignes en les glissant, ou avec leurs boutons. Au clavier : Espace prend la ligne, les flèches la déplacent, Espace la pose.${sideways}`;
    const useless = hasDistractors(this.puzzle) ? [this.buildAside()] : [];
    this.main.setAttribute("aria-label", `Votre code ${this.puzzle.language}`);
    return h(
      "div",
      { class: "cpx-puzzle", role: "group", "aria-labelledby": title.id },
      title,
      h("p", { class: "cpx-hint" }, advice),
      this.main,
      ...useless,
      this.actions,
      this.verdict.element,
      this.news,
    );
  }

  private buildAside(): HTMLElement {
    const title = h("p", { id: freshId() }, "Lignes à ne pas utiliser");
    this.aside.setAttribute("aria-labelledby", title.id);
    return h("div", { class: "cpx-aside" }, title, this.aside, h("p", { class: "cpx-empty" }, "Déposez ici les lignes en trop."));
  }

  private row(text: string, piece: number): LineRow {
    return lineRow(text, piece, { sideways: hasIndents(this.puzzle), aside: hasDistractors(this.puzzle) }, {
      select: () => this.select(piece),
      toggle: () => this.toggle(piece),
      key: (event) => this.key(event, piece),
      up: () => this.moved(piece, step(this.board, piece, -1, false)),
      down: () => this.moved(piece, step(this.board, piece, 1, false)),
      less: () => this.shift(piece, -1),
      more: () => this.shift(piece, 1),
      aside: () => this.moved(piece, place(this.board, piece, this.otherArea(piece))),
    });
  }

  private otherArea(piece: number): Spot {
    const inMain = find(this.board, piece)?.area === "main";
    return inMain ? { area: "aside", index: this.board.aside.length } : { area: "main", index: this.board.main.length };
  }

  // --- Showing ---

  private show(wrongLine = -1): void {
    const shown = [...this.board.main, ...this.board.aside];
    if (!shown.some((placed) => placed.piece === this.current)) this.current = shown[0]?.piece ?? 0;
    this.fill(this.main, this.board.main, wrongLine);
    this.fill(this.aside, this.board.aside, -1);
    this.verify.hidden = this.solved;
    this.again.hidden = !this.solved;
    if (this.solved) this.verdict.element.after(this.actions);
    else this.verdict.element.before(this.actions);
    this.element.classList.toggle("cpx-solved", this.solved);
  }

  private fill(list: HTMLElement, lines: Placed[], wrongLine: number): void {
    const area = list === this.main ? "main" : "aside";
    const items = lines.map(({ piece, indent }, index) => {
      const row = this.rows[piece];
      const locked = this.solved || isFixed(this.board, { area, index });
      row.show({ indent, area, locked, current: piece === this.current, taken: this.taken !== undefined && piece === this.current, wrong: index === wrongLine });
      return row.element;
    });
    if (items.length === list.children.length && items.every((item, index) => item === list.children[index])) return;
    const focused = document.activeElement; // an element that changes place in the page loses the focus
    list.replaceChildren(...items);
    if (focused instanceof HTMLElement && list.contains(focused)) focused.focus();
  }

  private tell(text: string): void {
    this.news.textContent = text;
  }

  private whereIs(piece: number): string {
    const spot = find(this.board, piece);
    if (spot?.area !== "main") return "dans les lignes à ne pas utiliser";
    const indent = this.board.main[spot.index].indent;
    const shifted = hasIndents(this.puzzle) ? `, décalage ${indent}` : "";
    return `ligne ${spot.index + 1} sur ${this.board.main.length}${shifted}`;
  }

  // --- Moving ---

  private select(piece: number): void {
    if (this.taken && piece !== this.current) this.drop();
    this.current = piece;
    this.show();
  }

  private toggle(piece: number): void {
    if (this.taken) return this.drop();
    const spot = find(this.board, piece);
    if (this.solved || !spot || isFixed(this.board, spot)) return this.tell("Cette ligne est déjà à sa place.");
    this.current = piece;
    this.taken = this.board;
    this.show();
    this.tell(`Ligne prise, ${this.whereIs(piece)}.`);
  }

  private drop(): void {
    this.taken = undefined;
    this.keep();
    this.show();
    this.tell(`Ligne posée, ${this.whereIs(this.current)}.`);
  }

  private key(event: KeyboardEvent, piece: number): void {
    const vertical = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    const sideways = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (event.key === "Tab" && this.taken) this.drop();
    if (event.key === "Escape" && this.taken) this.cancel();
    else if (vertical && this.taken) this.moved(piece, step(this.board, piece, vertical, hasDistractors(this.puzzle)));
    else if (vertical) this.walk(piece, vertical);
    else if (sideways && this.taken && hasIndents(this.puzzle)) this.shift(piece, sideways);
    else return;
    event.preventDefault();
  }

  private walk(piece: number, delta: number): void {
    const shown = [...this.board.main, ...this.board.aside].map((placed) => placed.piece);
    const next = shown[shown.indexOf(piece) + delta];
    if (next !== undefined) this.rows[next].focus();
  }

  private shift(piece: number, delta: number): void {
    const spot = find(this.board, piece);
    if (spot) this.moved(piece, indentTo(this.board, piece, this.board[spot.area][spot.index].indent + delta));
  }

  private moved(piece: number, board: Board): void {
    if (this.solved || JSON.stringify(board) === JSON.stringify(this.board)) return;
    this.board = board;
    this.current = piece;
    this.verdict.clear();
    if (!this.taken) this.keep();
    this.show();
    this.tell(`${this.whereIs(piece)}.`);
  }

  private cancel(): void {
    this.board = this.taken ?? this.board;
    this.taken = undefined;
    this.show();
    this.tell(`Déplacement annulé, ${this.whereIs(this.current)}.`);
  }

  private beginDrag(piece: number): boolean {
    const spot = find(this.board, piece);
    if (this.solved || !spot || isFixed(this.board, spot)) return false;
    if (this.taken) this.drop();
    this.current = piece;
    this.taken = this.board;
    this.show();
    return true;
  }

  private drag(piece: number, spot: Spot, indentDelta: number): void {
    const from = find(this.taken ?? this.board, piece);
    if (!from || !this.taken) return;
    const indent = this.taken[from.area][from.index].indent + (hasIndents(this.puzzle) ? indentDelta : 0);
    this.moved(piece, indentTo(place(this.taken, piece, spot), piece, indent));
  }

  private endDrag(piece: number, dropped: boolean): void {
    if (!dropped) return this.cancel();
    this.drop();
    this.rows[piece].focus();
  }

  // --- Checking ---

  private keep(correct = false, attempts = this.attempts): void {
    const answer = program(this.puzzle, this.board);
    this.store.save(this.puzzle.id, { answer, correct, attempts, view: { ...this.board, checked: this.checked } });
  }

  private get attempts(): number {
    return this.store.entry(this.puzzle.id)?.attempts ?? 0;
  }

  /** The program that was last checked. */
  private get checked(): string {
    return (this.store.entry(this.puzzle.id)?.view as { checked?: string } | undefined)?.checked ?? "";
  }

  private verifyOrder(): void {
    if (this.taken) this.drop();
    const result = check(this.puzzle, this.board);
    const answer = program(this.puzzle, this.board);
    const same = answer === this.checked;
    const attempts = this.attempts + (same ? 0 : 1);
    this.store.save(this.puzzle.id, { answer, correct: result.correct, attempts, view: { ...this.board, checked: answer } });
    const eased = !result.correct && !same && attempts >= FAILURES_BEFORE_HELP ? this.ease() : "";
    this.show(result.correct || eased ? -1 : result.line);
    this.say(result, same ? "Vous n’avez rien changé. " : "", eased);
    if (result.correct) this.verdict.element.focus();
  }

  private ease(): string {
    const eased = ease(this.puzzle, this.board);
    this.board = eased.board;
    this.keep();
    if (eased.help === "removed") return " Pour vous aider, une ligne en trop est retirée.";
    return ` Pour vous aider, la bonne ligne ${this.board.fixed} est mise à sa place.`;
  }

  private say(result: Check, first = "", last = ""): void {
    if (result.correct) return this.verdict.say("right", h("strong", {}, "Bravo, toutes les lignes sont à leur place."));
    const good = result.line > 0 ? ` ${lines(result.line)}` : "";
    const why = result.why ? [" ", ...inline(result.why)] : [];
    this.verdict.say("wrong", first, h("strong", {}, problem(result)), ...why, good, last);
  }

  private restart(): void {
    this.board = start(this.puzzle);
    this.keep();
    this.verdict.clear();
    this.show();
    this.rows[this.current].focus();
  }
}

function lines(right: number): string {
  return right === 1 ? "La ligne du dessus est juste." : `Les ${count(right, "ligne")} du dessus sont justes.`;
}

function problem(result: Check & { correct: false }): string {
  const line = `Ligne ${result.line + 1} : `;
  switch (result.reason) {
    case "missing":
      return `${line}il manque une ligne ici. Cherchez-la dans les lignes à ne pas utiliser.`;
    case "useless":
      return `${line}cette ligne est en trop.`;
    case "wrong":
      return `${line}ce n’est pas la bonne ligne à cet endroit.`;
    case "too-far-left":
      return `${line}elle est à sa place, mais décalez-la vers la droite.`;
    case "too-far-right":
      return `${line}elle est à sa place, mais décalez-la vers la gauche.`;
  }
}
