"""nbgrader's own steps with our parts in them, on real files, in a real browser."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress

import pytest
from assignments import GOOD, WEEK, answer, cell, notebook, write, write_week
from processes import command, descendants

from codephenix.classroom import Classroom
from codephenix.grading import WebValidator
from codephenix.submission import MAX_NOTEBOOK_BYTES

pytestmark = [pytest.mark.browser, pytest.mark.nbgrader]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A class whose assignment is generated once: nbgrader takes a second to make a gradebook."""
    folder = tmp_path_factory.mktemp("prepared")
    Classroom.create(folder / "classe", write_week(folder)).generate(WEEK)
    return folder / "classe"


@pytest.fixture
def classroom(prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "classe")
    return Classroom(tmp_path / "classe")


@pytest.fixture
def hand_in(classroom):
    """Put a learner's work where nbgrader collects it; answers by grade_id, files by name."""

    def put(learner, answers=None, **files):
        folder = classroom.folder / "submitted" / learner / WEEK
        shutil.copytree(classroom.folder / "release" / WEEK, folder)
        for name in ("carte", "ville"):
            answer(folder, name, answers or {})
        for name, content in files.items():
            (folder / f"{name}.ipynb").chmod(0o644)
            (folder / f"{name}.ipynb").write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return folder

    return put


def marks(classroom):
    return {(mark.learner, mark.notebook): mark.score for mark in classroom.marks(WEEK)}


def graded(classroom, learner, name):
    return json.loads((classroom.folder / "autograded" / learner / WEEK / f"{name}.ipynb").read_text("utf-8"))


def test_the_release_holds_no_solution_and_no_hidden_test(classroom):
    text = "".join(path.read_text("utf-8") for path in (classroom.folder / "release" / WEEK).glob("*.ipynb"))
    assert "La boulangerie" not in text
    assert "SOLUTION" not in text
    assert "n’est pas vide" not in text
    assert "Écrivez votre code ici." in text
    assert "<!-- carte.html -->" in text


def test_marks_are_the_points_of_the_tests_that_pass(classroom, hand_in):
    hand_in("juste", GOOD)
    hand_in("moitie", {"ecrire-carte": "<!-- carte.html -->\n<h1>Fleurs</h1>"})
    hand_in("rien")
    for learner in ("juste", "moitie", "rien"):
        assert classroom.autograde(WEEK, learner) == ""
    assert marks(classroom) == {
        ("juste", "carte"): 4, ("juste", "ville"): 2,
        ("moitie", "carte"): 1, ("moitie", "ville"): 1,
        ("rien", "carte"): 0, ("rien", "ville"): 1,
    }  # fmt: skip


def test_hidden_tests_count(classroom, hand_in):
    hand_in("vide", {"ecrire-carte": "<!-- carte.html -->\n<h1>Fleurs</h1><p></p>"})
    classroom.autograde(WEEK, "vide")
    assert marks(classroom)["vide", "carte"] == 3


def test_grading_starts_no_kernel(classroom, hand_in, monkeypatch):
    from jupyter_client.manager import KernelManager

    monkeypatch.setattr(KernelManager, "start_kernel", lambda *_: pytest.fail("a kernel was started"))
    hand_in("juste", GOOD)
    assert classroom.autograde(WEEK, "juste") == ""


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("test removed", 4),
        ("test rewritten", 4),
        ("solution removed", 0),
        ("duplicated", 4),
        ("foreign kernel", 4),
        ("raw", 4),
        ("points", 4),
    ],
)
def test_a_tampered_notebook_gets_the_mark_of_its_page(classroom, hand_in, what, expected):
    folder = hand_in("ruse", GOOD)
    content = json.loads((folder / "carte.ipynb").read_text("utf-8"))
    title, solution, test = content["cells"]
    if what == "test removed":
        content["cells"] = [title, solution]
    elif what == "test rewritten":
        test["source"] = '// carte.test.js\ntest("tout va bien", { points: 100 }, () => {});'
    elif what == "solution removed":
        content["cells"] = [title, test]
    elif what == "duplicated":
        content["cells"] = [title, solution, solution, test, test]
    elif what == "foreign kernel":
        content["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Python", "language": "python"}
    elif what == "raw":
        content["cells"].insert(
            0, {"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": "<script>alert(1)</script>"}
        )
    elif what == "points":
        test["metadata"]["nbgrader"]["points"] = 4000
    write(folder / "carte.ipynb", content)
    assert classroom.autograde(WEEK, "ruse") == ""
    assert marks(classroom)["ruse", "carte"] == expected


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("corrupt", "notebook lisible"),
        ("not a notebook", "format 4"),
        ("huge", "Mo"),
        ("damaged cell", "cellule 1"),
    ],
)
def test_a_faulty_submission_is_named_and_the_others_are_graded(classroom, hand_in, kind, words):
    broken = {
        "corrupt": '{"cells": [',
        "not a notebook": '{"nbformat": 3}',
        "huge": json.dumps(notebook(cell("x" * MAX_NOTEBOOK_BYTES, "a"))),
        "damaged cell": '{"nbformat": 4, "cells": [42]}',
    }[kind]
    hand_in("abime", GOOD, carte=broken)
    hand_in("juste", GOOD)
    problem = classroom.autograde(WEEK, "abime")
    assert "carte.ipynb" in problem
    assert words in problem
    assert "Traceback" not in problem
    assert classroom.autograde(WEEK, "juste") == ""
    assert marks(classroom)["juste", "carte"] == 4
    shutil.rmtree(classroom.folder / "submitted" / "abime")
    hand_in("abime", GOOD)
    assert classroom.autograde(WEEK, "abime") == ""
    assert marks(classroom)["abime", "carte"] == 4


