"""The whole class in one go: the marks of serial nbgrader, nothing twice, nobody stopped by another."""

import json
import os
import shutil
import signal
import sqlite3
import threading
import time

import pytest
from assignments import GOOD, WEEK, answer
from processes import command, descendants

from codephenix.classroom import Classroom
from codephenix.cli import FINE, PROBLEM, main
from codephenix.console import batch
from codephenix.console.batch import Work

pytestmark = [pytest.mark.browser, pytest.mark.nbgrader]

ANSWERS = [
    GOOD,
    {"ecrire-carte": "<!-- carte.html -->\n<h1>Fleurs</h1>"},
    {},
    {"colorer-titre": "/* ville.css */\nh1 { color: blue }"},
]


@pytest.fixture
def full(graded, tmp_path):
    """A class of six whose work is collected, none of it graded."""
    folder = shutil.copytree(graded, tmp_path / "classe")
    shutil.rmtree(folder / "autograded")
    shutil.rmtree(folder / "submitted")
    for number in range(6):
        target = folder / "submitted" / f"eleve{number}" / WEEK
        shutil.copytree(folder / "release" / WEEK, target)
        for name in ("carte", "ville"):
            answer(target, name, ANSWERS[number % 4])
    return folder


def cells(folder):
    """Every mark of the class, cell by cell, straight from the database."""
    with sqlite3.connect(folder / "gradebook.db") as database:
        return database.execute(
            "SELECT sa.student_id, bc.name, g.auto_score, g.manual_score, g.needs_manual_grade FROM grade g"
            " JOIN base_cell bc ON bc.id = g.cell_id JOIN submitted_notebook sn ON sn.id = g.notebook_id"
            " JOIN submitted_assignment sa ON sa.id = sn.assignment_id WHERE sa.student_id LIKE 'eleve%' ORDER BY 1, 2"
        ).fetchall()


def test_marks_in_parallel_are_those_of_serial_autograde(full, tmp_path, capsys):
    serial = shutil.copytree(full, tmp_path / "serie")
    classroom = Classroom(serial)
    assert [classroom.autograde(WEEK, f"eleve{number}") for number in range(6)] == [""] * 6
    assert main(["--root", str(full), "grade", "s99", "--parallel", "2", "--json"]) == FINE
    said = json.loads(capsys.readouterr().out)
    assert (said["graded"], said["skipped"], said["problems"]) == (6, 0, [])
    assert said["weeks"][0]["missing"] == ["karim", "amina", "zoe"]
    assert cells(full) == cells(serial)
    assert len(cells(full)) == 12


def test_a_second_run_does_nothing_and_new_work_is_graded(full, capsys):
    assert main(["--root", str(full), "grade"]) == FINE
    before = {path: path.stat().st_mtime_ns for path in (full / "autograded").rglob("*.ipynb")}
    assert main(["--root", str(full), "grade"]) == FINE
    assert {path: path.stat().st_mtime_ns for path in (full / "autograded").rglob("*.ipynb")} == before
    answer(full / "submitted" / "eleve2" / WEEK, "carte", GOOD)
    capsys.readouterr()
    assert main(["--root", str(full), "grade", "--json"]) == FINE
    assert json.loads(capsys.readouterr().out)["graded"] == 1
    assert ("eleve2", "test-ecrire-carte", 4.0, None, 0) in cells(full)


def test_one_broken_notebook_is_named_and_the_others_are_graded(full, capsys):
    broken = full / "submitted" / "eleve1" / WEEK / "carte.ipynb"
    broken.write_text("{")
    assert main(["--root", str(full), "grade", "--json"]) == PROBLEM
    said = json.loads(capsys.readouterr().out)
    assert said["graded"] == 5
    (problem,) = said["problems"]
    assert problem["work"]["learner"] == "eleve1"
    assert "carte.ipynb" in problem["problem"]
    assert main(["--root", str(full), "grade"]) == PROBLEM
    said = capsys.readouterr()
    assert "✗ eleve1" in said.err
    assert "Traceback" not in said.err + said.out


def test_a_worker_that_dies_costs_a_retry_and_nothing_else(full):
    killed = []

    def kill():
        for _ in range(600):
            workers = [pid for pid in descendants(os.getpid()) if "python" in command(pid)]
            if any((full / "autograded").glob("*/*/carte.ipynb")):
                break
            time.sleep(0.05)
        for pid in workers[-1:]:
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    killer = threading.Thread(target=kill)
    killer.start()
    told = []
    results = batch.grade(full, batch.waiting(full, [WEEK]), parallel=2, tell=told.append)
    killer.join()
    assert killed
    assert [result.problem for result in results] == [""] * 6
    assert len(cells(full)) == 12
    assert all(batch.is_done(full, Work(WEEK, f"eleve{number}")) for number in range(6))


def test_work_interrupted_in_the_middle_is_not_taken_for_done(full):
    work = Work(WEEK, "eleve0")
    half = full / "autograded" / "eleve0" / WEEK
    half.mkdir(parents=True)
    shutil.copy(full / "submitted" / "eleve0" / WEEK / "carte.ipynb", half)
    assert not batch.is_done(full, work)
    assert batch.grade(full, [work], tell=lambda _: None) == [batch.Graded(work)]
    assert batch.is_done(full, work)
    assert {path.name for path in half.glob("*.ipynb")} == {"carte.ipynb", "ville.ipynb"}
