// __loop, called at each turn of a learner's loop (see ../script.ts): throws when a loop does not end.

export const ENDLESS = "Boucle sans fin";
const LONGEST_MS = 2500; // in one go; a page that waits for the next event starts again from 0
const TURNS_PER_LOOK = 64;

export function guardLoop(wait: (run: () => void, ms: number) => unknown): void {
  const now = performance.now.bind(performance);
  let turns = 0;
  let start = 0;
  const look = () => {
    const time = now();
    if (!start) {
      start = time;
      wait(() => (start = 0), 0);
    } else if (time - start > LONGEST_MS) {
      start = 0;
      throw new RangeError(ENDLESS);
    }
    return true;
  };
  const value = () => ++turns % TURNS_PER_LOOK > 0 || look();
  Object.defineProperty(window, "__loop", { value });
}
