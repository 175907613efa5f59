// French nouns of roles and tags, with what grammar needs of them.
export interface Noun {
  one: string;
  many: string;
  feminine: boolean;
  place?: string; // said last: "dans un élément <ul>"
}

// "singular", "singular|plural" when the plural is not a bare s on the first word; "*" in front: feminine.
const ROLES: Record<string, string> = {
  alert: "*alerte",
  article: "article",
  banner: "en-tête de page|en-têtes de page",
  blockquote: "*citation",
  button: "bouton",
  caption: "*légende",
  cell: "*cellule de tableau",
  checkbox: "*case à cocher",
  code: "extrait de code",
  columnheader: "en-tête de colonne|en-têtes de colonne",
  combobox: "*liste déroulante|listes déroulantes",
  complementary: "*zone complémentaire|zones complémentaires",
  contentinfo: "pied de page",
  definition: "*définition",
  dialog: "*boîte de dialogue",
  document: "document",
  emphasis: "*insistance (<em>)|insistances (<em>)",
  figure: "*figure",
  form: "formulaire nommé|formulaires nommés",
  group: "groupe",
  heading: "titre",
  img: "*image",
  link: "lien",
  list: "*liste",
  listbox: "*liste de choix",
  listitem: "élément de liste",
  main: "contenu principal|contenus principaux",
  mark: "texte surligné|textes surlignés",
  menu: "menu",
  menuitem: "élément de menu",
  meter: "*jauge",
  navigation: "*navigation",
  option: "choix|choix",
  paragraph: "paragraphe",
  progressbar: "*barre de progression",
  radio: "bouton radio|boutons radio",
  region: "*section nommée|sections nommées",
  row: "*ligne de tableau",
  rowgroup: "groupe de lignes",
  rowheader: "en-tête de ligne|en-têtes de ligne",
  search: "*zone de recherche",
  searchbox: "champ de recherche",
  separator: "*séparation",
  slider: "curseur",
  spinbutton: "champ de nombre",
  status: "message d’état",
  strong: "texte important|textes importants",
  switch: "interrupteur",
  tab: "onglet",
  table: "tableau|tableaux",
  tablist: "*liste d’onglets",
  tabpanel: "panneau d’onglet|panneaux d’onglet",
  term: "terme",
  textbox: "champ de texte",
  time: "*date",
  tooltip: "*infobulle",
};

function read(entry: string): Noun {
  const feminine = entry.startsWith("*");
  const [one = "", many] = entry.replace("*", "").split("|");
  return { one, many: many ?? one.replace(/^\S+/, "$&s"), feminine };
}

/** Noun of a role; a role without a French noun keeps its name. */
export const nounOfRole = (role: string): Noun => read(ROLES[role] ?? `élément de rôle ${role}`);

export const nounOfLevel = (level: number): Noun => read(`titre de niveau ${level}`);

/** Noun of a tag, for elements that no role names. */
export const nounOfTag = (tag: string): Noun => read(`élément <${tag}>`);

export const nounOf = (one: string, many = one): Noun => ({ one, many, feminine: false });

/** A h in French is silent here: no noun above starts with one. */
const elides = (word: string): boolean => /^[aeiouyéèêâîô]/i.test(word);

const placed = (words: string, { place }: Noun): string => (place ? `${words} ${place}` : words);

export function definite(noun: Noun): string {
  return placed(elides(noun.one) ? `l’${noun.one}` : `${noun.feminine ? "la" : "le"} ${noun.one}`, noun);
}

export const indefinite = (noun: Noun): string => placed(`${noun.feminine ? "une" : "un"} ${noun.one}`, noun);

export const none = (noun: Noun): string => placed(`${noun.feminine ? "aucune" : "aucun"} ${noun.one}`, noun);

/** "aucun titre", "1 titre", "3 titres" */
export function count(number: number, noun: Noun): string {
  if (number === 0) return none(noun);
  return placed(`${number} ${number > 1 ? noun.many : noun.one}`, noun);
}

/** "centré" or "centrée" */
export const agree = (adjective: string, noun: Noun): string => (noun.feminine ? `${adjective}e` : adjective);
