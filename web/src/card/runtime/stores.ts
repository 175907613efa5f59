// localStorage and sessionStorage for a page without an origin: kept by the card, so they outlive « Recharger ».
import type { Runtime } from "./main.ts";

function makeStore(entries: Map<string, string>, changed: () => void): object {
  const methods = {
    getItem: (key: unknown) => entries.get(String(key)) ?? null,
    setItem: (key: unknown, value: unknown) => (entries.set(String(key), String(value)), changed()),
    removeItem: (key: unknown) => (entries.delete(String(key)), changed()),
    clear: () => (entries.clear(), changed()),
    key: (index: number) => [...entries.keys()][index] ?? null,
  };
  return new Proxy(methods, {
    get: (_, name) => (name === "length" ? entries.size : (Reflect.get(methods, name) ?? entries.get(String(name)))),
    set: (_, name, value) => (methods.setItem(name, value), true),
    deleteProperty: (_, name) => (methods.removeItem(name), true),
    has: (_, name) => name in methods || entries.has(String(name)),
    ownKeys: () => [...entries.keys()],
    getOwnPropertyDescriptor: (_, name) =>
      entries.has(String(name)) ? { value: entries.get(String(name)), configurable: true, enumerable: true, writable: true } : undefined,
  });
}

export function replaceStores({ send }: Runtime, stores: Record<string, Record<string, string>>): void {
  for (const name of ["localStorage", "sessionStorage"]) {
    const entries = new Map(Object.entries(stores[name] ?? {}));
    const changed = () => send({ kind: "store", text: name, entries: Object.fromEntries(entries) });
    Object.defineProperty(window, name, { value: makeStore(entries, changed), configurable: true });
  }
}
