"""Hours and allowance of a month: a share of the hourly minimum wage, from a given month of the training.

Law of this module: pure; each hour is counted at the rate of its own day, and money is rounded once, at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from codephenix.console.attendance import Presence
from codephenix.console.settings import Settings, SettingsProblem

CENT = Decimal("0.01")


def month_rank(start: date, day: date) -> int:
    """In which month of the training a day is: the first month is 1, from one start day to the next."""
    rank = (day.year - start.year) * 12 + day.month - start.month + 1
    return rank if day.day >= min(start.day, 28) else rank - 1


def amount(presences: Iterable[Presence], settings: Settings) -> Decimal:
    """Euros owed for these hours. Raises SettingsProblem when no rate covers a day."""
    if settings.start is None:
        raise SettingsProblem("console.toml, [allowance]\u00a0: écrivez start, le premier jour de la formation.")
    owed = sum((_owed(presence, settings, settings.start) for presence in presences), Decimal(0))
    return owed.quantize(CENT, ROUND_HALF_UP)


def _owed(presence: Presence, settings: Settings, start: date) -> Decimal:
    if month_rank(start, presence.day) < settings.from_month or not presence.hours:
        return Decimal(0)
    rates = [rate for rate in settings.rates if rate.since <= presence.day]
    if not rates:
        raise SettingsProblem(f"console.toml\u00a0: aucun salaire minimum connu au {presence.day:%d/%m/%Y}.")
    return Decimal(str(presence.hours)) * rates[-1].hourly * settings.share
