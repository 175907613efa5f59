// Our own rules on the names and places of elements: what html-validate misses, or says less clearly.
//
// Law: a rule speaks only of what the standard forbids.
import type { Finding } from "./findings.ts";
import type { Attribute } from "./attributes.ts";
import {
  isAria, isAttributeName, isKnown, isOld, isRole, likelyAria, likelyAttribute, likelyDrawn, likelyElement, likelyRole, needsValue, statusOf,
} from "./names.ts";
import { VOID, type Node, type Tree } from "./tree.ts";

type Values = Record<string, string>;

const PARENTS: Record<string, string> = {
  td: "tr", th: "tr", tr: "table thead tbody tfoot", thead: "table", tbody: "table", tfoot: "table", caption: "table",
  colgroup: "table", col: "colgroup table", li: "ul ol menu", dt: "dl div", dd: "dl div", option: "select optgroup datalist div",
  optgroup: "select div", legend: "fieldset optgroup", summary: "details", figcaption: "figure",
  source: "picture audio video", track: "audio video", rt: "ruby", rp: "ruby", area: "", base: "head html", title: "head html",
};
const NO_TEXT = new Set(["ul", "ol", "menu", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "select", "optgroup"]);
const ADDRESSES = new Set(["href", "src", "action", "poster", "formaction", "data", "cite"]);
const CONFORMING_OLD = new Set(["img border 0", "script language javascript"]);
const LANGUAGE = /^(?:[a-z]{2,3}(?:-[a-z0-9]{1,8})*|[xi]-[a-z0-9-]+|)$/i;

function add(findings: Finding[], rule: string, at: number, values: Values = {}): void {
  findings.push({ rule, at, values });
}

/** A rule with its suggestion when there is one: "unknown-tag:near". */
function withHint(findings: Finding[], rule: string, at: number, values: Values, near: string): void {
  add(findings, near ? `${rule}:near` : rule, at, { ...values, near });
}

/** Elements that stand in this one only. */
function childrenOf(parent = ""): string[] {
  return parent === "html" ? ["head", "body"] : Object.keys(PARENTS).filter((name) => PARENTS[name]!.split(" ").includes(parent));
}

function checkElement(node: Node, findings: Finding[]): void {
  const { name, tag } = node;
  if (isOld(name)) add(findings, `old-tag:${name}`, tag.at, { name });
  if (isKnown(name)) return;
  const near = likelyElement(name, childrenOf(node.parent?.name), node.parent?.name === "head");
  if (/^h\d+$/.test(name)) add(findings, "unknown-tag:heading", tag.at, { name });
  else if (VOID.has(near)) add(findings, "unknown-tag:void", tag.at, { name, near });
  else withHint(findings, "unknown-tag", tag.at, { name }, near);
}

function checkParent(node: Node, findings: Finding[]): void {
  const { name, parent, tag } = node;
  const allowed = PARENTS[name]?.split(" ").filter(Boolean) ?? [];
  // A fragment may be a piece of something larger only for head content.
  const isAtRoot = !parent && (name === "title" || name === "base");
  if (!allowed.length || isAtRoot || (parent && (allowed.includes(parent.name) || parent.name === "template"))) return;
  if (parent && (!isKnown(parent.name) || parent.name.includes("-") || parent.name === "noscript")) return;
  add(findings, `outside:${name}`, tag.at, { name, parents: allowed.slice(0, 3).map((one) => `<${one}>`).join(", ") });
}

function checkRole(attribute: Attribute, findings: Finding[]): void {
  for (const role of (attribute.value ?? "").toLowerCase().split(/\s+/).filter(Boolean)) {
    if (!isRole(role)) withHint(findings, "unknown-role", attribute.at, { role }, likelyRole(role));
  }
}

function checkAddress(attribute: Attribute, findings: Finding[]): void {
  const value = (attribute.value ?? "").trim();
  const { name, at } = attribute;
  if (/^(?:data|javascript):/i.test(value)) return;
  const plain = value.replace(/\s+/g, "");
  if (/\s[a-z-]+=/i.test(value)) add(findings, "quote-missing:close", at, { name, value: value.split(/\s/)[0]! });
  else if (/\s/.test(value)) add(findings, /^[a-z]{2,}:/i.test(value) ? "address-space:contact" : "address-space", at, { name, value, plain });
  else if (/^[a-z]:\\/i.test(value)) add(findings, "address-backslash:disk", at, { name, value });
  else if (value.includes("\\")) add(findings, "address-backslash", at, { name, value });
}

/** Whether a word without a value is no attribute, not even a misspelt one of those that need no value. */
function isMereWord({ name, value }: Attribute, element: string): boolean {
  const near = likelyAttribute(name, element);
  return value === null && !isAttributeName(name) && !(near && !needsValue(near));
}

/** Words that are the value of the attribute before them: alt=un chat, lang fr. */
function checkWords({ name: element, tag: { attributes } }: Node, findings: Finding[]): Set<Attribute> {
  const told = new Set<Attribute>();
  attributes.forEach((attribute, index) => {
    const { name, value, at, isQuoted } = attribute;
    if (told.has(attribute) || isQuoted || (value === null && !needsValue(name))) return;
    const after = attributes.slice(index + 1);
    const stop = after.findIndex((one) => !isMereWord(one, element));
    const words = stop < 0 ? after : after.slice(0, stop);
    if (!words.length) return;
    const whole = [...(value === null ? [] : [value]), ...words.map((one) => one.written)].join(" ");
    add(findings, value === null ? "equals-missing" : "quote-needed:space", at, { name, value: whole });
    for (const one of words) told.add(one);
  });
  return told;
}

