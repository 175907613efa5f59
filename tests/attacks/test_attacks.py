"""Pages that try to pass, to stay or to get out: none may, in no mode, and the next honest page passes.

Each ``*.html`` here is an attack, its first comments say what it intends; ``asked/`` holds the tests that it tries to
pass, each with an honest page.
"""

import tempfile
from pathlib import Path

import pytest
from modes import ASKED, ATTACKS, SLOW, TESTS, asked, cells, honest

from codephenix.results import Verdict

pytestmark = pytest.mark.browser

MODES = ("fresh", "tab", "notebook", "service")
QUICK = [name for name in ATTACKS if not name.startswith(SLOW)]


@pytest.mark.parametrize("tests", ASKED)
def test_an_honest_page_earns_everything(modes, tests):
    run = modes.run(modes.browser, honest(tests), tests)
    assert [result for result in run.results if result.verdict is not Verdict.PASS] == []
    assert run.verdict is Verdict.PASS


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", QUICK)
def test_attack_earns_nothing_and_leaves_nothing(modes, spy, name, mode):
    assert modes.both(mode, cells(name, spy), asked(name)) == (0, 4)
    assert spy.visits == []


def test_a_file_that_a_page_saves_is_nowhere(modes):
    process = modes.browser._running[1]._chromium._process
    modes.run(modes.browser, cells("downloads-files"))
    places = (Path(process.profile), Path(tempfile.gettempdir()), Path.home())
    assert (places[0] / "profile").is_dir()
    assert [found for place in places for found in place.glob("attaque*")] == []
    assert list(places[0].rglob("attaque*")) == []


def test_every_attack_says_what_it_intends_and_asks_for_tests_that_are_there():
    assert len(ATTACKS) >= 64
    for name in ATTACKS:
        assert cells(name)[0].splitlines()[1].startswith("<!-- Intent: "), name
        assert asked(name) in TESTS, name
