"""Rules of a lesson: C14, C19, C20."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from nbformat import NotebookNode

from codephenix import site
from codephenix.checks import prose
from codephenix.checks.form import check_form
from codephenix.checks.notebook import Notebook, Problem
from codephenix.interpreter import Interpreter, RunTests

MAX_READING = 250  # words between two activities
MIN_PREDICTIONS, PUZZLES, QUESTIONS, LINES = 2, 1, 4, 5
MIN_CARDS = 8  # the quiz never comes back: four on what it asks, four more for the morning
CLOSING = ("je-retiens", "mot-anglais", "quiz-", "revision-", "suite")
"""Ids, or their beginnings, of the last cells of a lesson, in order."""


def check_lesson(notebook: Notebook, run_tests: RunTests) -> Iterator[Problem]:
    """A lesson is whole, leaves little to read between two things to do, and each of its code cells runs."""
    yield from check_form(notebook)
    yield from _anatomy(notebook)
    yield from _reading(notebook)
    interpreter = Interpreter(run_tests, given=notebook.given)
    for cell in notebook.node.cells:
        if cell.cell_type != "code" or "raises-exception" in cell.metadata.get("tags", []):
            continue
        failure = interpreter.execute(cell.source, cell.get("id")).error
        if failure:
            yield Problem("C14", notebook.place(cell), failure["evalue"])


_MAPPING = re.compile(r"^\*Titre professionnel.*\*$", re.MULTILINE)  # learners are told that they may skip it


def _reading(notebook: Notebook) -> Iterator[Problem]:
    """A code cell, page or activity, is something to do; texts in a row add up."""
    count = 0
    for cell in notebook.node.cells:
        before, count = (
            count,
            count + prose.length(_MAPPING.sub("", cell.source)) if cell.cell_type == "markdown" else 0,
        )
        if before <= MAX_READING < count:
            yield Problem(
                "C19",
                notebook.place(cell),
                f"{count} mots sans rien à faire, {MAX_READING} au plus. Coupez, ou ajoutez une activité.",
            )


def _kind(cell: NotebookNode) -> str:
    """``prediction``, ``parsons``, ``quiz``, ``revision``, or nothing."""
    name = site.header_name(cell.source) if cell.cell_type == "code" else None
    found = re.fullmatch(r".*\.(\w+)\.yaml", name or "")
    return found[1] if found else ""


def _entries(cell: NotebookNode, key: str) -> int:
    """How many entries a list of a data cell has; 0 when it cannot be read, which C14 says."""
    try:
        data: Any = yaml.safe_load(cell.source)
    except yaml.YAMLError:
        return 0
    return len(data.get(key) or []) if isinstance(data, dict) else 0


def _anatomy(notebook: Notebook) -> Iterator[Problem]:
    cells = notebook.node.cells
    ids = [cell.get("id", "") for cell in cells]
    kinds = [_kind(cell) for cell in cells]
    for text in _faults(cells, ids, kinds):
        yield Problem("C20", notebook.name, text)


def _faults(cells: list[NotebookNode], ids: list[str], kinds: list[str]) -> Iterator[str]:
    if ids[:1] != ["titre"] or "**Objectif" not in cells[0].source:
        yield "la première cellule s’appelle «\u00a0titre\u00a0» et porte un paragraphe «\u00a0**Objectif.** …\u00a0»."
    if kinds.count("prediction") < MIN_PREDICTIONS:
        yield f"{kinds.count('prediction')} prédiction(s), il en faut {MIN_PREDICTIONS}."
    if kinds.count("parsons") != PUZZLES:
        yield f"{kinds.count('parsons')} puzzle(s) de Parsons, il en faut {PUZZLES}."
    questions = sum(_entries(cell, "questions") for cell, kind in zip(cells, kinds, strict=True) if kind == "quiz")
    if questions != QUESTIONS:
        yield f"{questions} question(s) de quiz, il en faut {QUESTIONS}."
    cards = sum(_entries(cell, "cards") for cell, kind in zip(cells, kinds, strict=True) if kind == "revision")
    if cards < MIN_CARDS:
        yield f"{cards} carte(s) de révision, il en faut {MIN_CARDS}."
    end = ids[-len(CLOSING) :]
    if len(end) < len(CLOSING) or not all(map(str.startswith, end, CLOSING)):
        yield f"les dernières cellules sont, dans l’ordre\u00a0: {', '.join(CLOSING)}."
    remembered = [cell.source for cell, one in zip(cells, ids, strict=True) if one == "je-retiens"]
    lines = len(re.findall(r"^(?:[-*]|\d+\.) ", "\n".join(remembered), re.MULTILINE))
    if lines != LINES:
        yield f"«\u00a0je-retiens\u00a0» a {lines} ligne(s) de liste, il en faut {LINES}."
