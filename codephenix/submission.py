"""What may be handed in and graded: plain files and readable notebooks, of a size that a class makes.

    handed in   the whole week is checked before anything is copied, and the learner reads why it is refused
    graded      each notebook is checked again, whatever way it came

Law of this module: it reads and measures, and changes nothing; what is refused is refused in French, by its name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from codephenix import notebooks

MAX_NOTEBOOK_BYTES = 20_000_000  # without outputs, a week's notebook is 200 kB
MAX_CELLS = 300  # ten times the longest notebook of the course
MAX_FILE_KB, MAX_SUBMISSION_KB = 5_000, 40_000
_LIGHTEN = (
    "Effacez les sorties (menu «\u00a0Modifier\u00a0») et les images collées, enregistrez, puis rendez à nouveau."
)


class SubmissionProblem(Exception):
    """A submission that cannot be graded; the message is French, names the file and says what to do."""


def check_notebook(path: Path) -> None:
    """Raise SubmissionProblem when a file is not a notebook that can be graded."""
    if path.is_symlink():
        raise SubmissionProblem(f"{path}\u00a0: ce fichier est un lien vers un autre. Rendez le fichier lui-même.")
    size = path.stat().st_size
    if size > MAX_NOTEBOOK_BYTES:
        raise SubmissionProblem(
            f"{path}\u00a0: ce notebook pèse {size // 1_000_000} Mo, "
            f"le maximum est {MAX_NOTEBOOK_BYTES // 1_000_000} Mo. "
            "Demandez à l’apprenant d’effacer les sorties et les images collées, puis de rendre à nouveau."
        )
    try:
        found = notebooks.read(path.read_text("utf-8", "replace"), str(path))
    except notebooks.NotebookProblem as problem:
        raise SubmissionProblem(f"{problem} L’apprenant peut rendre à nouveau.") from problem
    if len(found.cells) > MAX_CELLS:
        raise SubmissionProblem(
            f"{path}\u00a0: ce notebook a {len(found.cells)} cellules, le maximum est {MAX_CELLS}. "
            "L’apprenant peut effacer les cellules ajoutées, puis rendre à nouveau."
        )


def check_links(folder: Path) -> None:
    """Raise SubmissionProblem when a submission holds a link: a copy of it would hold the file of somebody else."""
    for path in _files(folder):
        if path.is_symlink():
            raise SubmissionProblem(
                f"{path}\u00a0: ce fichier est un lien vers un autre. Effacez-le, puis recommencez."
            )


def check_week(folder: Path) -> None:
    """Raise SubmissionProblem when a learner's week cannot be handed in; the message is for the learner."""
    total = 0
    for path in _files(folder):
        name, size = path.relative_to(folder).as_posix(), path.lstat().st_size
        if path.is_symlink():
            raise SubmissionProblem(f"«\u00a0{name}\u00a0» est un lien vers un autre fichier. Effacez-le.")
        if size > MAX_FILE_KB * 1000:
            said = f"«\u00a0{name}\u00a0» pèse {size // 1_000_000} Mo, le maximum est {MAX_FILE_KB // 1000} Mo."
            raise SubmissionProblem(f"{said} {_LIGHTEN}")
        if path.suffix == ".ipynb":
            _check_own(path, name)
        total += size
    if total > MAX_SUBMISSION_KB * 1000:
        raise SubmissionProblem(
            f"Votre semaine pèse {total // 1_000_000} Mo, le maximum est {MAX_SUBMISSION_KB // 1000} Mo. {_LIGHTEN}"
        )


def _check_own(path: Path, name: str) -> None:
    """Raise SubmissionProblem when a notebook of the learner who hands in cannot be graded."""
    try:
        cells = len(notebooks.read(path.read_text("utf-8", "replace"), f"«\u00a0{name}\u00a0»").cells)
    except notebooks.NotebookProblem as problem:
        raise SubmissionProblem(str(problem)) from problem
    if cells > MAX_CELLS:
        raise SubmissionProblem(
            f"«\u00a0{name}\u00a0» a {cells} cellules, le maximum est {MAX_CELLS}. Effacez les cellules ajoutées."
        )


def _files(folder: Path) -> Iterator[Path]:
    """Everything that is not a real folder; hidden folders are never handed in."""
    for parent, folders, files in os.walk(folder):
        here = Path(parent)
        yield from (here / name for name in files if not name.startswith("."))
        yield from (here / name for name in folders if (here / name).is_symlink())
        folders[:] = [name for name in folders if not name.startswith(".")]
