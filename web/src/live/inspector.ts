// The inspector: draws the box of an element over the page, and says its rules, its role and its name.
//
// Law: what comes from the page is hostile: read field by field, cut, shown as text.
import { byId, make } from "../card/template.ts";
import { definite, nounOfRole } from "../harness/nouns.ts";
import type { Described, Rule, Sides } from "./describe.ts";
import type { Glass } from "./stage.ts";

const PANEL =
  `<section id="inspector" aria-label="Inspecteur" tabindex="0" hidden><div id="moves" role="group" aria-label="Choisir un élément">` +
  [["parent", "Parent"], ["child", "Premier enfant"], ["previous", "Précédent"], ["next", "Suivant"]]
    .map(([move, label]) => `<button data-move="${move}">${label}</button>`)
    .join("") +
  `</div><div id="described" role="status"><p>Passez la souris sur la page, ou utilisez les boutons.</p></div></section>`;
const NO_SIDES: Sides = { top: 0, right: 0, bottom: 0, left: 0 };

const text = (value: unknown, size = 300): string => (typeof value === "string" ? value.slice(0, size) : "");
const number = (value: unknown): number => (Number.isFinite(value) ? (value as number) : 0);

function sides(value: unknown): Sides {
  const from = { ...NO_SIDES, ...(value as Sides | undefined) };
  return { top: number(from.top), right: number(from.right), bottom: number(from.bottom), left: number(from.left) };
}

/** What a page says of an element, made safe. */
export function readDescribed(value: unknown): Described | null {
  if (typeof value !== "object" || value === null) return null;
  const from = value as Partial<Record<keyof Described, unknown>>;
  const rules = Array.isArray(from.rules) ? (from.rules as Partial<Rule>[]).slice(0, 40) : [];
  return {
    label: text(from.label), path: text(from.path, 2000), role: text(from.role, 40), name: text(from.name),
    hidden: from.hidden === true, x: number(from.x), y: number(from.y), width: number(from.width), height: number(from.height),
    margin: sides(from.margin), border: sides(from.border), padding: sides(from.padding),
    rules: rules.map((rule) => ({
      selector: text(rule?.selector), file: text(rule?.file), media: text(rule?.media), declarations: text(rule?.declarations, 1000),
    })),
  };
}

const px = (value: number): string => String(Math.round(value * 10) / 10).replace(".", ",");

function said({ top, right, bottom, left }: Sides): string {
  if (top === right && right === bottom && bottom === left) return px(top);
  if (top === bottom && right === left) return `${px(top)} en haut et en bas, ${px(right)} sur les côtés`;
  return `${px(top)} en haut, ${px(right)} à droite, ${px(bottom)} en bas, ${px(left)} à gauche`;
}

export class Inspector {
  readonly #tell: (message: object) => void;
  readonly #box: HTMLElement;
  #on = false;
  #path = "";

  constructor(tell: (message: object) => void) {
    this.#tell = tell;
    byId("view").insertAdjacentHTML("beforeend", PANEL);
    this.#box = make("div", "box");
    this.#box.hidden = true;
    byId("stage").append(this.#box);
    byId("moves").addEventListener("click", (event) => {
      const { move } = (event.target as HTMLElement).dataset;
      if (move) this.#tell({ kind: "move", move });
    });
  }

  open(on: boolean): void {
    this.#on = on;
    byId("inspector").hidden = !on;
    this.#box.hidden = !on;
    this.#tell({ kind: "inspect", on, path: this.#path });
  }

  /** A new page is there: look at the same element again. */
  restart(): void {
    if (this.#on) this.#tell({ kind: "inspect", on: true, path: this.#path });
  }

  /** Keep to the frame of the page. */
  follow({ width, height, left, scale }: Glass): void {
    Object.assign(this.#box.style, {
      width: `${width}px`, height: `${height}px`, left: `${left}px`, transform: `scale(${scale})`,
    });
  }

  show(value: unknown): void {
    const found = this.#on ? readDescribed(value) : null;
    if (!found) return;
    this.#path = found.path;
    this.#draw(found);
    byId("described").replaceChildren(this.#heading(found), this.#sizes(found), this.#access(found), ...this.#rules(found));
  }

  #draw({ x, y, width, height, margin, border, padding }: Described): void {
    if (!this.#box.isConnected) byId("stage").append(this.#box);
    const layer = (name: string, from: Sides, size: Sides): HTMLElement => {
      const one = make("i", name);
      Object.assign(one.style, {
        left: `${x - from.left}px`, top: `${y - from.top}px`,
        width: `${Math.max(0, width + from.left + from.right - size.left - size.right)}px`,
        height: `${Math.max(0, height + from.top + from.bottom - size.top - size.bottom)}px`,
        borderWidth: `${size.top}px ${size.right}px ${size.bottom}px ${size.left}px`,
      });
      return one;
    };
    const minus = (all: Sides): Sides => ({ top: -all.top, right: -all.right, bottom: -all.bottom, left: -all.left });
    const inside = make("i", "content");
    const inner = { left: border.left + padding.left, top: border.top + padding.top };
    Object.assign(inside.style, {
      left: `${x + inner.left}px`, top: `${y + inner.top}px`,
      width: `${Math.max(0, width - inner.left - border.right - padding.right)}px`,
      height: `${Math.max(0, height - inner.top - border.bottom - padding.bottom)}px`,
    });
    this.#box.replaceChildren(
      layer("margin", margin, margin), layer("border", NO_SIDES, border), layer("padding", minus(border), padding), inside,
    );
  }

  #heading({ label }: Described): HTMLElement {
    return make("h2", "", label);
  }

  #sizes({ width, height, margin, border, padding }: Described): HTMLElement {
    const list = make("dl", "");
    const add = (name: string, value: string, mark: string): void => list.append(make("dt", mark, name), make("dd", "", value));
    add("Taille", `${px(width)} × ${px(height)} px`, "content");
    add("Marge extérieure (margin)", `${said(margin)} px`, "margin");
    add("Bordure (border)", `${said(border)} px`, "border");
    add("Marge intérieure (padding)", `${said(padding)} px`, "padding");
    return list;
  }

  #access({ role, name, hidden }: Described): HTMLElement {
    const noun = role === "generic" ? "aucun rôle" : `${definite(nounOfRole(role))} (${role})`;
    const words = hidden
      ? "Les lecteurs d’écran ne voient pas cet élément."
      : `Rôle : ${noun}. ${name ? `Nom accessible : « ${name} ».` : "Aucun nom accessible."}`;
    return make("p", "access", words);
  }

  #rules({ rules }: Described): HTMLElement[] {
    if (!rules.length) return [make("p", "", "Aucune règle de votre CSS ne vise cet élément.")];
    const list = make("ol", "rules");
    for (const { selector, file, media, declarations } of rules) {
      const item = make("li", "");
      const place = file ? `${file}${media ? `, si ${media}` : ""}` : "attribut style";
      item.append(make("code", "", selector ? `${selector} { ${declarations} }` : declarations), make("small", "", place));
      list.append(item);
    }
    return [make("h3", "", "Règles, de la première à la dernière"), list];
  }
}
