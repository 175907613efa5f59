"""Where each learner stands, by week and by skill: marks in, shares out.

A share is the points earned over the points possible, of what was handed in; None when there is nothing yet.

Law of this module: pure, and the same marks in another order give the same figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from codephenix.console.register import Mark

SKILLS = {
    "CP1": "Préparer son environnement de travail",
    "CP2": "Maquetter des interfaces",
    "CP3": "Réaliser des interfaces statiques",
    "CP4": "Développer la partie dynamique des interfaces",
}
"""Competences of the CCP1 of the « titre professionnel » DWWM, in short."""

ACQUIRED, UNDER_WAY = 0.8, 0.4  # shares from which a skill is said to be acquired, or under way


@dataclass(frozen=True)
class Standing:
    """Points and exercises of one group of marks."""

    earned: float = 0.0
    possible: float = 0.0
    passed: int = 0  # exercises with every point
    tried: int = 0  # exercises handed in

    @property
    def share(self) -> float | None:
        """Earned over possible, from 0 to 1; None before anything was handed in."""
        return self.earned / self.possible if self.possible else None

    @property
    def level(self) -> str:
        """In words, for a record of skills."""
        if self.share is None:
            return "pas encore évalué"
        return "acquis" if self.share >= ACQUIRED else "en cours" if self.share >= UNDER_WAY else "à reprendre"

    def plus(self, mark: Mark) -> Standing:
        """With one mark more; what waits for the trainer counts for nothing yet."""
        if mark.to_grade and not mark.score:
            return self
        return Standing(
            self.earned + mark.score, self.possible + mark.maximum, self.passed + mark.passed, self.tried + 1
        )


def total(marks: Iterable[Mark]) -> Standing:
    """All marks together."""
    standing = Standing()
    for mark in marks:
        standing = standing.plus(mark)
    return standing


def grouped(marks: Iterable[Mark], keys: Callable[[Mark], Iterable[str]]) -> dict[str, Standing]:
    """Standing of each group; a mark counts once in each of its groups. Keys are sorted."""
    groups: dict[str, Standing] = defaultdict(Standing)
    for mark in marks:
        for key in set(keys(mark)):
            groups[key] = groups[key].plus(mark)
    return dict(sorted(groups.items()))


def by_week(marks: Iterable[Mark]) -> dict[str, Standing]:
    """Standing of each week, by slug."""
    return grouped(marks, lambda mark: (mark.week,))


def by_skill(marks: Iterable[Mark]) -> dict[str, Standing]:
    """Standing of each competence, CP1 to CP4."""
    return grouped(marks, lambda mark: {criterion.partition(".")[0] for criterion in mark.ccp})


def by_criterion(marks: Iterable[Mark]) -> dict[str, Standing]:
    """Standing of each criterion of CCP1, as in CP3.2."""
    return grouped(marks, lambda mark: mark.ccp)


def by_theme(marks: Iterable[Mark]) -> dict[str, Standing]:
    """Standing of each theme of the RGAA, 1 to 13."""
    return grouped(marks, lambda mark: {criterion.partition(".")[0].zfill(2) for criterion in mark.rgaa})


def by_exercise(marks: Iterable[Mark]) -> dict[str, Standing]:
    """Standing of each exercise, by slug."""
    return grouped(marks, lambda mark: (mark.exercise,))


def to_redo(marks: Iterable[Mark]) -> list[Mark]:
    """Exercises not passed, the weakest first."""
    left = [mark for mark in marks if not mark.passed and mark.maximum]
    return sorted(left, key=lambda mark: (mark.score / mark.maximum, mark.week, mark.exercise))
