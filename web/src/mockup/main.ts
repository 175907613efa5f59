// Entry of the asset mockup.js, for a page of ours: compareMockup(given) and measureMockup(given).
//
//     compareMockup({ mockup, page, bare, zones, tolerance, whole, look }) -> { score, zones, picture, views }
//     measureMockup({ page, bare, zones })                           -> pixels that the letters draw in each zone
//
// `page` and `bare` are the same page, `bare` with transparent letters. Images are PNG in base64.
import { type Box, decode } from "./image.ts";
import { picture } from "./picture.ts";
import { views } from "./views.ts";
import { type Found, type Zone, goesOn, lettersIn, look } from "./zone.ts";

interface Given {
  mockup: string;
  page: string;
  bare: string;
  zones: Zone[];
  tolerance: number; // part of the ink of a zone that may differ
  whole: boolean; // the zones are the whole page: nothing may come after them
  look: boolean; // three pictures to lay one over the other, instead of one
}

interface Judged extends Found {
  shift: number; // px downwards that the zones before do not explain
  score: number; // 0 to 1
}

const SHIFT = 1; // px that nobody sees
const UNDER = 8; // px under the last zone
const WORST = 0.5; // difference from which a zone earns nothing
const MISPLACED = 0.75; // of a zone that is right, but not in its place

function judge(found: Found, before: number, tolerance: number): Judged {
  const shift = found.dy - before;
  const isPlaced = Math.abs(shift) <= SHIFT && Math.abs(found.dx) <= SHIFT;
  const likeness = found.difference <= tolerance ? 1 : Math.max(0, 1 - found.difference / WORST);
  const score = found.isText ? likeness * (isPlaced ? 1 : MISPLACED) : 0;
  return { ...found, shift, score };
}

async function compareMockup({ tolerance, whole, look: isLook, ...given }: Given): Promise<object> {
  const [mockup, page, bare] = await Promise.all([decode(given.mockup), decode(given.page), decode(given.bare)]);
  const wrong = new Set<number>();
  const mark = (x: number, y: number): void => void wrong.add(y * page.width + x);
  let before = 0;
  const zones = given.zones.map((zone): Judged => {
    const judged = judge(look(mockup, page, bare, zone, mark), before, tolerance);
    if (judged.difference < WORST) before = judged.dy;
    return judged;
  });
  const longer = whole && goesOn(page, Math.max(...given.zones.map(({ y, height }) => y + height)) + before + UNDER);
  const total = zones.reduce((sum, zone) => sum + zone.score, 0) / (zones.length + (longer ? 1 : 0));
  const said = { zones, longer, score: total };
  if (isLook) return { ...said, picture: "", views: await views(mockup, page, wrong) };
  return { ...said, picture: total === 1 ? "" : await picture(mockup, page, wrong), views: [] };
}

async function measureMockup(given: { page: string; bare: string; zones: Box[] }): Promise<number[]> {
  const [page, bare] = await Promise.all([decode(given.page), decode(given.bare)]);
  return given.zones.map((zone) => lettersIn(page, bare, zone));
}

Object.assign(globalThis, { compareMockup, measureMockup });
