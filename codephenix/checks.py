"""Content rules: what every lesson and exercise must satisfy, each rule with its code.

    C01 canonical form              C08 images and addresses      C13 nothing of a solution in the release
    C02 course.toml and files agree C09 French typography         C14 lesson cells run without error
    C04 cell ids and grade_ids      C10 points add up             C15 variants are accepted
    C05 « À vous : … » and markers  C11 the release fails         C16 mistakes are rejected, with their message
    C06 hints                       C12 the source scores everything

Law of this module: no I/O. Files come as text, tests run through a function, problems come back as values.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from codephenix import notebooks, release
from codephenix.interpreter import Interpreter, RunTests
from codephenix.results import TestRun, Verdict
from codephenix.site import Kind, kind_of, nothing_given
from codephenix.syllabus import Week

MAX_IMAGE_BYTES = 300_000
MIN_VARIANTS, MIN_MISTAKES = 2, 3

Given = Callable[[str], bytes | None]


@dataclass(frozen=True)
class Problem:
    """A broken rule."""

    code: str
    place: str  # file, and cell when there is one
    text: str  # what is wrong and what to do, in French

    def __str__(self) -> str:
        return f"{self.code} {self.place}\u00a0: {self.text}"


@dataclass(frozen=True)
class Task:
    """A solution cell or several, and the test cell that grades them."""

    test: NotebookNode
    solutions: tuple[NotebookNode, ...]

    @property
    def points(self) -> float:
        """Points of the test cell."""
        return float(self.test.metadata["nbgrader"]["points"])

    @property
    def grade_id(self) -> str:
        """grade_id of the test cell."""
        return str(self.test.metadata["nbgrader"]["grade_id"])


@dataclass(frozen=True)
class Notebook:
    """A notebook to check: its name, its text, and the files beside it."""

    name: str  # as in source/s01-premiere-page/projet.ipynb
    text: str
    given: Given = nothing_given
    node: NotebookNode = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "node", notebooks.read(self.text, self.name))

    def place(self, cell: NotebookNode) -> str:
        """File and cell, as problems name them."""
        return f"{self.name}, cellule «\u00a0{cell.get('id', '?')}\u00a0»"

    def tasks(self) -> Iterator[Task]:
        """Each test cell with the solution cells since the one before."""
        solutions: list[NotebookNode] = []
        for cell in self.node.cells:
            grading = cell.metadata.get("nbgrader", {})
            if grading.get("solution"):
                solutions.append(cell)
            elif grading.get("grade"):
                yield Task(cell, tuple(solutions))
                solutions = []


def check_form(notebook: Notebook) -> Iterator[Problem]:
    """C01, C08, C09: rules that every notebook shares."""
    if notebooks.format_text(notebook.text, notebook.name) != notebook.text:
        yield Problem(
            "C01", notebook.name, "ce notebook n’est pas en forme canonique. Lancez «\u00a0make format\u00a0»."
        )
    for cell in notebook.node.cells:
        if cell.cell_type == "markdown":
            yield from _images(notebook, cell)
            yield from _typography(notebook.place(cell), cell.source)
        yield from _addresses(notebook, cell)


_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)\s]+)[^)]*\)")
_LOADED = re.compile(
    r"""(?:src|href|srcset|action|poster|data)\s*=\s*["']?\s*(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import\s+["'](?:https?:)?//""",
    re.IGNORECASE,
)


def _images(notebook: Notebook, cell: NotebookNode) -> Iterator[Problem]:
    for image in _IMAGE.finditer(cell.source):
        content = notebook.given(image["path"])
        if content is None:
            yield Problem("C08", notebook.place(cell), f"l’image {image['path']} est introuvable.")
        elif len(content) > MAX_IMAGE_BYTES:
            yield Problem("C08", notebook.place(cell), f"l’image {image['path']} dépasse 300 ko.")
        if not image["alt"].strip():
            yield Problem("C08", notebook.place(cell), f"l’image {image['path']} n’a pas de texte de remplacement.")


def _addresses(notebook: Notebook, cell: NotebookNode) -> Iterator[Problem]:
    if cell.metadata.get("nbgrader", {}).get("grade"):
        return
    loaded = re.sub(r"<a\b[^>]*>", "", cell.source)
    if _LOADED.search(loaded):
        yield Problem("C08", notebook.place(cell), "une adresse extérieure serait chargée. Utilisez un fichier local.")


_CODE = re.compile(
    r"```.*?```|~~~.*?~~~|`[^`\n]*`|<[^>\n]*>|\]\([^)]*\)|https?://\S+|^( {4}|\t).*$", re.DOTALL | re.MULTILINE
)
_TYPOGRAPHY = (
    (re.compile(r"(?<=\w)'(?=\w)"), "une apostrophe droite. Écrivez ’"),
    (
        re.compile(r"[ \w)][?!;](?!\w)|(?<=[\w)»]) :(?= |$)|(?<=[a-zéè]):(?= )", re.MULTILINE),
        "une espace insécable manque devant ; : ! ?",
    ),
    (re.compile(r"«[^\u00a0\u202f]|[^\u00a0\u202f]»"), "une espace insécable manque dans les guillemets « »"),
    (re.compile(r"(?<!\")\"\w[^\"\n]*\w\"(?!\")"), "des guillemets droits. Écrivez « »"),
    (re.compile(r"\.\.\."), "trois points. Écrivez …"),
)


