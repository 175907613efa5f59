"""Rule of a comparison with mock-ups: C30. What it compares is there, and can be read.

Law of this module: no browser; how like two pictures are is for the engine, when the learner runs the cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from codephenix import activities, mockups
from codephenix.checks.notebook import Notebook, Problem
from codephenix.practice import Maquette
from codephenix.site import HOME_PAGE, CellProblem, Kind, read_cell

_MAKE = "Faites-la avec «\u00a0codephenix mockup\u00a0», puis copiez-la à côté du notebook."


def check_comparisons(notebook: Notebook) -> Iterator[Problem]:
    """C30: the page is written above, the mock-ups lie beside the notebook, each at its own width."""
    written: set[str] = set()
    for cell in notebook.node.cells:
        if cell.cell_type != "code":
            continue
        try:
            read = read_cell(cell.source)
            activity = activities.parse(read.activity, read.name, read.source) if read.activity else None
        except CellProblem:
            continue  # C14 says it
        if read.kind is Kind.FILE:
            written.add(read.name)
        elif isinstance(activity, Maquette):
            for text in (*_page(notebook, activity.page, written), *_mockups(notebook, activity.mockups)):
                yield Problem("C30", notebook.place(cell), text)


def _page(notebook: Notebook, page: str, written: set[str]) -> Iterator[str]:
    """A page is a cell above, or a file of a project folder, which the learner writes."""
    folder, separator, _ = page.partition("/")
    project = separator and notebook.given(f"{folder}/{HOME_PAGE}") is not None and notebook.solved(page) is not None
    if page not in written and not project:
        yield f"aucune cellule au-dessus n’écrit la page «\u00a0{page}\u00a0». Corrigez le nom, ou déplacez la cellule."


def _mockups(notebook: Notebook, paths: tuple[str, ...]) -> Iterator[str]:
    seen: dict[int, str] = {}
    for path in paths:
        png = notebook.given(path)
        width = mockups.width(png) if png else 0
        shown, twin = (f"«\u00a0{one}\u00a0»" for one in (path, seen.get(width, "")))
        if png is None:
            yield f"la maquette {shown} est introuvable. {_MAKE}"
        elif not width or not mockups.is_whole(png):
            yield f"la maquette {shown} n’est pas une image PNG entière\u00a0: sa largeur ne se lit pas. {_MAKE}"
        elif not mockups.read(png):
            yield f"l’image {shown} n’est pas une maquette\u00a0: aucun bloc n’y est écrit. {_MAKE}"
        elif width in seen:
            yield f"{shown} et {twin} ont la même largeur, {width} px. Gardez une maquette par largeur."
        seen.setdefault(width, path)
