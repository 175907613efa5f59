"""Documents to print and sign: attendance, progress, certificate, record of skills, hours and allowance.

Law of this module: figures come from the gradebook and the attendance file; a page is self-contained, in French, A4.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from codephenix import paper
from codephenix.browser import Browser
from codephenix.console import allowance, attendance, progress
from codephenix.console.attendance import Presence
from codephenix.console.progress import SKILLS, Standing
from codephenix.console.register import Learner, Register
from codephenix.console.settings import Settings, SettingsProblem

Presences = Mapping[tuple[date, str], Presence]
WEEK_HOURS, COURSE_HOURS = 20, 520
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("codephenix", "templates/console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": french_day, "percent": percent, "number": number, "euros": euros, "png": png_address}
    environment.filters["inline"] = inline
    return environment


def render(template: str, **values: Any) -> str:
    """A page of ``templates/console``, with the style of the course."""
    assets = files("codephenix") / "assets"
    style = (assets / "feedback.css").read_text("utf-8")
    return _environment().get_template(f"{template}.html.j2").render(style=style, **values)


def inline(text: str) -> Markup:
    """A text with its code and its emphasis, as activities show it."""
    return Markup(paper.inline_html(text))  # escaped


def french_day(day: date) -> str:
    """A date as one writes it: ``25 novembre 2026``."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def percent(share: float | None) -> str:
    """A share from 0 to 1 as ``82 %``; a dash when there is nothing yet."""
    return "–" if share is None else f"{share * 100:.0f}\u00a0%"


def number(value: float) -> str:
    """A number as one writes it in French: ``3,5``."""
    return f"{round(value, 2):g}".replace(".", ",")


def euros(value: Decimal) -> str:
    """An amount as ``1 234,50 €``."""
    return f"{value:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€"


def png_address(picture: bytes) -> str:
    """A picture as an address that holds it."""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def attendance_sheet(register: Register, presences: Presences, day: date, settings: Settings) -> str:
    """Sheet of one week, to be signed each morning; hours that are known are filled in."""
    week = attendance.week_of(day)
    rows = [
        (learner, [presences.get((morning, learner.login)) for morning in week], _hours(presences, learner, week))
        for learner in register.learners
    ]
    return render("attendance", settings=settings, week=week, days=DAYS, rows=rows, due=WEEK_HOURS)


def _hours(presences: Presences, learner: Learner, week: list[date]) -> float:
    return attendance.hours(presences.values(), learner.login, week[0], week[0] + timedelta(days=6))


@dataclass(frozen=True)
class Line:
    """One row of a table of standings."""

    code: str
    title: str
    standing: Standing


def progress_report(register: Register, presences: Presences, login: str, today: date, settings: Settings) -> str:
    """Where a learner stands, week by week and skill by skill, and what to do again."""
    learner, marks = register.learner(login), register.of(login)
    standings = progress.by_week(marks)
    weeks = [
        Line(slug, register.course.week(slug).title, standings.get(slug, Standing())) for slug in register.assigned
    ]
    total_hours = sum(presence.hours for presence in presences.values() if presence.login == login)
    return render(
        "progress", settings=settings, learner=learner, today=today, weeks=weeks, skills=skills(marks),
        total=progress.total(marks), redo=progress.to_redo(marks)[:8], hours=total_hours, course_hours=COURSE_HOURS,
    )  # fmt: skip


def skills(marks: Iterable[Any]) -> list[Line]:
    """Standing of each competence of CCP1, those not met yet included."""
    standings = progress.by_skill(marks)
    return [Line(code, title, standings.get(code, Standing())) for code, title in SKILLS.items()]


def certificate(register: Register, presences: Presences, login: str, today: date, settings: Settings) -> str:
    """Certificate of completion, and the record of skills criterion by criterion."""
    learner, marks = register.learner(login), register.of(login)
    own = [presence for presence in presences.values() if presence.login == login and presence.hours]
    criteria = progress.by_criterion(marks)
    return render(
        "certificate", settings=settings, learner=learner, today=today, skills=skills(marks), criteria=criteria,
        hours=sum(presence.hours for presence in own), first=min((p.day for p in own), default=None),
        last=max((p.day for p in own), default=None), weeks=[register.course.week(slug) for slug in register.assigned],
        titles=register.course,
    )  # fmt: skip


def week_index(register: Register, slug: str, login: str, today: date, settings: Settings) -> str:
    """A learner's week on one page: links to the feedback of each notebook, what to redo, the skills."""
    week = register.course.week(slug)
    marks = [mark for mark in register.of(login) if mark.week == slug]
    standings = progress.grouped(marks, lambda mark: (mark.notebook,))
    lessons = {lesson.notebook: lesson.title for lesson in week.lessons}
    project = {week.project.notebook: week.project.title} if week.project else {}
    titles = {**lessons, **project}
    lines = [Line(name, titles.get(name, name), standing) for name, standing in standings.items()]
    redo = [(mark, lessons.get(mark.notebook, "")) for mark in progress.to_redo(marks)]
    return render(
        "week", settings=settings, week=week, learner=register.learner(login), today=today, notebooks=lines, redo=redo,
        total=progress.total(marks), skills=skills(marks),
    )  # fmt: skip


@dataclass(frozen=True)
class Pay:
    """Hours and amount of one learner in a month."""

    learner: Learner
    hours: float
    amount: Decimal


def allowance_report(register: Register, presences: Presences, day: date, settings: Settings) -> str:
    """Hours and allowance of the month of a day. Raises SettingsProblem."""
    first, last = attendance.month_of(day)
    lines = []
    for learner in register.learners:
        own = [p for p in presences.values() if p.login == learner.login and first <= p.day <= last]
        lines.append(Pay(learner, sum(p.hours for p in own), allowance.amount(own, settings)))
    rates = [rate for rate in settings.rates if rate.since <= last]
    return render(
        "allowance", settings=settings, month=f"{MONTHS[first.month - 1]} {first.year}", first=first, last=last,
        lines=lines,
        total=sum((line.amount for line in lines), Decimal(0)), hours=sum(line.hours for line in lines),
        rates=rates[-2:],
    )  # fmt: skip


def documents(
    kind: str, register: Register, presences: Presences, day: date, *, settings: Settings, login: str = ""
) -> dict[str, str]:
    """HTML of the documents of one kind, by name of file; ``login`` for one learner only. Raises SettingsProblem."""
    if kind == "attendance":
        return {f"presence-{attendance.week_of(day)[0]}": attendance_sheet(register, presences, day, settings)}
    if kind == "allowance":
        return {f"allocation-{day:%Y-%m}": allowance_report(register, presences, day, settings)}
    make, name = {"progress": (progress_report, "bilan"), "certificate": (certificate, "attestation")}[kind]
    logins = [learner.login for learner in register.learners if login in ("", learner.login)]
    if not logins:
        raise SettingsProblem(f"Aucun apprenant «\u00a0{login}\u00a0» dans cette classe.")
    return {f"{name}-{one}": make(register, presences, one, day, settings) for one in logins}


def write(documents: Mapping[str, str], folder: Path, *, pdf: bool = False) -> list[Path]:
    """Write documents as HTML, and as PDF beside; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, html in documents.items():
        path = folder / f"{name}.html"
        path.write_text(html, "utf-8")
        written.append(path)
    if pdf:
        with Browser() as browser:
            for name, html in documents.items():
                path = folder / f"{name}.pdf"
                path.write_bytes(browser.pdf(html))
                written.append(path)
    return written
