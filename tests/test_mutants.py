"""Mutants of small exercises in a real browser: what is noticed, what is not, and what is no fault at all."""

import json

import pytest
from assignments import PAGE, PAGE_TESTS, STYLE, STYLE_PAGE, STYLE_TESTS, cell, notebook
from websites import write_site

from codephenix import cli, notebooks
from codephenix.checks import Notebook
from codephenix.folder import Folder
from codephenix.mutants import Fate, check_score, exercise_of, score
from codephenix.mutation import Laboratory

pytestmark = pytest.mark.browser

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
VARIANT = """
[[variants]]
name = "autre-titre"
source = '''
<!-- carte.html -->
<h1>Chez Rosa</h1>
<p>Du pain chaud.</p>
'''
"""


def exercise(solution, tests, proofs="", given=""):
    cells = [cell(given, "ville-donnees")] if given else []
    made = notebook(
        cell("## Exercice", "carte", "markdown"),
        *cells,
        cell(solution, "ecrire-carte", solution=True),
        cell(tests, "test-ecrire-carte", grade=True, locked=True, points=4),
    )
    text = notebooks.format_text(json.dumps(made), "carte.ipynb")
    return exercise_of(Notebook("source/s99/carte.ipynb", text, {"lyon.svg": SVG}.get), "carte", proofs)


@pytest.fixture
def laboratory(browser):
    with Laboratory(browser) as opened:
        yield opened


def fates(report, fate):
    return {mutant.change for mutant, found in report.fates if found is fate}


def test_tests_that_look_at_everything_kill_and_the_others_let_live(laboratory):
    report = laboratory.report(exercise(PAGE, PAGE_TESTS))
    assert "retirer <h1>La boulangerie" in fates(report, Fate.KILLED)
    assert "vider le texte “Du pain chaud.”" in fates(report, Fate.KILLED)
    assert "vider le texte “La boulangerie”" in fates(report, Fate.SURVIVED)
    problems = [str(problem) for problem in report.problems()]
    assert any(
        "ecrire-carte" in line and "carte.html, ligne 4" in line and "vider le texte" in line for line in problems
    )
    assert {problem.code for problem in check_score("s99", [report])} == {"C17"}
    assert score([report]) < 0.95


def test_an_end_tag_that_html_lets_one_omit_is_no_fault(laboratory):
    report = laboratory.report(exercise(PAGE, PAGE_TESTS))
    assert fates(report, Fate.EQUIVALENT) == {"ne pas fermer <p>Du pain chaud."}


def test_an_element_left_open_does_not_end_in_the_starter(laboratory):
    page = (
        "<!-- carte.html -->\n<!-- BEGIN SOLUTION -->\n<textarea></textarea>\n<!-- END SOLUTION -->\n"
        "<!-- BEGIN STARTER\n<textarea></textarea>\nEND STARTER -->\n<p>Fin</p>"
    )
    tests = '// carte.test.js\ntest("La fin est là", () => expect(page.locator("p")).toHaveText("Fin"));'
    assert "ne pas fermer <textarea>" in fates(laboratory.report(exercise(page, tests)), Fate.KILLED)


def test_what_a_variant_replaces_is_the_learners_own(laboratory):
    made = laboratory.report(exercise(PAGE, PAGE_TESTS)).fates
    free = laboratory.report(exercise(PAGE, PAGE_TESTS, VARIANT)).fates
    assert {mutant.change for mutant, _ in made} - {mutant.change for mutant, _ in free} == {
        "changer le mot “boulangerie” de “La boulangerie”"
    }


def test_a_style_without_effect_is_equivalent_and_one_that_shows_on_hover_is_not(laboratory):
    style = STYLE.replace("h1 { color: red; }", "h1 { color: red; }\nh2 { color: blue; }\nh1:hover { color: navy; }")
    report = laboratory.report(exercise(style, STYLE_TESTS, given=STYLE_PAGE))
    assert "changer red de color en purple dans h1" in fates(report, Fate.KILLED)
    assert "retirer color: blue dans h2" in fates(report, Fate.EQUIVALENT)
    assert "retirer color: navy dans h1:hover" in fates(report, Fate.SURVIVED)


def test_an_endless_mutant_is_killed_and_the_others_go_on(laboratory):
    page = '<!-- carte.html -->\n<p>Total</p>\n<script src="carte.js"></script>'
    script = (
        "// carte.js\n// À vous : comptez.\n// BEGIN SOLUTION\nlet n = 0;\nwhile (n < 3) {\n  n += 1;\n}\n"
        "document.querySelector('p').textContent = n;\n// END SOLUTION"
    )
    tests = '// carte.test.js\ntest("Le total est 3", () => expect(page.locator("p")).toHaveText("3"));'
    report = laboratory.report(exercise(script, tests, given=page))
    assert {"retirer n += 1;", "changer += en -= dans n += 1", "changer 3 en 4"} <= fates(report, Fate.KILLED)
    assert fates(report, Fate.SURVIVED) == {"changer 0 en 1"}  # 3 all the same


