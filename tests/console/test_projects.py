"""Grading projects by hand: the rubric, the pictures and reports, the mark in nbgrader's gradebook, the screens."""

import pytest
from assignments import WEEK

from codephenix.classroom import Classroom
from codephenix.console import projects, screens
from codephenix.console import rubric as grid
from codephenix.console.projects import ProjectProblem

SCORES = {"commande": 4.5, "structure": 5, "acces": 2}
PAGE = '<!-- index.html -->\n<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>Club</title></head><body><h1>Club</h1>{}</body></html>'


def test_a_comment_gives_the_rubric_back():
    rubric = grid.rubric()
    comment = grid.to_comment(rubric, SCORES, "Bravo.\n\nContinuez.")
    assert "- Le site répond à la commande du client\u00a0: 4,5 / 5" in comment
    scores, text = grid.from_comment(rubric, comment)
    assert scores == {**SCORES, "ecran": 0, "expression": 0}
    assert text == "Bravo.\n\nContinuez."
    assert grid.from_comment(rubric, "Un mot libre : 3 / 4") == ({}, "Un mot libre : 3 / 4")


def test_no_score_leaves_the_bounds_of_its_criterion():
    assert grid.total(grid.rubric(), {"commande": 50, "structure": -3, "inconnu": 9}) == 5


def test_the_rubric_is_worth_what_the_projects_say(root):
    from codephenix import notebooks

    found = 0
    for path in sorted((root / "source").glob("*/projet.ipynb")):
        for cell in notebooks.read(path.read_text("utf-8")).cells:
            if cell.metadata.get("nbgrader", {}).get("task"):
                assert (cell.id, cell.metadata.nbgrader.points) == (projects.TASK, grid.rubric().points), path
                found += 1
    assert found


@pytest.fixture(scope="module")
def with_project(tmp_path_factory):
    """A class with one project, graded by its tests."""
    from assignments import answer, cell, notebook, write

    folder = tmp_path_factory.mktemp("projets")
    week = folder / WEEK
    task = {"task": True, "points": 20, "locked": True, "cell_type": "markdown"}
    made = cell("Grille", projects.TASK, "markdown", **task)
    solution = PAGE.replace("{}", "<!-- BEGIN SOLUTION -->\n<p>Texte</p>\n<!-- END SOLUTION -->").replace(
        "<body>", "<body>\n"
    )
    tests = '// index.test.js\ntest("Un paragraphe", () => { expect(page.locator("p")).toExist(); });'
    write(
        week / "projet.ipynb",
        notebook(
            cell(solution, "ecrire-club", solution=True),
            cell(tests, "test-ecrire-club", grade=True, locked=True, points=1),
            made,
        ),
    )
    classroom = Classroom.create(folder / "classe", week)
    from assignments import COURSE

    (classroom.folder / "course.toml").write_text(COURSE, "utf-8")
    classroom.generate(WEEK)
    classroom.release(WEEK)
    pages = {"amina": "<p>Du texte.</p>", "karim": '<script>while (true) {}</script><div style="width: 900px">'}
    for login, body in pages.items():
        classroom.add_learner(login, login.title(), "Nom")
        answer(classroom.fetch(login, WEEK), "projet", {"ecrire-club": PAGE.format(body)})
        classroom.submit(login, WEEK)
    classroom.collect(WEEK)
    assert [classroom.autograde(WEEK, login) for login in pages] == ["", ""]
    return classroom


@pytest.mark.browser
@pytest.mark.nbgrader
def test_a_graded_rubric_is_the_mark_that_nbgrader_knows(with_project):
    url = with_project.api.coursedir.db_url
    before = {project.learner: project for project in projects.load(with_project.folder, url, WEEK)}
    assert (before["amina"].graded, before["amina"].auto, before["amina"].auto_maximum) == (False, 1, 1)
    assert projects.save(url, WEEK, "amina", SCORES, "Bravo.") == 11.5
    with with_project.gradebook as gradebook:
        notebook = gradebook.find_submission_notebook("projet", WEEK, "amina")
        assert (notebook.score, notebook.max_score, notebook.needs_manual_grade) == (12.5, 21, False)
    after = {project.learner: project for project in projects.load(with_project.folder, url, WEEK)}["amina"]
    assert (after.graded, after.scores["commande"], after.comment) == (True, 4.5, "Bravo.")
    assert with_project.feedback(WEEK, "amina") == ""
    html = (with_project.folder / "feedback" / "amina" / WEEK / "projet.html").read_text("utf-8")
    assert "Le site répond à la commande du client" in html
    assert "Bravo." in html


