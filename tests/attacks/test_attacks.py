"""Pages that try to pass, to stay or to get out: none may, and the next honest page passes.

Each ``*.html`` here is one attack; ``attacks.test.js`` asks for what none of them does.
"""

import socket
import threading
import time
from pathlib import Path

import pytest

from codephenix.browser import Browser, launch
from codephenix.results import Verdict
from codephenix.site import File, Site

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
APART = ("honest", "reaches-out")
ATTACKS = sorted(path.stem for path in HERE.glob("*.html") if path.stem not in APART)
TESTS = (HERE / "attacks.test.js").read_text(encoding="utf-8")
LIMIT_S = 40  # four tests, each given up twice, on a busy machine


def site(name, **replaced):
    text = (HERE / f"{name}.html").read_text(encoding="utf-8")
    for old, new in replaced.items():
        text = text.replace(old, new)
    return Site({"page.html": File("page.html", text.encode())})


def run(runner, name):
    return runner.run(site(name), TESTS, "page.test.js")


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_earns_nothing_and_leaves_nothing(browser, name):
    run(browser, "honest")
    chromium = browser._running[1]._chromium
    start = time.monotonic()
    attacked = run(browser, name)
    assert time.monotonic() - start < LIMIT_S
    assert [result.phrase for result in attacked.results if result.verdict is Verdict.PASS] == []
    assert len(attacked.results) == 4
    assert all(result.message for result in attacked.results)
    assert run(browser, "honest").verdict is Verdict.PASS
    assert browser._running[1]._chromium is chromium, "Chromium was restarted"


@pytest.mark.parametrize(
    "name", ["loops-at-load", "eats-arrays", "leaves-at-load", "keeps-unloading", "floods-history"]
)
def test_tab_survives_an_attack(browser, name):
    with browser.open_tab() as tab:
        assert run(tab, name).verdict is not Verdict.PASS
        assert run(tab, "honest").verdict is Verdict.PASS


def visits(runner):
    """How often a page that tries every way out reaches a server of this machine."""
    with Spy() as spy:
        tried = runner.run(site("reaches-out", PORT=str(spy.port)), TESTS, "page.test.js")
        time.sleep(0.5)  # what is still on its way
    assert len(tried.results) == 4
    return spy.visits


@pytest.fixture
def same_network(monkeypatch):
    """Chromium in the network of the machine, where only its flags hold it back."""
    rights = launch.rights()
    prefix = rights.prefix[2:] if rights.prefix[:2] == ("unshare", "--net") else ()
    monkeypatch.setattr(launch, "rights", lambda: launch.Rights(prefix, rights.owner))


def test_page_reaches_no_other_server(browser):
    assert visits(browser) == 0


def test_flags_alone_let_nothing_out(same_network):
    with Browser() as own:
        assert visits(own) == 0


def test_without_the_flags_the_same_page_gets_out(same_network, monkeypatch):
    monkeypatch.setattr(launch, "FLAGS", tuple(flag for flag in launch.FLAGS if flag not in launch.NO_NETWORK))
    with Browser() as own:
        assert visits(own) > 0


class Spy:
    """A server that counts who connects."""

    def __init__(self):
        self.visits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._socket.close()

    def _listen(self):
        while True:
            try:
                self._socket.accept()[0].close()
            except OSError:
                return
            self.visits += 1
