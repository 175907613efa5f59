"""New lessons and exercises: they obey the rules at once, and nothing that exists is lost."""

import shutil

import pytest

from codephenix import cli, proof
from codephenix.syllabus import loads

PLANNED = ("s05-css-bases", "01-premiere-regle")
ADD = ["new", "exercise", *PLANNED, "affiche-du-club", "--title", "L’affiche du «\u00a0club\u00a0»"]


@pytest.fixture
def course(root, tmp_path):
    """A copy of the course, without its ready weeks' files."""
    for name in ("course.toml", "glossary.toml"):
        shutil.copy(root / name, tmp_path)
    return tmp_path


def run(course, *arguments):
    return cli.main(["--root", str(course), *arguments])


@pytest.mark.browser
def test_a_new_lesson_and_its_exercise_break_only_the_rule_on_skeletons(course, browser):
    assert run(course, "new", "lesson", *PLANNED) == 0
    assert run(course, *ADD) == 0
    proof.format_course(course)
    found = []
    for slug in (PLANNED[1], "affiche-du-club", proof.MANIFEST):
        found += proof.check_with(browser.run, course, slug)
    assert {problem.code for problem in found if "s05" in problem.place or "affiche" in problem.place} == {"C28"}


def test_a_second_exercise_comes_last_in_its_lesson_and_the_rest_of_the_file_stays(course):
    before = (course / "course.toml").read_text("utf-8")
    run(course, "new", "lesson", *PLANNED)
    run(course, *ADD)
    run(course, "new", "exercise", *PLANNED, "menu-du-jour", "--title", "Le menu", "--type", "repair")
    after = (course / "course.toml").read_text("utf-8")
    lesson = next(lesson for lesson in loads(after).week(PLANNED[0]).lessons if lesson.slug == PLANNED[1])
    assert [(one.slug, one.type) for one in lesson.exercises] == [
        ("affiche-du-club", "create"),
        ("menu-du-jour", "repair"),
    ]
    assert lesson.exercises[0].title == "L’affiche du «\u00a0club\u00a0»"
    kept = after.splitlines()
    assert [line for line in before.splitlines() if line not in kept] == []
    notebook = (course / "source" / PLANNED[0] / f"{PLANNED[1]}.ipynb").read_text("utf-8")
    assert notebook.index("Exercice 1") < notebook.index("Exercice 2")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new", "lesson", "s05-css", "01-x"], "s05-css-bases"),
        (["new", "lesson", PLANNED[0], "01-absente"], "01-premiere-regle"),
        ([*ADD[:-2], "--title", "x", "--type", "copie"], "copy"),
        (["new", "exercise", *PLANNED, "Mon_Exercice", "--title", "x"], "minuscules"),
        (["new", "exercise", *PLANNED, "mot-du-voisin", "--title", "x"], "existe déjà"),
        (ADD, "new lesson s05-css-bases"),
    ],
)
def test_what_cannot_be_made_is_said_in_french_and_writes_nothing(course, capsys, arguments, words):
    before = sorted(course.rglob("*")), (course / "course.toml").read_bytes()
    assert run(course, *arguments) == 1
    assert words in capsys.readouterr().err
    assert (sorted(course.rglob("*")), (course / "course.toml").read_bytes()) == before


def test_a_lesson_that_exists_is_kept(course):
    run(course, "new", "lesson", *PLANNED)
    path = course / "course" / PLANNED[0] / f"{PLANNED[1]}.ipynb"
    path.write_text("{}", "utf-8")
    assert run(course, "new", "lesson", *PLANNED) == 1
    assert path.read_text("utf-8") == "{}"
