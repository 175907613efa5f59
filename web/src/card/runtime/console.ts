// Console lines, dialogs and errors of the page, sent to the card with the file and the line of the learner.
import type { Level } from "../messages.ts";
import { inspect, inspectAll } from "./inspect.ts";
import type { Place, Runtime } from "./main.ts";

const FRAME = /((?:about:srcdoc|data:[^\s)]*|[^\s():]+)):(\d+):\d+\)?$/;
const LEVELS: Record<string, Level> = {
  log: "log", debug: "log", dir: "log", table: "log", info: "info", warn: "warn", error: "error", trace: "log",
};

/** File of the site from the name that the browser gives to a script; "" when it is ours. */
function fileOf({ site, page }: Runtime, name: string): string {
  if (name.startsWith("about:srcdoc")) return page;
  return site.pathOf(name) ?? (site.file(name) ? name : "");
}

/** First place of the learner's in a stack. */
function placeOf(runtime: Runtime, stack: unknown): Place | undefined {
  for (const row of String(stack ?? "").split("\n")) {
    const [, name, line] = FRAME.exec(row.trim()) ?? [];
    const path = name && fileOf(runtime, name);
    if (path) return { path, line: Number(line) };
  }
  return undefined;
}

const stackOf = (value: unknown) => (value instanceof Error ? value.stack : "");

export function watchConsole(runtime: Runtime): void {
  const say = (level: Level, text: string, kind = "line") =>
    runtime.send({ kind, level, text, place: placeOf(runtime, new Error().stack) });
  const counts = new Map<string, number>();
  const replace = (name: string, run: (...values: unknown[]) => void) => {
    const real = Reflect.get(console, name) as (...values: unknown[]) => void;
    Reflect.set(console, name, (...values: unknown[]) => {
      run(...values);
      real.apply(console, values);
    });
  };
  for (const [name, level] of Object.entries(LEVELS)) replace(name, (...values) => say(level, inspectAll(values)));
  replace("assert", (right, ...values) => right || say("error", `Condition fausse. ${inspectAll(values)}`));
  replace("count", (label = "default") => {
    counts.set(String(label), (counts.get(String(label)) ?? 0) + 1);
    say("log", `${label} : ${counts.get(String(label))}`);
  });
  replace("clear", () => runtime.send({ kind: "clear" }));
  // A sandboxed frame has no dialogs: the text is shown, and the page goes on.
  window.alert = (text?: unknown) => say("info", `alerte : ${text ?? ""}`, "notice");
  window.confirm = (text) => (say("info", `confirmation : ${text ?? ""} → réponse : OK`, "notice"), true);
  window.prompt = (text, answer = "") => (say("info", `question : ${text ?? ""} → réponse : « ${answer} »`, "notice"), answer);
  window.print = () => say("info", "La page demande l’impression.", "notice");
}

export function catchErrors(runtime: Runtime): void {
  addEventListener("error", (event) => {
    if (!(event instanceof ErrorEvent)) return;
    const at = { path: fileOf(runtime, event.filename), line: event.lineno };
    runtime.send({ kind: "uncaught", text: event.message, place: placeOf(runtime, stackOf(event.error)) ?? at });
  });
  addEventListener("unhandledrejection", ({ reason }) => {
    const text = `Uncaught (in promise) ${inspect(reason)}`;
    runtime.send({ kind: "uncaught", text, place: placeOf(runtime, stackOf(reason)) });
  });
}
