"""``hub.toml`` as values.

Law of this module: a missing key is its default, an unknown one is refused in French.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from codephenix.problems import Problem

FILE = "hub.toml"
HOME = ".codephenix"  # of the course: everything that belongs to this class and this machine


class HubProblem(Problem):
    """Why the hub cannot be set up; the message is French."""


@dataclass(frozen=True)
class Settings:
    """What ``hub.toml`` says."""

    ip: str = "127.0.0.1"
    port: int = 8000
    https: bool = False
    accounts: str = "one"
    internal_port: int = 8001  # this one and the two that follow: the hub, the proxy's API, the proxy behind HTTPS
    trainer: str = "formateur"
    name: str = "Formation d’intégrateur web"
    failed_logins: int = 5
    wait_seconds: int = 120
    password_length: int = 8
    memory_mb: int = 1500
    folder_mb: int = 300
    file_mb: int = 20


TABLES = {
    "server": ("ip", "port", "https", "accounts", "internal_port"),
    "class": ("trainer", "name"),
    "security": ("failed_logins", "wait_seconds", "password_length"),
    "limits": ("memory_mb", "folder_mb", "file_mb"),
}


KINDS = {int: "un nombre entier", str: "un texte entre guillemets", bool: "true ou false"}


def loads(text: str) -> Settings:
    """Read ``hub.toml``. Raises HubProblem."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HubProblem(f"{FILE} n’est pas lisible\u00a0: {error}") from error
    values: dict[str, Any] = {}
    kinds = {field.name: type(field.default) for field in fields(Settings)}
    for table, content in data.items():
        if table not in TABLES:
            raise HubProblem(f"{FILE}\u00a0: table inconnue [{table}]. Connues\u00a0: {', '.join(TABLES)}.")
        for key, value in content.items():
            if key not in TABLES[table]:
                raise HubProblem(f"{FILE}, [{table}]\u00a0: clé inconnue «\u00a0{key}\u00a0».")
            if type(value) is not kinds[key]:
                raise HubProblem(f"{FILE}, [{table}], {key}\u00a0: écrivez {KINDS[kinds[key]]}.")
            values[key] = value
    if values.get("accounts", "one") not in ("one", "each"):
        raise HubProblem(f'{FILE}, [server], accounts\u00a0: écrivez "one" ou "each".')
    return Settings(**values)


def load(root: Path) -> Settings:
    """Settings of the course in ``root``. Raises HubProblem."""
    own = root / FILE
    return loads((own if own.exists() else files("codephenix") / "data" / FILE).read_text("utf-8"))


@dataclass(frozen=True)
class Places:
    """Where the class keeps its files, under the course's own folder."""

    root: Path

    @property
    def hub(self) -> Path:
        """The hub's database, secrets and log."""
        return self.root / HOME / "hub"

    @property
    def exchange(self) -> Path:
        """nbgrader's exchange."""
        return self.root / HOME / "echange"

    @property
    def engine(self) -> Path:
        """Socket of the shared test engine."""
        return self.root / HOME / "engine.sock"

    @property
    def keys(self) -> Path:
        """Keys and certificates for HTTPS."""
        return self.hub / "https"

    def home(self, login: str) -> Path:
        """Home of a learner's server; its contents are in ``space``."""
        return self.root / HOME / "learners" / login

    def space(self, login: str) -> Path:
        """The only folder that a learner sees."""
        return self.home(login) / "espace"

    @property
    def database(self) -> str:
        """Address of the hub's database."""
        return f"sqlite:///{self.hub / 'jupyterhub.sqlite'}"
