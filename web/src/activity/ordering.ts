// Moves and checks of a Parsons puzzle. Pure: a board in, a board out, no page here.

import type { Piece, Puzzle } from "./model.ts";

export interface Placed {
  piece: number; // rank in puzzle.pieces
  indent: number; // steps of two spaces
}

/** Where each line is. The first `fixed` lines of `main` are right and no longer move. */
export interface Board {
  main: Placed[];
  aside: Placed[]; // « Lignes à ne pas utiliser »
  fixed: number;
}

export type Area = "main" | "aside";
export interface Spot {
  area: Area;
  index: number;
}

export type Reason = "wrong" | "useless" | "missing" | "too-far-left" | "too-far-right";
export type Check = { correct: true } | { correct: false; line: number; reason: Reason; why: string };

export const MAX_INDENT = 8;

export function start(puzzle: Puzzle): Board {
  return { main: puzzle.pieces.map((_, piece) => ({ piece, indent: 0 })), aside: [], fixed: 0 };
}

/** Whether a board that comes from elsewhere belongs to this puzzle. */
export function fits(puzzle: Puzzle, board: unknown): board is Board {
  const { main, aside, fixed } = (board ?? {}) as Partial<Board>;
  if (!Array.isArray(main) || !Array.isArray(aside) || !Number.isInteger(fixed)) return false;
  const all = [...main, ...aside];
  const ranks = all.map((placed) => placed?.piece);
  const known = all.every((placed) => placed?.piece in puzzle.pieces && Number.isInteger(placed.indent));
  const useful = puzzle.pieces.every((piece, rank) => piece.why !== "" || ranks.includes(rank));
  return known && useful && new Set(ranks).size === ranks.length;
}

export const hasIndents = (puzzle: Puzzle): boolean => puzzle.solution.some((line) => line.indent > 0);
export const hasDistractors = (puzzle: Puzzle): boolean => puzzle.pieces.some(isDistractor);
const isDistractor = (piece: Piece): boolean => piece.why !== "";

export function find(board: Board, piece: number): Spot | undefined {
  for (const area of ["main", "aside"] as const) {
    const index = board[area].findIndex((placed) => placed.piece === piece);
    if (index >= 0) return { area, index };
  }
  return undefined;
}

/** Puts a line at a spot, pushing the others; never before a fixed line. */
export function place(board: Board, piece: number, to: Spot): Board {
  const from = find(board, piece);
  if (!from || isFixed(board, from)) return board;
  const placed = board[from.area][from.index];
  const lists = { main: without(board.main, piece), aside: without(board.aside, piece) };
  const least = to.area === "main" ? board.fixed : 0;
  const index = Math.min(Math.max(to.index, least), lists[to.area].length);
  lists[to.area].splice(index, 0, to.area === "main" ? placed : { piece, indent: 0 });
  return { ...board, ...lists };
}

/** One step up or down; past the end of the program is the area of lines not used, when there is one. */
export function step(board: Board, piece: number, delta: 1 | -1, withAside: boolean): Board {
  const from = find(board, piece);
  if (!from) return board;
  const index = from.index + delta;
  if (from.area === "aside" && index < 0) return place(board, piece, { area: "main", index: board.main.length });
  if (from.area === "main" && index >= board.main.length) {
    return withAside ? place(board, piece, { area: "aside", index: 0 }) : board;
  }
  return place(board, piece, { area: from.area, index });
}

export function indentTo(board: Board, piece: number, indent: number): Board {
  const spot = find(board, piece);
  if (spot?.area !== "main" || isFixed(board, spot)) return board;
  const bounded = Math.min(Math.max(indent, 0), MAX_INDENT);
  return { ...board, main: board.main.map((each) => (each.piece === piece ? { piece, indent: bounded } : each)) };
}

export const isFixed = (board: Board, spot: Spot): boolean => spot.area === "main" && spot.index < board.fixed;

/** The first line that is not right. Two lines with the same text are interchangeable. */
export function check(puzzle: Puzzle, board: Board): Check {
  for (let line = 0; line < Math.max(board.main.length, puzzle.solution.length); line++) {
    const wanted = puzzle.solution.at(line);
    const placed = board.main.at(line);
    if (!placed) return { correct: false, line, reason: "missing", why: "" };
    const piece = puzzle.pieces[placed.piece];
    if (isDistractor(piece)) return { correct: false, line, reason: "useless", why: piece.why };
    if (piece.text !== wanted?.text) return { correct: false, line, reason: "wrong", why: "" };
    if (placed.indent < wanted.indent) return { correct: false, line, reason: "too-far-left", why: "" };
    if (placed.indent > wanted.indent) return { correct: false, line, reason: "too-far-right", why: "" };
  }
  return { correct: true };
}

/** Makes a wrong board easier: takes a useless line away, else puts the first wrong line in its place for good. */
export function ease(puzzle: Puzzle, board: Board): { board: Board; help: "removed" | "fixed"; piece: number } {
  const useless = board.main.find((placed) => isDistractor(puzzle.pieces[placed.piece]));
  if (useless) {
    const piece = useless.piece;
    return { board: { ...board, main: without(board.main, piece) }, help: "removed", piece };
  }
  const wrong = check(puzzle, board);
  const line = wrong.correct ? board.main.length - 1 : wrong.line;
  const wanted = puzzle.solution[line];
  const candidates = [...board.main.slice(line), ...board.aside];
  const piece = candidates.find((placed) => puzzle.pieces[placed.piece].text === wanted.text)?.piece ?? 0;
  const moved = indentTo(place({ ...board, fixed: line }, piece, { area: "main", index: line }), piece, wanted.indent);
  return { board: { ...moved, fixed: line + 1 }, help: "fixed", piece };
}

/** The program as text. */
export function program(puzzle: Puzzle, board: Board): string {
  return board.main.map((placed) => "  ".repeat(placed.indent) + puzzle.pieces[placed.piece].text).join("\n");
}

const without = (list: Placed[], piece: number): Placed[] => list.filter((placed) => placed.piece !== piece);
