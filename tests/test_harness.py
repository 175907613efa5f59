"""What authors can ask of a page, and what a beginner reads when the page is not as asked.

Each case is one line of a test and what is said: "" when it passes, else a part of
``message | expected | found | where | advice``.
"""

import json

import pytest

from codephenix.results import Verdict
from codephenix.site import File, Site

pytestmark = pytest.mark.browser

PAGE = """<!-- carte.html -->
<!DOCTYPE html>
<html lang="fr">
<head><title>Ma carte</title><style>
  body { margin: 0 }
  .boite { width: 200px; height: 100px; margin-left: 50px; background: #eee; color: #bbb; display: flex }
  .demi { width: 50%; padding: 10px; font-size: 2em; color: red !important }
  .milieu { width: 100px; margin: auto }
  .absent { display: none } .loin { position: absolute; left: -999px } .clair { opacity: 0 }
  .large { width: 1400px }
  .glisse { animation: va 1s forwards linear } @keyframes va { to { transform: translateX(100px) } }
</style></head>
<body>
<header><h1>Samira</h1>
<nav aria-label="Principale"><ul>
<li><a href="#bas">Bas</a></li>
<li><a href="autre.html">Autre</a></li>
<li><a href="perdu.html">Perdu</a></li>
</ul></nav></header>
<main>
<h2>Un <em>titre</em></h2><h3>…</h3>
<p class="carde">Bonjour   le<br>monde<script>let rien = 1;</script></p>

<div class="boite">Texte</div><div class="demi">demi</div><div class="milieu">m</div>
<p class="absent">caché</p><p class="loin">loin</p><p class="clair">clair</p>
<button id="envoi" disabled>Envoyer</button><button id="menu">Menu</button>
<label>Nom <input id="nom" value="x"></label><label for="rien">Courriel</label>
<input type="checkbox" id="cgu"><label for="cgu">J’accepte</label>
<label for="plat">Plat</label><select id="plat"><option value="1">Soupe</option><option value="2">Salade</option>
<option disabled>Gratin</option></select><select aria-label="Pain" disabled><option>Bis</option></select>
<input type="date" id="date" aria-label="Date">
<img src="chat.png" alt="Un chat"><img src="perdu.png" title="Perdu">
<div class="glisse">a</div><div class="large">l</div>
<table><tr><th>A</th><td>1</td></tr></table>
<section><p>sans nom</p></section><section aria-label="Nommée">n</section>
<titre>q</titre>
</main>
<footer id="pied">pied</footer>
<script src="carte.js"></script>
</body></html>"""

SCRIPT = """// carte.js
let clics = 0;
const panier = [1, { nom: "Café", prix: NaN }];
function ajoute(a, b) { return a + b; }
function casse() {
  return null.nom;
}
async function lente() { return new Map([["a", -0]]); }
const panneau = { titre() { return this === panneau; } };
document.getElementById("menu").addEventListener("click", (event) => {
  clics += event.isTrusted;
  setTimeout(() => { document.querySelector("footer").textContent = "après"; }, 1000);
});
document.getElementById("nom").addEventListener("keydown", ({ key, shiftKey }) => console.log(key, shiftKey));
document.getElementById("date").addEventListener("change", ({ target }) => console.log("date", target.value));
fetch("plats.json").then((answer) => answer.json()).then(({ nom }) => {
  document.querySelector("h3").textContent = nom;
});
"""

FILES = {
    "carte.html": PAGE,
    "carte.js": SCRIPT,
    "autre.html": '<!-- autre.html -->\n<p id="ici">ici</p>',
    "plats.json": '{"nom": "Soupe"}',
    "chat.png": "",
}

