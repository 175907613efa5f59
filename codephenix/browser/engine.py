"""The browser as the event loop sees it: one Chromium started when needed, restarted when it dies.

    first try   in the Chromium that all share
    next ones   in one of its own each: a page that kills what it runs in harms itself alone

Law of this module: Chromium's death costs a retry, never a verdict.
"""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from codephenix.browser.bridge import Bridge
from codephenix.browser.chromium import Chromium
from codephenix.browser.errors import BrowserGone, ChromiumDied, CommandFailed, PageGone
from codephenix.browser.inert import is_inert
from codephenix.browser.launch import find_chromium
from codephenix.browser.likeness import Recorder, compare
from codephenix.browser.page import Page
from codephenix.browser.quick import Quick, Unsuited
from codephenix.browser.trial import LOAD_S, Pages, Trial
from codephenix.browser.view import View, home_page
from codephenix.results import TestRun
from codephenix.site import Site

T = TypeVar("T")

# Time limits are wall-clock: more pages at once than this and an honest page would look like an endless one.
PARALLEL = max(2, os.cpu_count() or 1)
TRIES = 3  # of one run
SIGNATURES_S = 30.0  # every style of every element at several widths, on a busy machine
DEADLY = (
    "Cette page arrête le navigateur des tests\u00a0: elle demande trop de mémoire ou trop de dessin. "
    "Cherchez une boucle sans fin, une image immense ou des effets (flou, ombres) répétés."
)


class Slot:
    """The page that a Tab keeps from one run to the next."""

    page: Page | None = None
    plans: Mapping[str, list[dict[str, Any]]] = {}  # tests of the last script


