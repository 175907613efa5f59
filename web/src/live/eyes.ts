// In the learner's page: says when it is drawn and how far it is scrolled, and describes the element under the pointer.
//
// Law: keeps its own references to the browser's functions, and changes nothing in the page.
import { describe } from "./describe.ts";

type Move = "parent" | "child" | "next" | "previous";

const STEPS: Record<Move, (element: Element) => Element | null> = {
  parent: (element) => element.parentElement,
  child: (element) => element.firstElementChild,
  next: (element) => element.nextElementSibling,
  previous: (element) => element.previousElementSibling,
};

export function startEyes(token: string): void {
  const post = parent.postMessage.bind(parent);
  const listen = addEventListener.bind(window);
  const frame = requestAnimationFrame.bind(window);
  const wait = setTimeout.bind(window);
  const to = scrollTo.bind(window);
  const say = (message: object): void => post({ token, ...message }, "*");

  listen("DOMContentLoaded", () => say({ kind: "eyes" }));
  listen("load", () => frame(() => wait(() => say({ kind: "painted" }), 0)));
  let scrolled = 0;
  listen("scroll", () => {
    if (!scrolled) scrolled = frame(() => ((scrolled = 0), say({ kind: "scrolled", x: scrollX, y: scrollY })));
  });
  listen("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) say({ kind: "escape" });
  });

  let current: Element | undefined;
  let inspecting = false;
  const look = (element: Element | null | undefined): void => {
    if (!inspecting || !element || element === current) return;
    current = element;
    say({ kind: "element", element: describe(element) });
  };
  const point = (event: Event): void => look(event.composedPath().find((one): one is Element => one instanceof Element));
  listen("pointermove", point, true);
  listen("focusin", point, true);
  listen("scroll", () => inspecting && current && say({ kind: "element", element: describe(current) }), true);
  listen("message", ({ source, data }: MessageEvent) => {
    if (source !== parent || data?.token !== token) return;
    if (data.kind === "scroll") to(data.x, data.y);
    else if (data.kind === "inspect") {
      inspecting = data.on === true;
      current = undefined;
      look(document.querySelector(data.path || "body") ?? document.body);
    } else if (data.kind === "move") look(STEPS[data.move as Move]?.(current ?? document.body));
  });
}
