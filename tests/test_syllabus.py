import pytest

from codephenix.checks import check_course
from codephenix.contents import index
from codephenix.proof import plan_of
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


def test_the_plan_of_the_26_weeks_holds_together(root):
    course = loads((root / "course.toml").read_text("utf-8"))
    assert [str(problem) for problem in check_course(course)] == []
    assert all(week.objectives for week in course.weeks)
    assert all(
        week.lessons and week.project for week in course.weeks if week.status == "planned" and week.slug >= "s05"
    )


def test_the_25_criteria_of_ccp1_and_the_13_themes_of_rgaa_are_met(root):
    course = loads((root / "course.toml").read_text("utf-8"))
    assert [len(skill.criteria) for skill in course.skills] == [5, 6, 7, 7]
    assert set(course.criteria) <= {code for week in course.weeks for code in week.mapped("ccp")}
    rgaa, rgesn = course.references
    assert sum(theme.criteria for theme in rgaa.themes) == 106
    assert sum(theme.criteria for theme in rgesn.themes) == 78
    met = {code.partition(".")[0] for week in course.weeks for code in week.mapped("rgaa")}
    assert met == {str(rank) for rank in range(1, 14)}


def test_criteria_are_sorted_as_numbers():
    week = loads(WEEK.replace("minutes = 45", 'minutes = 45\n  rgaa = ["10.2", "10.11", "9.1"]')).weeks[0]
    assert week.mapped("rgaa") == ("9.1", "10.2", "10.11")


def test_the_index_links_lessons_and_exercises(root):
    text = index(loads(WEEK))
    assert "(s01-page/01-clavier.ipynb)" in text
    assert "(../exercices/s01-page/01-clavier.ipynb)" in text


def test_the_index_links_the_glossary_when_there_is_one():
    assert "glossaire.ipynb" in index(loads(WEEK), glossary=True)
    assert "glossaire.ipynb" not in index(loads(WEEK))


def test_the_committed_index_and_glossary_are_up_to_date(root):
    generated = plan_of(root).generated()
    assert len(generated) == 2
    for name, text in generated.items():
        assert (root / name).read_text("utf-8") == text
