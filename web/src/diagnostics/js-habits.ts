// Code that runs but does not do what it says. Law: a rule speaks only when no correct program is written so.
import type { AnyNode, CallExpression, MemberExpression, Program } from "acorn";
import { parse as parseCss } from "css-tree";
import { nearest } from "../french/nearest.ts";
import { childrenOf } from "./js-scope.ts";
import { mark, type Mark } from "./marks.ts";
import names from "./names.json" with { type: "json" };

const MEMBERS = (
  "querySelector querySelectorAll getElementById getElementsByClassName getElementsByTagName addEventListener removeEventListener " +
  "preventDefault stopPropagation createElement createTextNode appendChild removeChild textContent innerHTML innerText classList " +
  "setAttribute getAttribute removeAttribute toUpperCase toLowerCase toFixed length parentElement nextElementSibling previousElementSibling " +
  "firstElementChild lastElementChild backgroundColor fontSize stringify localStorage indexOf"
).split(" ");
const ON_DOCUMENT = "addEventListener querySelector querySelectorAll getElementById createElement body title head".split(" ");
const ON: Record<string, string[]> = {
  console: ["log", "error", "warn", "info", "table", "clear", "dir", "time", "timeEnd", "assert", "group", "groupEnd", "debug", "count", "trace"],
  Math: Object.getOwnPropertyNames(Math),
  JSON: ["parse", "stringify"],
};
const EVENTS = (
  "click dblclick input change submit keydown keyup keypress focus blur load scroll resize mouseover mouseout mouseenter mouseleave mousedown " +
  "mouseup mousemove DOMContentLoaded focusin focusout pointerdown pointerup pointermove touchstart touchend dragstart dragend drop reset invalid"
).split(" ");
const TYPES = ["string", "number", "boolean", "undefined", "object", "function", "symbol", "bigint"];
const CLASSES = ["Map", "Set", "WeakMap", "WeakSet", "Promise", "URL", "FormData", "IntersectionObserver", "MutationObserver", "Audio", "Image"];
const ONE_ELEMENT = new Set("addEventListener textContent innerHTML innerText classList style setAttribute remove".split(" "));
const PROPERTIES = new Set("textContent innerHTML innerText value length className id checked style title".split(" "));
const STYLE = new Set(names.properties.split(" ").map((one) => one.replace(/^-/, "").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())));
const STYLE_METHODS = new Set("setProperty removeProperty getPropertyValue getPropertyPriority cssText cssFloat item length parentRule".split(" "));
const LENGTHS = /^(?:width|height|top|left|right|bottom|margin|padding|fontSize|borderRadius|gap|maxWidth|minWidth|maxHeight|minHeight)/;

type Rule = (node: AnyNode, code: string, program: Program) => Mark | null;

const here = (code: string, node: AnyNode, values: Record<string, string> = {}): Mark => mark(code, node.start, node.end, values);
const textOf = (node: AnyNode | undefined): string | null => (node?.type === "Literal" && typeof node.value === "string" ? node.value : null);

function methodOf(node: AnyNode): { name: string; callee: MemberExpression; call: CallExpression } | null {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || node.callee.computed) return null;
  return node.callee.property.type === "Identifier" ? { name: node.callee.property.name, callee: node.callee, call: node } : null;
}

const condition: Rule = (node) => {
  if (node.type !== "IfStatement" && node.type !== "WhileStatement") return null;
  const { test } = node;
  const isPlain = test.type === "AssignmentExpression" && test.operator === "=";
  return isPlain && (test.right.type === "Literal" || node.type === "IfStatement") ? here("js/assign-condition", test) : null;
};

