"""The course on disk put through its rules: files to ``checks``, in parallel over one browser.

Law of this module: it reads and runs, the rules are in ``checks``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from codephenix import checks, contents, notebooks, syllabus
from codephenix.browser import Browser
from codephenix.checks import Notebook, Problem
from codephenix.folder import Folder
from codephenix.interpreter import RunTests

Job = Callable[[RunTests], list[Problem]]
INDEX = "course/index.ipynb"
PARALLEL = 3  # pages at a time; two cores saturate there


def notebook_files(root: Path) -> list[Path]:
    """Notebooks that we write, in order."""
    return sorted([*(root / "course").rglob("*.ipynb"), *(root / "source").rglob("*.ipynb")])


def format_course(root: Path) -> list[str]:
    """Rewrite the table of contents, and the notebooks that are not in canonical form; their paths."""
    changed = []
    course = syllabus.loads((root / "course.toml").read_text("utf-8"))
    (root / INDEX).write_text(contents.index(course), "utf-8")
    for path in notebook_files(root):
        text = path.read_text("utf-8")
        formatted = notebooks.format_text(text, str(path))
        if formatted != text:
            path.write_text(formatted, "utf-8")
            changed.append(str(path.relative_to(root)))
    return changed


def check_course(root: Path, slug: str = "") -> list[Problem]:
    """Problems of the weeks that are ready, or of one week, notebook or exercise."""
    try:
        course = syllabus.loads((root / "course.toml").read_text("utf-8"))
    except (syllabus.SyllabusProblem, OSError) as problem:
        return [Problem("C02", "course.toml", str(problem))]
    index = root / INDEX
    stale = not index.exists() or index.read_text("utf-8") != contents.index(course)
    problems = (
        [Problem("C02", INDEX, "le sommaire n’est pas à jour. Lancez «\u00a0make format\u00a0».")] if stale else []
    )
    jobs = [job for week in course.weeks if week.status == "ready" for job in _jobs(root, week, slug)]
    with Browser() as browser, ThreadPoolExecutor(PARALLEL) as pool:
        return problems + [found for job in pool.map(lambda job: job(browser.run), jobs) for found in job]


def _jobs(root: Path, week: syllabus.Week, slug: str) -> Iterator[Job]:
    course, source = root / "course" / week.slug, root / "source" / week.slug
    if slug in ("", week.slug):
        yield lambda _: list(checks.check_manifest(week, _names(course), _names(source)))
    for lesson in week.lessons:
        path = course / f"{lesson.slug}.ipynb"
        if path.exists() and slug in ("", week.slug, lesson.slug):
            yield partial(_lesson, root, path)
    for name, exercises in week.notebooks():
        path = source / f"{name}.ipynb"
        if not path.exists():
            continue
        if slug in ("", week.slug, name):
            yield partial(_exercises, root, path)
        for exercise in exercises:
            if slug in ("", week.slug, name, exercise.slug):
                yield partial(_submissions, root, path, week.slug, exercise.slug)


def _names(folder: Path) -> list[str]:
    return [path.stem for path in folder.glob("*.ipynb")]


def _open(root: Path, path: Path) -> Notebook:
    name = path.relative_to(root).as_posix()
    return Notebook(name, path.read_text("utf-8"), Folder(path.parent).read)


def _safely(check: Callable[[], Iterator[Problem]], path: Path) -> list[Problem]:
    try:
        return list(check())
    except notebooks.NotebookProblem as problem:
        return [Problem("C01", path.name, str(problem))]


def _lesson(root: Path, path: Path, run_tests: RunTests) -> list[Problem]:
    return _safely(lambda: checks.check_lesson(_open(root, path), run_tests), path)


def _exercises(root: Path, path: Path, run_tests: RunTests) -> list[Problem]:
    return _safely(lambda: checks.check_exercises(_open(root, path), run_tests), path)


def _submissions(root: Path, path: Path, week: str, slug: str, run_tests: RunTests) -> list[Problem]:
    proof = root / "tests" / "submissions" / week / f"{slug}.toml"
    if not proof.exists():
        return [Problem("C15", f"{proof.relative_to(root)}", "ce fichier manque\u00a0: variantes et erreurs typiques.")]
    text = proof.read_text("utf-8")
    return _safely(lambda: checks.check_submissions(_open(root, path), slug, text, run_tests), path)
