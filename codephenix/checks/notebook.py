"""A notebook to check, its tasks, and what a check reports.

Law of this module: values only; no rule lives here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from nbformat import NotebookNode

from codephenix import notebooks
from codephenix.site import header_name, nothing_given

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
    def in_folder(self) -> bool:
        """Whether it grades a page of a project folder, whose solution is files, not cells."""
        return not self.solutions and "/" in (header_name(self.test.source) or "")

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
    corrected: Given = nothing_given  # files of the solution of its project folder
    node: NotebookNode = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "node", notebooks.read(self.text, self.name))

    def solved(self, path: str) -> bytes | None:
        """A file beside it, as in the solution."""
        content = self.corrected(path)
        return self.given(path) if content is None else content

    def place(self, cell: NotebookNode) -> str:
        """File and cell, as problems name them."""
        return f"{self.name}, cellule «\u00a0{cell.get('id', '?')}\u00a0»"

    def texts(self) -> Iterator[NotebookNode]:
        """The Markdown cells."""
        return (cell for cell in self.node.cells if cell.cell_type == "markdown")

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


def task_of(notebook: Notebook, slug: str) -> Task | None:
    """The task of an exercise: the first test after the Markdown cell that bears its slug."""
    after = False
    tests = {task.test.id: task for task in notebook.tasks()}
    for cell in notebook.node.cells:
        after = after or cell.get("id") == slug
        if after and cell.get("id") in tests:
            return tests[cell.id]
    return None
