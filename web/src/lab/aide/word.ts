// The name under the cursor, and the groups in which it may be. Law: pure; no kernel is needed.

export interface Word {
  name: string;
  groups: string[];
}

const CSS = ["properties", "at-rules", "pseudos", "pseudo-elements", "functions", "units", "media", "wide"];
const HTML = ["attributes", "elements"];

/** What stands at `at` in code of this extension (".html", ".css", ".js"…), the likeliest first. */
export function wordsAt(code: string, at: number, language: string): Word[] {
  const script = /^\.m?js$/.test(language);
  const part = script ? /[\w$]/ : /[\w-]/;
  let [from, to] = [at, at];
  if (/[<@&:]/.test(code[at] ?? "")) from = to = at + (code[at + 1] === ":" || code[at + 1] === "/" ? 2 : 1);
  while (from > 0 && part.test(code[from - 1]!)) from--;
  while (to < code.length && part.test(code[to]!)) to++;
  const name = code.slice(from, to);
  if (!name) return [];
  if (script) return [{ name, groups: code[from - 1] === "." ? ["members"] : ["keywords", "globals", "events", "members"] }];
  return language === ".css" ? styleWords(code, from, to, name) : markupWords(code, from, to, name);
}

function styleWords(code: string, from: number, to: number, name: string): Word[] {
  const mark = /(::?|@)$/.exec(code.slice(0, from))?.[1] ?? "";
  const unit = /^-?\d*\.?\d+([a-z]+)$/.exec(name)?.[1] ?? name;
  const call = code[to] === "(" ? `${name}()` : name;
  const inside = code.lastIndexOf("{", from) > code.lastIndexOf("}", from); // in a rule, and not in its selector
  const plain = [{ name: call, groups: CSS }, { name: unit, groups: ["units"] }];
  const element = { name, groups: ["elements"] };
  return [{ name: mark + name, groups: CSS }, ...(inside ? [...plain, element] : [element, ...plain])];
}

function markupWords(code: string, from: number, to: number, name: string): Word[] {
  const before = code.slice(0, from);
  if (/<\/?$/.test(before)) return [{ name, groups: ["elements"] }];
  if (before.endsWith("&")) return [{ name: `&${name};`, groups: ["entities"] }];
  const tag = /<([a-z][\w-]*)(?:\s[^<>]*)?$/i.exec(before)?.[1];
  if (!tag) return [];
  const attribute = /([\w-]+)=["']?[^"'=]*$/.exec(before.slice(before.lastIndexOf("<")))?.[1];
  const own = /[\s"']$/.test(before) && /^[\s=>/]/.test(code.slice(to) || ">") ? name : (attribute ?? name);
  return [{ name: `${tag} ${own}`, groups: HTML }, { name: own, groups: HTML }];
}
