"""One test cell put through one site: which page to open when, and what to say of a page that does not answer.

    plan     the tests are listed on an empty page: their names are known even when no page ever loads
    attempt  open the page unless the last test left it untouched, then run the test in the harness
    again    a test that ran out of time runs once more under the debugger, which tells a slow machine from a loop

Law of this module: every test of the plan gets exactly one result, and silence is never a pass.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from codephenix.browser.bridge import Bridge, Validate
from codephenix.browser.errors import ChromiumDied, CommandFailed, PageCrashed, PageFlooded, PageGone, ScriptFailed
from codephenix.browser.likeness import Recorder, Tool, compare
from codephenix.browser.page import Page
from codephenix.browser.view import View, home_page, missing, named, no_page, setting
from codephenix.browser.watch import Watch
from codephenix.results import TestResult, TestRun, Verdict
from codephenix.site import Site

LOAD_S = 2.0
RUN_S = 20.0
WATCH_S = 1.2  # under the debugger, a page still busy after this is asked where it is
BUSY_S = 0.25
MOCKUP_S = 10.0  # to take two pictures and compare them, on a busy machine

LOOP = "une boucle sans fin"


class Pages:
    """Where a trial takes its pages from."""

    def __init__(
        self,
        new: Callable[[], Awaitable[Page]],
        watched: Callable[[], Awaitable[tuple[Page, Watch]]],
        validate: Validate,
        tool: Tool,
        draws: Callable[[], Awaitable[bool]],
    ) -> None:
        self.new = new
        self.watched = watched
        self.validate = validate
        self.tool = tool
        self.draws = draws


@dataclass(eq=False)  # not frozen: Python writes the traceback into an exception
class Failure(Exception):
    """Why a test has no verdict of the harness."""

    message: str
    where: str = ""
    advice: str = ""
    verdict: str = "error"
    lasting: bool = False  # the same for every test of this view


class Problem(Exception):
    """Why no test at all can run; the message is French."""


class Trial:
    """Runs the tests of one cell; ``page`` is the page it uses, replaced when it breaks."""

    def __init__(self, pages: Pages, page: Page, site: Site, script: str, name: str) -> None:
        self.page = page
        self._pages = pages
        self._site = site
        self._script = named(script, name)
        self._name = name
        self._home = home_page(site, name)
        self._view: View | None = None  # what the page shows, untouched by any test
        self._used = False  # whether the page has shown something already
        self._broken: dict[View, Failure] = {}
        self._crashed = False  # whether its page has died once
        self._end = time.monotonic() + RUN_S
        self.plan: list[dict[str, Any]] = []  # the tests, when another trial of the same script listed them
        self.recorder: Recorder | None = None  # makes the mock-ups instead of comparing with them
        self._limit: asyncio.Timeout | None = None  # of the test that runs
        self._late = False  # whether a test ran out of time for no reason that was found
        self.stops_at_first_failure = False  # enough to know that not all is well

    async def run(self) -> TestRun:
        """Run every test, in source order. Raises ChromiumDied when another page may be why one did not end."""
        start = time.monotonic()
        try:
            self.plan = self.plan or await self._plan()
            results = await self._results(self.plan)
        except Problem as problem:
            return TestRun(problem=str(problem), duration_ms=_ms(start))
        if self._late and not await self._pages.draws():
            raise ChromiumDied
        return TestRun(tuple(results), duration_ms=_ms(start))

    async def _results(self, plan: list[dict[str, Any]]) -> list[TestResult]:
        results: list[TestResult] = []
        for index, test in enumerate(plan):
            results.append(TestResult.from_json(await self._result(index, test)))
            if self.stops_at_first_failure and results[-1].verdict is not Verdict.PASS:
                break
        return results

    async def _plan(self) -> list[dict[str, Any]]:
        """List the tests on an empty page, where nothing of the learner runs. Raises Problem."""
        try:
            plan = await self._defined()
        except ScriptFailed as failure:
            raise Problem(await self._explain(failure)) from None
        if not plan:
            raise Problem(f"Le fichier « {self._name} » ne contient aucun test.")
        if self._home is None and not all(test["page"] for test in plan):
            raise Problem(no_page(self._name))
        return plan

    async def _defined(self) -> list[dict[str, Any]]:
        """The plan, asked again in a new page when the first does not answer: it may have died with its machine.

        Raises ScriptFailed, Problem, and ChromiumDied when no page of this Chromium answers.
        """
        for page in ("kept", "new"):
            try:
                async with asyncio.timeout(LOAD_S * 2):
                    return await self._define(View(self._home or ""))
            except PageGone:
                if page == "new":
                    raise ChromiumDied from None
            except (TimeoutError, CommandFailed):
                if page == "new":
                    await self._replace()
                    raise Problem(f"Le fichier de test « {self._name} » ne finit pas : il contient {LOOP}.") from None
            await self._replace()
        raise AssertionError

    async def _define(self, view: View) -> list[dict[str, Any]]:
        """Give the harness its tests, in the page as it is now; what it understood of them."""
        page = self.page
        page.on_ask = Bridge(page, self._pages.validate, self._mockup).answer
        begun, read, plan = (
            page.call("begin", setting(self._site, self._name, view)),
            page.evaluate(self._script),
            page.call("plan"),
        )
        return (await asyncio.gather(begun, read, plan))[2]

    async def _mockup(self, page: Page, path: str, asked: dict[str, Any]) -> Any:
        """Compare the page with a mock-up; the time it takes is ours, not the page's."""
        start, limit = time.monotonic(), self._limit
        if limit is not None and (end := limit.when()):
            limit.reschedule(end + MOCKUP_S)
        if self.recorder:
            said: Any = await self.recorder.record(page, self._pages.tool, path, asked)
        else:
            said = await compare(page, self._pages.tool, path, self._site.read(path), asked)
        if limit is not None and (end := limit.when()) and not limit.expired():
            limit.reschedule(end - MOCKUP_S + time.monotonic() - start)
        return said

    async def _explain(self, failure: ScriptFailed) -> str:
        explained = await self.page.call("explain", str(failure).split("\n")[0])
        line = f", ligne {failure.details.get('lineNumber', 0) + 1}"
        return f"Le fichier de test « {self._name} »{line}, ne peut pas s’exécuter. {explained['message']}"

    async def _result(self, index: int, test: dict[str, Any]) -> dict[str, Any]:
        """One test: what the harness says of it, or why it says nothing."""
        view = View(test["page"] or self._home or "", test["width"], test["height"])
        try:
            said = await self._guarded(index, test, view)
        except Failure as failure:
            if failure.lasting:
                self._broken[view] = failure
            said = {key: getattr(failure, key) for key in ("message", "where", "advice", "verdict")}
        return {**said, "phrase": test["phrase"], "points": test["points"]}

    async def _guarded(self, index: int, test: dict[str, Any], view: View) -> dict[str, Any]:
        if view in self._broken:
            raise self._broken[view]
        if self._site.read(view.path) is None:
            raise Failure(missing(view.path), verdict="fail")
        left = self._end - time.monotonic()
        if left <= 0:
            raise Failure(f"Les tests durent trop longtemps : plus de {RUN_S:.0f} secondes en tout.")
        try:
            return await self._attempt(index, test, view, left)
        except TimeoutError:
            if await self._waits():
                self._late = True
                await self._replace()
                raise _endless("", loading=False, limit_ms=test["timeout"]) from None
            return await self._again(index, test, view)
        except (PageGone, CommandFailed) as error:
            loading = self._view is None
            await self._replace()
            if isinstance(error, PageCrashed) and not self._crashed:
                self._crashed = True  # once more: the machine may have been short of memory, not the page
                return await self._guarded(index, test, view)
            raise _gone(error, lasting=loading) from None

    async def _waits(self) -> bool:
        """Whether the page is loaded, idle and asks for nothing: a test that waits for what never comes."""
        return self._view is not None and not self.page.busy and await self.page.responds(BUSY_S)

    async def _attempt(self, index: int, test: dict[str, Any], view: View, left: float) -> dict[str, Any]:
        """Run a test in the page. Raises TimeoutError, PageGone."""
        if self._view != view:
            await self._open(view, min(LOAD_S, left))
        async with asyncio.timeout(min(test["timeout"] / 1000, left)) as self._limit:
            said: dict[str, Any] = await self.page.call("run", index, self.page.journal.news())
        if said["acted"]:
            self._view = None
        return said

    async def _open(self, view: View, limit: float) -> None:
        self._view = None
        if self.page.clock is not None:
            await self._replace()
        elif self._used:
            await self.page.forget()
        self._used = True
        async with asyncio.timeout(limit):
            await self.page.open(self._site, view)
            await self._define(view)
        self._view = view

    async def _replace(self) -> None:
        await self.page.close()
        self.page = await self._pages.new()
        self._view, self._used = None, False

    async def _again(self, index: int, test: dict[str, Any], view: View) -> dict[str, Any]:
        """Run a test that ran out of time once more, to name the line it turns on. Raises Failure."""
        await self.page.close()
        self.page, watch = await self._pages.watched()
        self._view, self._used = None, False
        attempt = asyncio.create_task(self._attempt(index, test, view, LOAD_S + RUN_S))
        await asyncio.wait([attempt], timeout=WATCH_S)
        place = ""
        if not attempt.done() and not await self.page.responds(BUSY_S):
            place = await watch.place()
        if place:
            attempt.cancel()
        loading = self._view is None
        try:
            return await attempt
        except (TimeoutError, asyncio.CancelledError):
            self._late = self._late or not place
            raise _endless(place, loading=loading, limit_ms=test["timeout"]) from None
        except (PageGone, CommandFailed) as error:
            raise _gone(error, lasting=loading) from None
        finally:
            await self._replace()


