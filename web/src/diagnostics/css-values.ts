// Declarations of a stylesheet. Law: css-tree says whether a value is right; here is only why it is not.
import { lexer } from "css-tree";
import { nearest } from "../french/nearest.ts";
import { mark, type Mark } from "./marks.ts";
import names from "./names.json" with { type: "json" };

const PROPERTIES = names.properties.split(" ");
const KNOWN = new Set(PROPERTIES);
const EXTRA: Record<string, string> = names.values;
const UNITS = (
  "px em rem % vh vw vmin vmax ch ex fr deg s ms pt cm mm in pc q rad turn grad dpi dpcm dppx x lh rlh cap ic svh svw dvh dvw lvh " +
  "lvw svi svb lvi lvb dvi dvb vi vb cqw cqh cqi cqb cqmin cqmax hz khz rcap rch rex ric dvmin dvmax svmin svmax lvmin lvmax"
).split(" ");
const FRENCH: Record<string, string> = {
  couleur: "color", "couleur-fond": "background-color", fond: "background", largeur: "width", hauteur: "height", marge: "margin",
  bordure: "border", police: "font-family", taille: "font-size", "taille-police": "font-size", opacite: "opacity", affichage: "display",
};
const COLORS: Record<string, string> = {
  rouge: "red", bleu: "blue", vert: "green", jaune: "yellow", noir: "black", blanc: "white", gris: "gray", rose: "pink",
  violet: "violet", marron: "brown", centre: "center", gauche: "left", droite: "right", gras: "bold", italique: "italic",
  aucun: "none", souligné: "underline",
};
const FUNCTIONS = "rgb rgba hsl hsla calc url var min max clamp translate scale rotate linear-gradient radial-gradient repeat minmax".split(" ");
const DYNAMIC = /\b(?:var|env|attr)\(/i;

type Syntax = { type?: string; name?: string; terms?: Syntax[]; term?: Syntax; syntax?: Syntax };

export function fits(property: string, value: string): boolean {
  if ((EXTRA[property] ?? "").split(" ").includes(value)) return true;
  try {
    return !lexer.matchProperty(property, value).error;
  } catch {
    return true; // what css-tree cannot read is not called wrong
  }
}

/** Every keyword that the syntax of a property may hold. */
function keywordsOf(property: string): string[] {
  const found = new Set<string>((EXTRA[property] ?? "").split(" ").filter(Boolean));
  const seen = new Set<string>();
  const look = (node: Syntax | undefined): void => {
    if (!node) return;
    if (node.type === "Keyword") found.add(node.name!);
    if ((node.type === "Type" || node.type === "Property") && !seen.has(`${node.type}${node.name}`)) {
      seen.add(`${node.type}${node.name}`);
      const known = lexer as unknown as { types: Record<string, Syntax>; properties: Record<string, Syntax> };
      look((node.type === "Type" ? known.types : known.properties)[node.name!]?.syntax);
    }
    for (const term of node.terms ?? []) look(term);
    look(node.term);
  };
  look((lexer as unknown as { properties: Record<string, Syntax> }).properties[property]?.syntax);
  return [...found];
}

function unknownProperty(property: string, from: number): Mark {
  const to = from + property.length;
  const hyphened = property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (hyphened !== property && KNOWN.has(hyphened)) return mark("css/property-capital", from, to, { name: property, near: hyphened });
  const french = FRENCH[property.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()];
  if (french) return mark("css/property-french", from, to, { name: property, near: french });
  const near = nearest(property, PROPERTIES.filter((one) => !one.startsWith("-")));
  return mark(near ? "css/property-near" : "css/property", from, to, { name: property, near });
}

const NUMBER = /(?<![\w.#%-])([+-]?(?:\d+\.?\d*|\.\d+))(?![\w.%])/g;

/** Why a value without any function is wrong, as the first repair that makes it right tells. */
function repaired(property: string, value: string): [code: string, values: Record<string, string>] | null {
  const right = (text: string): boolean => text !== value && fits(property, text);
  if (right(value.replace(/(\d)\s+(px|em|rem|%|vh|vw|s|ms|deg)(?![\w])/g, "$1$2"))) return ["css/unit-space", {}];
  if (right(value.replace(/(\d),(\d)/g, "$1.$2"))) return ["css/decimal-comma", {}];
  if (right(value.replace(/^(["'])(.*)\1$/, "$2"))) return ["css/value-quoted", { value: value.slice(1, -1) }];
  for (const unit of ["px", "s", "deg"]) if (right(value.replace(NUMBER, `$1${unit}`))) return ["css/unit-missing", { unit }];
  const strange = [...value.matchAll(/(?<![\w#-])[\d.]+([a-z]+)/gi)].map((found) => found[1]!).find((one) => !UNITS.includes(one.toLowerCase()));
  const unit = strange && nearest(strange, UNITS);
  if (strange) return [unit ? "css/unit-near" : "css/unit", { unit: strange, near: unit ?? "" }];
  if (right(value.replace(/(?<![\w#-])([+-]?[\d.]+)(?:[a-z]+|%)/gi, "$1"))) return ["css/unit-extra", {}];
  if (right(value.replace(/-([\d.])/g, "$1"))) return ["css/negative", {}];
  if (/^[\da-f]{3,8}$/i.test(value) && right(`#${value}`)) return ["css/hash-missing", { value }];
  const words = value.split(/\s+/);
  if (words.length > 1 && words.slice(1).some((_, rank) => fits(property, words.slice(0, rank + 1).join(" ")))) return ["css/too-many", {}];
  return null;
}

function misspelt(property: string, value: string): [string, Record<string, string>] | null {
  const keywords = keywordsOf(property);
  for (const [word] of value.matchAll(/(?<![\w#.-])[a-zA-ZÀ-ÿ][\wÀ-ÿ-]*/g)) {
    if (keywords.includes(word.toLowerCase())) continue;
    const french = COLORS[word.toLowerCase()];
    if (french && fits(property, value.replace(word, french))) return ["css/value-french", { value: word, near: french }];
    const near = nearest(word, keywords);
    if (near && fits(property, value.replace(word, near))) return ["css/value-near", { value: word, near }];
  }
  return null;
}

function wrongFunction(value: string): [string, Record<string, string>] | null {
  const spaced = new RegExp(`(?<![\\w-])(${FUNCTIONS.join("|")})\\s+\\(`).exec(value);
  if (spaced) return ["css/function-space", { name: spaced[1]! }];
  if (/calc\([^()]*(?:[\d%a-z)][+-]\s*[\d.]|[\d%a-z)][+-]\s)/i.test(value) && !/calc\([^()]*--/.test(value)) return ["css/calc-space", {}];
  const name = /(?<![\w-])var\(\s*([^-\s)][^,)]*)/.exec(value)?.[1];
  return name ? ["css/var-dashes", { name: name.trim() }] : null;
}

function unknownFunction(value: string): [string, Record<string, string>] | null {
  for (const [, name] of value.matchAll(/([a-z][\w-]*)\(/gi)) {
    const near = FUNCTIONS.includes(name!) ? "" : nearest(name!, FUNCTIONS);
    if (near && name!.length > 2) return ["css/function-near", { name: name!, near }];
  }
  return null;
}

function wrongColor(value: string): [string, Record<string, string>] | null {
  const hex = /#([\w]*)/.exec(value)?.[1];
  return hex !== undefined && !/^(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(hex) ? ["css/color-hex", { value: `#${hex}` }] : null;
}

/** Why a value is wrong, or null when it is right, or too new to be judged. */
function valueProblem(property: string, written: string): [string, Record<string, string>] | null {
  const bang = /!\s*(\w*)\s*$/.exec(written);
  if (bang && bang[1]!.toLowerCase() !== "important") return ["css/important", {}];
  const value = bang ? written.slice(0, bang.index).trim() : written;
  const wrong = wrongFunction(value);
  if (wrong) return wrong;
  if (DYNAMIC.test(value) || fits(property, value)) return null;
  if (/\(/.test(value)) return unknownFunction(value);
  return wrongColor(value) ?? repaired(property, value) ?? misspelt(property, value) ?? ["css/value", { value, name: property }];
}

/** The property that starts inside the value of another: a semicolon was forgotten before it. */
function forgotten(value: string): number {
  const plain = value.replace(/"[^"]*"|'[^']*'|\([^()]*\)/g, (part) => "x".repeat(part.length));
  const next = /(\s+)([-a-z]+)\s*:/i.exec(plain);
  return next && (KNOWN.has(next[2]!) || next[1]!.includes("\n")) ? next.index : -1;
}

function shapeless(text: string, from: number): Mark {
  const name = /^[-\w]+/.exec(text)?.[0] ?? "";
  const to = from + text.split("\n")[0]!.length;
  if (text.startsWith(":")) return mark("css/property-missing", from, to);
  if (/^[-\w]+\s*=/.test(text)) return mark("css/equals", from, to, { name });
  return name ? mark("css/colon-missing", from, to, { name }) : mark("css/declaration", from, to);
}

/** Problems of one declaration, without its semicolon. */
export function checkDeclaration(text: string, from: number): Mark[] {
  const found = /^([-\wÀ-ÿ]+)(\s*:\s*)/.exec(text);
  if (!found) return [shapeless(text, from)];
  const [lead, property] = found as unknown as [string, string];
  const value = text.slice(lead.length);
  const start = from + lead.length;
  if (property.startsWith("--")) return [];
  if (!value) return [mark("css/value-missing", from, from + lead.trimEnd().length, { name: property })];
  if (value.startsWith(":")) return [mark("css/colon-twice", from, start + 1, { name: property })];
  const end = forgotten(value);
  if (end >= 0) return [mark("css/semicolon-missing", start, start + end)];
  const lower = property.toLowerCase();
  if (!KNOWN.has(lower) && !property.startsWith("-")) return [unknownProperty(property, from)];
  const problem = valueProblem(lower, value);
  return problem ? [mark(problem[0], start, start + value.length, { name: property, ...problem[1] })] : [];
}
