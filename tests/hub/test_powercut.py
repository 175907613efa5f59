"""The power is cut during hand-in, collect and grading: what was promised is still there.

A few cuts here; ``CODEPHENIX_CUTS=50`` makes as many as that.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from assignments import WEEK, write_week
from cuts import LEARNERS

from codephenix import exchange
from codephenix.classroom import Classroom
from codephenix.console import batch

CUTS = int(os.environ.get("CODEPHENIX_CUTS", "3"))
SEED = int(os.environ.get("CODEPHENIX_SEED", "7"))


def promised(folder):
    """The last version promised to each learner, by kind of promise."""
    last = {"rendu": dict.fromkeys(LEARNERS, 0), "note": dict.fromkeys(LEARNERS, 0)}
    path = folder / "promised.txt"
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        kind, login, number = line.split()
        last[kind][login] = int(number)
    return last


@pytest.fixture
def room(tmp_path):
    folder = tmp_path / "room"
    classroom = Classroom.create(folder, write_week(tmp_path / "source"))
    classroom.generate(WEEK)
    classroom.release(WEEK)
    for login in LEARNERS:
        classroom.add_learner(login, login, "")
        classroom.fetch(login, WEEK)
    return classroom


@pytest.mark.browser
def test_nothing_that_was_promised_is_lost(room):
    script = Path(__file__).with_name("cuts.py")
    subprocess.run([sys.executable, str(script), str(room.folder), str(CUTS), str(SEED)], check=True)
    last = promised(room.folder)
    room.collect(WEEK)
    for login in LEARNERS:
        path = room.folder / "submitted" / login / WEEK / "version.txt"
        assert last["rendu"][login] == 0 or int(path.read_text("utf-8")) >= last["rendu"][login]
    for graded in batch.grade(room.folder, batch.waiting(room.folder, [WEEK]), parallel=1, tell=lambda _: None):
        assert not graded.problem
    marks = {(mark.learner, mark.notebook): (mark.score, mark.maximum) for mark in room.marks(WEEK)}
    for login in LEARNERS:
        path = room.folder / "submitted" / login / WEEK / "version.txt"
        if path.exists():
            full = int(path.read_text("utf-8")) % 2
            assert marks[login, "carte"] == (4 * full, 4)
            assert marks[login, "ville"][0] >= 2 * full
    with closing(sqlite3.connect(room.folder / "gradebook.db")) as gradebook:
        assert gradebook.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    inbound = room.folder / "echange" / "codephenix" / "inbound"
    assert all((path / "timestamp.txt").read_text() for path in inbound.iterdir() if not path.name.startswith("."))


class Cut(Exception):
    """The power is gone."""


@pytest.mark.parametrize("whole", [True, False])
def test_half_a_submission_never_hides_a_whole_one(room, monkeypatch, whole):
    """With nbgrader's own copy, the half that was copied is collected in place of the work."""
    if not whole:
        monkeypatch.setattr(room.api.exchange, "submit", exchange.ExchangeSubmit)
        monkeypatch.setattr(room.api.exchange, "collect", exchange.ExchangeCollect)
    room.submit("amina", WEEK)
    first = sorted(path.name for path in (room.home("amina") / WEEK).iterdir())
    copy = exchange.ExchangeSubmit.do_copy

    def cut(self, src, dest, log=None):
        copy(self, src, dest, log)
        for path in sorted(Path(dest).glob("*.ipynb"))[1:]:
            path.unlink()
        raise Cut

    monkeypatch.setattr(exchange.ExchangeSubmit, "do_copy", cut)
    monkeypatch.setattr("nbgrader.exchange.default.submit.ExchangeSubmit.set_timestamp", later, raising=False)
    with pytest.raises(Cut):
        room.submit("amina", WEEK)
    monkeypatch.undo()
    room.collect(WEEK)
    collected = {path.name for path in (room.folder / "submitted" / "amina" / WEEK).iterdir()}
    assert (set(first) <= collected) is whole


def later(self):
    """A second after the first submission."""
    self.timestamp = "2999-01-01 00:00:00.000000 UTC"
