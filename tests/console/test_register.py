"""The class as the gradebook holds it, and the figures made of it."""

import sqlite3

import pytest
from assignments import WEEK

from codephenix.console import progress
from codephenix.console.register import Mark

pytestmark = [pytest.mark.browser, pytest.mark.nbgrader]


def test_marks_bear_the_exercise_its_skills_and_its_learner(desk):
    register = desk.register()
    marks = {(mark.learner, mark.exercise): mark for mark in register.marks}
    assert {key: (mark.score, mark.maximum) for key, mark in marks.items()} == {
        ("amina", "carte"): (4, 4), ("amina", "ville"): (2, 2), ("karim", "carte"): (1, 4), ("karim", "ville"): (1, 2),
    }  # fmt: skip
    assert marks["amina", "carte"].ccp == ("CP3.1",)  # of its lesson
    assert marks["amina", "ville"].ccp == ("CP3.1", "CP4.2")  # its own
    assert [learner.name for learner in register.learners] == ["Karim Benali", "Amina Diallo", "Zoé Martin"]


def test_figures_are_those_of_an_independent_query(desk, course):
    """The same sums, straight from the database."""
    with sqlite3.connect(course / "gradebook.db") as database:
        rows = database.execute(
            "SELECT sa.student_id, SUM(COALESCE(g.manual_score, g.auto_score) + COALESCE(g.extra_credit, 0)), SUM(gc.max_score)"
            " FROM grade g JOIN grade_cells gc ON gc.id = g.cell_id JOIN submitted_notebook sn ON sn.id = g.notebook_id"
            " JOIN submitted_assignment sa ON sa.id = sn.assignment_id GROUP BY sa.student_id"
        ).fetchall()
    assert len(rows) == 2
    register = desk.register()
    for login, earned, possible in rows:
        standing = progress.by_week(register.of(login))[WEEK]
        assert (standing.earned, standing.possible) == (earned, possible)


def mark(score, maximum, *ccp, exercise="carte"):
    return Mark("amina", "s01", "carte", exercise, exercise, score, maximum, ccp=ccp, rgaa=("8.2", "11.1"))


def test_a_mark_counts_once_in_each_of_its_skills():
    marks = [mark(2, 4, "CP3.1", "CP3.2", "CP4.1"), mark(4, 4, "CP3.1")]
    skills = progress.by_skill(marks)
    assert (skills["CP3"].earned, skills["CP3"].possible, skills["CP3"].tried) == (6, 8, 2)
    assert (skills["CP4"].earned, skills["CP4"].possible) == (2, 4)
    assert list(progress.by_theme(marks)) == ["08", "11"]


def test_levels_follow_the_share_and_nothing_is_not_a_failure():
    assert progress.Standing().level == "pas encore évalué"
    assert progress.total([mark(8, 10)]).level == "acquis"
    assert progress.total([mark(4, 10)]).level == "en cours"
    assert progress.total([mark(3, 10)]).level == "à reprendre"


def test_what_to_redo_begins_with_the_weakest():
    marks = [mark(3, 4, exercise="b"), mark(4, 4, exercise="c"), mark(0, 4, exercise="a")]
    assert [left.exercise for left in progress.to_redo(marks)] == ["a", "b"]


def test_what_waits_for_the_trainer_counts_for_nothing_yet():
    waiting = Mark("amina", "s01", "projet", "noter", "noter", 0, 20, to_grade=True)
    assert progress.total([mark(4, 4), waiting]).share == 1
