"""« Ma progression »: the server's side of the side bar, from the learner's own folder and journal.

    GET codephenix/progression  →  {"steps": [{"week": "s01-…", "notebook": "…", "title": "…", "done": 1, "total": 2}],
                                 "returned": ["s01-…"]}

Law of this module: reads only the exercises of this server's folder and the journal of this account.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from codephenix.console import attempts
from codephenix.progress import Exercise, Step, progress

FOLDER = "exercices"
RETURNED = "retours"  # of the learner's folder: what the trainer gave back, a folder a week
MAX_NOTEBOOK_BYTES = 10_000_000


def read_exercises(folder: Path) -> dict[Exercise, dict[str, Any]]:
    """Notebooks of each week, in the order of their names; one that cannot be read is left out."""
    found: dict[Exercise, dict[str, Any]] = {}
    for path in sorted(folder.glob("*/*.ipynb")):
        with suppress(OSError, ValueError):
            if path.resolve().is_relative_to(folder.resolve()) and path.stat().st_size < MAX_NOTEBOOK_BYTES:
                data = json.loads(path.read_text("utf-8"))
                if isinstance(data, dict):
                    found[path.parent.name, path.stem] = data
    return found


def steps(root: Path, journal: str) -> list[Step]:
    """How far the learner of this folder is; ``journal`` is a path, empty when there is none."""
    tries = attempts.read_one(Path(journal)) if journal else []
    return progress(read_exercises(root / FOLDER), ((one.week, one.notebook, one.cell) for one in tries if one.success))


def returned(root: Path) -> list[str]:
    """Weeks whose mark and feedback can be read."""
    return sorted(page.parent.name for page in (root / RETURNED).glob("*/index.html"))


class Progression(JupyterHandler):
    """The server's side of the « Ma progression » panel."""

    @web.authenticated
    def get(self) -> None:
        """Answer with the steps of every week, and the weeks that came back."""
        root = Path(self.settings["server_root_dir"]).expanduser()
        found = steps(root, os.environ.get(attempts.VARIABLE, ""))
        self.finish(json.dumps({"steps": [asdict(step) for step in found], "returned": returned(root)}))


def add_to(app: Any) -> None:
    """Add the handler to a Jupyter server."""
    address = url_path_join(app.web_app.settings["base_url"], "codephenix", "progression")
    app.web_app.add_handlers(".*$", [(address, Progression)])
