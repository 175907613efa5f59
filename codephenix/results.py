"""Verdicts and scores: the one definition of pass, fail and error.

    pass    the page is as asked
    fail    the page is not as asked
    error   the code does not run, or the test could not

Law of this module: fail closed. A run that says nothing earns nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MAX_PICTURE = 100_000  # characters
MAX_VIEW = 200_000  # characters
_PNG = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+={0,2}")
_WEBP = re.compile(r"data:image/webp;base64,[A-Za-z0-9+/]+={0,2}")


class Verdict(StrEnum):
    """Outcome of one test or of a whole run."""

    PASS = "pass"  # noqa: S105  # not a password
    FAIL = "fail"
    ERROR = "error"


@dataclass(frozen=True)
class TestResult:
    """What one ``test("phrase", …)`` gave; every text is French, for the learner."""

    __test__ = False  # not a pytest class

    phrase: str
    verdict: Verdict
    points: float = 1.0
    message: str = ""  # what is wrong, one or two sentences
    expected: str = ""
    found: str = ""
    where: str = ""  # as in "carte.html, ligne 4"
    advice: str = ""  # what to do, one sentence
    score: float = 0.0  # part of the points that a ``fail`` earns all the same, 0 to 1
    image: str = ""  # ``data:`` address of a PNG that shows what is wrong
    alt: str = ""  # the same in words
    views: tuple[str, ...] = ()  # mock-up, page and differences: data: addresses of WebP, for ``likenesses``

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TestResult:
        """Read a result sent by the harness; anything unexpected is an error, never a pass."""
        verdict = data.get("verdict")
        points = data.get("points", 1.0)
        texts = {
            key: str(data.get(key) or "")[:2000] for key in ("message", "expected", "found", "where", "advice", "alt")
        }
        return cls(
            phrase=str(data.get("phrase") or "Test sans nom")[:500],
            verdict=Verdict(verdict) if verdict in tuple(Verdict) else Verdict.ERROR,
            points=float(points) if isinstance(points, int | float) and 0 < points <= 100 else 1.0,
            score=_part(data.get("score")),
            image=_picture(data.get("image")),
            views=_views(data.get("views")),
            **texts,
        )

    @property
    def earned(self) -> float:
        """Its points when it passes, a part of them when it nearly does."""
        if self.verdict is Verdict.PASS:
            return self.points
        return math.floor(self.points * self.score * 100) / 100 if self.verdict is Verdict.FAIL else 0.0


def _part(score: Any) -> float:
    """A score under 1: what fails never earns everything."""
    return min(float(score), 0.99) if isinstance(score, int | float) and score > 0 else 0.0


def _picture(address: Any) -> str:
    text = address if isinstance(address, str) and len(address) <= MAX_PICTURE else ""
    return text if _PNG.fullmatch(text) else ""


def _views(addresses: Any) -> tuple[str, ...]:
    """All three, or none."""
    texts = addresses if isinstance(addresses, list | tuple) and len(addresses) == 3 else ()
    good = all(isinstance(each, str) and len(each) <= MAX_VIEW and _WEBP.fullmatch(each) for each in texts)
    return tuple(texts) if good else ()


@dataclass(frozen=True)
class TestRun:
    """Results of one test cell, in source order."""

    __test__ = False

    results: tuple[TestResult, ...] = ()
    problem: str = ""  # why the run as a whole could not take place, in French
    duration_ms: int = 0  # wall clock, browser start excluded

    @property
    def points(self) -> float:
        """Points that the tests are worth together."""
        return sum(result.points for result in self.results)

    @property
    def earned(self) -> float:
        """Points of the tests that pass, and parts of those that nearly do; 0 when the run as a whole failed."""
        if self.problem:
            return 0.0
        return sum(result.earned for result in self.results)

    @property
    def verdict(self) -> Verdict:
        """``pass`` only when there is at least one test and all of them pass."""
        if self.problem or not self.results:
            return Verdict.ERROR
        verdicts = {result.verdict for result in self.results}
        if verdicts == {Verdict.PASS}:
            return Verdict.PASS
        return Verdict.ERROR if Verdict.ERROR in verdicts else Verdict.FAIL
