// What the notebook and the live preview say to each other by postMessage.
//
// Law: Lab trusts nothing that comes from the frame: the learner's page runs there. It reads `kind` and a number.
import type { Bundle } from "../card/site.ts";

/** From the notebook: a state of the site, and the page of the active cell. */
export interface SiteMessage {
  kind: "site";
  version: number;
  bundle: Bundle;
}

/** To the notebook: ready for the first site, has read a version, has shown one, wants the keyboard back there. */
export interface Answer {
  kind: "ready" | "read" | "painted" | "leave";
  version: number;
}

const ANSWERS = ["ready", "read", "painted", "leave"];

export function readAnswer(data: unknown): Answer | null {
  const from = data as Record<string, unknown> | null;
  if (typeof from !== "object" || from === null || !ANSWERS.includes(from.kind as string)) return null;
  return { kind: from.kind as Answer["kind"], version: Number.isSafeInteger(from.version) ? (from.version as number) : 0 };
}

export function readSite(data: unknown): SiteMessage | null {
  const from = data as Partial<SiteMessage> | null;
  return from?.kind === "site" && from.bundle ? (from as SiteMessage) : null;
}