def _endless(place: str, *, loading: bool, limit_ms: float) -> Failure:
    subject = "La page ne finit pas de se charger" if loading else "La page ne répond plus pendant ce test"
    if place:
        message = f"{subject} : {LOOP} dans {place} ?"
        advice = "Vérifiez que la condition de la boucle devient fausse un jour."
        return Failure(message, place, advice, lasting=loading)
    if loading:
        return Failure(f"{subject} : elle prend plus de {LOAD_S:.0f} secondes.", lasting=True)
    return Failure(f"Ce test ne finit pas : il dure plus de {_seconds(limit_ms)}.")


def _seconds(ms: float) -> str:
    number = f"{ms / 1000:g}".replace(".", ",")
    return f"{number} seconde{'s' if ms >= 2000 else ''}"


def _gone(error: Exception, *, lasting: bool) -> Failure:
    if isinstance(error, PageCrashed):
        return Failure(
            "La page s’est arrêtée : elle a utilisé trop de mémoire.",
            advice="Cherchez une boucle qui ajoute sans fin des éléments ou du texte.",
            lasting=lasting,
        )
    if isinstance(error, PageFlooded):
        return Failure(
            "La page écrit ou demande des choses sans fin.",
            advice="Cherchez une boucle qui contient console.log, une erreur ou une demande de fichier.",
            lasting=lasting,
        )
    return Failure(
        "La page s’est remplacée par une autre avant la fin du test.",
        advice="Retirez ce qui change d’adresse tout seul.",
        lasting=lasting,
    )


def _ms(start: float) -> int:
    return round((time.monotonic() - start) * 1000)
