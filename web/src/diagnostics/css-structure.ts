// A stylesheet cut into rules and declarations, and what prevents it: a bracket, a quote or a comment left open.
import { tokenize, tokenNames } from "css-tree";
import { mark, type Mark } from "./marks.ts";

export interface Statement {
  kind: "rule" | "at" | "plain"; // plain: a declaration, or what should be one
  text: string; // the prelude, or the whole declaration
  from: number; // of the text
  items: Statement[]; // what is between braces
  hasBlock: boolean;
}

interface Token {
  kind: string;
  text: string;
  from: number;
  to: number;
}

const CURVED = /[“”„‘’«»]/;

/** Comments become spaces: offsets stay the same. */
export function withoutComments(source: string): string {
  let text = "";
  tokenize(source, (type: number, from: number, to: number) => {
    const part = source.slice(from, to);
    text += tokenNames[type] === "comment-token" ? part.replace(/[^\n]/g, " ") : part;
  });
  return text;
}

export function tokensOf(source: string): Token[] {
  const found: Token[] = [];
  tokenize(source, (type: number, from: number, to: number) => {
    found.push({ kind: tokenNames[type]!.replace("-token", ""), text: source.slice(from, to), from, to });
  });
  return found;
}

function badToken({ kind, text, from, to }: Token, next: Token | undefined, isInParens: boolean): Mark | null {
  if (kind === "comment" && !/^\/\*[^]*\*\/$/.test(text)) return mark("css/comment-open", from, from + 2);
  if (kind === "bad-string" || (kind === "string" && (text.length < 2 || text.at(-1) !== text[0]))) {
    return mark("css/string-open", from, from + (text.split("\n")[0]?.length ?? 1));
  }
  if (kind === "bad-url") return mark("css/url", from, to);
  if (kind !== "comment" && kind !== "string" && kind !== "url" && CURVED.test(text)) return mark("css/smart-quote", from, to);
  if (kind === "delim" && text === "/" && next?.text === "/" && next.from === to) return mark("css/line-comment", from, next.to);
  if (kind === "CDO" || kind === "CDC") return mark("css/html-comment", from, to);
  const isTag = text === "<" && next?.from === to && (next.kind === "ident" || next.text === "/");
  return kind === "delim" && isTag && !isInParens ? mark("css/html-tag", from, next!.to) : null;
}

const PAIRS: Record<string, string> = { "{": "}", "(": ")", "[": "]" };
const NAMES: Record<string, string> = { "{": "brace", "(": "paren", "[": "bracket" };

/** The first thing that keeps the stylesheet from being read. */
export function brokenStructure(source: string): Mark | null {
  const tokens = tokensOf(source);
  const open: Token[] = [];
  for (const [rank, token] of tokens.entries()) {
    const sign = token.text.at(-1)!;
    const last = open.at(-1)?.text.at(-1) ?? "";
    const bad = badToken(token, tokens[rank + 1], last === "(");
    if (bad) return bad;
    if (["string", "comment", "url"].includes(token.kind)) continue;
    if (sign in PAIRS) {
      if (sign === "{" && last && last !== "{") return mark(`css/${NAMES[last]}-open`, open.at(-1)!.from, open.at(-1)!.to);
      open.push(token);
    } else if (token.text === ";" || token.text === "}") {
      if (last && last !== "{") return mark(`css/${NAMES[last]}-open`, open.at(-1)!.from, open.at(-1)!.to);
      if (token.text === "}" && !open.pop()) return extraBrace(tokens, rank);
    } else if (token.text === ")" || token.text === "]") {
      if (PAIRS[last] !== token.text) return mark("css/paren-extra", token.from, token.to, { sign: token.text });
      open.pop();
    }
  }
  const [first] = open;
  return first ? mark(`css/${NAMES[first.text.at(-1)!]}-open`, first.from, first.to) : null;
}

/** A brace that closes nothing: often the one that should open the rule was forgotten. */
function extraBrace(tokens: Token[], rank: number): Mark {
  let start = rank;
  while (start > 0 && tokens[start - 1]!.text !== "}") start--;
  const inside = tokens.slice(start, rank).filter(({ kind }) => kind !== "whitespace" && kind !== "comment");
  const { from, to } = tokens[rank]!;
  const isRule = inside.some(({ kind }) => kind === "colon");
  return isRule ? mark("css/brace-missing", inside[0]!.from, inside[0]!.to) : mark("css/brace-extra", from, to);
}

/** The statements of a stylesheet, or of the inside of a rule, whose structure is sound. */
export function statementsOf(source: string): Statement[] {
  const text = withoutComments(source);
  const tokens = tokensOf(text);
  let at = 0;
  const read = (): Statement[] => {
    const items: Statement[] = [];
    let from = -1;
    let depth = 0;
    const finish = (to: number, hasBlock: boolean): void => {
      const part = from < 0 ? "" : text.slice(from, to).trimEnd();
      if (part || hasBlock) {
        const kind = part.startsWith("@") ? "at" : hasBlock ? "rule" : "plain";
        items.push({ kind, text: part, from: from < 0 ? to : from, items: [], hasBlock });
      }
      from = -1;
    };
    for (; at < tokens.length; at++) {
      const token = tokens[at]!;
      if (token.kind === "whitespace") continue;
      const isOwn = from >= 0 && /^--[\w-]*\s*:/.test(text.slice(from, token.from)); // its value may hold braces
      if (isOwn && (token.text === "{" || (token.text === "}" && depth))) {
        depth += token.text === "{" ? 1 : -1;
        continue;
      }
      if (token.text === "}") {
        finish(token.from, false);
        return items;
      }
      if (token.text === ";" && !depth) finish(token.from, false);
      else if (token.text === "{" && !depth) {
        finish(token.from, true);
        at++;
        items.at(-1)!.items = read();
      } else {
        if (from < 0) from = token.from;
        if (/[([]$/.test(token.text) && !["string", "url"].includes(token.kind)) depth++;
        else if (token.text === ")" || token.text === "]") depth--;
      }
    }
    finish(text.length, false);
    return items;
  };
  return read();
}
