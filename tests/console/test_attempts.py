"""The learners' journals: what the kernel writes, what a hostile journal may hold, who is stuck."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from codephenix.console import attempts
from codephenix.console.attempts import Attempt
from codephenix.results import TestResult, TestRun, Verdict

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
RUN = TestRun(
    (TestResult("Le titre existe", Verdict.PASS), TestResult("Il est rouge", Verdict.FAIL, message="Il est noir."))
)


def attempt(minutes_ago, *, learner="amina", cell="test-a", passed=0, failure="Il est noir.", source="<h1>"):
    return Attempt(learner, NOW - timedelta(minutes=minutes_ago), "s01", "nb", cell, passed, 2, failure, source)


def test_a_run_of_tests_is_one_line_that_reads_back(tmp_path, monkeypatch):
    monkeypatch.setenv(attempts.VARIABLE, str(tmp_path / "amina.jsonl"))
    monkeypatch.setenv("JPY_SESSION_NAME", "exercices/s01-premiere-page/04-premiere-balise.ipynb")
    attempts.record(RUN, "test-carte", "<h1>Été</h1>")
    attempts.record(RUN, "test-carte", "<h1>Été</h1>")
    first, _ = attempts.read(tmp_path)
    assert (first.learner, first.week, first.notebook, first.cell) == (
        "amina", "s01-premiere-page", "04-premiere-balise", "test-carte",
    )  # fmt: skip
    assert (first.passed, first.total, first.failure, first.source) == (
        1,
        2,
        "Il est rouge Il est noir.",
        "<h1>Été</h1>",
    )


def test_without_a_journal_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.delenv(attempts.VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    attempts.record(RUN, "test-carte", "")
    assert list(tmp_path.iterdir()) == []


def test_a_journal_that_cannot_be_written_stops_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv(attempts.VARIABLE, str(tmp_path / "absent" / "amina.jsonl"))
    attempts.record(RUN, "test-carte", "")


@pytest.mark.parametrize("line", ["{", "[]", "null", '{"at": 3}', '{"at": "hier"}', "\x00\xff"])
def test_lines_that_a_learner_made_up_are_skipped(tmp_path, line):
    good = json.dumps(attempts.entry(RUN, "test-a", "", "s01/nb.ipynb", NOW))
    (tmp_path / "amina.jsonl").write_text(f"{line}\n{good}\n", "utf-8")
    assert [found.cell for found in attempts.read(tmp_path)] == ["test-a"]


def test_a_learner_is_stuck_after_fifteen_minutes_on_one_exercise():
    tries = [attempt(20), attempt(12), attempt(1)]
    (found,) = attempts.stuck(tries, NOW)
    assert (found.learner, found.cell, found.tries, found.failure) == ("amina", "test-a", 3, "Il est noir.")
    assert found.since == NOW - timedelta(minutes=20)


@pytest.mark.parametrize(
    "tries",
    [
        [attempt(20), attempt(10), attempt(1, passed=2)],  # done
        [attempt(20, passed=2), attempt(10), attempt(1)],  # began ten minutes ago
        [attempt(40), attempt(30), attempt(20)],  # left
        [attempt(20, cell="test-b"), attempt(10), attempt(1)],  # another exercise before
        [attempt(100), attempt(10), attempt(1)],  # came back after a pause
    ],
)
def test_a_learner_is_not_stuck(tries):
    assert attempts.stuck(tries, NOW) == []


def test_the_commonest_wrong_answers_come_first_with_their_code():
    tries = [
        attempt(9, failure="rare", source="x"), attempt(8, learner="karim"), attempt(7),
        attempt(6, source="<h2>"), attempt(5, source="<h2>"), attempt(4, passed=2, failure=""),
    ]  # fmt: skip
    first, second = attempts.wrong_answers(tries)["test-a"]
    assert (first.failure, first.learners, first.tries, first.source) == ("Il est noir.", 2, 4, "<h1>")
    assert second.failure == "rare"
