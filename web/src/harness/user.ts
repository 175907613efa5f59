// What a person does: real clicks and keys, sent by the browser itself.
import { ask, step } from "./bridge.ts";
import { Failure, Trouble } from "./failure.ts";
import { Locator, Subject, subjectOf } from "./locator.ts";
import { agree } from "./nouns.ts";
import { isVisible } from "./roles.ts";
import { matches, quote } from "./texts.ts";

type Field = HTMLInputElement;

function locatorOf(target: unknown): Locator {
  if (target instanceof Locator) return target;
  throw new Trouble("user agit sur un élément, comme page.getByRole(\"button\").");
}

const refuse = (locator: Locator, message: string): Failure => new Failure(message, { where: locator.where });

/** Where to click: the middle of what can be seen of the element. Fails when a person could not click there. */
function pointOf(locator: Locator): [number, number] {
  const element = locator.element;
  element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const box = [...element.getClientRects()].find((rect) => rect.width > 0 && rect.height > 0);
  if (!box || !isVisible(element)) {
    throw refuse(locator, `${Subject(locator)} n’est pas visible : on ne peut pas cliquer dessus.`);
  }
  if (element.matches(":disabled")) {
    throw refuse(locator, `${Subject(locator)} est ${agree("désactivé", locator.noun)} : le clic ne fait rien.`);
  }
  const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
  const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const hit = document.elementFromPoint(x, y);
  if (hit && !element.contains(hit) && !hit.contains(element) && !labels(hit, element)) {
    throw refuse(locator, `${Subject(locator)} est caché derrière un autre élément : ${subjectOf(hit)}.`);
  }
  return [x, y];
}

/** Whether clicking on what is hit acts on the element all the same. */
const labels = (hit: Element, element: Element): boolean => hit.closest("label")?.control === element;

const mouse = (action: string) => (target: Locator): Promise<void> =>
  step(`user.${action}`, true, async () => {
    const [x, y] = pointOf(locatorOf(target));
    await ask("mouse", action, x, y);
  });

function editable(locator: Locator): Field {
  const element = locator.element as Field;
  const name = Subject(locator);
  if (!isVisible(element)) throw refuse(locator, `${name} n’est pas visible : on ne peut pas y écrire.`);
  if (element.disabled || element.readOnly) throw refuse(locator, `${name} ne peut pas être modifié.`);
  if (!element.isContentEditable && !("value" in element)) throw refuse(locator, `On ne peut pas écrire dans ${locator.subject}.`);
  return element;
}

function focus(element: Field, whole: boolean): void {
  element.focus();
  if (whole && "select" in element) element.select();
  else if (whole) getSelection()?.selectAllChildren(element);
  else if ("selectionEnd" in element && element.selectionEnd !== null) {
    element.setSelectionRange(element.value.length, element.value.length); // people click after the last letter
  }
}

/** Fields that hold no free text: dates, colours, ranges. */
const CHOSEN = /^(date|month|week|time|datetime-local|color|range)$/;

function setValue(element: Field | HTMLSelectElement, value: string): void {
  element.value = value;
  for (const type of ["input", "change"]) element.dispatchEvent(new Event(type, { bubbles: true }));
}

function fill(target: Locator, text: string): Promise<void> {
  return step("user.fill", true, async () => {
    const element = editable(locatorOf(target));
    focus(element, true);
    if (!CHOSEN.test(element.type)) return ask("insert", String(text));
    setValue(element, String(text));
    return ask("settle");
  });
}

function type(target: Locator, text: string): Promise<void> {
  return step("user.type", true, () => {
    focus(editable(locatorOf(target)), false);
    return ask("type", String(text));
  });
}

const press = (key: string): Promise<void> => step("user.press", true, () => ask("press", key));

const tick = (name: string, wanted: boolean) => (target: Locator): Promise<void> =>
  step(`user.${name}`, true, async () => {
    const locator = locatorOf(target);
    const state = (): boolean => (locator.element as Field).checked ?? locator.attribute("aria-checked") === "true";
    if (state() === wanted) return;
    const [x, y] = pointOf(visiblePart(locator));
    await ask("mouse", "click", x, y);
    if (state() !== wanted) throw refuse(locator, `Le clic ne change pas ${locator.subject}.`);
  });

/** A box hidden by its style is ticked by its label. */
function visiblePart(locator: Locator): Locator {
  const element = locator.element as Field;
  const label = element.labels?.[0];
  if (isVisible(element) || !label) return locator;
  return new Locator({ noun: locator.noun, find: () => [label], near: () => ({ has: [], hint: "" }) });
}

function select(target: Locator, label: string): Promise<void> {
  return step("user.select", true, async () => {
    const locator = locatorOf(target);
    const list = locator.element as HTMLSelectElement;
    if (!(list instanceof HTMLSelectElement)) throw refuse(locator, `${Subject(locator)} n’est pas une liste déroulante.`);
    const option = [...list.options].find((one) => matches(one.label, label) || one.value === label);
    if (!option) {
      const found = [...list.options].map((one) => quote(one.label)).join(", ");
      throw new Failure(`${Subject(locator)} n’a pas le choix ${quote(label)}.`, { where: locator.where, found });
    }
    if (list.matches(":disabled")) throw refuse(locator, `${Subject(locator)} ne peut pas être ${agree("modifié", locator.noun)}.`);
    if (option.matches(":disabled")) throw refuse(locator, `Le choix ${quote(label)} est désactivé : on ne peut pas le prendre.`);
    list.focus();
    setValue(list, option.value);
    return ask("settle");
  });
}

export const user = {
  click: mouse("click"),
  doubleClick: mouse("doubleClick"),
  hover: mouse("hover"),
  fill,
  type,
  press,
  check: tick("check", true),
  uncheck: tick("uncheck", false),
  select,
};
