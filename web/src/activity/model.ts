// What travels between the kernel and the page: the activity (read only) and the learner's answers.

export interface Choice {
  text: string;
  why: string;
  correct: boolean;
}

/** A question has choices or answers, never both. */
export interface Question {
  id: string;
  text: string;
  choices: Choice[];
  answers: string[];
  why: string;
}

/** A line of a puzzle as first shown; one with a `why` is of no use in the solution. */
export interface Piece {
  text: string;
  why: string;
}

export interface Line {
  text: string;
  indent: number; // steps of two spaces
}

export interface Puzzle {
  id: string;
  question: string;
  language: string;
  pieces: Piece[];
  solution: Line[];
}

export interface Card {
  id: string;
  front: string;
  back: string;
}

/** A line of code to look at; a faulty one has a `why` and a `fix`. */
export interface CodeLine {
  text: string;
  why: string;
  fix: string;
}

export interface Faulty {
  id: string;
  question: string;
  language: string;
  lines: CodeLine[];
}

/** How a character is typed: the key in the layout, alone (0), with Maj (1) or with AltGr (2). */
export interface Stroke {
  name: string;
  keys: string;
  row: number; // 4 is the space bar
  column: number;
  level: number;
}

export interface Typing {
  id: string;
  question: string;
  signs: string[];
  lines: string[];
  strokes: Record<string, Stroke>;
  layout: string[][]; // by row, what each key writes: alone, with Maj, with AltGr
}

export interface Exploration {
  id: string;
  question: string;
  about: string; // a key of EXPLORERS
  steps: string[];
}

export interface Side {
  label: string;
  html: string;
}

export interface Comparison {
  id: string;
  question: string;
  left: Side;
  right: Side;
  why: string;
}

/** The learner's page, which the kernel compares with mock-ups. */
export interface Reproduction {
  id: string;
  question: string;
  page: string;
  mockups: string[];
}

/** The page beside one mock-up; pictures are `data:` addresses, empty when there are none. */
export interface Likeness {
  width: number;
  percent: number | null;
  said: string;
  mockup: string;
  page: string;
  heat: string;
}

/** What the kernel saw when the cell was run. */
export interface Likenesses {
  problem: string;
  mean: number | null;
  views: Likeness[];
}

export type Activity =
  | { kind: "quiz"; name: string; questions: Question[] }
  | { kind: "prediction"; name: string; question: Question; code: string; language: string }
  | ({ kind: "parsons"; name: string } & Puzzle)
  | { kind: "revision"; name: string; cards: Card[] }
  | ({ kind: "erreur"; name: string } & Faulty)
  | ({ kind: "frappe"; name: string } & Typing)
  | ({ kind: "explorateur"; name: string } & Exploration)
  | ({ kind: "comparaison"; name: string } & Comparison)
  | ({ kind: "maquette"; name: string } & Reproduction);

export type Answer = string | string[];

/** What is kept of one question. `view` is what the page needs to show it again, and nothing else reads it. */
export interface Entry {
  answer: Answer;
  correct: boolean;
  attempts: number;
  view?: unknown;
}

/** The part of anywidget's model that is used here. */
export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, callback: () => void): void;
}

/** The learner's answers, kept in the kernel so that they outlive a reload of the page. */
export class Store {
  private readonly model: Model;
  private written: unknown;

  constructor(model: Model, changedElsewhere: () => void) {
    this.model = model;
    model.on("change:state", () => {
      if (model.get("state") !== this.written) changedElsewhere();
    });
  }

  entry(id: string): Entry | undefined {
    const found = this.all()[id];
    return found && typeof found === "object" ? found : undefined;
  }

  save(id: string, entry: Entry): void {
    this.written = { ...this.all(), [id]: entry };
    this.model.set("state", this.written);
    this.model.save_changes();
  }

  private all(): Record<string, Entry> {
    return (this.model.get("state") ?? {}) as Record<string, Entry>;
  }
}
