"""The clock of a page that a test has moved: Chromium then stops it, so it is wound on by hand at its usual pace."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from codephenix.browser.cdp import Params, Session
from codephenix.browser.errors import ChromiumDied, CommandFailed, PageGone

BEAT_MS = 20
STARVATION = 10_000  # tasks after which time moves on all the same: a page may chain timers of 0 ms for ever


class Clock:
    """Virtual time of one page; there is no way back to real time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._turn = asyncio.Lock()
        self._beating = asyncio.create_task(self._beat())

    async def advance(self, ms: float) -> None:
        """Let this many ms pass at once."""
        async with self._turn:
            expired: asyncio.Future[None] = asyncio.get_running_loop().create_future()

            def note(_params: Params) -> None:
                if not expired.done():
                    expired.set_result(None)

            self._session.handlers["Emulation.virtualTimeBudgetExpired"] = note
            policy = {
                "policy": "pauseIfNetworkFetchesPending",
                "budget": ms,
                "maxVirtualTimeTaskStarvationCount": STARVATION,
            }
            await self._session.send("Emulation.setVirtualTimePolicy", policy)
            await expired

    def stop(self) -> None:
        """Leave the clock stopped."""
        self._beating.cancel()

    async def _beat(self) -> None:
        with suppress(PageGone, CommandFailed, ChromiumDied):
            while True:
                await asyncio.sleep(BEAT_MS / 1000)
                await self.advance(BEAT_MS)
