"""An attack through each way of grading: what it earns, and what an honest page earns right after it.

fresh      ``Browser.run``, a page for each run
tab        ``open_tab``, one page for both
notebook   the cells of one notebook, as nbgrader runs and marks them
service    the service that kernels share, over its socket
"""

import asyncio
import os
import socket
import tempfile
import threading
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

from codephenix import execution, remote
from codephenix.browser.engine import Engine
from codephenix.remote import SharedBrowser
from codephenix.results import TestRun, Verdict
from codephenix.service import Service
from codephenix.site import File, Site, read_cell

HERE = Path(__file__).parent
ATTACKS = sorted(path.stem for path in HERE.glob("*.html"))
SLOW = (
    "loops-",
    "eats-",
    "floods-",
    "bombs-",
    "feeds-",
    "keeps-",
    "answers-huge",
    "answers-large",
    "leaves-from-a-frame",
)
"""Attacks on time and memory, which take seconds each."""
ASKED = sorted(path.name.removesuffix(".test.js") for path in (HERE / "asked").glob("*.test.js"))
NAME = "page.test.js"
MOCKUP = "maquette.png"
TESTS = {name: (HERE / "asked" / f"{name}.test.js").read_text("utf-8") for name in ASKED}


def text_of(name: str) -> str:
    return (HERE / f"{name}.html").read_text("utf-8")


def asked(name: str) -> str:
    """Which tests an attack tries to pass."""
    return text_of(name).partition("<!-- Asked: ")[2].partition(" ")[0] or "all"


def cells(name: str, spy=None) -> list[str]:
    """Sources of an attack."""
    text = text_of(name).replace("PORT", str(spy.port if spy else 9)).replace("HOST", spy.host if spy else "127.0.0.1")
    return text.split("=====\n")


def honest(tests: str = "all") -> list[str]:
    """Sources of a page that does what is asked."""
    own = HERE / "asked" / f"{tests}.html"
    return [(own if own.exists() else HERE / "asked" / "all.html").read_text("utf-8")]


class Modes:
    """Runs an attack, then an honest page; keeps one browser and one service."""

    def __init__(self, browser, folder: Path) -> None:
        self.browser = browser
        _, made = browser.mockups(self._site(honest("mockup")), TESTS["mockup"], NAME)
        self.mockup = made[MOCKUP]
        self._folder = folder
        (folder / MOCKUP).write_bytes(self.mockup)
        self._served = None

    def _site(self, sources) -> Site:
        site = Site(given=lambda path: self.mockup if path == MOCKUP else None)
        for cell in map(read_cell, sources):
            site = site.with_file(File(cell.name, cell.source.encode()))
        return site

    def close(self) -> None:
        if self._served:
            self._served.close()

    def run(self, runner, sources, tests: str = "all") -> TestRun:
        return runner.run(self._site(sources), TESTS[tests], NAME)

    def both(self, mode: str, sources, tests: str) -> tuple[float, float]:
        """What an attack earns in a mode, then an honest page of four points."""
        return getattr(self, mode)(sources, tests)

    def _two(self, runner, sources, tests) -> tuple[float, float]:
        attacked = self.run(runner, sources, tests)
        assert attacked.problem or attacked.results
        assert all(result.message for result in attacked.results if result.verdict is not Verdict.PASS)
        return attacked.earned, self.run(runner, honest()).earned

    def fresh(self, sources, tests):
        return self._two(self.browser, sources, tests)

    def tab(self, sources, tests):
        with self.browser.open_tab() as tab:
            return self._two(tab, sources, tests)

    def service(self, sources, tests):
        self._served = self._served or Served(self._folder)
        return self._two(self._served.client, sources, tests)

    def notebook(self, sources, tests):
        # The honest page has names of its own; its test waits for no other, as the next exercise of a week.
        other = [source.replace("page.html", "suite.html") for source in honest()]
        marked = [graded(f"// {NAME}\n{TESTS[tests]}", 100), graded(f"// suite.test.js\n{TESTS['all']}", 4)]
        nb = new_notebook(cells=[*map(new_code_cell, sources), marked[0], *map(new_code_cell, other), marked[1]])
        execution.run_notebook(nb, self._folder)
        nbformat.validate(nb)
        first, second = (determine_grade(cell)[0] for cell in nb.cells if "nbgrader" in cell.metadata)
        return first, second


def graded(source: str, points: int):
    cell = new_code_cell(source)
    cell.metadata["nbgrader"] = {
        "grade": True, "solution": False, "locked": True, "task": False, "points": points, "schema_version": 3,
        "grade_id": f"test-{points}", "cell_type": "code",
    }  # fmt: skip
    return cell


class Served:
    """The service in this process, and its client."""

    def __init__(self, folder: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        path = Path(tempfile.mkdtemp(dir=folder)) / "s"
        self._service = asyncio.run_coroutine_threadsafe(self._start(path), self._loop).result()
        self._before = os.environ.get(remote.VARIABLE)
        self.client = self
        self._path, self._shared = path, SharedBrowser("attaque")

    async def _start(self, path: Path) -> Service:
        service = Service(path, Engine(None))
        service.start()
        return service

    def run(self, site, script, name) -> TestRun:
        os.environ[remote.VARIABLE] = str(self._path)
        try:
            run = self._shared.run(site, script, name)
        finally:
            os.environ.pop(remote.VARIABLE)
        assert self._shared._own._running is None, "the service did not answer"
        return run

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._service.stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._shared.close()


class Spy:
    """Listens to this machine, over TCP and UDP on one port, and keeps who came."""

    def __init__(self) -> None:
        self.visits: list[str] = []
        self._tcp = socket.create_server(("", 0))
        self.port = self._tcp.getsockname()[1]
        self._udp = socket.socket(type=socket.SOCK_DGRAM)
        self._udp.bind(("", self.port))
        with socket.socket(type=socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(("192.0.2.1", 9))  # sends nothing: it only chooses an address of ours
                self.host = probe.getsockname()[0]
            except OSError:
                self.host = "127.0.0.1"
        for listen in (self._accept, self._receive):
            threading.Thread(target=listen, daemon=True).start()

    def close(self) -> None:
        self._tcp.close()
        self._udp.close()

    def _accept(self) -> None:
        while True:
            try:
                self._tcp.accept()[0].close()
            except OSError:
                return
            self.visits.append("tcp")

    def _receive(self) -> None:
        while True:
            try:
                self._udp.recvfrom(2000)
            except OSError:
                return
            self.visits.append("udp")
