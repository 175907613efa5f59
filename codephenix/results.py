"""Verdicts and scores: the one definition of pass, fail and error.

    pass    the page is as asked
    fail    the page is not as asked
    error   the code does not run, or the test could not

Law of this module: fail closed. A run that says nothing earns nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


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

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TestResult:
        """Read a result sent by the harness; anything unexpected is an error, never a pass."""
        verdict = data.get("verdict")
        points = data.get("points", 1.0)
        texts = {key: str(data.get(key) or "")[:2000] for key in ("message", "expected", "found", "where", "advice")}
        return cls(
            phrase=str(data.get("phrase") or "Test sans nom")[:500],
            verdict=Verdict(verdict) if verdict in tuple(Verdict) else Verdict.ERROR,
            points=float(points) if isinstance(points, int | float) and 0 < points <= 100 else 1.0,
            **texts,
        )


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
        """Points of the tests that pass; 0 when the run as a whole failed."""
        if self.problem:
            return 0.0
        return sum(result.points for result in self.results if result.verdict is Verdict.PASS)

    @property
    def verdict(self) -> Verdict:
        """``pass`` only when there is at least one test and all of them pass."""
        if self.problem or not self.results:
            return Verdict.ERROR
        verdicts = {result.verdict for result in self.results}
        if verdicts == {Verdict.PASS}:
            return Verdict.PASS
        return Verdict.ERROR if Verdict.ERROR in verdicts else Verdict.FAIL