FINDING = {
    'expect(page.getByRole("heading", { level: 1 })).toExist()': "",
    'expect(page.getByRole("heading", { level: 4 })).toExist()': "La page n’a aucun titre de niveau 4. "
    "Elle a un titre de niveau 1, un titre de niveau 2 et un titre de niveau 3. | un titre de niveau 4 | aucun",
    'expect(page.getByRole("button", { name: "Ouvrir" })).toExist()': "La page n’a aucun bouton “Ouvrir”. "
    "Elle a un bouton “Envoyer” et un bouton “Menu”.",
    'expect(page.getByRole("button", { name: /^men/i })).toHaveCount(1)': "",
    'expect(page.getByRole("button", { name: /d[ée]part/i })).toExist()': "La page n’a aucun bouton “départ”.",
    'expect(page.getByRole("button", { name: /^x+y$/ })).toExist()': "La page n’a aucun bouton. ",
    'expect(page.getByRole("button", { name: "men", exact: false })).toHaveCount(1)': "",
    'expect(page.getByRole("region")).toHaveCount(1)': "",
    'expect(page.getByRole("rowheader")).toHaveCount(1)': "",
    'expect(page.getByRole("banner")).toExist()': "",
    'expect(page.getByRole("emphasis")).toHaveText("titre")': "",
    'expect(page.getByRole("dialog")).toExist()': "La balise <titre> n’existe pas en HTML.",
    'expect(page.getByRole("heading")).toHaveCount(1)': "La page a 3 titres : c’est trop. | 1 titre | 3 titres | "
    "carte.html, ligne 21",
    'expect(page.getByRole("heading", { level: 1 })).toHaveCount(2)': "La page a 1 titre de niveau 1.",
    'expect(page.getByRole("navigation").getByRole("link")).toHaveCount(2)': "Dans la navigation, il y a 3 liens",
    'expect(page.getByRole("navigation").getByRole("button")).toExist()': "Dans la navigation, il n’y a aucun bouton.",
    'expect(page.getByText("Bonjour le monde")).toHaveClass("carde")': "",
    'expect(page.getByText("bonjour")).toExist()': "Elle a le texte “Bonjour le monde”.",
    'expect(page.getByLabel("Nom")).toHaveValue("x")': "",
    'expect(page.getByLabel("Date")).toExist()': "",
    'expect(page.getByLabel("Prénom")).toExist()': "Elle a les étiquettes “Nom”, “Courriel” et “J’accepte”.",
    'expect(page.getByLabel("Courriel")).toExist()': "L’étiquette “Courriel” n’est liée à aucun champ.",
    'expect(page.getByAltText("Un chien")).toExist()': "une image “Un chat” et une image sans texte alternatif",
    'expect(page.getByTitle("Perdu")).toExist()': "",
    'expect(page.locator(".carte")).toExist()': "La page n’a aucun élément de classe “carte”. Elle a un élément de classe “carde”.",
    'expect(page.locator("nav > a")).toExist()': "La page n’a aucun élément <a> directement dans un élément <nav>.",
    'expect(page.locator("ul > li")).toHaveCount(2)': "La page a 3 éléments <li> directement dans un élément <ul>",
    'expect(page.locator("ul > li").nth(1)).toHaveText("x")': "L’élément <li> nº 2 directement dans un élément <ul> n’a pas",
    'expect(page.locator("main").locator("td, h6")).toHaveCount(2)': "Dans l’élément <main>, il y a 1 élément <td> ou <h6>.",
    'expect(page.locator("p:nth-child(99)")).toExist()': "La page n’a aucun élément “p:nth-child(99)”.",
    'expect(page.locator("p..")).toExist()': "qui n’est pas un sélecteur CSS",
    'expect(page.getByRole("listitem").nth(1)).toHaveText("Contact")': "L’élément de liste nº 2 n’a pas le texte attendu.",
    'expect(page.getByRole("listitem").nth(5)).toExist()': "La page n’a que 3 éléments de liste.",
    'expect(page.getByRole("listitem").last).toHaveText("Perdu")': "",
    'expect(page.getByRole("listitem").all().map((item) => item.text)).toEqual(["Bas", "Autre", "Perdu"])': "",
    'expect(page.getByRole("listitem").count).toBe(3)': "",
    'expect(page.locator("h5").text).toBe("")': "La page n’a aucun élément <h5>.",
    'expect(page.locator("h1").box.x).toBe(0)': "",
    'expect(page.locator("nav").name + page.locator("nav").role).toBe("Principalenavigation")': "",
    'expect(page.locator(".boite").style("display") + page.locator("h1").attribute("id")).toBe("flexnull")': "",
    'expect(page.title + page.lang + page.document.title).toBe("Ma cartefrMa carte")': "",
}

