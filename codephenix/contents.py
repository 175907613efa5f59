"""The table of contents that a learner opens first: ``course/index.ipynb``, made from ``course.toml``.

Law of this module: pure; nothing is written here that ``course.toml`` does not say.
"""

from __future__ import annotations

import nbformat

from codephenix import notebooks
from codephenix.syllabus import Course, Lesson, Week

EXERCISES = "../exercices"  # beside the lessons in a learner's working copy


def index(course: Course, *, glossary: bool = False) -> str:
    """Canonical text of the index notebook."""
    cells = [_cell("titre", _welcome(course, glossary=glossary))]
    cells += [_cell(week.slug, _ready(week)) for week in course.weeks if week.status == "ready"]
    planned = [week for week in course.weeks if week.status == "planned"]
    if planned:
        cells.append(_cell("suite", _planned(course, planned)))
    return notebooks.dumps(notebooks.canonical(nbformat.from_dict({"cells": cells, "metadata": {}, "nbformat": 4})))


def _cell(identifier: str, text: str) -> dict[str, object]:
    return {"cell_type": "markdown", "id": identifier, "metadata": {}, "source": text}


def _welcome(course: Course, *, glossary: bool) -> str:
    terms = "\n\nUn mot vous échappe\u00a0? Cherchez-le dans le [glossaire](glossaire.ipynb)." if glossary else ""
    return (
        f"# {course.title}\n\nBienvenue. Ce cours dure {len(course.weeks)} semaines. "
        "Vous y apprenez à créer des pages web, pas à pas.\n\n"
        "Cliquez sur une leçon pour l’ouvrir. Faites ensuite ses exercices.\n\n"
        f"Chaque matin, commencez par le [rappel](rappel.ipynb)\u00a0: six cartes sur ce que vous avez déjà vu.{terms}"
    )


def _ready(week: Week) -> str:
    lines = [
        f"## {week.title}",
        "",
        "| Leçon | Ce que vous saurez faire | Exercices |",
        "|---|---|---|",
        *(_row(week, lesson) for lesson in week.lessons),
    ]
    if week.project:
        lines += ["", f"**Le projet de la semaine** : [{week.project.title}]({_exercise(week, week.project.notebook)})"]
    return "\n".join(lines).replace(" : ", "\u00a0: ")


def _row(week: Week, lesson: Lesson) -> str:
    count = len(lesson.exercises)
    exercises = f"[{count} exercice{'s' if count > 1 else ''}]({_exercise(week, lesson.notebook)})"
    return f"| [{lesson.title}]({week.slug}/{lesson.slug}.ipynb) | {lesson.objective} | {exercises} |"


def _exercise(week: Week, notebook: str) -> str:
    return f"{EXERCISES}/{week.slug}/{notebook}.ipynb"


def _planned(course: Course, weeks: list[Week]) -> str:
    rows = [f"| {course.rank(week)} | {week.title} |" for week in weeks]
    return "\n".join(["## La suite du cours", "", "| Semaine | Thème |", "|---|---|", *rows])
