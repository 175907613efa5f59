// The « Aperçu » panel: the frame, and the two sentences that stand in its place when there is nothing to frame.
import type { Bundle } from "../../card/site.ts";
import type { Translation } from "../translation.ts";
import { Channel } from "./channel.ts";

export interface ViewOptions {
  document: () => Promise<string>;
  trans: Translation;
  leave: () => void; // give the keyboard back to the notebook
  empty: string; // what to say when there is no page
}

const SILENT_STYLE = "position:absolute;inset:0;z-index:1;display:flex;flex-direction:column;gap:12px;align-items:center;" +
  "justify-content:center;padding:24px;text-align:center;background:var(--jp-layout-color1);color:var(--jp-ui-font-color1)";

export class PreviewView {
  readonly node = document.createElement("div");
  readonly #options: ViewOptions;
  readonly #note = document.createElement("div");
  #frame: HTMLIFrameElement | undefined;
  #channel: Channel | undefined;
  #latest: Bundle | null = null;
  #opening = false;
  #stuck = false;

  constructor(options: ViewOptions) {
    this.#options = options;
    this.node.className = "cp-preview";
    this.node.style.cssText = "position:relative;height:100%;background:var(--jp-layout-color1)";
    this.#note.style.cssText = SILENT_STYLE;
    this.#note.setAttribute("role", "status");
    this.node.append(this.#note);
    this.#say(options.empty);
  }

  /** Show a state of the site; without one, say why. */
  show(bundle: Bundle | null, why = this.#options.empty): void {
    this.#latest = bundle;
    if (!bundle) return this.#say(why);
    if (!this.#channel) return void this.#open();
    if (!this.#stuck) this.#hush();
    this.#channel.send(bundle);
  }

  focus(): void {
    this.#frame?.focus();
  }

  close(): void {
    this.#stuck = false;
    this.#channel?.close();
    this.#channel = undefined;
    this.#frame?.remove();
    this.#frame = undefined;
  }

  async #open(): Promise<void> {
    if (this.#opening) return;
    this.#opening = true;
    try {
      this.#start(await this.#options.document());
    } catch {
      this.#say(this.#options.trans.__("The preview could not start. Reload the page."));
    } finally {
      this.#opening = false;
    }
  }

  #start(html: string): void {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.setAttribute("allow", "fullscreen");
    frame.title = this.#options.trans.__("Live preview");
    frame.style.cssText = "display:block;width:100%;height:100%;border:0";
    this.#frame = frame;
    this.#channel = new Channel(frame, {
      silent: () => this.#silent(),
      alive: () => {
        this.#stuck = false;
        this.#hush();
      },
      leave: () => this.#options.leave(),
    });
    frame.srcdoc = html;
    this.node.prepend(frame);
    this.#hush();
    if (this.#latest) this.#channel.send(this.#latest);
  }

  #say(text: string, ...more: HTMLElement[]): void {
    const line = document.createElement("p");
    line.textContent = text;
    line.style.margin = "0";
    this.#note.replaceChildren(line, ...more);
    this.#note.style.display = "flex";
  }

  #hush(): void {
    if (this.#latest) this.#note.style.display = "none";
  }

  #silent(): void {
    this.#stuck = true;
    const { trans } = this.#options;
    const button = document.createElement("button");
    button.className = "jp-mod-styled jp-mod-accept";
    button.textContent = trans.__("Restart the preview");
    button.addEventListener("click", () => {
      this.close();
      if (this.#latest) void this.#open();
    });
    this.#say(trans.__("The page no longer answers. Its code may never end. Correct it, then restart the preview."), button);
  }
}