ELEMENTS = {
    'expect(page.locator("h1")).toHaveText("Karim")': "“Karim” | “Samira” | carte.html, ligne 14",
    'expect(page.locator("h1")).toHaveText(/^S/)': "",
    'expect(page.locator("h2")).toHaveText("Un titre")': "",
    'expect(page.locator("h1")).not.toHaveText("Samira")': "L’élément <h1> a encore ce texte.",
    'expect(page.locator(".rien")).not.toHaveText("x")': "La page n’a aucun élément de classe “rien”.",
    'expect(page.locator("h1")).toContainText("ami")': "",
    'expect(page.locator("h1")).toContainText("mira!")': "un texte qui contient “mira!”",
    'expect(page.locator("h1")).toHaveAttribute("id")': "n’a pas l’attribut id",
    'expect(page.locator("img").first).toHaveAttribute("src", "chien.png")': 'src="chien.png" | src="chat.png"',
    'expect(page.locator(".boite")).toHaveClass("carte")': 'class="carte" | class="boite"',
    'expect(page.locator("nav")).toHaveRole("main")': "n’est pas vu comme le contenu principal",
    'expect(page.locator("nav")).toHaveAccessibleName("Pied")': "“Pied” | “Principale”",
    'expect(page.locator(".absent")).toBeVisible()': "n’est pas visible",
    'expect(page.locator(".loin")).not.toBeVisible()': "",
    'expect(page.locator(".clair")).not.toBeVisible()': "",
    'expect(page.locator(".rien")).not.toBeVisible()': "",
    'expect(page.locator("h1")).not.toBeVisible()': "L’élément <h1> est encore visible.",
    'expect(page.locator("h1")).not.toExist()': "L’élément <h1> est encore dans la page.",
    'expect(page.locator("#nom")).toBeFocused()': "le focus n’est nulle part",
    'expect(page.getByLabel("J’accepte")).toBeChecked()': "n’est pas coché",
    'expect(page.locator("#envoi")).toBeEnabled()': "désactivé",
    'expect(page.locator("#nom")).toHaveValue("y")': "“y” | “x”",
    'expect(page.getByRole("link", { name: "Autre" })).toLinkTo("autre.html")': "",
    'expect(page.getByRole("link", { name: "Autre" })).toLinkTo("./autre.html")': "",
    'expect(page.getByRole("link", { name: "Autre" })).toLinkTo("contact.html")': 'href="contact.html" | href="autre.html"',
    'expect(page.getByRole("link", { name: "Perdu" })).toLinkTo("perdu.html")': "le fichier “perdu.html” n’existe pas",
    'expect(page.getByRole("link", { name: "Bas" })).toLinkTo("#bas")': "aucun élément n’a l’identifiant “bas”",
    'expect(page.locator("header")).toComeBefore(page.locator("main"))': "",
    'expect(page.locator("footer")).toComeBefore(page.locator("main"))': "ne vient pas avant l’élément <main>",
    'expect(page.locator("footer")).toComeBefore("main")': "toComeBefore attend un élément",
}

