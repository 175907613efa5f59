"""Answers to activities: what goes into the journal, what a hostile page may send, what the trainer reads of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from codephenix.activities import parse
from codephenix.console import answers, attempts, dashboard, journal
from codephenix.console.answers import Allowance, Answer, Told
from codephenix.results import TestResult, TestRun, Verdict
from codephenix.shelf import MAX_NOTEBOOKS, MAX_STATE, VARIABLE, Shelf

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
TOLD = Told("balises.quiz.yaml", "quiz", "titre", "Quelle balise ?", correct=False, attempt=1, answer=["`<title>`"])
DONE = TestRun((TestResult("Le titre", Verdict.PASS),))
QUIZ = "# q.quiz.yaml\nquestions:\n  - {id: fermer, question: Fermez., answers: [a], why: b}"


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """Environment of a kernel of amina's, on a lesson."""
    (tmp_path / "journal").mkdir()
    monkeypatch.setenv(journal.VARIABLE, str(tmp_path / "journal" / "amina.jsonl"))
    monkeypatch.setenv(VARIABLE, str(tmp_path / "activites"))
    monkeypatch.setenv("JPY_SESSION_NAME", "cours/s01-premiere-page/04-premiere-balise.ipynb")
    return tmp_path


def answer(text="b", *, learner="amina", correct=False, attempt=1, **more):
    given = {"week": "s01", "notebook": "04", "cell": "a.quiz.yaml", "kind": "quiz", "question": "q", "asked": "Quoi ?"}
    return Answer(learner=learner, at=NOW, correct=correct, attempt=attempt, answer=text, **{**given, **more})


def test_an_answer_is_one_line_that_reads_back_and_is_no_try(notebook):
    answers.record(TOLD, Allowance())
    answers.record(replace(TOLD, correct=True, attempt=2, answer="</p>"), Allowance())
    attempts.record(DONE, "test-a", "")
    first, second = answers.read(notebook / "journal")
    assert (first.learner, first.week, first.notebook, first.cell, first.kind, first.question, first.asked) == (
        "amina", "s01-premiere-page", "04-premiere-balise", "balises.quiz.yaml", "quiz", "titre", "Quelle balise ?",
    )  # fmt: skip
    assert (first.correct, first.attempt, first.answer) == (False, 1, "`<title>`")
    assert (second.correct, second.attempt, second.answer) == (True, 2, "</p>")
    assert [one.cell for one in attempts.read(notebook / "journal")] == ["test-a"]


def test_what_a_page_sends_is_cut_to_a_size(notebook):
    endless = "\U0001f600" * 100_000
    answers.record(Told(endless, "quiz", endless, endless, correct=False, attempt=10**6, answer=[endless]), Allowance())
    (line,) = (notebook / "journal" / "amina.jsonl").read_text().splitlines()
    (found,) = answers.read(notebook / "journal")
    assert len(line) < journal.MAX_LINE / 3
    assert (len(found.answer), found.attempt) == (answers.MAX_ANSWER, answers.MAX_ATTEMPT)


def test_answers_that_come_too_fast_are_lost_and_others_are_not(notebook):
    moment = [0.0]
    allowance = Allowance(lambda: moment[0])
    for _ in range(1000):
        answers.record(TOLD, allowance)
    assert len(answers.read(notebook / "journal")) == answers.BURST
    moment[0] = 2 / answers.PER_SECOND
    for _ in range(1000):
        answers.record(TOLD, allowance)
    assert len(answers.read(notebook / "journal")) == answers.BURST + 2


def test_a_full_journal_keeps_its_newest_half_and_what_was_done(notebook, monkeypatch):
    monkeypatch.setattr(journal, "MAX_BYTES", 40_000)
    attempts.record(DONE, "test-premier", "<h1>")
    path = notebook / "journal" / "amina.jsonl"
    largest = 0
    for rank in range(400):
        answers.record(replace(TOLD, answer=f"{rank}"), Allowance())
        largest = max(largest, path.stat().st_size)
    assert largest <= 40_000
    assert [one.answer for one in answers.read(notebook / "journal")][-1] == "399"
    assert len(answers.read(notebook / "journal")) > 40
    (kept,) = attempts.read(notebook / "journal")
    assert (kept.cell, kept.success, kept.source) == ("test-premier", True, "")


