// The picture of an AZERTY keyboard, on which the keys to press are in colour. Words always say the same beside it.

import type { Stroke } from "./model.ts";

const KEY = 50;
const STEP = 54;
const LEFT = [0, 81, 94, 68]; // px where the keys of each row begin
const EDGES: [string, number, number, number][] = [
  // label, row, left, width
  ["Retour", 0, 702, 108],
  ["Tab", 1, 0, 77],
  ["Entrée", 1, 729, 81],
  ["Verr", 2, 0, 90],
  ["", 2, 742, 68],
  ["Maj", 3, 0, 64],
  ["Maj", 3, 662, 148],
  ["Ctrl", 4, 0, 64],
  ["Alt", 4, 122, 64],
  ["Espace", 4, 190, 326],
  ["AltGr", 4, 520, 90],
  ["Ctrl", 4, 746, 64],
];

function node(tag: string, attributes: Record<string, string | number>, text = ""): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = text;
  return element;
}

function key(left: number, row: number, width: number, pressed: boolean, ...texts: SVGElement[]): SVGElement {
  const group = node("g", pressed ? { class: "cpx-pressed" } : {});
  group.append(node("rect", { x: left + 2, y: row * STEP + 2, width, height: KEY, rx: 7 }), ...texts);
  return group;
}

function legends(characters: string, left: number, row: number, level: number): SVGElement[] {
  const letter = characters.length === 2 && characters[1] === characters[0].toUpperCase() && characters[0] !== characters[1];
  const shown = letter ? [characters[1]] : [...characters];
  const lit = letter ? Math.min(level, 0) : level;
  const places = letter ? [[10, 24, "start"]] : [[10, 44, "start"], [10, 22, "start"], [43, 44, "end"]];
  return shown.map((text, rank) => {
    const [x, y, anchor] = places[rank];
    const look: Record<string, string> = rank === lit ? { class: "cpx-legend-on" } : {};
    return node("text", { x: left + Number(x), y: row * STEP + Number(y), "font-size": 16, "text-anchor": anchor, ...look }, text);
  });
}

export function keyboard(layout: string[][], stroke: Stroke | undefined): SVGElement {
  const svg = node("svg", { viewBox: "0 0 814 272", class: "cpx-keyboard", "aria-hidden": "true", focusable: "false" });
  layout.forEach((keys, row) =>
    keys.forEach((characters, column) => {
      const here = stroke?.row === row && stroke.column === column;
      const left = LEFT[row] + column * STEP;
      svg.append(key(left, row, KEY, here, ...(characters ? legends(characters, left, row, here ? stroke.level : -1) : [])));
    }),
  );
  EDGES.forEach(([label, row, left, width], rank) => {
    const pressed = (rank === 5 && stroke?.level === 1) || (label === "AltGr" && stroke?.level === 2) || (label === "Espace" && stroke?.row === 4);
    const text = node("text", { x: left + 2 + width / 2, y: row * STEP + 33, "font-size": 14, "text-anchor": "middle" }, label);
    svg.append(key(left, row, width, pressed, text));
  });
  return svg;
}
