// What is handed in or verified is what is on the disk: before that, what is typed in the files beside a notebook is saved.

interface Context {
  path: string;
  model: { dirty: boolean };
  save(): Promise<void>;
}

export interface Saver {
  shell: { widgets(area: string): Iterable<{ context?: Context }> };
}

/** Save a notebook, and every file that is open and changed in its folder and below. Rejects when one cannot be saved. */
export async function saveBeside(app: Saver, notebook: Pick<Context, "path" | "save">): Promise<void> {
  const folder = notebook.path.slice(0, notebook.path.lastIndexOf("/") + 1);
  await notebook.save();
  for (const { context } of app.shell.widgets("main")) {
    if (context?.model.dirty && context.path.startsWith(folder)) await context.save();
  }
}