LOOKS = {
    'expect(page.locator(".demi")).toHaveStyle("color", "#f00")': "",
    'expect(page.locator(".demi")).toHaveStyle("color", "blue")': "color : blue | color : #ff0000 | carte.html, ligne 24",
    'expect(page.locator(".demi")).toHaveStyle("width", "50%")': "",
    'expect(page.locator(".demi")).toHaveStyle("font-size", "2em")': "",
    'expect(page.locator(".demi")).toHaveStyle("font-size", "3em")': "font-size : 3em | font-size : 32px",
    'expect(page.locator(".boite")).toHaveStyle("margin", "0 0 0 50px")': "",
    'expect(page.locator(".boite")).toHaveStyle("display", /flex|grid/)': "",
    'expect(page.locator(".boite")).toHaveStyle("color", "rouge")': "Le test demande color : rouge, que CSS ne connaît pas.",
    'expect(page.locator(".boite")).toHaveWidth(200)': "",
    'expect(page.locator(".boite")).toHaveWidth(300, 50)': "300 px, à 50 px près | 200 px",
    'expect(page.locator(".boite")).toHaveHeight(99)': "",
    'expect(page.locator(".boite")).toBeCentered()': "540 px de chaque côté | 50 px à gauche, 1030 px à droite",
    'expect(page.locator(".milieu")).toBeCentered()': "",
    'expect(page.locator("h1")).toBeInside(page.locator("header"))': "",
    'expect(page.locator("main")).toBeInside(page.locator("h1"))': "il dépasse de",
    'expect(page.locator("h1")).toBeAbove(page.locator("h2"))': "",
    'expect(page.locator("h1")).toBeBelow(page.locator("h2"))': "n’est pas au-dessous de l’élément <h2>",
    'expect(page.locator("#envoi")).toBeLeftOf(page.locator("#menu"))': "",
    'expect(page.locator("#envoi")).toBeRightOf(page.locator("#menu"))': "trop à gauche",
    'expect(page.locator("h1")).toHaveContrast()': "",
    'expect(page.locator(".boite")).toHaveContrast()': "un contraste d’au moins 4,5 pour 1 | 1,6 pour 1",
    'expect(page.locator(".boite")).toHaveContrast(1.5)': "",
}

PAGES = {
    "await expect(page).toBeValid()": "carte.html, ligne ",
    "await expect(page).toBeAccessible()": 'contraste de couleurs suffisant : voyez l’élément <div class="boite">',
    'expect(page).toHaveTitle("Ma carte")': "",
    'expect(page).toHaveTitle("Autre")': "“Autre” | “Ma carte” | carte.html, ligne 4",
    'expect(page).toHaveLanguage("en")': 'lang="en" | lang="fr" | carte.html, ligne 3',
    "expect(page).toHaveNoErrors()": "",
    "expect(page).not.toHaveNoErrors()": "La page n’a aucune erreur.",
    "expect(page).toLoadEverything()": "Le fichier “perdu.png” n’existe pas. | tous les fichiers demandés existent | "
    "perdu.png | carte.html, ligne 32",
    "expect(page).toFitWidth()": 'C’est l’élément <div class="large"> qui dépasse. | 1280 px au plus | 1400 px',
    'expect(page.locator("h3")).toHaveText("Soupe")': "",  # fetched at load
    'expect(page.requests.map(({ path, status }) => path + status)).toContain("plats.json200")': "",
    'expect(source("carte.js")).toContain("// carte.js")': "",
    'expect(source("rien.css")).toBe("")': "",
    'expect(source().startsWith("<!-- carte.html -->")).toBe(true)': "",
    'expect(source.withoutComments()).toContain("<!--")': "ne contient pas “<!--”",
}

VALUES = {
    'expect(12.5, "la largeur du menu").toBeGreaterThan(20)': "La largeur du menu n’est pas ce qui est attendu. "
    "| plus de 20 | 12.5",
    'expect("5").toBe(5)': "le nombre 5 | “5”",
    "expect(5).not.toBe(5)": "La valeur est encore 5.",
    'expect([1, { b: "x" }]).toEqual([1, { b: "y" }])': '[1, { b: "y" }] | [1, { b: "x" }]',
    "expect([1, 2]).toEqual([1, 2])": "",
    "expect([1, 2]).toBe([1, 2])": "La valeur",
    "expect({ a: undefined }).toEqual({ b: undefined })": "La valeur",
    "expect(0.1 + 0.2).toBeCloseTo(0.3)": "",
    "expect(0.31).toBeCloseTo(0.3)": "environ 0.3 | 0.31",
    "expect(3).toBeLessThan(3)": "moins de 3",
    'expect("abc").toMatch(/^b/)': "un texte qui commence par “b”",
    'expect("abc").toMatch(/^[bc]+$/)': "un autre texte",
    'expect("a.css").toMatch(/^(\\.\\/)?b\\.css$/)': "“b.css” | “a.css”",
    'expect("abc", "les lettres").toMatch(/\\bde\\b/i)': "Les lettres ne sont pas ce qui est attendu. | un texte qui contient “de”",
    "expect([1, 2]).toContain(4)": "La valeur ne contient pas 4.",
    'expect("abc").toHaveLength(4)': "une longueur de 4 | une longueur de 3",
    'expect("").toBeTruthy()': "La valeur",
    'rejectIf(true, "Le texte de départ est encore là.", "Remplacez-le.")': "Le texte de départ est encore là.",
    'rejectIf(false, "Non.")': "",
}

