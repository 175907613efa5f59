// One zone of a mock-up on a page: where it is now, and which part of its ink is another.
//
//     ink        what is not the background of the zone, in the mock-up or on the page
//     shift      the move in px that makes most of the ink agree: a block 4 px too low is not a wrong block
//     difference wrong ink / ink, 0 to 1; a blank page has no ink, hence 1
//
// Law: one pixel of smoothing around a letter is never a difference.
import { type Box, type Image, EDGE, at, background, differs, isFlat } from "./image.ts";

export interface Zone extends Box {
  name: string;
  text: number; // pixels that its text draws on the mock-up
}

export interface Found extends Zone {
  dx: number;
  dy: number;
  difference: number;
  isThere: boolean; // whether the page has ink there at all
  isText: boolean; // whether its text is drawn by letters, not by an image
}

const REACH = 400; // px, up or down
const SIDE = 16; // px, left or right
const SAMPLES = 1500; // pixels of ink that are tried at each shift
const INK_FLOOR = 150; // px: a zone with less ink would turn a speck into a difference
const TEXT_FLOOR = 60; // px
const TEXT_PART = 0.5; // of the letters must be letters
const THERE = 0.15; // of the ink of the mock-up: with less, the zone is not written yet
const BORDER = 2; // px around a zone that belong to its neighbours as well

/** Places of the ink of a zone on the mock-up. */
function inkOf(mockup: Image, zone: Box): [x: number, y: number][] {
  const ground = background(mockup, zone);
  const ink: [number, number][] = [];
  for (let y = zone.y; y < zone.y + zone.height; y++) {
    for (let x = zone.x; x < zone.x + zone.width; x++) {
      const place = at(mockup, x, y);
      if (place >= 0 && differs(mockup, place, mockup, ground)) ink.push([x, y]);
    }
  }
  return ink;
}

function wrongAt(mockup: Image, page: Image, ink: [number, number][], dx: number, dy: number): number {
  let wrong = 0;
  for (const [x, y] of ink) if (differs(mockup, at(mockup, x, y), page, at(page, x + dx, y + dy))) wrong += 1;
  return wrong;
}

/** The shift with the least wrong ink; the smallest of those that are as good. */
function align(mockup: Image, page: Image, ink: [number, number][]): [dx: number, dy: number] {
  const step = Math.max(1, Math.floor(ink.length / SAMPLES));
  const sample = ink.filter((_, rank) => rank % step === 0);
  let best: [dx: number, dy: number] = [0, 0];
  let least = wrongAt(mockup, page, sample, 0, 0);
  const attempt = (dx: number, dy: number): void => {
    if (least === 0) return;
    const wrong = wrongAt(mockup, page, sample, dx, dy);
    if (wrong < least) [least, best] = [wrong, [dx, dy]];
  };
  for (let far = 1; far <= REACH; far++) for (const sign of [1, -1]) attempt(0, sign * far);
  const [, level] = best;
  for (let side = 1; side <= SIDE; side++) {
    for (const sign of [1, -1]) for (const around of [0, 1, -1]) attempt(sign * side, level + around);
  }
  return least > sample.length * 0.85 ? [0, 0] : best; // it is nowhere: no shift to speak of
}

/** Whether a pixel has its like one pixel away at most in the other image. */
function hasLike(a: Image, i: number, b: Image, x: number, y: number): boolean {
  for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) if (!differs(a, i, b, at(b, x + dx, y + dy), EDGE)) return true;
  return false;
}

/** Whether two pixels show the same, apart from how the edges are smoothed. */
function isLike(a: Image, i: number, x: number, y: number, b: Image, j: number, u: number, v: number): boolean {
  if (!differs(a, i, b, j)) return true;
  if (isFlat(a, x, y) && isFlat(b, u, v)) return false;
  return hasLike(a, i, b, u, v) && hasLike(b, j, a, x, y);
}

/** What the rows that `look` leaves out show of the mock-up: a shift may bring a neighbour there. */
interface Edges {
  ink: number; // pixels of ink of the mock-up
  lost: [x: number, y: number][]; // those that the page shows otherwise, on the page
  letters: number; // those that letters of the page draw alike
  others: number; // what other letters draw there
}

