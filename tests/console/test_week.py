"""The trainer's verbs on a real class."""

import json
import sqlite3
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from assignments import GOOD, WEEK, answer

from codephenix.classroom import Classroom
from codephenix.cli import FINE, PROBLEM, main
from codephenix.console import audit

pytestmark = [pytest.mark.browser, pytest.mark.nbgrader]


@pytest.fixture
def console(course, capsys):
    def run(*arguments):
        capsys.readouterr()
        code = main(["--root", str(course), *arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return code, said.out + said.err

    return run


def test_a_week_goes_round_with_four_verbs_and_twice_changes_nothing(console, course):
    assert console("release", "s99")[0] == FINE
    before = (course / "release" / WEEK / "carte.ipynb").stat().st_mtime_ns
    assert console("release", "s99")[0] == FINE
    assert (course / "release" / WEEK / "carte.ipynb").stat().st_mtime_ns == before
    code, said = console("collect", "s99")
    assert code == FINE
    assert "Rien rendu\u00a0: zoe." in said
    for _ in range(2):
        code, said = console("feedback", "s99")
        assert code == FINE
        assert "2 faits" in said
    assert len(list(course.glob(f"feedback/*/{WEEK}/*.html"))) == 6  # two notebooks and the index of the week


def test_a_changed_source_is_released_anew(console, course):
    console("release", "s99")
    source = course / "source" / WEEK / "carte.ipynb"
    source.write_text(
        source.read_text("utf-8").replace("la carte d’une boulangerie", "la carte d’un fleuriste"), "utf-8"
    )
    assert console("release", "s99")[0] == FINE
    shown = list((course / "echange").rglob("outbound/**/carte.ipynb"))
    assert ["fleuriste" in path.read_text("utf-8") for path in shown] == [True]


def test_late_work_is_named(console, course):
    classroom = Classroom(course)
    classroom.set_due_date(WEEK, datetime.now(UTC) - timedelta(days=1))
    code, said = console("collect", "s99")
    assert code == FINE
    assert "En retard\u00a0: amina, karim." in said


def test_status_counts_what_is_there(console, course):
    code, said = console("status", "--json")
    assert code == FINE
    (week,) = json.loads(said)["weeks"]
    assert json.loads(said)["learners"] == 3
    assert (week["collected"], week["graded"], week["to_grade"], week["feedback"]) == (2, 2, 0, 0)
    assert "2 rendus, 2 corrigés" in console("status")[1]


def test_an_unknown_week_or_learner_is_said_in_french(console):
    for arguments in (
        ("release", "s42"),
        ("presence", "--absent", "inconnu"),
        ("export", "inconnu"),
        ("erase", "inconnu"),
    ):
        code, said = console(*arguments)
        assert code == PROBLEM
        assert "nconnu" in said or "Aucun" in said


def test_hours_become_a_document(console, course, tmp_path):
    assert console("presence", "--day", "2026-11-24", "--absent", "karim", "--reason", "malade")[0] == FINE
    code, _ = console("paper", "attendance", "--day", "2026-11-26", "--folder", str(tmp_path / "documents"))
    assert code == FINE
    html = (tmp_path / "documents" / "presence-2026-11-23.html").read_text("utf-8")
    assert "malade" in html
    assert html.count("4 h<") == 4  # two learners, their morning and their total


def test_every_change_of_a_mark_is_logged_once(course, desk):
    with desk.api.gradebook as gradebook:
        grade = gradebook.find_grade("test-ecrire-carte", "carte", WEEK, "karim")
        grade.manual_score = 3
        gradebook.db.commit()
        gradebook.db.commit()
    with desk.api.gradebook as gradebook:
        gradebook.find_grade("test-ecrire-carte", "carte", WEEK, "karim").manual_score = 0
        gradebook.db.flush()
        gradebook.db.rollback()
    changes = [entry for entry in audit.read(course / audit.FILE) if entry["field"] == "manual_score"]
    assert [(entry["learner"], entry["week"], entry["cell"], entry["before"], entry["after"]) for entry in changes] == [
        ("karim", WEEK, "test-ecrire-carte", None, 3)
    ]
    assert changes[0]["by"]


def test_a_second_grading_that_changes_a_mark_is_logged(course):
    classroom = Classroom(course)
    fetched = course / "submitted" / "karim" / WEEK
    answer(fetched, "carte", GOOD)
    assert classroom.autograde(WEEK, "karim") == ""
    changes = [entry for entry in audit.read(course / audit.FILE) if entry["before"] is not None]
    assert [(entry["field"], entry["before"], entry["after"]) for entry in changes] == [("auto_score", 1.0, 4.0)]


def test_an_export_holds_everything_and_an_erasure_leaves_nothing(console, course, tmp_path):
    (course / "journal").mkdir()
    (course / "journal" / "karim.jsonl").write_text("{}\n")
    space = course / ".codephenix" / "learners" / "karim" / "espace"
    space.mkdir(parents=True)
    (space / "notes.txt").write_text("à moi")
    console("presence", "--day", "2026-11-24")
    assert console("export", "karim", "--to", str(tmp_path / "karim.zip"))[0] == FINE
    with zipfile.ZipFile(tmp_path / "karim.zip") as archive:
        names = set(archive.namelist())
        assert {
            f"submitted/karim/{WEEK}/carte.ipynb",
            f"autograded/karim/{WEEK}/ville.ipynb",
            "journal/karim.jsonl",
            ".codephenix/learners/karim/espace/notes.txt",
        } <= names
        assert [row["points"] for row in json.loads(archive.read("notes.json"))] == [1.0, 1.0]
        assert len(json.loads(archive.read("presences.json"))) == 1
        assert "amina" not in "".join(names)
    assert console("erase", "karim")[0] == PROBLEM
    assert (course / "submitted" / "karim").exists()
    assert console("erase", "karim", "--confirm", "karim")[0] == FINE
    left = [path for path in course.rglob("*") if path.is_file() and "eleves" not in path.parts]
    for path in left:
        if path.suffix in (".csv", ".jsonl"):
            assert "karim" not in path.read_text("utf-8"), path
    assert not [path for path in left if "karim" in str(path)]
    with sqlite3.connect(course / "gradebook.db") as database:
        assert database.execute("SELECT COUNT(*) FROM student WHERE id = 'karim'").fetchone() == (0,)
        assert database.execute("SELECT COUNT(*) FROM grade").fetchone() == (2,)  # amina's


def test_feedback_pages_are_light_accessible_and_say_what_to_redo(console, course, browser):
    from codephenix.results import Verdict
    from codephenix.site import File, Site

    assert console("feedback", "s99", "--pdf")[0] == FINE
    folder = course / "feedback" / "karim" / WEEK
    script = 'test("accessible", async () => { await expect(page).toBeAccessible(); });'
    for name in ("carte", "ville", "index"):
        html = (folder / f"{name}.html").read_text("utf-8")
        assert len(html) < 400_000
        assert "Amina" not in html
        assert (folder / f"{name}.pdf").read_bytes().startswith(b"%PDF-")
        run = browser.run(Site({"page.html": File("page.html", html.encode())}), script, "page.test.js")
        assert run.verdict is Verdict.PASS, (name, run.results, run.problem)
    assert "lab/tree/cours/s99-essai/01-carte.ipynb" in (folder / "carte.html").read_text("utf-8")
    assert "relisez la leçon «\u00a0La carte\u00a0»" in (folder / "index.html").read_text("utf-8").replace(
        "« ", "«\u00a0"
    ).replace(" »", "\u00a0»")
