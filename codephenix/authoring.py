"""New lessons and exercises from skeletons that already obey the rules of form; ‹ … › is what the author has to write.

    new_lesson     course/<week>/<lesson>.ipynb, and source/<week>/<notebook>.ipynb for its exercises
    new_exercise   cells at the end of that notebook, tests/submissions/<week>/<slug>.toml, a block in course.toml

Law of this module: nothing that exists is overwritten, and nothing is written when anything is wrong.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from codephenix import notebooks, syllabus
from codephenix.problems import Problem
from codephenix.syllabus import EXERCISE_MINUTES, EXERCISE_TYPES, Course, Lesson, Week

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TEMPLATES = files("codephenix") / "templates" / "authoring"
_BLOCK_ENDS = re.compile(
    r"^[ \t]*(\[\[weeks\]\]|\[\[weeks\.lessons\]\]|\[weeks\.project\]|\[\[skills\]\]|# )", re.MULTILINE
)


class AuthoringProblem(Problem):
    """What was asked cannot be made; the message is French and says why."""


def new_lesson(root: Path, week_slug: str, lesson_slug: str) -> list[Path]:
    """Make a lesson that course.toml announces, and the notebook of its exercises; the files written."""
    course = syllabus.loads((root / "course.toml").read_text("utf-8"))
    week = course.week(week_slug)
    lesson = _lesson(week, lesson_slug)
    path = root / "course" / week.slug / f"{lesson.slug}.ipynb"
    exercises = root / "source" / week.slug / f"{lesson.notebook}.ipynb"
    if path.exists():
        raise AuthoringProblem(f"{path} existe déjà. Ouvrez-le, ou effacez-le d’abord.")
    values = _values(course, week, lesson)
    written = {path: _filled("lesson.txt", values)}
    if not exercises.exists():
        written[exercises] = _filled("exercises.txt", values)
    for target, text in written.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(notebooks.dumps(notebooks.from_plain_text(text, target.name)), "utf-8")
    return list(written)


def new_exercise(root: Path, week_slug: str, lesson_slug: str, slug: str, *, title: str, kind: str) -> list[Path]:
    """Add an exercise to a lesson: its cells, its proof file, its block in course.toml; the files written."""
    manifest = root / "course.toml"
    text = manifest.read_text("utf-8")
    course = syllabus.loads(text)
    week = course.week(week_slug)
    lesson = _lesson(week, lesson_slug)
    _check_free(course, slug, kind)
    path = root / "source" / week.slug / f"{lesson.notebook}.ipynb"
    proof = root / "tests" / "submissions" / week.slug / f"{slug}.toml"
    if not path.exists():
        raise AuthoringProblem(f"{path} manque. Lancez d’abord\u00a0: codephenix new lesson {week.slug} {lesson.slug}")
    if proof.exists():
        raise AuthoringProblem(f"{proof} existe déjà.")
    values = {"slug": slug, "title": title, "number": str(len(lesson.exercises) + 1)}
    cells = notebooks.from_plain_text(_filled("exercise.txt", values), path.name).cells
    node = notebooks.read(path.read_text("utf-8"), str(path))
    node.cells += cells
    announced = _announced(text, week, lesson, _entry(slug, title, kind))
    syllabus.loads(announced)  # refused here rather than written broken
    path.write_text(notebooks.dumps(notebooks.canonical(node)), "utf-8")
    proof.parent.mkdir(parents=True, exist_ok=True)
    proof.write_text(_filled("proof.toml", values), "utf-8")
    manifest.write_text(announced, "utf-8")
    return [path, proof, manifest]


def _lesson(week: Week, slug: str) -> Lesson:
    for lesson in week.lessons:
        if lesson.slug == slug:
            return lesson
    known = ", ".join(lesson.slug for lesson in week.lessons) or "aucune"
    raise AuthoringProblem(f"«\u00a0{slug}\u00a0» n’est pas une leçon de {week.slug} dans course.toml\u00a0: {known}.")


def _check_free(course: Course, slug: str, kind: str) -> None:
    if kind not in EXERCISE_TYPES:
        raise AuthoringProblem(f"Type inconnu «\u00a0{kind}\u00a0». Choisissez parmi {', '.join(EXERCISE_TYPES)}.")
    if not _SLUG.fullmatch(slug):
        raise AuthoringProblem(f"«\u00a0{slug}\u00a0» s’écrit en minuscules sans accent, avec des tirets.")
    taken = {exercise.slug for week in course.weeks for _, found in week.notebooks() for exercise in found}
    if slug in taken:
        raise AuthoringProblem(f"L’exercice «\u00a0{slug}\u00a0» existe déjà. Un nom est unique dans tout le cours.")


def _values(course: Course, week: Week, lesson: Lesson) -> dict[str, str]:
    titles = {skill.code: skill.title for skill in course.skills}
    codes = dict.fromkeys(code.partition(".")[0] for code in lesson.ccp)
    return {
        "week": week.slug.partition("-")[0],
        "rank": lesson.slug.partition("-")[0].lstrip("0"),
        "stem": lesson.slug.partition("-")[2] or lesson.slug,
        "title": lesson.title,
        "objective": lesson.objective,
        "skills": ", ".join(f"{code}, {titles.get(code, '').lower()}" for code in codes) or "toutes",
        "rgaa": ", ".join(lesson.rgaa) or "pas de critère dans cette leçon",
    }


def _filled(template: str, values: dict[str, str]) -> str:
    return (_TEMPLATES / template).read_text("utf-8").format_map(values)


def _entry(slug: str, title: str, kind: str) -> str:
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    lines = ["[[weeks.lessons.exercises]]", f'slug = "{slug}"', f'title = "{quoted}"', f'type = "{kind}"']
    lines.append(f"minutes = {EXERCISE_MINUTES}")
    return "".join(f"    {line}\n" for line in lines)


def _announced(text: str, week: Week, lesson: Lesson, entry: str) -> str:
    """The text of course.toml with one exercise more, last of its lesson; the rest stays as it is."""
    start = text.index(f'slug = "{week.slug}"')
    start = text.index(f'slug = "{lesson.slug}"', start)
    end = _BLOCK_ENDS.search(text, start)
    stop = end.start() if end else len(text)
    return f"{text[:stop].rstrip()}\n\n{entry}\n{text[stop:]}"
