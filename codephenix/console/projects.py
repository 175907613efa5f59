"""The projects of a week on one desk: what each learner made, seen at three widths, with reports; and their marks.

    autograded/LOGIN/sNN/projet.ipynb ─▶ site ─▶ pictures, validity, accessibility, weight
    rubric ─▶ nbgrader's manual grade and comment of the task « noter-le-projet »

Law of this module: the trainer sees pictures of a learner's page, never the page itself, and a mark is written through
nbgrader's gradebook, so that formgrader shows the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader import api

from codephenix import notebooks
from codephenix.browser import Browser
from codephenix.browser.view import home_page
from codephenix.console import attempts
from codephenix.console import rubric as grid
from codephenix.folder import Folder
from codephenix.interpreter import Interpreter
from codephenix.problems import Problem
from codephenix.projects import folders
from codephenix.results import TestRun, Verdict
from codephenix.sanitise import output_html
from codephenix.site import HOME_PAGE, CellProblem, Kind, Site, header_name, kind_of

NOTEBOOK, TASK = "projet", "noter-le-projet"
WIDTHS = (320, 768, 1280)  # px
MOST_PAGES = 12  # of the folders of one learner
REPORT = """
test("Le code suit les règles du HTML", async () => { await expect(page).toBeValid(); });
test("La page est accessible", async () => { await expect(page).toBeAccessible(); });
test("Tous les fichiers se chargent", () => { expect(page).toLoadEverything(); });
test("Rien ne dépasse sur un téléphone", { width: 320 }, () => { expect(page).toFitWidth(); });
"""


class ProjectProblem(Problem):
    """Why a project cannot be shown or graded; the message is French."""


@dataclass(frozen=True)
class PageReport:
    """What can be seen of one page of a project."""

    path: str
    pictures: Mapping[int, bytes]  # PNG by width; a page that does not load has none
    results: TestRun
    weight_bytes: int  # the page and all that it uses

    @property
    def problems(self) -> list[str]:
        """What the checks found, in French."""
        if self.results.problem:
            return [self.results.problem]
        failed = [result for result in self.results.results if result.verdict is not Verdict.PASS]
        return [" ".join(filter(None, (f"{result.phrase}\u00a0: non.", result.message))) for result in failed]


@dataclass(frozen=True)
class Project:
    """One learner's project and its rubric."""

    learner: str
    scores: Mapping[str, float]
    comment: str
    auto: float  # points of the tests
    auto_maximum: float
    graded: bool  # by hand


def site_of(notebook: Path) -> Site:
    """The site that a learner's notebook holds. Raises NotebookProblem."""
    node = notebooks.read(notebook.read_text("utf-8", "replace"), str(notebook))
    interpreter = Interpreter(_no_tests, given=Folder(notebook.parent).read)
    for cell in node.cells:
        if cell.cell_type == "code" and kind_of(cell.source) is Kind.FILE:
            with suppress(CellProblem):
                interpreter.store(cell.source, cell.get("id"))
    return interpreter.site


def _no_tests(*_: object) -> TestRun:
    return TestRun()


def reports(site: Site, browser: Browser, pages: Sequence[str] = ()) -> list[PageReport]:
    """A report on each page of a site, in the order of the notebook, then on those of ``pages``."""
    return [_report(site, path, browser) for path in dict.fromkeys((*site.pages, *filter(site.read, pages)))]


def folder_pages(notebook: Path) -> list[str]:
    """Pages of the project folders beside a notebook, home pages first, at most MOST_PAGES."""
    found = (page for folder in folders(notebook.parent) for page in folder.rglob("*.html"))
    paths = [page.relative_to(notebook.parent).as_posix() for page in found]
    return sorted(paths, key=lambda path: (not path.endswith(f"/{HOME_PAGE}"), path.count("/"), path))[:MOST_PAGES]


def _report(site: Site, path: str, browser: Browser) -> PageReport:
    pictures = {}
    for width in WIDTHS:
        with suppress(TimeoutError):
            pictures[width] = browser.screenshot(site, path, width=width, height=900)
    results = browser.run(site, REPORT, f"{path.removesuffix('.html')}.test.js")
    files = {**site.bundle(path), path: site.read(path)}
    return PageReport(path, pictures, results, sum(len(file.content) for file in files.values() if file))


