// Faults of a script: another operator or value, a condition that always holds, a statement that is missing.
import { type AnyNode, parse } from "acorn";
import { full } from "acorn-walk";
import { type Edit, shown } from "./mutant.ts";

const OPERATORS: Record<string, string> = {
  "+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
  "===": "!==", "!==": "===", "&&": "||", "||": "&&", "??": "&&", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=",
};

class Reader {
  readonly edits: Edit[] = [];
  private readonly js: string;
  private readonly base: number;

  constructor(js: string, base: number) {
    this.js = js;
    this.base = base;
  }

  private put(start: number, end: number, text: string, change: string): void {
    this.edits.push({ start: this.base + start, end: this.base + end, text, change });
  }

  private swap(node: AnyNode, text: string): void {
    const old = this.js.slice(node.start, node.end);
    this.put(node.start, node.end, text, `changer ${shown(old)} en ${shown(text)}`);
  }

  private operator(left: AnyNode, right: AnyNode, operator: string): void {
    const other = OPERATORS[operator];
    const at = this.js.indexOf(operator, left.end);
    if (!other || at < 0 || at >= right.start) return;
    const old = this.js.slice(left.start, right.end);
    this.put(at, at + operator.length, other, `changer ${operator} en ${other} dans ${shown(old)}`);
  }

  read(node: AnyNode): void {
    const code = (part: AnyNode): string => this.js.slice(part.start, part.end);
    switch (node.type) {
      case "BinaryExpression":
      case "LogicalExpression":
        return this.operator(node.left as AnyNode, node.right, node.operator);
      case "AssignmentExpression":
        return this.operator(node.left, node.right, node.operator);
      case "UpdateExpression":
        return this.swap(node, code(node).replace(node.operator, node.operator === "++" ? "--" : "++"));
      case "UnaryExpression":
        return node.operator === "!" ? this.swap(node, code(node.argument)) : undefined;
      case "IfStatement":
        this.swap(node.test, "true");
        return this.swap(node.test, "false");
      case "ConditionalExpression":
        this.swap(node, code(node.consequent));
        return this.swap(node, code(node.alternate));
      case "ExpressionStatement":
        if (/^["'`]use strict/.test(code(node))) return undefined;
        return this.put(node.start, node.end, ";", `retirer ${shown(code(node))}`);
      case "ReturnStatement":
        return node.argument ? this.put(node.start, node.end, "return;", `retirer la valeur de ${shown(code(node))}`) : undefined;
      case "Literal":
        return this.literal(node);
      default:
        return undefined;
    }
  }

  private literal(node: AnyNode & { type: "Literal" }): void {
    if (typeof node.value === "number") this.swap(node, String(node.value + 1));
    else if (typeof node.value === "boolean") this.swap(node, String(!node.value));
    else if (typeof node.value === "string" && node.value !== "use strict") this.swap(node, node.value ? '""' : '"xq"');
  }
}

/** Edits of a script that begins at the offset `base`; none when it cannot be read. */
export function jsEdits(js: string, base = 0): Edit[] {
  const reader = new Reader(js, base);
  const read = (sourceType: "module" | "script") => parse(js, { ecmaVersion: "latest", sourceType });
  let program;
  try {
    program = read("module");
  } catch {
    try {
      program = read("script");
    } catch {
      return [];
    }
  }
  full(program, (node) => reader.read(node as AnyNode));
  return reader.edits;
}
