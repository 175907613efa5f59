// html-validate: the rules we use, and how its reports become our findings.
//
// Law: conformance only. A rule of style, or one that reports a valid page, is off or filtered here.
import { HtmlValidate, StaticConfigLoader, type Message, type RuleConfig } from "html-validate/browser";
import type { Finding } from "./findings.ts";

/** Rules that look at one tag: still true when the tree is broken. */
const TAG_RULES = [
  "attribute-allowed-values", "element-required-attributes", "input-attributes", "no-dup-attr", "no-dup-id",
  "unrecognized-char-ref", "valid-autocomplete", "wcag/h36", "wcag/h37",
] as const;

/** Rules that look at the tree. */
const TREE_RULES = [
  "area-alt", "aria-label-misuse", "attribute-misuse", "element-permitted-content", "element-permitted-occurrences",
  "element-permitted-order", "element-required-ancestor", "element-required-content", "empty-title", "input-missing-label",
  "map-dup-name", "map-id-name", "multiple-labeled-controls", "no-missing-references",
  "no-multiple-main", "script-element", "valid-for", "valid-id",
] as const;

const OPTIONS: Record<string, Record<string, unknown>> = {
  "area-alt": { accessible: false },
  "aria-label-misuse": { allowAnyNamable: true },
  "valid-id": { relaxed: true },
};

/** Every html-validate rule that may speak. */
export const ENGINE_RULES: readonly string[] = [...TAG_RULES, ...TREE_RULES];

function configured(name: string): RuleConfig[string] {
  return name in OPTIONS ? ["error", OPTIONS[name]] : "error";
}

const engine = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    elements: ["html5"],
    rules: Object.fromEntries(ENGINE_RULES.map((name) => [name, configured(name)])) as RuleConfig,
  }),
);

type Context = Record<string, unknown>;

interface Allowed {
  boolean?: boolean;
  enum?: (string | { name: string })[];
}

function text(value: unknown): string {
  return typeof value === "string" ? value.replace(/^<|>$/g, "") : "";
}

/** Valid all the same: tags that may be omitted, negative numbers, advice on accessibility left to axe. */
function isFalseAlarm(message: Message, context: Context): boolean {
  const { ruleId } = message;
  if (ruleId === "element-required-attributes") return context["attr"] === "title" || context["attr"] === "lang";
  if (ruleId === "element-required-content") return ["html", "head"].includes(text(context["element"]));
  if (ruleId === "element-permitted-occurrences" && /<(?:html|head|body)>/.test(message.message)) return true; // "twice" says it
  if (ruleId === "attribute-misuse" && context["attr"] === "rel") return true; // the list of link types grows
  if (ruleId === "element-permitted-content") return text(context["parent"]) === "html" || ["head", "body"].includes(text(context["child"]));
  if (ruleId === "attribute-allowed-values" && context["attribute"] === "id") return true; // valid-id says it better
  if (ruleId === "attribute-allowed-values" && context["value"] === "plaintext-only") return true;
  if (ruleId === "attribute-allowed-values" && ["start", "value"].includes(text(context["attribute"]))) {
    return /^-?\d+(?:\.\d+)?$/.test(String(context["value"]));
  }
  return false;
}

function valueVariant(context: Context): [variant: string, allowed: string] {
  const { boolean, enum: choices = [] } = (context["allowed"] ?? {}) as Allowed;
  const listed = choices.filter((choice) => typeof choice === "string" && choice !== "");
  const form = choices.map((choice) => (typeof choice === "string" ? "" : choice.name)).join(" ");
  if (boolean) return ["boolean", ""];
  if (context["value"] === "" || context["value"] === null) return ["empty", ""];
  if (listed.length) return ["choice", listed.slice(0, 8).join(", ") + (listed.length > 8 ? "…" : "")];
  if (/number|integer|\\d/.test(form)) return ["number", ""];
  return ["", ""];
}

function variantOf(message: Message, context: Context): string {
  const { ruleId } = message;
  if (ruleId === "attribute-allowed-values") return valueVariant(context)[0];
  if (ruleId === "element-permitted-content") return context["kind"] === "descendant" ? "descendant" : text(context["parent"]);
  if (ruleId === "no-missing-references") return context["key"] === "for" ? "for" : "";
  if (ruleId === "valid-id") return context["id"] === "" ? "empty" : "";
  if (ruleId === "unrecognized-char-ref") return context["terminated"] === false ? "open" : "";
  if (ruleId === "element-required-attributes") return text(context["attr"]);
  return "";
}

function valuesOf(context: Context): Record<string, string> {
  const get = (...keys: string[]) => keys.map((key) => text(context[key])).find(Boolean) ?? "";
  return {
    name: get("attr", "attribute", "key", "role"),
    element: get("tagName", "element", "child"),
    child: get("child", "missing"),
    parent: get("parent", "ancestor", "element"),
    value: get("value", "token", "entity", "id"),
    type: get("type"),
    allowed: valueVariant(context)[1],
  };
}

/** Words that html-validate gives only in its English sentence: a name between quotes or chevrons. */
function namesIn(sentence: string): Record<string, string> {
  const quoted = /"([^"]*)"/.exec(sentence)?.[1];
  const tag = /<([\w-]+)/.exec(sentence)?.[1];
  return { ...(quoted && { quoted }), ...(tag && { tag }) };
}

function toFinding(message: Message, source: string): Finding[] {
  const context = (typeof message.context === "object" && message.context ? message.context : {}) as Context;
  if (isFalseAlarm(message, context)) return [];
  const variant = variantOf(message, context);
  const at = source[message.offset - 1] === "<" ? message.offset - 1 : message.offset;
  const rule = variant ? `${message.ruleId}:${variant}` : message.ruleId;
  return [{ rule, at, values: { ...valuesOf(context), ...namesIn(message.message) } }];
}

/** What html-validate finds; only what it sees in single tags when the tree is broken. */
export function runEngine(source: string, isBroken: boolean): Finding[] {
  const report = engine.validateStringSync(source);
  const wanted = new Set<string>(isBroken ? TAG_RULES : ENGINE_RULES);
  const messages = report.results.flatMap((result) => result.messages);
  return messages.filter(({ ruleId }) => wanted.has(ruleId)).flatMap((message) => toFinding(message, source));
}
