"""A small class with marks: graded once by nbgrader in a real browser, copied for each test."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from assignments import COURSE, GOOD, WEEK, answer, write_week

from codephenix.classroom import Classroom
from codephenix.console.week import Desk

PEOPLE = {"amina": ("Amina", "Diallo"), "karim": ("Karim", "Benali"), "zoe": ("Zoé", "Martin")}
HALF = {"ecrire-carte": "<!-- carte.html -->\n<h1>Fleurs</h1>"}


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("console")
    classroom = Classroom.create(folder / "classe", write_week(folder))
    (classroom.folder / "course.toml").write_text(COURSE, "utf-8")
    classroom.generate(WEEK)
    classroom.release(WEEK)
    for login, names in PEOPLE.items():
        classroom.add_learner(login, *names)
    for login, answers in (("amina", GOOD), ("karim", HALF)):
        fetched = classroom.fetch(login, WEEK)
        for name in ("carte", "ville"):
            answer(fetched, name, answers)
        classroom.submit(login, WEEK)
    classroom.collect(WEEK)
    assert [classroom.autograde(WEEK, login) for login in ("amina", "karim")] == ["", ""]
    return classroom.folder


@pytest.fixture
def course(graded, tmp_path):
    """The folder of the class, to be changed at will."""
    return Path(shutil.copytree(graded, tmp_path / "classe"))


@pytest.fixture
def desk(course):
    return Desk(course)
