import json
from pathlib import Path

import pytest

from codephenix.notebooks import NotebookProblem, dumps, format_text, from_plain_text, plain_text, read

ROOT = Path(__file__).parents[1]


def notebook(*cells, **metadata):
    return json.dumps({"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def code(source, **extra):
    return {
        "cell_type": "code",
        "execution_count": 3,
        "metadata": {},
        "outputs": [{"output_type": "stream"}],
        "source": source,
    } | extra


def test_outputs_counts_and_foreign_metadata_go():
    text = format_text(notebook(code("a", metadata={"collapsed": True, "jupyter": {"source_hidden": True}}), custom=1))
    cell = json.loads(text)["cells"][0]
    assert (cell["outputs"], cell["execution_count"], cell["metadata"]) == (
        [],
        None,
        {"jupyter": {"source_hidden": True}},
    )
    assert "custom" not in text


def test_the_cell_id_is_the_grade_id():
    grading = {"nbgrader": {"grade": True, "grade_id": "test-titre", "points": 3, "extra": 1}}
    cell = json.loads(format_text(notebook(code("a", id="abcdef12", metadata=grading))))["cells"][0]
    assert cell["id"] == "test-titre"
    assert cell["metadata"]["nbgrader"] == {"grade": True, "grade_id": "test-titre", "points": 3}


def test_two_cells_never_share_an_id():
    cells = json.loads(format_text(notebook(code("a", id="x"), code("b", id="x"))))["cells"]
    assert len({cell["id"] for cell in cells}) == 2


def test_formatting_twice_changes_nothing():
    once = format_text(notebook(code("é  \n\n", id="x"), code(["a\n", "b"])))
    assert format_text(once) == once
    assert once.endswith("}\n")
    assert "é" in once


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "lisible"),
        ("{", "ligne 1"),
        ("[]", "format 4"),
        ('{"nbformat": 3, "cells": []}', "format 4"),
        ('{"nbformat": 4, "cells": [1]}', "cellule 1"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code"}]}', "cellule 1"),
        ('{"nbformat": 4, "cells": [{"cell_type": "danse", "source": "", "metadata": {}}]}', "cellule 1"),
        ("[" * 100_000, "lisible"),
    ],
)
def test_a_broken_notebook_is_named_in_french(text, words):
    with pytest.raises(NotebookProblem) as problem:
        read(text, "carte.ipynb")
    assert "carte.ipynb" in str(problem.value)
    assert words in str(problem.value)


def test_a_diff_shows_ids_points_and_sources():
    grading = {"nbgrader": {"grade": True, "grade_id": "test-titre", "points": 3}}
    text = plain_text(read(notebook(code("<h1>Bonjour</h1>", id="titre"), code("test()", id="t", metadata=grading))))
    assert "──── titre · code\n<h1>Bonjour</h1>" in text
    assert "──── t · test · 3 points" in text


def test_the_text_view_of_every_notebook_of_the_course_makes_the_same_notebook():
    files = [path for folder in ("course", "source") for path in (ROOT / folder).rglob("*.ipynb")]
    assert files
    for path in files:
        text = path.read_text("utf-8")
        assert dumps(from_plain_text(plain_text(read(text)))) == text, path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "commencer par"),
        ("bonjour\n──── a · code\n", "commencer par"),
        ("──── ecrire-carte · reponse\n", "ecrire-carte"),
        ("──── test-carte · test\n", "points"),
    ],
)
def test_a_text_that_is_not_a_notebook_is_refused_by_name(text, words):
    with pytest.raises(NotebookProblem, match=words):
        from_plain_text(text)
