"""The whole class graded in one go: one nbgrader autograde per learner and week, in parallel processes.

    submitted/LOGIN/WEEK ─┬─▶ worker: nbgrader + its own Chromium ─┬─▶ autograded/LOGIN/WEEK, gradebook
                          └─▶ worker: nbgrader + its own Chromium ─┘

What was graded leaves a mark beside it: a digest of the submission and of the tests. The same digest is skipped, so
that an interrupted run goes on where it stopped, and a second run does nothing.

Law of this module: the marks are those of ``nbgrader autograde``, run by nbgrader; a worker that dies costs a retry.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from codephenix.classroom import problem_of
from codephenix.console.week import Desk

DONE = ".corrige"  # in autograded/LOGIN/WEEK: digest of what was graded
WORKER_MB = 700  # a worker and its Chromium, at most in use


@dataclass(frozen=True)
class Work:
    """One learner's week."""

    week: str
    learner: str


@dataclass(frozen=True)
class Graded:
    """What became of one learner's week."""

    work: Work
    problem: str = ""  # French; empty when it was graded
    skipped: bool = False  # nothing new since the last time


def workers() -> int:
    """How many workers fit this machine: one per core, and no more than its free memory holds."""
    cores = len(os.sched_getaffinity(0))
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1_000_000
    return max(1, min(cores, free // WORKER_MB))


def waiting(root: Path, weeks: Iterable[str]) -> list[Work]:
    """What was collected in these weeks, by week and login."""
    return [
        Work(week, path.parent.name)
        for week in weeks
        for path in sorted((root / "submitted").glob(f"*/{week}"))
        if path.is_dir()
    ]


def is_done(root: Path, work: Work) -> bool:
    """Whether this very submission was graded already, by these very tests."""
    mark = root / "autograded" / work.learner / work.week / DONE
    try:
        return mark.read_text("ascii") == digest(root, work)
    except OSError:
        return False


def digest(root: Path, work: Work) -> str:
    """Digest of all that decides the marks: the submission, and the version that was released."""
    total = sha256()
    for folder in (root / "submitted" / work.learner / work.week, root / "release" / work.week):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            total.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def grade(
    root: Path, work: list[Work], *, force: bool = False, parallel: int = 0, tell: Callable[[Graded], None] = print
) -> list[Graded]:
    """Grade; ``tell`` hears of each as it ends, in the order they end. The results are in the order of ``work``.

    force     grade again what was graded already
    parallel  workers; 0 for as many as fit the machine
    """
    results = {one: Graded(one, skipped=True) for one in work if not force and is_done(root, one)}
    for skipped in results.values():
        tell(skipped)
    left = [one for one in work if one not in results]
    for attempt in ("first", "again"):
        for result in _round(root, left, min(parallel or workers(), max(1, len(left))), last=attempt == "again"):
            results[result.work] = result
            tell(result)
        left = [one for one in left if one not in results]
    return [results[one] for one in work]


def _round(root: Path, work: list[Work], parallel: int, *, last: bool) -> Iterator[Graded]:
    """Grade in a pool of workers; what a dead worker took with it is left for the last round, which names it."""
    if not work:
        return
    with ProcessPoolExecutor(parallel, get_context("spawn"), _begin, (str(root),)) as pool:
        waiting: dict[Future[str], Work] = {pool.submit(_grade, one.week, one.learner): one for one in work}
        try:
            for future in as_completed(waiting):
                try:
                    yield Graded(waiting[future], future.result())
                except BrokenProcessPool:
                    if last:
                        text = "la correction s’est arrêtée deux fois. Vérifiez la mémoire, puis relancez la commande."
                        yield Graded(waiting[future], text)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


_desk: Desk | None = None  # of this worker


def _begin(root: str) -> None:
    """Set a worker up: Ctrl-C is for the parent, which lets the work under way end."""
    global _desk  # noqa: PLW0603  # one per process, made once
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _desk = Desk(Path(root))


def _grade(week: str, learner: str) -> str:
    """Grade one learner's week in a worker; an empty string, or in French why it could not be."""
    assert _desk is not None
    work = Work(week, learner)
    before = digest(_desk.root, work)
    problem = problem_of(_desk.api.autograde(week, learner, force=True))
    if not problem:
        (_desk.root / "autograded" / learner / week / DONE).write_text(before, "ascii")
    return problem
