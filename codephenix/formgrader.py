"""Formgrader in French: nbgrader's own templates and scripts, translated while they are read.

    translated   a template or a script of formgrader, in French
    French       the part of Jinja that does so for the templates
    Scripts      serves the scripts, in nbgrader's place
    add_to       puts both on a trainer's server, and lets JupyterLab show formgrader in a tab

Law of this module: nothing of nbgrader is copied, and only sources are translated, before anything is filled in: what a
learner wrote never passes here. A phrase is replaced where it is a whole text (between ``>`` and ``<``, between two
block tags, between double quotes), never inside a name or a value; a passage (text with its
markup or its code) as it stands.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.ext import Extension
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

FOLDER = Path(str(files("nbgrader"))) / "server_extensions" / "formgrader"
SCRIPTS = FOLDER / "static" / "js"
CATALOGUE = files("codephenix") / "data" / "formgrader.toml"
FORMGRADER = "nbgrader.server_extensions.formgrader"
INSIDE_LAB = "frame-ancestors 'self'"  # a tab of JupyterLab; the hub forbids every frame, and the tab would stay empty


@dataclass(frozen=True)
class Screen:
    """French of one screen: patterns of the files where it holds, whole texts, and texts with their markup or code."""

    name: str
    files: tuple[str, ...]
    phrases: dict[str, str]
    passages: dict[str, str]

    def holds_in(self, name: str) -> bool:
        """Whether a file belongs to this screen; its name begins at formgrader's folder."""
        return any(fnmatchcase(name, pattern) for pattern in self.files)


@cache
def screens() -> tuple[Screen, ...]:
    """The catalogue; a later screen has the last word."""
    read = tomllib.loads(CATALOGUE.read_text("utf-8"))
    return tuple(
        Screen(name, tuple(one["files"]), _flat(one.get("phrases", {})), _flat(one.get("passages", {})))
        for name, one in read.items()
    )


def names() -> list[str]:
    """Names of the templates and scripts that are translated."""
    found = [
        *(FOLDER / "templates").glob("*.tpl"),
        *(FOLDER / "templates" / "formgrade").glob("*.j2"),
        *SCRIPTS.glob("*.js"),
    ]
    return sorted(path.relative_to(FOLDER).as_posix() for path in found)


@dataclass(frozen=True)
class Words:
    """What is replaced in one file, and how it is found there."""

    phrases: dict[str, str]
    passages: dict[str, str]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, phrases: dict[str, str], passages: dict[str, str]) -> Words:
        """Compile the catalogue of a file: passages first, long texts before short ones."""
        text, passage = _any_of(phrases), _any_of(passages)
        pattern = (
            rf"(?P<passage>{passage})"
            rf'|(?<=")(?P<quoted>{text})(?=")'
            rf"|(?P<before>(?:>|%\}})\s*)(?P<text>{text})(?=\s*(?:<|\{{%))"
        )
        return cls(phrases, passages, re.compile(pattern))

    def translate(self, source: str) -> str:
        """A source in French."""
        return self.pattern.sub(self._french, source)

    def _french(self, found: re.Match[str]) -> str:
        if found["passage"] is not None:
            return self.passages[_squeezed(found["passage"])]
        return (found["before"] or "") + self.phrases[_squeezed(found["quoted"] or found["text"])]


@cache
def words_of(name: str) -> Words:
    """What is replaced in a file, by its name from formgrader's folder."""
    phrases: dict[str, str] = {}
    passages: dict[str, str] = {}
    for screen in screens():
        if screen.holds_in(name):
            phrases |= screen.phrases
            passages |= screen.passages
    return Words.of(phrases, passages)


def translated(name: str, source: str) -> str:
    """The source of a template or a script, in French; ``name`` begins at formgrader's folder."""
    return words_of(name).translate(source)


def _flat(texts: dict[str, str]) -> dict[str, str]:
    return {_squeezed(english): french for english, french in texts.items()}


def _squeezed(text: str) -> str:
    """A text on one line: nbgrader breaks its sentences where it likes."""
    return re.sub(r"[ \t\r\n]+", " ", text)


def _any_of(texts: Iterable[str]) -> str:
    alternatives = [re.escape(text).replace(r"\ ", r"\s+") for text in sorted(texts, key=len, reverse=True)]
    return "|".join(alternatives) or r"(?!)"


class French(Extension):
    """Translates formgrader's templates when Jinja reads them; leaves all others alone."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template, in French if it is formgrader's."""
        del name
        path = Path(filename) if filename else None
        if path is None or not path.is_relative_to(FOLDER):
            return source
        return translated(path.relative_to(FOLDER).as_posix(), source)


class Scripts(JupyterHandler):
    """Serves formgrader's scripts in French, from nbgrader's folder."""

    @web.authenticated
    def get(self, name: str) -> None:
        """A script by its name; the route allows no other folder."""
        path = SCRIPTS / name
        if not path.is_file():
            raise web.HTTPError(404, f"«\u00a0{name}\u00a0» n’existe pas.")
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")  # asks again, and gets a new version after an upgrade
        self.finish(_script(name, path.stat().st_mtime_ns))


@cache
def _script(name: str, moment: int) -> str:
    del moment  # a changed file is read again
    return translated(f"static/js/{name}", (SCRIPTS / name).read_text("utf-8"))


def add_to(app: Any) -> None:
    """Translate formgrader on a server, before nbgrader's extension is loaded; nothing on a learner's."""
    if not app.jpserver_extensions.get(FORMGRADER):
        return
    from nbgrader.server_extensions.formgrader import base, formgrader

    formgrader.Environment = partial(Environment, extensions=[French])
    base.BaseHandler.content_security_policy = property(lambda _: INSIDE_LAB)
    root = app.web_app.settings["base_url"]
    app.web_app.add_handlers(".*$", [(url_path_join(root, r"formgrader/static/js/(\w+\.js)"), Scripts)])
