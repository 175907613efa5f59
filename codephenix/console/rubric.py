"""The rubric of the projects: criteria with points and skills, and a bank of comments.

    **Grille du projet**

    - Le site répond à la commande du client : 4,5 / 5
    - La structure se comprend sans le style : 5 / 5

    Bon travail.

is how a graded rubric is kept, as the manual comment of the task in nbgrader's gradebook.

Law of this module: pure; the comment alone gives the scores back, so that nothing is stored twice.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TITLE = "**Grille du projet**"
_LINE = re.compile(r"^- (?P<title>.+?)\u00a0: (?P<score>\d+(?:,\d+)?) / (?P<points>\d+(?:,\d+)?)$", re.MULTILINE)


@dataclass(frozen=True)
class Criterion:
    """One line of the rubric."""

    code: str
    title: str
    help: str  # what to look at
    points: float
    ccp: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rubric:
    """Criteria, and sentences ready to be chosen."""

    criteria: tuple[Criterion, ...]
    comments: tuple[str, ...]

    @property
    def points(self) -> float:
        """Points of all the criteria."""
        return sum(criterion.points for criterion in self.criteria)


@cache
def rubric() -> Rubric:
    """The rubric of the course."""
    data = tomllib.loads((files("codephenix") / "data" / "rubric.toml").read_text("utf-8"))
    criteria = tuple(Criterion(**{**table, "ccp": tuple(table["ccp"])}) for table in data["criteria"])
    return Rubric(criteria, tuple(table["text"] for table in data["comments"]))


def to_comment(rubric: Rubric, scores: Mapping[str, float], text: str) -> str:
    """The comment that keeps a graded rubric; a criterion without a score has 0."""
    lines = [
        f"- {criterion.title}\u00a0: {_french(scores.get(criterion.code, 0))} / {_french(criterion.points)}"
        for criterion in rubric.criteria
    ]
    return "\n".join([TITLE, "", *lines, "", text.strip()]).rstrip() + "\n"


def from_comment(rubric: Rubric, comment: str) -> tuple[dict[str, float], str]:
    """Scores by code, and the free text of a comment."""
    codes = {criterion.title: criterion.code for criterion in rubric.criteria}
    scores = {
        codes[line["title"]]: float(line["score"].replace(",", "."))
        for line in _LINE.finditer(comment)
        if line["title"] in codes
    }
    text = _LINE.sub("", comment).replace(TITLE, "").strip() if scores else comment.strip()
    return scores, text


def total(rubric: Rubric, scores: Mapping[str, float]) -> float:
    """Points of a graded rubric, each criterion held between 0 and its points."""
    return sum(min(max(scores.get(one.code, 0.0), 0.0), one.points) for one in rubric.criteria)


def _french(value: float) -> str:
    return f"{value:g}".replace(".", ",")
