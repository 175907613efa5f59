"""The class at a glance, as pages: who needs help now, where the class stands, what people get wrong.

    index.html               the class
    apprenants/LOGIN.html    one learner, exercise by exercise, with links to the feedback pages

Law of this module: data in, HTML out. What learners wrote is text, never markup; every figure reads without colour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from codephenix import review
from codephenix.console import answers, attempts, progress
from codephenix.console.answers import Answer, Tally
from codephenix.console.attempts import Attempt, Stuck, WrongAnswer
from codephenix.console.attendance import Presence
from codephenix.console.papers import render
from codephenix.console.progress import SKILLS, Standing
from codephenix.console.register import Learner, Mark, Place, Register, week_places
from codephenix.console.settings import Settings

THEMES = (
    "Images", "Cadres", "Couleurs", "Multimédia", "Tableaux", "Liens", "Scripts", "Éléments obligatoires",
    "Structuration", "Présentation", "Formulaires", "Navigation", "Consultation",
)  # fmt: skip
"""The thirteen themes of the RGAA, in order."""


@dataclass(frozen=True)
class Classroom:
    """All that the dashboard shows."""

    register: Register
    attempts: Sequence[Attempt]
    presences: Mapping[tuple[date, str], Presence]
    places: Mapping[str, Place]  # of test cells, by grade_id
    now: datetime  # aware
    decks: Mapping[str, review.Deck] = field(default_factory=dict)  # by login
    answers: Sequence[Answer] = ()  # to activities

    def title(self, cell: str) -> str:
        """Title of the exercise of a test cell."""
        place = self.places.get(cell)
        return place.exercise.title if place else cell

    def name(self, login: str) -> str:
        """Name of a learner, else the login."""
        return next((one.name for one in self.register.learners if one.login == login), login)


@dataclass(frozen=True)
class Row:
    """One learner in the table of the class."""

    learner: Learner
    total: Standing
    weeks: tuple[Standing, ...]
    skills: tuple[Standing, ...]
    tries: int
    hours: float
    days: int  # with at least one try
    cards: int  # met
    reviews: int  # answers to review cards


@dataclass(frozen=True)
class Hard:
    """An exercise that the class finds hard, with its commonest wrong answers."""

    title: str
    week: str
    standing: Standing
    answers: tuple[WrongAnswer, ...]


def places(root: Path, register: Register) -> dict[str, Place]:
    """Place of every test cell of the weeks that are assigned."""
    return {
        cell: place
        for slug in register.assigned
        for cell, place in week_places(root, register.course.week(slug)).items()
    }


def rows(classroom: Classroom) -> list[Row]:
    """One row a learner, in the order of the register."""
    register = classroom.register
    own: dict[str, list[Mark]] = defaultdict(list)
    for mark in register.marks:
        own[mark.learner].append(mark)
    tries: dict[str, int] = defaultdict(int)
    for attempt in classroom.attempts:
        tries[attempt.learner] += 1
    hours: dict[str, float] = defaultdict(float)
    for presence in classroom.presences.values():
        hours[presence.login] += presence.hours
    days = attempts.days(classroom.attempts)
    return [
        Row(
            learner, progress.total(own[learner.login]),
            _in_order(progress.by_week(own[learner.login]), register.assigned),
            _in_order(progress.by_skill(own[learner.login]), SKILLS),
            tries[learner.login], hours[learner.login], len(days.get(learner.login, ())),
            *_reviews(classroom.decks.get(learner.login, review.Deck())),
        )
        for learner in register.learners
    ]  # fmt: skip


def _reviews(deck: review.Deck) -> tuple[int, int]:
    return len(deck.cards), sum(len(kept.answers) for kept in deck.cards.values())


def weak_topics(classroom: Classroom, *, most: int = 8) -> list[review.Topic]:
    """Lessons whose review cards are known least."""
    return [topic for topic in review.topics(classroom.decks.values()) if (topic.share or 0) < 1][:most]


@dataclass(frozen=True)
class Lesson:
    """How a class answers the activities of one lesson."""

    title: str
    questions: tuple[Tally, ...]


def lessons(classroom: Classroom, *, most: int = 60) -> list[Lesson]:
    """Lessons of the course whose activities were answered, the newest first."""
    titles = {
        (week.slug, lesson.slug): f"{week.title} · {lesson.title}"
        for week in classroom.register.course.weeks
        for lesson in week.lessons
    }
    groups: dict[str, list[Tally]] = defaultdict(list)
    for tally in answers.tallies(classroom.answers):
        if title := titles.get((tally.week, tally.notebook)):  # a learner's own notebooks are not the class's
            groups[title].append(tally)
    newest = [title for title in titles.values() if title in groups][::-1]
    return [Lesson(title, tuple(groups[title][:most])) for title in newest]


def _in_order(standings: Mapping[str, Standing], keys: Sequence[str] | Mapping[str, str]) -> tuple[Standing, ...]:
    return tuple(standings.get(key, Standing()) for key in keys)


def hardest(classroom: Classroom, *, most: int = 10) -> list[Hard]:
    """Exercises by share of points, the weakest first; those that everybody passes are left out."""
    answers = attempts.wrong_answers(classroom.attempts, most=3)
    cell_of = {place.exercise.slug: cell for cell, place in classroom.places.items()}
    week_of = {mark.exercise: mark.week for mark in classroom.register.marks}
    found = [
        Hard(
            classroom.title(cell_of.get(slug, slug)),
            week_of[slug],
            standing,
            tuple(answers.get(cell_of.get(slug, ""), ())),
        )
        for slug, standing in progress.by_exercise(classroom.register.marks).items()
        if standing.share is not None and standing.share < 1
    ]
    return sorted(found, key=lambda hard: (hard.standing.share or 0, hard.title))[:most]


def page(classroom: Classroom, settings: Settings) -> str:
    """The dashboard of the class."""
    register = classroom.register
    themes = progress.by_theme(register.marks)
    stuck: list[Stuck] = attempts.stuck(classroom.attempts, classroom.now)
    return render(
        "dashboard", settings=settings, classroom=classroom, rows=rows(classroom), stuck=stuck,
        hardest=hardest(classroom), topics=weak_topics(classroom), lessons=lessons(classroom),
        weeks=[register.course.week(slug) for slug in register.assigned],
        skill_names=SKILLS,
        skills=_in_order(progress.by_skill(register.marks), SKILLS),
        themes=[(f"{int(code)}. {THEMES[int(code) - 1]}", standing) for code, standing in themes.items()],
    )  # fmt: skip


def learner_page(classroom: Classroom, login: str, settings: Settings) -> str:
    """The dashboard of one learner. Raises KeyError."""
    register = classroom.register
    marks = sorted(register.of(login), key=lambda mark: (mark.week, mark.notebook))
    cells = {place.exercise.slug: cell for cell, place in classroom.places.items()}
    own = [attempt for attempt in classroom.attempts if attempt.learner == login]
    tries: dict[str, int] = defaultdict(int)
    last: dict[str, Attempt] = {}
    for attempt in own:
        tries[attempt.cell] += 1
        if not attempt.success:
            last[attempt.cell] = attempt
    return render(
        "learner", settings=settings, learner=register.learner(login), marks=marks, cells=cells, tries=tries, last=last,
        skills=_in_order(progress.by_skill(marks), SKILLS), skill_names=SKILLS, total=progress.total(marks),
        title=lambda slug: register.course.week(slug).title,
    )  # fmt: skip


def write(classroom: Classroom, folder: Path, settings: Settings) -> list[Path]:
    """Write the pages of the class; the files written."""
    pages = {Path("index.html"): page(classroom, settings)}
    for learner in classroom.register.learners:
        pages[Path("apprenants") / f"{learner.login}.html"] = learner_page(classroom, learner.login, settings)
    for name, html in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, "utf-8")
    return [folder / name for name in pages]
