"""Live check: a file that is saved is checked, and only that one."""

import sys
from pathlib import Path

import pytest

from codephenix import watching

sys.path.insert(0, str(Path(__file__).parent / "checks"))
from test_fixtures import built


def test_new_and_newer_files_are_seen(tmp_path):
    root = built(tmp_path / "course")
    before = watching.dates(root)
    proofs = root / "tests" / "submissions" / "s01-essai"
    (proofs / "nouveau.toml").write_text("", "utf-8")
    after = {**watching.dates(root), root / "course.toml": before[root / "course.toml"] + 1}
    assert watching.changed(before, after) == [root / "course.toml", proofs / "nouveau.toml"]
    assert watching.target(root / "course.toml", root) == "course.toml"
    assert watching.target(proofs / "nouveau.toml", root) == "nouveau"


@pytest.mark.browser
def test_a_fault_that_is_saved_is_reported_then_its_repair(tmp_path):
    root = built(tmp_path / "course")
    page = root / "course" / "s01-essai" / "01-carte.ipynb"
    good = page.read_text("utf-8")
    turns = iter([lambda: page.write_text(good.replace("Regardez la page.", "Regardez l'image."), "utf-8"),
                  lambda: page.write_text(good, "utf-8")])  # fmt: skip
    said = []

    def waits():
        turn = next(turns, None)
        if turn:
            turn()
        return turn is not None

    watching.watch(root, tell=said.append, waits=waits)
    lines = [line.partition(" course/")[0] for line in said]
    assert lines == ["Tout est en ordre.", "—", "C09", "1 problème(s).", "—", "Tout est en ordre."]
