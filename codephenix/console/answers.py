"""What learners answer in activities: each answer, one line in the learner's own journal.

    {"at": "2026-11-25T09:12:03+00:00", "week": "s01-premiere-page", "notebook": "04-premiere-balise",
     "cell": "balises.quiz.yaml", "kind": "quiz", "question": "balise-titre", "asked": "Quelle balise …",
     "correct": false, "attempt": 1, "answer": "`<title>`"}

Law of this module: an answer comes from a page, where a learner may send anything: it is short, it is rare
(``Allowance``), and it counts for no mark.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from codephenix.console import attempts, journal

MAX_ANSWER = 600  # characters: a puzzle of twelve lines
MAX_ASKED = 160
MAX_ATTEMPT = 999
BURST = 30  # answers at once
PER_SECOND = 0.5  # answers, in the long run

MARKED = ("quiz", "prediction", "parsons", "erreur")  # right or wrong; the others are done or not
KINDS = {
    "quiz": "quiz",
    "prediction": "prédiction",
    "parsons": "lignes à ordonner",
    "erreur": "trouvez la faute",
    "frappe": "clavier",
    "explorateur": "explorateur",
    "comparaison": "comparaison",
    "maquette": "page et maquette",
}
"""Kinds that the dashboard shows; revision cards have their own part there."""


class Allowance:
    """How many answers one kernel may still write: some at once, then one every two seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left, self._at = float(BURST), clock()

    def take(self) -> bool:
        """Whether one more is allowed now; it is then counted."""
        now = self._clock()
        self._left, self._at = min(float(BURST), self._left + (now - self._at) * PER_SECOND), now
        if self._left < 1:
            return False
        self._left -= 1
        return True


@dataclass(frozen=True)
class Told:
    """An answer as the page tells it."""

    cell: str  # name of the activity, as in "balises.quiz.yaml"
    kind: str  # as in KINDS, or "revision"
    question: str  # its id
    asked: str  # its text
    correct: bool
    attempt: int  # from 1
    answer: str | list[str]


def record(told: Told, allowance: Allowance) -> None:
    """Add one answer to the journal of this account, unless there are too many."""
    if allowance.take():
        journal.append({**journal.here(), **entry(told)}, attempts.first_success)


def entry(told: Told) -> dict[str, Any]:
    """The line of an answer, but for when and where."""
    text = told.answer if isinstance(told.answer, str) else " ; ".join(told.answer)
    return {
        "cell": told.cell[:200],
        "kind": told.kind[:20],
        "question": told.question[:100],
        "asked": " ".join(told.asked.split())[:MAX_ASKED],
        "correct": told.correct,
        "attempt": max(1, min(MAX_ATTEMPT, told.attempt)),
        "answer": text.strip()[:MAX_ANSWER],
    }


@dataclass(frozen=True)
class Answer:
    """One answer of one learner."""

    learner: str
    at: datetime  # aware
    week: str
    notebook: str
    cell: str
    kind: str
    question: str
    asked: str
    correct: bool
    attempt: int
    answer: str

    @property
    def where(self) -> tuple[str, str, str, str]:
        """What is answered: week, notebook, cell, question."""
        return self.week, self.notebook, self.cell, self.question


LIMITS = {
    "week": 100, "notebook": 100, "cell": 200, "kind": 20, "question": 100, "asked": MAX_ASKED, "answer": MAX_ANSWER,
}  # fmt: skip


def read(folder: Path) -> list[Answer]:
    """Answers of the whole class, those of each learner oldest first; a journal is named after its learner."""
    return [answer for path in sorted(folder.glob("*.jsonl")) for answer in _answers(path)]


def _answers(path: Path) -> Iterator[Answer]:
    for data in journal.lines(path, b'"attempt"'):
        with suppress(ValueError, TypeError, KeyError, OverflowError):
            texts = {key: journal.text_of(data, key, most) for key, most in LIMITS.items()}
            yield Answer(
                learner=path.stem, at=journal.moment(data), correct=data["correct"] is True,
                attempt=int(data["attempt"]), **texts,
            )  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """How a class answers one question."""

    week: str
    notebook: str
    kind: str  # a key of KINDS
    asked: str
    tried: int  # learners
    first: int | None  # of them, right at the first try; None where nothing is right or wrong
    done: int  # of them, right in the end, or through
    wrong: str = ""  # the commonest wrong answer
    wrong_learners: int = 0

    @property
    def label(self) -> str:
        """Its kind in French."""
        return KINDS[self.kind]


def tallies(answers: Iterable[Answer]) -> list[Tally]:
    """How each question is answered: lesson by lesson, the hardest questions first."""
    groups: dict[tuple[str, str, str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer.kind in KINDS:
            groups[answer.where].append(answer)
    found = [_tally(group) for group in groups.values()]
    return sorted(
        found,
        key=lambda one: (one.week, one.notebook, (one.done if one.first is None else one.first) / one.tried, one.asked),
    )


def _tally(group: list[Answer]) -> Tally:
    own: dict[str, list[Answer]] = defaultdict(list)
    for answer in group:
        own[answer.learner].append(answer)
    # One learner may write anything: what most of them say is what was asked.
    asked, kind = (
        Counter(getattr(tries[0], name) for tries in own.values()).most_common(1)[0][0] for name in ("asked", "kind")
    )
    marked = kind in MARKED
    wrong = Counter(text for tries in own.values() for text in {one.answer for one in tries if not one.correct} if text)
    commonest = min(wrong.items(), key=lambda item: (-item[1], item[0])) if marked and wrong else ("", 0)
    return Tally(
        group[0].week, group[0].notebook, kind, asked, len(own),
        sum(tries[0].correct and tries[0].attempt == 1 for tries in own.values()) if marked else None,
        sum(any(one.correct for one in tries) for tries in own.values()), *commonest,
    )  # fmt: skip