@dataclass(frozen=True)
class Answer:
    """What a learner answered to one exercise, as it was graded."""

    picture: bytes  # PNG; empty when the page does not load
    source: str
    results: str  # HTML of the results, cleaned


def answer_to(notebook: Path, test: str, browser: Browser) -> Answer:
    """The answer that a test cell graded. Raises NotebookProblem, ProjectProblem."""
    node = notebooks.read(notebook.read_text("utf-8", "replace"), str(notebook))
    cell = next((one for one in node.cells if one.metadata.get("nbgrader", {}).get("grade_id") == test), None)
    name = header_name(cell.source) if cell else None
    if cell is None or name is None:
        raise ProjectProblem(f"{notebook}\u00a0: la cellule de test «\u00a0{test}\u00a0» manque.")
    site = site_of(notebook)
    page, picture = home_page(site, name), b""
    with suppress(TimeoutError):
        picture = browser.screenshot(site, page, width=768, height=600) if page else b""
    return Answer(picture, attempts.tested_source(site, name), "".join(_shown(cell)))


def _shown(cell: Any) -> list[str]:
    """HTML outputs of a cell, cleaned; each is a text or the list of its lines."""
    lines = ("".join(one.get("data", {}).get("text/html", "")) for one in cell.get("outputs", []))
    return [output_html(html) for html in lines if html]


def likenesses(notebook: Path) -> list[str]:
    """Results of the tests that compared with a mock-up, as clean HTML with their pictures. Raises NotebookProblem."""
    node = notebooks.read(notebook.read_text("utf-8", "replace"), str(notebook))
    tests = (cell for cell in node.cells if cell.metadata.get("nbgrader", {}).get("grade"))
    return [html for cell in tests for html in _shown(cell) if "data:image/png" in html]


def load(root: Path, db_url: str, week: str) -> list[Project]:
    """Projects of a week that were graded by the tests, by login. Raises ProjectProblem."""
    with api.Gradebook(db_url) as gradebook:
        _task(gradebook, week)
        return [_project(gradebook, week, path.parent.parent.name) for path in sorted(_files(root, week))]


def file_of(root: Path, week: str, learner: str) -> Path:
    """Notebook of a learner's project, as it was graded."""
    return root / "autograded" / learner / week / f"{NOTEBOOK}.ipynb"


def _files(root: Path, week: str) -> list[Path]:
    return list((root / "autograded").glob(f"*/{week}/{NOTEBOOK}.ipynb"))


def _task(gradebook: api.Gradebook, week: str) -> api.TaskCell:
    try:
        return gradebook.find_task_cell(TASK, NOTEBOOK, week)
    except api.MissingEntry as missing:
        raise ProjectProblem(
            f"{week}\u00a0: le notebook {NOTEBOOK} n’a pas de tâche «\u00a0{TASK}\u00a0», "
            "ou n’est pas encore distribué."
        ) from missing


def _project(gradebook: api.Gradebook, week: str, learner: str) -> Project:
    notebook = gradebook.find_submission_notebook(NOTEBOOK, week, learner)
    grade = gradebook.find_grade(TASK, NOTEBOOK, week, learner)
    comment = gradebook.find_comment(TASK, NOTEBOOK, week, learner)
    scores, text = grid.from_comment(grid.rubric(), comment.manual_comment or "")
    auto = [one for one in notebook.grades if one.name != TASK]
    return Project(
        learner, scores, text, sum(one.auto_score or 0 for one in auto), sum(one.max_score for one in auto),
        graded=not grade.needs_manual_grade,
    )  # fmt: skip


def save(db_url: str, week: str, learner: str, scores: Mapping[str, float], text: str) -> float:
    """Write a graded rubric; the points given. Raises ProjectProblem."""
    rubric = grid.rubric()
    with api.Gradebook(db_url) as gradebook:
        task = _task(gradebook, week)
        points = grid.total(rubric, scores)
        if points > task.max_score:
            raise ProjectProblem(f"La grille donne {points:g} points, la tâche en vaut {task.max_score:g}.")
        grade = gradebook.find_grade(TASK, NOTEBOOK, week, learner)
        grade.manual_score, grade.needs_manual_grade = points, False
        comment = gradebook.find_comment(TASK, NOTEBOOK, week, learner)
        comment.manual_comment = grid.to_comment(rubric, scores, text)
        gradebook.db.commit()
    return points
