"""Results of tests as HTML and as text: what the learner reads after « Exécuter » and in the feedback.

Law of this module: everything that came from a page is escaped, and no style is needed to understand. One mistake may
fail many tests: its explanation is given once, and the tests that repeat it refer to the first.
"""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files

from codephenix.results import TestResult, TestRun, Verdict

MARKS = {Verdict.PASS: "✓", Verdict.FAIL: "✗", Verdict.ERROR: "!"}
SPOKEN = {Verdict.PASS: "réussi", Verdict.FAIL: "à revoir", Verdict.ERROR: "erreur"}


@cache
def stylesheet() -> str:
    """Styles of the results, the same in JupyterLab and in the feedback."""
    return (files("codephenix") / "assets" / "results.css").read_text("utf-8")


def summary(run: TestRun) -> str:
    """One sentence: how many tests are left, or why none could run."""
    if run.problem:
        return run.problem
    total = len(run.results)
    left = sum(result.verdict is not Verdict.PASS for result in run.results)
    if total == 0:
        return "Aucun test n’a pu être exécuté."
    if left == 0:
        return "Le test est réussi. Bravo !" if total == 1 else f"Les {total} tests sont réussis. Bravo !"
    return f"{left} test{'s' if left > 1 else ''} sur {total} à revoir{_to_read(run, left)}."


def _to_read(run: TestRun, left: int) -> str:
    """How few explanations there are, when some are the same."""
    repeated = sum(rank > 0 for rank in _repeats(run))
    if not repeated:
        return ""
    number = left - repeated
    return f" : {'une seule explication' if number == 1 else f'{number} explications'} à lire"


def _repeats(run: TestRun) -> list[int]:
    """For each test, the number of an earlier one that has the same explanation, from 1; 0 when there is none."""
    first: dict[tuple[str, ...], int] = {}
    numbers = []
    for number, result in enumerate(run.results, 1):
        explanation = (*_details(result), result.image)
        explains = result.verdict is not Verdict.PASS and any(explanation)
        known = first.setdefault(explanation, number) if explains else number
        numbers.append(known if known < number else 0)
    return numbers


def _as_before(number: int) -> str:
    return f"comme le test\u00a0{number}"


def results_text(run: TestRun) -> str:
    """Results as plain text, one line a test, details under the first failure."""
    lines = [summary(run)]
    opened = False
    several = len(run.results) > 1
    for number, (result, repeated) in enumerate(zip(run.results, _repeats(run), strict=True), 1):
        same = f" ({_as_before(repeated)})" if repeated else ""
        lines.append(f"{MARKS[result.verdict]} {f'{number}. ' if several else ''}{result.phrase}{same}")
        if result.verdict is not Verdict.PASS and not opened:
            opened = True
            lines.extend(f"    {text}" for text in _details(result))
    return "\n".join(lines)


def results_html(run: TestRun) -> str:
    """Results as one HTML fragment; the first failure is open, the others fold, those that repeat one say which."""
    first_failure = next((r for r in run.results if r.verdict is not Verdict.PASS), None)
    items = "".join(
        _item(result, repeated, opened=result is first_failure)
        for result, repeated in zip(run.results, _repeats(run), strict=True)
    )
    tests = f'<ol class="cp-tests">{items}</ol>' if items else ""
    return (
        f"<style>{stylesheet()}</style>"
        f'<section class="cp-results" data-verdict="{run.verdict}" aria-label="Résultats des tests" lang="fr">'
        f'<p class="cp-summary">{escape(summary(run))}</p>{tests}</section>'
    )


def notice_html(text: str) -> str:
    """A short message to the learner."""
    return f'<style>{stylesheet()}</style><p class="cp-notice" lang="fr">{escape(text)}</p>'


def _item(result: TestResult, repeated: int, *, opened: bool) -> str:
    verdict = SPOKEN[result.verdict] + (f", {_as_before(repeated)}" if repeated else "")
    mark = (
        f'<span class="cp-mark" aria-hidden="true">{MARKS[result.verdict]}</span> '
        f"{escape(result.phrase)} "
        f'<span class="cp-verdict">({verdict})</span>'
    )
    if result.verdict is Verdict.PASS or repeated:
        return f'<li class="cp-test" data-verdict="{result.verdict}">{mark}</li>'
    details = "".join(f"<p>{_emphasised(text)}</p>" for text in _details(result)) + _figure(result)
    return (
        f'<li class="cp-test" data-verdict="{result.verdict}">'
        f"<details{' open' if opened else ''}><summary>{mark}</summary>{details}</details></li>"
    )


def _figure(result: TestResult) -> str:
    if not result.image:
        return ""
    return (
        f'<figure class="cp-figure"><img src="{escape(result.image)}" alt="{escape(result.alt)}">'
        "<figcaption>À gauche, la maquette. À droite, votre page, avec les différences en rouge.</figcaption></figure>"
    )


def _details(result: TestResult) -> list[str]:
    lines = [result.message] if result.message else []
    if result.expected:
        lines.append(f"Attendu : {result.expected}")
    if result.found:
        lines.append(f"Trouvé : {result.found}")
    if result.where:
        lines.append(f"Où : {result.where}")
    if result.advice:
        lines.append(f"À faire : {result.advice}")
    return lines


def _emphasised(text: str) -> str:
    label, separator, rest = text.partition("\u00a0: ")
    if separator and label in ("Attendu", "Trouvé", "Où", "À faire"):
        return f"<strong>{label}\u00a0:</strong> {escape(rest)}"
    return escape(text)
