"""The built validator, and the French of real Chromium errors, in a real page."""

import os
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest

from codephenix.browser.launch import find_chromium

pytestmark = pytest.mark.browser

VALID = """<!-- carte.html -->
<!DOCTYPE html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <title>Ma carte</title>
</head>
<body>
  <h1>Samira</h1>
  <ul><li>Lire<li>Cuisiner</ul>
</body>
</html>
"""

# What a beginner runs, and words of what the learner reads.
DOM_ERRORS = [
    ("document.querySelector('#absent').addEventListener('click', f)", "« addEventListener » à une valeur vide"),
    ("document.querySelector('p[')", "Le sélecteur « p[ » est mal écrit."),
    ("document.querySelector('')", "Le sélecteur est vide."),
    ("document.getElementById()", "« getElementById » attend 1 valeur(s)"),
    ("document.body.appendChild('texte')", "« appendChild » attend un élément de la page"),
    ("document.body.appendChild(document.documentElement)", "ne peut pas entrer dans lui-même"),
    ("document.body.removeChild(document.createElement('p'))", "n’est pas dans ce parent"),
    ("document.body.addEventListener('click', 5)", "« addEventListener » attend une fonction."),
    ("document.createElement('<p>')", "« <p> » n’est pas un nom de balise."),
    ("document.body.classList.add('a b')", "Donnez les classes une par une"),
    ("document.body.setAttribute('a b', 'c')", "« a b » n’est pas un nom permis ici."),
    ("document.querySelectorAll('p').map((p) => p)", "Une liste d’éléments n’a pas de fonction « map »."),
    ("document.body.children.forEach((p) => p)", "Une liste d’éléments n’a pas de fonction « forEach »."),
    ("document.getElementByID('a')", "Vouliez-vous dire « getElementById » ?"),
    ("const $ = document.querySelector; $('p')", "La méthode est séparée de son objet."),
    ("localStorage.setItem('a', 'b')", "Le navigateur ferme cet accès"),
    ("new URL('abc')", "L’adresse n’est pas complète."),
    ("document.createElement('video').volume = 5", "hors des limites"),
    ("fetch('absent.json')", "Un fichier n’a pas pu être chargé."),
    ("fetch('data:,').then((answer) => answer.json())", "Le texte JSON est vide"),
    ("new Audio('absent.mp3').play()", "Un fichier n’a pas pu être chargé."),
    ("import('absent')", "L’adresse du module « absent » est incomplète."),
    ("Promise.reject(new Error('raté'))", "Une promesse a échoué : « raté »."),
]


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def validate(chromium):
    """``validateHtml`` of the built asset, in a page that answers at once or not at all."""
    page = chromium.new_page()
    page.add_script_tag(content=files("codephenix").joinpath("assets/validator.js").read_text("utf-8"))
    yield lambda source, path="carte.html": page.evaluate(
        "([source, path]) => validateHtml(source, path)", [source, path]
    )
    page.close()


@pytest.fixture(scope="module")
def preview(chromium, root):
    """A sandboxed frame, as the preview of a learner, with ``french.explainError``."""
    esbuild = root / "web/node_modules/esbuild/bin/esbuild"
    if not esbuild.exists():
        pytest.skip("esbuild is needed to bundle the French messages: run npm install in web/")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # node is there
    arguments = ["--bundle", "--format=iife", "--global-name=french", "--charset=utf8"]
    command = [str(esbuild), str(root / "web/src/french/errors.ts"), *arguments]
    bundle = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PATH": path})
    page = chromium.new_page()
    page.route("**/*", lambda route: route.abort())
    page.set_content('<iframe sandbox="allow-scripts" srcdoc="<!DOCTYPE html><title>a</title><p>b</p>"></iframe>')
    frame = page.frames[1]
    frame.evaluate(f"() => {{ {bundle.stdout.decode()}; globalThis.french = french; }}")
    yield frame
    page.close()


PROVOKE = """code => new Promise((done) => {
  const explain = (text) => done(french.explainError(text));
  addEventListener("error", (event) => explain(event.message), { once: true });
  addEventListener("unhandledrejection", (event) => explain(`Uncaught (in promise) ${event.reason}`), { once: true });
  const script = document.createElement("script");
  script.textContent = `{ ${code} }`;
  document.head.append(script);
})"""


def pages(root, pattern):
    """Name, source and what follows the name, of each page of ``web/tests/pages`` (one after each line ``====``)."""
    for path in sorted((root / "web/tests/pages").glob(pattern)):
        for part in path.read_text("utf-8").split("\n==== ")[1:]:
            title, _, source = part.partition("\n")
            name, *wanted = title.split(" | ")
            yield f"{path.stem}: {name}", source.rstrip("\n"), wanted


def test_the_valid_pages_of_the_front_end_have_no_problem_in_a_browser(validate, root):
    found = {name: validate(source) for name, source, _ in pages(root, "valid/*.txt")}
    assert len(found) >= 150
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_the_faults_of_beginners_are_told_alike_in_a_browser(validate, root):
    checked = 0
    for name, source, wanted in pages(root, "faulty/*.txt"):
        told = [(f"{one['rule']} {one['line']}", one["message"].replace("\u00a0", " ")) for one in validate(source)]
        assert [words for pair in told for words in pair] == wanted, name
        checked += 1
    assert checked >= 100


def test_a_valid_page_has_no_problem(validate):
    assert validate(VALID) == []


def test_the_answer_is_synchronous(validate, chromium):
    page = chromium.new_page()
    page.add_script_tag(content=files("codephenix").joinpath("assets/validator.js").read_text("utf-8"))
    assert page.evaluate("Array.isArray(validateHtml('<p>a</p>', 'a.html'))")
    page.close()


def test_an_unclosed_tag_is_one_problem_in_french(validate):
    source = VALID.replace("<h1>Samira</h1>", "<h1>Samira")
    assert validate(source) == [
        {
            "rule": "unclosed",
            "message": "La balise <h1> ouverte ligne 9 n’est pas fermée.",
            "advice": "Ajoutez </h1> à la fin du titre.",
            "line": 9,
            "column": 3,
        }
    ]


def test_html_validate_is_in_the_asset(validate):
    assert [problem["rule"] for problem in validate('<p><img src="a.png"></p>')] == ["wcag/h37"]


def test_a_page_of_four_hundred_elements_is_checked_within_a_second(validate):
    source = VALID.replace("<h1>", "<p>a <em>b</em></p>\n" * 200 + "<h1>")
    validate(source)  # the first run compiles the code
    start = time.perf_counter()
    assert validate(source) == []
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(("code", "words"), DOM_ERRORS)
def test_a_real_error_of_the_page_is_explained(preview, code, words):
    explained = preview.evaluate(PROVOKE, code)
    text = f"{explained['message']} {explained['advice']}".replace("\u00a0", " ")
    assert words in text
