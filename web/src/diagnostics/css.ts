// Mistakes of a stylesheet: structure first, then selectors, at-rules and declarations.
import { parse, walk, type CssNode } from "css-tree";
import { nearest } from "../french/nearest.ts";
import { brokenStructure, statementsOf, withoutComments, type Statement } from "./css-structure.ts";
import { checkDeclaration } from "./css-values.ts";
import { mark, type Mark } from "./marks.ts";
import names from "./names.json" with { type: "json" };

const TAGS = names.tags.split(" ");
const LOWER_TAGS = new Set(TAGS.map((tag) => tag.toLowerCase()));
const PSEUDOS = names.pseudos.split(" ");
const AT_RULES = names.atRules.split(" ");
const DESCRIPTORS = /^@(?:font-face|property|counter-style|page|font-palette-values|view-transition|color-profile|font-feature-values|position-try|-)/i;
const FEATURES = (
  "width height aspect-ratio orientation resolution hover any-hover pointer any-pointer prefers-color-scheme prefers-reduced-motion " +
  "prefers-contrast prefers-reduced-transparency prefers-reduced-data forced-colors inverted-colors display-mode scripting update color " +
  "color-gamut color-index monochrome grid scan overflow-block overflow-inline dynamic-range video-dynamic-range min-width max-width min-height " +
  "max-height min-resolution max-resolution min-aspect-ratio max-aspect-ratio inline-size block-size device-width device-height nav-controls"
).split(" ");

