// Why a script cannot be read. Law: acorn says where it stops; the tokens around it say what a beginner meant.
import { tokenizer, type Token } from "acorn";
import { nearest } from "../french/nearest.ts";
import { mark, type Mark } from "./marks.ts";

export interface Stop {
  message: string; // acorn's own
  pos: number;
  raisedAt?: number;
}

const KEYWORDS = "const let var function return class async await import export switch while for if else new typeof throw try".split(" ");
const CLOSING: Record<string, string> = { "(": ")", "[": "]", "{": "}", "${": "}" };
const OPEN_NAMES: Record<string, string> = { "(": "js/paren-open", "[": "js/bracket-open", "{": "js/brace-open", "${": "js/brace-open" };

const BY_MESSAGE: [RegExp, string][] = [
  [/^Unterminated string/, "js/string-open"], [/^Unterminated template/, "js/template-open"], [/^Unterminated comment/, "js/comment-open"],
  [/regular expression/i, "js/regexp"], [/already been declared/, "js/declared-twice"], [/'return' outside/, "js/return-outside"],
  [/Unsyntactic break/, "js/break-outside"], [/Unsyntactic continue/, "js/continue-outside"], [/keyword 'await'|await' outside/, "js/await-outside"],
  [/Missing catch/, "js/catch-missing"], [/keyword '.+' is reserved|The keyword/, "js/reserved"], [/directly after number/, "js/name-digit"],
  [/Shorthand property/, "js/object-equals"], [/'import' and 'export' may only/, "js/import-inside"],
];

/** Tokens of a script up to the first that cannot be read. */
export function tokensOf(code: string): Token[] {
  const found: Token[] = [];
  try {
    for (const token of tokenizer(code, { ecmaVersion: "latest", allowHashBang: true })) found.push(token);
  } catch {
    // what follows is not code
  }
  return found;
}

interface Look {
  code: string;
  text(rank: number): string;
  tokens: Token[];
  at: number; // rank of the token where acorn stopped
  open: Token[]; // brackets open before it
}

function lookAt(code: string, pos: number): Look {
  const tokens = tokensOf(code);
  const text = (rank: number): string => (tokens[rank] ? code.slice(tokens[rank].start, tokens[rank].end) : "");
  const found = tokens.findIndex(({ end }) => end > pos);
  const at = found < 0 ? tokens.length : found;
  const open: Token[] = [];
  for (let rank = 0; rank < at; rank++) {
    if (text(rank) in CLOSING) open.push(tokens[rank]!);
    else if (/^[)\]}]$/.test(text(rank))) open.pop();
  }
  return { code, text, tokens, at, open };
}

const isWord = (text: string): boolean => /^[\p{L}_$][\p{L}\d_$]*$/u.test(text);
const isString = (text: string): boolean => /^["'`]/.test(text);

function atCharacter(code: string, pos: number): Mark {
  const sign = code[pos] ?? "";
  if (/[“”„‘’«»]/.test(sign)) return mark("js/smart-quote", pos, pos + 1, { sign });
  if (/[–—−]/.test(sign)) return mark("js/dash", pos, pos + 1, { sign });
  return mark("js/character", pos, pos + 1, { sign });
}

/** A closing sign that is not the one awaited, or closes nothing. */
function atClosing({ text, at, open, tokens, code }: Look): Mark | null {
  const sign = text(at);
  if (!/^[)\]}]$/.test(sign)) return null;
  const { start, end } = tokens[at]!;
  const last = open.at(-1);
  if (!last) return mark("js/close-extra", start, end, { sign });
  const opened = code.slice(last.start, last.end);
  if (CLOSING[opened] === sign) return text(at - 1) === "." ? mark("js/dot-end", tokens[at - 1]!.start, start) : null;
  return mark("js/close-wrong", start, end, { sign, wanted: CLOSING[opened]! });
}

