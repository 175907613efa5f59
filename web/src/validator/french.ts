// From findings to French: the sentences are in messages.json, here are only the blanks to fill.
import { position, type Finding } from "./findings.ts";
import messages from "./messages.json" with { type: "json" };

/** A problem as the learner reads it. */
export interface Problem {
  rule: string;
  message: string;
  advice: string;
  line: number;
  column: number;
}

const MESSAGES: Record<string, string[]> = messages;

const PLACES: Record<string, string> = {
  p: "du paragraphe", h1: "du titre", h2: "du titre", h3: "du titre", h4: "du titre", h5: "du titre", h6: "du titre",
  title: "du titre", a: "du lien", ul: "de la liste", ol: "de la liste", li: "de l’élément de liste", table: "du tableau",
  tr: "de la ligne", td: "de la cellule", th: "de la cellule", form: "du formulaire", label: "de l’étiquette",
  button: "du bouton", script: "du script", style: "du style", strong: "du mot important", em: "du mot", section: "de la section",
  caption: "de la légende", dt: "du terme", dd: "de la description", option: "du choix", html: "de la page", head: "de la tête", body: "du corps", tbody: "du groupe de lignes",
  nav: "de la navigation", header: "de l’en-tête", footer: "du pied de page", main: "du contenu principal", select: "de la liste",
};

/** The message of a rule, or of its family: "old-tag:blink" falls back on "old-tag". */
export function sentenceOf(rule: string): string[] | undefined {
  return MESSAGES[rule] ?? MESSAGES[rule.split(":")[0]!];
}

function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => (values[key] ?? "").slice(0, 80));
}

/** A sentence with its blanks filled, `{line}` and `{place}` among them. */
export function filled(template: string, values: Record<string, string>, source: string, at: number): string {
  const place = PLACES[values["name"] ?? ""] ?? "de son contenu";
  return fill(template, { place, line: String(position(source, at).line), ...values });
}

/** The problem of a finding. */
export function inFrench(finding: Finding, source: string): Problem {
  const { line, column } = position(source, finding.at);
  const [message, advice] = sentenceOf(finding.rule) ?? MESSAGES["engine-failure"]!;
  const rule = finding.rule.split(":")[0]!;
  const say = (sentence: string): string => filled(sentence, finding.values, source, finding.at);
  return { rule, message: say(message!), advice: say(advice!), line, column };
}
