// The projects of a learner: one preview panel, and the archive. Loaded by Lab at the first use, never before.
import type { Translation } from "../translation.ts";
import { frameDocument } from "../preview/document.ts";
import { PreviewView } from "../preview/view.ts";
import { isPage, rootOf } from "../../project/place.ts";
import { archiveOf, download } from "./archive.ts";
import { type Contents, Folder, FolderProblem, hasHome } from "./folder.ts";
import { Watch } from "./watch.ts";

export interface LuminoWidget {
  id: string;
  node: HTMLElement;
  title: { label: string; caption: string; closable: boolean };
  isAttached: boolean;
  close(): void;
  dispose(): void;
  disposed: { connect(slot: () => void): void };
}

/** What is shown or archived: a folder, or a file of a project. */
export interface Target {
  path: string;
  directory: boolean;
}

/** What Lab lends us. */
export interface Host {
  Widget: new (options: { node: HTMLElement }) => LuminoWidget;
  contents: Contents;
  trans: Translation;
  base: string; // where Lab serves its extensions
  shell: { add(widget: object, area: string, options: object): void; activateById(id: string): void };
  saveAll(): Promise<unknown>;
  confirm(title: string, texts: string[], accept: string): Promise<boolean>;
  say(title: string, texts: string[]): Promise<unknown>;
}

const ID = "codephenix-project";

export class Projects {
  readonly #host: Host;
  #widget: LuminoWidget | undefined;
  #view: PreviewView | undefined;
  #watch: Watch | undefined;
  #from = ""; // id of the widget that gets the keyboard back

  constructor(host: Host) {
    this.#host = host;
  }

  /** Show a project, beside the widget `from`; the keyboard goes to the preview when it is there already, or `focus` says so. */
  async preview({ path, directory }: Target, from: string, focus: boolean): Promise<void> {
    const root = directory ? path : await this.#rootOf(path);
    const page = !directory && isPage(path) ? path.slice(root ? root.length + 1 : 0) : "";
    const open = Boolean(this.#widget?.isAttached);
    const same = open && this.#watch?.folder.root === root;
    if (from !== ID) this.#from = from;
    if (!open) this.#open();
    if (!same) this.#follow(root, page);
    else if (page || directory) this.#watch!.visit(page);
    if (focus || same) this.#host.shell.activateById(ID);
  }

  #rootOf(path: string): Promise<string> {
    return rootOf(path, (folder) => hasHome(this.#host.contents, folder));
  }

  #open(): void {
    const { trans, base, shell } = this.#host;
    this.#view = new PreviewView({
      document: () => frameDocument(base),
      trans,
      leave: () => this.#from && shell.activateById(this.#from),
      empty: trans.__("Reading the project…"),
    });
    this.#widget = this.#makeWidget(this.#view);
    shell.add(this.#widget, "main", { mode: "split-right", activate: false, ...(this.#from ? { ref: this.#from } : {}) });
  }

  #makeWidget(view: PreviewView): LuminoWidget {
    const widget = new (class extends this.#host.Widget {
      onCloseRequest(): void {
        this.dispose();
      }

      onActivateRequest(): void {
        view.focus();
      }
    })({ node: view.node });
    widget.id = ID;
    widget.node.classList.add("cp-project");
    widget.title.closable = true;
    widget.disposed.connect(() => this.#closed());
    return widget;
  }

  #follow(root: string, page: string): void {
    this.#watch?.stop();
    const view = this.#view!;
    const { trans, contents } = this.#host;
    this.#watch = new Watch(contents, root, page, (bundle, why) => view.show(bundle, trans.__(why)));
    this.#widget!.title.label = trans.__("Preview: %1", this.#watch.folder.name);
    this.#widget!.title.caption = trans.__("The site of the folder %1, at each save", root);
  }

  #closed(): void {
    this.#watch?.stop();
    this.#view?.close();
    this.#view = this.#widget = this.#watch = undefined;
  }

  /** Download a project, once the learner has read what will not work. */
  async export({ path, directory }: Target): Promise<void> {
    const { contents, trans, saveAll, confirm, say } = this.#host;
    const title = trans.__("Download the project (ZIP)");
    await saveAll();
    try {
      const archive = await archiveOf(new Folder(contents, directory ? path : await this.#rootOf(path)), trans);
      const { warnings } = archive;
      const intro = trans.__("On a USB stick, this will not work:");
      if (warnings.length && !(await confirm(title, [intro, ...warnings], trans.__("Download all the same")))) return;
      download(await archive.make(), archive.name);
    } catch (problem) {
      await say(title, [trans.__(problem instanceof FolderProblem ? problem.message : "This folder could not be read.")]);
    }
  }
}
