// The live preview: the card, fed by the notebook at each key, without the kernel.
import { Card } from "../card/card.ts";
import { ENDLESS } from "../card/runtime/loop.ts";
import type { Bundle } from "../card/site.ts";
import { byId } from "../card/template.ts";
import { addControls, onToggle, onZoom, widenAddress } from "./controls.ts";
import { Inspector } from "./inspector.ts";
import { Pace } from "./pace.ts";
import { readSite, type Answer, type SiteMessage } from "./protocol.ts";
import { LiveStage } from "./stage.ts";

export class Live {
  readonly #code: string;
  readonly #pace: Pace;
  #stage!: LiveStage;
  #card: Card | undefined;
  #inspector: Inspector | undefined;
  #asked = ""; // page of the active cell
  #scroll = { token: "", page: "", x: 0, y: 0 };
  #version = 0;
  #shown = 0;
  #visit = 0;

  constructor(code: string) {
    this.#code = code;
    this.#pace = new Pace((bundle) => this.#show(bundle));
    addEventListener("message", (event) => this.#listen(event));
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !document.fullscreenElement) this.#say("leave");
    });
    this.#say("ready");
  }

  #say(kind: Answer["kind"], version = 0): void {
    parent.postMessage({ kind, version } satisfies Answer, "*");
  }

  #listen(event: MessageEvent): void {
    if (event.source === parent) {
      const message = readSite(event.data);
      if (message) this.#take(message);
    } else if (this.#card && event.source === this.#stage.frame?.contentWindow) {
      const data = event.data as Record<string, unknown> | null;
      if (typeof data === "object" && data?.token === this.#card.token) this.#hear(data);
    }
  }

  #take({ version, bundle }: SiteMessage): void {
    this.#say("read", version);
    this.#version = version;
    this.#pace.take(bundle, !this.#card || this.#isAsked(bundle));
  }

  /** Whether its page was not asked for before. */
  #isAsked({ page, visit = 0 }: Bundle): boolean {
    return page !== this.#asked || visit !== this.#visit;
  }

  #show(bundle: Bundle): void {
    const asked = this.#isAsked(bundle) ? bundle.page : undefined;
    this.#asked = bundle.page;
    this.#visit = bundle.visit ?? 0;
    this.#shown = this.#version;
    if (this.#card) this.#card.update(bundle, asked);
    else this.#start(bundle);
    this.#inspector?.restart();
  }

  #start(bundle: Bundle): void {
    this.#card = new Card(bundle, this.#code, () => (this.#stage = new LiveStage()));
    addControls();
    if (bundle.visit !== undefined) widenAddress();
    this.#inspector = new Inspector((message) => this.#tell(message));
    this.#stage.moved = (glass) => this.#inspector!.follow(glass);
    this.#stage.fit();
    onToggle("turn", (pressed) => this.#set(() => (this.#stage.rotated = pressed)));
    onZoom((zoom) => this.#set(() => (this.#stage.zoom = zoom)));
    onToggle("inspect", (pressed) => this.#inspector!.open(pressed));
    onToggle("pause", (pressed) => (pressed ? (this.#pace.paused = true) : this.#pace.resume()));
  }

  #set(change: () => void): void {
    change();
    byId("stage").classList.toggle("zoomed", this.#stage.zoom > 0);
    this.#stage.fit();
  }

  /** A word to the page on the stage. */
  #tell(message: object): void {
    this.#stage.frame?.contentWindow?.postMessage({ token: this.#card!.token, ...message }, "*");
  }

  #hear(data: Record<string, unknown>): void {
    if (data.kind === "eyes") this.#begin();
    else if (data.kind === "painted") this.#painted();
    else if (data.kind === "scrolled") this.#keep(Number(data.x) || 0, Number(data.y) || 0);
    else if (data.kind === "element") this.#inspector!.show(data.element);
    else if (data.kind === "escape") this.#say("leave");
    else if (data.kind === "uncaught" && String(data.text).includes(ENDLESS)) this.#pace.endless();
  }

  /** The page is read and not yet drawn: it goes back to where the learner was looking. */
  #begin(): void {
    const { page, x, y } = this.#scroll;
    if (page === this.#card!.page) this.#tell({ kind: "scroll", x, y });
    this.#inspector!.restart();
  }

  #keep(x: number, y: number): void {
    this.#scroll = { token: this.#card!.token, page: this.#card!.page, x, y };
  }

  #painted(): void {
    this.#say("painted", this.#shown);
    this.#pace.loaded();
  }
}
