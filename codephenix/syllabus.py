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
    exercises: tuple[Exercise, ...] = ()


@dataclass(frozen=True)
class Week:
    """One week: an nbgrader assignment of the same slug."""

    slug: str
    title: str
    status: str  # one of STATUSES
    hours: int
    lessons: tuple[Lesson, ...] = ()
    project: Project | None = None

    def notebooks(self) -> Iterator[tuple[str, tuple[Exercise, ...]]]:
        """Names of the assignment's notebooks with their exercises, in order."""
        for lesson in self.lessons:
            yield lesson.notebook, lesson.exercises
        if self.project:
            yield self.project.notebook, self.project.exercises


@dataclass(frozen=True)
class Course:
    """The whole course."""

    title: str
    weeks: tuple[Week, ...]

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
    return Course(data.get("title", "CodePhenix"), weeks)


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
