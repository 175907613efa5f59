"""``codephenix status``: the class at a glance, in under a second.

Law of this module: plain SQL and folder names, since importing nbgrader alone takes most of a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, inspect, text

from codephenix.console import settings

COUNTS = text(
    """
    SELECT a.name, COUNT(DISTINCT s.student_id), COALESCE(SUM(CASE WHEN g.needs_manual_grade THEN 1 ELSE 0 END), 0)
    FROM assignment a
    LEFT JOIN submitted_assignment s ON s.assignment_id = a.id
    LEFT JOIN submitted_notebook n ON n.assignment_id = s.id
    LEFT JOIN grade g ON g.notebook_id = n.id
    GROUP BY a.name
    """
)


@dataclass(frozen=True)
class WeekStatus:
    """Where one week stands."""

    week: str
    released: bool
    collected: int  # learners
    graded: int  # learners
    to_grade: int  # cells that wait for the trainer
    feedback: int  # learners who have a page


@dataclass(frozen=True)
class Status:
    """Where the class stands."""

    learners: int
    weeks: tuple[WeekStatus, ...]


def status(root: Path) -> Status:
    """Status of the course in ``root``. Raises SettingsProblem."""
    learners, graded = _gradebook(settings.gradebook_url(root))
    names = sorted({path.name for path in (root / "source").glob("s*") if path.is_dir()} | set(graded))
    return Status(learners, tuple(_week(root, name, *graded.get(name, (0, 0))) for name in names))


def _gradebook(url: str) -> tuple[int, dict[str, tuple[int, int]]]:
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return 0, {}  # SQLAlchemy would make the file
    engine = create_engine(url)
    try:
        if not inspect(engine).has_table("student"):
            return 0, {}
        with engine.connect() as connection:
            learners = connection.execute(text("SELECT COUNT(*) FROM student")).scalar_one()
            return int(learners), {name: (int(done), int(left)) for name, done, left in connection.execute(COUNTS)}
    finally:
        engine.dispose()


def _week(root: Path, name: str, graded: int, to_grade: int) -> WeekStatus:
    return WeekStatus(
        name, (root / "release" / name).is_dir(), _folders(root / "submitted", name), graded, to_grade,
        _folders(root / "feedback", name),
    )  # fmt: skip


def _folders(parent: Path, week: str) -> int:
    return sum(1 for path in parent.glob(f"*/{week}") if path.is_dir())


def sentences(status: Status) -> list[str]:
    """The status in French, one line a week that has begun."""
    lines = [f"{status.learners} apprenant{'s' if status.learners > 1 else ''}."]
    for week in status.weeks:
        if not week.released and not week.collected:
            lines.append(f"{week.week}\u00a0: pas encore distribuée.")
            continue
        parts = [f"{week.collected} rendus", f"{week.graded} corrigés", f"{week.feedback} retours"]
        lines.append(f"{week.week}\u00a0: {', '.join(parts)}.")
        if week.to_grade:
            lines.append(f"  À noter à la main\u00a0: {week.to_grade} cellule{'s' if week.to_grade > 1 else ''}.")
        if week.collected > week.graded:
            lines.append(f"  À corriger\u00a0: codephenix grade {week.week.partition('-')[0]}")
    return lines
