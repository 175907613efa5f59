"""A small assignment for the tests of grading: one page, one style sheet, hidden tests."""

import json
from pathlib import Path

WEEK = "s99-essai"

PAGE = """<!-- carte.html -->
<!-- À vous : écrivez un titre et un paragraphe. -->
<!-- BEGIN SOLUTION -->
<h1>La boulangerie</h1>
<p>Du pain chaud.</p>
<!-- END SOLUTION -->"""

PAGE_TESTS = """// carte.test.js
test("La page porte un titre", () => { expect(page.getByRole("heading", { level: 1 })).toHaveCount(1); });
test("La page porte un paragraphe", { points: 2 }, () => { expect(page.locator("p")).toHaveCount(1); });
// BEGIN HIDDEN TESTS
test("Le paragraphe n’est pas vide", () => { expect(page.locator("p")).toHaveText(/\\S/); });
// END HIDDEN TESTS"""

STYLE = """/* ville.css */
/* À vous : écrivez le titre en rouge. */
/* BEGIN SOLUTION */
h1 { color: red; }
/* END SOLUTION */"""

STYLE_PAGE = (
    '<!-- ville.html -->\n<link rel="stylesheet" href="ville.css">\n<h1>Lyon</h1>\n<img src="lyon.svg" alt="Lyon">'
)

STYLE_TESTS = """// ville.test.js
test("Le titre est rouge", () => { expect(page.locator("h1")).toHaveStyle("color", "red"); });
test("L’image se charge", () => { expect(page).toLoadEverything(); });"""


COURSE = f"""
title = "Essai"
[[weeks]]
slug = "{WEEK}"
title = "Une semaine d’essai"
status = "ready"
hours = 20
  [[weeks.lessons]]
  slug = "01-carte"
  title = "La carte"
  objective = "Écrire une carte."
  minutes = 45
  notebook = "carte"
  ccp = ["CP3.1"]
  rgaa = ["8.2"]
    [[weeks.lessons.exercises]]
    slug = "carte"
    title = "La carte de la boulangerie"
    type = "create"
    minutes = 18
  [[weeks.lessons]]
  slug = "02-ville"
  title = "La ville"
  objective = "Colorer un titre."
  minutes = 45
  notebook = "ville"
    [[weeks.lessons.exercises]]
    slug = "ville"
    title = "Le titre rouge"
    type = "complete"
    minutes = 18
    ccp = ["CP3.1", "CP4.2"]
    rgaa = ["10.1"]
"""
"""``course.toml`` of that assignment."""


def cell(source, identifier, kind="code", **grading):
    made = {"cell_type": kind, "id": identifier, "metadata": {}, "source": source}
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    if grading:
        made["metadata"]["nbgrader"] = {
            "grade": False, "grade_id": identifier, "locked": False, "solution": False, "task": False,
            "schema_version": 3, "cell_type": kind,
        } | grading  # fmt: skip
    return made


def notebook(*cells):
    spec = {"display_name": "Web (HTML · CSS · JS)", "language": "html", "name": "web"}
    return {
        "cells": list(cells), "metadata": {"kernelspec": spec, "language_info": {"name": "html"}},
        "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip


def write(path: Path, content) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return path


def write_week(folder: Path) -> Path:
    """Write the assignment and return its folder."""
    week = folder / WEEK
    write(
        week / "carte.ipynb",
        notebook(
            cell("# La carte\n\nÉcrivez la carte d’une boulangerie.", "carte", "markdown"),
            cell(PAGE, "ecrire-carte", solution=True),
            cell(PAGE_TESTS, "test-ecrire-carte", grade=True, locked=True, points=4),
        ),
    )
    write(
        week / "ville.ipynb",
        notebook(
            cell("# La ville", "ville", "markdown"),
            cell(STYLE_PAGE, "page-ville", locked=True),
            cell(STYLE, "colorer-titre", solution=True),
            cell(STYLE_TESTS, "test-colorer-titre", grade=True, locked=True, points=2),
        ),
    )
    (week / "lyon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')
    return week


def answer(folder: Path, name: str, answers: dict) -> None:
    """Write answers, by grade_id, into a learner's notebook."""
    path = folder / f"{name}.ipynb"
    content = json.loads(path.read_text("utf-8"))
    for made in content["cells"]:
        identifier = made["metadata"].get("nbgrader", {}).get("grade_id")
        if identifier in answers:
            made["source"] = answers[identifier]
    path.chmod(0o644)
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


GOOD = {"ecrire-carte": "<!-- carte.html -->\n<h1>Fleurs</h1><p>Des roses.</p>",
        "colorer-titre": "/* ville.css */\nh1 { color: #f00 }"}  # fmt: skip
