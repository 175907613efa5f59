"""One running Chromium: its pages, and a page of ours for checking HTML.

Law of this module: no learner's code ever runs in the page for checking HTML.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from typing import Any

from codephenix.browser import launch
from codephenix.browser.assets import text
from codephenix.browser.cdp import Connection
from codephenix.browser.errors import ChromiumDied, CommandFailed, PageGone
from codephenix.browser.page import Page
from codephenix.browser.tools import Tools
from codephenix.browser.watch import Watch

log = logging.getLogger(__name__)

START_S = 20.0
MAX_USES = 200  # of one inert page: what Chromium remembers of a page goes with it
DRAW_S = 2.0  # 20 ms for an empty page; what is slower is tried again elsewhere
FRAME = (0, True)  # what settle waits for: no request, one frame
SPARES = 2  # pages ready for the next submission, whose tests run in two tabs


class Chromium:
    """A process that answers, and the pages opened in it."""

    def __init__(self, process: launch.Process, connection: Connection, *, alone: bool = False) -> None:
        self.alone = alone  # used for one run only
        self._process = process
        self._connection = connection
        self._spares: list[asyncio.Task[Page]] = []
        self.tools = Tools(connection)
        self._inert: list[Page] = []  # used by several submissions, of which nothing ran in them
        self._closing: set[asyncio.Task[None]] = set()

    @classmethod
    async def start(cls, executable: Path, *, alone: bool = False) -> Chromium:
        """Start Chromium, without its own sandbox only when it cannot run with it. Raises ChromiumDied."""
        try:
            return await cls._start(executable, sandbox=True, alone=alone)
        except ChromiumDied:
            log.warning("Chromium ne démarre pas avec son bac à sable ; essai sans.")
            return await cls._start(executable, sandbox=False, alone=alone)

    @classmethod
    async def _start(cls, executable: Path, *, sandbox: bool, alone: bool) -> Chromium:
        process = launch.start(executable, sandbox=sandbox)
        connection = Connection()
        try:
            await connection.attach(process)
            async with asyncio.timeout(START_S):
                await connection.browser.send("Browser.getVersion")
        except BaseException as fault:
            connection.close()
            process.stop()
            if isinstance(fault, TimeoutError):
                raise ChromiumDied from fault
            raise
        return cls(process, connection, alone=alone)

    @property
    def alive(self) -> bool:
        """Whether it can still be talked to."""
        return not self._connection.closed.done()

    def stop(self) -> None:
        """End it and remove its files."""
        for task in filter(None, (*self._spares, *self.tools.pages)):
            task.cancel()
        self._connection.close()
        self._process.stop()

    async def page(self) -> Page:
        """An empty page, one that was kept ready when there is one that still answers."""
        while self._spares:
            with suppress(ChromiumDied):  # a new page tells whether it lives again
                page = await self._spares.pop(0)
                if not page.session.ended:
                    return page
        return await self._new_page()

    async def inert_page(self) -> Page:
        """A page for an inert site, to be given back with ``take_back``."""
        while self._inert:
            page = self._inert.pop()
            if not page.session.ended:
                return page
        return await self.page()

    def take_back(self, page: Page, *, worn: bool) -> None:
        """Keep an inert page for the next, unless it is worn: then it is closed, and nobody waits for that."""
        page.uses += 1
        if not worn and page.uses < MAX_USES and not page.session.ended:
            self._inert.append(page)
            return
        closing = asyncio.create_task(page.close())
        self._closing.add(closing)
        closing.add_done_callback(self._closed)
        self.get_ready()

    def _closed(self, task: asyncio.Task[None]) -> None:
        self._closing.discard(task)
        if not task.cancelled():
            task.exception()  # Chromium's death is found by who needs it next

    async def draws(self) -> bool:
        """Whether an empty page is drawn in time: all pages are drawn one after the other, and one may take minutes."""
        if self.alone:
            return True  # no page but that of the run
        try:
            async with asyncio.timeout(DRAW_S):
                page = await self._new_page()
                await page.call("settle", *FRAME)
                await page.close()
        except (TimeoutError, ChromiumDied, PageGone, CommandFailed):
            return False
        return True

    async def watched_page(self) -> tuple[Page, Watch]:
        """An empty page in which an endless loop can be found; it costs more."""
        page = await self._new_page()
        try:
            return page, await Watch.start(page)
        except (PageGone, CommandFailed) as sick:
            raise ChromiumDied from sick

    def get_ready(self) -> None:
        """Prepare the next page while nobody waits for it."""
        if len(self._spares) < SPARES and self.alive:
            spare = asyncio.create_task(self._new_page())
            spare.add_done_callback(lambda task: task.cancelled() or task.exception())
            self._spares.append(spare)

    async def validate(self, source: str, path: str) -> Any:
        """Problems of an HTML source, as ``validateHtml`` gives them."""
        return await self.tools.call("validator.js", "validateHtml", source, path)

    async def _new_page(self) -> Page:
        """A new page; raises ChromiumDied when even an empty page does not live."""
        try:
            async with asyncio.timeout(START_S):
                return await Page.create(self._connection, text("harness.js"))
        except (TimeoutError, PageGone, CommandFailed) as sick:
            raise ChromiumDied from sick
