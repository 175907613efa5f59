// expect(page).toMatchMockup("maquette.png", {width, tolerance, zones}): the page looks like an image.
//
// With {look: true}, for the activity that shows both: it never passes, and gives the pictures and the score.
//
// The comparison is done elsewhere, on pictures that the page cannot touch; here, it is asked for and said in French.
import { act, ask, setting, told } from "./bridge.ts";
import { Failure, Trouble } from "./failure.ts";
import type { Outcome } from "./matcher.ts";
import type { Page } from "./page.ts";
import { settle } from "./settle.ts";
import { fold, shorten } from "./texts.ts";

export interface MockupOptions {
  width?: number; // px of the window; that of the test otherwise
  tolerance?: number; // part of a zone that may differ, 0 to 1
  zones?: Record<string, string>; // name: CSS selector in the author's solution; the large blocks otherwise
  look?: boolean;
}

interface Judged {
  name: string;
  shift: number; // px, downwards
  dx: number; // px, to the right
  difference: number; // 0 to 1
  isText: boolean;
  isThere: boolean;
  score: number; // 0 to 1
}

interface Comparison {
  zones: Judged[];
  longer: boolean;
  score: number;
  picture: string; // PNG in base64
  views: string[]; // data: addresses
}

const TOLERANCE = 0.08;
const HEIGHT = 800;
const BLOCKS: Record<string, string> = {
  header: "en-tête", nav: "navigation", main: "contenu", footer: "pied de page", aside: "encadré", form: "formulaire",
  table: "tableau", ul: "liste", ol: "liste", img: "image", figure: "illustration",
};

/** The large blocks of a page: children of <body>, or of the only block that holds them all. */
function blocks(root: Element = document.body): Element[] {
  const seen = [...root.children].filter((child) => child.getBoundingClientRect().height > 0);
  if (seen.length === 1 && seen[0]!.children.length > 0) return blocks(seen[0]);
  return seen.flatMap((child) => (child.localName === "main" && child.children.length > 1 ? blocks(child) : [child]));
}

function nameOfBlock(block: Element): string {
  const heading = block.matches("h1, h2, h3, h4, h5, h6") ? block : block.querySelector("h1, h2, h3, h4, h5, h6");
  const words = BLOCKS[block.localName] ?? (fold((heading ?? block).textContent ?? "") || block.localName);
  return shorten(words, 30);
}

function boxes(zones: Record<string, string> | undefined): object[] {
  const chosen = zones
    ? Object.entries(zones).map(([name, css]): [string, Element | null] => [name, document.querySelector(css)])
    : blocks().map((block): [string, Element] => [nameOfBlock(block), block]);
  return chosen.flatMap(([name, element]) => {
    const { left, top, right, bottom } = element?.getBoundingClientRect() ?? new DOMRect();
    const [x, y] = [Math.max(0, Math.floor(left + scrollX)), Math.max(0, Math.floor(top + scrollY))];
    const [width, height] = [Math.min(innerWidth, Math.ceil(right + scrollX)) - x, Math.ceil(bottom + scrollY) - y];
    return width > 0 && height > 0 ? [{ name, x, y, width, height }] : [];
  });
}

const percent = (part: number): string => `${Math.max(1, Math.round(part * 100))} %`;

/** What is wrong with a zone, as the end of a sentence. */
function fault({ name, shift, dx, difference, isText, isThere }: Judged, tolerance: number): string {
  const who = `le bloc “${name}”`;
  if (!isText && difference <= tolerance) return `le texte du bloc “${name}” n’est pas du vrai texte`;
  if (!isThere && difference > tolerance) return `${who} n’y est pas encore`;
  if (difference > tolerance) return `${who} diffère à ${percent(difference)}`;
  if (Math.abs(shift) > 1) return `${who} est ${Math.abs(shift)} px trop ${shift > 0 ? "bas" : "haut"}`;
  return `${who} est ${Math.abs(dx)} px trop à ${dx > 0 ? "droite" : "gauche"}`;
}

const sentences = ({ zones, longer }: Comparison, tolerance: number): string[] => [
  ...zones.filter(({ score }) => score < 1).map((zone) => fault(zone, tolerance)),
  ...(longer ? ["la page continue plus bas que la maquette"] : []),
];

function refuse(file: string): void {
  if (!told.requests.some(({ path }) => path === file)) return;
  throw new Failure("La page affiche l’image de la maquette elle-même.", {
    expected: "la même page, écrite avec vos balises et vos styles",
    advice: "Retirez l’image de la maquette de votre page.",
    where: setting.path,
  });
}

export async function toMatchMockup(_page: Page, _who: string, file: string, options: MockupOptions = {}): Promise<Outcome> {
  const unknown = Object.keys(options).find((name) => !["width", "tolerance", "zones", "look"].includes(name));
  if (unknown) throw new Trouble(`toMatchMockup a une option inconnue : ${unknown}.`);
  const { tolerance = TOLERANCE, width = innerWidth, zones, look = false } = options;
  refuse(file);
  if (width !== innerWidth) {
    act();
    await ask("resize", width, HEIGHT);
  }
  await document.fonts.ready;
  await settle(0, true);
  const compared = await ask<Comparison>("mockup", file, { zones: boxes(zones), whole: !zones, tolerance, look });
  const [first = "", ...others] = sentences(compared, tolerance);
  const more = others.length ? ` Puis : ${others.slice(0, 2).join(" ; ")}${others.length > 2 ? "…" : "."}` : "";
  if (look) {
    const said = first && `${first[0]!.toUpperCase()}${first.slice(1)}.${more}`;
    throw new Failure(said, { score: compared.score, views: compared.views });
  }
  const said = `À ${width} px de large, ${first}.${more}`;
  return {
    pass: compared.score === 1,
    fails: said,
    holds: "La page ressemble encore à la maquette.",
    failure: new Failure(said, {
      expected: `la même chose que sur ${file}`,
      found: `${percent(Math.min(compared.score, 0.99))} de la maquette`,
      where: setting.path,
      score: compared.score,
      image: compared.picture && `data:image/png;base64,${compared.picture}`,
      alt: `À gauche la maquette, à droite votre page ; en rouge, ce qui diffère : ${[first, ...others].join(" ; ")}.`,
    }),
  };
}

/** Letters that are transparent, for a picture of what is not text; nothing moves meanwhile. */
const STILL = "*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; }";
const BARE =
  "*, *::before, *::after, *::marker { -webkit-text-fill-color: transparent !important; text-shadow: none !important; " +
  "text-decoration-color: transparent !important; -webkit-text-stroke-color: transparent !important; } " +
  "svg text, svg tspan { fill: transparent !important; }";

let before: CSSStyleSheet[] | null = null;

/** How the page stands for its picture: "still", then "bare"; "" puts it back. */
export function pose(how: "still" | "bare" | ""): void {
  before ??= [...document.adoptedStyleSheets];
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(how === "bare" ? STILL + BARE : STILL);
  document.adoptedStyleSheets = how ? [...before, sheet] : before;
  if (!how) before = null;
}
