"""The course on disk put through its rules: files to ``checks``, in parallel over one browser.

Law of this module: it reads and runs, the rules are in ``checks``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from queue import SimpleQueue

from codephenix import checks, contents, glossary, notebooks, syllabus
from codephenix.browser import Browser, Tab
from codephenix.checks import Notebook, Problem, Tally
from codephenix.glossary import Glossary, GlossaryProblem
from codephenix.interpreter import RunTests
from codephenix.projects import readers
from codephenix.results import TestRun
from codephenix.site import Site

Job = Callable[[RunTests], list[Problem]]
MANIFEST, GLOSSARY = "course.toml", "glossary.toml"
INDEX, TERMS = "course/index.ipynb", "course/glossaire.ipynb"
PARALLEL = 3  # pages at a time; two cores saturate there


def notebook_files(root: Path) -> list[Path]:
    """Notebooks that we write, in order."""
    return sorted([*(root / "course").rglob("*.ipynb"), *(root / "source").rglob("*.ipynb")])


@cache
def common_words() -> frozenset[str]:
    """French words that are frequent enough for everyone."""
    return frozenset((files("codephenix") / "data" / "french_words.txt").read_text("utf-8").split())


@dataclass(frozen=True)
class Plan:
    """What a course folder says of itself."""

    course: syllabus.Course
    glossary: Glossary

    def generated(self) -> dict[str, str]:
        """Text of the notebooks that are made from it, by path."""
        return {
            INDEX: contents.index(self.course, glossary=bool(self.glossary.entries)),
            **({TERMS: glossary.notebook(self.glossary, self.course)} if self.glossary.entries else {}),
        }

    def problems(self) -> Iterator[Problem]:
        """Faults of ``course.toml`` and of the glossary."""
        yield from checks.check_course(self.course)
        yield from checks.check_glossary(self.course, self.glossary)


def plan_of(root: Path) -> Plan:
    """Raises SyllabusProblem, GlossaryProblem, OSError."""
    terms = root / GLOSSARY
    return Plan(
        syllabus.loads((root / MANIFEST).read_text("utf-8")),
        glossary.loads(terms.read_text("utf-8")) if terms.exists() else Glossary(),
    )


def format_course(root: Path) -> list[str]:
    """Rewrite the table of contents and the glossary, and the notebooks that are not in canonical form; their paths."""
    changed = []
    for name, text in plan_of(root).generated().items():
        (root / name).write_text(text, "utf-8")
    for path in notebook_files(root):
        text = path.read_text("utf-8")
        formatted = notebooks.format_text(text, str(path))
        if formatted != text:
            path.write_text(formatted, "utf-8")
            changed.append(str(path.relative_to(root)))
    return changed


def check_course(root: Path, slug: str = "") -> list[Problem]:
    """Problems of the weeks that are ready, or of one week, notebook or exercise even when planned."""
    with Browser() as browser, pages(browser) as run_tests:
        return check_with(run_tests, root, slug)


@contextmanager
def pages(browser: Browser) -> Iterator[RunTests]:
    """A way to run tests in pages that are used again, which is faster: they only hold code of ours."""
    with ExitStack() as stack:
        tabs: SimpleQueue[Tab] = SimpleQueue()
        for _ in range(PARALLEL):
            tabs.put(stack.enter_context(browser.open_tab()))

        def run(site: Site, script: str, name: str) -> TestRun:
            tab = tabs.get()
            try:
                return tab.run(site, script, name)
            finally:
                tabs.put(tab)

        yield run


def check_with(run_tests: RunTests, root: Path, slug: str = "") -> list[Problem]:
    """The same, in a browser that is open; ``course.toml`` as a slug checks the plan alone."""
    try:
        plan = plan_of(root)
    except (syllabus.SyllabusProblem, OSError) as problem:
        return [Problem("C02", MANIFEST, str(problem))]
    except GlossaryProblem as problem:
        return [Problem("C23", GLOSSARY, str(problem))]
    problems = [*_stale(root, plan), *(() if slug not in ("", MANIFEST) else plan.problems())]
    check = Check(root, plan)
    weeks = [week for week in plan.course.weeks if week.status == "ready" or slug]
    jobs = [job for week in weeks for job in check.jobs(week, slug)]
    with ThreadPoolExecutor(PARALLEL) as pool:
        problems += [found for job in pool.map(lambda job: job(run_tests), jobs) for found in job]
    for week in weeks:
        if slug in ("", week.slug):
            problems += checks.check_tally(week, check.tallies.get(week.slug, {}))
    return problems


def _stale(root: Path, plan: Plan) -> Iterator[Problem]:
    for name, text in plan.generated().items():
        path = root / name
        if not path.exists() or path.read_text("utf-8") != text:
            yield Problem("C02", name, "ce notebook n’est pas à jour. Lancez «\u00a0make format\u00a0».")


class Check:
    """The jobs of one check; they share how many tests each graded cell has."""

    def __init__(self, root: Path, plan: Plan) -> None:
        self._root = root
        self._plan = plan
        self.tallies: dict[str, Tally] = {}

    def jobs(self, week: syllabus.Week, slug: str) -> Iterator[Job]:
        """What to run for a week, or for one of its notebooks or exercises."""
        course, source = self._root / "course" / week.slug, self._root / "source" / week.slug
        if slug in ("", week.slug):
            yield lambda _: list(checks.check_week(week, _names(course), _names(source)))
        for lesson in week.lessons:
            path = course / f"{lesson.slug}.ipynb"
            if path.exists() and slug in ("", week.slug, lesson.slug):
                yield partial(self._lesson, path)
        tally = self.tallies.setdefault(week.slug, {})
        for name, exercises in week.notebooks():
            path = source / f"{name}.ipynb"
            if not path.exists():
                continue
            if slug in ("", week.slug, name):
                yield partial(self._exercises, path, tally)
            for exercise in exercises:
                if slug in ("", week.slug, name, exercise.slug):
                    yield partial(self._submissions, path, week.slug, exercise.slug)

    def _open(self, path: Path) -> Notebook:
        name = path.relative_to(self._root).as_posix()
        return Notebook(name, path.read_text("utf-8"), *readers(path.parent))

    def _words(self, notebook: Notebook) -> Iterator[Problem]:
        return checks.check_vocabulary(notebook, common_words(), self._plan.glossary)

    def _lesson(self, path: Path, run_tests: RunTests) -> list[Problem]:
        def check() -> Iterator[Problem]:
            notebook = self._open(path)
            yield from checks.check_lesson(notebook, run_tests)
            yield from self._words(notebook)

        return _safely(check, path)

    def _exercises(self, path: Path, tally: Tally, run_tests: RunTests) -> list[Problem]:
        def check() -> Iterator[Problem]:
            notebook = self._open(path)
            yield from checks.check_exercises(notebook, run_tests, tally)
            yield from self._words(notebook)

        return _safely(check, path)

    def _submissions(self, path: Path, week: str, slug: str, run_tests: RunTests) -> list[Problem]:
        proof = self._root / "tests" / "submissions" / week / f"{slug}.toml"
        if not proof.exists():
            place = str(proof.relative_to(self._root))
            return [Problem("C15", place, "ce fichier manque\u00a0: variantes et erreurs typiques.")]
        text = proof.read_text("utf-8")
        return _safely(lambda: checks.check_submissions(self._open(path), slug, text, run_tests), path)


def _names(folder: Path) -> list[str]:
    return [path.stem for path in folder.glob("*.ipynb")]


def _safely(check: Callable[[], Iterator[Problem]], path: Path) -> list[Problem]:
    try:
        return list(check())
    except notebooks.NotebookProblem as problem:
        return [Problem("C01", path.name, str(problem))]
