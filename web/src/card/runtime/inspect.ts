// Values as a console shows them, on one line. Law: never calls code of the page twice, never throws.

const MOST_ITEMS = 30;
const DEEPEST = 3;

function element(node: Element): string {
  const shallow = (node.cloneNode(false) as Element).outerHTML;
  return node.childNodes.length ? shallow.replace("></", ">…</") : shallow;
}

function list(items: string[], open: string, close: string): string {
  const shown = items.slice(0, MOST_ITEMS).join(", ") + (items.length > MOST_ITEMS ? ", …" : "");
  return shown ? `${open}${shown}${close}` : `${open}${close}`.replace(/ +/g, "");
}

function object(value: object, depth: number, above: object[]): string {
  if (above.includes(value)) return "[boucle]";
  if (depth > DEEPEST) return Array.isArray(value) ? "[…]" : "{…}";
  const inside = (one: unknown) => show(one, depth + 1, [...above, value]);
  if (Array.isArray(value)) return list(value.map(inside), "[", "]");
  if (value instanceof Map) return `Map(${value.size}) ${list([...value].map(([k, v]) => `${inside(k)} → ${inside(v)}`), "{", "}")}`;
  if (value instanceof Set) return `Set(${value.size}) ${list([...value].map(inside), "{", "}")}`;
  if (value instanceof NodeList || value instanceof HTMLCollection) {
    return `${value.constructor.name}(${value.length}) ${list([...value].map(inside), "[", "]")}`;
  }
  const name = value.constructor?.name ?? "";
  const pairs = Object.entries(value).map(([key, one]) => `${key}: ${inside(one)}`);
  return (name && name !== "Object" ? `${name} ` : "") + list(pairs, "{ ", " }");
}

function show(value: unknown, depth: number, above: object[]): string {
  if (typeof value === "string") return depth ? JSON.stringify(value) : value;
  if (typeof value === "function") return `ƒ ${value.name || "sans nom"}()`;
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Element) return element(value);
  if (value instanceof Date || value instanceof RegExp) return String(value);
  return object(value, depth, above);
}

export function inspect(value: unknown): string {
  try {
    return show(value, 0, []);
  } catch {
    return "[valeur illisible]";
  }
}

/** Arguments of console.log on one line, with its %s, %d, %o and %c. */
export function inspectAll(values: unknown[]): string {
  const rest = [...values];
  const [first] = rest;
  if (typeof first !== "string" || !/%[sdifoOc]/.test(first) || rest.length < 2) return rest.map(inspect).join(" ");
  rest.shift();
  const text = first.replace(/%([sdifoOc])/g, (mark, kind: string) => {
    if (!rest.length) return mark;
    const value = rest.shift();
    return kind === "c" ? "" : inspect(value);
  });
  return [text, ...rest.map(inspect)].join(" ");
}
