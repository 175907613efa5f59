// expect(locator): what an element is, holds and says.
import { Failure, Trouble } from "./failure.ts";
import { Locator, subjectOf } from "./locator.ts";
import type { Matchers, Outcome } from "./matcher.ts";
import { agree, count, definite, nounOfRole } from "./nouns.ts";
import { isVisible, nameOf, roleOf } from "./roles.ts";
import { type Text, fold, matches, quote, wanted } from "./texts.ts";
import { setting } from "./bridge.ts";

type Field = HTMLInputElement;

/** A text that is there, or "aucun texte". */
const seen = (text: string): string => (fold(text) ? quote(text) : "aucun texte");

/** An outcome about the first element, with where it is. */
function about(locator: Locator, outcome: Outcome): Outcome {
  return { where: locator.where, ...outcome };
}

/** The other element of a comparison. */
export function other(locator: unknown, matcher: string): Locator {
  if (locator instanceof Locator) return locator;
  throw new Trouble(`${matcher} attend un élément, comme page.getByRole("main").`);
}

function toHaveCount(locator: Locator, _who: string, wantedCount: number): Outcome {
  const found = locator.count;
  const words = { expected: count(wantedCount, locator.noun), found: count(found, locator.noun) };
  const missing = found === 0 && wantedCount > 0 ? locator.missing() : undefined;
  return {
    pass: found === wantedCount,
    fails: `${locator.place(true)} ${words.found}${found > wantedCount && found > 1 ? " : c’est trop" : ""}.`,
    holds: `${locator.place(true)} ${words.found}.`,
    where: found > wantedCount ? locator.nth(wantedCount).where : setting.path,
    ...words,
    ...(missing ? { failure: new Failure(missing.message, { ...missing.details, ...words }) } : {}),
  };
}

function toExist(locator: Locator, who: string): Outcome {
  const pass = locator.count > 0;
  return {
    pass,
    fails: "",
    holds: `${who} est encore dans la page.`,
    where: locator.where,
    ...(pass ? {} : { failure: locator.missing() }),
  };
}

function toHaveText(locator: Locator, who: string, text: Text): Outcome {
  const found = locator.text;
  return about(locator, {
    pass: matches(found, text),
    fails: found ? `${who} n’a pas le texte attendu.` : `${who} est vide.`,
    holds: `${who} a encore ce texte.`,
    expected: wanted(text),
    found: seen(found),
  });
}

function toContainText(locator: Locator, who: string, text: Text): Outcome {
  const found = locator.text;
  return about(locator, {
    pass: text instanceof RegExp ? matches(found, text) : found.includes(fold(text)),
    fails: `${who} ne contient pas le texte attendu.`,
    holds: `${who} contient encore ce texte.`,
    expected: text instanceof RegExp ? wanted(text) : `un texte qui contient ${quote(text)}`,
    found: seen(found),
  });
}

function toHaveAttribute(locator: Locator, who: string, name: string, value?: Text): Outcome {
  const found = locator.attribute(name);
  const right = found !== null && (value === undefined || matches(found, value));
  const written = value instanceof RegExp ? ` ${wanted(value)}` : `="${value}"`;
  return about(locator, {
    pass: right,
    fails: found === null ? `${who} n’a pas l’attribut ${name}.` : `L’attribut ${name} n’a pas la valeur attendue.`,
    holds: `${who} a encore l’attribut ${name}.`,
    expected: value === undefined ? name : name + written,
    found: found === null ? "pas d’attribut" : `${name}="${found}"`,
  });
}

function toHaveClass(locator: Locator, who: string, name: string): Outcome {
  const classes = [...locator.element.classList];
  return about(locator, {
    pass: classes.includes(name),
    fails: `${who} n’a pas la classe “${name}”.`,
    holds: `${who} a encore la classe “${name}”.`,
    expected: `class="${name}"`,
    found: classes.length ? `class="${classes.join(" ")}"` : "aucune classe",
  });
}

function toHaveRole(locator: Locator, who: string, role: string): Outcome {
  const found = roleOf(locator.element);
  return about(locator, {
    pass: found === role,
    fails: `${who} n’est pas vu comme ${definite(nounOfRole(role))}.`,
    holds: `${who} est encore vu comme ${definite(nounOfRole(role))}.`,
    expected: `rôle ${role}`,
    found: found === "generic" ? "aucun rôle particulier" : `rôle ${found}`,
  });
}

function toHaveAccessibleName(locator: Locator, who: string, text: Text): Outcome {
  const found = nameOf(locator.element);
  const nameless = `${who} n’a pas de nom : un lecteur d’écran ne peut pas l’annoncer.`;
  return about(locator, {
    pass: matches(found, text),
    fails: found ? `${who} n’a pas le nom attendu.` : nameless,
    holds: `${who} a encore ce nom.`,
    expected: wanted(text),
    found: found ? quote(found) : "aucun nom",
  });
}

