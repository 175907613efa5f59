"""Syllabus and trainer's guides: whole, self-contained, accessible, in print too."""

import pytest

from codephenix import cli
from codephenix.console import handouts, settings
from codephenix.console.handouts import GuideProblem, spans
from codephenix.results import Verdict
from codephenix.site import File, Site
from codephenix.syllabus import loads

SETTINGS = settings.loads('[site]\nname = "Centre des <Tilleuls>"')


@pytest.fixture(scope="module")
def course(root):
    return loads((root / "course.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def pages(root, course):
    made = {name: handouts.guide(text, SETTINGS) for name, text in handouts.guides(root).items()}
    return {**made, "programme": handouts.syllabus(course, SETTINGS)}


def test_the_syllabus_holds_every_week_lesson_and_criterion(course, pages):
    html = pages["programme"]
    for week in course.weeks:
        assert f'<h2 id="{week.slug}">' in html
        assert all(lesson.title.replace("'", "&#39;") in html for lesson in week.lessons)
    assert all(f'<th scope="row">{code}</th>' in html for code in course.criteria)
    assert "520 heures" in html


def test_weeks_that_follow_each_other_are_said_together():
    assert spans(iter([1, 2, 3, 5, 7, 8])) == "1 à 3, 5, 7, 8"
    assert spans(iter([])) == ""


def test_a_guide_keeps_its_tables_and_loses_scripts():
    html = handouts.guide(
        "# Semaine 1\n\n| | Matin |\n|---|---|\n| **Lundi** | Leçon |\n\n<script>x</script>", SETTINGS
    )
    assert "<title>Semaine 1</title>" in html
    assert '<th scope="col">Matin</th>' in html
    assert "<th></th>" not in html
    assert "<script>x" not in html


@pytest.mark.parametrize("text", ["", "Sans titre", "## Trop bas"])
def test_a_guide_without_a_title_is_refused(text):
    with pytest.raises(GuideProblem, match="titre"):
        handouts.guide(text, SETTINGS)


def test_an_unknown_guide_says_which_ones_there_are(root):
    with pytest.raises(GuideProblem, match="s01"):
        handouts.guides(root, "s77")
    assert list(handouts.guides(root, "s01-premiere-page")) == ["s01"]


def test_pages_hold_everything_and_escape_names(pages):
    for name, html in pages.items():
        assert "http" not in html.replace("http-equiv", ""), name
        assert "<Tilleuls>" not in html, name


@pytest.mark.browser
def test_pages_are_accessible_and_fit_a_telephone(browser, pages):
    script = """
    test("accessible", async () => { await expect(page).toBeAccessible(); });
    test("narrow", { width: 320 }, () => { expect(page).toFitWidth(); });
    """
    for name, html in pages.items():
        run = browser.run(Site({"page.html": File("page.html", html.encode())}), script, "page.test.js")
        assert run.verdict is Verdict.PASS, (name, run.results, run.problem)


@pytest.mark.browser
def test_the_commands_write_html_and_pdf(root, tmp_path, capsys):
    assert cli.main(["--root", str(root), "syllabus", "--pdf", "--folder", str(tmp_path)]) == 0
    assert cli.main(["--root", str(root), "guide", "s01", "--folder", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["guide-s01.html", "programme.html", "programme.pdf"]
    assert (tmp_path / "programme.pdf").read_bytes().startswith(b"%PDF-")
    assert cli.main(["--root", str(root), "guide", "s77"]) == 1
    assert "s01" in capsys.readouterr().err
