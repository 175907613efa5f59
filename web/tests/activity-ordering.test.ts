import assert from "node:assert/strict";
import { test } from "node:test";
import type { Puzzle } from "../src/activity/model.ts";
import * as ordering from "../src/activity/ordering.ts";

const puzzle: Puzzle = {
  id: "liste",
  question: "",
  language: "HTML",
  pieces: [
    { text: "</ul>", why: "" }, // 0
    { text: "<li>Thé</li>", why: "" }, // 1
    { text: "<ul", why: "Il manque le chevron fermant." }, // 2
    { text: "<ul>", why: "" }, // 3
    { text: "<li>Café</li>", why: "" }, // 4
  ],
  solution: [
    { text: "<ul>", indent: 0 },
    { text: "<li>Café</li>", indent: 1 },
    { text: "<li>Thé</li>", indent: 1 },
    { text: "</ul>", indent: 0 },
  ],
};

/** A board from the ranks of the program's pieces, as in `"3 4+1 1+1 0"`: `+1` is one step of indentation. */
function board(main: string, aside: number[] = []): ordering.Board {
  const placed = main.split(" ").map((each) => each.split("+").map(Number));
  return {
    main: placed.map(([piece, indent = 0]) => ({ piece, indent })),
    aside: aside.map((piece) => ({ piece, indent: 0 })),
    fixed: 0,
  };
}

const order = (given: ordering.Board) => given.main.map((each) => each.piece).join(" ");

test("the right order with the right indentation and the useless line aside is correct", () => {
  assert.deepEqual(ordering.check(puzzle, board("3 4+1 1+1 0", [2])), { correct: true });
});

test("the first wrong line is the one that is told", () => {
  const wrong = (main: string, aside: number[] = []) => {
    const result = ordering.check(puzzle, board(main, aside));
    return result.correct ? "correct" : `${result.line} ${result.reason}`;
  };
  assert.equal(wrong("3 1 4 0", [2]), "1 wrong");
  assert.equal(wrong("3 4 1 0", [2]), "1 too-far-left");
  assert.equal(wrong("3 4+2 1+1 0", [2]), "1 too-far-right");
  assert.equal(wrong("2 4+1 1+1 0 3"), "0 useless");
  assert.equal(wrong("3 4+1 1+1 0 2"), "4 useless");
  assert.equal(wrong("3 4+1 1+1", [2, 0]), "3 missing");
});

test("a useless line is told with its own explanation", () => {
  const result = ordering.check(puzzle, board("2 3 4 1 0"));
  assert.equal(result.correct ? "" : result.why, "Il manque le chevron fermant.");
});

test("two lines with the same text are interchangeable", () => {
  const twins: Puzzle = {
    ...puzzle,
    pieces: [{ text: "<hr>", why: "" }, { text: "<p>", why: "" }, { text: "<hr>", why: "" }],
    solution: [{ text: "<hr>", indent: 0 }, { text: "<p>", indent: 0 }, { text: "<hr>", indent: 0 }],
  };
  assert.equal(ordering.check(twins, board("0 1 2")).correct, true);
  assert.equal(ordering.check(twins, board("2 1 0")).correct, true);
});

test("a line moves up, down and to a spot, and stops at both ends", () => {
  const given = board("0 1 2 3 4");
  assert.equal(order(ordering.step(given, 2, -1, false)), "0 2 1 3 4");
  assert.equal(order(ordering.step(given, 2, 1, false)), "0 1 3 2 4");
  assert.equal(order(ordering.step(given, 0, -1, false)), "0 1 2 3 4");
  assert.equal(order(ordering.step(given, 4, 1, false)), "0 1 2 3 4");
  assert.equal(order(ordering.place(given, 0, { area: "main", index: 3 })), "1 2 3 0 4");
});

test("past the last line is the area of lines not used, and back", () => {
  const away = ordering.step(board("0 1 2 3 4"), 4, 1, true);
  assert.deepEqual([order(away), away.aside.map((each) => each.piece)], ["0 1 2 3", [4]]);
  assert.equal(order(ordering.step(away, 4, -1, true)), "0 1 2 3 4");
});

test("a line put aside loses its indentation", () => {
  assert.equal(ordering.place(board("0 1+2"), 1, { area: "aside", index: 0 }).aside[0].indent, 0);
});

test("indentation stays between none and the most", () => {
  assert.equal(ordering.indentTo(board("0 1"), 1, -1).main[1].indent, 0);
  assert.equal(ordering.indentTo(board("0 1"), 1, 99).main[1].indent, ordering.MAX_INDENT);
});

test("help first takes a useless line away, then puts the first wrong line in its place for good", () => {
  const first = ordering.ease(puzzle, board("0 1 2 3 4"));
  assert.deepEqual([first.help, order(first.board), first.board.aside], ["removed", "0 1 3 4", []]);
  const second = ordering.ease(puzzle, first.board);
  assert.deepEqual([second.help, order(second.board), second.board.fixed], ["fixed", "3 0 1 4", 1]);
  const third = ordering.ease(puzzle, second.board);
  assert.deepEqual(third.board.main.slice(0, 2), [{ piece: 3, indent: 0 }, { piece: 4, indent: 1 }]);
});

test("help fetches a useful line that was put aside", () => {
  const eased = ordering.ease(puzzle, board("1 0 4", [3, 2]));
  assert.deepEqual([order(eased.board), eased.board.aside.map((each) => each.piece)], ["3 1 0 4", [2]]);
});

test("help repeated ends on a solved puzzle", () => {
  let given = ordering.start(puzzle);
  let turns = 0;
  while (!ordering.check(puzzle, given).correct && turns < 20) {
    given = ordering.ease(puzzle, given).board;
    turns += 1;
  }
  assert.ok(turns > 1 && turns <= 5, `${turns} turns`);
});

test("a fixed line does not move, and nothing goes before it", () => {
  const fixed = { ...board("3 0 1 4"), fixed: 1 };
  assert.equal(order(ordering.step(fixed, 3, 1, true)), "3 0 1 4");
  assert.equal(order(ordering.step(fixed, 0, -1, true)), "3 0 1 4");
  assert.equal(ordering.indentTo(fixed, 3, 2).main[0].indent, 0);
});

test("a kept board is taken only when it belongs to the puzzle", () => {
  assert.equal(ordering.fits(puzzle, board("3 4+1 1+1 0", [2])), true);
  assert.equal(ordering.fits(puzzle, board("3 4 1 0")), true, "a useless line may have been taken away");
  assert.equal(ordering.fits(puzzle, board("3 4 1", [2])), false, "a useful line is lost");
  assert.equal(ordering.fits(puzzle, board("3 4 1 0 0", [2])), false);
  assert.equal(ordering.fits(puzzle, board("3 4 1 9", [0])), false);
  for (const other of [undefined, null, {}, { main: 1, aside: [], fixed: 0 }, { main: [null], aside: [], fixed: 0 }, board("3 4+0.5 1 0")]) {
    assert.equal(ordering.fits(puzzle, other), false);
  }
});

test("the program is written with two spaces per step", () => {
  assert.equal(ordering.program(puzzle, board("3 4+1 0")), "<ul>\n  <li>Café</li>\n</ul>");
});