def _typography(place: str, text: str) -> Iterator[Problem]:
    plain = _CODE.sub(lambda match: "\u00a0" if match[0].startswith("`") else " ", text)
    for pattern, what in _TYPOGRAPHY:
        found = pattern.search(plain)
        if found:
            extract = plain[max(0, found.start() - 20) : found.end() + 15].replace("\n", " ").strip()
            yield Problem("C09", place, f"{what} (« {extract} »).")


def check_lesson(notebook: Notebook, run_tests: RunTests) -> Iterator[Problem]:
    """C14: every code cell of a lesson runs without error."""
    yield from check_form(notebook)
    interpreter = Interpreter(run_tests, given=notebook.given)
    for cell in notebook.node.cells:
        if cell.cell_type != "code" or "raises-exception" in cell.metadata.get("tags", []):
            continue
        failure = interpreter.execute(cell.source, cell.get("id")).error
        if failure:
            yield Problem("C14", notebook.place(cell), failure["evalue"])


def check_exercises(notebook: Notebook, run_tests: RunTests) -> Iterator[Problem]:
    """C04 to C06 and C10 to C13 on an assignment's notebook."""
    yield from check_form(notebook)
    yield from _structure(notebook)
    for task in notebook.tasks():
        yield from _proof(notebook, task, run_tests)


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
        if grading.get("solution"):
            yield from _solution_form(place, cell.source)
        if cell.get("id", "").endswith("-indices") and cell.source.count("<details>") < 1:
            yield Problem("C06", place, "il manque un indice dans <details>.")
    for task in notebook.tasks():
        wanted = {f"test-{cell.metadata['nbgrader']['grade_id']}" for cell in task.solutions}
        if not task.solutions or task.grade_id not in wanted:
            yield Problem(
                "C04", notebook.place(task.test), "un test s’appelle test- suivi du nom de sa cellule de solution."
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


def _proof(notebook: Notebook, task: Task, run_tests: RunTests) -> Iterator[Problem]:
    place = notebook.place(task.test)
    full = run_task(notebook, task, {}, run_tests)
    if full.points != task.points:
        yield Problem("C10", place, f"les tests valent {full.points:g} points, la cellule {task.points:g}.")
    if full.verdict is not Verdict.PASS:
        yield Problem("C12", place, f"la solution n’obtient pas tout. {first_failure(full)}")
    try:
        released = {cell.id: release.released_source(cell.source) for cell in task.solutions}
    except release.LeakProblem:
        return  # C05 says it
    start = run_task(notebook, task, released, run_tests)
    if start.verdict is Verdict.PASS:
        yield Problem("C11", place, "la version distribuée obtient déjà tous les points.")


def run_task(notebook: Notebook, task: Task, answers: Mapping[str, str], run_tests: RunTests) -> TestRun:
    """Run a test cell on the notebook's site, with other sources for some of its solution cells."""
    runs: list[TestRun] = []

    def record(*arguments: Any) -> TestRun:
        runs.append(run_tests(*arguments))
        return runs[-1]

    interpreter = Interpreter(record, given=notebook.given)
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
        run = run_task(notebook, task, _answers(task, proof), run_tests)
        if run.verdict is not Verdict.PASS:
            yield Problem("C15", f"{place}, {proof['name']}", f"réponse juste refusée. {first_failure(run)}")
    for proof in mistakes:
        yield from _mistake(
            f"{place}, {proof['name']}", proof, run_task(notebook, task, _answers(task, proof), run_tests)
        )


def _mistake(place: str, proof: Mapping[str, Any], run: TestRun) -> Iterator[Problem]:
    read = first_failure(run)
    if run.verdict is Verdict.PASS:
        yield Problem("C16", place, "cette erreur est acceptée.")
    elif proof["message"] not in read:
        yield Problem(
            "C16", place, f"attendu dans le message\u00a0: «\u00a0{proof['message']}\u00a0»\u00a0; lu\u00a0: {read}"
        )


def task_of(notebook: Notebook, slug: str) -> Task | None:
    """The task of an exercise: the first test after the Markdown cell that bears its slug."""
    after = False
    tests = {task.test.id: task for task in notebook.tasks()}
    for cell in notebook.node.cells:
        after = after or cell.get("id") == slug
        if after and cell.get("id") in tests:
            return tests[cell.id]
    return None


def _answers(task: Task, proof: Mapping[str, Any]) -> dict[str, str]:
    if "cells" in proof:
        return dict(proof["cells"])
    return {task.solutions[0].id: proof["source"]}


def check_manifest(week: Week, lessons: Iterable[str], assignment: Iterable[str]) -> Iterator[Problem]:
    """C02: the lessons and notebooks of a week on disk are those of course.toml; names without extension."""
    for kind, wanted, found in (
        (f"course/{week.slug}", [lesson.slug for lesson in week.lessons], sorted(lessons)),
        (f"source/{week.slug}", [name for name, _ in week.notebooks()], sorted(assignment)),
    ):
        for name in sorted(set(wanted) ^ set(found)):
            where = "absent du dossier" if name in wanted else "absent de course.toml"
            yield Problem("C02", f"{kind}/{name}.ipynb", f"{where}.")
    for rank, lesson in enumerate(week.lessons, start=1):
        if not lesson.slug.startswith(f"{rank:02d}-"):
            yield Problem("C02", lesson.slug, f"ce nom doit commencer par {rank:02d}-, son rang dans course.toml.")