const emptyBody: Rule = (node, code) => {
  if (node.type === "IfStatement" && node.consequent.type === "EmptyStatement") return here("js/empty-if", node.consequent);
  const isLoop = (node.type === "ForStatement" && node.test) || node.type === "ForOfStatement";
  return isLoop && node.body.type === "EmptyStatement" && /^\s*\{/.test(code.slice(node.end)) ? here("js/empty-loop", node.body) : null;
};

const compared: Rule = (node) => {
  if (node.type !== "BinaryExpression" || node.left.type === "PrivateIdentifier") return null;
  const { left, right, operator } = node;
  const isEquality = /^[!=]==?$/.test(operator);
  if (isEquality && [left, right].some((one) => one.type === "Identifier" && one.name === "NaN")) return here("js/compare-nan", node);
  if (isEquality && left.type === "UnaryExpression" && left.operator === "typeof") {
    const type = textOf(right);
    return type !== null && !TYPES.includes(type) ? here("js/typeof-value", right, { value: type, near: nearest(type, TYPES) || "string" }) : null;
  }
  if (/^[<>]=?$/.test(operator) && left.type === "BinaryExpression" && /^[<>]=?$/.test(left.operator)) return here("js/chain", node);
  if (isEquality && [left, right].some((one) => one.type === "ArrayExpression" || one.type === "ObjectExpression")) return here("js/compare-object", node);
  return null;
};

const orText: Rule = (node) => {
  if (node.type !== "LogicalExpression" || node.operator !== "||") return null;
  const isComparison = node.left.type === "BinaryExpression" && /^===?$/.test(node.left.operator);
  return isComparison && node.right.type === "Literal" && typeof node.right.value !== "boolean" ? here("js/or-value", node.right) : null;
};

const useless: Rule = (node) => {
  if (node.type !== "ExpressionStatement" || node.directive) return null;
  const { expression } = node;
  if (expression.type === "BinaryExpression" && /^===?$/.test(expression.operator)) return here("js/compare-statement", expression);
  if (expression.type === "MemberExpression" && !expression.computed && expression.property.type === "Identifier") {
    const { name } = expression.property;
    if (/^(?:preventDefault|toUpperCase|remove|click|focus|submit|log|stopPropagation|showModal|close|play|pause)$/.test(name)) return here("js/call-missing", expression, { name });
  }
  return null;
};

const members: Rule = (node) => {
  if (node.type !== "MemberExpression" || node.computed || node.property.type !== "Identifier") return null;
  const { name } = node.property;
  const owner = node.object.type === "Identifier" ? node.object.name : "";
  const known = ON[owner];
  if (known) {
    const near = known.includes(name) ? "" : (known.find((one) => one.toLowerCase() === name.toLowerCase()) ?? nearest(name, known));
    return near ? here("js/member-near", node.property, { name, near }) : null;
  }
  const same = MEMBERS.find((one) => one !== name && one.toLowerCase() === name.toLowerCase());
  const near = same ?? (owner === "document" || name.length > 8 ? near1(name, owner === "document" ? [...ON_DOCUMENT, ...MEMBERS] : MEMBERS) : name === "lenght" ? "length" : "");
  return near && !MEMBERS.includes(name) ? here("js/member-near", node.property, { name, near }) : null;
};

/** A name one or two letters away: longer guesses would meet names of the learner's own. */
function near1(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near && Math.abs(near.length - name.length) <= 1 && near[0] === name[0] && !/s$/.test(name.slice(near.length)) && name.length > 6 ? near : "";
}

/** A function of the file that gives nothing back: its result cannot be listened with. */
function givesNothing(name: string, program: Program): boolean {
  const found = program.body.find((one) => one.type === "FunctionDeclaration" && one.id?.name === name);
  const returns = (node: AnyNode): boolean =>
    (node.type === "ReturnStatement" && node.argument !== null) || childrenOf(node).some((child) => !/Function/.test(child.type) && returns(child));
  return found?.type === "FunctionDeclaration" && !found.async && !found.generator && !returns(found.body);
}

function calledAt(node: AnyNode | undefined, program: Program): string {
  return node?.type === "CallExpression" && node.callee.type === "Identifier" && givesNothing(node.callee.name, program) ? node.callee.name : "";
}

const listeners: Rule = (node, _code, program) => {
  const method = methodOf(node);
  if (method?.name !== "addEventListener") return null;
  const [event, handler] = method.call.arguments as AnyNode[];
  const name = textOf(event);
  const called = calledAt(handler, program);
  if (called) return here("js/handler-called", handler!, { name: called });
  if (name === null) return null;
  if (/^on[a-z]+$/.test(name) && EVENTS.includes(name.slice(2))) return here("js/event-on", event!, { name, near: name.slice(2) });
  const same = EVENTS.find((one) => one !== name && one.toLowerCase() === name.toLowerCase());
  const near = same ?? (EVENTS.includes(name) || names.globals.split(" ").includes(`on${name}`) || name.length < 4 ? "" : nearest(name, EVENTS));
  return near ? here("js/event-near", event!, { name, near }) : null;
};

const timers: Rule = (node, _code, program) => {
  if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || !/^set(?:Timeout|Interval)$/.test(node.callee.name)) return null;
  const name = calledAt(node.arguments[0], program);
  return name ? here("js/timer-called", node.arguments[0]!, { name }) : null;
};

const searches: Rule = (node) => {
  const method = methodOf(node);
  if (!method) return null;
  const [first] = method.call.arguments as AnyNode[];
  const text = textOf(first);
  if (text === null) return null;
  if (method.name === "getElementById" && text.startsWith("#")) return here("js/id-hash", first!, { name: text.slice(1) });
  if (method.name === "createElement" && /[<>]/.test(text)) return here("js/tag-chevrons", first!, { name: text.replace(/[<>/]/g, "") });
  if (/^(?:add|remove|toggle|contains)$/.test(method.name) && method.callee.object.type === "MemberExpression" && text.startsWith(".")) {
    const list = method.callee.object.property;
    if (list.type === "Identifier" && list.name === "classList") return here("js/class-dot", first!, { name: text.slice(1) });
  }
  if (!/^querySelector(?:All)?$/.test(method.name)) return null;
  try {
    parseCss(text, { context: "selectorList" });
    return null;
  } catch {
    return here("js/selector", first!, { name: text });
  }
};

const lists: Rule = (node) => {
  if (node.type !== "MemberExpression" || node.computed || node.property.type !== "Identifier") return null;
  const method = methodOf(node.object);
  return method?.name === "querySelectorAll" && ONE_ELEMENT.has(node.property.name) ? here("js/list-element", node.property, { name: node.property.name }) : null;
};