def test_a_journal_full_of_what_cannot_be_read_is_halved_all_the_same(notebook, monkeypatch):
    monkeypatch.setattr(journal, "MAX_BYTES", 40_000)
    path = notebook / "journal" / "amina.jsonl"
    path.write_bytes(b"[" * 200_000)
    answers.record(TOLD, Allowance())
    assert path.stat().st_size <= 40_000
    assert len(answers.read(notebook / "journal")) == 1


GOOD = {**answers.entry(TOLD), "at": NOW.isoformat(), "week": "s01", "notebook": "04"}


@pytest.mark.parametrize(
    "line",
    [
        json.dumps({**GOOD, "attempt": "un"}), json.dumps({**GOOD, "at": "0001-01-01T00:00:00+23:59"}),
        json.dumps(GOOD).replace('"attempt": 1', '"attempt": Infinity'), '{"attempt":' + "[" * 50_000,
        json.dumps({**GOOD, "answer": "a" * journal.MAX_LINE}), '{"attempt": 1}', '["attempt"]',
    ],
    ids=range(7),
)  # fmt: skip
def test_lines_that_a_learner_made_up_are_skipped(notebook, line):
    (notebook / "journal" / "amina.jsonl").write_text(f"{line}\n{json.dumps(GOOD)}\n", "utf-8")
    assert [found.question for found in answers.read(notebook / "journal")] == ["titre"]


def test_a_made_up_try_does_not_stop_the_dashboard(notebook):
    good = json.dumps(attempts.entry(DONE, "test-a", "", "s01/nb.ipynb", NOW))
    hostile = [
        good.replace('"passed": 1', '"passed": Infinity'),
        good.replace(NOW.isoformat(), "9999-12-31T23:59:59-12:00"),
        '{"passed":' + "[" * 50_000,
        good.replace("test-a", "\\ud800"),
    ]
    (notebook / "journal" / "amina.jsonl").write_text("\n".join([*hostile, good]), "utf-8")
    found = attempts.read(notebook / "journal")
    assert [one.cell.encode("utf-8") for one in found] == [b"?", b"test-a"]
    assert attempts.days(found) == {"amina": {"2026-11-25"}}


def test_a_tally_counts_learners_their_first_try_and_the_commonest_wrong_answer():
    (found,) = answers.tallies([
        answer("faux"), answer("faux"), answer("juste", correct=True, attempt=2),
        answer("faux", learner="bruno"), answer("autre", learner="bruno", attempt=2),
        answer("autre", learner="chloe"), answer("zut", learner="chloe", attempt=2),
        answer("juste", learner="david", correct=True),
        answer("juste", learner="elise", correct=True, attempt=4),  # the journal began after the first try
        answer("faux", learner="farid", asked="<b>Piège</b>"),
    ])  # fmt: skip
    assert (found.tried, found.first, found.done, found.asked) == (6, 1, 3, "Quoi ?")
    assert (found.wrong, found.wrong_learners) == ("faux", 3)


def test_what_is_neither_right_nor_wrong_is_done_or_not():
    (found,) = answers.tallies([
        answer("320 px", kind="comparaison"), answer("320 px ; 768 px ; 1200 px", kind="comparaison", correct=True),
        answer("320 px", kind="comparaison", learner="bruno"),
    ])  # fmt: skip
    assert (found.tried, found.first, found.done, found.wrong) == (2, None, 1, "")


def test_the_hardest_question_of_a_lesson_comes_first_and_cards_are_elsewhere():
    asked = [("facile", True), ("dur", False)]
    tried = [answer(question=name, asked=name, correct=correct) for name, correct in asked]
    cards = [answer(kind="revision", question="carte"), answer(kind="<script>", question="x")]
    assert [one.asked for one in answers.tallies(tried + cards)] == ["dur", "facile"]


