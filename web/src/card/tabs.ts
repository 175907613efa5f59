// The two tabs, with the keyboard of the ARIA tabs pattern: arrows, Home and End.
import { byId } from "./template.ts";

const NAMES = ["view", "log"];

export function selectTab(wanted: string, focus = false): void {
  for (const name of NAMES) {
    const tab = byId(`tab-${name}`);
    const chosen = name === wanted;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    byId(name).hidden = !chosen;
    if (chosen && focus) tab.focus();
  }
}

export function startTabs(): void {
  NAMES.forEach((name, at) => {
    const tab = byId(`tab-${name}`);
    tab.addEventListener("click", () => selectTab(name));
    tab.addEventListener("keydown", (event) => {
      const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      selectTab(NAMES.at(next % NAMES.length)!, true);
    });
  });
}