function atStatement(look: Look): string {
  const { text, at, open, code } = look;
  const [now, before, two] = [text(at), text(at - 1), text(at - 2)];
  if (now === "else") return "js/else-alone";
  if (now === "catch" || now === "finally") return "js/catch-alone";
  if (now === "case" || now === "default") return "js/case-outside";
  if (now === "import" || now === "export") return "js/import-inside";
  if (/^(?:if|while|for|switch)$/.test(before) && now !== "(") return "js/condition-parens";
  if (before === "function" && now === "(") return "js/function-name";
  if (two === "function" && isWord(before) && now === "{") return "js/function-parens";
  if (before === "." || before === "?.") return "js/dot-end";
  if (/^(?:let|const|var)$/.test(before)) return /^[a-z]/.test(now) ? "js/reserved" : /^\d/.test(now) ? "js/name-digit" : "js/name-missing";
  if (/^(?:let|const|var)$/.test(two) && isWord(before)) {
    if (now === "-") return "js/name-hyphen";
    if (isWord(now)) return "js/name-space";
    if (now.startsWith("==")) return "js/equals-double";
  }
  if (text(at - 3) === "(" && /^(?:let|const|var)$/.test(text(at - 2))) return "js/for-semicolons";
  const opener = open.at(-1);
  if (opener && code.slice(opener.start, opener.end) === "(" && code.slice(0, opener.start).trimEnd().endsWith("for") && now === ")") return "js/for-semicolons";
  return "";
}

function atExpression({ text, at, open, code }: Look): string {
  const [now, before] = [text(at), text(at - 1)];
  const opener = open.at(-1);
  const inside = opener ? code.slice(opener.start, opener.end) : "";
  if (/^(?:and|or|et|ou|not|then|is)$/.test(now)) return "js/word-operator";
  if ((before === "=" && /^[<>]/.test(now)) || (before === "=>" && now === "=")) return "js/operator-order";
  if (now === "<" || (before === "<" && /^[/\w]/.test(now) && /^(?:|[;{}=(])$/.test(text(at - 2)))) return "js/html";
  if (isString(before) && isWord(now) && code[look0(code, text, at)] !== " ") return "js/apostrophe";
  if ((isString(before) && (isWord(now) || isString(now))) || (isWord(before) && isString(now))) {
    return inside === "(" && isCall(code, opener!) && isString(now) && isString(before) ? "js/call-comma" : inside === "[" ? "js/array-comma" : objectOr(code, opener, "js/plus-missing");
  }
  if (inside === "[" && isValue(before) && isValue(now)) return "js/array-comma";
  if (inside === "(" && isValue(before) && isValue(now) && isCall(code, opener!)) return "js/call-comma";
  if (inside === "{" && isValue(before) && (isWord(now) || isString(now))) return objectOr(code, opener, "");
  return "";
}

const isValue = (text: string): boolean => isWord(text) || isString(text) || /^[\d.]/.test(text);
const isCall = (code: string, opener: Token): boolean => /[\w$)\]]\s*$/.test(code.slice(0, opener.start)) && !/\b(?:if|while|for|switch)\s*$/.test(code.slice(0, opener.start));

/** Where the sign just before the token is. */
function look0(code: string, text: (rank: number) => string, at: number): number {
  return Math.max(0, code.lastIndexOf(text(at)) - 1);
}

