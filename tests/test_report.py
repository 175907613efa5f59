from dataclasses import replace

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


ABSENT = ("La page n’a aucun élément <main>.", "un élément <main>", "aucun élément <main>", "page.html")
SAME = TestRun(
    (
        TestResult("La page a un titre", Verdict.PASS),
        TestResult("La page a un contenu", Verdict.FAIL, 1, *ABSENT),
        TestResult("Le menu s’ouvre", Verdict.ERROR, 1, "menu n’existe pas"),
        TestResult("Le contenu a un titre", Verdict.FAIL, 1, *ABSENT),
        TestResult("Le contenu a trois parties", Verdict.FAIL, 1, *ABSENT),
    )
)


def test_an_explanation_that_comes_again_is_given_once():
    html, text = results_html(SAME), results_text(SAME)
    for shown in (html, text):
        assert shown.count("page.html") == 1
        assert shown.count("comme le test\u00a02)") == 2
        for result in SAME.results:
            assert result.phrase in shown
    assert html.count("(à revoir, comme le test\u00a02)") == 2
    assert html.count("<details") == 2  # the first of each explanation
    assert html.count('data-verdict="fail"') == 3
    assert "4 tests sur 5 à revoir\u00a0: 2 explications à lire." in text


def test_tests_are_numbered_since_one_may_name_another():
    assert results_html(SAME).count("<ol") == 1
    lines = results_text(SAME).splitlines()
    assert lines[1] == "✓ 1. La page a un titre"
    assert "✗ 4. Le contenu a un titre (comme le test\u00a02)" in lines
    assert results_text(TestRun(SAME.results[:1])).endswith("✓ La page a un titre")


@pytest.mark.parametrize("field", ["message", "expected", "found", "where", "advice", "image"])
def test_explanations_that_differ_in_anything_are_all_given(field):
    other = replace(SAME.results[1], **{field: "autre"})
    html = results_html(TestRun((SAME.results[1], other)))
    assert html.count("<details") == 2
    assert "comme" not in html
    assert "explication" not in summary(TestRun((SAME.results[1], other)))


def test_tests_without_an_explanation_have_none_in_common():
    silent = TestResult("a", Verdict.FAIL)
    assert "comme" not in results_html(TestRun((silent, silent)))
    assert summary(TestRun((silent, silent))) == "2 tests sur 2 à revoir."


def test_one_explanation_for_all_is_said_in_the_summary():
    run = TestRun((SAME.results[1],) * 6)
    assert summary(run) == "6 tests sur 6 à revoir\u00a0: une seule explication à lire."


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


@pytest.mark.browser
def test_every_explanation_is_printed_and_axe_has_nothing_to_say(chromium, root):
    page = chromium.new_page()
    page.set_content(f'<html lang="fr"><title>Résultats</title><main><h1>Résultats</h1>{results_html(SAME)}</main>')
    page.evaluate((root / "codephenix" / "assets" / "axe.js").read_text("utf-8"))
    assert page.evaluate("async () => (await axe.run()).violations.map((v) => [v.id, v.nodes[0].html])") == []
    folded = page.get_by_text("menu n’existe pas")
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    page.close()
