"""Each content rule, seen to fire on a bad example and to stay silent on a good one."""

import base64
import json

import pytest
from assignments import PAGE, PAGE_TESTS, cell, notebook

from codephenix import mockups, notebooks
from codephenix.checks import Notebook, check_exercises, check_form, check_lesson, check_submissions, check_week
from codephenix.syllabus import loads

pytestmark = pytest.mark.browser

GOOD = [
    cell("# La carte\n\nVous écrivez la carte d’une boulangerie.", "titre", "markdown"),
    cell("## Exercice 1\u00a0: la carte", "carte", "markdown"),
    cell(PAGE, "ecrire-carte", solution=True),
    cell(PAGE_TESTS, "test-ecrire-carte", grade=True, locked=True, points=4),
    cell(
        "<details><summary>Indice 1</summary>\n\nQuelle balise écrit un titre\u00a0?\n\n</details>\n\n"
        "<details><summary>Indice 2</summary>\n\nLa balise du titre est `<h1>`.\n\n</details>\n\n"
        "<details><summary>Indice 3\u00a0: l’exercice jumeau</summary>\n\n```html\n<h1>La poste</h1>\n```\n\n</details>",
        "carte-indices",
        "markdown",
    ),
]


def made(*cells, given=None):
    text = notebooks.format_text(json.dumps(notebook(*cells)), "carte.ipynb")
    return Notebook("source/s99/carte.ipynb", text, (given or {}).get)


def changed(identifier, old, new):
    """The good notebook with one replacement in one cell."""
    cells = [json.loads(json.dumps(each)) for each in GOOD]
    target = next(each for each in cells if each["id"] == identifier)
    assert old in target["source"]
    target["source"] = target["source"].replace(old, new)
    return made(*cells)


def codes(problems):
    return {problem.code for problem in problems}


def test_a_good_notebook_breaks_no_rule(browser):
    assert list(check_exercises(made(*GOOD), browser.run)) == []


def test_a_link_to_a_page_of_the_help_breaks_no_rule():
    links = "[nav](#aide:nav), [title](#aide:attributes/title), [type](#aide:input%20type). Vous"
    assert list(check_form(changed("titre", "Vous", links))) == []


@pytest.mark.parametrize(
    ("code", "identifier", "old", "new"),
    [
        ("C05", "ecrire-carte", "À vous : écrivez un titre et un paragraphe.", "Le titre."),
        ("C05", "ecrire-carte", "<!-- END SOLUTION -->", ""),
        ("C06", "carte-indices", "<details>", "<p>"),
        ("C08", "titre", "Vous", "![](images/absent.png) Vous"),
        ("C08", "ecrire-carte", "<p>Du pain chaud.</p>", '<p>Du pain.</p><img alt="x" src="//exemple.fr/a.png">'),
        ("C09", "titre", "d’une", "d'une"),
        ("C09", "titre", "boulangerie.", "boulangerie !"),
        ("C09", "titre", "boulangerie.", "boulangerie « du port »."),
        ("C29", "titre", "Vous", "[nav](#aide:navv) Vous"),
        ("C29", "titre", "Vous", "[nav](aide:nav) Vous"),
        ("C10", "test-ecrire-carte", "{ points: 2 }", "{ points: 3 }"),
        ("C11", "ecrire-carte", "<!-- BEGIN SOLUTION -->", "<h1>a</h1><p>b</p>\n<!-- BEGIN SOLUTION -->"),
        ("C12", "ecrire-carte", "<p>Du pain chaud.</p>", "Du pain."),
        ("C13", "ecrire-carte", "<!-- BEGIN SOLUTION -->", "<p>Du pain chaud.</p>\n<!-- BEGIN SOLUTION -->"),
    ],
)
def test_a_broken_rule_is_reported(browser, code, identifier, old, new):
    found = codes(check_exercises(changed(identifier, old, new), browser.run))
    assert code in found, found


def test_a_notebook_with_outputs_is_not_canonical():
    content = notebook(*GOOD)
    assert "C01" in codes(check_form(Notebook("a.ipynb", json.dumps(content))))


@pytest.mark.parametrize(
    ("identifier", "grade_id"), [("test-ecrire-carte", "test-autre-chose"), ("ecrire-carte", "Carte")]
)
def test_a_bad_grade_id_is_reported(browser, identifier, grade_id):
    cells = [json.loads(json.dumps(each)) for each in GOOD]
    target = next(each for each in cells if each["id"] == identifier)
    target["metadata"]["nbgrader"]["grade_id"] = grade_id
    assert "C04" in codes(check_exercises(made(*cells), browser.run))


def test_a_lesson_cell_that_fails_is_reported(browser):
    bad = cell("<!-- ../dehors.html -->\n<p>", "page")
    assert codes(check_lesson(made(GOOD[0], bad), browser.run)) == {"C14", "C20"}
    good = cell("<!-- page.html -->\n<p>Bonjour</p>", "page")
    assert codes(check_lesson(made(GOOD[0], good), browser.run)) == {"C20"}


PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==")
MOCKUP = mockups.write(PNG, {"whole": True, "zones": [{"name": "h1", "x": 0, "y": 0, "width": 1, "height": 1}]})
COMPARISON = "# carte.comparaison.yaml\nquestion: Est-ce pareil ?\npage: carte.html\nmockups: [images/a.png]"


def compared(source, *, given=None, after=False):
    page, activity = cell(PAGE, "ecrire-carte", solution=True), cell(source, "comparer-carte")
    cells = (activity, page) if after else (page, activity)
    notebook = made(*cells, given={"images/a.png": MOCKUP} if given is None else given)
    return [problem.text for problem in check_form(notebook) if problem.code == "C30"]


def test_a_comparison_whose_page_and_mockup_are_there_breaks_no_rule():
    assert compared(COMPARISON) == []
    folder = {"images/a.png": MOCKUP, "mon-site/index.html": b"", "mon-site/menu.html": b""}
    assert compared(COMPARISON.replace("carte.html", "mon-site/menu.html"), given=folder) == []


@pytest.mark.parametrize(
    ("words", "source", "given"),
    [
        ("introuvable", COMPARISON, {}),
        ("n’est pas une image PNG entière", COMPARISON, {"images/a.png": b"GIF89a"}),
        ("n’est pas une image PNG entière", COMPARISON, {"images/a.png": MOCKUP[:-12]}),
        ("aucun bloc n’y est écrit", COMPARISON, {"images/a.png": PNG}),
        ("même largeur, 1 px", COMPARISON.replace("a.png", "a.png, b.png"), dict.fromkeys(("images/a.png", "b.png"), MOCKUP)),
        ("aucune cellule au-dessus n’écrit la page", COMPARISON.replace("carte.html", "menu.html"), None),
        ("aucune cellule au-dessus n’écrit la page", COMPARISON.replace("carte.html", "mon-site/menu.html"), None),
    ],
)  # fmt: skip
def test_what_a_comparison_misses_is_said(words, source, given):
    (said,) = compared(source, given=given)
    assert words in said


def test_a_comparison_above_its_page_is_said():
    (said,) = compared(COMPARISON, after=True)
    assert "déplacez la cellule" in said


def test_a_lesson_gives_eight_cards_to_the_review(root, browser):
    text = (root / "tests/checks/course/course/s01-essai/01-carte.txt").read_text("utf-8")

    def said(text):
        lesson = notebooks.dumps(notebooks.from_plain_text(text, "01-carte.txt"))
        return [problem.text for problem in check_lesson(Notebook("01-carte.ipynb", lesson), browser.run)]

    assert said(text) == []
    assert said(text.replace('  - {id: c-huit, front: "Huit ?", back: Huit.}\n', "")) == [
        "7 carte(s) de révision, il en faut 8."
    ]


PROOF = """
[[variants]]
name = "a"
source = '''<!-- carte.html -->
<h1 id=a>Bonjour</h1><p>Oui'''
[[variants]]
name = "b"
source = '''<!-- carte.html -->
<H1>Bonjour</H1>
<P>Oui</P>'''
[[mistakes]]
name = "vide"
message = "La page porte un titre"
source = "<!-- carte.html -->"
[[mistakes]]
name = "deux-titres"
message = "La page porte un titre"
source = "<!-- carte.html --><h1>a</h1><h1>b</h1>"
[[mistakes]]
name = "sans-paragraphe"
message = "La page porte un paragraphe"
source = "<!-- carte.html --><h1>a</h1>"
"""


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("", "", ""),
        ("C15", "<H1>Bonjour</H1>", "<H2>Bonjour</H2>"),
        ("C15", '[[variants]]\nname = "b"', '[[mistakes]]\nmessage = "x"\nname = "b"'),
        ("C16", "<h1>a</h1><h1>b</h1>", "<h1>a</h1><p>b</p>"),
        ("C16", 'message = "La page porte un paragraphe"', 'message = "autre chose"'),
        ("C15", "[[variants]]", "[[variants"),
    ],
)
def test_variants_and_mistakes_are_proved(browser, code, old, new):
    found = codes(check_submissions(made(*GOOD), "carte", PROOF.replace(old, new) if old else PROOF, browser.run))
    assert found == ({code} if code else set()) or (code == "C15" and code in found)


def test_an_unknown_exercise_is_reported(browser):
    assert "C02" in codes(check_submissions(made(*GOOD), "absent", PROOF, browser.run))


def test_the_manifest_and_the_folders_agree():
    week = loads(
        '[[weeks]]\nslug="s99"\ntitle="x"\nstatus="ready"\nhours=20\n[[weeks.lessons]]\nslug="01-a"\ntitle="a"\n'
        'objective="b"\nminutes=45\nnotebook="01-a"\n'
    ).weeks[0]
    assert list(check_week(week, ["01-a"], ["01-a"])) == []
    assert codes(check_week(week, ["01-a", "02-b"], ["01-a"])) == {"C02"}
    assert codes(check_week(week, ["01-a"], [])) == {"C02"}
