"""The mutants of the course, made and tried in the browser, several at a time.

Law of this module: it reads and runs; what a mutant is, and what is asked of tests, is in ``mutants``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Self

from codephenix import notebooks, syllabus
from codephenix.browser import Browser, Tab
from codephenix.checks import Notebook, Problem
from codephenix.mutants import WIDTHS, Exercise, Fate, Mutant, Report, check_score, exercise_of, percent, score
from codephenix.projects import readers
from codephenix.site import Site

PARALLEL = 3  # pages at a time; two cores saturate there


def exercises(root: Path, slug: str = "") -> Iterator[Exercise]:
    """Exercises of the weeks that are ready, or of one week or notebook, or one exercise; those without proof too.

    Raises SyllabusProblem, NotebookProblem, TOMLDecodeError.
    """
    course = syllabus.loads((root / "course.toml").read_text("utf-8"))
    for week in course.weeks:
        folder, proofs = root / "source" / week.slug, root / "tests" / "submissions" / week.slug
        for name, wanted in week.notebooks():
            path = folder / f"{name}.ipynb"
            chosen = [each.slug for each in wanted if slug in (week.slug, name, each.slug) or not slug]
            if not chosen or not path.exists() or (week.status != "ready" and not slug):
                continue
            notebook = Notebook(path.relative_to(root).as_posix(), path.read_text("utf-8"), *readers(path.parent))
            for each in chosen:
                proof = proofs / f"{each}.toml"
                exercise = exercise_of(notebook, each, proof.read_text("utf-8") if proof.exists() else "")
                if exercise is not None:
                    yield exercise


class Laboratory:
    """Tries mutants in pages that are used again from one to the next: they only hold code of ours."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._stack = ExitStack()
        self._tabs: SimpleQueue[Tab] = SimpleQueue()
        self._pool = ThreadPoolExecutor(PARALLEL)
        self._lock = Lock()
        self._solutions: dict[tuple[str, str, str], tuple[str, ...]] = {}

    def __enter__(self) -> Self:
        for _ in range(PARALLEL):
            self._tabs.put(self._stack.enter_context(self._browser.open_tab()))
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._stack.close()

    def report(self, exercise: Exercise) -> Report:
        """The fate of every mutant of an exercise."""
        if not self._passes(exercise):
            return Report(exercise, (), sound=False)
        made = list(exercise.mutants(lambda source, path: self._browser.tool("mutator.js", "mutate", source, path)))
        fates = list(self._pool.map(lambda mutant: self._fate(exercise, mutant), made))
        return Report(exercise, tuple(zip(made, fates, strict=True)))

    def _passes(self, exercise: Exercise) -> bool:
        stages = exercise.staged()
        with self._tab() as tab:
            return bool(stages) and all(tab.passes(*staged) for staged in stages)

    @contextmanager
    def _tab(self) -> Iterator[Tab]:
        tab = self._tabs.get()
        try:
            yield tab
        finally:
            self._tabs.put(tab)

    def _fate(self, exercise: Exercise, mutant: Mutant) -> Fate:
        stages = exercise.staged(mutant)
        with self._tab() as tab:
            if not all(tab.passes(*staged) for staged in stages):
                return Fate.KILLED
            alike = mutant.comparable and self._alike(tab, exercise, stages[0][0], mutant.file)
            return Fate.EQUIVALENT if alike else Fate.SURVIVED

    def _alike(self, tab: Tab, exercise: Exercise, site: Site, file: str) -> bool:
        """Whether nobody can tell the pages that use a file from those of the solution."""
        pages = exercise.pages(site, file)
        for page in pages:
            wanted = self._solution(tab, exercise, page)
            if tab.signatures(site, page, WIDTHS, wanted) != wanted:
                return False
        return bool(pages)

    def _solution(self, tab: Tab, exercise: Exercise, page: str) -> tuple[str, ...]:
        """What a page of the solution shows, found once."""
        key = (exercise.notebook.name, exercise.slug, page)
        with self._lock:
            if key not in self._solutions:
                self._solutions[key] = tab.signatures(exercise.staged()[0][0], page, WIDTHS)
            return self._solutions[key]


def check_mutants(root: Path, slug: str = "") -> list[Problem]:
    """C17: what the tests of the exercises do not notice."""
    try:
        wanted = list(exercises(root, slug))
    except (OSError, syllabus.SyllabusProblem, notebooks.NotebookProblem, tomllib.TOMLDecodeError) as fault:
        return [Problem("C17", slug or "course.toml", str(fault))]
    with Browser() as browser, Laboratory(browser) as laboratory:
        reports = [laboratory.report(exercise) for exercise in wanted]
    return [*(found for report in reports for found in report.problems()), *_scores(reports, slug)]


def _scores(reports: list[Report], slug: str) -> Iterator[Problem]:
    """The bar is for a week: one exercise with a reason for each survivor may be under it."""
    weeks: dict[str, list[Report]] = {}
    for report in reports:
        weeks.setdefault(report.exercise.notebook.name.split("/")[1], []).append(report)
    for week, found in weeks.items():
        if slug in ("", week):
            yield from check_score(week, found)


def print_reports(root: Path, slug: str = "", *, everything: bool = False) -> bool:
    """Print the score and the survivors of each exercise as they come; whether rule C17 holds."""
    reports = []
    with Browser() as browser, Laboratory(browser) as laboratory:
        for exercise in exercises(root, slug):
            report = laboratory.report(exercise)
            reports.append(report)
            print(*_lines(report, everything=everything), sep="\n", flush=True)
    problems = [*(found for report in reports for found in report.problems()), *_scores(reports, slug)]
    killed, alive, same = (sum(report.count(fate) for report in reports) for fate in Fate)
    print(
        f"\n{killed + alive} fautes essayées, {killed} vues par les tests\u00a0: {percent(score(reports))}. "
        f"{alive} survivent, dont {sum(len(report.unlisted) for report in reports)} sans raison. "
        f"{same} ne changent rien à la page."
    )
    shown = {mutant.place for report in reports for mutant in report.unlisted}
    for problem in problems:
        if not problem.place.endswith(tuple(shown)):
            print(problem)
    return not problems


def _lines(report: Report, *, everything: bool) -> Iterator[str]:
    total = report.count(Fate.KILLED) + report.count(Fate.SURVIVED)
    yield f"{report.exercise.slug}\u00a0: {report.count(Fate.KILLED)} sur {total} ({percent(score([report]))})"
    for mutant in report.survivors:
        reason = report.exercise.reason(mutant)
        if reason and everything:
            yield f"    survit  {mutant.place}\u00a0: {mutant.change} ({reason})"
        elif not reason:
            yield f"    survit  {mutant.place}\u00a0: {mutant.change}"
