// Mistakes shown in an editor: a wavy line under each, a bar beside its line, its sentences in a tooltip.
// A remark has a dotted line and no bar: its code is allowed.
import type { Diagnostic } from "../../diagnostics/catalogue.ts";
import type { EditorState, StateModule, Transaction, View, ViewModule } from "./codemirror.ts";

export interface Shown {
  found: readonly Diagnostic[];
  told: Diagnostic | null; // the one whose tooltip the keyboard opened
  decorations: object;
}

export interface Marks {
  extension: object[];
  show(view: View, found: readonly Diagnostic[]): void;
  tell(view: View, one: Diagnostic): void;
  shown(state: EditorState): readonly Diagnostic[];
}

const RED = "#b3261e";
const BLUE = "#1f5fa8"; // a remark: allowed, so not red
const THEME = {
  ".cp-mistake": { textDecoration: `underline wavy ${RED}`, textDecorationSkipInk: "none", textUnderlineOffset: "3px" },
  ".cp-mistake-line": { boxShadow: `inset 3px 0 ${RED}` },
  ".cp-mistake.cp-remark": { textDecoration: `underline dotted ${BLUE} 2px` },
  ".cm-tooltip.cp-mistake-text, .cm-tooltip:has(.cp-mistake-text)": {
    color: "var(--jp-ui-font-color1)", backgroundColor: "var(--jp-layout-color1)", border: `1px solid ${RED}`, borderRadius: "2px",
  },
  ".cm-tooltip.cp-remark-text, .cm-tooltip:has(.cp-remark-text)": { borderColor: BLUE },
  ".cp-mistake-text": {
    maxWidth: "min(32rem, 90vw)", padding: "6px 10px", fontFamily: "var(--jp-ui-font-family)", fontSize: "14px", lineHeight: "1.4",
  },
  ".cp-mistake-text p": { margin: "0" },
  ".cp-mistake-text p:first-child": { fontWeight: "bold" },
};

function sentences({ message, advice, isRemark }: Diagnostic): HTMLElement {
  const node = document.createElement("div");
  node.className = isRemark ? "cp-mistake-text cp-remark-text" : "cp-mistake-text";
  node.lang = "fr";
  for (const text of [message, advice]) node.append(Object.assign(document.createElement("p"), { textContent: text }));
  return node;
}

function tooltip(one: Diagnostic): object {
  return { pos: one.from, end: one.to, above: false, create: () => ({ dom: sentences(one) }) };
}

/** The extension of an editor that shows mistakes, and what changes them. */
export function makeMarks({ StateEffect, StateField }: StateModule, { Decoration, EditorView, hoverTooltip, showTooltip }: ViewModule): Marks {
  const showing = StateEffect.define();
  const telling = StateEffect.define();

  function decorate(found: readonly Diagnostic[], state: EditorState): object {
    const lines = new Set(found.filter(({ isRemark }) => !isRemark).map(({ from }) => state.doc.lineAt(from).from));
    return Decoration.set(
      [
        ...found.map(({ from, to, code, isRemark }) => {
          return Decoration.mark({ class: isRemark ? "cp-mistake cp-remark" : "cp-mistake", attributes: { "data-code": code } }).range(from, to);
        }),
        ...[...lines].map((at) => Decoration.line({ class: "cp-mistake-line" }).range(at)),
      ],
      true,
    );
  }

  function follow(found: readonly Diagnostic[], { changes, state }: Transaction): Diagnostic[] {
    const moved = found.map((one) => ({ ...one, from: changes.mapPos(one.from, 1), to: changes.mapPos(one.to, -1) }));
    return moved.filter(({ from, to }) => from < to && to <= state.doc.length);
  }

  const field = StateField.define({
    create: (): Shown => ({ found: [], told: null, decorations: Decoration.set([], true) }),
    update(before: Shown, change: Transaction): Shown {
      let { found, told } = before;
      if (change.docChanged) found = follow(found, change);
      if (change.docChanged || change.selection) told = null;
      for (const effect of change.effects) {
        if (effect.is(showing)) [found, told] = [effect.value as Diagnostic[], null];
        if (effect.is(telling)) told = effect.value as Diagnostic | null;
      }
      if (found === before.found) return told === before.told ? before : { ...before, told };
      return { found, told, decorations: decorate(found, change.state) };
    },
    provide: (own: object) => [
      EditorView.decorations.from(own, ({ decorations }: Shown) => decorations),
      showTooltip.from(own, ({ told }: Shown) => told && tooltip(told)),
    ],
  });
  const shown = (state: EditorState): readonly Diagnostic[] => state.field<Shown>(field, false)?.found ?? [];
  const hover = hoverTooltip((view, at) => {
    const one = shown(view.state).find(({ from, to }) => from <= at && at <= to);
    return one ? tooltip(one) : null;
  });
  return {
    extension: [field, hover, EditorView.baseTheme(THEME)],
    show(view, found) {
      const length = view.state.doc.length;
      view.dispatch({ effects: showing.of(found.filter(({ from, to }) => from < to && to <= length)) });
    },
    tell(view, one) {
      view.dispatch({ selection: { anchor: one.from }, scrollIntoView: true });
      view.dispatch({ effects: telling.of(one) });
    },
    shown,
  };
}
