// One attribute of a tag, and what breaks it: the sign =, or the quotes.
//
//     href="a.html"     read             href "a.html"    equals-missing
//     alt="l"eau"       quote-inside     lang=«fr»        quote-typographic
//
// Law: one finding for one mistake, at the attribute it spoils; reading goes on at the next likely attribute.
import type { Finding } from "./findings.ts";
import { isAttributeName } from "./names.ts";

export interface Attribute {
  name: string; // lower case
  written: string; // as the learner wrote it
  value: string | null; // null without "="
  at: number;
  valueAt: number;
  isQuoted: boolean;
}

interface Value {
  value: string;
  next: number; // offset where reading goes on
  isQuoted: boolean;
  finding?: Finding;
}

export interface Read {
  attribute: Attribute | null; // null when what was read is not one
  next: number;
  finding?: Finding;
}

const CURVED = "“”«»„‘’‹›″";
const ANY_QUOTE = new RegExp(`["'${CURVED}]`);
const NEXT_ATTRIBUTE = /\s+[a-z][\w:-]*\s*=/i;

/** What remains of a tag, up to its chevron or to the next attribute. */
function piece(source: string, at: number): string {
  const inside = /^[^<>]*/.exec(source.slice(at, at + 2000))![0].replace(/\s*\/?$/, "");
  const next = NEXT_ATTRIBUTE.exec(inside);
  return next ? inside.slice(0, next.index) : inside;
}

const finding = (rule: string, at: number, values: Record<string, string>): Finding => ({ rule, at, values });

function curvedRule(sign: string): string {
  return /[«»‹›]/.test(sign) ? "quote-typographic:french" : "quote-typographic";
}

