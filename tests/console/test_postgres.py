"""The same class with its gradebook on PostgreSQL: one setting, the same marks."""

import json

import postgres
import pytest
from assignments import COURSE, WEEK, write_week
from pupils import PEOPLE, play

from codephenix.classroom import Classroom
from codephenix.cli import FINE, main
from codephenix.console import audit, progress, settings
from codephenix.console.week import Desk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.nbgrader,
    pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL is not installed"),
]


def test_a_class_on_postgresql_has_the_marks_of_a_class_on_sqlite(tmp_path, graded, capsys):
    with postgres.server() as url:
        week = write_week(tmp_path / "source")
        (tmp_path / "course.toml").write_text(COURSE, "utf-8")
        (tmp_path / settings.FILE).write_text(f'[gradebook]\nurl = "{url}"\n', "utf-8")
        classroom = Classroom.create(tmp_path / "classe", week)
        play(classroom)
        assert not (classroom.folder / "gradebook.db").exists()
        ours, sqlite = Desk(classroom.folder).register(), Desk(graded).register()
        assert {login: progress.total(ours.of(login)) for login in PEOPLE} == {
            login: progress.total(sqlite.of(login)) for login in PEOPLE
        }
        with classroom.gradebook as gradebook:
            gradebook.find_grade("test-ecrire-carte", "carte", WEEK, "karim").manual_score = 2
            gradebook.db.commit()
        assert [
            entry["after"] for entry in audit.read(classroom.folder / audit.FILE) if entry["field"] == "manual_score"
        ] == [2]
        capsys.readouterr()
        assert main(["--root", str(classroom.folder), "status", "--json"]) == FINE
        assert json.loads(capsys.readouterr().out)["weeks"][0]["graded"] == 2
        assert main(["--root", str(classroom.folder), "erase", "karim", "--confirm", "karim"]) == FINE
        assert [learner.login for learner in Desk(classroom.folder).register().learners] == ["amina", "zoe"]
