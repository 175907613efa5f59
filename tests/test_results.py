import pytest

from codephenix.results import TestResult, TestRun, Verdict

PASS = TestResult("a", Verdict.PASS)
FAIL = TestResult("b", Verdict.FAIL, points=2)
ERROR = TestResult("c", Verdict.ERROR)


@pytest.mark.parametrize(
    ("run", "verdict", "earned"),
    [
        (TestRun((PASS, PASS)), Verdict.PASS, 2),
        (TestRun((PASS, FAIL)), Verdict.FAIL, 1),
        (TestRun((PASS, FAIL, ERROR)), Verdict.ERROR, 1),
        (TestRun(()), Verdict.ERROR, 0),
        (TestRun((PASS,), problem="Chromium est arrêté."), Verdict.ERROR, 0),
    ],
)
def test_a_run_passes_only_when_it_has_tests_and_all_pass(run, verdict, earned):
    assert (run.verdict, run.earned) == (verdict, earned)


@pytest.mark.parametrize(
    "data",
    [{}, {"verdict": "PASS"}, {"verdict": True}, {"verdict": None, "points": 3}, {"verdict": "passed"}],
)
def test_an_unexpected_verdict_is_an_error(data):
    assert TestResult.from_json(data).verdict is Verdict.ERROR


@pytest.mark.parametrize("points", [float("nan"), -1, 0, 1e9, "12", None, [5]])
def test_unexpected_points_count_for_one(points):
    assert TestResult.from_json({"verdict": "pass", "points": points}).points == 1


def test_long_texts_are_cut():
    assert len(TestResult.from_json({"verdict": "fail", "found": "a" * 10_000}).found) == 2000
