// The words that a regular expression asks for: "départ" for /d[ée]part/i, "menu.css" for /^(\.\/)?menu\.css$/.
//
// Law: words that the expression accepts, or null: a learner never reads an expression.
interface Piece {
  words: string | null; // null: nothing to say
  isOnly: boolean; // what is optional left out, no other words are accepted
}

export interface Reading {
  words: string;
  isOnly: boolean;
  isStart: boolean; // nothing may come before
  isEnd: boolean;
}

const NOTHING: Piece = { words: null, isOnly: false };
const only = (words: string): Piece => ({ words, isOnly: true });
const base = (letter: string): string => letter.normalize("NFD").charAt(0).toLowerCase().replace("'", "’");

/** A set of letters: that of a word with and without its accent is one letter, any set with a space is a space. */
function ofSet(set: string): Piece {
  if (/^\^|[^\\]-./.test(set) || /\\[^sW.?!()/[\]\\-]/.test(set)) return NOTHING;
  if (/\\[sW]|\s/.test(set)) return only(" ");
  const [first = "", ...others] = set.replace(/\\/g, "");
  return { words: first, isOnly: others.every((letter) => base(letter) === base(first)) };
}

function ofEscape(letter: string): Piece {
  if (letter === "b") return only("");
  if (/[sWnt]/.test(letter)) return only(" ");
  return /\w/.test(letter) ? NOTHING : only(letter);
}

/** How often a piece comes: a space that may be left out is typed all the same, as French does. */
function repeated(piece: Piece, times: string): Piece {
  const [how] = times;
  if (!how || piece.words === " ") return piece;
  return how === "?" || (how === "*" && piece.words !== null) ? only("") : NOTHING;
}

const joined = (pieces: Piece[]): Piece => ({
  words: pieces.some(({ words }) => words === null) ? null : pieces.map(({ words }) => words).join(""),
  isOnly: pieces.every(({ isOnly }) => isOnly),
});

/** Reads one expression from left to right. */
class Reader {
  readonly #source: string;
  #place = 0;

  constructor(source: string) {
    this.#source = source;
  }

  #take(form: RegExp): RegExpExecArray | null {
    const found = new RegExp(form.source, `${form.flags}y`);
    found.lastIndex = this.#place;
    const taken = found.exec(this.#source);
    this.#place += taken?.[0].length ?? 0;
    return taken;
  }

  /** The first of several ways. */
  ways(): Piece {
    const first = this.#way();
    let isOnly = first.isOnly;
    while (this.#take(/\|/)) {
      this.#way();
      isOnly = false;
    }
    return { words: first.words, isOnly };
  }

  #way(): Piece {
    const pieces: Piece[] = [];
    while (this.#place < this.#source.length && !/[|)]/.test(this.#source.charAt(this.#place))) {
      const piece = this.#piece();
      pieces.push(repeated(piece, this.#take(/(?:[?*+]|\{[^}]*\})\??/)?.[0] ?? ""));
    }
    return joined(pieces);
  }

  #piece(): Piece {
    const group = this.#take(/\((\?(?:<?[=!]|<\w+>|[ims-]*:))?/);
    if (group) {
      const inside = this.ways();
      this.#take(/\)/);
      return group[1] && group[1] !== "?:" ? NOTHING : inside;
    }
    const set = this.#take(/\[((?:\\.|[^\]\\])*)\]/);
    if (set) return ofSet(set[1]!);
    const code = this.#take(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/);
    if (code) return only(String.fromCharCode(Number.parseInt(code[1] ?? code[2]!, 16)));
    const escaped = this.#take(/\\([^])/);
    if (escaped) return ofEscape(escaped[1]!);
    if (this.#take(/(?<=\p{L})\.(?=\p{L})/u)) return { words: "’", isOnly: false }; // l.accueil: either apostrophe
    const [letter] = this.#take(/[^]/)!;
    return letter === "." ? NOTHING : only(/[$^]/.test(letter!) ? "" : letter!);
  }
}

/** What an expression asks for; null when no words say it. */
export function readForm({ source }: RegExp): Reading | null {
  const { words, isOnly } = new Reader(source).ways();
  const said = words?.replace(/\s+/g, " ").trim();
  if (!said) return null;
  return { words: said, isOnly, isStart: source.startsWith("^"), isEnd: /(^|[^\\])\$$/.test(source) };
}
