// JupyterLab's view of an extension: a module-federation container, written by hand so that no webpack is needed.
//
//     init(scope)      Lab lends its own packages
//     get("./extension")  gives the plugins
//
// Lab's packages are asked for by name at activation; their types here are only what we use.

export interface Lent {
  [version: string]: { get(): Promise<() => unknown> };
}

export type Scope = Record<string, Lent>;

let scope: Scope = {};

/** One of Lab's own packages. */
export async function lab<T>(name: string): Promise<T> {
  const versions = scope[name];
  const found = versions && Object.values(versions)[0];
  if (!found) throw new Error(`JupyterLab does not lend ${name}`);
  return (await found.get())() as T;
}

/** Offer plugins under a name. */
export function offer(name: string, plugins: () => Promise<unknown[]>): void {
  const shared = ((window as unknown as Record<string, unknown>)["_JUPYTERLAB"] ??= {}) as Record<string, unknown>;
  shared[name] = {
    init: (lent: Scope): void => {
      scope = lent;
    },
    get: async (): Promise<() => { __esModule: true; default: unknown[] }> => {
      const made = await plugins();
      return () => ({ __esModule: true, default: made }); // Lab reads the default export of an ES module only
    },
  };
}
