// Real V8 errors: each snippet is run, and what it throws is explained.
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { explainError } from "../src/french/errors.ts";
import { ERRORS } from "../src/french/table.ts";

function provoke(code: string): string {
  const sandbox = vm.createContext({ console: { log: () => undefined } });
  try {
    vm.runInContext(code, sandbox, { timeout: 1000 });
  } catch (error) {
    return String(error);
  }
  throw new Error(`Nothing was thrown by: ${code}`);
}

const plain = (text: string) => text.replaceAll("\u00A0", " ");

const PROVOKED: [code: string, words: string][] = [
  ["compteur + 1", "Le nom « compteur » n’existe pas ici."],
  ["consol.log(1)", "Vouliez-vous dire « console » ?"],
  ["Document.querySelector('p')", "Vouliez-vous dire « document » ?"],
  ["prix; let prix = 1", "« prix » est utilisé avant la ligne qui le crée."],
  ["const prix = 1; prix = 2", "valeur d’une constante"],
  ["let prix = 1; let prix = 2", "Le nom « prix » est déjà pris."],
  ["function menu() {} let menu", "Le nom « menu » est déjà pris."],
  ["const prix;", "Une constante n’a pas reçu de valeur."],
  ["null.addEventListener('click')", "Le code demande « addEventListener » à une valeur vide (null)."],
  ["let titre = null; titre.textContent = 'a'", "Le code demande « textContent » à une valeur vide (null)."],
  ["let a = {}; a.b.c", "Le code demande « c » à une valeur qui n’existe pas (undefined)."],
  ["let a = []; a[0].nom = 1", "Le code demande « nom » à une valeur qui n’existe pas"],
  ["let a; const { nom } = a", "Impossible de lire « nom »"],
  ["const f = ({ nom }) => nom; f(null)", "Impossible de lire « nom »"],
  ["Object.keys(null)", "valeur vide (null ou undefined)"],
  ["[].concat.call(null)", "valeur vide (null ou undefined)"],
  ["let total = 1; total()", "« total » n’est pas une fonction."],
  ["let a = {}; a.afficher()", "« a » n’a pas de fonction « afficher »."],
  ["'a'.toUppercase()", "Vouliez-vous dire « toUpperCase » ?"],
  ["console.Log(1)", "Vouliez-vous dire « log » ?"],
  ["[1].forEach('x')", "n’est pas une fonction"],
  ["new Promise(5)", "5 n’est pas une fonction"],
  ["class Carte {} Carte()", "La classe « Carte » est appelée sans new."],
  ["Map()", "La classe « Map » est appelée sans new."],
  ["Promise()", "La classe « Promise » est appelée sans new."],
  ["const f = () => {}; new f()", "« f » ne peut pas être créé avec new."],
  ["function f() { f() } f()", "Une fonction s’appelle elle-même sans fin."],
  ["for (const a of 5) {}", "La valeur 5 n’est pas une liste"],
  ["let a = {}; for (const b of a) {}", "La valeur « a » n’est pas une liste"],
  ["new Set(5)", "La valeur 5 n’est pas une liste"],
  ["Math.max(...5)", "n’est pas une liste"],
  ["new Array(-1)", "La longueur du tableau"],
  ["'a'.repeat(-1)", "hors des limites"],
  ["(1.5).toFixed(200)", "hors des limites"],
  ["(1).toString(99)", "hors des limites"],
  ["new Date(NaN).toISOString()", "La date n’est pas valide."],
  ["[].reduce((a, b) => a)", "reduce est appelé sur un tableau vide."],
  ["'use strict'; Object.freeze({ a: 1 }).a = 2", "La propriété « a » ne peut pas être changée."],
  ["'use strict'; Object.freeze([1]).push(2)", "La propriété 1 ne peut pas être changée."],
  ["'use strict'; ({ get a() { return 1 } }).a = 1", "La propriété « a » ne peut pas être changée."],
  ["let o = {}; o.o = o; JSON.stringify(o)", "L’objet se contient lui-même"],
  ["JSON.parse('')", "vide ou s’arrête trop tôt"],
  ["JSON.parse('<!DOCTYPE html>')", "une page HTML, pas du JSON"],
  ["JSON.parse(undefined)", "JSON.parse attend un texte"],
  ["JSON.parse({})", "JSON.parse attend un texte"],
  ["JSON.parse('{a: 1}')", "sans guillemets droits"],
  ["JSON.parse('{\"a\": 1,}')", "une virgule est en trop"],
  ["JSON.parse('{\"a\" 1}')", "il manque « ':' »"],
  ["JSON.parse('[1 2]')", "il manque « ',' » « ] »"],
  ["JSON.parse('abc')", "Le texte JSON est mal écrit."],
  ["console.log('l'eau')", "une apostrophe ferme-t-elle le texte trop tôt ?"],
  ["alert('bonjour'", "Il manque une parenthèse"],
  ["/(/", "Une expression régulière"],
  ["new RegExp('a', 'zz')", "Une expression régulière"],
  ["let a = 'bonjour", "Un signe est inattendu, ou un texte n’est pas fermé."],
  ["let a = “bonjour”", "(“ ” ’ –)"],
  ["let a = `bonjour", "Le code s’arrête trop tôt"],
  ["if (true) {", "Le code s’arrête trop tôt"],
  ["}", "Le signe « } » est en trop, ou arrive trop tôt."],
  ["console.log('a'));", "Le signe « ) » est en trop"],
  ["<h1>Bonjour</h1>", "du HTML dans du JavaScript"],
  ["else {}", "« else » arrive sans le bloc qui le précède."],
  ["export const a = 1", "que dans un module"],
  ["import a from 'b'", "que dans un module"],
  ["let a == 1", "« == » n’est pas attendu à cet endroit."],
  ["if (a { }", "« { » n’est pas attendu à cet endroit."],
  ["let class = 1", "« class » n’est pas attendu"],
  ["let let = 1", "réservé au langage"],
  ["enum = 1", "réservé au langage"],
  ["fonction calcul() {}", "Le nom « calcul » n’est pas attendu"],
  ["let prenom nom = 2", "Le nom « nom » n’est pas attendu"],
  ["'a' 'b'", "Un texte n’est pas attendu"],
  ["let a = 5 5", "Un nombre n’est pas attendu"],
  ["let a = { b = 1 }", "Dans un objet, le signe = n’est pas accepté."],
  ["1 = 2", "à gauche de ="],
  ["1++", "à gauche de ="],
  ["let a = #b", "« #b » n’est pas déclaré dans une classe."],
  ["function () {}", "La fonction n’a pas de nom."],
  ["return 1", "return est écrit hors d’une fonction."],
  ["break", "« break » est écrit hors d’une boucle."],
  ["continue", "« continue » est écrit hors d’une boucle."],
  ["try { }", "Un bloc try n’a pas de catch."],
  ["await fetch('a')", "await est écrit hors d’une fonction async."],
  ["if (1) let a = 1", "Une déclaration suit if"],
];

