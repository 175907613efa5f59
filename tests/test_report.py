import pytest

from codephenix.report import results_html, results_text, summary
from codephenix.results import TestResult, TestRun, Verdict

RUN = TestRun(
    (
        TestResult("La page a un titre", Verdict.PASS),
        TestResult("Le titre est centré", Verdict.FAIL, 1, "", "320 px", "0 px", "carte.html, ligne 4", "Centrez-le."),
        TestResult("Le menu s’ouvre", Verdict.ERROR, 1, "menu n’existe pas"),
    )
)


def test_only_the_first_failure_is_open():
    html = results_html(RUN)
    assert html.count("<details open>") == 1
    assert html.count("<details>") == 1
    assert html.index("Le titre est centré") > html.index("<details open>")


def test_a_failure_says_expected_found_where_and_what_to_do():
    text = results_text(RUN)
    for part in (
        "Attendu\u00a0: 320 px",
        "Trouvé\u00a0: 0 px",
        "Où\u00a0: carte.html, ligne 4",
        "À faire\u00a0: Centrez-le.",
    ):
        assert part in text
    assert "menu n’existe pas" not in text  # details of the first failure only


@pytest.mark.parametrize("field", ["phrase", "message", "expected", "found", "where", "advice"])
def test_what_comes_from_a_page_is_escaped(field):
    values = {"phrase": "p", "verdict": Verdict.FAIL, field: "<script>alert(1)</script>"}
    html = results_html(TestRun((TestResult(**values),)))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("run", "sentence"),
    [
        (RUN, "2 tests sur 3 à revoir."),
        (TestRun((TestResult("a", Verdict.PASS),)), "Le test est réussi. Bravo\u00a0!"),
        (TestRun((TestResult("a", Verdict.PASS),) * 3), "Les 3 tests sont réussis. Bravo\u00a0!"),
        (TestRun(), "Aucun test n’a pu être exécuté."),
        (TestRun(problem="La page manque."), "La page manque."),
    ],
)
def test_the_summary_is_one_true_sentence(run, sentence):
    assert summary(run) == sentence
