"""How far a learner is, from notebooks and tries."""

import json

from codephenix.progress import Step, progress
from codephenix.progression import steps


def exercise(title, *tests):
    cells = [{"cell_type": "markdown", "source": [f"# {title}\n", "Texte."], "metadata": {}}]
    for test in tests:
        grading = {"grade": True, "solution": False, "grade_id": test}
        cells.append({"cell_type": "code", "source": "", "metadata": {"nbgrader": grading}})
    return {"cells": cells}


def test_an_exercise_is_done_when_each_of_its_tests_passed_once():
    notebooks = {("s01", "a"): exercise("La carte", "t1", "t2"), ("s01", "b"): exercise("Sans test")}
    tries = [("s01", "a", "t1"), ("s01", "a", "t1"), ("s02", "a", "t2"), ("s01", "a", "autre")]
    assert progress(notebooks, tries) == [Step("s01", "a", "La carte", 1, 2)]


def test_what_cannot_be_read_is_left_out(tmp_path):
    week = tmp_path / "exercices" / "s01"
    week.mkdir(parents=True)
    (week / "a.ipynb").write_text(json.dumps(exercise("A", "t")), "utf-8")
    (week / "b.ipynb").write_text("{pas du json", "utf-8")
    (week / "c.ipynb").write_text("[]", "utf-8")
    journal = tmp_path / "jean.jsonl"
    line = {
        "at": "2026-11-25T09:00:00+00:00",
        "week": "s01",
        "notebook": "a",
        "cell": "t",
        "passed": 1,
        "total": 1,
        "failure": "",
        "source": "",
    }
    journal.write_text("n'importe quoi\n" + json.dumps(line) + "\n", "utf-8")
    assert steps(tmp_path, str(journal)) == [Step("s01", "a", "A", 1, 1)]
    assert steps(tmp_path, "")[0].done == 0
    assert steps(tmp_path, str(tmp_path / "absent.jsonl"))[0].done == 0
