// Completion while the kernel cannot answer (starting, busy, gone): what CodeMirror's own languages know.
//
// The kernel's proposals, in French and in the order of the course, come first whenever it is there.

import { lab } from "./container.ts";

interface State {
  sliceDoc(from: number, to: number): string;
  doc: { lineAt(at: number): { from: number } };
  languageDataAt(name: string, at: number): unknown[];
}

interface Editor {
  editor?: { state: State }; // CodeMirror's view
}

interface Context {
  editor?: Editor;
  session?: { kernel?: { status: string } | null } | null;
}

interface Found {
  from: number;
  options: { label: string; type?: string; apply?: unknown }[];
}

interface Reply {
  start: number;
  end: number;
  items: { label: string; type?: string; insertText?: string }[];
}

type Source = (context: object) => Found | null | Promise<Found | null>;

/** What a CodeMirror source asks of its context. */
function contextAt(state: State, pos: number): object {
  return {
    state,
    pos,
    explicit: true,
    aborted: false,
    addEventListener(): void {},
    tokenBefore: () => null,
    matchBefore(pattern: RegExp) {
      const { from } = state.doc.lineAt(pos);
      const text = state.sliceDoc(from, pos);
      const at = text.search(new RegExp(`(?:${pattern.source})$`, pattern.flags));
      return at < 0 ? null : { from: from + at, to: pos, text: text.slice(at) };
    },
  };
}

/** What the language under the cursor proposes there, starting with what is already written. */
export async function propose(state: State, pos: number): Promise<Reply> {
  const sources = state.languageDataAt("autocomplete", pos).filter((one): one is Source => typeof one === "function");
  for (const source of sources) {
    const found = await source(contextAt(state, pos));
    if (!found) continue;
    const written = state.sliceDoc(found.from, pos).toLowerCase();
    const items = found.options
      .filter(({ label }) => label.toLowerCase().startsWith(written))
      .map(({ label, type = "", apply }) => ({ label, type, insertText: typeof apply === "string" ? apply : label }));
    if (items.length) return { start: found.from, end: pos, items };
  }
  return { start: pos, end: pos, items: [] };
}

export async function completionPlugin(): Promise<object> {
  const { ICompletionProviderManager } = await lab<{ ICompletionProviderManager: unknown }>("@jupyterlab/completer");
  return {
    id: "codephenix:completion",
    description: "Completion by the language of the cell while the kernel cannot answer.",
    autoStart: true,
    optional: [ICompletionProviderManager],
    activate: (_app: unknown, manager: { registerProvider(provider: object): void } | null): void => {
      manager?.registerProvider({
        identifier: "CompletionProvider:codephenix",
        rank: 600,
        renderer: null,
        isApplicable: async ({ editor, session }: Context) =>
          Boolean(editor?.editor) && session?.kernel?.status !== "idle",
        fetch: ({ offset }: { offset: number }, { editor }: Context) => propose(editor!.editor!.state, offset),
      });
    },
  };
}
