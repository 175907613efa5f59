// The names of a script: which are declared, where, and which are used without being declared.
import type { AnyNode, Pattern, Program } from "acorn";

export interface Binding {
  kind: "const" | "let" | "var" | "function" | "class" | "param" | "import" | "catch";
  at: number;
  node: AnyNode;
  scope: Scope;
}

export class Scope {
  readonly own = new Map<string, Binding>();
  readonly parent: Scope | null;
  readonly isFunction: boolean;

  constructor(parent: Scope | null, isFunction: boolean) {
    this.parent = parent;
    this.isFunction = isFunction;
  }

  find(name: string): Binding | undefined {
    return this.own.get(name) ?? this.parent?.find(name);
  }

  /** Nearest scope of a function, or that of the program. */
  get home(): Scope {
    return this.isFunction || !this.parent ? this : this.parent.home;
  }
}

export interface Use {
  name: string;
  node: AnyNode;
  scope: Scope;
  isWrite: boolean;
  isTypeof: boolean;
}

type Plain = Record<string, unknown> & { type: string; start: number };

const isNode = (value: unknown): value is Plain => typeof value === "object" && value !== null && typeof (value as Plain).type === "string";

/** Direct children of a node. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  for (const value of Object.values(node)) {
    for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) found.push(one as unknown as AnyNode);
  }
  return found;
}

/** Names that a pattern makes: x, { a, b: [c] }, ...d. */
export function namesOf(pattern: Pattern | null): { name: string; node: AnyNode }[] {
  if (!pattern) return [];
  if (pattern.type === "Identifier") return [{ name: pattern.name, node: pattern }];
  if (pattern.type === "ArrayPattern") return pattern.elements.flatMap(namesOf);
  if (pattern.type === "AssignmentPattern") return namesOf(pattern.left);
  if (pattern.type === "RestElement") return namesOf(pattern.argument);
  if (pattern.type === "ObjectPattern") return pattern.properties.flatMap((one) => namesOf(one.type === "RestElement" ? one.argument : one.value));
  return [];
}

function declare(scope: Scope, kind: Binding["kind"], pattern: Pattern | null): void {
  for (const { name, node } of namesOf(pattern)) if (!scope.own.has(name)) scope.own.set(name, { kind, at: node.start, node, scope });
}

