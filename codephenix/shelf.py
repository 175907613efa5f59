"""Where activities leave their answers between two kernels: a JSON file per notebook, in the learner's own folder.

    CODEPHENIX_ACTIVITIES/3f2a….json = {"balises.quiz.yaml": {"of": digest of the activity, "state": {question: …}}}

An activity that was changed starts afresh. Law of this module: what is read back came from a page and goes back to one;
it is bounded, it is never run, and a file that cannot be written or read costs answers, never a lesson.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from codephenix.activities import Activity, as_data

VARIABLE = "CODEPHENIX_ACTIVITIES"
FOLDER = "activites"
MAX_STATE = 20_000  # characters of one activity
MAX_ACTIVITIES = 50  # of one notebook: a lesson has six
MAX_NOTEBOOKS = 400


class Shelf:
    """The answers kept for one notebook; without a folder to keep them, they last as long as the kernel."""

    def __init__(self) -> None:
        folder, notebook = os.environ.get(VARIABLE, ""), os.environ.get("JPY_SESSION_NAME", "")
        name = hashlib.sha256(notebook.encode("utf-8", "replace")).hexdigest()[:32]
        self._path = Path(folder) / f"{name}.json" if folder and notebook else None

    def read(self, activity: Activity) -> dict[str, Any]:
        """State of an activity as the page left it; empty when there is none."""
        kept = self._all().get(activity.name)
        state = kept.get("state") if isinstance(kept, dict) and kept.get("of") == _digest(activity) else None
        return state if isinstance(state, dict) else {}

    def write(self, activity: Activity, state: dict[str, Any]) -> None:
        """Keep the state of an activity; one that is too large stays as it was."""
        if self._path is None:
            return
        kept = {name: each for name, each in self._all().items() if name != activity.name}
        kept[activity.name] = {"of": _digest(activity), "state": state}
        with suppress(OSError, ValueError, TypeError, RecursionError):
            if len(json.dumps(state)) <= MAX_STATE:
                self._save(self._path, dict(list(kept.items())[-MAX_ACTIVITIES:]))

    def _all(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        with suppress(OSError, ValueError, RecursionError), self._path.open("rb") as file:
            data = json.loads(file.read(MAX_STATE * MAX_ACTIVITIES * 2))
            return data if isinstance(data, dict) else {}
        return {}

    @staticmethod
    def _save(path: Path, kept: dict[str, Any]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            others = sorted(path.parent.glob("*.json"), key=lambda one: one.stat().st_mtime)
            for oldest in others[: max(0, len(others) + 1 - MAX_NOTEBOOKS)]:
                oldest.unlink()
        temporary = path.with_suffix(f".{os.getpid()}.part")
        temporary.write_text(json.dumps(kept), "utf-8")
        temporary.replace(path)


def _digest(activity: Activity) -> str:
    return hashlib.sha256(json.dumps(as_data(activity), sort_keys=True).encode()).hexdigest()[:32]