const calls: Rule = (node) => {
  if (node.type !== "CallExpression") return null;
  if (node.callee.type === "Identifier" && CLASSES.includes(node.callee.name)) return here("js/new-missing", node.callee, { name: node.callee.name });
  const method = methodOf(node);
  if (method && PROPERTIES.has(method.name) && /^(?:textContent|innerHTML|innerText|length|className)$/.test(method.name)) {
    return here("js/property-called", method.callee.property, { name: method.name });
  }
  if (method?.callee.object.type === "Identifier" && method.callee.object.name === "Math" && /^(?:PI|E|SQRT2)$/.test(method.name)) {
    return here("js/property-called", method.callee.property, { name: method.name });
  }
  return null;
};

const assigned: Rule = (node) => {
  if (node.type !== "AssignmentExpression" || node.operator !== "=") return null;
  const { left, right } = node;
  if (left.type === "Identifier" && right.type === "Identifier" && left.name === right.name) return here("js/self", node, { name: left.name });
  if (left.type !== "MemberExpression" || left.computed || left.property.type !== "Identifier") return null;
  const { name } = left.property;
  const isMethod = /^(?:addEventListener|setAttribute|appendChild|push|getElementById|querySelector)$/.test(name);
  if (isMethod && right.type !== "FunctionExpression" && right.type !== "ArrowFunctionExpression" && right.type === "Literal") return here("js/method-assigned", left.property, { name });
  if (left.object.type !== "MemberExpression" || left.object.property.type !== "Identifier" || left.object.property.name !== "style") return null;
  if (!STYLE.has(name) && !STYLE_METHODS.has(name) && !/^(?:webkit|moz)/i.test(name)) {
    const near = nearest(name, [...STYLE]);
    return near ? here("js/style-near", left.property, { name, near }) : null;
  }
  const isBare = right.type === "Literal" && typeof right.value === "number" && right.value !== 0;
  return isBare && LENGTHS.test(name) ? here("js/style-unit", right, { name, value: String(right.value) }) : null;
};

const twice: Rule = (node) => {
  if (node.type === "ObjectExpression") {
    const seen = new Set<string>();
    for (const one of node.properties) {
      if (one.type !== "Property" || one.computed || one.kind !== "init") continue;
      const key = one.key.type === "Identifier" ? one.key.name : one.key.type === "Literal" ? String(one.key.value) : "";
      if (seen.has(key)) return here("js/key-twice", one.key, { name: key });
      seen.add(key);
    }
  }
  if (node.type !== "SwitchStatement") return null;
  const seen = new Set<unknown>();
  for (const { test } of node.cases) {
    if (test?.type !== "Literal") continue;
    if (seen.has(test.value)) return here("js/case-twice", test, { name: String(test.value) });
    seen.add(test.value);
  }
  return null;
};

const lineReturn: Rule = (node, code) => {
  if (node.type !== "BlockStatement") return null;
  const rank = node.body.findIndex((one, at) => one.type === "ReturnStatement" && !one.argument && node.body[at + 1]?.type === "ExpressionStatement");
  const found = node.body[rank];
  return found && /^return[ \t]*\n/.test(code.slice(found.start)) ? mark("js/return-line", found.start, found.start + 6) : null;
};

const eachResult: Rule = (node) => {
  if (node.type !== "VariableDeclarator" || !node.init) return null;
  return methodOf(node.init)?.name === "forEach" ? here("js/each-result", (node.init as CallExpression).callee) : null;
};

const isFetch = (node: AnyNode | null | undefined): boolean => node?.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "fetch";

const awaited: Rule = (node, _code, program) => {
  if (node.type !== "MemberExpression" || node.computed || node.property.type !== "Identifier") return null;
  if (!/^(?:json|text|blob|ok|status)$/.test(node.property.name)) return null;
  if (isFetch(node.object)) return here("js/await-missing", node.object);
  if (node.object.type !== "Identifier") return null;
  const { name } = node.object;
  const made: AnyNode[] = [];
  const look = (one: AnyNode): void => {
    if (one.type === "VariableDeclarator" && one.id.type === "Identifier" && one.id.name === name) made.push(one);
    if (/Function/.test(one.type) && (one as { params?: AnyNode[] }).params?.some((param) => param.type === "Identifier" && param.name === name)) made.push(one);
    childrenOf(one).forEach(look);
  };
  look(program);
  const [only] = made;
  return made.length === 1 && only?.type === "VariableDeclarator" && only.id.type === "Identifier" && isFetch(only.init) ? here("js/await-missing", only.init!) : null;
};

const RULES: Rule[] = [
  condition, emptyBody, compared, orText, useless, members, listeners, timers, searches, lists, calls, assigned, twice, lineReturn, eachResult, awaited,
];

/** Habits that never do what they say. */
export function checkHabits(program: Program, code: string): Mark[] {
  const found: Mark[] = [];
  const visit = (node: AnyNode): void => {
    for (const rule of RULES) {
      const one = rule(node, code, program);
      if (one) found.push(one);
    }
    childrenOf(node).forEach(visit);
  };
  visit(program);
  return found;
}
