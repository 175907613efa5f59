// What the live preview adds to the bar of the card: rotation, zoom, inspector, pause.
import { byId } from "../card/template.ts";

const ICONS = {
  turn: "M3 6.5h7v7H3zM8 3.5h3a2 2 0 0 1 2 2V8M9.5 2 8 3.5 9.5 5",
  inspect: "M2.5 2.5h11v4M2.5 2.5v11h4M8 8l5.5 2-2.3 1.2L10 13.5z",
  pause: "M5.5 3v10M10.5 3v10",
};
const ZOOMS = [0, 50, 75, 100, 150, 200]; // %

const toggle = (id: keyof typeof ICONS, label: string): string =>
  `<button id="${id}" aria-pressed="false" title="${label}"><svg viewBox="0 0 16 16" aria-hidden="true">` +
  `<path d="${ICONS[id]}"/></svg><span>${label}</span></button>`;

const CONTROLS =
  `<label id="zooms"><span class="hidden">Zoom</span><select id="zoom" title="Zoom">` +
  ZOOMS.map((zoom) => `<option value="${zoom / 100}">${zoom ? `${zoom} %` : "Ajusté"}</option>`).join("") +
  `</select></label>${toggle("turn", "Tourner")}${toggle("inspect", "Inspecter")}${toggle("pause", "Pause")}`;

/** Put the controls in the bar. */
export function addControls(): void {
  byId("actions").insertAdjacentHTML("afterbegin", CONTROLS);
}

/** More room for the name of the page, as a site has folders: after the widths, so that the bar is read in its order. */
export function widenAddress(): void {
  byId("widths").after(byId("place"));
  byId("place").classList.add("wide");
}

/** Call `run` with the state of a toggle at each press. */
export function onToggle(id: keyof typeof ICONS, run: (pressed: boolean) => void): void {
  const button = byId(id);
  button.addEventListener("click", () => {
    const pressed = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(pressed));
    run(pressed);
  });
}

export function onZoom(run: (zoom: number) => void): void {
  byId<HTMLSelectElement>("zoom").addEventListener("change", (event) => run(Number((event.target as HTMLSelectElement).value)));
}
