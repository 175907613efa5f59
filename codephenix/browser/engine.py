"""The browser as the event loop sees it: one Chromium started when needed, restarted when it dies.

Law of this module: Chromium's death costs a retry, never a verdict.
"""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from codephenix.browser.chromium import Chromium
from codephenix.browser.errors import BrowserGone, ChromiumDied, PageGone
from codephenix.browser.launch import find_chromium
from codephenix.browser.page import Page
from codephenix.browser.trial import LOAD_S, Pages, Trial
from codephenix.browser.view import View
from codephenix.results import TestRun
from codephenix.site import Site

T = TypeVar("T")

# Time limits are wall-clock: more pages at once than this and an honest page would look like an endless one.
PARALLEL = max(2, os.cpu_count() or 1)
TRIES = 3  # of one run, each time in another Chromium


class Slot:
    """The page that a Tab keeps from one run to the next."""

    page: Page | None = None


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

    async def run_in(self, slot: Slot, site: Site, script: str, name: str) -> TestRun:
        """Run tests in a kept page, cleaned first."""

        async def job(chromium: Chromium) -> TestRun:
            page = await _kept(slot) or await chromium.page()
            trial = Trial(Pages(chromium.page, chromium.watched_page, chromium.validate), page, site, script, name)
            try:
                return await trial.run()
            finally:
                slot.page = trial.page

        return await self._retried(job)

    async def release(self, slot: Slot) -> None:
        """Close the page of a slot, then get the next one ready."""
        page, slot.page = slot.page, None
        if page is not None:
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

    async def stop(self) -> None:
        """End Chromium."""
        chromium, self._chromium = self._chromium, None
        if chromium is not None:
            chromium.stop()

    async def _retried(self, job: Callable[[Chromium], Awaitable[T]]) -> T:
        async with self._places:
            for _ in range(TRIES):
                with suppress(ChromiumDied):
                    return await _done_in(await self._running(), job)
        raise BrowserGone(
            f"Le navigateur des tests s’est arrêté {TRIES} fois de suite. "
            "Vérifiez la mémoire de la machine, puis recommencez."
        )

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


async def _kept(slot: Slot) -> Page | None:
    """The page of a slot, cleaned; None when it cannot be used again."""
    page, slot.page = slot.page, None
    if page is None or page.session.ended:
        return None
    try:
        if page.clock is None:
            async with asyncio.timeout(LOAD_S):
                await page.leave()
            return page
    except (TimeoutError, PageGone):
        pass
    await page.close()
    return None
