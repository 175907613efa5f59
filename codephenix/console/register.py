"""The class as the gradebook holds it: learners, and one mark per learner and exercise.

Law of this module: read only, four queries whatever the size of the class, and nbgrader's own tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader import api
from sqlalchemy import select

from codephenix import checks, syllabus
from codephenix.syllabus import Course, Exercise, Week


@dataclass(frozen=True)
class Learner:
    """Someone of the class."""

    login: str
    first_name: str = ""
    last_name: str = ""

    @property
    def name(self) -> str:
        """First and last name, else the login."""
        return " ".join(filter(None, (self.first_name, self.last_name))) or self.login


@dataclass(frozen=True)
class Mark:
    """What one learner earned for one exercise."""

    learner: str  # login
    week: str  # slug
    notebook: str
    exercise: str  # slug
    title: str
    score: float
    maximum: float
    ccp: tuple[str, ...] = ()
    rgaa: tuple[str, ...] = ()
    late_seconds: float = 0.0
    handed_in: datetime | None = None  # aware
    to_grade: bool = False  # waits for the trainer

    @property
    def passed(self) -> bool:
        """Whether every point was earned."""
        return self.maximum > 0 and self.score >= self.maximum


@dataclass(frozen=True)
class Register:
    """A class: its course, its learners, the marks they have so far."""

    course: Course
    learners: tuple[Learner, ...]
    marks: tuple[Mark, ...]
    assigned: tuple[str, ...]  # slugs of the weeks that the gradebook knows, in the order of the course

    def of(self, login: str) -> tuple[Mark, ...]:
        """Marks of one learner."""
        return tuple(mark for mark in self.marks if mark.learner == login)

    def learner(self, login: str) -> Learner:
        """The learner of this login. Raises KeyError."""
        return next((learner for learner in self.learners if learner.login == login), None) or _unknown(login)


def _unknown(login: str) -> Any:
    raise KeyError(login)


@dataclass(frozen=True)
class Place:
    """Where a test cell belongs in the course."""

    exercise: Exercise
    ccp: tuple[str, ...]
    rgaa: tuple[str, ...]


def load(root: Path, db_url: str) -> Register:
    """The class of a gradebook, with the course in ``root``. Raises SyllabusProblem, NotebookProblem."""
    course = syllabus.loads((root / "course.toml").read_text("utf-8"))
    with api.Gradebook(db_url) as gradebook:
        learners = tuple(
            Learner(row.id, row.first_name or "", row.last_name or "")
            for row in gradebook.db.execute(select(api.Student.id, api.Student.first_name, api.Student.last_name))
        )
        names = {row.name for row in gradebook.db.execute(select(api.Assignment.name))}
        rows = [row for kind in (api.GradeCell, api.TaskCell) for row in gradebook.db.execute(_grades(kind))]
    assigned = tuple(week.slug for week in course.weeks if week.slug in names)
    places = {slug: week_places(root, course.week(slug)) for slug in assigned}
    marks = tuple(_mark(row, places[row.week]) for row in rows if row.week in places)
    ordered = tuple(sorted(learners, key=lambda learner: (learner.last_name, learner.first_name, learner.login)))
    return Register(course, ordered, marks, assigned)


def _grades(kind: Any) -> Any:
    """One row per learner and graded cell of a kind: graded by tests, or by the trainer."""
    return (
        select(
            api.SubmittedAssignment.student_id.label("learner"),
            api.Assignment.name.label("week"),
            api.Notebook.name.label("notebook"),
            kind.name.label("cell"),
            api.Grade.score.label("score"),
            api.Grade.needs_manual_grade.label("to_grade"),
            kind.max_score.label("maximum"),
            api.SubmittedAssignment.timestamp.label("handed_in"),
            api.SubmittedAssignment.extension.label("extension"),
            api.Assignment.duedate.label("due"),
        )
        .select_from(api.Grade)
        .join(kind, api.Grade.cell_id == kind.id)
        .join(api.SubmittedNotebook, api.Grade.notebook_id == api.SubmittedNotebook.id)
        .join(api.SubmittedAssignment, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id)
        .join(api.Notebook, api.SubmittedNotebook.notebook_id == api.Notebook.id)
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
        .order_by(api.SubmittedAssignment.student_id, api.Assignment.name, api.Notebook.name, kind.name)
    )


def _mark(row: Any, places: Mapping[str, Place]) -> Mark:
    place = places.get(row.cell)
    return Mark(
        learner=row.learner,
        week=row.week,
        notebook=row.notebook,
        exercise=place.exercise.slug if place else row.cell,
        title=place.exercise.title if place else row.cell,
        score=float(row.score or 0),
        maximum=float(row.maximum or 0),
        ccp=place.ccp if place else (),
        rgaa=place.rgaa if place else (),
        late_seconds=_late(row),
        handed_in=row.handed_in.replace(tzinfo=UTC) if row.handed_in else None,
        to_grade=bool(row.to_grade),
    )


def _late(row: Any) -> float:
    """Seconds after the due date, an extension granted; nbgrader keeps naive UTC."""
    if row.due is None or row.handed_in is None:
        return 0.0
    due = row.due + row.extension if row.extension else row.due
    return max(0.0, float((row.handed_in - due).total_seconds()))


def week_places(root: Path, week: Week) -> dict[str, Place]:
    """Place of each test cell of a week's assignment; the keys are grade_ids."""
    return dict(_places(root, week))


def _places(root: Path, week: Week) -> Iterator[tuple[str, Place]]:
    owners = [(lesson.notebook, lesson.exercises, lesson) for lesson in week.lessons]
    if week.project:
        owners.append((week.project.notebook, week.project.exercises, week.project))  # type: ignore[arg-type]
    for name, exercises, owner in owners:
        path = root / "source" / week.slug / f"{name}.ipynb"
        if not path.exists():
            continue
        notebook = checks.Notebook(str(path), path.read_text("utf-8"))
        for exercise in exercises:
            task = checks.task_of(notebook, exercise.slug)
            if task is not None:
                yield task.grade_id, Place(exercise, exercise.ccp or owner.ccp, exercise.rgaa or owner.rgaa)