class TestShelf:
    STATE = {"fermer": {"answer": "a", "correct": True, "attempts": 2, "view": {"x": 1}}}

    def test_answers_come_back_in_a_new_kernel_for_the_same_activity_only(self, notebook, monkeypatch):
        quiz = parse("quiz", "q.quiz.yaml", QUIZ)
        Shelf().write(quiz, self.STATE)
        assert Shelf().read(quiz) == self.STATE
        assert Shelf().read(parse("quiz", "q.quiz.yaml", QUIZ.replace("Fermez", "Ouvrez"))) == {}
        assert Shelf().read(replace(quiz, name="r.quiz.yaml")) == {}
        monkeypatch.setenv("JPY_SESSION_NAME", "cours/s01-premiere-page/05-autre.ipynb")
        assert Shelf().read(quiz) == {}

    def test_a_state_too_large_is_not_kept(self, notebook):
        quiz = parse("quiz", "q.quiz.yaml", QUIZ)
        Shelf().write(quiz, self.STATE)
        Shelf().write(quiz, {"fermer": "a" * MAX_STATE})
        assert Shelf().read(quiz) == self.STATE

    def test_notebooks_without_number_do_not_fill_the_disk(self, notebook, monkeypatch):
        quiz = parse("quiz", "q.quiz.yaml", QUIZ)
        for rank in range(MAX_NOTEBOOKS + 5):
            monkeypatch.setenv("JPY_SESSION_NAME", f"{rank}.ipynb")
            Shelf().write(quiz, self.STATE)
        assert len(list((notebook / "activites").iterdir())) == MAX_NOTEBOOKS
        assert Shelf().read(quiz) == self.STATE

    @pytest.mark.parametrize("text", ["", "[]", "{", '{"q.quiz.yaml": 3}', "[" * 50_000, '{"q.quiz.yaml": {"of": []}}'])
    def test_a_file_that_a_learner_wrote_gives_nothing(self, notebook, text):
        quiz = parse("quiz", "q.quiz.yaml", QUIZ)
        Shelf().write(quiz, self.STATE)
        (path,) = (notebook / "activites").iterdir()
        path.write_text(text)
        assert Shelf().read(quiz) == {}
        Shelf().write(quiz, self.STATE)
        assert Shelf().read(quiz) == self.STATE

    def test_without_a_folder_nothing_is_written(self, notebook, monkeypatch):
        monkeypatch.delenv(VARIABLE)
        quiz = parse("quiz", "q.quiz.yaml", QUIZ)
        Shelf().write(quiz, self.STATE)
        assert Shelf().read(quiz) == {}
        assert [path.name for path in notebook.iterdir()] == ["journal"]


def test_the_dashboard_names_the_lesson_and_shows_answers_as_text(root):
    from codephenix import syllabus
    from codephenix.console.register import Learner, Register
    from codephenix.console.settings import Settings

    course = syllabus.loads((root / "course.toml").read_text("utf-8"))
    week, lesson = course.weeks[0], course.weeks[0].lessons[0]
    register = Register(course, (Learner("amina", "Amina", "Martin"),), (), (week.slug,))
    hostile = "`<b>`<script>alert(1)</script>"
    given = [
        answer(hostile, week=week.slug, notebook=lesson.slug, asked=f"Quoi {hostile} ?"),
        answer("320 px", week=week.slug, notebook=lesson.slug, kind="comparaison", question="c", asked="Comparez."),
        answer("ailleurs", week="s01", notebook="mes-essais"),
    ]
    classroom = dashboard.Classroom(register, (), {}, {}, NOW + timedelta(hours=1), answers=given)
    (found,) = dashboard.lessons(classroom)
    assert found.title == f"{week.title} · {lesson.title}"
    assert sorted(one.asked for one in found.questions) == ["Comparez.", f"Quoi {hostile} ?"]
    page = dashboard.page(classroom, Settings())
    assert page.count("<code>&lt;b&gt;</code>&lt;script&gt;alert(1)&lt;/script&gt;") == 2
    assert "<script>alert" not in page
    assert "1 / 1" in page
