// The card: shows a page of the site, follows its links, and listens to what it says.
import { compose } from "./compose.ts";
import { Log } from "./log.ts";
import { readMessage, type Message } from "./messages.ts";
import { resolve, Site, type Bundle } from "./site.ts";
import { Stage } from "./stage.ts";
import { startTabs } from "./tabs.ts";
import { byId, TEMPLATE } from "./template.ts";

interface Step {
  page: string;
  hash: string;
}

export class Card {
  readonly #code: string; // of this very script, which is also the runtime of the page
  #site!: Site;
  readonly #log: Log;
  readonly #stage: Stage;
  readonly #steps: Step[] = [];
  readonly #stores: Record<string, Record<string, string>> = {};
  token = ""; // of the page on the stage

  constructor(bundle: Bundle, code: string, makeStage = () => new Stage()) {
    document.body.insertAdjacentHTML("beforeend", TEMPLATE);
    this.#code = code;
    this.#log = new Log();
    this.#stage = makeStage();
    this.#use(bundle);
    startTabs();
    startFullScreen();
    byId("reload").addEventListener("click", () => this.#show());
    byId("back").addEventListener("click", () => this.#back());
    addEventListener("message", (event) => this.#listen(event));
    document.addEventListener("securitypolicyviolation", (event) => this.#leave(event));
    this.#go({ page: bundle.page, hash: "" });
  }

  /** The page that is shown, as a path of the site. */
  get page(): string {
    return this.#steps.at(-1)!.page;
  }

  /** Another state of the site: the page that is shown is shown again, or another page when one is named. */
  update(bundle: Bundle, page = this.page): void {
    this.#use(bundle);
    if (page === this.page) this.#show();
    else this.#go({ page, hash: "" });
  }

  #use(bundle: Bundle): void {
    this.#site = new Site(bundle, (path, from) => this.#miss(path, from));
  }

  #miss(path: string, from = ""): void {
    const { files, names, refused } = this.#site.bundle;
    this.#log.missing(path, from, [...names, ...Object.keys(files)], refused?.[path]);
  }

  #go(step: Step): void {
    this.#steps.push(step);
    this.#show();
  }

  #back(): void {
    if (this.#steps.length < 2) return;
    this.#steps.pop();
    this.#show();
  }

  #show(): void {
    const { page, hash } = this.#steps.at(-1)!;
    const inside = document.activeElement === this.#stage.frame;
    this.token = String(Math.random());
    this.#log.clear();
    byId("name").textContent = page;
    document.querySelector("h1")!.textContent = `Aperçu de ${page}`;
    byId("back").setAttribute("aria-disabled", String(this.#steps.length < 2));
    if (!this.#site.file(page)) this.#miss(page);
    const { bundle } = this.#site;
    const inner = { token: this.token, page, hash, stores: this.#stores, bundle };
    this.#stage.show(compose(this.#site, inner, this.#code), `Page ${page}`);
    if (inside) this.#stage.frame!.focus();
  }

  #listen(event: MessageEvent): void {
    if (event.source !== this.#stage.frame?.contentWindow) return;
    const message = readMessage(event.data, this.token);
    if (message) this.#read(message);
  }

  #read(message: Message): void {
    if (message.kind === "go") this.#follow(message.text);
    else if (message.kind === "missing") this.#miss(message.text, message.path);
    else if (message.kind === "clear") this.#log.wipe();
    else if (message.kind !== "store") this.#log.read(message);
    else if (/^(local|session)Storage$/.test(message.text)) this.#stores[message.text] = message.entries;
  }

  #follow(address: string): void {
    if (address === "<") return this.#back();
    if (this.#site.isRooted(address)) return this.#miss(address, this.page);
    const path = resolve(this.page, address);
    const file = this.#site.file(path);
    if (path === null) this.#log.notify(`Ce lien sort du site : ${address}`);
    else if (!file) this.#miss(path, this.page);
    else if (file.type === "text/html") this.#go({ page: path, hash: /#.*/.exec(address)?.[0] ?? "" });
    else this.#log.notify(`Ce lien ouvre le fichier ${path}.`);
  }

  /** The page went elsewhere in a way that the runtime did not see: our policy stopped the browser. */
  #leave({ effectiveDirective }: SecurityPolicyViolationEvent): void {
    if (effectiveDirective !== "frame-src") return;
    this.#log.notify("La page a changé d’adresse, et l’aperçu ne peut pas la suivre. Cliquez sur Recharger.");
  }
}

function startFullScreen(): void {
  const button = byId("full");
  const label = button.querySelector("span")!;
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void document.documentElement.requestFullscreen();
  });
  document.addEventListener("fullscreenchange", () => {
    label.textContent = document.fullscreenElement ? "Quitter le plein écran" : "Plein écran";
  });
}
