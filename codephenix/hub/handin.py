"""« Rendre »: a learner's week goes to nbgrader's exchange, and the learner reads when.

    POST codephenix/rendre  {"path": "exercices/s01-premiere-page/projet.ipynb"}  →  {"message": "…", "done": true}

Law of this module: only the week of the notebook that is open is handed in, as the one who is signed in.
"""

from __future__ import annotations

import getpass
import json
import logging
import os
import re
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from nbgrader.apps.api import NbGraderAPI
from nbgrader.exchange import ExchangeError
from nbgrader.utils import temp_attrs
from tornado import web
from traitlets.config import Config

from codephenix.problems import Problem
from codephenix.submission import SubmissionProblem, check_week, remarks

log = logging.getLogger("codephenix")

FOLDER = "exercices"
WEEK = re.compile(r"[a-z0-9][a-z0-9-]*")  # a slug of the course: no path, and no "+", which nbgrader splits names at


class HandInProblem(Problem):
    """Why a week cannot be handed in; the message is French."""


def week_of(path: str) -> str:
    """The week that a notebook of a learner's folder belongs to. Raises HandInProblem."""
    parts = PurePosixPath(path).parts
    if len(parts) != 3 or parts[0] != FOLDER or not WEEK.fullmatch(parts[1]):
        raise HandInProblem(f"Ouvrez d’abord un notebook du dossier «\u00a0{FOLDER}\u00a0», puis recommencez.")
    return parts[1]


def hand_in(config: Config, week: str) -> str:
    """Hand a week in for the one who signed in to this server; French sentences. Raises HandInProblem."""
    login = os.environ.get("JUPYTERHUB_USER") or getpass.getuser()
    api = NbGraderAPI(config=config)
    with temp_attrs(api.coursedir, assignment_id=week, student_id=login):
        app = api.exchange.Submit(coursedir=api.coursedir, authenticator=api.authenticator, parent=api)
        app.log.setLevel("ERROR")
        try:
            check_week(Path(app.assignment_dir) / week)
            app.start()
            said = remarks(Path(app.assignment_dir) / week)
        except SubmissionProblem as problem:
            raise HandInProblem(str(problem)) from problem
        except (ExchangeError, SystemExit, OSError) as fault:
            log.warning("%s could not hand in %s: %s", login, week, fault)
            raise HandInProblem(
                "Votre travail n’a pas pu être rendu\u00a0; il reste enregistré ici. Prévenez votre formateur."
            ) from fault
    done = f"Votre travail de la semaine «\u00a0{week}\u00a0» est rendu, le {datetime.now():%d/%m à %H:%M}."  # noqa: DTZ005
    return "\n\n".join((done, *said))


class HandIn(JupyterHandler):
    """The server's side of the « Rendre » button."""

    @web.authenticated
    def post(self) -> None:
        """Answer with a sentence, never with a traceback."""
        try:
            data = json.loads(self.request.body)
            message = hand_in(Config(self.config or {}), week_of(str(data["path"])))
        except Problem as problem:
            self._answer(str(problem), done=False)
        except (ValueError, KeyError, TypeError):
            self._answer("Demande illisible. Rechargez la page, puis recommencez.", done=False)
        else:
            self._answer(message, done=True)

    def _answer(self, message: str, *, done: bool) -> None:
        self.finish(json.dumps({"message": message, "done": done}))


def add_to(app: Any) -> None:
    """Add the handler to a Jupyter server."""
    app.web_app.add_handlers(".*$", [(url_path_join(app.web_app.settings["base_url"], "codephenix", "rendre"), HandIn)])
