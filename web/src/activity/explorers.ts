// What each property explorer lets the learner change, and the page it shows. Pure: texts in, texts out.

import { ranked, reason, type Rule } from "./cascade.ts";
import { ratio, shownRatio } from "./contrast.ts";

export type Values = Record<string, string>;

export interface Control {
  id: string;
  label: string;
  start: string;
  range?: [number, number]; // px or a number, by steps of 1
  unit?: string;
  options?: string[];
  colour?: boolean; // neither range, nor options, nor colour: a box to tick
}

export interface Explorer {
  controls: Control[];
  html(values: Values): string; // made of constants only
  height: number; // px of its page
  scene: string; // CSS of the page that is not to be copied
  css(values: Values): string;
  says(values: Values): string[]; // with `code`
}

const px = (id: string, label: string, start: string, most: number, least = 0): Control => ({ id, label, start, range: [least, most], unit: "px" });
const select = (id: string, ...options: string[]): Control => ({ id, label: `\`${id}\``, start: options[0], options });

function rule(selector: string, ...lines: [string, string][]): string {
  return `${selector} {\n${lines.map(([property, value]) => `  ${property}: ${value};\n`).join("")}}`;
}

const contraste: Explorer = {
  controls: [
    { id: "color", label: "Couleur du texte", start: "#6b7280", colour: true },
    { id: "background-color", label: "Couleur du fond", start: "#ffffff", colour: true },
  ],
  html: () => '<div class="carte"><p class="grand">Marché du samedi</p><p>De 8 h à 13 h, place de la mairie.</p></div>',
  height: 150,
  scene: ".carte { padding: 24px; } .carte p { margin: 0 0 8px; } .grand { font-size: 24px; }",
  css: (values) => rule(".carte", ["color", values.color], ["background-color", values["background-color"]]),
  says: (values) => {
    const found = ratio(values.color, values["background-color"]);
    const level = (least: number): string => (found >= least ? "*réussi*" : "*insuffisant*");
    return [
      `Contraste : ${shownRatio(found)} pour 1.`,
      `Texte normal : AA (4,5) ${level(4.5)}, AAA (7) ${level(7)}.`,
      `Grand texte, dès 24 px : AA (3) ${level(3)}, AAA (4,5) ${level(4.5)}.`,
    ];
  },
};

const boite: Explorer = {
  controls: [
    px("width", "`width`, largeur", "200", 300, 40),
    px("padding", "`padding`, marge intérieure", "20", 60),
    px("border", "`border`, bordure", "5", 30),
    px("margin", "`margin`, marge extérieure", "15", 60),
    select("box-sizing", "content-box", "border-box"),
  ],
  html: () => '<div class="place"><div class="boite">Boîte</div></div>',
  height: 260,
  scene:
    ".place { display: flow-root; width: max-content; background: #f7d9a8; } .boite { min-height: 40px; border-color: #7a4b00 !important; background: linear-gradient(#a9cbee, #a9cbee) content-box, linear-gradient(#c6e5b8, #c6e5b8) padding-box; }",
  css: (values) =>
    rule(
      ".boite",
      ["box-sizing", values["box-sizing"]],
      ["width", `${values.width}px`],
      ["padding", `${values.padding}px`],
      ["border", `${values.border}px solid`],
      ["margin", `${values.margin}px`],
    ),
  says: (values) => {
    const [width, padding, border, margin] = ["width", "padding", "border", "margin"].map((id) => Number(values[id]));
    const inside = values["box-sizing"] === "border-box" ? Math.max(0, width - 2 * (padding + border)) : width;
    const box = inside + 2 * (padding + border);
    return [
      `Contenu, en bleu : ${inside} px. Marge intérieure en vert, marge extérieure en orange.`,
      `Largeur de la boîte : ${border} + ${padding} + ${inside} + ${padding} + ${border} = ${box} px.`,
      `Place prise dans la page, marges comprises : ${margin} + ${box} + ${margin} = ${box + 2 * margin} px.`,
    ];
  },
};

const ITEMS = '<div class="liste"><div>1</div><div>2 deux</div><div>3</div><div>4 quatre</div><div>5</div></div>';
const ITEM = "{ padding: 10px 16px; border-radius: 6px; background: #1d4ed8; color: #fff; }";

const flexbox: Explorer = {
  controls: [
    select("flex-direction", "row", "row-reverse", "column", "column-reverse"),
    select("justify-content", "flex-start", "center", "flex-end", "space-between", "space-around", "space-evenly"),
    select("align-items", "stretch", "flex-start", "center", "flex-end", "baseline"),
    select("flex-wrap", "nowrap", "wrap"),
    px("gap", "`gap`, écart", "8", 40),
  ],
  html: () => ITEMS,
  height: 260,
  scene: `.liste { min-height: 220px; border: 2px dashed #64748b; } .liste > div ${ITEM} .liste > :nth-child(2) { font-size: 24px; }`,
  css: (values) =>
    rule(
      ".liste",
      ["display", "flex"],
      ...["flex-direction", "justify-content", "align-items", "flex-wrap"].map((id): [string, string] => [id, values[id]]),
      ["gap", `${values.gap}px`],
    ),
  says: (values) => {
    const row = values["flex-direction"].startsWith("row");
    const [main, cross] = row ? ["horizontal", "vertical"] : ["vertical", "horizontal"];
    return [`Axe principal ${main} : \`justify-content\` y place les éléments.`, `Axe secondaire ${cross} : \`align-items\` les y aligne.`];
  },
};

