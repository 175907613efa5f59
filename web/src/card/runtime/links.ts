// Clicks on links: the card shows the other page of the site, or says where the link would have led.
import { asWritten, isOutside } from "./address.ts";
import type { Runtime } from "./main.ts";

export function scrollToHash(hash: string): void {
  if (hash === location.hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
  else location.hash = hash;
  if (hash === "#") scrollTo(0, 0);
}

export function follow({ page, send }: Runtime, address: string): void {
  const place = { path: page, line: 0 };
  const [, scheme] = /^(mailto|tel|sms):/i.exec(address) ?? [];
  if (scheme) {
    const opens = scheme.toLowerCase() === "mailto" ? "la messagerie" : "le téléphone";
    send({ kind: "notice", text: `Ce lien ouvre ${opens} : ${address.slice(scheme.length + 1)}`, place });
  } else if (address.startsWith("#")) {
    scrollToHash(address);
  } else if (isOutside(address) || /^[a-z][a-z\d+.-]*:/i.test(address)) {
    send({ kind: "notice", text: `Ce lien sort du site : ${address} Il n’y a pas d’internet ici.`, place });
  } else {
    send({ kind: "go", text: address });
  }
}

const linkOf = (event: Event) =>
  event.composedPath().find((node) => node instanceof Element && node.matches("a[href], area[href]")) as HTMLAnchorElement | undefined;

/** What stands in for `location` where a script changes it (see ../script.ts). */
function replaceLocation(runtime: Runtime): void {
  const go = (address: unknown) => follow(runtime, asWritten(String(address)));
  const page = { assign: go, replace: go };
  Object.defineProperty(page, "href", { get: () => location.href, set: go });
  for (const owner of [window, document]) Object.defineProperty(owner, "__page", { get: () => page, set: go });
}

export function watchLinks(runtime: Runtime): void {
  const open = (event: MouseEvent) => {
    const link = linkOf(event);
    const address = link?.getAttribute("href")?.trim() ?? "";
    if (!link || /^javascript:/i.test(address)) return;
    if (event.button === 2) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      event.preventDefault(); // the browser would open a tab on its own
      return follow(runtime, address);
    }
    // A frame without allow-popups opens no window: aiming at one stops the browser, whatever the page does with
    // the event; what remains is to see, once the page has had it, whether it was cancelled.
    const target = link.getAttribute("target");
    link.setAttribute("target", "_blank");
    runtime.later(() => {
      if (target === null) link.removeAttribute("target");
      else link.setAttribute("target", target);
      if (!event.defaultPrevented) follow(runtime, address);
    });
  };
  addEventListener("click", open, true);
  addEventListener("auxclick", open, true);
  replaceLocation(runtime);
  window.open = (address) => (follow(runtime, asWritten(String(address ?? ""))), null);
  history.back = () => runtime.send({ kind: "go", text: "<" });
  history.go = history.forward = () => {};
}
