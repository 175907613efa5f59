// One script, two places: in the card, it draws the card; in the learner's page, it is the runtime.
import { Card } from "./card.ts";
import type { Inner } from "./compose.ts";
import { startRuntime } from "./runtime/main.ts";

const own = document.currentScript as HTMLScriptElement;

if (own.dataset.inner) {
  startRuntime(JSON.parse(own.dataset.inner) as Inner);
} else {
  new Card(JSON.parse(document.getElementById("site")!.textContent!), own.textContent!);
}
