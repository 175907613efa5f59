"""What learners try: each run of a test cell, one line in the learner's own journal.

    {"at": "2026-11-25T09:12:03+00:00", "week": "s01-premiere-page", "notebook": "04-premiere-balise",
     "cell": "test-recopier-affiche", "passed": 5, "total": 7, "failure": "…", "source": "<!-- … -->"}

Law of this module: what a line says is a learner's word; ``journal`` says how it is written and read.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from codephenix.console import journal
from codephenix.results import TestRun, Verdict
from codephenix.site import Site

FOLDER = journal.FOLDER
VARIABLE = journal.VARIABLE
MAX_SOURCE = 4_000  # characters of code kept of one try
MAX_FAILURE = 500  # characters of a message
STUCK = timedelta(minutes=15)
PRESENT = timedelta(minutes=15)  # since the last try: later, the learner has left


@dataclass(frozen=True)
class Attempt:
    """One run of a test cell."""

    learner: str
    at: datetime  # aware
    week: str
    notebook: str
    cell: str  # grade_id of the test cell
    passed: int
    total: int
    failure: str = ""  # first message that the learner read
    source: str = ""  # code of the page that was tested

    @property
    def success(self) -> bool:
        """Whether every test passed."""
        return self.total > 0 and self.passed == self.total


def tested_source(site: Site, name: str) -> str:
    """Code that a test cell looks at: the files with its name, the page first."""
    stem = name.removesuffix(".test.js")
    files = [site.read(f"{stem}{extension}") for extension in (".html", ".css", ".js")]
    return "\n".join(file.text for file in files if file is not None)


def entry(run: TestRun, cell: str, source: str, session: str, now: datetime) -> dict[str, Any]:
    """The line of one run; ``session`` is the notebook's path, as Jupyter names it."""
    failed = next((result for result in run.results if result.verdict is not Verdict.PASS), None)
    said = run.problem or (" ".join(filter(None, (failed.phrase, failed.message))) if failed else "")
    return {
        **journal.place(PurePosixPath(session), now),
        "cell": cell,
        "passed": sum(result.verdict is Verdict.PASS for result in run.results),
        "total": len(run.results),
        "failure": said[:MAX_FAILURE],
        "source": source[:MAX_SOURCE],
    }


def record(run: TestRun, cell: str, source: str) -> None:
    """Add one run to the journal of this account."""
    session = os.environ.get("JPY_SESSION_NAME", "")
    journal.append(entry(run, cell[:200], source, session, datetime.now(UTC)), first_success)


def first_success(data: dict[str, Any]) -> tuple[Any, dict[str, Any]] | None:
    """What a journal that is halved keeps of an old line: that an exercise was done."""
    if data["total"] == 0 or data["passed"] != data["total"]:
        return None
    return (str(data["week"]), str(data["notebook"]), str(data["cell"])), {**data, "source": ""}


def read(folder: Path) -> list[Attempt]:
    """Attempts of the whole class, oldest first; a journal is named after its learner."""
    found = [attempt for path in sorted(folder.glob("*.jsonl")) for attempt in read_one(path)]
    return sorted(found, key=lambda attempt: attempt.at)


def read_one(path: Path) -> list[Attempt]:
    """Attempts of one learner, oldest first; none when there is no journal yet."""
    return list(_attempts(path))


def _attempts(path: Path) -> Iterator[Attempt]:
    for data in journal.lines(path, b'"passed"'):
        with suppress(ValueError, TypeError, KeyError, OverflowError):
            yield _attempt(path.stem, data)


LIMITS = {"week": 100, "notebook": 100, "cell": 200, "failure": MAX_FAILURE, "source": MAX_SOURCE}


def _attempt(learner: str, data: dict[str, Any]) -> Attempt:
    texts = {key: journal.text_of(data, key, most) for key, most in LIMITS.items()}
    passed, total = int(data["passed"]), int(data["total"])
    return Attempt(learner=learner, at=journal.moment(data), passed=passed, total=total, **texts)


@dataclass(frozen=True)
class Stuck:
    """A learner who has been trying the same exercise for a while."""

    learner: str
    cell: str
    since: datetime
    tries: int
    failure: str  # the last message


def stuck(attempts: Iterable[Attempt], now: datetime) -> list[Stuck]:
    """Learners at work who fail at the same exercise for over 15 minutes, the longest first."""
    own: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        own[attempt.learner].append(attempt)
    found = [streak for tries in own.values() if (streak := _streak(tries, now)) is not None]
    return sorted(found, key=lambda streak: streak.since)


def _streak(tries: list[Attempt], now: datetime) -> Stuck | None:
    last = tries[-1]
    if last.success or now - last.at > PRESENT:
        return None
    streak: list[Attempt] = []
    for attempt in reversed(tries):
        if attempt.cell != last.cell or attempt.success or (streak and streak[-1].at - attempt.at > PRESENT):
            break
        streak.append(attempt)
    since = streak[-1].at
    return Stuck(last.learner, last.cell, since, len(streak), last.failure) if now - since >= STUCK else None


@dataclass(frozen=True)
class WrongAnswer:
    """A message that several tries met, with code that got it."""

    cell: str
    failure: str
    learners: int
    tries: int
    source: str


def wrong_answers(attempts: Iterable[Attempt], *, most: int = 5) -> dict[str, list[WrongAnswer]]:
    """Commonest failures of each exercise, by grade_id of its test cell: most learners first."""
    tries: dict[tuple[str, str], list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        if not attempt.success and attempt.failure:
            tries[attempt.cell, attempt.failure].append(attempt)
    answers: dict[str, list[WrongAnswer]] = defaultdict(list)
    for (cell, failure), group in tries.items():
        people = {attempt.learner for attempt in group}
        source = Counter(attempt.source for attempt in group).most_common(1)[0][0]
        answers[cell].append(WrongAnswer(cell, failure, len(people), len(group), source))
    order = {cell: sorted(found, key=lambda w: (-w.learners, -w.tries, w.failure)) for cell, found in answers.items()}
    return {cell: found[:most] for cell, found in sorted(order.items())}


def days(attempts: Iterable[Attempt]) -> dict[str, set[str]]:
    """Days, as 2026-11-25, on which each learner tried something."""
    seen: dict[str, set[str]] = defaultdict(set)
    for attempt in attempts:
        seen[attempt.learner].add(attempt.at.astimezone().date().isoformat())
    return dict(seen)
