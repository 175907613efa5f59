"""Project folders of an assignment: sites made of real files, which the learner writes beside the notebook.

    source/s05/site-vitrine/index.html     a starter: the folder is a project, and every file in it is the learner’s
    source/s05/images/carte.png            given: nbgrader puts it back when it grades

nbgrader grades with its own copy of every file of the source; without this, it would grade the starter.

    source/s05/.corrige/site-vitrine/…     its solution, for ``codephenix check``; never handed out, as it is hidden

Law of this module: a folder of an assignment is a project when it holds ``index.html`` at its top, and only then.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from codephenix.folder import Folder
from codephenix.site import HOME_PAGE

SOLUTION = ".corrige"  # beside the notebooks of an assignment


def readers(folder: Path) -> tuple[Callable[[str], bytes | None], Callable[[str], bytes | None]]:
    """How to read the files beside a notebook of the source: those that are given, and those of the solution."""
    return Folder(folder).read, Folder(folder / SOLUTION).read


def folders(assignment: Path) -> list[Path]:
    """The project folders of an assignment’s source, in order; none when it does not exist."""
    return sorted(page.parent for page in assignment.glob(f"*/{HOME_PAGE}") if not page.parent.name.startswith("."))


def own_files(assignment: Path) -> list[str]:
    """Files of the source that the learner’s own replace, relative to the assignment."""
    found = (path for folder in folders(assignment) for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(assignment).as_posix() for path in found)


class OwnFiles(dict[str, list[str]]):
    """nbgrader’s ``exclude_overwriting``, looked up in the source each time an assignment is graded."""

    def __init__(self, source: Path) -> None:
        super().__init__()
        self.source = source

    def get(self, assignment: str, default: Any = None) -> Any:
        """Files of an assignment that grading leaves as the learner wrote them."""
        del default
        return own_files(self.source / assignment)
