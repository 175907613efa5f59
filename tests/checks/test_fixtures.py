"""Each rule has its page and its bad example: a small good course, changed in one place, breaks that rule alone.

The course is in ``course/``, its notebooks as text views. ``CNN.toml`` lists changes: file, text before, text after.
"""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

import codephenix
from codephenix import mutation, notebooks, proof
from codephenix.checks import RULES

HERE = Path(__file__).parent
MUTANTS = "C17"


def built(target, edits=()):
    """The good course in a folder, after some edits."""
    shutil.copytree(HERE / "course", target)
    waiting = list(edits)
    change(target, waiting)
    for path in list(target.rglob("*.txt")):
        node = notebooks.from_plain_text(path.read_text("utf-8"), path.name)
        path.with_suffix(".ipynb").write_text(notebooks.dumps(node), "utf-8")
        path.unlink()
    change(target, waiting)
    assert waiting == [], "these changes found no file"
    for name, text in proof.plan_of(target).generated().items():
        (target / name).write_text(text, "utf-8")
    return target


def change(folder, waiting):
    """Make the edits whose file exists, and drop them from the list."""
    for edit in list(waiting):
        path = folder / edit["file"]
        if path.exists():
            text = path.read_text("utf-8")
            assert edit["old"] in text, edit
            path.write_text(text.replace(edit["old"], edit["new"], 1), "utf-8")
            waiting.remove(edit)


@pytest.fixture(scope="module")
def run_tests(browser):
    """Runs tests in the browser; the same site and script are run once."""
    results = {}
    with proof.pages(browser) as run:

        def remembered(site, script, name):
            key = (tuple((path, file.content) for path, file in site.files.items()), script, name)
            if key not in results:
                results[key] = run(site, script, name)
            return results[key]

        yield remembered


def codes(root, run_tests):
    return {problem.code for problem in proof.check_with(run_tests, root)}


@pytest.mark.browser
def test_the_good_course_breaks_no_rule(tmp_path, run_tests):
    root = built(tmp_path / "course")
    assert [str(problem) for problem in proof.check_with(run_tests, root)] == []
    assert [str(problem) for problem in mutation.check_mutants(root)] == []


@pytest.mark.browser
@pytest.mark.parametrize("code", RULES)
def test_the_bad_example_of_a_rule_breaks_it_alone(tmp_path, run_tests, code):
    edits = tomllib.loads((HERE / f"{code}.toml").read_text("utf-8"))["edits"]
    root = built(tmp_path / "course", edits)
    found = codes(root, run_tests)
    if code == MUTANTS:
        found |= {problem.code for problem in mutation.check_mutants(root)}
    assert found == {code}


def test_every_rule_has_its_page_and_its_bad_example_and_no_other_is_there(root):
    pages = {path.stem for path in (root / "docs" / "checks").glob("C*.md")}
    examples = {path.stem for path in HERE.glob("C*.toml")}
    assert pages == examples == set(RULES)


@pytest.mark.parametrize("code", RULES)
def test_the_page_of_a_rule_says_what_why_a_bad_example_and_the_repair(root, code):
    text = (root / "docs" / "checks" / f"{code}.md").read_text("utf-8")
    assert text.startswith(f"# {code}\u00a0: {RULES[code]}\n\n")
    for part in ("**Pourquoi.** ", "**Mauvais exemple.** ", "**Réparer.** "):
        assert part in text


def test_every_code_that_the_package_reports_is_a_rule():
    package = Path(codephenix.__file__).parent
    reported = set()
    for path in (
        *(package / "checks").glob("*.py"),
        package / "proof.py",
        package / "mutants.py",
        package / "mutation.py",
    ):
        reported |= set(re.findall(r'"(C\d\d)"', path.read_text("utf-8")))
    assert reported == set(RULES)