def test_a_browser_killed_in_mid_grading_loses_nothing(classroom, hand_in):
    for number in range(4):
        hand_in(f"eleve{number}", GOOD)
    classroom.autograde(WEEK, "eleve0")
    killed = []

    def kill():
        killed.extend(pid for pid in descendants(os.getpid()) if "chromium" in command(pid))
        for pid in killed:
            with suppress(ProcessLookupError):  # some end with the first
                os.kill(pid, signal.SIGKILL)

    killer = threading.Timer(0.1, kill)
    killer.start()
    assert [classroom.autograde(WEEK, f"eleve{number}") for number in range(1, 4)] == ["", "", ""]
    killer.join()
    assert killed
    assert set(marks(classroom).values()) == {4, 2}


def test_a_full_disk_while_writing_feedback_keeps_marks_and_a_second_run_completes(classroom, hand_in):
    hand_in("juste", GOOD)
    classroom.autograde(WEEK, "juste")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limit[1]))
    try:
        problem = classroom.feedback(WEEK, "juste")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert problem
    assert marks(classroom)["juste", "carte"] == 4
    assert classroom.feedback(WEEK, "juste") == ""
    assert (classroom.folder / "feedback" / "juste" / WEEK / "carte.html").stat().st_size > 2_000


def test_feedback_is_french_self_contained_and_shows_results_and_comments(classroom, hand_in):
    classroom.add_learner("moitie", "Karim", "Benali")
    hand_in("moitie", {"ecrire-carte": "<!-- carte.html -->\n<h1>Fleurs</h1>"})
    classroom.autograde(WEEK, "moitie")
    with classroom.gradebook as gradebook:
        comment = gradebook.find_comment("ecrire-carte", "carte", WEEK, "moitie")
        comment.manual_comment = "Bon début, **ajoutez** un paragraphe."
        gradebook.db.commit()
    assert classroom.feedback(WEEK, "moitie") == ""
    html = (classroom.folder / "feedback" / "moitie" / WEEK / "carte.html").read_text("utf-8")
    for words in (
        "Karim Benali",
        "La page porte un paragraphe",
        "<strong>ajoutez</strong>",
        "<iframe",
        "1\u00a0/\u00a04",
        'lang="fr"',
    ):
        assert words in html.replace("&nbsp;", "\u00a0"), words
    assert "getByRole" not in html  # the source of tests, hidden ones included, stays out


def test_the_whole_chain_by_nbgrader_s_own_commands(classroom, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    env = {**os.environ, "HOME": str(home), "PATH": f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"}

    def nbgrader(*arguments):
        done = subprocess.run(
            ["nbgrader", *arguments], cwd=classroom.folder, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    nbgrader("generate_assignment", WEEK, "--force")
    nbgrader("release_assignment", WEEK)
    fetched = classroom.fetch("amina", WEEK)
    answer(fetched, "carte", GOOD)
    answer(fetched, "ville", GOOD)
    assert "Success" in nbgrader("validate", str(fetched / "carte.ipynb"))
    classroom.submit("amina", WEEK)
    nbgrader("collect", WEEK)
    nbgrader("autograde", WEEK)
    nbgrader("generate_feedback", WEEK)
    assert marks(classroom) == {("amina", "carte"): 4, ("amina", "ville"): 2}
    assert (classroom.folder / "feedback" / "amina" / WEEK / "ville.html").exists()


def test_validate_says_in_french_what_is_left(classroom, hand_in):
    folder = hand_in("moitie", {"ecrire-carte": "<!-- carte.html -->\n<h1>Fleurs</h1>"})
    failed = WebValidator().validate(str(folder / "carte.ipynb"))["failed"]
    assert "à revoir" in failed[0]["raw_error"]
    assert failed[0]["source"] == "// carte.test.js"
    hand_in("juste", GOOD)
    assert WebValidator().validate(str(classroom.folder / "submitted" / "juste" / WEEK / "carte.ipynb")) == {}


def test_a_late_submission_is_known_as_late(classroom):
    from datetime import UTC, datetime, timedelta

    classroom.release(WEEK)
    classroom.fetch("tard", WEEK)
    classroom.set_due_date(WEEK, datetime.now(UTC) - timedelta(hours=2))
    classroom.submit("tard", WEEK)
    classroom.collect(WEEK)
    classroom.autograde(WEEK, "tard")
    assert all(mark.late for mark in classroom.marks(WEEK))


def test_files_that_jupyter_would_run_never_enter_a_submission(classroom):
    classroom.release(WEEK)
    fetched = classroom.fetch("ruse", WEEK)
    for name in ("nbgrader_config.py", "jupyter_config.json", "a.py", "x.pth", "gradebook.db"):
        (fetched / name).write_text("x")
    classroom.submit("ruse", WEEK)
    classroom.collect(WEEK)
    kept = {path.name for path in (classroom.folder / "submitted" / "ruse" / WEEK).iterdir()}
    assert kept == {"carte.ipynb", "ville.ipynb", "lyon.svg", "timestamp.txt", "submission_secret.txt"}
