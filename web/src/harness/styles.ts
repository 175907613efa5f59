// expect(locator): computed styles and contrast.
import { Trouble } from "./failure.ts";
import type { Locator } from "./locator.ts";
import type { Matchers, Outcome } from "./matcher.ts";
import { hasForm } from "./texts.ts";

/** Properties whose computed value is a length that depends on the room there is. */
const LAYOUT =
  /^(width|height|(min|max)-(width|height)|inset|top|right|bottom|left|margin|padding|flex-basis|(block|inline)-size)/;
const SLACK = 0.5; // px

/** What other properties depend on: em on the size of letters, a border's width on its style, currentcolor on color. */
const CONTEXT = (
  "color direction display float position writing-mode box-sizing line-height font-size font-family font-weight " +
  "border-top-style border-right-style border-bottom-style border-left-style outline-style column-rule-style"
).split(" ");

/** Nothing of the page reaches the probe but what it inherits, and nothing moves it. */
const HOST = ":host { all: inherit !important; display: contents !important } *, :host { transition: none !important; animation: none !important }";

/**
 * The value that CSS gives to an element in the same place: "red" -> "rgb(255, 0, 0)", "50%" -> "320px".
 * A probe stands for an instant beside the element: nothing else resolves %, em, var() and inherit as its parent does.
 * It stands in a closed shadow root, where the page can neither style it nor see what is looked for.
 */
function computedAs(element: Element, property: string, value: string): string {
  const probe = document.createElement(element.localName.includes("-") ? "div" : element.localName);
  const own = getComputedStyle(element);
  for (const name of CONTEXT) if (!property.startsWith(name)) probe.style.setProperty(name, own.getPropertyValue(name));
  probe.style.setProperty(property, "");
  probe.style.setProperty(property, value, "important");
  if (!probe.style.getPropertyValue(property)) {
    throw new Trouble(`Le test demande ${property} : ${value}, que CSS ne connaît pas.`);
  }
  const parent = element.parentElement ?? document.body ?? document.documentElement;
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "closed" });
  const sheet = document.createElement("style");
  sheet.textContent = HOST;
  shadow.append(sheet, LAYOUT.test(property) ? roomOf(parent, probe) : probe);
  parent.append(host);
  try {
    return getComputedStyle(probe).getPropertyValue(property);
  } finally {
    host.remove();
  }
}

/** A plain block as wide as the parent: in a flex or grid parent the probe itself would be squeezed. */
function roomOf(parent: Element, probe: HTMLElement): HTMLElement {
  const room = document.createElement("div");
  const style = getComputedStyle(parent);
  const size = (side: string): string => style.getPropertyValue(side);
  room.style.cssText = `all:unset;display:block;position:absolute;visibility:hidden;font-size:inherit;
    width:calc(${size("width")} - ${borders(style, ["left", "right"])}px);height:${size("height")};`;
  probe.style.display = "block";
  probe.style.boxSizing = "border-box";
  room.append(probe);
  return room;
}

/** Paddings and borders that a width in border-box includes. */
function borders(style: CSSStyleDeclaration, sides: string[]): number {
  if (style.boxSizing !== "border-box") return 0;
  const one = (name: string): number => parseFloat(style.getPropertyValue(name)) || 0;
  return sides.reduce((sum, side) => sum + one(`padding-${side}`) + one(`border-${side}-width`), 0);
}

const NUMBER = /-?\d*\.?\d+/g;

/** Same words, and numbers that differ by rounding at most. */
export function sameStyle(a: string, b: string): boolean {
  if (a.replace(NUMBER, "#") !== b.replace(NUMBER, "#")) return false;
  const [left, right] = [a.match(NUMBER) ?? [], b.match(NUMBER) ?? []];
  const slack = a.includes("px") ? SLACK : 0.01;
  return left.every((number, rank) => Math.abs(Number(number) - Number(right[rank])) <= slack);
}

/** Colours as beginners write them: rgb(255, 0, 0) -> #ff0000. */
export function readable(value: string): string {
  return value.replace(/rgb\((\d+), (\d+), (\d+)\)/g, (_, ...parts: string[]) =>
    `#${parts.slice(0, 3).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`,
  );
}

function toHaveStyle(locator: Locator, who: string, property: string, value: string | number | RegExp): Outcome {
  const element = locator.element;
  const found = getComputedStyle(element).getPropertyValue(property);
  const right = (): boolean => {
    const asked = computedAs(element, property, String(value));
    return found !== "" && (sameStyle(found, asked) || sameColour(found, asked));
  };
  return {
    pass: value instanceof RegExp ? hasForm(found, value) : right(),
    fails: `${who} n’a pas la bonne valeur de ${property}.`,
    holds: `${who} a encore cette valeur de ${property}.`,
    expected: `${property} : ${value}`,
    found: `${property} : ${readable(found) || "rien"}`,
    where: locator.where,
  };
}

type Rgba = [number, number, number, number]; // 0 to 1

function rgba(colour: string): Rgba {
  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data].map((part) => part / 255) as Rgba;
}

const isColour = (value: string): boolean => CSS.supports("color", value);

/** The same colour, said in two colour spaces: rgb(255, 0, 0) and color(srgb 1 0 0). */
function sameColour(a: string, b: string): boolean {
  if (!isColour(a) || !isColour(b)) return false;
  const [left, right] = [rgba(a), rgba(b)];
  return left.every((part, rank) => part === right[rank]);
}

function over(top: Rgba, under: Rgba): Rgba {
  const mix = (rank: number): number => top[rank]! * top[3] + under[rank]! * (1 - top[3]);
  return [mix(0), mix(1), mix(2), 1];
}

function backgroundOf(element: Element): Rgba {
  const style = getComputedStyle(element);
  if (style.backgroundImage !== "none") throw new Trouble("Le contraste ne se mesure pas sur une image de fond.");
  const own = rgba(style.backgroundColor);
  if (own[3] === 1) return own;
  return over(own, element.parentElement ? backgroundOf(element.parentElement) : [1, 1, 1, 1]);
}

function luminance([red, green, blue]: Rgba): number {
  const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrastOf(element: Element): number {
  const background = backgroundOf(element);
  const text = over(rgba(getComputedStyle(element).color), background);
  const [light, dark] = [luminance(text), luminance(background)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Minimum of WCAG: 3 for large text, 4.5 otherwise. */
function minimum(element: Element): number {
  const { fontSize, fontWeight } = getComputedStyle(element);
  const size = parseFloat(fontSize);
  return size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5;
}

const ratio = (value: number): string => `${String(Math.floor(value * 10) / 10).replace(".", ",")} pour 1`;

function toHaveContrast(locator: Locator, who: string, wanted = minimum(locator.element)): Outcome {
  const found = contrastOf(locator.element);
  return {
    pass: found >= wanted,
    fails: `${who} n’est pas assez lisible : la couleur du texte est trop proche de celle du fond.`,
    holds: `${who} a encore ce contraste.`,
    expected: `un contraste d’au moins ${ratio(wanted)}`,
    found: ratio(found),
    where: locator.where,
  };
}

export const styleMatchers: Matchers<Locator> = { toHaveStyle, toHaveContrast };
