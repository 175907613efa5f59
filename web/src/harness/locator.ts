// Finding elements as people and assistive technologies do. A locator is looked up again at each use.
import { Failure, Trouble } from "./failure.ts";
import { type Noun, count, definite, indefinite, none } from "./nouns.ts";
import { whereIs } from "./position.ts";
import {
  type Query, type RoleOptions, byAltText, byCss, byLabel, byRole, byText, byTitle, nounOfElement,
} from "./query.ts";
import { nameOf, roleOf } from "./roles.ts";
import { type Text, capital, enumerate, textOf } from "./texts.ts";
import { setting } from "./bridge.ts";

type Exact = { exact?: boolean };

/** What can be searched: the page, or what a locator found. */
export abstract class Finder {
  protected abstract within(query: Query): Locator;

  getByRole(role: string, options?: RoleOptions): Locator {
    return this.within(byRole(role, options));
  }
  getByLabel(text: Text, { exact }: Exact = {}): Locator {
    return this.within(byLabel(text, exact));
  }
  getByText(text: Text, { exact }: Exact = {}): Locator {
    return this.within(byText(text, exact));
  }
  getByAltText(text: Text, { exact }: Exact = {}): Locator {
    return this.within(byAltText(text, exact));
  }
  getByTitle(text: Text, { exact }: Exact = {}): Locator {
    return this.within(byTitle(text, exact));
  }
  locator(css: string): Locator {
    try {
      document.createDocumentFragment().querySelector(css);
    } catch {
      throw new Trouble(`Le test cherche « ${css} », qui n’est pas un sélecteur CSS.`);
    }
    return this.within(byCss(css));
  }
}

export class Locator extends Finder {
  readonly #query: Query;
  readonly #parent: Locator | null;
  readonly #rank: number | null; // which one of those found; negative from the end
  readonly #element: Element | null; // one that was found before, given by all()

  constructor(query: Query, parent: Locator | null = null, rank: number | null = null, element: Element | null = null) {
    super();
    this.#query = query;
    this.#parent = parent;
    this.#rank = rank;
    this.#element = element;
  }

  protected within(query: Query): Locator {
    return new Locator(query, this);
  }

  #roots(): ParentNode[] {
    return this.#parent ? this.#parent.elements() : [document];
  }

  #found(): Element[] {
    const found = this.#roots().flatMap((root) => this.#query.find(root));
    return this.#parent ? [...new Set(found)] : found;
  }

  /** The elements that are there now. */
  elements(): Element[] {
    if (this.#element) return this.#element.isConnected ? [this.#element] : [];
    const found = this.#found();
    if (this.#rank === null) return found;
    const one = found.at(this.#rank);
    return one ? [one] : [];
  }

  nth(rank: number): Locator {
    return new Locator(this.#query, this.#parent, rank);
  }
  get first(): Locator {
    return this.nth(0);
  }
  get last(): Locator {
    return this.nth(-1);
  }
  all(): Locator[] {
    return this.elements().map((element, rank) => new Locator(this.#query, this.#parent, rank, element));
  }

  get count(): number {
    return this.elements().length;
  }
  /** The first element found. Fails, in French, when there is none. */
  get element(): Element {
    const [element] = this.elements();
    if (!element) throw this.missing();
    return element;
  }
  get text(): string {
    return textOf(this.element);
  }
  get box(): { x: number; y: number; width: number; height: number } {
    const { x, y, width, height } = this.element.getBoundingClientRect();
    return { x, y, width, height };
  }
  get role(): string {
    return roleOf(this.element);
  }
  get name(): string {
    return nameOf(this.element);
  }
  attribute(name: string): string | null {
    return this.element.getAttribute(name);
  }
  style(property: string): string {
    return getComputedStyle(this.element).getPropertyValue(property);
  }

  /** What is looked for: "titre de niveau 1", "bouton “Menu”". */
  get noun(): Noun {
    const { noun } = this.#query;
    const rank = this.#rank;
    if (this.#rank === null || this.#rank === 0) return noun;
    return { ...noun, one: `${noun.one} ${rank! < 0 ? "(le dernier)" : `nº ${rank! + 1}`}` };
  }

  /** What is looked at, in a sentence: "le bouton “Menu”". */
  get subject(): string {
    return definite(this.noun);
  }

  get where(): string {
    return whereIs(this.elements()[0]);
  }

  /** How a sentence about what is there, or not, begins. */
  place(there: boolean): string {
    if (this.#parent) return `Dans ${this.#parent.subject}, il ${there ? "y a" : "n’y a"}`;
    return there ? "La page a" : "La page n’a";
  }

  /** Say that it is not there, and what is. */
  missing(): Failure {
    if (this.#parent && !this.#parent.elements().length) return this.#parent.missing();
    const number = this.#rank === null ? 0 : this.#found().length;
    const place = this.place(false);
    const details = { expected: indefinite(this.noun), where: this.#parent?.where ?? setting.path };
    if (number) {
      return new Failure(`${place} que ${count(number, this.#query.noun)}.`, { ...details, found: String(number) });
    }
    const message = [`${place} ${none(this.#query.noun)}.`, ...this.#near()].join(" ");
    return new Failure(message, { ...details, found: none(this.#query.noun) });
  }

  #near(): string[] {
    const near = this.#roots().map((root) => this.#query.near(root));
    const has = near.flatMap((one) => one.has);
    const hint = near.find((one) => one.hint)?.hint ?? "";
    return [has.length ? `${this.#parent ? "Il y a" : "Elle a"} ${enumerate(has)}.` : "", hint].filter(Boolean);
  }
}

/** "Le bouton “Menu”", for an element met on the way. */
export const subjectOf = (element: Element): string => definite(nounOfElement(element));

export const Subject = (locator: Locator): string => capital(locator.subject);
