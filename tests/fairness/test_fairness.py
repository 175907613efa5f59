"""Right answers written in unusual ways are accepted, and their wrong twins are not: both are data, in ``cases/``.

    about      what the group varies
    tests      the test cell, of page.html
    accepted   name, cells
    rejected   name, message (a part of what the learner reads), cells

Solutions of the course are also rewritten by ``rewritings``, which change their source and nothing of their pages.
"""

import re
import tomllib
from pathlib import Path

import pytest
import rewritings as to

from codephenix.checks import Notebook, first_failure, run_task
from codephenix.folder import Folder
from codephenix.interpreter import Interpreter
from codephenix.release import released_source
from codephenix.results import Verdict
from codephenix.site import read_cell

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
NAME = "page.test.js"
GROUPS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((HERE / "cases").glob("*.toml"))}

# Each exercise is rewritten four times, each time in several ways that do not meet.
TOGETHER = (
    (to.upper_case_tags, to.single_quotes, to.tabs, to.crlf),
    (
        to.spaces_before_chevrons,
        to.spaces_around_equals,
        to.upper_case_attributes,
        to.composed_letters,
        to.byte_order_mark,
    ),
    (to.an_attribute_a_line, to.slash_in_void_tags, to.entities, to.blank_lines),
    (to.attributes_reversed, to.comments, to.no_indentation, to.no_break_spaces),
)
TASKS = [
    (path, rank)
    for week in ("s01-premiere-page", "s04-tableaux-formulaires")
    for path in sorted((ROOT / "source" / week).glob("*.ipynb"))
    for rank, _ in enumerate(Notebook(path.name, path.read_text("utf-8")).tasks())
]


@pytest.fixture(scope="module")
def tab(browser):
    with browser.open_tab() as kept:
        yield kept


def judged(tab, group, cells):
    interpreter = Interpreter(tab.run)
    for cell in cells:
        interpreter.store(cell)
    return tab.run(interpreter.site, group["tests"], NAME)


def cases(kind):
    return [
        pytest.param(group, case, id=f"{name}-{case['name']}") for name, group in GROUPS.items() for case in group[kind]
    ]


@pytest.mark.parametrize(("group", "case"), cases("accepted"))
def test_a_right_answer_is_accepted(tab, group, case):
    assert first_failure(judged(tab, group, case["cells"])) == ""


@pytest.mark.parametrize(("group", "case"), cases("rejected"))
def test_its_wrong_twin_is_not(tab, group, case):
    assert case["message"] in first_failure(judged(tab, group, case["cells"]))


def test_every_group_has_both():
    assert sum(len(group["accepted"]) for group in GROUPS.values()) >= 44
    assert all(group["rejected"] for group in GROUPS.values())


def rewritten(source, changes):
    """A file, written in other ways; only HTML has tags to change."""
    anywhere = (to.tabs, to.crlf, to.blank_lines, to.no_indentation, to.byte_order_mark)
    for change in changes:
        if change in anywhere or read_cell(source).name.endswith(".html"):
            source = change(source)
    return source


def solved(source):
    source = re.sub(r"(<!--|/\*) BEGIN STARTER.*?END STARTER (-->|\*/)\n?", "", source, flags=re.DOTALL)
    return re.sub(r"(<!--|/\*|//) (BEGIN|END) SOLUTION( -->| \*/|)\n?", "", source)


@pytest.mark.parametrize(("path", "rank"), TASKS, ids=[f"{path.stem}-{rank}" for path, rank in TASKS])
def test_a_solution_of_the_course_may_be_written_otherwise(tab, path, rank):
    notebook = Notebook(path.name, path.read_text("utf-8"), Folder(path.parent).read)
    task = list(notebook.tasks())[rank]
    for changes in TOGETHER:
        answers = {cell.id: rewritten(solved(cell.source), changes) for cell in task.solutions}
        assert first_failure(run_task(notebook, task, answers, tab.run)) == "", [change.__name__ for change in changes]
    as_given = {cell.id: rewritten(released_source(cell.source), TOGETHER[0]) for cell in task.solutions}
    assert run_task(notebook, task, as_given, tab.run).verdict is not Verdict.PASS