/** Declarations of the statements of a block, before any is run. */
function hoist(scope: Scope, statements: AnyNode[]): void {
  for (const node of statements) {
    const inner = (node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration") && node.declaration ? (node.declaration as AnyNode) : node;
    if (inner.type === "FunctionDeclaration" && inner.id) declare(scope, "function", inner.id);
    if (inner.type === "ClassDeclaration" && inner.id) declare(scope, "class", inner.id);
    if (inner.type === "VariableDeclaration" && inner.kind !== "var") for (const one of inner.declarations) declare(scope, inner.kind as "let", one.id);
    if (inner.type === "ImportDeclaration") for (const one of inner.specifiers) declare(scope, "import", one.local);
  }
}

function hoistVars(scope: Scope, node: AnyNode): void {
  if (node.type === "VariableDeclaration" && node.kind === "var") for (const one of node.declarations) declare(scope, "var", one.id);
  for (const child of childrenOf(node)) if (!/Function|^Class/.test(child.type)) hoistVars(scope, child);
  for (const child of childrenOf(node)) if (child.type === "FunctionDeclaration" && child.id && node.type !== "Program") declare(scope, "function", child.id);
}

/** Every use of a name in a program, with the scope in which it is looked for. */
export function usesOf(program: Program): { uses: Use[]; top: Scope } {
  const uses: Use[] = [];
  const top = new Scope(null, true);
  const use = (node: AnyNode, scope: Scope, isWrite = false, isTypeof = false): void => {
    if (node.type === "Identifier") uses.push({ name: node.name, node, scope, isWrite, isTypeof });
  };
  const write = (pattern: AnyNode, scope: Scope): void => {
    for (const { node } of namesOf(pattern as Pattern)) use(node, scope, true);
    if (pattern.type === "MemberExpression") visit(pattern, scope);
    else defaults(pattern, scope);
  };
  /** Default values and computed keys inside a pattern are expressions. */
  const defaults = (pattern: AnyNode, scope: Scope): void => {
    if (pattern.type === "AssignmentPattern") {
      visit(pattern.right, scope);
      defaults(pattern.left, scope);
    } else if (pattern.type === "ObjectPattern") {
      for (const one of pattern.properties) {
        if (one.type === "Property" && one.computed) visit(one.key, scope);
        defaults(one.type === "RestElement" ? one.argument : one.value, scope);
      }
    } else if (pattern.type === "ArrayPattern") for (const one of pattern.elements) one && defaults(one, scope);
    else if (pattern.type === "RestElement") defaults(pattern.argument, scope);
    else if (pattern.type === "MemberExpression") visit(pattern, scope);
  };
  const functionBody = (node: AnyNode & { params: Pattern[]; body: AnyNode; id?: Pattern | null }, scope: Scope): void => {
    const inner = new Scope(scope, true);
    if (node.type === "FunctionExpression" && node.id) declare(inner, "function", node.id);
    for (const one of node.params) declare(inner, "param", one);
    if (node.type !== "ArrowFunctionExpression") inner.own.set("arguments", { kind: "param", at: 0, node, scope: inner });
    hoistVars(inner, node.body);
    for (const one of node.params) defaults(one, inner);
    visit(node.body, inner);
  };
  const block = (statements: AnyNode[], scope: Scope): void => {
    hoist(scope, statements);
    for (const one of statements) visit(one, scope);
  };
  const loop = (node: AnyNode, scope: Scope): void => {
    const inner = new Scope(scope, false);
    for (const child of childrenOf(node)) {
      if (child.type === "VariableDeclaration") hoist(inner, [child]);
      if ((node.type === "ForOfStatement" || node.type === "ForInStatement") && child === node.left && child.type !== "VariableDeclaration") write(child, inner);
      else visit(child, inner);
    }
  };
  const visit = (node: AnyNode, scope: Scope): void => {
    switch (node.type) {
      case "Identifier": return use(node, scope);
      case "BlockStatement": case "StaticBlock": return block(node.body, new Scope(scope, false));
      case "FunctionDeclaration": case "FunctionExpression": case "ArrowFunctionExpression": return functionBody(node as never, scope);
      case "ForStatement": case "ForOfStatement": case "ForInStatement": return loop(node, scope);
      case "SwitchStatement": {
        visit(node.discriminant, scope);
        const inner = new Scope(scope, false);
        hoist(inner, node.cases.flatMap((one) => one.consequent));
        for (const one of node.cases) childrenOf(one).forEach((child) => visit(child, inner));
        return;
      }
      case "CatchClause": {
        const inner = new Scope(scope, false);
        declare(inner, "catch", node.param ?? null);
        return visit(node.body, inner);
      }
      case "ClassDeclaration": case "ClassExpression": {
        const inner = new Scope(scope, false);
        if (node.id) declare(inner, "class", node.id);
        if (node.superClass) visit(node.superClass, scope);
        return childrenOf(node.body).forEach((child) => visit(child, inner));
      }
      case "VariableDeclaration":
        return node.declarations.forEach((one) => {
          defaults(one.id, scope);
          if (one.init) visit(one.init, scope);
        });
      case "AssignmentExpression":
        if (node.operator !== "=" && node.left.type === "Identifier") use(node.left, scope);
        write(node.left, scope);
        return visit(node.right, scope);
      case "UpdateExpression": return node.argument.type === "Identifier" ? use(node.argument, scope, true) : visit(node.argument, scope);
      case "UnaryExpression": return node.operator === "typeof" && node.argument.type === "Identifier" ? use(node.argument, scope, false, true) : visit(node.argument, scope);
      case "MemberExpression":
        visit(node.object, scope);
        if (node.computed) visit(node.property, scope);
        return;
      case "Property": case "MethodDefinition": case "PropertyDefinition":
        if (node.computed) visit(node.key, scope);
        if (node.value) visit(node.value, scope);
        return;
      case "LabeledStatement": return visit(node.body, scope);
      case "BreakStatement": case "ContinueStatement": case "ImportDeclaration": case "MetaProperty": case "ExportAllDeclaration": return;
      case "ExportNamedDeclaration":
        if (node.declaration) visit(node.declaration, scope);
        else if (!node.source) node.specifiers.forEach((one) => use(one.local as AnyNode, scope));
        return;
      default: childrenOf(node).forEach((child) => visit(child, scope));
    }
  };
  hoistVars(top, program);
  block(program.body, top);
  return { uses, top };
}