const grille: Explorer = {
  controls: [
    select("grid-template-columns", "1fr 1fr", "1fr 1fr 1fr", "120px 1fr", "1fr 2fr 1fr", "repeat(auto-fit, minmax(140px, 1fr))"),
    px("gap", "`gap`, écart", "8", 40),
    select("justify-items", "stretch", "start", "center", "end"),
    select("align-items", "stretch", "start", "center", "end"),
    { id: "span", label: "Premier élément sur deux colonnes", start: "" },
  ],
  html: () => ITEMS,
  height: 260,
  scene: `.liste { border: 2px dashed #64748b; } .liste > div ${ITEM} .liste > :nth-child(2) { font-size: 24px; }`,
  css: (values) => {
    const grid = rule(
      ".liste",
      ["display", "grid"],
      ["grid-template-columns", values["grid-template-columns"]],
      ["gap", `${values.gap}px`],
      ["justify-items", values["justify-items"]],
      ["align-items", values["align-items"]],
    );
    return values.span ? `${grid}\n${rule(".liste > :first-child", ["grid-column", "span 2"])}` : grid;
  },
  says: (values) => {
    const columns = values["grid-template-columns"];
    if (columns.startsWith("repeat")) return ["Autant de colonnes que la place le permet, de 140 px au moins."];
    return [`${columns.split(" ").length} colonnes. \`1fr\` est une part de la place libre.`];
  },
};

const RULES: (Rule & { id: string; start: string })[] = [
  { id: "p", start: "oui", selector: "p", weight: [0, 0, 1], important: false, colour: "#1d4ed8", name: "bleu" },
  { id: "classe", start: "oui", selector: ".info", weight: [0, 1, 0], important: false, colour: "#15803d", name: "vert" },
  { id: "les-deux", start: "", selector: "p.info", weight: [0, 1, 1], important: false, colour: "#7e22ce", name: "violet" },
  { id: "identifiant", start: "", selector: "#avis", weight: [1, 0, 0], important: false, colour: "#b91c1c", name: "rouge" },
  { id: "encore", start: "", selector: ".info", weight: [0, 1, 0], important: false, colour: "#0f766e", name: "turquoise" },
  { id: "important", start: "", selector: "p", weight: [0, 0, 1], important: true, colour: "#9d174d", name: "framboise" },
  { id: "style", start: "", selector: "", weight: [0, 0, 0], important: false, colour: "#92400e", name: "brun" },
];

const declared = (each: Rule): string => `color: ${each.colour}${each.important ? " !important" : ""}`;

function ruleLabel(each: Rule): string {
  const important = each.important ? " !important" : "";
  return each.selector ? `\`${each.selector}\`${important && " avec `!important`"} : ${each.name}` : `attribut \`style\` : ${each.name}`;
}

const cascade: Explorer = {
  controls: RULES.map((each) => ({ id: each.id, label: ruleLabel(each), start: each.start })),
  html: (values) => `<p class="info" id="avis"${values.style ? ` style="${declared(RULES[6])}"` : ""}>Le marché est fermé lundi.</p>`,
  height: 110,
  scene: "p { margin: 24px; font-size: 24px; font-weight: 700; }",
  css: (values) => {
    const rules = RULES.filter((each) => values[each.id] && each.selector).map((each) => `${each.selector} { ${declared(each)}; }`);
    return [...rules, ...(values.style ? [`/* dans le HTML : style="${declared(RULES[6])}" */`] : [])].join("\n");
  },
  says: (values) => {
    const [winner, second] = ranked(RULES.filter((each) => values[each.id]));
    if (!winner) return ["Aucune règle : le texte garde la couleur du navigateur."];
    const who = winner.selector ? `La règle \`${winner.selector}\`` : "L’attribut `style`";
    return [`${who} gagne : le texte est ${winner.name}.`, reason(winner, second)];
  },
};

export const EXPLORERS: Record<string, Explorer> = { contraste, boite, flexbox, grille, cascade };

/** Values to start from; what was kept is taken where the control allows it. */
export function settled(explorer: Explorer, kept: unknown): Values {
  const found = (kept ?? {}) as Record<string, unknown>;
  return Object.fromEntries(explorer.controls.map((control) => [control.id, allowed(control, found[control.id]) ? String(found[control.id]) : control.start]));
}

export function allowed(control: Control, value: unknown): boolean {
  if (typeof value !== "string") return false;
  if (control.colour) return /^#[0-9a-f]{6}$/.test(value);
  if (control.options) return control.options.includes(value);
  if (control.range) return /^\d+$/.test(value) && Number(value) >= control.range[0] && Number(value) <= control.range[1];
  return value === "" || value === "oui";
}
