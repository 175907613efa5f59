"""Rules that run tests: C10 to C12 on each graded cell, C15 and C16 on its proofs, C21 and C22 on their number."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

from codephenix import release
from codephenix.checks.notebook import Given, Notebook, Problem, Task, task_of
from codephenix.interpreter import Interpreter, RunTests
from codephenix.results import TestRun, Verdict
from codephenix.site import Kind, kind_of
from codephenix.syllabus import Week

MIN_VARIANTS, MIN_MISTAKES = 2, 3
MEDIAN_TESTS, PROJECT_TESTS = 6, 40

Tally = dict[tuple[str, str], int]
"""How many tests a graded cell has, by name of notebook (without folder and extension) and grade_id."""


def check_task(notebook: Notebook, task: Task, run_tests: RunTests, tally: Tally | None = None) -> Iterator[Problem]:
    """The source scores everything, and the release does not."""
    place = notebook.place(task.test)
    full = run_task(notebook, task, {}, run_tests)
    if tally is not None:
        tally[notebook.name.rpartition("/")[2].removesuffix(".ipynb"), task.grade_id] = len(full.results)
    if full.points != task.points:
        yield Problem("C10", place, f"les tests valent {full.points:g} points, la cellule {task.points:g}.")
    if full.verdict is not Verdict.PASS:
        yield Problem("C12", place, f"la solution n’obtient pas tout. {first_failure(full)}")
    try:
        released = {cell.id: release.released_source(cell.source) for cell in task.solutions}
    except release.LeakProblem:
        return  # C05 says it
    start = run_task(notebook, task, released, run_tests, given=notebook.given)
    if start.verdict is Verdict.PASS:
        yield Problem("C11", place, "la version distribuée obtient déjà tous les points.")


def check_tally(week: Week, tally: Tally) -> Iterator[Problem]:
    """C21 and C22: enough tests in the exercises of a week, and in its project."""
    project = week.project.notebook if week.project else ""
    exercises = [count for (name, _), count in tally.items() if name != project]
    if exercises and median(exercises) < MEDIAN_TESTS:
        yield Problem(
            "C21", week.slug, f"{median(exercises):g} tests par exercice (médiane), il en faut {MEDIAN_TESTS}."
        )
    total = sum(count for (name, _), count in tally.items() if name == project)
    if project and total < PROJECT_TESTS:
        yield Problem("C22", f"{week.slug}/{project}", f"{total} tests dans le projet, il en faut {PROJECT_TESTS}.")


def run_task(
    notebook: Notebook, task: Task, answers: Mapping[str, str], run_tests: RunTests, *, given: Given | None = None
) -> TestRun:
    """Run a test cell on the notebook's site, with other sources for some of its solution cells.

    given  files beside the notebook; by default, those of its solution
    """
    runs: list[TestRun] = []

    def record(*arguments: Any) -> TestRun:
        runs.append(run_tests(*arguments))
        return runs[-1]

    interpreter = Interpreter(record, given=given or notebook.solved)
    for cell in notebook.node.cells:
        if cell is task.test:
            interpreter.execute(cell.source, cell.id)
            return runs[0] if runs else TestRun(problem="La cellule de test n’a pas pu être lue.")
        source = answers.get(cell.id, cell.source)
        if cell.cell_type == "code" and kind_of(source) is Kind.FILE:
            interpreter.store(source, cell.id)
    raise ValueError(task.grade_id)


def first_failure(run: TestRun) -> str:
    """The first message that the learner reads."""
    if run.problem:
        return run.problem
    failed = next((result for result in run.results if result.verdict is not Verdict.PASS), None)
    if failed is None:
        return ""
    texts = (failed.phrase, failed.message, failed.expected, failed.found, failed.where, failed.advice)
    return " · ".join(filter(None, texts))


def check_submissions(notebook: Notebook, slug: str, text: str, run_tests: RunTests) -> Iterator[Problem]:
    """C15 and C16: the proof file of one exercise, ``tests/submissions/<week>/<slug>.toml``."""
    place = f"{slug}.toml"
    try:
        proofs = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield Problem("C15", place, f"ce fichier n’est pas lisible\u00a0: {error}")
        return
    variants, mistakes = proofs.get("variants", []), proofs.get("mistakes", [])
    if len(variants) < MIN_VARIANTS:
        yield Problem("C15", place, f"{len(variants)} variante(s), il en faut {MIN_VARIANTS}.")
    if len(mistakes) < MIN_MISTAKES:
        yield Problem("C16", place, f"{len(mistakes)} erreur(s) typique(s), il en faut {MIN_MISTAKES}.")
    task = task_of(notebook, slug)
    if task is None:
        yield Problem("C02", place, f"aucun exercice «\u00a0{slug}\u00a0» dans {notebook.name}.")
        return
    for proof in variants:
        run = _prove(notebook, task, proof, run_tests)
        if run.verdict is not Verdict.PASS:
            yield Problem("C15", f"{place}, {proof['name']}", f"réponse juste refusée. {first_failure(run)}")
    for proof in mistakes:
        yield from _mistake(f"{place}, {proof['name']}", proof, _prove(notebook, task, proof, run_tests))


def _prove(notebook: Notebook, task: Task, proof: Mapping[str, Any], run_tests: RunTests) -> TestRun:
    """Run a test cell on the answer of a proof: a cell, several, or files of the folder in place of the solution's."""
    files: Mapping[str, str] = proof.get("files", {})

    def given(path: str) -> bytes | None:
        return files[path].encode() if path in files else notebook.solved(path)

    return run_task(notebook, task, _answers(task, proof), run_tests, given=given)


def _mistake(place: str, proof: Mapping[str, Any], run: TestRun) -> Iterator[Problem]:
    read = first_failure(run)
    if run.verdict is Verdict.PASS:
        yield Problem("C16", place, "cette erreur est acceptée.")
    elif proof["message"] not in read:
        yield Problem(
            "C16", place, f"attendu dans le message\u00a0: «\u00a0{proof['message']}\u00a0»\u00a0; lu\u00a0: {read}"
        )


def _answers(task: Task, proof: Mapping[str, Any]) -> dict[str, str]:
    if "cells" in proof or task.in_folder:
        return dict(proof.get("cells", {}))
    return {task.solutions[0].id: proof["source"]}
