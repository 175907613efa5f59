// JavaScript error texts of Chromium, explained in plain French to a beginner.
//
//     explainError("Uncaught ReferenceError: compteur is not defined")
//     -> { message: "Le nom « compteur » n’existe pas ici.", advice: "Vérifiez son orthographe, …" }
//
// Law: no English sentence reaches the learner, except quoted as the original text of an unknown error.
import { nearest } from "./nearest.ts";
import { ERRORS } from "./table.ts";

export interface Explanation {
  message: string; // what happened, one sentence
  advice: string; // what to do
}

// Names that beginners misspell. A name of the learner's own is not in the list: nothing is guessed about it.
const NAMES = (
  "console document window function const alert Math JSON Array Object Number String Promise localStorage fetch " +
  "setTimeout setInterval true false null undefined querySelector querySelectorAll getElementById addEventListener " +
  "preventDefault createElement append remove setAttribute getAttribute log textContent forEach filter includes push " +
  "toUpperCase toLowerCase toFixed toString random floor round parse stringify"
).split(" ");

const KINDS: Record<string, string> = {
  SyntaxError: "Le code est mal écrit à cet endroit",
  TypeError: "Une valeur n’est pas de la sorte attendue",
  RangeError: "Une valeur est hors des limites",
};

function quote(text: string, size = 60): string {
  return `« ${text.length > size ? `${text.slice(0, size)}…` : text} »`;
}

function fill(template: string, found: RegExpMatchArray): string {
  const own = (_: string, group: string) => {
    const name = found[Number(group)] ?? "";
    return name && !/^-?\d+$/.test(name) ? quote(name) : name;
  };
  return template.replace(/\$(\d)/g, own).replace(/ +(?= |\.(?!\w))/g, "");
}

/** " Vouliez-vous dire … ?" when the unknown name looks like one that everybody uses. */
function guess(text: string): string {
  const name = /([\w$]+) is not (?:defined|a function)/.exec(text)?.[1] ?? "";
  const known = name.length > 2 && !NAMES.includes(name) && nearest(name, NAMES);
  return known ? ` Vouliez-vous dire ${quote(known)} ?` : "";
}

function unknown(kind: string, text: string, rejected: boolean): Explanation {
  const original = quote(text || kind || "sans texte", 160);
  if (!kind || kind === "Error") {
    const subject = rejected ? "Une promesse a échoué" : "Le code a lancé une erreur";
    return { message: `${subject} : ${original}.`, advice: "Cherchez ce texte dans votre code, après throw ou reject." };
  }
  return {
    message: `${KINDS[kind] ?? "Le navigateur signale une erreur"} : ${original}.`,
    advice: "Relisez la ligne indiquée, puis montrez ce texte à votre formateur.",
  };
}

/** Explain the text of an error, as given by the console, `window.onerror` or a rejected promise. */
export function explainError(text: string): Explanation {
  const parts = /^(?:Uncaught )?(\(in promise\) ?)?(?:([A-Z]\w*(?:Error|Exception)|Error)(?:: |$))?(.*)/.exec(text.trim())!;
  const [, rejected, kind = "", body = ""] = parts;
  for (const [pattern, message, advice] of kind === "Error" ? [] : ERRORS) {
    const found = pattern.exec(body) ?? pattern.exec(kind);
    if (found) return { message: fill(message, found), advice: fill(advice, found) + guess(body) };
  }
  return unknown(kind, body, Boolean(rejected));
}