ACTIONS = {
    'await user.click(page.locator("#menu")); expect(await global("clics")).toBe(1)': "",
    'await user.doubleClick(page.locator("#menu")); expect(await global("clics")).toBe(2)': "",
    'await user.click(page.locator("#envoi"))': "est désactivé : le clic ne fait rien",
    'await user.click(page.locator(".absent"))': "n’est pas visible : on ne peut pas cliquer dessus",
    'await user.click(page.locator("#menu")); await clock.advance(1000); '
    'expect(page.locator("footer")).toHaveText("après")': "",
    # the time that a busy machine takes for the click counts as well
    'await user.click(page.locator("#menu")); await clock.advance(100); '
    'expect(page.locator("footer")).toHaveText("après")': "“pied”",
    'await clock.advance(500); expect(page.locator(".glisse").box.x > 49).toBe(true)': "",
    'await user.hover(page.locator("#menu")); expect(document.querySelector("#menu:hover")).toBeTruthy()': "",
    'await user.check(page.getByLabel("J’accepte")); expect(page.locator("#cgu")).toBeChecked()': "",
    'await user.uncheck(page.getByLabel("J’accepte")); expect(page.locator("#cgu")).not.toBeChecked()': "",
    'await user.select(page.getByLabel("Plat"), "Salade"); expect(page.getByLabel("Plat")).toHaveValue("2")': "",
    'await user.select(page.getByLabel("Plat"), "Pizza")': "n’a pas le choix “Pizza”.",
    'await user.select(page.getByLabel("Plat"), "Gratin")': "Le choix “Gratin” est désactivé : on ne peut pas le prendre.",
    'await user.select(page.getByLabel("Pain"), "Bis")': "Le champ “Pain” ne peut pas être modifié.",
    'await user.type(page.getByLabel("Nom"), "É é"); expect(page.getByLabel("Nom")).toHaveValue("xÉ é")': "",
    'await user.fill(page.getByLabel("Nom"), "Été"); expect(page.getByLabel("Nom")).toHaveValue("Été")': "",
    'await user.fill(page.getByLabel("Nom"), ""); expect(page.getByLabel("Nom")).toHaveValue("")': "",
    'await user.fill(page.getByLabel("Date"), "2026-01-02"); '
    'expect(page.console).toEqual([{ level: "log", text: "date 2026-01-02" }])': "",
    'await user.fill(page.locator("h1"), "x")': "On ne peut pas écrire dans l’élément <h1>.",
    'await user.press("Tab"); expect(page.getByRole("link").first).toBeFocused()': "",
    'await user.press("Tab"); await user.press("Tab"); expect(page.getByRole("link").first).toBeFocused()': "le focus "
    "est sur le lien “Autre”",
    'await user.click(page.locator("#nom")); await user.press("Shift+Tab"); '
    'expect(page.console).toEqual([{ level: "log", text: "Shift true" }])': "Tab true",
    'await user.press("Entrer")': "La touche « Entrer » n’existe pas.",
    'await user.click(page.getByRole("link", { name: "Autre" })); '
    'expect(page.requests.at(-1)).toEqual({ url: "http://site.localhost/autre.html", path: "autre.html", status: 200 })': "",
    "await page.setViewportSize({ width: 320, height: 600 }); expect(innerWidth).toBe(320)": "",
    'expect(await call("ajoute", 2, 3)).toBe(5)': "",
    'expect(await call("ajoute", [1], "é")).toBe("1é")': "",
    'expect(await call("ajoute", -0, undefined)).toEqual(NaN)': "",
    'expect(await call("lente")).toEqual(new Map([["a", -0]]))': "",
    'expect(await call("panneau.titre")).toBe(true)': "",
    'await call("casse")': "La fonction casse s’arrête sur une erreur. Le code demande « nom » à une valeur vide (null).",
    'await call("retire", 1)': "La fonction retire n’existe pas. | function retire(…) { … }",
    'await call("panier")': "panier n’est pas une fonction.",
    'await call("alert(1)")': "n’est pas un nom de fonction",
    'expect(await global("panier")).toEqual([1, { nom: "Café", prix: NaN }])': "",
    'await global("caddie")': "La variable caddie n’existe pas.",
}