@pytest.mark.browser
@pytest.mark.nbgrader
def test_a_second_autograde_keeps_what_the_trainer_gave(with_project):
    url = with_project.api.coursedir.db_url
    projects.save(url, WEEK, "amina", SCORES, "Bravo.")
    assert with_project.autograde(WEEK, "amina") == ""
    with with_project.gradebook as gradebook:
        assert gradebook.find_grade(projects.TASK, "projet", WEEK, "amina").manual_score == 11.5


@pytest.mark.browser
@pytest.mark.nbgrader
def test_a_report_shows_three_widths_and_says_what_is_wrong(with_project, browser):
    good, bad = (
        projects.reports(projects.site_of(projects.file_of(with_project.folder, WEEK, login)), browser)[0]
        for login in ("amina", "karim")
    )
    assert set(good.pictures) == {320, 768, 1280}
    assert all(picture.startswith(b"\x89PNG") for picture in good.pictures.values())
    assert good.problems == []
    assert 100 < good.weight_bytes < 1000
    assert bad.pictures == {}  # an endless page
    assert any("ne finit pas" in problem for problem in bad.problems)
    html = screens.report_html(good) + screens.report_html(bad)
    assert html.count("data:image/png;base64,") == 3
    assert "<script" not in html


@pytest.mark.browser
@pytest.mark.nbgrader
def test_the_grading_screen_saves_what_the_trainer_typed(with_project):
    screen = screens.grading("s99", with_project.folder)
    assert [screen.get_title(rank).endswith("Nom") for rank in range(2)] == [True, True]
    form = screen.children[1].children[1]
    fields = [one.children[1] for one in form.children if hasattr(one, "children")]
    text, button, said = form.children[-3:]
    for field, value in zip(fields, (5, 4, 3, 2, 1), strict=True):
        field.value = value
    text.value = "Venez me voir."
    button.click()
    assert "15 points" in said.value
    karim = projects.load(with_project.folder, with_project.api.coursedir.db_url, WEEK)[1]
    assert (karim.learner, karim.graded, karim.comment) == ("karim", True, "Venez me voir.")


@pytest.mark.browser
@pytest.mark.nbgrader
def test_a_week_without_a_task_is_said(course):
    from codephenix.console.week import Desk

    with pytest.raises(ProjectProblem, match="noter-le-projet"):
        projects.load(course, Desk(course).api.coursedir.db_url, WEEK)
    assert "noter-le-projet" in screens.grading("s99", course).value
    assert "Aucune semaine" in screens.grading("s42", course).value


@pytest.mark.browser
@pytest.mark.nbgrader
def test_the_dashboard_screen_opens_a_learner(course):
    board = screens.Board(screens.Desk(course))
    assert "La classe, semaine par semaine" in board.frame.value
    assert 'sandbox=""' in board.frame.value
    board.learner.value = "karim"
    assert "Karim Benali, exercice par exercice" in board.frame.value
    board.exercise.value = "carte"
    assert "data:image/png;base64," in board.frame.value
    assert "&lt;h1&gt;Fleurs&lt;/h1&gt;" in board.frame.value
    assert "La page porte un paragraphe" in board.frame.value
    assert "<script" not in board.frame.value
    board.learner.value = ""
    assert "La classe, semaine par semaine" in board.frame.value
    assert board.said.value == ""


def test_what_differs_from_a_mockup_is_shown_with_its_picture(tmp_path):
    from assignments import cell, notebook, write

    html = '<p>à revoir</p><img alt="Écart" src="data:image/png;base64,iVBORw0KGgo="><script>alert(1)</script>'
    test = cell("// index.test.js", "test-maquette", grade=True, points=1)
    test["outputs"] = [{"output_type": "display_data", "data": {"text/html": [html]}, "metadata": {}}]
    path = write(tmp_path / "projet.ipynb", notebook(cell("<!-- index.html -->", "ecrire-page", solution=True), test))
    (shown,) = projects.likenesses(path)
    assert "data:image/png" in shown
    assert "<script" not in shown
