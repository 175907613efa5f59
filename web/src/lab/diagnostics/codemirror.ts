// What we use of CodeMirror, which Lab lends. Law: types only, as narrow as our use.

export interface Position {
  number: number;
  from: number;
}

export interface EditorState {
  doc: { length: number; toString(): string; lineAt(at: number): Position };
  selection: { main: { head: number } };
  field<T>(field: object, require?: false): T | undefined;
}

export interface Changes {
  mapPos(at: number, side: number): number;
}

export interface Transaction {
  docChanged: boolean;
  selection: unknown;
  changes: Changes;
  state: EditorState;
  effects: { is(type: object): boolean; value: unknown }[];
}

export interface View {
  state: EditorState;
  dom: HTMLElement;
  dispatch(change: object): void;
  focus(): void;
}

export interface Update {
  docChanged: boolean;
}

export interface StateModule {
  StateEffect: { define(): { of(value: unknown): object } };
  StateField: { define(spec: object): object };
}

export interface ViewModule {
  Decoration: {
    mark(spec: object): { range(from: number, to: number): object };
    line(spec: object): { range(at: number): object };
    set(ranges: object[], sort: boolean): object;
  };
  EditorView: { decorations: { from(field: object, get: (value: never) => object): object }; baseTheme(rules: object): object };
  ViewPlugin: { define(make: (view: View) => object): object };
  hoverTooltip(source: (view: View, at: number) => object | null): object;
  showTooltip: { from(field: object, get: (value: never) => object | null): object };
}
