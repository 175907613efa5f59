"""Rules of ``course.toml``: C02, C03, C07, C25, C26.

Law of this module: the files of the course come as names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from codephenix.checks.notebook import Problem
from codephenix.syllabus import Course, Week

FILE = "course.toml"
TOLERANCE = 0.1  # of the hours of a week
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_week(week: Week, lessons: Iterable[str], assignment: Iterable[str]) -> Iterator[Problem]:
    """C02: the lessons and notebooks of a week on disk are those of course.toml; names without extension."""
    for kind, wanted, found in (
        (f"course/{week.slug}", [lesson.slug for lesson in week.lessons], sorted(lessons)),
        (f"source/{week.slug}", [name for name, _ in week.notebooks()], sorted(assignment)),
    ):
        for name in sorted(set(wanted) ^ set(found)):
            where = "absent du dossier" if name in wanted else "absent de course.toml"
            yield Problem("C02", f"{kind}/{name}.ipynb", f"{where}.")
    for rank, lesson in enumerate(week.lessons, start=1):
        if not lesson.slug.startswith(f"{rank:02d}-"):
            yield Problem("C02", lesson.slug, f"ce nom doit commencer par {rank:02d}-, son rang dans course.toml.")


def check_course(course: Course) -> Iterator[Problem]:
    """C03, C07, C25, C26: what course.toml says holds together."""
    yield from _slugs(course)
    yield from _concepts(course)
    yield from _criteria(course)
    yield from _hours(course)


def _slugs(course: Course) -> Iterator[Problem]:
    exercises = [exercise.slug for week in course.weeks for _, found in week.notebooks() for exercise in found]
    lessons = [lesson.slug for week in course.weeks for lesson in week.lessons]
    weeks = [week.slug for week in course.weeks]
    concepts = [concept for _, _, concept in course.teaches()]
    for slug in dict.fromkeys((*weeks, *lessons, *exercises, *concepts)):
        if not _SLUG.fullmatch(slug):
            yield Problem("C03", FILE, f"«\u00a0{slug}\u00a0» s’écrit en minuscules sans accent, avec des tirets.")
    for week in course.weeks:
        yield from _twice([lesson.slug for lesson in week.lessons], f"semaine {week.slug}")
    yield from _twice(weeks, FILE)
    yield from _twice(exercises, FILE)


def _twice(slugs: Iterable[str], place: str) -> Iterator[Problem]:
    for slug, count in Counter(slugs).items():
        if count > 1:
            yield Problem(
                "C03", place, f"«\u00a0{slug}\u00a0» est pris {count} fois. Un nom reste unique et ne change plus."
            )


def _concepts(course: Course) -> Iterator[Problem]:
    """Taught once, before it is needed: that alone forbids a cycle.

    While an earlier week has no lesson yet, what nobody teaches is taken to be taught there.
    """
    taught: dict[str, str] = {}
    everywhere = {concept for _, _, concept in course.teaches()}
    sketched = False
    for week in course.weeks:
        sketched = sketched or not week.lessons
        for lesson in week.lessons:
            place = f"{FILE}, {week.slug}, {lesson.slug}"
            for concept in lesson.needs:
                if concept in taught or (sketched and concept not in everywhere):
                    continue
                where = "enseigné plus loin" if concept in everywhere else "enseigné nulle part"
                yield Problem("C07", place, f"«\u00a0{concept}\u00a0» est nécessaire ici, et {where}.")
            for concept in lesson.teaches:
                if concept in taught:
                    yield Problem("C07", place, f"«\u00a0{concept}\u00a0» est déjà enseigné dans {taught[concept]}.")
                taught[concept] = f"{week.slug}, {lesson.slug}"


def _criteria(course: Course) -> Iterator[Problem]:
    if not course.skills:
        return
    known, met = course.criteria, set()
    for week in course.weeks:
        met |= set(week.mapped("ccp"))
        for code in week.mapped("ccp"):
            if code not in known:
                yield Problem("C25", f"{FILE}, {week.slug}", f"le critère {code} n’existe pas dans [[skills]].")
        for reference in course.references:
            for code in week.mapped(reference.name):
                if not reference.has(code):
                    yield Problem("C25", f"{FILE}, {week.slug}", f"{reference.name} {code} n’existe pas.")
    for code, text in known.items():
        if code not in met:
            yield Problem("C25", FILE, f"aucune leçon ne travaille {code} ({text})")


def _hours(course: Course) -> Iterator[Problem]:
    total = sum(week.hours for week in course.weeks)
    if course.hours and total != course.hours:
        yield Problem("C26", FILE, f"les semaines font {total} heures, le cours {course.hours}.")
    for week in course.weeks:
        listed = bool(week.project) and all(lesson.exercises for lesson in week.lessons)
        whole = listed or week.planned_exercises  # a week being written is not weighed yet
        if whole and abs(week.minutes - 60 * week.hours) > TOLERANCE * 60 * week.hours:
            yield Problem(
                "C26",
                f"{FILE}, {week.slug}",
                f"les activités font {week.minutes / 60:.1f} h pour {week.hours} h prévues.".replace(".", ",", 1),
            )