/** An object is written after = ( : [ , return; other braces are blocks. */
function objectOr(code: string, opener: Token | undefined, other: string): string {
  if (!opener || code[opener.start] !== "{") return other;
  return /(?:[=(:[,?]|return)\s*$/.test(code.slice(0, opener.start)) ? "js/object-comma" : other;
}

function atKeyword({ text, at, tokens, code }: Look): Mark | null {
  const before = text(at - 1);
  if (text(at) === "{" && before === ")" && /\b(?:elseif|elsif|elif)\b/i.test(code.slice(0, tokens[at]!.start))) {
    const start = code.slice(0, tokens[at]!.start).search(/\b(?:elseif|elsif|elif)\b(?![^]*\b(?:elseif|elsif|elif)\b)/i);
    return mark("js/elseif", start, start + 6);
  }
  const isStart = /^(?:|[;{}])$/.test(text(at - 2)) || code.slice(tokens[at - 2]?.end ?? 0, tokens[at - 1]?.start ?? 0).includes("\n");
  if (!isWord(before) || !isWord(text(at)) || !isStart) return null;
  const near = before === "fonction" ? "function" : before === "constante" ? "const" : nearest(before, KEYWORDS);
  return near ? mark("js/keyword-near", tokens[at - 1]!.start, tokens[at - 1]!.end, { name: before, near }) : null;
}

function unexpected(code: string, pos: number): Mark {
  const look = lookAt(code, pos);
  const { text, at, tokens, open } = look;
  const start = tokens[at]?.start ?? Math.max(0, code.trimEnd().length - 1);
  const end = tokens[at]?.end ?? start + 1;
  const here = (found: string): Mark => mark(found, start, end, { text: text(at).slice(0, 30), before: text(at - 1).slice(0, 30), sign: text(at) });
  if (/^(?:const)\s/.test(code.slice(tokens[at - 2]?.start ?? 0)) && !/^[-=]|^\p{L}/u.test(text(at))) return mark("js/const-empty", tokens[at - 1]!.start, tokens[at - 1]!.end, { name: text(at - 1) });
  if (text(at - 1) === "await" || text(at) === "await") return here("js/await-outside");
  if (isStyle(code)) return mark("js/css", 0, code.trim().split("\n")[0]!.length);
  if (at >= tokens.length) {
    if (/^(?:\.|\?\.)$/.test(text(at - 1))) return mark("js/dot-end", tokens[at - 1]!.start, tokens[at - 1]!.end);
    const first = open.at(-1);
    return first ? mark(OPEN_NAMES[code.slice(first.start, first.end)]!, first.start, first.end) : here("js/end");
  }
  const known = atStatement(look);
  if (known) return here(known);
  const keyword = atKeyword(look);
  if (keyword) return keyword;
  const closing = atClosing(look);
  if (closing) return closing;
  const expression = atExpression(look);
  if (expression) return here(expression);
  const last = open.at(-1);
  const opened = last ? code.slice(last.start, last.end) : "";
  if (last && (opened === "(" || opened === "[") && /^[;{]$/.test(text(at))) return mark(OPEN_NAMES[opened]!, last.start, last.end);
  return here("js/unexpected");
}

function isStyle(code: string): boolean {
  return /^\s*(?:\/\/.*\n\s*)?[.#]?[\w-]+\s*\{\s*[a-z-]+\s*:\s*[^;{}()]+;\s*\}?/.test(code) && /^\s*(?:\/\/.*\n\s*)?[.#\w]/.test(code);
}

function assigned(code: string, pos: number): Mark {
  const line = /^[^\n;]*/.exec(code.slice(pos))![0];
  const hyphen = /\.style\.[a-z]+-[a-z]+/.exec(line);
  if (hyphen) {
    const name = hyphen[0].split(".").at(-1)!;
    return mark("js/hyphen-property", pos, pos + line.indexOf("=") - 1, { name, near: name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) });
  }
  return mark("js/assign-left", pos, pos + Math.max(1, line.indexOf("=") - 1));
}

/** The mistake that stops acorn. */
export function explainStop(code: string, { message, pos }: Stop): Mark {
  if (/^Assigning to rvalue|left-hand/.test(message)) return assigned(code, pos);
  if (/^Unexpected character/.test(message)) return atCharacter(code, pos);
  const word = /^(?:[\p{L}\d_$]+|.)/u.exec(code.slice(pos))?.[0] ?? "";
  const found = BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1];
  const name = /'(.+?)'|"(.+?)"/.exec(message)?.[1] ?? word;
  if (found === "js/name-digit") {
    const start = code.slice(0, pos).search(/[\d.]+$/);
    return mark(found, Math.max(0, start), pos + word.length, { text: code.slice(start, pos + word.length) });
  }
  if (found === "js/string-open" && /["'][^"'\n]*'\p{L}|\p{L}'\p{L}/u.test(/[^\n]*/.exec(code.slice(code.lastIndexOf("\n", pos) + 1))![0])) {
    return mark("js/apostrophe", pos, pos + 1);
  }
  if (found === "js/declared-twice" && /\bfor\s*\(\s*(?:let|var|const)\b[^;)]*,\s*$/.test(code.slice(0, pos))) {
    return mark("js/for-semicolons", pos, pos + word.length);
  }
  if (found) return mark(found, pos, pos + word.length, { name, text: name });
  return unexpected(code, pos);
}
