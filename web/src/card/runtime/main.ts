// Runs first in the learner's page: tells the card what happens, and gives the page the site it believes to be on.
//
// Law: keeps its own references to the browser's functions, as the page may replace them; changes nothing that the
// page would see on a real site, except what a sandboxed frame forbids.
import type { Inner } from "../compose.ts";
import type { Level } from "../messages.ts";
import { Site } from "../site.ts";
import { catchErrors, watchConsole } from "./console.ts";
import { watchForms } from "./forms.ts";
import { watchLinks } from "./links.ts";
import { replaceLoads } from "./loads.ts";
import { guardLoop } from "./loop.ts";
import { replaceNetwork } from "./network.ts";
import { replaceStores } from "./stores.ts";

export interface Place {
  path: string;
  line: number;
}

export interface Post {
  kind: string;
  text?: string;
  level?: Level;
  place?: Place;
  entries?: Record<string, string>;
}

export interface Runtime {
  site: Site;
  page: string;
  send(post: Post): void;
  later(run: () => void): void; // after the current event
}

const MOST_MESSAGES = 500; // per page; the card has its own limit

export function startRuntime(inner: Inner): void {
  const post = parent.postMessage.bind(parent);
  const wait = setTimeout.bind(window);
  let sent = 0;
  const send = ({ place, ...message }: Post) => {
    if (sent++ < MOST_MESSAGES) post({ token: inner.token, ...message, ...place }, "*");
  };
  const site = new Site(inner.bundle, (path, from) => send({ kind: "missing", text: path, place: { path: from, line: 0 } }));
  const runtime: Runtime = { site, page: inner.page, send, later: (run) => void wait(run, 0) };
  document.head.replaceChildren(); // the page does not see what the card put there
  guardLoop(wait);
  watchConsole(runtime);
  catchErrors(runtime);
  replaceNetwork(runtime);
  replaceStores(runtime, inner.stores);
  replaceLoads(runtime);
  watchLinks(runtime);
  watchForms(runtime);
  if (inner.hash) addEventListener("DOMContentLoaded", () => void (location.hash = inner.hash));
}
