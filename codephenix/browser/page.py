"""One page in a context of its own, with the harness in a world that the page cannot reach.

    page world      the learner's scripts
    harness world   same document and styles, its own JavaScript globals, and the only one that can call ``ask``

Law of this module: whatever the page does, a call here ends with an answer, PageGone, or the caller's time limit.
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from codephenix.browser.cdp import Connection, Params, Session
from codephenix.browser.clock import Clock
from codephenix.browser.errors import (
    ChromiumDied,
    CommandFailed,
    PageCrashed,
    PageGone,
    PageReplaced,
    Refused,
    ScriptFailed,
)
from codephenix.browser.journal import ORIGIN, Journal, address_of
from codephenix.browser.serving import Serving
from codephenix.browser.view import View
from codephenix.site import File, Site

log = logging.getLogger(__name__)

WORLD = "codephenix"
BINDING = "codephenixAsk"
EMPTY_PAGE = "vide.html"
EMPTY = Site({EMPTY_PAGE: File(EMPTY_PAGE, b"<!DOCTYPE html>")})
MAX_WIDTH, MAX_HEIGHT = 4000, 4000  # px of a page that are compared with a mock-up; millions would end Chromium
SETTLINGS = 3  # a page that asks for files without end is not waited for
DEPARTURE_S = 0.5  # from a click on a link to its request

Ask = Callable[[Params], Awaitable[Any]]


class Page:
    """A tab of Chromium, alone in its browser context."""

    def __init__(self, session: Session, context: str, frame: str) -> None:
        self.session = session
        self.context = context
        self.frame = frame
        self.journal = Journal()
        self.on_ask: Ask | None = None  # answers what the harness asks for
        self.clock: Clock | None = None  # of a test that moved the time: such a page is not used again
        self.uses = 0  # how many submissions it has served
        self.main = ""  # execution context of the page's scripts
        self.world = ""  # execution context of the harness
        self._world_number = 0
        self._serving: Serving | None = None
        self._departing = 0  # how often the page began to leave
        self._loader = ""
        self._documents: list[str] = []  # loaders, in the order their documents came
        self._loaded: set[str] = set()
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    async def create(cls, connection: Connection, harness: str) -> Page:
        """Open an empty tab in a new context, harness ready."""
        browser = connection.browser
        context = (await browser.send("Target.createBrowserContext", {"disposeOnDetach": True}))["browserContextId"]
        created = await browser.send("Target.createTarget", {"url": "about:blank", "browserContextId": context})
        target = created["targetId"]
        attached = await browser.send("Target.attachToTarget", {"targetId": target, "flatten": True})
        page = cls(connection.session(attached["sessionId"]), context, target)
        await page._prepare(harness)
        return page

    async def _prepare(self, harness: str) -> None:
        self.session.handlers.update(
            {
                "Fetch.requestPaused": self._serve,
                "Inspector.targetCrashed": lambda _: self.session.end(PageCrashed()),
                "Page.frameNavigated": self._navigated,
                "Page.frameRequestedNavigation": self._departs,
                "Page.javascriptDialogOpening": self._dialog,
                "Page.lifecycleEvent": self._lifecycle,
                "Runtime.bindingCalled": self._asked,
                "Runtime.consoleAPICalled": self._logged,
                "Runtime.exceptionThrown": self._thrown,
                "Runtime.executionContextCreated": self._world_made,
                "Runtime.executionContextsCleared": self._worlds_gone,
                "ended": lambda _: self._changed.set(),
            }
        )
        send = self.session.send
        binding = {"name": BINDING, "executionContextName": WORLD}
        script = {"source": harness, "worldName": WORLD, "runImmediately": True}
        await asyncio.gather(
            send("Inspector.enable"),
            send("Page.enable"),
            send("Page.setLifecycleEventsEnabled", {"enabled": True}),
            send("Runtime.enable"),
            send("Runtime.addBinding", binding),
            send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]}),
            send("Emulation.setFocusEmulationEnabled", {"enabled": True}),
            send("Page.addScriptToEvaluateOnNewDocument", script),
            self._browser("Browser.setDownloadBehavior", {"behavior": "deny", "browserContextId": self.context}),
        )

    async def close(self) -> None:
        """Dispose of the context, which ends the page whatever it is doing."""
        for task in list(self._tasks):
            task.cancel()
        if self.clock is not None:
            self.clock.stop()
        with suppress(CommandFailed):  # it is already gone
            await self._browser("Target.disposeBrowserContext", {"browserContextId": self.context})
        self.session.end(PageReplaced())

    async def open(self, site: Site, view: View, *, inert: bool = False) -> None:
        """Load a page of the site and wait for its ``load`` event; the caller sets the time limit.

        inert  no script of the page may run.
        """
        self.journal = Journal()
        self.session.listen()
        self._serving, self._departing = Serving(site, self.journal, self.frame, inert=inert), 0
        self.resize(view.width, view.height)
        await self._visit(address_of(view.path))
        if not inert:
            await self.settle()

    async def leave(self) -> None:
        """Go to an empty page, where nothing runs, and leave no trace of what the page did.

        The empty page is of the same origin: going to about:blank starts a new process, twice the cost of a run.
        """
        self._serving = Serving(EMPTY, Journal(), self.frame)
        await self._visit(address_of(EMPTY_PAGE), loaded=False)  # the page before is gone: 15 ms sooner
        self._serving = None
        await self.forget()
        with suppress(CommandFailed):  # refused now and then, when the process of the page changes
            await self.session.send("Page.resetNavigationHistory")

    async def forget(self) -> None:
        """Clear what the page stored: cookies, databases, caches, workers; the harness clears the rest at load."""
        await asyncio.gather(
            self.session.send("Storage.clearDataForOrigin", {"origin": ORIGIN, "storageTypes": "all"}),
            self._browser("Storage.clearCookies", {"browserContextId": self.context}),
        )

    async def _visit(self, url: str, *, loaded: bool = True) -> None:
        """Go to an address and wait for its ``load`` event, or only until it has taken the place of the page."""
        self._documents.clear()
        self._loaded.clear()
        self._loader = ""
        answer = await self.session.send("Page.navigate", {"url": url})
        self._loader = answer.get("loaderId", "")
        while not (self._loader in self._loaded if loaded else self._documents[-1:] == [self._loader] and self.world):
            self._check()
            self._changed.clear()
            await self._changed.wait()

    def resize(self, width: int, height: int) -> asyncio.Future[Params]:
        """Give the window another size, in px."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        return self.session.send("Emulation.setDeviceMetricsOverride", size)

    async def photograph(self, height: float = math.inf) -> tuple[bytes, bytes]:
        """The page as PNG, down to this height in px, then with transparent letters; no script of it runs meanwhile."""
        send = self.session.send
        await send("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            size = (await send("Page.getLayoutMetrics"))["cssContentSize"]
            clip = {
                "x": 0,
                "y": 0,
                "width": min(size["width"], MAX_WIDTH),
                "height": min(size["height"], height, MAX_HEIGHT),
                "scale": 1,
            }
            shots = []
            for pose in ("still", "bare"):
                await self.call("pose", pose)
                asked = {"format": "png", "captureBeyondViewport": True, "clip": clip}
                shots.append(base64.b64decode((await send("Page.captureScreenshot", asked))["data"]))
            await self.call("pose", "")
        finally:
            await send("Emulation.setScriptExecutionDisabled", {"value": False})
        return shots[0], shots[1]

    async def settle(self, *, frame: bool = False) -> None:
        """Let what the page has started come to its end: requests answered, and a frame drawn if asked."""
        if self._serving is None:
            return
        for _ in range(SETTLINGS):
            fetches = self._serving.fetches
            await self.call("settle", fetches, frame)
            if self._serving.fetches == fetches:
                break  # no request was still on its way here when the page was asked to settle
        with suppress(TimeoutError):
            async with asyncio.timeout(DEPARTURE_S):
                while self._serving.departures < self._departing:
                    self._changed.clear()
                    await self._changed.wait()

    async def advance(self, ms: float) -> None:
        """Let time pass at once: timers due in the next ms run, in order."""
        if self.clock is None:
            self.clock = Clock(self.session)
        await self.clock.advance(ms)

    async def call(self, name: str, *arguments: Any) -> Any:
        """Call a function of the harness and return its value."""
        return await self.apply(
            f"function (...values) {{ return codephenix.{name}(...values); }}",
            [{"value": argument} for argument in arguments],
            {"uniqueContextId": self.world, "returnByValue": True},
        )

    async def apply(self, function: str, arguments: list[Params], options: Params) -> Any:
        """Call a function in a world; the raw RemoteObject, or its value with ``returnByValue``."""
        self._check()
        asked = {"functionDeclaration": function, "arguments": arguments, "awaitPromise": True, **options}
        result = await self._send("Runtime.callFunctionOn", asked)
        if "exceptionDetails" in result:
            raise ScriptFailed(result["exceptionDetails"])
        return result["result"].get("value") if options.get("returnByValue") else result["result"]

    async def evaluate(self, script: str, *, limit_ms: int = 1000) -> None:
        """Run a script in the harness's world."""
        asked = {"expression": script, "uniqueContextId": self.world, "timeout": limit_ms}
        result = await self._send("Runtime.evaluate", asked)
        if "exceptionDetails" in result:
            raise ScriptFailed(result["exceptionDetails"])

    @property
    def busy(self) -> bool:
        """Whether something that the harness asked for is being done."""
        return bool(self._tasks)

    async def responds(self, seconds: float) -> bool:
        """Whether the page is free to run anything at all; a page that goes while it is asked is not."""
        try:
            async with asyncio.timeout(seconds):
                await self.session.send("Runtime.evaluate", {"expression": "0"})
        except (TimeoutError, PageGone, CommandFailed):
            return False
        return True

    async def _send(self, method: str, params: Params) -> Params:
        try:
            return await self.session.send(method, params)
        except CommandFailed:
            self._check()
            raise

    def _check(self) -> None:
        """Raise PageGone when the document of the tests is not there any more."""
        if self.session.ended:
            raise self.session.ended
        replaced = self._loader in self._documents and self._documents[-1] != self._loader
        left = self._serving is not None and self._serving.departures and self._loader not in self._loaded
        if replaced or left:
            raise PageReplaced

    def _browser(self, method: str, params: Params) -> asyncio.Future[Params]:
        return self.session.connection.browser.send(method, params)

    def _serve(self, params: Params) -> None:
        if self._serving is not None:
            self.session.send(*self._serving.answer(params))
            self._changed.set()
        else:
            refusal = {"requestId": params["requestId"], "errorReason": "Aborted"}
            self.session.send("Fetch.failRequest", refusal)

    def _navigated(self, params: Params) -> None:
        if params["frame"]["id"] == self.frame:
            self._documents.append(params["frame"]["loaderId"])
            self._changed.set()

    def _departs(self, params: Params) -> None:
        if params["frameId"] == self.frame:
            self._departing += 1

    def _lifecycle(self, params: Params) -> None:
        if params["name"] == "load" and params["frameId"] == self.frame:
            self._loaded.add(params["loaderId"])
            self._changed.set()

    def _dialog(self, params: Params) -> None:
        self.journal.say(params["type"], [{"type": "string", "value": params["message"]}])
        answer = {"accept": True, "promptText": params.get("defaultPrompt", "")}
        self.session.send("Page.handleJavaScriptDialog", answer)

    def _logged(self, params: Params) -> None:
        if params["executionContextId"] != self._world_number:
            self.journal.say(params["type"], params["args"])
            self.session.deaf = self.journal.full("said")
            self.session.deaf_to_errors = self.journal.full("said wrong")

    def _thrown(self, params: Params) -> None:
        details = params["exceptionDetails"]
        if details.get("executionContextId") != self._world_number:
            self.journal.throw(details)

    def _world_made(self, params: Params) -> None:
        context = params["context"]
        about = context.get("auxData", {})
        if about.get("frameId") != self.frame:
            return
        if about.get("isDefault"):
            self.main = context["uniqueId"]
        elif context["name"] == WORLD:
            self.world, self._world_number = context["uniqueId"], context["id"]
            self._changed.set()

    def _worlds_gone(self, _params: Params) -> None:
        self.main = self.world = ""

    def _asked(self, params: Params) -> None:
        if params["name"] == BINDING and params["executionContextId"] == self._world_number and self.on_ask:
            task = asyncio.create_task(self._answer(json.loads(params["payload"])))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _answer(self, question: Params) -> None:
        assert self.on_ask is not None
        with suppress(PageGone, CommandFailed, ChromiumDied):  # the call of the test fails for the same reason
            try:
                answer = {"value": await self.on_ask(question)}
            except Refused as refusal:
                answer = {"refused": str(refusal)}
            except (OSError, ScriptFailed) as failure:
                log.exception("%s", question["kind"])
                answer = {"refused": f"L’outil « {question['kind']} » des tests est en panne : {failure}"}
            await self.call("answer", question["id"], answer, self.journal.news())
