// Wait until what the page has started is done: its fetches answered, its next frame drawn.

const FETCH_LIMIT = 500; // ms; a page may clear the timings that are counted here
const RESIZE_LIMIT = 500; // ms; a few are enough
const FRAMES = 2; // on a busy machine the body of an answer comes a frame after its timing
const MACROTASKS = 3; // fetch().then(json).then(render): a few turns after the answer

let settled = 0; // fetches that were waited for in this document

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Requests of scripts that have their answer. */
const answered = (): number =>
  (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).filter(
    ({ initiatorType }) => initiatorType === "fetch" || initiatorType === "xmlhttprequest",
  ).length;

const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));

/** `frame`: also wait for what is drawn next, after something happened. */
export async function settle(fetches: number, frame = false): Promise<void> {
  const start = performance.now();
  while (answered() < fetches && performance.now() - start < FETCH_LIMIT) await turn();
  const news = fetches > settled;
  settled = fetches;
  for (let i = 0; i < (news ? MACROTASKS : 1); i++) await turn();
  for (let i = 0; frame && i < (news ? FRAMES : 1); i++) await nextFrame();
}

/** Wait until the window has the size that was asked for; a page without a script needs no frame drawn. */
export async function resized(width: number): Promise<void> {
  const start = performance.now();
  const { port1, port2 } = new MessageChannel();
  while (innerWidth !== width && performance.now() - start < RESIZE_LIMIT) {
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
  }
  port1.close();
}
