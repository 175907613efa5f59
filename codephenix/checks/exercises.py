"""Rules of an assignment's notebook: C04, C05, C06, C13 here; what has to run is in ``trial``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codephenix import release
from codephenix.checks.form import check_form
from codephenix.checks.notebook import Notebook, Problem
from codephenix.checks.trial import Tally, check_task
from codephenix.interpreter import RunTests

MIN_HINTS = 3


def check_exercises(notebook: Notebook, run_tests: RunTests, tally: Tally | None = None) -> Iterator[Problem]:
    """The cells are well made, and each graded cell proves itself; ``tally`` receives how many tests each one has."""
    yield from check_form(notebook)
    yield from _structure(notebook)
    for task in notebook.tasks():
        yield from check_task(notebook, task, run_tests, tally)


_GRADE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def _structure(notebook: Notebook) -> Iterator[Problem]:
    seen: set[str] = set()
    for cell in notebook.node.cells:
        grading, place = cell.metadata.get("nbgrader", {}), notebook.place(cell)
        grade_id = grading.get("grade_id")
        if grade_id in seen:
            yield Problem("C04", place, f"le grade_id «\u00a0{grade_id}\u00a0» est en double.")
        if grade_id:
            seen.add(grade_id)
            if not _GRADE_ID.fullmatch(grade_id):
                yield Problem("C04", place, "un grade_id s’écrit verbe-objet, en minuscules et tirets.")
        if grading.get("solution") and cell.cell_type == "code":
            yield from _solution_form(place, cell.source)
        if cell.get("id", "").endswith("-indices"):
            yield from _hints(place, cell.source)
    for task in notebook.tasks():
        wanted = {f"test-{cell.metadata['nbgrader']['grade_id']}" for cell in task.solutions}
        if not task.in_folder and (not task.solutions or task.grade_id not in wanted):
            yield Problem(
                "C04", notebook.place(task.test), "un test s’appelle test- suivi du nom de sa cellule de solution."
            )


_HINT = re.compile(r"<details>(.*?)</details>", re.DOTALL)
_SUMMARY = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
_TWIN = re.compile(r"jum|autre|même|cousin", re.IGNORECASE)


def _hints(place: str, source: str) -> Iterator[Problem]:
    hints = _HINT.findall(source)
    if len(hints) < MIN_HINTS:
        yield Problem("C06", place, f"{len(hints)} indice(s) dans <details>, il en faut {MIN_HINTS}.")
        return
    for rank, hint in enumerate(hints, start=1):
        if not _SUMMARY.sub("", hint).strip():
            yield Problem("C06", place, f"l’indice {rank} est vide.")
    summary = _SUMMARY.search(hints[-1])
    if "```" not in hints[-1] or not summary or not _TWIN.search(summary[1]):
        yield Problem(
            "C06",
            place,
            "le dernier indice est l’exercice jumeau\u00a0: «\u00a0jumeau\u00a0» dans son <summary>, "
            "et son code dans un bloc ```.",
        )


def _solution_form(place: str, source: str) -> Iterator[Problem]:
    try:
        released = release.released_source(source)
        release.refuse_leak(released)
    except release.LeakProblem as problem:
        yield Problem("C05", place, str(problem))
        return
    if "À vous" not in source.partition("BEGIN SOLUTION")[0]:
        yield Problem("C05", place, "aucune consigne «\u00a0À vous\u00a0: …\u00a0» avant BEGIN SOLUTION.")
    shown = release.released_source(source, starter=False)  # what the starter gives is no secret
    for line in release.solution_lines(source):
        if line in shown:
            yield Problem("C13", place, f"cette ligne de la solution est dans la version distribuée\u00a0: {line}")
