"""The log of changes to marks: who, when, which mark, from what to what.

    {"at": "…", "by": "formateur", "learner": "amina", "week": "s01-premiere-page", "notebook": "projet",
     "cell": "test-…", "field": "manual_score", "before": 3.0, "after": 4.0}

Every program that writes marks here goes through nbgrader's SQLAlchemy sessions: formgrader, the commands and ours.

Law of this module: a change that is committed is logged, one that is rolled back is not; the log only grows.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from nbgrader import api
from sqlalchemy import event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

FIELDS = {api.Grade: ("auto_score", "manual_score", "extra_credit"), api.Comment: ("manual_comment",)}
FILE = "audit.jsonl"
PENDING = "codephenix_audit"  # where a session keeps its changes until the commit


def author() -> str:
    """Who is at work: the hub's name, else the account."""
    return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()


_logs: dict[str, Path] = {}  # address of a gradebook to its log


def keep(url: str, path: Path) -> None:
    """Log every later change of a mark of a gradebook in this process."""
    _logs[make_url(url).render_as_string(hide_password=False)] = path
    _listen()


@cache
def _listen() -> None:
    event.listen(Session, "before_flush", _note)
    event.listen(Session, "after_commit", _write)
    event.listen(Session, "after_rollback", lambda session: session.info.pop(PENDING, None))


def _note(session: Session, *_: Any) -> None:
    session.info.setdefault(PENDING, []).extend(_changes(session))


def _write(session: Session) -> None:
    entries = session.info.pop(PENDING, [])
    path = _logs.get(_address(session))
    if entries and path is not None:
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        lines = (json.dumps({"at": moment, "by": author(), **entry}, ensure_ascii=False) for entry in entries)
        with path.open("a", encoding="utf-8") as log:
            log.write("".join(f"{line}\n" for line in lines))


def _address(session: Session) -> str:
    bind = session.get_bind()
    return bind.engine.url.render_as_string(hide_password=False)


def _changes(session: Session) -> Iterator[dict[str, Any]]:
    """Marks that the flush is about to change; a first mark has nothing before it."""
    for row in (*session.new, *session.dirty):
        for field in FIELDS.get(type(row), ()):
            history = inspect(row).attrs[field].history
            before = history.deleted[0] if history.deleted else None
            after = getattr(row, field)
            first = field == "auto_score" and before is None  # graded for the first time: nothing was changed
            if history.added and before != after and not first:
                yield {**_place(row), "field": field, "before": before, "after": after}


def _place(row: Any) -> dict[str, str]:
    submission = row.notebook.assignment
    return {
        "learner": submission.student_id or submission.student.id,
        "week": submission.assignment.name,
        "notebook": row.notebook.notebook.name,
        "cell": row.cell.name,
    }


def read(path: Path) -> list[dict[str, Any]]:
    """Changes in the order they were made."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
