"""``course.toml`` as values: the one place for order, objectives and mapping.

Law of this module: pure; TOML text in, frozen dataclasses out, and every refusal names the place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any

from codephenix.problems import Problem

EXERCISE_TYPES = ("copy", "complete", "repair", "adapt", "create")
STATUSES = ("ready", "planned")
EXERCISE_MINUTES = 18  # of a planned exercise
RITUAL_MINUTES = 5 * 25  # typing, review cards and English, each morning


class SyllabusProblem(Problem):
    """A fault in ``course.toml``; the message is French and names the week or lesson."""


@dataclass(frozen=True)
class Exercise:
    """One autograded exercise."""

    slug: str
    title: str
    type: str  # one of EXERCISE_TYPES
    minutes: int
    ccp: tuple[str, ...] = ()  # criteria of CCP1, as in "CP3.2"
    rgaa: tuple[str, ...] = ()  # criteria, as in "8.3"


@dataclass(frozen=True)
class Lesson:
    """One lesson and its exercises."""

    slug: str
    title: str
    objective: str
    minutes: int
    notebook: str  # of its exercises, in source/<week>/
    teaches: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    ccp: tuple[str, ...] = ()
    rgaa: tuple[str, ...] = ()
    rgesn: tuple[str, ...] = ()  # criteria of ecodesign, as in "6.5"
    exercises: tuple[Exercise, ...] = ()


@dataclass(frozen=True)
class Project:
    """The project of a week."""

    slug: str
    title: str
    notebook: str
    minutes: int
    ccp: tuple[str, ...] = ()
    rgaa: tuple[str, ...] = ()
    rgesn: tuple[str, ...] = ()  # criteria of ecodesign, as in "6.5"
    exercises: tuple[Exercise, ...] = ()


@dataclass(frozen=True)
class Week:
    """One week: an nbgrader assignment of the same slug."""

    slug: str
    title: str
    status: str  # one of STATUSES
    hours: int
    objectives: tuple[str, ...] = ()
    planned_exercises: int = 0  # how many there will be; counts for those that are not listed yet
    lessons: tuple[Lesson, ...] = ()
    project: Project | None = None

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Exercises of the lessons, those of the project left out."""
        return tuple(exercise for lesson in self.lessons for exercise in lesson.exercises)

    @property
    def minutes(self) -> int:
        """Lessons, exercises, project and the rituals of each morning."""
        to_come = max(0, self.planned_exercises - len(self.exercises))
        exercises = sum(exercise.minutes for exercise in self.exercises) + EXERCISE_MINUTES * to_come
        project = self.project.minutes if self.project else 0
        return sum(lesson.minutes for lesson in self.lessons) + exercises + project + RITUAL_MINUTES

    def mapped(self, name: str) -> tuple[str, ...]:
        """Criteria that the week meets, once each: ``ccp``, ``rgaa`` or ``rgesn``."""
        holders = (*self.lessons, *((self.project,) if self.project else ()), *self.exercises)
        if self.project:
            holders += self.project.exercises
        found = {criterion for holder in holders for criterion in getattr(holder, name, ())}
        return tuple(sorted(found, key=_rank))

    def notebooks(self) -> Iterator[tuple[str, tuple[Exercise, ...]]]:
        """Names of the assignment's notebooks with their exercises, in order."""
        for lesson in self.lessons:
            yield lesson.notebook, lesson.exercises
        if self.project:
            yield self.project.notebook, self.project.exercises


@dataclass(frozen=True)
class Skill:
    """A competence of CCP1, and its criteria in our words."""

    code: str  # as in "CP3"
    title: str
    criteria: Mapping[str, str]  # text by code, as in "CP3.2"


@dataclass(frozen=True)
class Theme:
    """A theme of a reference, and how many criteria it has."""

    title: str
    criteria: int


@dataclass(frozen=True)
class Reference:
    """RGAA or RGESN: criterion 8.3 is the third of theme 8."""

    name: str  # the key of lessons and exercises
    title: str
    themes: tuple[Theme, ...]

    def has(self, criterion: str) -> bool:
        """Whether a criterion exists."""
        theme, _, rank = criterion.partition(".")
        if not (theme.isdecimal() and rank.isdecimal() and 1 <= int(theme) <= len(self.themes)):
            return False
        return 1 <= int(rank) <= self.themes[int(theme) - 1].criteria


