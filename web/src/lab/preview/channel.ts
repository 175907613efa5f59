// The line between Lab and the frame of the preview: one state of the site at a time, the latest one.
//
// Law: a frame that no longer answers never blocks Lab; it is said, and a fresh frame is one press away.
import type { Bundle } from "../../card/site.ts";
import { readAnswer } from "../../live/protocol.ts";

export const SILENCE_MS = 6000; // the loop guard of the page stops a loop after 2.5 s

export interface Listener {
  silent(): void;
  alive(): void;
  leave(): void;
}

export class Channel {
  readonly #frame: HTMLIFrameElement;
  readonly #listener: Listener;
  #latest: Bundle | undefined;
  #version = 0;
  #ready = false;
  #waiting = false; // for the frame to say that it has read
  #timer = 0;

  constructor(frame: HTMLIFrameElement, listener: Listener) {
    this.#frame = frame;
    this.#listener = listener;
    addEventListener("message", this.#listen);
  }

  /** Show this state of the site, as soon as the frame can take it. */
  send(bundle: Bundle): void {
    this.#latest = bundle;
    this.#post();
  }

  close(): void {
    clearTimeout(this.#timer);
    removeEventListener("message", this.#listen);
  }

  #post(): void {
    if (!this.#ready || this.#waiting || !this.#latest) return;
    this.#waiting = true;
    this.#frame.contentWindow?.postMessage({ kind: "site", version: ++this.#version, bundle: this.#latest }, "*");
    this.#latest = undefined;
    this.#timer = window.setTimeout(() => this.#listener.silent(), SILENCE_MS);
  }

  #listen = (event: MessageEvent): void => {
    if (event.source !== this.#frame.contentWindow) return;
    const answer = readAnswer(event.data);
    if (answer?.kind === "ready") this.#ready = true;
    else if (answer?.kind === "read") this.#read();
    else if (answer?.kind === "leave") this.#listener.leave();
    this.#post();
  };

  #read(): void {
    this.#waiting = false;
    clearTimeout(this.#timer);
    this.#listener.alive();
  }
}
