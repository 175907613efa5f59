// The simple layout: only what the course uses. « Présentation complète », at the top right, gives the rest back.
//
// Law: nothing is disabled: what is hidden is back in one click, and the choice is kept in Lab's own settings.

import { lab } from "./container.ts";
import { PLAIN, translatorToken, type Translation, type Translator } from "./translation.ts";

const SETTINGS = "codephenix:layout";
const SIDE_BAR = "application:toggle-side-tabbar";
const RIGHT_AREA = "application:toggle-right-area";
const HIDDEN_MENUS = ["kernelMenu", "tabsMenu", "settingsMenu"] as const;
const HIDDEN_TOOLS = ["cut", "copy", "paste", "restart", "restart-and-run", "cellType", "debugger", "kernelName", "executionProgress"];

// The bar of a notebook and the tabs of the left side are drawn again and again by Lab: a style follows them.
const STYLE =
  HIDDEN_TOOLS.map((name) => `.cp-simple .jp-NotebookPanel-toolbar [data-jp-item-name="${name}"]`).join(",") +
  `,.cp-simple .jp-SideBar [data-id="jp-running-sessions"],.cp-simple .jp-SideBar [data-id="jp-property-inspector"]` +
  `{display:none!important}` +
  `.cp-layout{display:flex;align-items:center;padding:0 6px}` +
  `.cp-layout button{font:inherit;color:inherit;background:none;border:1px solid var(--jp-border-color1);border-radius:4px;padding:1px 8px;cursor:pointer}`;

interface Menu {
  title: { label: string };
}

interface MenuBar {
  menus: readonly Menu[];
  removeMenu(menu: Menu): void;
  insertMenu(at: number, menu: Menu): void;
}

interface Settings {
  get(name: string): { composite: unknown };
  set(name: string, value: boolean): Promise<void>;
  changed: { connect(slot: () => void): void };
}

interface App {
  commands: {
    addCommand(id: string, options: object): unknown;
    execute(id: string, args?: object): Promise<unknown>;
    hasCommand(id: string): boolean;
    isToggled(id: string, args?: object): boolean;
  };
  shell: { add(widget: object, area: string, options: object): void };
  restored: Promise<unknown>;
}

/** Takes menus out of the bar, and puts them back where they were. */
class Menus {
  readonly #bar: MenuBar & Partial<Record<(typeof HIDDEN_MENUS)[number], Menu>>;
  #taken: [at: number, menu: Menu][] = [];

  constructor(bar: MenuBar) {
    this.#bar = bar;
  }

  simplify(): void {
    for (const name of HIDDEN_MENUS) {
      const menu = this.#bar[name];
      const at = menu ? this.#bar.menus.indexOf(menu) : -1;
      if (!menu || at < 0) continue;
      this.#taken.unshift([at, menu]); // the last taken is the first put back
      this.#bar.removeMenu(menu);
    }
  }

  restore(): void {
    for (const [at, menu] of this.#taken) this.#bar.insertMenu(at, menu);
    this.#taken = [];
  }
}

class Layout {
  readonly button = document.createElement("button");
  readonly #app: App;
  readonly #menus: Menus;
  readonly #trans: Translation;
  #simple: boolean | undefined;

  constructor(app: App, menus: Menus, trans: Translation) {
    this.#app = app;
    this.#menus = menus;
    this.#trans = trans;
  }

  apply(simple: boolean): void {
    if (simple === this.#simple) return;
    this.#simple = simple;
    document.body.classList.toggle("cp-simple", simple);
    if (simple) this.#menus.simplify();
    else this.#menus.restore();
    this.button.textContent = simple ? this.#trans.__("Full layout") : this.#trans.__("Simple layout");
    void this.#side(!simple);
    dispatchEvent(new Event("resize")); // the bars measure their tools again
  }

  /** The right side, which holds nothing of the course. */
  async #side(shown: boolean): Promise<void> {
    const { commands } = this.#app;
    const right = { side: "right" };
    if (!shown && commands.isToggled(RIGHT_AREA)) await commands.execute(RIGHT_AREA);
    if (commands.isToggled(SIDE_BAR, right) !== shown) await commands.execute(SIDE_BAR, right);
  }
}

export async function layoutPlugin(): Promise<object> {
  const { IMainMenu } = await lab<{ IMainMenu: unknown }>("@jupyterlab/mainmenu");
  const { ISettingRegistry } = await lab<{ ISettingRegistry: unknown }>("@jupyterlab/settingregistry");
  const { Widget } = await lab<{ Widget: new (options: { node: HTMLElement }) => { id: string; addClass(name: string): void } }>("@lumino/widgets");
  return {
    id: SETTINGS,
    description: "The simple layout, and the full one.",
    autoStart: true,
    requires: [IMainMenu, ISettingRegistry],
    optional: [await translatorToken()],
    activate: (app: App, bar: MenuBar, registry: { load(id: string): Promise<Settings> }, translator: Translator | null): void => {
      const trans = (translator ?? PLAIN).load("codephenix");
      const layout = new Layout(app, new Menus(bar), trans);
      document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
      void Promise.all([registry.load(SETTINGS), app.restored]).then(([settings]) => {
        const read = (): boolean => settings.get("simple").composite !== false;
        settings.changed.connect(() => layout.apply(read()));
        layout.button.addEventListener("click", () => void settings.set("simple", !read()));
        const node = document.createElement("div");
        node.append(layout.button);
        const widget = new Widget({ node });
        widget.id = "codephenix-layout";
        widget.addClass("cp-layout");
        app.shell.add(widget, "top", { rank: 900 });
        layout.apply(read());
      });
    },
  };
}
