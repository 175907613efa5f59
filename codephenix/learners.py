"""The simulated learners of the demonstration: data to notebooks handed in.

Law of this module: what a learner does is in ``data/demo/*.toml``; its README says how to read it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from codephenix.release import released_source, solved_source
from codephenix.site import header_name

SOLUTION, RELEASED, EMPTY = "@solution", "@released", "@empty"


class LearnerProblem(Exception):
    """A fault in a learner's file; the message is French."""


@dataclass(frozen=True)
class Learner:
    """One simulated learner."""

    login: str
    first_name: str
    last_name: str
    kind: str
    story: str
    answer: str  # for every solution cell not in ``answers``
    late: bool = False
    test: str | None = None  # written over every test cell
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by notebook, then grade_id
    expected: Mapping[str, float] = field(default_factory=dict)  # points by notebook


def load() -> list[Learner]:
    """The learners, those who are late at the end."""
    folder = files("codephenix") / "data" / "demo"
    found = [_read(entry.name, entry.read_text("utf-8")) for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return sorted(found, key=lambda learner: (learner.late, learner.login))


def _read(name: str, text: str) -> Learner:
    try:
        return Learner(login=name.removesuffix(".toml"), **tomllib.loads(text))
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise LearnerProblem(f"data/demo/{name}\u00a0: {error}") from error


def work(learner: Learner, fetched: Path, source: Path) -> None:
    """Write a learner's answers into the notebooks that were fetched."""
    for path in sorted(fetched.glob("*.ipynb")):
        original = json.loads((source / path.name).read_text("utf-8"))
        content = json.loads(path.read_text("utf-8"))
        _fill(learner, path.stem, content["cells"], _solutions(original["cells"]))
        path.chmod(0o644)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")


def _solutions(cells: list[dict[str, Any]]) -> dict[str, str]:
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
        for cell in cells
        if cell["metadata"].get("nbgrader", {}).get("solution")
    }


def _fill(learner: Learner, notebook: str, cells: list[dict[str, Any]], solutions: Mapping[str, str]) -> None:
    answers = learner.answers.get(notebook, {})
    unknown = sorted(set(answers) - set(solutions))
    if unknown:
        raise LearnerProblem(
            f"data/demo/{learner.login}.toml\u00a0: «\u00a0{unknown[0]}\u00a0» n’est pas une cellule de solution."
        )
    for cell in cells:
        grading = cell["metadata"].get("nbgrader", {})
        grade_id = grading.get("grade_id")
        if grading.get("solution"):
            cell["source"] = _source(answers.get(grade_id, learner.answer), solutions[grade_id])
        elif grading.get("grade") and learner.test is not None:
            cell["source"] = learner.test


def _source(answer: str, solution: str) -> str:
    """What the cell holds for an answer of the file."""
    known = {SOLUTION: solved_source(solution), EMPTY: "", RELEASED: released_source(solution)}
    return (
        known[answer]
        if answer in known
        else answer.strip("\n").replace("{file}", header_name(solution) or "index.html")
    )
