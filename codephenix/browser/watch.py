"""Find the line of an endless loop: pause the debugger while it turns, and look where.

Used only after a page ran out of time once: the debugger costs 9 ms per run.
"""

from __future__ import annotations

import asyncio
from typing import Any

from codephenix.browser.journal import path_of
from codephenix.browser.page import Page

PAUSE_S = 0.5  # V8 stops at the next turn of a loop; it cannot stop inside a regular expression


class Watch:
    """The debugger of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._scripts: dict[str, str] = {}  # script id to file
        self._stopped: asyncio.Future[list[dict[str, Any]]] | None = None

    @classmethod
    async def start(cls, page: Page) -> Watch:
        """Watch a page that is still empty."""
        watch = cls(page)
        page.session.handlers["Debugger.scriptParsed"] = watch._parsed
        page.session.handlers["Debugger.paused"] = watch._paused
        await page.session.send("Debugger.enable")
        return watch

    async def place(self) -> str:
        """File and line of the page's code that is running, as in "script.js, ligne 3"; empty when unknown."""
        self._stopped = asyncio.get_running_loop().create_future()
        self._page.session.send("Debugger.pause")
        try:
            async with asyncio.timeout(PAUSE_S):
                frames = await self._stopped
        except TimeoutError:
            return ""
        for frame in frames:
            path = self._scripts.get(frame["location"]["scriptId"], "")
            if path:
                return f"{path}, ligne {frame['location']['lineNumber'] + 1}"
        return ""

    def _parsed(self, params: dict[str, Any]) -> None:
        self._scripts[params["scriptId"]] = path_of(params["url"])

    def _paused(self, params: dict[str, Any]) -> None:
        if self._stopped is not None and not self._stopped.done():
            self._stopped.set_result(params["callFrames"])
        else:
            self._page.session.send("Debugger.resume")  # a `debugger` statement in the page's code
