// expect(what, [label]): what can be asked depends on what is looked at.
import { elementMatchers } from "./elements.ts";
import { Trouble } from "./failure.ts";
import { geometryMatchers } from "./geometry.ts";
import { Locator, Subject } from "./locator.ts";
import { type Expectation, expectation } from "./matcher.ts";
import { ASYNCHRONOUS, Page, pageMatchers } from "./page.ts";
import { plainMatchers } from "./plain.ts";
import { styleMatchers } from "./styles.ts";
import { capital } from "./texts.ts";

const ofLocator = { ...elementMatchers, ...geometryMatchers, ...styleMatchers };

export const FORGOTTEN = "Il manque le mot await dans ce test.";

export function expect(what: unknown, label = ""): Expectation {
  const who = capital(label);
  if (what instanceof Locator) return expectation(ofLocator, what, who || Subject(what));
  if (what instanceof Page) return expectation(pageMatchers, what, who, ASYNCHRONOUS);
  if (what instanceof Promise) throw new Trouble(FORGOTTEN, { advice: "Écrivez await devant l’appel." });
  return expectation(plainMatchers, what, who || "La valeur");
}
