"""A small class with marks: graded once by nbgrader in a real browser, copied for each test."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from assignments import COURSE, write_week
from pupils import play

from codephenix.classroom import Classroom
from codephenix.console.week import Desk


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("console")
    classroom = Classroom.create(folder / "classe", write_week(folder))
    (classroom.folder / "course.toml").write_text(COURSE, "utf-8")
    play(classroom)
    return classroom.folder


@pytest.fixture
def course(graded, tmp_path):
    """The folder of the class, to be changed at will."""
    return Path(shutil.copytree(graded, tmp_path / "classe"))


@pytest.fixture
def desk(course):
    return Desk(course)
