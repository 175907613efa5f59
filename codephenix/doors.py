"""Doors of Jupyter that a class does not need, closed on every server.

    nbconvert, view      convert what a learner wrote; nbconvert loads the class that a notebook's metadata names
    config               writes settings files of Jupyter beside the server
    lab/api/…            extensions, plugins and builds change the installation, which the whole class shares
    formgrader?path=…    reads, and so runs, the nbgrader_config.py of any folder
    kernels' folder      jupyter_server starts a kernel in ``../../hub``, whose files the kernel would then show

Law of this module: a closed door answers as JupyterLab expects of an empty one, so that nothing looks broken.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.utils import url_path_join
from tornado import web

from codephenix.formgrader import FORMGRADER

CLOSED_SERVICES = ("nbconvert", "view", "config")
EMPTY: dict[str, Any] = {
    "api/nbconvert": {},  # formats of the export menu
    "lab/api/extensions": [],
    "lab/api/plugins": {"allLocked": True, "lockRules": []},
    "lab/api/build": {"status": "stable", "message": ""},
}


class ContainedKernels(AsyncMappingKernelManager):
    """Kernels that start in the folder of the contents or below it, whatever path is asked for."""

    def cwd_for_path(self, path: Any, **kwargs: Any) -> Any:
        """The folder of a kernel; the root in place of a folder outside it."""
        root = Path(self.root_dir).resolve()
        found = Path(super().cwd_for_path(path, **kwargs)).resolve()
        return str(found if found.is_relative_to(root) else root)


class Empty(JupyterHandler):
    """Answers a question with nothing, and refuses every order."""

    def initialize(self, answer: Any) -> None:
        """Take the answer."""
        self._answer = answer

    @web.authenticated
    def get(self) -> None:
        """Answer."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(self._answer))

    @web.authenticated
    def post(self) -> NoReturn:
        """Refuse."""
        raise web.HTTPError(403, "Cette action n’est pas ouverte dans ce cours.")

    put = patch = delete = post


class Formgrader(JupyterHandler):
    """Opens formgrader on this course, and on no other."""

    @web.authenticated
    def get(self) -> None:
        """Go to its first page."""
        self.redirect(url_path_join(self.base_url, "formgrader", "manage_assignments"))


def close_services() -> None:
    """Leave Jupyter's closed services out; they are no setting of it. To be called before a server starts."""
    kept = tuple(name for name in ServerApp.default_services if name not in CLOSED_SERVICES)
    ServerApp.default_services = kept  # type: ignore[assignment]  # a tuple of any length


def close(app: Any) -> None:
    """Put our handlers before those of the extensions that are loaded later."""
    base = app.web_app.settings["base_url"]
    routes: list[Any] = [(url_path_join(base, path), Empty, {"answer": answer}) for path, answer in EMPTY.items()]
    if app.jpserver_extensions.get(FORMGRADER):
        routes.append((url_path_join(base, "formgrader/?"), Formgrader))
    app.web_app.add_handlers(".*$", routes)