function edgesOf(mockup: Image, page: Image, bare: Image, zone: Zone, [dx, dy]: [number, number], margin: number): Edges {
  const ground = background(mockup, zone);
  const edges: Edges = { ink: 0, lost: [], letters: 0, others: 0 };
  for (let y = zone.y; y < zone.y + zone.height; y++) {
    if (y >= zone.y + margin && y < zone.y + zone.height - margin) continue;
    for (let x = zone.x; x < zone.x + zone.width; x++) {
      const [i, j] = [at(mockup, x, y), at(page, x + dx, y + dy)];
      const isInk = differs(mockup, i, mockup, ground);
      const isSame = isInk && isLike(mockup, i, x, y, page, j, x + dx, y + dy);
      if (isInk) edges.ink += 1;
      if (isInk && !isSame) edges.lost.push([x + dx, y + dy]);
      if (j >= 0 && differs(page, j, bare, j)) edges[isSame ? "letters" : "others"] += 1;
    }
  }
  return edges;
}

/** Look for a zone; `mark` is called for each wrong pixel of the page. */
export function look(mockup: Image, page: Image, bare: Image, zone: Zone, mark: (x: number, y: number) => void): Found {
  const ink = inkOf(mockup, zone);
  const [dx, dy] = align(mockup, page, ink);
  const ground = background(mockup, zone);
  const paper = background(page, { ...zone, x: zone.x + dx, y: zone.y + dy });
  const margin = Math.min(BORDER + Math.abs(dy), Math.floor(zone.height / 4));
  let [all, wrong, letters, own] = [0, 0, 0, 0];
  for (let y = zone.y + margin; y < zone.y + zone.height - margin; y++) {
    for (let x = zone.x; x < zone.x + zone.width; x++) {
      const [i, j] = [at(mockup, x, y), at(page, x + dx, y + dy)];
      const isInk = differs(mockup, i, mockup, ground) || differs(page, j, mockup, ground);
      if (!isInk) continue;
      all += 1;
      if (differs(page, j, page, paper)) own += 1;
      if (j >= 0 && differs(page, j, bare, j)) letters += 1;
      if (isLike(mockup, i, x, y, page, j, x + dx, y + dy)) continue;
      wrong += 1;
      mark(x + dx, y + dy);
    }
  }
  const edges = edgesOf(mockup, page, bare, zone, [dx, dy], margin);
  const isWritten = (pixels: number): boolean => zone.text < TEXT_FLOOR || pixels >= zone.text * TEXT_PART;
  letters += edges.letters;
  if (!isWritten(letters)) {
    // Its text is drawn, or is another one at the edges: then it is there that it differs.
    all += edges.ink;
    wrong += edges.lost.length;
    for (const [x, y] of edges.lost) mark(x, y);
    const instead = Math.min(edges.others, edges.lost.length);
    [letters, own] = [letters + instead, own + instead];
  }
  const difference = wrong / Math.max(all, INK_FLOOR);
  return { ...zone, dx, dy, difference, isText: isWritten(letters), isThere: own > ink.length * THERE };
}

/** How many pixels of a box the letters draw: those that go when the letters are transparent. */
export function lettersIn(page: Image, bare: Image, box: Box): number {
  let letters = 0;
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const place = at(page, x, y);
      if (place >= 0 && differs(page, place, bare, place)) letters += 1;
    }
  }
  return letters;
}

/** Whether a page goes on under the mock-up. */
export function goesOn(page: Image, from: number): boolean {
  const rest = { x: 0, y: Math.max(0, from), width: page.width, height: page.height - Math.max(0, from) };
  if (rest.height <= 0) return false;
  const ground = background(page, rest);
  let ink = 0;
  for (let y = rest.y; y < page.height; y++) for (let x = 0; x < page.width; x++) if (differs(page, at(page, x, y), page, ground)) ink += 1;
  return ink > INK_FLOOR;
}