MISTAKES = {
    'user.click(page.locator("#menu"))': "Il manque le mot await dans ce test. |  | user.click | carte.test.js, ligne 1 | "
    "Écrivez await devant user.click",
    'expect(call("ajoute", 1, 2)).toBe(3)': "Il manque le mot await",
    "expect(page).toBeValid()": "Il manque le mot await",
    'call("ajoute", 1, 2); throw new Error("x")': "Il manque le mot await",
    'page.locator("h1").parent.text': "Le code demande « text » à une valeur qui n’existe pas",
    'await Promise.all([user.hover(page.locator("h1")), user.hover(page.locator("h2"))])': "",
}


def run(browser, lines, name="carte.test.js"):
    script = "".join(f"test({json.dumps(line)}, async () => {{ {line}; }});\n" for line in lines)
    files = {path: File(path, text.encode()) for path, text in FILES.items()}
    return browser.run(Site(files), script, name).results


def said(result):
    parts = (result.message, result.expected, result.found, result.where, result.advice)
    return " | ".join(parts).replace("\u00a0", " ")


@pytest.fixture(scope="module", params=["FINDING", "ELEMENTS", "LOOKS", "PAGES", "VALUES", "ACTIONS"])
def chapter(request, browser):
    cases = globals()[request.param]
    return cases, run(browser, cases)


def test_every_line_says_what_it_should(chapter):
    cases, results = chapter
    wrong = [
        (line, expected, said(result))
        for (line, expected), result in zip(cases.items(), results, strict=True)
        if (result.verdict is Verdict.PASS) != (expected == "") or expected not in said(result)
    ]
    assert wrong == []


def test_mistakes_of_the_test_itself_are_errors(browser):
    for line, expected in MISTAKES.items():
        (result,) = run(browser, [line])
        assert expected in said(result), line
        assert result.verdict is (Verdict.ERROR if expected else Verdict.PASS)


@pytest.mark.parametrize(
    ("script", "said_"),
    [
        ("prix = ;", "script.js, ligne 2"),
        ("inconnu();", "Le nom « inconnu » n’existe pas ici."),
        ("console.error('aïe')", "La page a écrit une erreur dans la console."),
        ("Promise.reject(new Error('aïe'))", "aïe"),
        ("setTimeout(() => { null.x }, 0)", "script.js, ligne 2"),
    ],
)
def test_errors_of_the_page_are_told_in_french(browser, script, said_):
    page = b"<!DOCTYPE html><script src='script.js'></script>"
    site = Site({"a.html": File("a.html", page), "script.js": File("script.js", f"// script.js\n{script}".encode())})
    (result,) = browser.run(site, 'test("a", () => { expect(page).toHaveNoErrors(); });', "a.test.js").results
    assert result.verdict is Verdict.FAIL
    assert said_ in said(result)


def test_points_and_phrases_come_from_the_test(browser):
    script = 'test("Première", { points: 2.5 }, () => {}); test("Seconde", () => { expect(1).toBe(2); });'
    run_ = browser.run(Site({"a.html": File("a.html", b"<p>")}), script, "a.test.js")
    assert [(result.phrase, result.points) for result in run_.results] == [("Première", 2.5), ("Seconde", 1.0)]
    assert (run_.earned, run_.points) == (2.5, 3.5)