class Engine:
    """Runs on one Chromium; every method belongs to one event loop."""

    def __init__(self, executable: Path | None) -> None:
        self._executable = executable
        self._chromium: Chromium | None = None
        self._starting = asyncio.Lock()
        self._places = asyncio.Semaphore(PARALLEL)

    async def run(self, site: Site, script: str, name: str) -> TestRun:
        """Run tests in a fresh page."""
        slot = Slot()
        try:
            return await self.run_in(slot, site, script, name)
        finally:
            await self.release(slot)

    async def run_in(self, slot: Slot, site: Site, script: str, name: str, *, first_failure: bool = False) -> TestRun:
        """Run tests in a kept page, cleaned first; until one does not pass, with ``first_failure``."""

        async def job(chromium: Chromium) -> TestRun:
            if not first_failure and is_inert(site, home_page(site, name) or ""):
                with suppress(Unsuited):
                    return await _quickly(chromium, site, script, name)
            plan = slot.plans.get(script, []) if first_failure else []
            page = await _kept(slot, trusted=bool(plan)) or await chromium.page()
            trial = Trial(_pages(chromium), page, site, script, name)
            trial.plan, trial.stops_at_first_failure = plan, first_failure
            try:
                return await trial.run()
            finally:
                slot.page, slot.plans = trial.page, {script: trial.plan}

        try:
            return await self._retried(job)
        except BrowserGone:
            if await self._lives():
                return TestRun(problem=DEADLY)
            raise

    async def release(self, slot: Slot) -> None:
        """Close the page of a slot, then get the next one ready."""
        page, slot.page = slot.page, None
        if page is None:
            return
        try:
            await page.close()
        except ChromiumDied:
            return
        if self._chromium is not None:
            self._chromium.get_ready()

    async def screenshot(self, site: Site, view: View) -> bytes:
        """Picture of a page, as PNG. Raises TimeoutError when it does not load."""
        return await self._printed(site, view, "Page.captureScreenshot", {"format": "png"})

    async def pdf(self, site: Site, view: View) -> bytes:
        """A page as PDF, of the size and margins that its style sheet asks for. Raises TimeoutError."""
        return await self._printed(site, view, "Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})

    async def _printed(self, site: Site, view: View, method: str, options: dict[str, Any]) -> bytes:
        async def job(chromium: Chromium) -> bytes:
            page = await chromium.page()
            try:
                async with asyncio.timeout(LOAD_S * 4):
                    await page.open(site, view)
                    answer = await page.session.send(method, options)
            finally:
                await page.close()
            return base64.b64decode(answer["data"])

        return await self._retried(job)

    async def mockups(self, site: Site, script: str, name: str) -> tuple[TestRun, dict[str, bytes]]:
        """Run tests on the author's solution; what they say apart from mock-ups, and the mock-ups as PNG by path."""

        async def job(chromium: Chromium) -> tuple[TestRun, dict[str, bytes]]:
            trial = Trial(_pages(chromium), await chromium.page(), site, script, name)
            trial.recorder = recorder = Recorder()
            try:
                return await trial.run(), recorder.mockups
            finally:
                await trial.page.close()

        return await self._retried(job)

    async def signatures(
        self, slot: Slot, site: Site, path: str, widths: Sequence[int], like: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Hashes of what a page shows: its markup, then all of it at each width; "" when it does not load.

        like  hashes of another page: it ends at the first that differs.
        """

        async def job(chromium: Chromium) -> tuple[str, ...]:
            page = slot.page = await _kept(slot, trusted=True) or await chromium.page()
            found: list[str] = []
            try:
                async with asyncio.timeout(SIGNATURES_S):
                    await page.open(site, View(path, widths[0]))
                    for width in (0, *widths):
                        if found and like and found[-1] != like[len(found) - 1]:
                            break
                        if width:
                            page.resize(width, View.height)
                            await page.call("resized", width)
                        found.append(str(await page.call("signature", width > 0)))
            except (TimeoutError, PageGone):
                found.append("")
            return tuple(found)

        return await self._retried(job)

    async def tool(self, asset: str, function: str, *arguments: Any) -> Any:
        """Value of a function of one of our own scripts, run in a page of ours."""
        return await self._retried(lambda chromium: chromium.tools.call(asset, function, *arguments))

    async def stop(self) -> None:
        """End Chromium."""
        chromium, self._chromium = self._chromium, None
        if chromium is not None:
            chromium.stop()

    async def _retried(self, job: Callable[[Chromium], Awaitable[T]]) -> T:
        async with self._places:
            with suppress(ChromiumDied):
                return await _done_in(await self._running(), job)
            for _ in range(TRIES - 1):
                with suppress(ChromiumDied):
                    return await self._done_alone(job)
        raise BrowserGone(
            f"Le navigateur des tests s’est arrêté {TRIES} fois de suite. "
            "Vérifiez la mémoire de la machine, puis recommencez."
        )

    async def _lives(self) -> bool:
        """Whether a Chromium without any page of a learner lives: then it was the page."""
        try:
            await self._done_alone(Chromium.page)
        except ChromiumDied:
            return False
        return True

    async def _done_alone(self, job: Callable[[Chromium], Awaitable[T]]) -> T:
        """Do it in a Chromium of its own: whose page it was that killed the last one is not known."""
        chromium = await Chromium.start(self._executable or find_chromium(), alone=True)
        try:
            value = await job(chromium)
            chromium.alone = False
            if (self._chromium is None or not self._chromium.alive) and await chromium.draws():
                await self.stop()
                self._chromium = chromium  # it is as good as new
        finally:
            if chromium is not self._chromium:
                chromium.stop()
        return value

    async def _running(self) -> Chromium:
        async with self._starting:
            if self._chromium is not None and not self._chromium.alive:
                await self.stop()
            if self._chromium is None:
                self._chromium = await Chromium.start(self._executable or find_chromium())
            return self._chromium


async def _done_in(chromium: Chromium, job: Callable[[Chromium], Awaitable[T]]) -> T:
    try:
        return await job(chromium)
    except ChromiumDied:
        chromium.stop()  # half dead is worse than dead: its other pages are tried again as well
        raise


async def _quickly(chromium: Chromium, site: Site, script: str, name: str) -> TestRun:
    """Run tests of an inert page in a page that is shared. Raises Unsuited."""

    async def mockup(page: Page, path: str, asked: dict[str, Any]) -> Any:
        return await compare(page, chromium.tools.call, path, site.read(path), asked)

    page = await chromium.inert_page()
    page.on_ask = Bridge(page, chromium.validate, mockup).answer
    quick = Quick(page, site, script, name)
    try:
        return await quick.run()
    finally:
        chromium.take_back(page, worn=quick.worn)


def _pages(chromium: Chromium) -> Pages:
    return Pages(chromium.page, chromium.watched_page, chromium.validate, chromium.tools.call, chromium.draws)


async def _kept(slot: Slot, *, trusted: bool = False) -> Page | None:
    """The page of a slot, cleaned; None when it cannot be used again.

    trusted  the code was ours: the page may stay as it is until the next takes its place, which is quicker.
    """
    page, slot.page = slot.page, None
    if page is None or page.session.ended:
        return None
    try:
        if page.clock is None:
            async with asyncio.timeout(LOAD_S):
                await (page.forget() if trusted else page.leave())
            return page
    except (TimeoutError, PageGone, CommandFailed):
        pass
    await page.close()
    return None
