"""Who was there, and for how long: ``presences.csv``, kept by the trainer.

    date,login,heures,motif
    2026-11-23,amina,4,
    2026-11-23,karim,0,médical

One line per learner and day; a later line for the same learner and day replaces the one before. The file opens in a
spreadsheet, with commas or semicolons, and decimal commas are read too.

Law of this module: hours are what the trainer wrote, never what a computer guessed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from codephenix.problems import Problem

FILE = "presences.csv"
COLUMNS = ("date", "login", "heures", "motif")
DAY_HOURS = 4.0
MAX_HOURS = 10.0  # of one day


class AttendanceProblem(Problem):
    """A line that cannot be read; the message is French and names it."""


@dataclass(frozen=True)
class Presence:
    """One learner on one day."""

    day: date
    login: str
    hours: float  # 0 when absent
    reason: str = ""  # of an absence, in the trainer's words


def loads(text: str, name: str = FILE) -> dict[tuple[date, str], Presence]:
    """Presences by day and login. Raises AttendanceProblem."""
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";" if ";" in first else ",")
    header = [cell.strip().lower() for cell in next(rows, [])]
    if header[:3] != list(COLUMNS[:3]):
        raise AttendanceProblem(f"{name}\u00a0: la première ligne doit être «\u00a0{','.join(COLUMNS)}\u00a0».")
    found = {}
    for rank, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row):
            presence = _presence(row, f"{name}, ligne {rank}")
            found[presence.day, presence.login] = presence
    return found


def _presence(row: list[str], place: str) -> Presence:
    day, login, hours, reason = (cell.strip() for cell in (*row, "", "", "", "")[:4])
    try:
        when = date.fromisoformat(day)
    except ValueError as error:
        raise AttendanceProblem(f"{place}\u00a0: «\u00a0{day}\u00a0» n’est pas une date comme 2026-11-25.") from error
    try:
        number = float(hours.replace(",", "."))
    except ValueError as error:
        raise AttendanceProblem(f"{place}\u00a0: «\u00a0{hours}\u00a0» n’est pas un nombre d’heures.") from error
    if not 0 <= number <= MAX_HOURS:
        raise AttendanceProblem(f"{place}\u00a0: {hours} heures en un jour, c’est hors de 0 à {MAX_HOURS:g}.")
    if not login:
        raise AttendanceProblem(f"{place}\u00a0: l’identifiant de l’apprenant manque.")
    return Presence(when, login, number, reason)


def load(path: Path) -> dict[tuple[date, str], Presence]:
    """Presences of a file; none when there is no file yet."""
    return loads(path.read_text("utf-8"), path.name) if path.exists() else {}


def write_day(path: Path, presences: Iterable[Presence]) -> None:
    """Add lines to the file, which is made when it is missing; what it holds already stays as it is."""
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if new:
            writer.writerow(COLUMNS)
        writer.writerows((p.day.isoformat(), p.login, f"{p.hours:g}", p.reason) for p in presences)


def hours(presences: Iterable[Presence], login: str, start: date, end: date) -> float:
    """Hours of a learner from ``start`` to ``end``, both included."""
    return sum(p.hours for p in presences if p.login == login and start <= p.day <= end)


def week_of(day: date) -> list[date]:
    """The five mornings of the week of a day, Monday first."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=rank) for rank in range(5)]


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the month of a day."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
