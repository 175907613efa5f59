"""The dashboard: its figures, its size, and what a hostile learner may write in it."""

import dataclasses
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from codephenix.console import dashboard, settings
from codephenix.console.attempts import Attempt
from codephenix.console.attendance import Presence
from codephenix.console.dashboard import Classroom
from codephenix.console.register import Learner, Mark, Place, Register
from codephenix.syllabus import Course, Exercise, Week

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
EXERCISES = [Exercise(f"exercice-{rank}", f"Exercice {rank}", "create", 18) for rank in range(112)]
WEEKS = tuple(Week(f"s0{rank}-essai", f"Semaine {rank}", "ready", 20) for rank in range(1, 5))
HOSTILE = "</code></pre><script>alert(1)</script><img src=x onerror=alert(1)>"


def class_of(size):
    learners = tuple(Learner(f"eleve{rank}", f"Élève {rank}", HOSTILE if rank == 0 else "Nom") for rank in range(size))
    marks = tuple(
        Mark(
            learner.login, WEEKS[rank % 4].slug, "nb", exercise.slug, exercise.title, (place + rank) % 5, 4,
            ccp=(f"CP{rank % 4 + 1}.1",), rgaa=(f"{rank % 13 + 1}.1",),
        )
        for place, learner in enumerate(learners)
        for rank, exercise in enumerate(EXERCISES)
    )  # fmt: skip
    marks = tuple(mark for mark in marks if mark.score <= mark.maximum)
    tries = [
        Attempt(learner.login, NOW - timedelta(minutes=25 - 3 * rank), "s01-essai", "nb", "test-exercice-3", 0, 2, "Il manque <h1>", HOSTILE)
        for learner in learners[:2] for rank in range(8)
    ]  # fmt: skip
    tries.sort(key=lambda attempt: attempt.at)
    day = date(2026, 11, 24)
    return Classroom(
        Register(Course("Essai", WEEKS), learners, marks, tuple(week.slug for week in WEEKS)), tries,
        {(day, "eleve0"): Presence(day, "eleve0", 3.5)},
        {f"test-{exercise.slug}": Place(exercise, (), ()) for exercise in EXERCISES}, NOW,
    )  # fmt: skip


def test_the_class_page_says_who_is_stuck_and_on_what():
    html = dashboard.page(class_of(3), settings.Settings())
    stuck = html[html.index('id="aide"') : html.index('id="classe"')]
    assert stuck.count("<li>") == 2
    assert "Exercice 3" in stuck
    assert "25 minutes (8 essais)" in stuck


def test_shares_are_those_of_the_marks():
    classroom = class_of(3)
    row = dashboard.rows(classroom)[1]
    own = [mark for mark in classroom.register.marks if mark.learner == "eleve1"]
    first = [mark for mark in own if mark.week == "s01-essai"]
    assert row.weeks[0].share == sum(mark.score for mark in first) / sum(mark.maximum for mark in first)
    assert (row.tries, row.hours, row.days) == (8, 0, 1)
    assert dashboard.rows(classroom)[0].hours == 3.5


def test_hard_exercises_come_with_the_code_that_people_wrote():
    classroom = class_of(3)
    found = dashboard.hardest(classroom, most=112)
    shares = [hard.standing.share for hard in found]
    assert shares == sorted(shares)
    (answer,) = next(hard for hard in found if hard.title == "Exercice 3").answers
    assert (answer.learners, answer.tries, answer.failure) == (2, 16, "Il manque <h1>")


def test_what_learners_write_is_text():
    classroom = class_of(2)
    for html in (
        dashboard.page(classroom, settings.Settings()),
        dashboard.learner_page(classroom, "eleve0", settings.Settings()),
    ):
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_pages_load_nothing_and_link_to_each_other(tmp_path):
    files = dashboard.write(class_of(2), tmp_path, settings.Settings())
    assert [path.relative_to(tmp_path).as_posix() for path in files] == [
        "index.html", "apprenants/eleve0.html", "apprenants/eleve1.html",
    ]  # fmt: skip
    for path in files:
        text = path.read_text("utf-8")
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
        for link in re.findall(r'href="((?!\.\./\.\./|#)[^"]+)"', text):
            assert (path.parent / link).exists(), link


@pytest.mark.browser
def test_the_pages_are_accessible(browser):
    from codephenix.results import Verdict
    from codephenix.site import File, Site

    script = 'test("accessible", async () => { await expect(page).toBeAccessible(); });'
    classroom = class_of(3)
    for html in (
        dashboard.page(classroom, settings.Settings()),
        dashboard.learner_page(classroom, "eleve0", settings.Settings()),
    ):
        run = browser.run(Site({"page.html": File("page.html", html.encode())}), script, "page.test.js")
        assert run.verdict is Verdict.PASS, (run.results, run.problem)


def test_lessons_that_are_forgotten_are_named():
    from codephenix import review
    from codephenix.activities import Card

    classroom, deck, then = class_of(2), review.Deck(), NOW - timedelta(days=3)
    deck.meet([Card("a", "?", "!"), Card("b", "?", "!")], "s01-essai/02-lecon", then.date())
    for identifier, known in (("a", True), ("b", False)):
        deck.answer(identifier, known=known, now=NOW)
    classroom = dataclasses.replace(classroom, decks={"eleve0": deck})
    row = dashboard.rows(classroom)[0]
    assert (row.cards, row.reviews) == (2, 2)
    html = dashboard.page(classroom, settings.Settings()).replace("\u00a0", " ")
    assert "s01-essai/02-lecon : 50 % de cartes sues (2 réponses)" in html