function toBeVisible(locator: Locator, who: string): Outcome {
  const [element] = locator.elements();
  const pass = element !== undefined && isVisible(element);
  return {
    pass,
    fails: `${who} n’est pas visible.`,
    holds: `${who} est encore visible.`,
    expected: agree("affiché", locator.noun),
    found: agree(pass ? "affiché" : "caché", locator.noun),
    where: locator.where,
    ...(element ? {} : { failure: locator.missing() }),
  };
}

function toBeFocused(locator: Locator, who: string): Outcome {
  const active = document.activeElement;
  return about(locator, {
    pass: locator.element === active,
    fails: `${who} n’a pas le focus.`,
    holds: `${who} a encore le focus.`,
    found: active && active !== document.body ? `le focus est sur ${subjectOf(active)}` : "le focus n’est nulle part",
  });
}

function toBeChecked(locator: Locator, who: string): Outcome {
  const element = locator.element as Field;
  const checked = agree("coché", locator.noun);
  return about(locator, {
    pass: "checked" in element ? element.checked : locator.attribute("aria-checked") === "true",
    fails: `${who} n’est pas ${checked}.`,
    holds: `${who} est encore ${checked}.`,
  });
}

function toBeEnabled(locator: Locator, who: string): Outcome {
  const element = locator.element;
  const disabled = agree("désactivé", locator.noun);
  return about(locator, {
    pass: !element.matches(":disabled") && locator.attribute("aria-disabled") !== "true",
    fails: `${who} est ${disabled}.`,
    holds: `${who} n’est pas ${disabled}.`,
  });
}

function toHaveValue(locator: Locator, who: string, value: Text | number): Outcome {
  const found = (locator.element as Field).value ?? "";
  const text = value instanceof RegExp ? value : String(value);
  return about(locator, {
    pass: text instanceof RegExp ? matches(found, text) : found === text,
    fails: `${who} n’a pas la valeur attendue.`,
    holds: `${who} a encore cette valeur.`,
    expected: wanted(text),
    found: found ? quote(found) : "aucune valeur",
  });
}

function toComeBefore(locator: Locator, who: string, next: Locator): Outcome {
  const after = other(next, "toComeBefore");
  const order = locator.element.compareDocumentPosition(after.element);
  return about(locator, {
    pass: Boolean(order & Node.DOCUMENT_POSITION_FOLLOWING),
    fails: `${who} ne vient pas avant ${after.subject}.`,
    holds: `${who} vient avant ${after.subject}.`,
  });
}

function toLinkTo(locator: Locator, who: string, address: string): Outcome {
  const element = locator.element as HTMLAnchorElement;
  const written = element.getAttribute("href");
  const right = written !== null && target(written) === target(address);
  const lost = right ? lostTarget(element) : "";
  const wrong = written === null ? "n’a pas d’attribut href" : "ne mène pas à la bonne adresse";
  return about(locator, {
    pass: right && !lost,
    fails: lost || `${who} ${wrong}.`,
    holds: `${who} mène encore à cette adresse.`,
    expected: lost ? "un fichier de ce nom dans le site" : `href="${address}"`,
    found: lost ? "aucun" : written === null ? "pas d’adresse" : `href="${written}"`,
  });
}

/** A full address; that of a folder is the address of its index.html. */
function target(address: string): string {
  const url = new URL(address, document.baseURI);
  url.pathname = url.pathname.replace(/\/$/, "/index.html");
  return url.href;
}

/** Why the right address leads nowhere in the site; "" when it does lead somewhere. */
function lostTarget(link: HTMLAnchorElement): string {
  if (link.host !== location.host) return "";
  const path = decodeURIComponent(link.pathname).slice(1).replace(/(^|\/)$/, "$1index.html");
  if (!setting.paths.includes(path)) return `L’adresse est la bonne, mais le fichier “${path}” n’existe pas.`;
  const id = decodeURIComponent(link.hash.slice(1));
  if (!id || link.pathname !== location.pathname || document.getElementById(id)) return "";
  return `L’adresse est la bonne, mais aucun élément n’a l’identifiant “${id}”.`;
}

export const elementMatchers: Matchers<Locator> = {
  toExist,
  toHaveCount,
  toHaveText,
  toContainText,
  toHaveAttribute,
  toHaveClass,
  toHaveRole,
  toHaveAccessibleName,
  toBeVisible,
  toBeFocused,
  toBeChecked,
  toBeEnabled,
  toHaveValue,
  toComeBefore,
  toLinkTo,
};
