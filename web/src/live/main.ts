// One script, two places, as the card: beside the notebook it draws the preview; in the learner's page, it is the
// runtime, and the eyes of the inspector.
import type { Inner } from "../card/compose.ts";
import { startRuntime } from "../card/runtime/main.ts";
import { startEyes } from "./eyes.ts";
import { Live } from "./live.ts";

const own = document.currentScript as HTMLScriptElement;

if (own.dataset.inner) {
  const inner = JSON.parse(own.dataset.inner) as Inner;
  startEyes(inner.token);
  startRuntime(inner);
} else {
  new Live(own.textContent!);
}
