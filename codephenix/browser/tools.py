"""Pages of ours in which our own scripts do what needs a parser or a canvas: mutate a source, compare two images.

Law of this module: no learner's code ever runs here; what a learner wrote comes as data.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from codephenix.browser.assets import text
from codephenix.browser.cdp import Connection
from codephenix.browser.errors import ChromiumDied, PageGone
from codephenix.browser.page import Page


class Tools:
    """One page per script, opened at its first use and kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pages: dict[str, asyncio.Task[Page]] = {}

    @property
    def pages(self) -> tuple[asyncio.Task[Page], ...]:
        """The pages being opened or open."""
        return tuple(self._pages.values())

    async def call(self, asset: str, function: str, *arguments: Any) -> Any:
        """Value of a global function of a script of ``codephenix/assets/``; arguments and value as JSON."""
        with suppress(PageGone):  # its process died, for want of memory: once more in a new page
            return await self._call(asset, function, arguments)
        try:
            return await self._call(asset, function, arguments)
        except PageGone as gone:
            self._connection.close()  # or the runs that asked would wait for ever
            raise ChromiumDied from gone

    async def _call(self, asset: str, function: str, arguments: tuple[Any, ...]) -> Any:
        page = await asyncio.shield(self._page(asset))
        slots = ", ".join(f"v{number}" for number in range(len(arguments)))
        return await page.apply(
            f"function ({slots}) {{ return {function}({slots}); }}",
            [{"value": argument} for argument in arguments],
            {"uniqueContextId": page.world, "returnByValue": True},
        )

    def _page(self, asset: str) -> asyncio.Task[Page]:
        task = self._pages.get(asset)
        lost = (
            task is not None and task.done() and (task.cancelled() or task.exception() or task.result().session.ended)
        )
        if task is None or lost:
            task = self._pages[asset] = asyncio.create_task(Page.create(self._connection, text(asset)))
        return task
