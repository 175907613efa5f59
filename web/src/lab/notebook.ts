// What we use of JupyterLab's notebooks. Law: types only, as narrow as our use.

export interface Signal<Arguments> {
  connect(slot: (sender: unknown, args: Arguments) => void): boolean;
  disconnect(slot: (sender: unknown, args: Arguments) => void): boolean;
}

export interface CellModel {
  id: string;
  type: "code" | "markdown" | "raw";
  mimeType: string;
  sharedModel: { getSource(): string };
  contentChanged: Signal<unknown>;
  mimeTypeChanged: Signal<unknown>;
  getMetadata(key: string): unknown;
}

export interface CellWidget {
  model: CellModel;
  node: HTMLElement;
}

export interface NotebookModel {
  cells: Iterable<CellModel> & { changed: Signal<unknown> };
  contentChanged: Signal<unknown>;
  getMetadata(key: string): unknown;
}

export interface Notebook {
  model: NotebookModel | null;
  activeCell: CellWidget | null;
  activeCellChanged: Signal<unknown>;
  activate(): void;
}

export interface Panel {
  id: string;
  isDisposed: boolean;
  isVisible: boolean;
  content: Notebook;
  node: HTMLElement;
  toolbar: { insertAfter(at: string, name: string, widget: unknown): boolean };
  context: { path: string; ready: Promise<void>; save(): Promise<void> };
  disposed: Signal<unknown>;
}

export interface Tracker {
  currentWidget: Panel | null;
  currentChanged: Signal<Panel | null>;
  widgetAdded: Signal<Panel>;
  forEach(run: (panel: Panel) => void): void;
}

/** Whether a notebook runs on our kernel: the trainer has others. */
export function isWeb(model: NotebookModel | null): boolean {
  const spec = model?.getMetadata("kernelspec") as { name?: string } | undefined;
  return spec?.name === "web";
}