/** A straight quote opens, and what closes it is not there, or belongs to another attribute. */
function brokenOff(source: string, from: number, name: string, at: number): Value {
  const value = piece(source, from + 1);
  const curved = /^[^“”«»„]*([“”«»„])\s*$/.exec(value)?.[1];
  const rule = curved ? curvedRule(curved) : "quote-missing:close";
  const plain = value.replace(/["'“”«»„]/g, "").trim();
  return { value, next: from + 1 + value.length, isQuoted: true, finding: finding(rule, at, { name, sign: curved ?? "", value: plain }) };
}

/** Something follows the closing quote without a space. */
function stuck(source: string, stop: number, value: string, name: string, at: number): Value {
  const rest = source.slice(stop + 1, stop + 2000);
  const quote = source[stop]!;
  const read = { value, isQuoted: true };
  const end = stop + 1;
  const told = (rule: string, where: number, next: number, values = {}): Value => {
    return { ...read, next, finding: finding(rule, where, { name, ...values }) };
  };
  if (/^[,;]/.test(rest)) return told("sign-between", end, end + 1, { sign: rest[0] });
  if (/^[^<>="']*</.test(rest)) return { ...read, next: end }; // its chevron is missing, which says more
  const doubled = value ? null : /^([^"'<>=]+)(?:""|'')/.exec(rest);
  if (doubled) return told(quote === "'" ? "quote-twice:single" : "quote-twice", at, end + doubled[0].length, { value: doubled[1]!.trim() });
  if (/^["']/.test(rest)) return told("quote-stray", end, end + 1);
  if (new RegExp(`^[^<>=${quote}]*${quote}`).test(rest)) {
    const last = piece(source, end).lastIndexOf(quote);
    return told(quote === "'" ? "quote-inside:single" : "quote-inside", at, end + last + 1);
  }
  return told("attribute-space", end, end);
}

function quoted(source: string, from: number, name: string, at: number): Value {
  const stop = source.indexOf(source[from]!, from + 1);
  const value = source.slice(from + 1, stop < 0 ? undefined : stop);
  const after = source[stop + 1] ?? "";
  const isStuck = stop >= 0 && /[^\s/>]/.test(after);
  // A quote that closes only in a later tag or attribute: "note>Texte</p><p class="… or "a.png alt="…
  if (stop < 0 || (isStuck && (/>[^]*</.test(value) || />\s*$/.test(value) || /\s[a-z][\w:-]*\s*=\s*$/i.test(value)))) {
    return brokenOff(source, from, name, at);
  }
  return isStuck && after !== "<" ? stuck(source, stop, value, name, at) : { value, next: stop + 1, isQuoted: true };
}

/** A value between quotes that are not straight, up to the one that closes it. */
function curvedValue(source: string, from: number): { value: string; next: number } {
  const all = piece(source, from + 1);
  const close = all.search(ANY_QUOTE);
  const value = close < 0 ? /^\S*/.exec(all)![0] : all.slice(0, close);
  return { value: value.trim(), next: from + 1 + (close < 0 ? value.length : close + 1) };
}

function unquoted(source: string, from: number, name: string, at: number): Value {
  const value = /^[^\s><]*/.exec(source.slice(from, from + 10_000))![0];
  const read = { value, next: from + value.length, isQuoted: false };
  if (!value) return { ...read, finding: finding("value-missing", at, { name }) };
  if (CURVED.includes(value[0]!)) {
    const curved = curvedValue(source, from);
    return { ...curved, isQuoted: true, finding: finding(curvedRule(value[0]!), at, { name, sign: value[0]!, value: curved.value }) };
  }
  if (value[0] === "=") {
    const again = valueOf(source, from + /^[=\s]*/.exec(source.slice(from, from + 20))![0].length, name, at);
    return { ...again, finding: finding("equals-twice", from, { name }) };
  }
  if (/["']/.test(value)) {
    const all = piece(source, from);
    const plain = all.replace(/^["']+|["']+$/g, "").replaceAll('"', " ");
    const rule = /["']$/.test(all) ? "quote-missing:open" : "quote-missing";
    return { ...read, next: from + all.length, finding: finding(rule, at, { name, value: plain }) };
  }
  return /[=`]/.test(value) ? { ...read, finding: finding("quote-needed", at, { name, value }) } : read;
}

/** The value that begins at `from`; `at` is the place of its attribute. */
function valueOf(source: string, from: number, name: string, at: number): Value {
  return /["']/.test(source[from] ?? "") ? quoted(source, from, name, at) : unquoted(source, from, name, at);
}

/** A value that no sign = ties to its name: lang "fr". */
function untied(source: string, from: number): { value: string; next: number } | null {
  const quote = source[from]!;
  if (CURVED.includes(quote)) return curvedValue(source, from);
  const inside = /^[^<>]*/.exec(source.slice(from + 1, from + 2000))![0];
  const stop = inside.indexOf(quote);
  return stop < 0 ? null : { value: inside.slice(0, stop), next: from + stop + 2 };
}

/** A quote where a name is expected. */
function nameless(source: string, at: number, before: readonly Attribute[]): Read {
  const value = untied(source, at);
  const last = before.at(-1);
  if (!value) return { attribute: null, next: at + 1, finding: finding("quote-stray", at, { name: last?.name ?? source[at]! }) };
  if (last?.value !== null) return { attribute: null, next: value.next, finding: finding("name-missing", at, { value: value.value }) };
  Object.assign(last, { value: value.value, isQuoted: true });
  return { attribute: null, next: value.next, finding: finding("equals-missing", last.at, { name: last.name, value: value.value }) };
}

/** The attribute without quotes whose value goes on here: alt=un chat d'eau. */
function openBefore(before: readonly Attribute[]): Attribute | undefined {
  const last = before.findLast((one) => one.value !== null);
  return last && !last.isQuoted ? last : undefined;
}

/** A quote inside a name: href"a.html", href:"a.html", or the end of a value without its first quote. */
function nameWithQuote(source: string, at: number, written: string, before: readonly Attribute[]): Read {
  const quoteAt = written.search(ANY_QUOTE);
  const [, name, sign] = /^(.*?)([:;,.\-_~+]?)$/.exec(written.slice(0, quoteAt))!;
  const open = openBefore(before);
  if (open && !isAttributeName(name!.toLowerCase())) {
    const next = at + piece(source, at).length;
    const value = source.slice(open.valueAt, next).replace(/["']$/, "");
    const rule = /["']$/.test(source.slice(at, next)) ? "quote-missing:open" : "quote-missing";
    return { attribute: null, next, finding: finding(rule, open.at, { name: open.name, value }) };
  }
  const value = untied(source, at + quoteAt);
  const isNothing = !value || quoteAt === written.length - 1 && !value.value.trim();
  if (isNothing) return { attribute: null, next: at + written.length, finding: finding("quote-stray", at, { name: written }) };
  const rule = sign ? "equals-wrong" : "equals-missing";
  const attribute = { name: name!.toLowerCase(), written: name!, value: value.value, at, valueAt: at + quoteAt, isQuoted: true };
  return { attribute, next: value.next, finding: finding(rule, at, { name: name!, value: value.value, sign: sign! }) };
}

/** The attribute at this offset, after those before it in the same tag. */
export function readAttribute(source: string, at: number, before: readonly Attribute[]): Read {
  if (ANY_QUOTE.test(source[at]!)) return nameless(source, at, before);
  const written = /^=?[^\s/>=<]*/.exec(source.slice(at, at + 10_000))![0];
  if (/^[,;]+$/.test(written)) return { attribute: null, next: at + written.length, finding: finding("sign-between", at, { sign: written[0]! }) };
  if (written[0] === "=") {
    const { value, next } = valueOf(source, at + 1 + /^\s*/.exec(source.slice(at + 1, at + 50))![0].length, "", at);
    return { attribute: null, next, finding: finding("name-missing", at, { value }) };
  }
  const next = at + written.length;
  const equals = /^\s*=\s*/.exec(source.slice(next, next + 1000));
  if (/["'“”«»„]/.test(written)) return nameWithQuote(source, at, written, before);
  const attribute: Attribute = { name: written.toLowerCase(), written, value: null, at, valueAt: at, isQuoted: false };
  if (!equals) return { attribute, next };
  const valueAt = next + equals[0].length;
  const read = valueOf(source, valueAt, attribute.name, at);
  Object.assign(attribute, { value: read.value, valueAt, isQuoted: read.isQuoted });
  return { attribute, next: read.next, ...(read.finding && { finding: read.finding }) };
}
