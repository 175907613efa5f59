// Values of JavaScript: equality, how they are shown, and how those of the page's world are read.

/** A value of the page that cannot be carried over: a function, a proxy, an element. */
export class Foreign {
  readonly type: string;

  constructor(type: string) {
    this.type = type;
  }
}

const FOREIGN: Record<string, string> = {
  function: "une fonction",
  node: "un élément de la page",
  promise: "une promesse",
  proxy: "un objet truqué (proxy)",
  symbol: "un symbole",
  error: "une erreur",
};

export type Deep = { type: string; value?: unknown };

/** Read what V8's deep serialisation gives. */
export function decode({ type, value }: Deep): unknown {
  const list = (): unknown[] => ((value as Deep[]) ?? []).map(decode);
  const keyOf = (key: Deep | string): unknown => (typeof key === "string" ? key : decode(key));
  const entries = (): [unknown, unknown][] =>
    ((value as [Deep | string, Deep][]) ?? []).map(([key, one]) => [keyOf(key), decode(one)]);
  switch (type) {
    case "undefined": return undefined;
    case "null": return null;
    case "string": case "boolean": return value;
    case "number": return Number(value); // "NaN", "-0" and "Infinity" come as texts
    case "bigint": return BigInt(value as string);
    case "date": return new Date(value as string);
    case "array": return list();
    case "set": return new Set(list());
    case "map": return new Map(entries());
    case "object": return Object.fromEntries(entries() as [string, unknown][]);
    default: return new Foreign(type);
  }
}

/** An argument for `Runtime.callFunctionOn`. */
export function encode(value: unknown): Record<string, unknown> {
  if (value === undefined) return {};
  if (typeof value === "bigint") return { unserializableValue: `${value}n` };
  if (typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0))) return { value };
  return { unserializableValue: Object.is(value, -0) ? "-0" : String(value) };
}

type Keyed = Record<string, unknown>;

/** Same value, inside as well. */
export function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b) || a instanceof Foreign) return false;
  if (a instanceof Date) return a.getTime() === (b as Date).getTime();
  if (a instanceof Map || a instanceof Set) return equal([...a], [...(b as Set<unknown>)]);
  const keys = Object.keys(a);
  const same = (key: string): boolean => key in b && equal((a as Keyed)[key], (b as Keyed)[key]);
  return keys.length === Object.keys(b).length && keys.every(same);
}

const KEY = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** A value as it is written in JavaScript, shortened. */
export function show(value: unknown, depth = 2): string {
  const text = write(value, depth);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function write(value: unknown, depth: number): string {
  if (typeof value === "string") return `“${value}”`;
  if (Object.is(value, -0)) return "-0";
  if (value instanceof Foreign) return FOREIGN[value.type] ?? `une valeur de sorte ${value.type}`;
  if (typeof value === "function") return "une fonction";
  if (value === undefined) return "rien (undefined)";
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof RegExp || value instanceof Date) return String(value);
  return container(value, depth - 1);
}

function container(value: object, depth: number): string {
  if (value instanceof (globalThis.Element ?? Foreign)) return `<${value.localName}>`;
  if (depth < 0) return "…";
  if (value instanceof Map) return `Map ${container(Object.fromEntries(value), depth)}`;
  if (value instanceof Set) return `Set ${container([...value], depth)}`;
  if (Array.isArray(value)) return `[${value.map((item) => inner(item, depth)).join(", ")}]`;
  const name = (key: string): string => (KEY.test(key) ? key : JSON.stringify(key));
  const members = Object.entries(value).map(([key, item]) => `${name(key)}: ${inner(item, depth)}`);
  return members.length ? `{ ${members.join(", ")} }` : "{}";
}

/** Inside a list or an object, texts have straight quotation marks, as in code. */
const inner = (value: unknown, depth: number): string =>
  typeof value === "string" ? JSON.stringify(value) : write(value, depth);