def test_a_reason_admits_a_survivor_and_a_stale_reason_is_a_problem(laboratory):
    listed = '[[survivors]]\nmutant = "vider le texte “La boul*"\nreason = "Le titre est libre."\n'
    stale = '[[survivors]]\nmutant = "retirer <h9>"\nreason = "Rien."\n'
    bare = laboratory.report(exercise(PAGE, PAGE_TESTS))
    report = laboratory.report(exercise(PAGE, PAGE_TESTS, listed + stale))
    assert {mutant.change for mutant in bare.unlisted} - {mutant.change for mutant in report.unlisted} == {
        "vider le texte “La boulangerie”"
    }
    assert [problem.text for problem in report.problems() if "retirer <h9>" in problem.text]
    assert score([report]) == score([bare])  # a reason explains, it does not count as seen


def test_one_exercise_of_the_course_from_the_command_line(root, capsys):
    assert cli.main(["--root", str(root), "mutate", "recette-soupe"]) == cli.FINE
    said = capsys.readouterr().out
    assert "recette-soupe\u00a0: 36 sur 36 (100\u00a0%)" in said


def test_tests_that_refuse_the_solution_prove_nothing(laboratory):
    report = laboratory.report(exercise(PAGE.replace("<p>Du pain chaud.</p>", ""), PAGE_TESTS))
    assert report.fates == ()
    assert [problem.text for problem in report.problems()] == [
        "les tests refusent la solution elle-même. Réparez-la, puis recommencez."
    ]


def site_page(body):
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<title>Club</title>\n<link rel="stylesheet" href="css/style.css">\n'
        f"</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


STARTER = {"index.html": site_page("<p>À vous.</p>"), "css/style.css": "body { margin: 0; }\n"}
SOLUTION = {
    "index.html": site_page('<h1>Le club</h1>\n<a href="contact.html">Contact</a>\n<a href="plan.html">Plan</a>'),
    "contact.html": site_page("<address>Rennes</address>"),
    "plan.html": site_page("<h2>Le plan</h2>"),
    "css/style.css": "body { margin: 0; }\naddress { color: red; }\n",
}
HOME_TEST = """// club/index.test.js
test("Le titre", () => { expect(page.locator("h1")).toHaveText("Le club"); });"""
CONTACT_TEST = """// club/contact.test.js
test("L’adresse", () => { expect(page.locator("address")).toHaveText("Rennes"); });
test("Sa couleur", () => { expect(page.locator("address")).toHaveStyle("color", "red"); });"""


@pytest.fixture
def folder(tmp_path):
    """Two exercises on one project folder, by slug."""
    write_site(tmp_path / "club", STARTER)
    write_site(tmp_path / ".corrige" / "club", SOLUTION)
    made = notebook(
        cell("## Exercice 1", "accueil", "markdown"),
        cell(HOME_TEST, "test-accueil", grade=True, locked=True, points=1),
        cell("## Exercice 2", "contact", "markdown"),
        cell(CONTACT_TEST, "test-contact", grade=True, locked=True, points=2),
    )
    text = notebooks.format_text(json.dumps(made), "club.ipynb")
    read = Notebook("source/s99/club.ipynb", text, Folder(tmp_path).read, Folder(tmp_path / ".corrige").read)
    return lambda slug, proofs="": exercise_of(read, slug, proofs)


def test_faults_are_put_into_the_lines_of_a_folder_that_the_author_wrote(laboratory, folder):
    home, contact = (laboratory.report(folder(slug)) for slug in ("accueil", "contact"))
    assert {mutant.file for mutant, _ in home.fates} == {"club/index.html", "club/css/style.css", "club/plan.html"}
    assert {mutant.file for mutant, _ in contact.fates} == {"club/contact.html"}
    assert "retirer <h1>Le club" in fates(home, Fate.KILLED)
    assert "retirer color: red dans address" in fates(home, Fate.KILLED)  # by the tests of the other exercise
    assert "vider le texte “Le plan”" in fates(home, Fate.SURVIVED)  # a page that no test opens
    assert "retirer <address>Rennes" in fates(contact, Fate.KILLED)
    edited = {mutant.change for mutant, _ in home.fates if mutant.file != "club/plan.html"}
    assert not [change for change in edited if "margin" in change or "lang" in change or "title" in change]
    places = [problem.place for problem in home.problems()]
    assert "accueil, club/plan.html, ligne 8" in places


def test_what_a_variant_s_file_replaces_is_free_and_a_reason_names_its_file(laboratory, folder):
    other = json.dumps(SOLUTION["index.html"].replace(">Contact<", ">Nous joindre<"))
    variant = f'[[variants]]\nname = "a"\n[variants.files]\n"club/index.html" = {other}\n'
    reason = '[[survivors]]\nmutant = "*"\nfile = "club/plan.html"\nreason = "Le plan est libre."\n'
    bare, free = (laboratory.report(folder("accueil", proofs)) for proofs in ("", variant + reason))
    lost = {mutant.change for mutant, _ in bare.fates} - {mutant.change for mutant, _ in free.fates}
    assert lost == {"changer le mot “Contact” de “Contact”"}
    assert {mutant.file for mutant in bare.unlisted} == {"club/index.html", "club/plan.html"}
    assert {mutant.file for mutant in free.unlisted} == {"club/index.html"}
