// Completion while typing, and what CodeMirror's own languages know while the kernel cannot answer.
//
// The kernel's proposals, in French and in the order of the course, are alone whenever it is there.

import { lab } from "./container.ts";
import { isWeb, type Panel } from "./notebook.ts";

interface State {
  sliceDoc(from: number, to: number): string;
  doc: { lineAt(at: number): { from: number } };
  languageDataAt(name: string, at: number): unknown[];
}

interface Editor {
  editor?: { state: State }; // CodeMirror's view
}

interface Context {
  widget: Partial<Panel>;
  editor?: Editor;
  session?: { kernel?: { status: string } | null } | null;
}

interface Change {
  sourceChange?: { insert?: string; delete?: number }[];
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

const NOTHING: Reply = { start: 0, end: 0, items: [] };

/** One letter of a name was typed: Lab would not propose anything in HTML, which it takes for prose. */
export function isTyping({ sourceChange }: Change): boolean {
  if (!sourceChange || sourceChange.some((change) => change.delete !== undefined)) return false;
  return /^[\p{L}\p{N}_<.-]$/u.test(sourceChange.map((change) => change.insert ?? "").join(""));
}

const isIdle = ({ session }: Context): boolean => session?.kernel?.status === "idle";

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
        isApplicable: async ({ editor, widget }: Context) => Boolean(editor?.editor) && isWeb(widget.content?.model ?? null),
        shouldShowContinuousHint: (visible: boolean, change: Change) => !visible && isTyping(change),
        fetch: async ({ offset }: { offset: number }, context: Context) =>
          isIdle(context) ? NOTHING : propose(context.editor!.editor!.state, offset),
      });
    },
  };
}
