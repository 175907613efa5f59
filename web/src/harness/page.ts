// The page under test, and expect(page).
import { explainError } from "../french/errors.ts";
import { toMatchMockup } from "./mockup.ts";
import { type News, type PageError, ask, setting, sourceOf, step, told } from "./bridge.ts";
import { Finder, Locator, subjectOf } from "./locator.ts";
import type { Matchers, Outcome } from "./matcher.ts";
import { whereIs } from "./position.ts";
import type { Query } from "./query.ts";
import { fold, matches, px, quote, several, shorten, type Text, wanted } from "./texts.ts";

export interface SeenError {
  message: string; // French
  advice: string;
  file: string;
  line: number;
  column: number;
  text: string; // as Chromium wrote it
}

export const explain = (error: PageError): SeenError => ({ ...explainError(error.text), ...error });

export const whereOf = ({ file, line }: Pick<PageError, "file" | "line">): string =>
  file ? `${file}, ligne ${line}` : "";

export class Page extends Finder {
  protected within(query: Query): Locator {
    return new Locator(query);
  }
  get title(): string {
    return document.title.normalize("NFC");
  }
  get lang(): string {
    return document.documentElement.lang;
  }
  get document(): Document {
    return document;
  }
  get console(): News["console"] {
    return [...told.console];
  }
  get errors(): SeenError[] {
    return told.errors.map(explain);
  }
  get requests(): News["requests"] {
    return [...told.requests];
  }
  setViewportSize({ width, height }: { width: number; height: number }): Promise<void> {
    return step("page.setViewportSize", true, () => ask("resize", width, height));
  }
}

const toHaveTitle = (page: Page, _who: string, text: Text): Outcome => ({
  pass: matches(page.title, text),
  fails: fold(page.title) ? "La page n’a pas le nom d’onglet attendu." : "La page n’a pas de nom d’onglet.",
  holds: "La page a encore ce nom d’onglet.",
  expected: wanted(text),
  found: fold(page.title) ? quote(page.title) : "aucun",
  where: whereIs(document.querySelector("title")),
});

const toHaveLanguage = (page: Page, _who: string, code: string): Outcome => ({
  pass: `${page.lang}-`.toLowerCase().startsWith(`${code}-`.toLowerCase()), // letter case is free (BCP 47)
  fails: page.lang ? "La page n’annonce pas la bonne langue." : "La page n’annonce pas sa langue.",
  holds: "La page annonce encore cette langue.",
  expected: `lang="${code}"`,
  found: page.lang ? `lang="${page.lang}"` : "pas d’attribut lang",
  where: whereIs(document.documentElement),
});

function toHaveNoErrors(page: Page): Outcome {
  const [error] = page.errors;
  const said = page.console.find(({ level }) => level === "error");
  return {
    pass: !error && !said,
    fails: error ? error.message : "La page a écrit une erreur dans la console.",
    holds: "La page n’a aucune erreur.",
    expected: "aucune erreur",
    found: shorten(error?.text ?? said?.text ?? "", 200),
    advice: error?.advice ?? "",
    where: error ? whereOf(error) || setting.path : setting.path,
  };
}

function toLoadEverything(page: Page): Outcome {
  const lost = page.requests.find(({ status }) => status !== 200);
  const outside = lost?.status === 0;
  const name = lost && (outside ? lost.url : lost.path);
  return {
    pass: !lost,
    fails: outside ? `La page demande une adresse hors du site : ${name}` : `Le fichier “${name}” n’existe pas.`,
    holds: "La page trouve tous ses fichiers.",
    expected: "tous les fichiers demandés existent",
    found: name ?? "",
    advice: outside ? "Utilisez un fichier du dossier de la leçon." : "Vérifiez le nom du fichier, lettre par lettre.",
    where: whereIs(lost && asker(lost.path)),
  };
}

/** The element that asked for a file. */
function asker(path: string): Element | null {
  const leads = (value: string | null): boolean =>
    value !== null && URL.parse(value, document.baseURI)?.pathname === `/${path}`;
  const asks = (element: Element): boolean =>
    ["src", "href", "poster"].some((name) => leads(element.getAttribute(name)));
  return [...document.querySelectorAll("[src], link[href], [poster]")].find(asks) ?? null;
}

/** The element that goes furthest to the right. */
function widest(): Element | null {
  const right = (element: Element): number => element.getBoundingClientRect().right;
  const further = (far: Element, next: Element): Element => (right(next) > right(far) + 1 ? next : far);
  return [...document.body.querySelectorAll("*")].reduce<Element>(further, document.body);
}

function toFitWidth(): Outcome {
  const { scrollWidth, clientWidth } = document.scrollingElement ?? document.documentElement;
  const wide = scrollWidth > clientWidth ? widest() : null;
  const culprit = wide ? ` C’est ${subjectOf(wide)} qui dépasse.` : "";
  return {
    pass: scrollWidth <= clientWidth,
    fails: `La page déborde à droite : il faut la faire défiler de côté.${culprit}`,
    holds: "La page tient dans la largeur de la fenêtre.",
    expected: `${px(clientWidth)} au plus`,
    found: px(scrollWidth),
    where: whereIs(wide),
  };
}

interface Problem {
  rule: string;
  message: string;
  advice: string;
  line: number;
}

async function toBeValid(): Promise<Outcome> {
  const problems = await ask<Problem[]>("validate", sourceOf(), setting.path);
  const [first, ...others] = problems;
  const more = others.length ? ` Il y a ${several(others.length, "autre")} ${others.length > 1 ? "problèmes" : "problème"}.` : "";
  return {
    pass: !first,
    fails: `${first?.message}${more}`,
    holds: "Le code HTML n’a aucun problème.",
    expected: "un code HTML sans erreur",
    found: several(problems.length, "problème"),
    advice: first?.advice ?? "",
    where: first ? `${setting.path}, ligne ${first.line}` : "",
  };
}

interface Axe {
  configure(options: { locale: unknown }): void;
  run(root: Document, options: unknown): Promise<{ violations: { help: string; nodes: { element?: Element }[] }[] }>;
}

/** WCAG 2.1, as RGAA asks; best practices such as landmarks would refuse the small pages of the first weeks. */
const RULES = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] };

async function toBeAccessible(): Promise<Outcome> {
  const locale = await ask<unknown>("axe");
  const { axe } = globalThis as unknown as { axe: Axe };
  axe.configure({ locale });
  const { violations } = await axe.run(document, { runOnly: RULES, resultTypes: ["violations"], elementRef: true });
  const first = violations[0];
  const element = first?.nodes[0]?.element;
  return {
    pass: !first,
    fails: `${first?.help.replace(/\.$/, "")}${element ? ` : voyez ${subjectOf(element)}` : ""}.`,
    holds: "La page n’a aucun défaut d’accessibilité connu.",
    expected: "aucun défaut d’accessibilité",
    found: several(violations.length, "défaut"),
    where: whereIs(element),
  };
}

export const ASYNCHRONOUS = ["toBeValid", "toBeAccessible", "toMatchMockup"];

export const pageMatchers: Matchers<Page> = {
  toBeValid, toBeAccessible, toHaveTitle, toHaveLanguage, toHaveNoErrors, toLoadEverything, toFitWidth,
  toMatchMockup,
};
