"""The browser as the rest of the package sees it: plain blocking calls, from any thread.

    with Browser() as browser:
        run = browser.run(site, script, "carte.test.js")

Chromium lives in a thread of its own with its own event loop, as callers such as a Jupyter kernel already have one.
"""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self, TypeVar

from codephenix.browser.engine import Engine, Slot
from codephenix.browser.view import View
from codephenix.results import TestRun, Verdict
from codephenix.site import File, Site

T = TypeVar("T")

POLL_S = 0.05  # how often a caller that may be interrupted looks up
STOP_S = 5.0


class Loop:
    """A thread that runs coroutines."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="codephenix-browser", daemon=True)
        self._thread.start()

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Start a coroutine."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def stop(self) -> None:
        """End the thread; what it was doing is cancelled."""
        with suppress(TimeoutError):
            self.submit(_cancel_all()).result(STOP_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(STOP_S)
        if not self._loop.is_running():
            self._loop.close()


async def _cancel_all() -> None:
    """Cancel every other task of the loop and see it end."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


class Browser:
    """Runs tests in Chromium, started at the first use and kept warm until ``close``."""

    def __init__(self, executable: Path | None = None) -> None:
        self._executable = executable
        self._lock = threading.Lock()
        self._running: tuple[Loop, Engine] | None = None
        self._end: weakref.finalize[Any, Browser] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, site: Site, script: str, name: str, *, cancel: threading.Event | None = None) -> TestRun:
        """Run a test cell on a site, in a context of its own.

        script  JavaScript that calls ``test("phrase", fn)``; one TestResult per call, in source order.
        name    file name of the test cell; decides the page: ``carte.test.js`` opens ``carte.html``.
        cancel  set by another thread to give up.

        A mistake of the learner never raises. Raises BrowserMissing, and BrowserGone when Chromium dies by itself.
        """
        return self.wait_for_run(lambda engine: engine.run(site, script, name), cancel)

    def wait_for_run(
        self, job: Callable[[Engine], Coroutine[Any, Any, TestRun]], cancel: threading.Event | None
    ) -> TestRun:
        """Wait for a run; a run that is given up says so."""
        try:
            return self.wait(job, cancel)
        except Cancelled:
            return TestRun(problem="Les tests ont été interrompus.")

    @contextmanager
    def open_tab(self) -> Iterator[Tab]:
        """A page reused for several test cells of the same submission: 2 to 3 times faster."""
        slot = Slot()
        try:
            yield Tab(self, slot)
        finally:
            if self._running is not None:
                loop, engine = self._running
                loop.submit(engine.release(slot))  # nobody needs to wait for a page to close

    def screenshot(self, site: Site, page: str, *, width: int = 1280, height: int = 800) -> bytes:
        """Picture of a page in a window of this size in px, as PNG. Raises TimeoutError when it does not load."""
        return self.wait(lambda engine: engine.screenshot(site, View(page, width, height)))

    def mockups(self, site: Site, script: str, name: str) -> tuple[TestRun, dict[str, bytes]]:
        """Results of tests on the author's solution, and the mock-ups that they ask for, as PNG by path."""
        return self.wait(lambda engine: engine.mockups(site, script, name))

    def tool(self, asset: str, function: str, *arguments: Any) -> Any:
        """Value of a function of one of our own scripts, as ``tool("mutator.js", "mutate", source, path)``."""
        return self.wait(lambda engine: engine.tool(asset, function, *arguments))

    def pdf(self, html: str) -> bytes:
        """A self-contained page of ours as PDF. Raises TimeoutError when it does not load."""
        site = Site({"document.html": File("document.html", html.encode())})
        return self.wait(lambda engine: engine.pdf(site, View("document.html", 1280, 800)))

    def close(self) -> None:
        """End Chromium. The browser can be used again: it starts another."""
        with self._lock:
            end, self._end, self._running = self._end, None, None
        if end is not None:
            end()

    def wait(self, job: Callable[[Engine], Coroutine[Any, Any, T]], cancel: threading.Event | None = None) -> T:
        """Value of what the engine does; raises Cancelled when ``cancel`` is set meanwhile."""
        loop, engine = self._start()
        future = loop.submit(job(engine))
        try:
            while cancel is None or not cancel.is_set():
                try:
                    return future.result(POLL_S if cancel else None)
                except TimeoutError:
                    if future.done():
                        raise
        finally:
            future.cancel()  # an interruption of the caller; without effect on what is done
        raise Cancelled

    def _start(self) -> tuple[Loop, Engine]:
        with self._lock:
            if self._running is None:
                loop = Loop()
                engine = loop.submit(_engine(self._executable)).result()
                self._running = (loop, engine)
                self._end = weakref.finalize(self, _end, loop, engine)
            return self._running


class Cancelled(Exception):
    """The caller gave up."""


async def _engine(executable: Path | None) -> Engine:
    return Engine(executable)


def _end(loop: Loop, engine: Engine) -> None:
    """End Chromium and its thread; also called when Python exits."""
    try:
        loop.submit(engine.stop()).result(STOP_S)
    finally:
        loop.stop()


class Tab:
    """A page that is cleaned and used again from one run to the next."""

    def __init__(self, browser: Browser, slot: Slot) -> None:
        self._browser = browser
        self._slot = slot

    def run(self, site: Site, script: str, name: str, *, cancel: threading.Event | None = None) -> TestRun:
        """Run a test cell on a site, as ``Browser.run`` does, in this page."""
        return self._browser.wait_for_run(lambda engine: engine.run_in(self._slot, site, script, name), cancel)

    def passes(self, site: Site, script: str, name: str) -> bool:
        """Whether every test of a cell passes; tests after the first failure are not run."""
        run = self._browser.wait_for_run(
            lambda engine: engine.run_in(self._slot, site, script, name, first_failure=True), None
        )
        return run.verdict is Verdict.PASS

    def signatures(self, site: Site, path: str, widths: Sequence[int], like: Sequence[str] = ()) -> tuple[str, ...]:
        """Hashes of what a page shows at each width in px: equal for pages that nobody can tell apart at rest.

        like  those of another page; the comparison ends at the first that differs.
        """
        return self._browser.wait(lambda engine: engine.signatures(self._slot, site, path, widths, like))
