"""``console.toml``: what a site sets for its documents and its gradebook.

Law of this module: a missing file is the defaults, and a fault is said in French with its key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from codephenix.problems import Problem

FILE = "console.toml"


class SettingsProblem(Problem):
    """A fault in ``console.toml``; the message is French and names the key."""


@dataclass(frozen=True)
class Rate:
    """An hourly minimum wage from a day on."""

    since: date
    hourly: Decimal  # euros, gross


@dataclass(frozen=True)
class Settings:
    """What ``console.toml`` says."""

    gradebook: str = ""  # address of the gradebook's database; empty: SQLite, in the course's folder
    name: str = ""
    place: str = ""
    trainer: str = ""
    start: date | None = None  # first day of the training
    from_month: int = 3
    share: Decimal = Decimal("0.45")
    rates: tuple[Rate, ...] = field(default=())


def loads(text: str) -> Settings:
    """Read ``console.toml``. Raises SettingsProblem."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise SettingsProblem(f"console.toml n’est pas lisible\u00a0: {error}") from error
    site, pay, book = (data.get(table, {}) for table in ("site", "allowance", "gradebook"))
    _known(data, {"site", "allowance", "gradebook"}, "console.toml")
    _known(book, {"url"}, "[gradebook]")
    _known(site, {"name", "place", "trainer"}, "[site]")
    _known(pay, {"start", "from_month", "share", "rates"}, "[allowance]")
    share = Decimal(pay.get("share", Decimal("0.45")))
    if not 0 <= share <= 1:
        raise SettingsProblem(
            f"console.toml, [allowance]\u00a0: share vaut {share}, il va de 0 à 1 (0.45 pour 45\u00a0%)."
        )
    return Settings(
        gradebook=str(book.get("url", "")),
        **{key: str(site.get(key, "")) for key in ("name", "place", "trainer")},
        start=_day(pay.get("start") or None, "start"),
        from_month=int(pay.get("from_month", 3)),
        share=share,
        rates=tuple(sorted(map(_rate, pay.get("rates", [])), key=lambda rate: rate.since)),
    )


def _known(table: Mapping[str, Any], keys: set[str], place: str) -> None:
    unknown = sorted(set(table) - keys)
    if unknown:
        raise SettingsProblem(f"console.toml, {place}\u00a0: clé inconnue «\u00a0{unknown[0]}\u00a0».")


def _rate(table: Mapping[str, Any]) -> Rate:
    try:
        since, hourly = _day(table["since"], "since"), Decimal(table["hourly"])
    except (KeyError, ArithmeticError, TypeError) as error:
        raise SettingsProblem("console.toml, [[allowance.rates]]\u00a0: écrivez since (une date) et hourly.") from error
    assert since is not None
    return Rate(since, hourly)


def _day(value: Any, key: str) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise SettingsProblem(f"console.toml, {key}\u00a0: «\u00a0{value}\u00a0» n’est pas une date.") from error


def load(root: Path) -> Settings:
    """Settings of the course in ``root``. Raises SettingsProblem."""
    own = root / FILE
    default = files("codephenix") / "data" / FILE
    return loads(own.read_text("utf-8") if own.exists() else default.read_text("utf-8"))


def gradebook_url(root: Path) -> str:
    """Address of the gradebook's database, as SQLAlchemy reads it."""
    return load(root).gradebook or f"sqlite:///{root / 'gradebook.db'}"