def test_valid_and_accessible_page_passes(browser):
    page = """<!-- a.html -->
<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><title>Ma page</title></head>
<body><main><h1>Bonjour</h1></main></body>
</html>
"""
    script = 'test("a", async () => { await expect(page).toBeValid(); await expect(page).toBeAccessible(); });'
    (result,) = browser.run(Site({"a.html": File("a.html", page.encode())}), script, "a.test.js").results
    assert said(result) == " |  |  |  | "
    assert result.verdict is Verdict.PASS


LIVELY = """<!-- a.html -->
<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>x</title></head><body><main><h1 id="haut">T</h1>
<form action="merci.html"><label>Nom <input name="nom" required></label><button>Envoyer</button></form>
<a href="#haut">Haut</a> <button id="charger">Charger</button> <button id="ouvrir">Ouvrir</button> <p></p>
<dialog aria-label="Aide"><p>d</p></dialog>
<script>
const p = document.querySelector("p");
let tours = 0;
setInterval(() => tours++, 1000);
document.getElementById("charger").onclick = async () => {
  p.textContent = (await (await fetch("plats.json")).json()).nom;
  requestAnimationFrame(() => { p.textContent += " !"; });
};
document.getElementById("ouvrir").onclick = () => {
  document.querySelector("dialog").showModal();
  p.textContent = prompt("Nom ?", "Zoé");
};
const charge = async () => (await (await fetch("plats.json")).json()).nom;
const minuteur = () => new Promise((resolve) => setTimeout(resolve, 300, 7));
</script></main></body></html>"""

STORIES = {
    "une requête du clic": """
      await user.click(page.locator("#charger"));
      expect(page.locator("p")).toHaveText("Soupe !");""",
    "un formulaire envoyé au clavier": """
      await user.type(page.getByLabel("Nom"), "a b");
      await user.press("Enter");
      expect(page.requests.at(-1).url).toBe("http://site.localhost/merci.html?nom=a+b");""",
    "un formulaire refusé": """
      await user.click(page.getByRole("button", { name: "Envoyer" }));
      expect(page.requests.map(({ path }) => path)).toEqual(["a.html"]);""",
    "un lien dans la page": """
      await user.click(page.getByRole("link"));
      expect(location.hash).toBe("#haut");""",
    "le temps qui passe": """
      await clock.advance(3000);
      await clock.advance(3000);
      expect(await global("tours")).toBe(6);""",
    "le temps reprend après": """
      await clock.advance(10);
      expect(await call("minuteur")).toBe(7);
      await expect(page).toBeAccessible();""",
    "une fonction qui attend": """
      expect(await call("charge")).toBe("Soupe");
      expect(await call("minuteur")).toBe(7);""",
    "une boîte de dialogue": """
      await user.click(page.locator("#ouvrir"));
      expect(page.getByRole("dialog")).toBeVisible();
      expect(page.locator("p")).toHaveText("Zoé");
      expect(page.console).toEqual([{ level: "prompt", text: "Nom ?" }]);
      await user.press("Escape");
      expect(page.locator("dialog")).not.toBeVisible();""",
}


@pytest.mark.parametrize("story", STORIES)
def test_page_that_lives(browser, story):
    files = {"a.html": LIVELY, "plats.json": FILES["plats.json"]}
    site = Site({path: File(path, text.encode()) for path, text in files.items()})
    (result,) = browser.run(site, f'test("a", async () => {{ {STORIES[story]} }});', "a.test.js").results
    assert (said(result), result.verdict) == (" |  |  |  | ", Verdict.PASS)


def test_modal_dialog_hides_what_is_behind(browser):
    site = Site({"a.html": File("a.html", LIVELY.encode())})
    script = 'test("a", async () => { for (const id of ["#ouvrir", "#charger"]) await user.click(page.locator(id)); });'
    (result,) = browser.run(site, script, "a.test.js").results
    assert "est caché derrière un autre élément : la boîte de dialogue." in said(result)