@dataclass(frozen=True)
class Course:
    """The whole course."""

    title: str
    weeks: tuple[Week, ...]
    skills: tuple[Skill, ...] = ()
    references: tuple[Reference, ...] = ()
    hours: int = 0  # of all weeks; 0 when course.toml does not say

    @property
    def criteria(self) -> dict[str, str]:
        """Text of every criterion of CCP1, by its code, in order."""
        return {code: text for skill in self.skills for code, text in skill.criteria.items()}

    def rank(self, week: Week) -> int:
        """Number of a week, from 1."""
        return self.weeks.index(week) + 1

    def teaches(self) -> Iterator[tuple[Week, Lesson, str]]:
        """Each concept with the lesson that teaches it, in order."""
        for week in self.weeks:
            for lesson in week.lessons:
                yield from ((week, lesson, concept) for concept in lesson.teaches)

    def week(self, slug: str) -> Week:
        """The week of this slug; raises SyllabusProblem with the nearest known."""
        for week in self.weeks:
            if week.slug == slug:
                return week
        near = get_close_matches(slug, [week.slug for week in self.weeks], n=1, cutoff=0.3)
        hint = f" Vouliez-vous dire «\u00a0{near[0]}\u00a0»\u00a0?" if near else ""
        raise SyllabusProblem(f"La semaine «\u00a0{slug}\u00a0» n’existe pas dans course.toml.{hint}")


def loads(text: str) -> Course:
    """Read ``course.toml``; raises SyllabusProblem."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SyllabusProblem(f"course.toml n’est pas lisible\u00a0: {error}") from error
    weeks = tuple(_week(table) for table in data.get("weeks", []))
    skills = tuple(_build(Skill, table, "skills") for table in data.get("skills", []))
    references = tuple(
        _build(
            Reference, table, "references", themes=tuple(_build(Theme, theme, "themes") for theme in table["themes"])
        )
        for table in data.get("references", [])
    )
    return Course(data.get("title", "CodePhenix"), weeks, skills, references, data.get("hours", 0))


def _rank(criterion: str) -> tuple[str, tuple[int, ...]]:
    """CP1.10 comes after CP1.9."""
    letters = criterion.rstrip("0123456789.")
    return letters, tuple(int(part) for part in criterion[len(letters) :].split(".") if part)


def _week(table: Mapping[str, Any]) -> Week:
    place = f"semaine {table.get('slug', '?')}"
    lessons = tuple(
        _build(Lesson, lesson, f"{place}, leçon {lesson.get('slug', '?')}", exercises=_exercises(lesson, place))
        for lesson in table.get("lessons", [])
    )
    project = table.get("project")
    built = project and _build(Project, project, f"{place}, projet", exercises=_exercises(project, place))
    week = _build(Week, table, place, lessons=lessons, project=built)
    if week.status not in STATUSES:
        raise SyllabusProblem(f"course.toml, {place}\u00a0: status vaut «\u00a0ready\u00a0» ou «\u00a0planned\u00a0».")
    return week


def _exercises(table: Mapping[str, Any], place: str) -> tuple[Exercise, ...]:
    exercises = tuple(
        _build(Exercise, exercise, f"{place}, exercice {exercise.get('slug', '?')}")
        for exercise in table.get("exercises", [])
    )
    for exercise in exercises:
        if exercise.type not in EXERCISE_TYPES:
            raise SyllabusProblem(
                f"course.toml, {place}, exercice {exercise.slug}\u00a0: type inconnu «\u00a0{exercise.type}\u00a0». "
                f"Choisissez parmi {', '.join(EXERCISE_TYPES)}."
            )
    return exercises


def _build(kind: Any, table: Mapping[str, Any], place: str, **built: Any) -> Any:
    """A dataclass from a table: lists become tuples, and unknown or missing keys are refused by name."""
    known = {field.name for field in fields(kind)}
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()} | built
    unknown = sorted(set(values) - known)
    if unknown:
        near = get_close_matches(unknown[0], known, n=1)
        hint = f" Vouliez-vous dire «\u00a0{near[0]}\u00a0»\u00a0?" if near else ""
        raise SyllabusProblem(f"course.toml, {place}\u00a0: clé inconnue «\u00a0{unknown[0]}\u00a0».{hint}")
    try:
        return kind(**values)
    except TypeError as error:
        raise SyllabusProblem(f"course.toml, {place}\u00a0: il manque une clé ({error}).") from error
