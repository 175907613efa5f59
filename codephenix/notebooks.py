"""Notebooks in one canonical form, so that a change in git is a change of content.

    no outputs, no execution counts · cell id equal to the grade_id · metadata from an allow-list ·
    keys sorted, one space of indent, text as it is, a newline at the end

Law of this module: pure text to text; formatting twice changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import nbformat

from codephenix.problems import Problem

CELL_METADATA = ("nbgrader", "jupyter", "tags", "slideshow", "codephenix")
NBGRADER_METADATA = (
    "grade",
    "grade_id",
    "locked",
    "points",
    "schema_version",
    "solution",
    "task",
    "cell_type",
    "checksum",
)
KERNELSPEC = {"display_name": "Web (HTML · CSS · JS)", "language": "html", "name": "web"}
LANGUAGE_INFO = {
    "codemirror_mode": "text/html",
    "file_extension": ".html",
    "mimetype": "text/html",
    "name": "html",
    "pygments_lexer": "html",
    "version": "5",
}


MAX_DEPTH = 50  # of nested values; a widget's state, the deepest there is, has twelve
RULER = "──── "
GRADED = {(False, True): "solution", (True, False): "test", (False, False): "given"}
"""Kind of a graded cell in the text view, by its ``grade`` and ``solution``."""
TASK = "task"  # a text that the trainer grades by hand


class NotebookProblem(Problem):
    """A notebook that cannot be read; the message is French and says what to do."""


def read(text: str, name: str = "notebook") -> nbformat.NotebookNode:
    """Parse a notebook of format 4; raises NotebookProblem when it is not one."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f" (ligne {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise NotebookProblem(
            f"{name}\u00a0: ce fichier n’est pas un notebook lisible{place}. "
            "Reprenez une copie saine, ou la dernière version enregistrée."
        ) from error
    if _deep(data) or _broken(data, text):
        raise NotebookProblem(
            f"{name}\u00a0: ce fichier contient des données abîmées, qu’aucun notebook ne contient. "
            "Reprenez une copie saine, ou la dernière version enregistrée."
        )
    return read_node(data, name)


def _deep(data: Any) -> bool:
    """Whether values are nested deeper than MAX_DEPTH; what copies them would run out of stack."""
    level = [data]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for value in level
            if isinstance(value, dict | list)
            for child in (value.values() if isinstance(value, dict) else value)
        ]
    return bool(level)


def _broken(data: Any, text: str) -> bool:
    """Whether a text holds half a character, alone in an escape, which no file can hold once it is read."""
    if "\\ud" not in text.lower():
        return False
    try:
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def read_node(data: Any, name: str = "notebook") -> nbformat.NotebookNode:
    """A notebook from JSON values; raises NotebookProblem when it is not one of format 4."""
    if not isinstance(data, dict) or data.get("nbformat") != 4 or not isinstance(data.get("cells"), list):
        raise NotebookProblem(f"{name}\u00a0: ce fichier n’est pas un notebook au format 4.")
    node = nbformat.from_dict(data)
    for rank, cell in enumerate(node.cells, start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            raise NotebookProblem(f"{name}\u00a0: la cellule {rank} est abîmée.")
        if isinstance(cell.get("source"), list):
            cell["source"] = "".join(map(str, cell["source"]))
        if not isinstance(cell.get("source"), str) or not isinstance(cell.get("metadata"), dict):
            raise NotebookProblem(f"{name}\u00a0: la cellule {rank} est abîmée.")
    return node


def canonical(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A copy in canonical form; cells without an id get one from their rank."""
    return nbformat.from_dict(
        {
            "cells": list(_cells(notebook)),
            "metadata": {"kernelspec": KERNELSPEC, "language_info": LANGUAGE_INFO},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def dumps(notebook: nbformat.NotebookNode) -> str:
    """Text of a notebook, keys sorted, ending in a newline."""
    split = nbformat.v4.rwbase.split_lines(nbformat.from_dict(json.loads(json.dumps(notebook))))
    return json.dumps(split, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def format_text(text: str, name: str = "notebook") -> str:
    """Canonical text of a notebook given as text."""
    return dumps(canonical(read(text, name)))


def plain_text(notebook: nbformat.NotebookNode) -> str:
    """A notebook as text to read and to edit: a ruler with the id and the kind of the cell, then its source.

    ──── ecrire-carte · solution        ──── test-ecrire-carte · test · 4 points
    """
    return "\n".join(f"{RULER}{' · '.join(_ruler(cell))}\n{cell.source}\n" for cell in notebook.cells)


def from_plain_text(text: str, name: str = "notebook") -> nbformat.NotebookNode:
    """The canonical notebook of a text made by ``plain_text``; raises NotebookProblem."""
    head, *parts = re.split(rf"^{RULER}", text, flags=re.MULTILINE)
    if head.strip() or not parts:
        raise NotebookProblem(
            f"{name}\u00a0: ce texte doit commencer par une ligne «\u00a0{RULER}nom · markdown\u00a0»."
        )
    cells = [_parsed(part, name) for part in parts]
    return canonical(nbformat.from_dict({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))


def _ruler(cell: nbformat.NotebookNode) -> Iterator[str]:
    grading, hidden = cell.metadata.get("nbgrader", {}), cell.metadata.get("jupyter", {}).get("source_hidden")
    yield cell.get("id", "?")
    flags = (bool(grading.get("grade")), bool(grading.get("solution")))
    graded = TASK if grading.get("task") else GRADED[flags]
    yield graded if grading else "activity" if hidden else cell.cell_type
    if "points" in grading:
        yield f"{grading['points']:g} points"
    yield from (f"#{tag}" for tag in cell.metadata.get("tags", []))


def _parsed(part: str, name: str) -> dict[str, Any]:
    """A cell from its ruler and its source."""
    ruler, _, source = part.partition("\n")
    identifier, *words = (word.strip() for word in ruler.split("·"))
    kind = words[0] if words else ""
    if kind not in ("markdown", "code", "activity", TASK, *GRADED.values()):
        raise NotebookProblem(
            f"{name}, cellule «\u00a0{identifier}\u00a0»\u00a0: genre inconnu «\u00a0{kind}\u00a0». "
            f"Écrivez markdown, code, activity, task, {', '.join(GRADED.values())}."
        )
    metadata: dict[str, Any] = {"tags": [word[1:] for word in words[1:] if word.startswith("#")]}
    if kind in (TASK, *GRADED.values()):
        metadata["nbgrader"] = _grading(identifier, kind, words, name)
    if kind in ("activity", "test"):
        metadata["jupyter"] = {"source_hidden": True}
    cell_type = "markdown" if kind in ("markdown", TASK) else "code"
    return {"cell_type": cell_type, "id": identifier, "metadata": metadata, "source": source}


def _grading(identifier: str, kind: str, words: list[str], name: str) -> dict[str, Any]:
    grade, solution = next((flags for flags, known in GRADED.items() if known == kind), (False, False))
    task = kind == TASK
    form = {
        "locked": kind != "solution",
        "schema_version": 3,
        "cell_type": "markdown" if task else "code",
        "task": task,
    }
    grading: dict[str, Any] = {"grade_id": identifier, "grade": grade, "solution": solution, **form}
    if grade or task:
        found = re.search(r"· (\d+(?:\.\d+)?) points?", "· " + " · ".join(words))
        if found is None:
            raise NotebookProblem(
                f"{name}, cellule «\u00a0{identifier}\u00a0»\u00a0: écrivez «\u00a0· 4 points\u00a0» après {kind}."
            )
        points = float(found[1])
        grading["points"] = int(points) if points.is_integer() else points
    return grading


def _cells(notebook: nbformat.NotebookNode) -> Iterator[dict[str, Any]]:
    taken: set[str] = set()
    for rank, cell in enumerate(notebook.cells, start=1):
        metadata = {key: cell.metadata[key] for key in CELL_METADATA if cell.metadata.get(key)}
        grading = metadata.get("nbgrader")
        if grading:
            metadata["nbgrader"] = {key: grading[key] for key in NBGRADER_METADATA if key in grading}
        identifier = (grading or {}).get("grade_id") or cell.get("id") or f"cellule-{rank}"
        if identifier in taken:
            identifier = f"{identifier}-{rank}"
        taken.add(identifier)
        clean = {"cell_type": cell.cell_type, "id": identifier, "metadata": metadata, "source": _trimmed(cell.source)}
        if cell.cell_type == "code":
            clean |= {"execution_count": None, "outputs": []}
        elif cell.get("attachments"):
            clean["attachments"] = cell.attachments
        yield clean


def _trimmed(source: str | list[str]) -> str:
    text = source if isinstance(source, str) else "".join(source)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
