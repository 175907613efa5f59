import pytest

from codephenix.contents import index
from codephenix.syllabus import SyllabusProblem, loads

WEEK = """
title = "Essai"
[[weeks]]
slug = "s01-page"
title = "Ma page"
status = "ready"
hours = 20
  [[weeks.lessons]]
  slug = "01-clavier"
  title = "Le clavier"
  objective = "Taper un chevron."
  minutes = 45
  notebook = "01-clavier"
    [[weeks.lessons.exercises]]
    slug = "chevrons"
    title = "Les chevrons"
    type = "copy"
    minutes = 10
"""


def test_a_week_holds_lessons_and_exercises_in_order():
    week = loads(WEEK).week("s01-page")
    assert [(name, [e.slug for e in exercises]) for name, exercises in week.notebooks()] == [
        ("01-clavier", ["chevrons"])
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('type = "copy"', 'type = "copie"'), "type inconnu « copie »"),
        (("minutes = 10", "minute = 10"), "Vouliez-vous dire « minutes »"),
        (('objective = "Taper un chevron."', ""), "objective"),
        (('status = "ready"', 'status = "prêt"'), "planned"),
        (('slug = "s01-page"', "slug = s01"), "n’est pas lisible"),
    ],
)
def test_a_fault_is_named_in_french_with_its_place(change, words):
    with pytest.raises(SyllabusProblem) as problem:
        loads(WEEK.replace(*change))
    assert words in str(problem.value).replace("\u00a0", " ")


def test_an_unknown_week_proposes_the_nearest():
    with pytest.raises(SyllabusProblem, match="s01-page"):
        loads(WEEK).week("s01-pages")


def test_the_course_counts_26_weeks_of_20_hours(root):
    course = loads((root / "course.toml").read_text("utf-8"))
    assert len(course.weeks) == 26
    assert sum(week.hours for week in course.weeks) == 520


def test_slugs_are_unique_and_concepts_are_taught_once_before_they_are_needed(root):
    course = loads((root / "course.toml").read_text("utf-8"))
    taught, slugs = [], []
    for week in course.weeks:
        for lesson in week.lessons:
            assert not [concept for concept in lesson.needs if concept not in taught], lesson.slug
            taught.extend(lesson.teaches)
        slugs += [exercise.slug for _, exercises in week.notebooks() for exercise in exercises]
    assert len(taught) == len(set(taught))
    assert len(slugs) == len(set(slugs))


def test_the_index_links_lessons_and_exercises(root):
    text = index(loads(WEEK))
    assert "(s01-page/01-clavier.ipynb)" in text
    assert "(../exercices/s01-page/01-clavier.ipynb)" in text


def test_the_committed_index_is_up_to_date(root):
    course = loads((root / "course.toml").read_text("utf-8"))
    assert (root / "course" / "index.ipynb").read_text("utf-8") == index(course)