for (const [code, words] of PROVOKED) {
  test(`explained: ${code}`, () => {
    const { message, advice } = explainError(provoke(code));
    assert.ok(plain(`${message} ${advice}`).includes(words), `${message} ${advice}`);
  });
}

test("at least 60 real errors are provoked and at least 60 patterns known", () => {
  assert.ok(PROVOKED.length >= 60 && ERRORS.length >= 60);
});

test("the prefixes of the console do not matter", () => {
  const [bare, named] = ["compteur is not defined", "ReferenceError: compteur is not defined"].map(explainError);
  assert.deepEqual(bare, named);
  assert.deepEqual(named, explainError("Uncaught ReferenceError: compteur is not defined"));
  assert.deepEqual(named, explainError("Uncaught (in promise) ReferenceError: compteur is not defined\n    at a.js:1:1"));
});

test("an error of the learner's own keeps its text, even when it looks like one of V8", () => {
  const text = provoke("throw new Error('x is not defined')");
  assert.match(explainError(text).message, /Le code a lancé une erreur.*x is not defined/);
});

test("the name of a class keeps the space before its dot", () => {
  const text = "SyntaxError: Failed to execute 'querySelector' on 'Document': '# surface' is not a valid selector.";
  assert.match(explainError(text).advice, /Écrivez \.nom pour une classe/);
});

test("a rejected promise says so", () => {
  assert.match(explainError("Uncaught (in promise) raté").message, /promesse a échoué.*raté/);
});

test("a text nobody knows is quoted, and the sentence around it is French", () => {
  const { message, advice } = explainError("TypeError: Frobnication of the widget");
  assert.match(message, /^Une valeur n’est pas de la sorte attendue\u00A0: «\u00A0Frobnication of the widget\u00A0»\.$/);
  assert.match(advice, /formateur/);
});

test("an empty text is still a French sentence", () => {
  assert.match(explainError("").message, /sans texte/);
});

test("very long names are cut", () => {
  assert.ok(explainError(`ReferenceError: ${"a".repeat(5000)} is not defined`).message.length < 200);
});

test("dollars in the learner's names are kept", () => {
  assert.match(explainError(provoke("$1 + 1")).message, /«\u00A0\$1\u00A0»/);
});

test("French typography: no-break spaces and curved apostrophes", () => {
  for (const [, message, advice] of ERRORS) {
    const text = `${message} ${advice}`;
    assert.doesNotMatch(text, /[^\u00A0]»|«[^\u00A0]|[\wéà)] [;:!?](?: |$)|[a-zé]'[a-zé]/, text);
  }
});

test("every sentence ends with a full stop or a question mark", () => {
  for (const [, message, advice] of ERRORS) {
    assert.match(message, /[.?]$/);
    assert.match(advice, /[.?]$/);
  }
});
