"""The tests of an inert page: one navigation, the tests in one call, in a page that the next submission uses again.

    show     the page is opened and the tests are listed in it, as nothing of the learner runs there
    batch    tests of one view, one after the other, until one acted on the page; then the page is opened again

Law of this module: it says everything or nothing. Whatever is not usual is left to a Trial, in a page of its own.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from codephenix.browser.errors import CommandFailed, PageGone, ScriptFailed
from codephenix.browser.inert import is_inert
from codephenix.browser.page import Page
from codephenix.browser.view import View, home_page, named, setting
from codephenix.results import TestResult, TestRun
from codephenix.site import Site

LIMIT_S = 4.0


class Unsuited(Exception):
    """The tests need a Trial."""


class Quick:
    """Runs the tests of one cell in a page that others used before, and use after unless it is ``worn``.

    What the harness asks for is answered by the page's own ``on_ask``.
    """

    def __init__(self, page: Page, site: Site, script: str, name: str) -> None:
        self.page = page
        self.worn = True  # until all went well and no test acted on the page
        self._site = site
        self._script = named(script, name)
        self._name = name
        self._view: View | None = None

    async def run(self) -> TestRun:
        """Run every test, in source order. Raises Unsuited."""
        start = time.monotonic()
        try:
            async with asyncio.timeout(LIMIT_S):
                results = await self._results()
        except (TimeoutError, PageGone, CommandFailed, ScriptFailed):
            raise Unsuited from None
        return TestRun(tuple(results), duration_ms=round((time.monotonic() - start) * 1000))

    async def _results(self) -> list[TestResult]:
        home = home_page(self._site, self._name) or ""
        plan = await self._show(View(home))
        views = [View(test["page"] or home, test["width"], test["height"]) for test in plan]
        if not plan or any(self._site.read(view.path) is None for view in views):
            raise Unsuited
        results: list[TestResult] = []
        acted = False
        while (index := len(results)) < len(plan):
            await self._turn_to(views[index])
            end = next((at for at in range(index, len(plan)) if views[at] != views[index]), len(plan))
            said = await self.page.call("runAll", index, end, self.page.journal.news())
            results += [
                TestResult.from_json({**one, "phrase": test["phrase"], "points": test["points"]})
                for one, test in zip(said, plan[index:], strict=False)
            ]
            if said[-1]["acted"]:
                acted, self._view = True, None
        self.worn = acted
        return results

    async def _turn_to(self, view: View) -> None:
        if self._view is None or self._view.path != view.path:
            await self._show(view)
        elif self._view != view:
            self.page.resize(view.width, view.height)
            await self.page.call("resized", view.width)
        self._view = view

    async def _show(self, view: View) -> list[dict[str, Any]]:
        """Open a page and give the harness its tests; what it understood of them."""
        if not is_inert(self._site, view.path):
            raise Unsuited
        await self.page.open(self._site, view, inert=True)
        self._view = view
        begun = self.page.call("begin", setting(self._site, self._name, view))
        read, plan = self.page.evaluate(self._script), self.page.call("plan")
        listed: list[dict[str, Any]] = (await asyncio.gather(begun, read, plan))[2]
        return listed
