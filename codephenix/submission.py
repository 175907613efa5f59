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
from codephenix.site import MEDIA_TYPES, extension_of, header_name, is_good_name

MAX_NOTEBOOK_BYTES = 20_000_000  # without outputs, a week's notebook is 200 kB
MAX_CELLS = 300  # ten times the longest notebook of the course
MAX_FILE_KB, MAX_SUBMISSION_KB = 5_000, 40_000
SAID = 3  # remarks of one kind
_LIGHTEN = (
    "Effacez les sorties (menu «\u00a0Modifier\u00a0») et les images collées, enregistrez, puis rendez à nouveau."
)


_REPLACE = "Remplacez-le par un fichier plus léger, ou effacez-le, puis rendez à nouveau."


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
    total, largest = 0, (0, "")
    for path in _files(folder):
        name, size = path.relative_to(folder).as_posix(), path.lstat().st_size
        if path.is_symlink():
            raise SubmissionProblem(f"«\u00a0{name}\u00a0» est un lien vers un autre fichier. Effacez-le.")
        if size > MAX_FILE_KB * 1000:
            said = f"«\u00a0{name}\u00a0» pèse {_mb(size)}, le maximum est {MAX_FILE_KB // 1000} Mo."
            raise SubmissionProblem(f"{said} {_LIGHTEN if path.suffix == '.ipynb' else _REPLACE}")
        if path.suffix == ".ipynb":
            _check_own(path, name)
        total, largest = total + size, max(largest, (size, name))
    if total > MAX_SUBMISSION_KB * 1000:
        raise SubmissionProblem(
            f"Votre semaine pèse {_mb(total)}, le maximum est {MAX_SUBMISSION_KB // 1000} Mo. "
            f"Le plus lourd est «\u00a0{largest[1]}\u00a0»\u00a0: {_mb(largest[0])}. "
            "Allégez ou effacez les fichiers lourds, puis rendez à nouveau."
        )


def _mb(size: int) -> str:
    """Megabytes in French, to one tenth, so that 5,2 is not « 5, maximum 5 »."""
    return f"{-(-size // 100_000) / 10:g} Mo".replace(".", ",")


def remarks(folder: Path) -> list[str]:
    """French sentences on what a week that can be handed in misses, or holds for nothing: its project folders."""
    found: list[str] = []
    for path in sorted(folder.glob("*.ipynb")):
        for name in _tested_folders(path):
            if (folder / name).is_dir():
                found += _unread(folder, name)
            else:
                said = f"Le dossier «\u00a0{name}\u00a0» manque\u00a0: «\u00a0{path.stem}\u00a0» le teste."
                found.append(f"{said} S’il a un autre nom, renommez-le, puis rendez à nouveau.")
    return list(dict.fromkeys(found))


def _tested_folders(path: Path) -> list[str]:
    """Folders that the tests of a notebook look into, and that none of its cells writes."""
    cells = notebooks.read(path.read_text("utf-8", "replace"), path.name).cells
    names = [name for cell in cells if cell.cell_type == "code" and (name := header_name(cell.source)) and "/" in name]
    written = {name.partition("/")[0] for name in names if not name.endswith(".test.js")}
    tested = (name for name in names if name.endswith(".test.js") and is_good_name(name))
    return [each for each in dict.fromkeys(name.partition("/")[0] for name in tested) if each not in written]


def _unread(folder: Path, name: str) -> Iterator[str]:
    """What a project folder holds that no page can load."""
    paths = [path.relative_to(folder).as_posix() for path in _files(folder / name)]
    wrong = sorted(path for path in paths if not is_good_name(path) or extension_of(path) not in MEDIA_TYPES)
    for path in wrong[:SAID]:
        why = "sa sorte est inconnue. Enregistrez-le dans un autre format"
        if not is_good_name(path):
            why = "son nom a une espace, un accent ou un autre signe. Renommez-le"
        yield f"«\u00a0{path}\u00a0» est rendu, mais aucune page ne le lira\u00a0: {why}, puis rendez à nouveau."
    if len(wrong) > SAID:
        yield f"Et {len(wrong) - SAID} autre(s) fichier(s) de «\u00a0{name}\u00a0»."


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