/** lang:fr is no namespace. */
function misusedColon({ name, value }: Attribute): string[] | null {
  const parts = /^([a-z]+):(.+)$/.exec(name);
  return value === null && parts && isAttributeName(parts[1]!) ? parts : null;
}

function checkName(node: Node, attribute: Attribute, findings: Finding[]): void {
  const { name, at } = attribute;
  const colon = misusedColon(attribute);
  if (colon) {
    add(findings, "equals-wrong", at, { name: colon[1]!, value: colon[2]!, sign: ":" });
    return;
  }
  if (name.startsWith("aria-")) {
    if (!isAria(name)) withHint(findings, "unknown-aria", at, { name }, likelyAria(name));
    return;
  }
  if (CONFORMING_OLD.has(`${node.name} ${name} ${(attribute.value ?? "").toLowerCase()}`)) return;
  const status = isKnown(node.name) && !isOld(node.name) ? statusOf(name, node.name) : "known";
  const values = { name, element: node.name };
  if (status === "old") add(findings, "old-attribute", at, values);
  if (status === "unknown") withHint(findings, "unknown-attribute", at, values, likelyAttribute(name, node.name));
}

function checkAttribute(node: Node, attribute: Attribute, findings: Finding[]): void {
  if (!/^[^"'<>=]+$/.test(attribute.name) || /[“”«»]/.test(attribute.name)) return;
  checkName(node, attribute, findings);
  if (attribute.name === "role") checkRole(attribute, findings);
  if (ADDRESSES.has(attribute.name)) checkAddress(attribute, findings);
  if (attribute.name === "lang" && !LANGUAGE.test(attribute.value ?? "")) {
    add(findings, "language-code", attribute.at, { value: attribute.value ?? "" });
  }
}

function checkTexts(tree: Tree, findings: Finding[]): void {
  for (const { at, parent } of tree.texts) {
    if (parent && !parent.foreign && NO_TEXT.has(parent.name)) add(findings, `text-in:${parent.name}`, at, { parent: parent.name });
  }
}

function isInDrawing(node: Node): boolean {
  return node.name !== "svg" && node.parent !== null && (node.parent.name === "svg" || (node.parent.foreign && isInDrawing(node.parent)));
}

function withDrawn({ name, tag }: Node, findings: Finding[]): void {
  const near = likelyDrawn(name);
  if (near) add(findings, "unknown-tag:near", tag.at, { name, near });
}

/** Rules about names, valid even when the tree is broken. */
export function checkNames(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  for (const node of tree.nodes) {
    if (node.foreign && isInDrawing(node)) withDrawn(node, findings);
    if (node.foreign) continue;
    checkElement(node, findings);
    if (node.name.includes("-")) continue;
    if (node.name === "link" && !node.tag.attributes.some(({ name }) => ["rel", "itemprop", "property"].includes(name))) {
      add(findings, "element-required-attributes:rel", node.tag.at, { name: "rel", element: "link" });
    }
    const told = checkWords(node, findings);
    for (const attribute of node.tag.attributes) if (!told.has(attribute)) checkAttribute(node, attribute, findings);
  }
  checkLabels(tree, findings);
  return findings;
}

/** <label id="nom"> for <label for="nom">. */
function checkLabels(tree: Tree, findings: Finding[]): void {
  const attribute = (node: Node, wanted: string) => node.tag.attributes.find(({ name }) => name === wanted);
  const fields = tree.nodes.filter(({ name }) => ["input", "select", "textarea"].includes(name));
  for (const label of tree.nodes.filter(({ name }) => name === "label")) {
    const id = attribute(label, "id");
    const isOfField = id?.value && !attribute(label, "for") && fields.some((field) => attribute(field, "id")?.value === id.value);
    if (isOfField) add(findings, "label-id", id.at, { value: id.value! });
  }
}

/** What is allowed, and never means what a beginner wants. */
export function remarksOn(tree: Tree): Finding[] {
  const remarks: Finding[] = [];
  for (const { at, name, value } of tree.nodes.filter(({ foreign }) => !foreign).flatMap(({ tag }) => tag.attributes)) {
    if (name === "href" && /^www\./i.test(value ?? "")) add(remarks, "address-www", at, { name, value: value! });
    if (name === "target" && value === "blank") add(remarks, "target-blank", at);
  }
  return remarks;
}

/** Rules about which element stands in which. */
export function checkPlaces(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  const siblings = new Map<Node | null, string>(); // the last name told in each parent
  for (const node of tree.nodes.filter(({ foreign }) => !foreign)) {
    const before = findings.length;
    if (siblings.get(node.parent) !== node.name) checkParent(node, findings);
    if (findings.length > before) siblings.set(node.parent, node.name);
  }
  for (const { tag, children, text } of tree.nodes.filter(({ name, foreign }) => name === "tr" && !foreign)) {
    if (!children.length && !text) add(findings, "row-empty", tag.at);
  }
  checkTexts(tree, findings);
  return findings;
}
