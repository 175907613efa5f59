"""A class of eight over the weeks that are written, from the release to the dashboard, and its figures done again.

The learners' answers are the right and the wrong ones of ``tests/submissions``, so that the class makes real mistakes.
"""

import json
import shutil
import sqlite3
import tomllib
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from assignments import answer

from codephenix import checks, release, syllabus
from codephenix.classroom import Classroom
from codephenix.console import attempts, dashboard, settings
from codephenix.console.week import Desk
from codephenix.results import TestResult, TestRun, Verdict

pytestmark = [pytest.mark.browser, pytest.mark.nbgrader]

ROOT = Path(__file__).parents[2]
LEARNERS = ["amina", "bruno", "chloe", "david", "elise", "farid", "gaelle", "hugo"]
KEPT = 3  # notebooks of each week after the first: the first lessons and the project
FIRST = "s01-premiere-page"
START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)


def answers_of(week, name, exercise, rank):
    """What learner number ``rank`` answers: the better the rank, the fewer the mistakes; the last gives up midway."""
    node = checks.Notebook(name, (ROOT / "source" / week / f"{name}.ipynb").read_text("utf-8"))
    task = checks.task_of(node, exercise)
    proofs = tomllib.loads((ROOT / "tests" / "submissions" / week / f"{exercise}.toml").read_text("utf-8"))
    number = sum(map(ord, exercise))
    if rank == 7 and number % 2:
        return {}
    if rank and number % 8 < rank:
        proof = proofs["mistakes"][number % len(proofs["mistakes"])]
    elif number % 3:
        proof = proofs["variants"][number % len(proofs["variants"])]
    else:
        return {cell.id: release.solved_source(cell.source) for cell in task.solutions}
    return proof.get("cells") or {task.solutions[0].id: proof["source"]}


def tried(journal, notebook, exercise, moment, rank):
    """Journal lines of an exercise: as many failures as the learner's rank, then a success for most."""
    failed = TestRun((TestResult("Le titre", Verdict.FAIL, message=f"Il manque {exercise}."),))
    passed = TestRun((TestResult("Le titre", Verdict.PASS),))
    with journal.open("a") as lines:
        for number in range(rank % 4 + 1):
            run = passed if number == rank % 4 and rank != 7 else failed
            line = attempts.entry(
                run, f"test-{exercise}", f"<h1>{exercise}", notebook, moment + timedelta(minutes=number)
            )
            lines.write(json.dumps(line) + "\n")


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """The class, its weeks done one after the other."""
    folder = tmp_path_factory.mktemp("school") / "classe"
    classroom = Classroom.create(folder, ROOT / "source" / FIRST)
    text = (ROOT / "course.toml").read_text("utf-8")
    (folder / "course.toml").write_text(text, "utf-8")
    ready = [week for week in syllabus.loads(text).weeks if week.status == "ready"]
    (folder / attempts.FOLDER).mkdir()
    for login in LEARNERS:
        classroom.add_learner(login, login.title(), "Martin")
    for position, week in enumerate(ready):
        if week.slug != FIRST:
            prepare(folder / "source" / week.slug)
        play(classroom, week, START + timedelta(weeks=position))
    return classroom, ready


def prepare(target):
    """Source of a week, with fewer notebooks: grading them all takes minutes."""
    shutil.copytree(ROOT / "source" / target.name, target)
    notebooks = sorted(target.glob("*.ipynb"))
    for path in notebooks[KEPT - 1 : -1]:
        path.unlink()


def play(classroom, week, monday):
    classroom.generate(week.slug)
    classroom.release(week.slug)
    for rank, login in enumerate(LEARNERS):
        fetched = classroom.fetch(login, week.slug)
        moment = monday
        for name, exercises in week.notebooks():
            if not (fetched / f"{name}.ipynb").exists():
                continue
            written = {}
            for exercise in exercises:
                written |= answers_of(week.slug, name, exercise.slug, rank)
                journal = classroom.folder / attempts.FOLDER / f"{login}.jsonl"
                tried(journal, f"{week.slug}/{name}.ipynb", exercise.slug, moment, rank)
                moment += timedelta(minutes=40)
            answer(fetched, name, written)
        if login != "hugo" or monday == START:  # hugo leaves after the first week
            classroom.submit(login, week.slug)
    classroom.collect(week.slug)
    for login in classroom.submitted(week.slug):
        assert classroom.autograde(week.slug, login) == ""


def by_hand(database, week):
    """Points earned and possible of each learner in a week, straight from the tables."""
    rows = database.execute(
        "SELECT sa.student_id, g.auto_score, g.manual_score, gc.max_score FROM grade g"
        " JOIN grade_cells gc ON gc.id = g.cell_id JOIN submitted_notebook sn ON sn.id = g.notebook_id"
        " JOIN submitted_assignment sa ON sa.id = sn.assignment_id JOIN assignment a ON a.id = sa.assignment_id"
        " WHERE a.name = ?",
        (week,),
    )
    sums = defaultdict(lambda: [0.0, 0.0])
    for login, auto, manual, maximum in rows:
        sums[login][0] += manual if manual is not None else auto or 0
        sums[login][1] += maximum
    return sums


def test_the_figures_of_the_dashboard_are_those_of_the_tables(school):
    classroom, ready = school
    seen = dashboard.rows(Desk(classroom.folder).classroom())
    assert [row.learner.login for row in seen] == LEARNERS
    with sqlite3.connect(classroom.folder / "gradebook.db") as database:
        for position, week in enumerate(ready):
            sums = by_hand(database, week.slug)
            for row in seen:
                standing = row.weeks[position]
                assert [standing.earned, standing.possible] == sums[row.learner.login], (week.slug, row.learner.login)
    totals = [row.total.earned for row in seen]
    assert totals[0] > totals[3] > totals[6] > 0  # the class is not all alike


def test_the_commonest_errors_and_the_tries_are_those_of_the_journals(school):
    classroom, _ = school
    found = Desk(classroom.folder).classroom()
    lines = {
        path.stem: [json.loads(line) for line in path.read_text().splitlines()]
        for path in (classroom.folder / attempts.FOLDER).glob("*.jsonl")
    }
    assert {row.learner.login: row.tries for row in dashboard.rows(found)} == {
        login: len(own) for login, own in lines.items()
    }
    cell, answers = next(iter(attempts.wrong_answers(found.attempts).items()))
    people = {login for login, own in lines.items() for line in own if line["cell"] == cell and line["passed"] == 0}
    assert answers[0].learners == len(people)
    assert attempts.stuck(found.attempts, START + timedelta(weeks=50)) == []


def test_the_pages_of_the_class_are_written_and_its_feedback_too(school):
    classroom, ready = school
    desk = Desk(classroom.folder)
    files = dashboard.write(desk.classroom(), classroom.folder / "tableau", settings.Settings())
    assert len(files) == len(LEARNERS) + 1
    summary = desk.feedback(ready[0].slug, lambda *_: None)
    assert (summary.problems, len(summary.done)) == ((), len(LEARNERS))
    page = (classroom.folder / "tableau" / "apprenants" / "amina.html").read_text("utf-8")
    for link in {part.split('"')[0] for part in page.split('href="../../')[1:]}:
        path = link.partition("#")[0]
        if ready[0].slug in path:
            assert (classroom.folder / path).exists(), path
