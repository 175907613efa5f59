"""How far a learner is: the exercises of each week, those whose tests all passed once, from notebooks and tries.

    progress({("s01", "04-balise"): ["test-affiche"]}, [("s01", "04-balise", "test-affiche")])

Law of this module: no I/O. An exercise without tests is not counted: nothing says whether it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Exercise = tuple[str, str]  # week, notebook


@dataclass(frozen=True)
class Step:
    """An exercise of a week."""

    week: str
    notebook: str  # without extension
    title: str
    done: int  # tests cells that passed at least once
    total: int


def title_of(notebook: Mapping[str, Any], default: str) -> str:
    """The first title of a notebook."""
    for cell in notebook.get("cells", []):
        for line in "".join(cell.get("source", "")).splitlines():
            if cell.get("cell_type") == "markdown" and line.startswith("# "):
                return line[2:].strip()
    return default


def tests_of(notebook: Mapping[str, Any]) -> list[str]:
    """The grade_ids of the test cells of a notebook, in order."""
    found = []
    for cell in notebook.get("cells", []):
        grading = cell.get("metadata", {}).get("nbgrader", {})
        if cell.get("cell_type") == "code" and grading.get("grade") and not grading.get("solution"):
            found.append(str(grading.get("grade_id", "")))
    return found


def progress(notebooks: Mapping[Exercise, Mapping[str, Any]], passed: Iterable[tuple[str, str, str]]) -> list[Step]:
    """Steps in the order of the notebooks; ``passed`` are (week, notebook, test cell) that passed once."""
    right = set(passed)
    steps = []
    for (week, name), notebook in notebooks.items():
        tests = tests_of(notebook)
        done = sum((week, name, test) in right for test in tests)
        if tests:
            steps.append(Step(week, name, title_of(notebook, name), done, len(tests)))
    return steps
