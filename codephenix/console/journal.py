"""The learner's journal: one JSON line for each try and each answer, in one file per learner.

    test cell run        ─▶ attempts.record ─┐
                                             ├─▶ append ─▶ journal/LOGIN.jsonl ─▶ lines ─▶ dashboard, progress
    activity answered    ─▶ answers.record ──┘

The kernel writes where ``CODEPHENIX_JOURNAL`` says, and nothing when it says nothing. A journal that is full is halved:
its newest lines are kept, and of the older ones those that ``is_kept`` asks for.

Law of this module: a journal never stops a lesson: what cannot be written is lost, what cannot be read is skipped.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

FOLDER = "journal"  # of the course, one file per learner
VARIABLE = "CODEPHENIX_JOURNAL"
MAX_BYTES = 20_000_000  # of one learner
MAX_LINE = 60_000  # bytes: twelve for each character of code at worst

IsKept = Callable[[dict[str, Any]], tuple[Any, dict[str, Any]] | None]
"""What stays of an old line: a key, of which the first line is kept, and the line; None drops it."""


def here() -> dict[str, str]:
    """When and where: the moment, and the notebook of this kernel as Jupyter names it."""
    path = PurePosixPath(os.environ.get("JPY_SESSION_NAME", ""))
    return place(path, datetime.now(UTC))


def place(path: PurePosixPath, now: datetime) -> dict[str, str]:
    """Moment, week and notebook of a line."""
    return {"at": now.isoformat(timespec="seconds"), "week": path.parent.name[:100], "notebook": path.stem[:100]}


def append(entry: dict[str, Any], is_kept: IsKept = lambda _: None) -> None:
    """Add one line to the journal of this account."""
    name = os.environ.get(VARIABLE, "")
    line = json.dumps(entry).encode("ascii") + b"\n"
    if not name or len(line) > MAX_LINE:
        return
    with suppress(OSError), os.fdopen(os.open(name, os.O_RDWR | os.O_CREAT, 0o640), "r+b") as journal:
        fcntl.flock(journal, fcntl.LOCK_EX)  # several kernels of one learner write to one journal
        if journal.seek(0, os.SEEK_END) + len(line) > MAX_BYTES:
            _halve(journal, is_kept)
        journal.seek(max(0, journal.seek(0, os.SEEK_END) - 1))
        cut = journal.read(1) not in (b"", b"\n")  # a line that was stopped in the middle
        journal.write(b"\n" * cut + line)


def _halve(journal: BinaryIO, is_kept: IsKept) -> None:
    """Keep the newest half, and a quarter at most of what older lines must be remembered for."""
    journal.seek(0)
    text = journal.read(MAX_BYTES * 2)
    middle = text.rfind(b"\n", 0, len(text) - MAX_BYTES // 2) + 1
    kept: dict[Any, bytes] = {}
    for data in _parsed(text[:middle]):
        with suppress(ValueError, TypeError, KeyError):
            if (wanted := is_kept(data)) and wanted[0] not in kept:
                kept[wanted[0]] = json.dumps(wanted[1]).encode("ascii") + b"\n"
    old, room = b"", MAX_BYTES // 4
    for line in kept.values():
        if len(line) <= room:
            old, room = old + line, room - len(line)
    # In place: the folder may not be the learner's own. What a stop in the middle leaves, readers skip.
    journal.seek(0)
    journal.write(old + text[middle:][-MAX_BYTES // 2 :])
    journal.truncate()


def lines(path: Path, having: bytes = b"") -> Iterator[dict[str, Any]]:
    """Lines of a journal that can be read, oldest first; only those with some bytes in them, if any are given."""
    try:
        with path.open("rb") as journal:
            text = journal.read(MAX_BYTES)
    except OSError:
        return
    yield from _parsed(text, having)


def _parsed(text: bytes, having: bytes = b"") -> Iterator[dict[str, Any]]:
    for line in text.split(b"\n"):
        if having in line and len(line) <= MAX_LINE:
            # A learner may write anything into their own journal.
            with suppress(ValueError, RecursionError):
                data = json.loads(line.decode("utf-8", "replace"))
                if isinstance(data, dict):
                    yield data


def text_of(data: dict[str, Any], key: str, most: int) -> str:
    """A text of a line, fit to be written in a page. Raises KeyError."""
    return str(data[key])[:most].encode("utf-8", "replace").decode("utf-8")


def moment(data: dict[str, Any]) -> datetime:
    """When a line was written, aware. Raises ValueError, TypeError, KeyError."""
    at = datetime.fromisoformat(data["at"])
    if not 2000 <= at.year < 2200:
        raise ValueError(at)  # other zones would be out of the calendar
    return at if at.tzinfo else at.replace(tzinfo=UTC)