function writtenSelector({ text, from }: Statement): Mark | null {
  const whole = (code: string): Mark => mark(code, from, from + text.length, { name: text.slice(0, 40) });
  if (!text) return mark("css/selector-missing", from, from + 1);
  const plain = text.replace(/\[[^\]]*\]|"[^"]*"|'[^']*'/g, (part) => "x".repeat(part.length));
  if (/,\s*$|^,|,\s*,/.test(plain)) return whole("css/selector-comma");
  if (/[.#]\d/.test(plain)) return whole("css/selector-digit");
  if (/[.#](?:[\s.#,]|$)/.test(plain)) return whole("css/selector-dot");
  if (/:(?:\s|$)/.test(plain)) return whole("css/pseudo-space");
  return null;
}

function checkNode(node: CssNode, statement: Statement): Mark | null {
  const { text, from } = statement;
  if (node.type !== "TypeSelector" && node.type !== "PseudoClassSelector" && node.type !== "PseudoElementSelector") return null;
  const name = node.name.toLowerCase();
  const start = from + (node.loc?.start.offset ?? 0);
  const end = start + Math.min(node.name.length + (node.type === "TypeSelector" ? 0 : 1), text.length);
  if (node.type === "TypeSelector") {
    if (name.includes("-") || /[|*&\\]/.test(name) || LOWER_TAGS.has(name)) return null;
    const near = nearest(name, TAGS);
    return mark(near ? "css/selector-tag-near" : "css/selector-tag", start, end, { name: node.name, near });
  }
  if (name.startsWith("-") || PSEUDOS.includes(name)) return null;
  const near = nearest(name, PSEUDOS.filter((one) => !one.startsWith("-")));
  return near ? mark("css/pseudo-near", start, end, { name, near }) : null;
}

function checkSelector(statement: Statement): Mark[] {
  const badly = writtenSelector(statement);
  if (badly) return [badly];
  const found: Mark[] = [];
  const nested = /^[>+~]/.test(statement.text);
  try {
    const tree = parse(nested ? `*${statement.text.slice(1)}`.replace(/^\*\S/, "*") : statement.text, {
      context: "selectorList", positions: true,
    });
    walk(tree, (node) => {
      const bad = nested ? null : checkNode(node, statement);
      if (bad) found.push(bad);
    });
  } catch {
    if (nested || statement.text.includes("&")) return [];
    found.push(mark("css/selector", statement.from, statement.from + statement.text.length, { name: statement.text.slice(0, 40) }));
  }
  return found.slice(0, 1);
}

function checkMedia({ text, from }: Statement): Mark[] {
  const whole = (code: string, values: Record<string, string> = {}): Mark[] => [mark(code, from, from + text.length, values)];
  if (/^@media\s+(?:\w+\s+and\s+)?(?:min|max)-[a-z]+\s*:/i.test(text)) return whole("css/media-parens");
  if (/\b(?:and|or|not)\(/i.test(text)) return whole("css/media-space");
  if (/\((?:min|max)-(?:width|height)\s*:\s*0*[1-9]\d*\s*\)/i.test(text)) return whole("css/media-unit");
  for (const [, name] of text.matchAll(/\(\s*([a-z-]+)\s*[:)]/gi)) {
    const near = FEATURES.includes(name!.toLowerCase()) ? "" : nearest(name!, FEATURES);
    if (near) return whole("css/media-near", { name: name!, near });
  }
  return [];
}

function checkSteps(statement: Statement): Mark[] {
  const isStep = (text: string): boolean => /^(?:(?:from|to|[\d.]+%)\s*,?\s*)+$/i.test(text) || /^[a-z-]+ [\d.]+%$/.test(text);
  return statement.items
    .filter(({ kind, text }) => kind === "rule" && !isStep(text))
    .map(({ text, from }) => mark("css/keyframes-step", from, from + text.length, { name: text }));
}

function checkAtRule(statement: Statement, hasRulesBefore: boolean): Mark[] {
  const { text, from } = statement;
  const name = /^@([\w-]*)/.exec(text)![1]!.toLowerCase();
  const to = from + name.length + 1;
  if (!name.startsWith("-") && !AT_RULES.includes(name)) {
    const near = nearest(name, AT_RULES.filter((one) => !one.startsWith("-")));
    return [mark(near ? "css/at-rule-near" : "css/at-rule", from, to, { name, near })];
  }
  if (name === "import" && hasRulesBefore) return [mark("css/import-late", from, from + text.length)];
  if (name === "media" && !statement.hasBlock) return [mark("css/block-missing", from, from + text.length)];
  const inside = DESCRIPTORS.test(text) ? [] : checkItems(statement.items, name === "keyframes" ? "steps" : "inside");
  return [...(name === "media" ? checkMedia(statement) : []), ...(name === "keyframes" ? checkSteps(statement) : []), ...inside];
}

type Place = "top" | "inside" | "steps";

function checkPlain({ text, from }: Statement, place: Place): Mark[] {
  if (place !== "top") return checkDeclaration(text, from);
  const first = from + text.split("\n")[0]!.length;
  return [mark(/^[-\w]+\s*:\s*[^:]/.test(text) ? "css/outside" : "css/block-missing", from, first)];
}

function checkItems(items: Statement[], place: Place): Mark[] {
  return items.flatMap((item, rank) => {
    if (item.kind === "plain") return checkPlain(item, place);
    if (item.kind === "at") return checkAtRule(item, items.slice(0, rank).some(({ kind }) => kind === "rule"));
    return [...(place === "steps" ? [] : checkSelector(item)), ...checkItems(item.items, "inside")];
  });
}

/** A property of the learner's own that nothing declares, next to one that something does. */
function checkOwn(source: string, others: ReadonlySet<string>): Mark[] {
  const text = withoutComments(source);
  const known = [...new Set([...others, ...[...text.matchAll(/(--[\w-]+)\s*:/g)].map((found) => found[1]!)])];
  const unknown = [...text.matchAll(/var\(\s*(--[\w-]+)\s*\)/g)].filter((found) => !known.includes(found[1]!));
  return unknown.flatMap((found) => {
    const near = nearest(found[1]!, known);
    return near ? [mark("css/var-near", found.index, found.index + found[0].length, { name: found[1]!, near })] : [];
  });
}

/** Mistakes of a stylesheet; `names` are those declared by other files. */
export function checkStyle(source: string, others: ReadonlySet<string> = new Set()): Mark[] {
  const broken = brokenStructure(source);
  if (broken) return [broken];
  return [...checkItems(statementsOf(source), "top"), ...checkOwn(source, new Set([...others].filter((name) => name.startsWith("--"))))];
}

/** Mistakes of a style attribute. */
export function checkInline(source: string): Mark[] {
  const broken = brokenStructure(source);
  return broken ? [broken] : checkItems(statementsOf(source), "inside");
}
