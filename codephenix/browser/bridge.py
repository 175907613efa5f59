"""What the harness cannot do from inside the page, done for it: real keys and clicks, the page's own functions, time.

    harness  ask("mouse", …)  ──>  Bridge  ──>  Input.dispatchMouseEvent  (trusted, as if a person did it)
             await answer     <──          <──

Law of this module: a value of the page's world is read by V8's deep serialisation, never by code of the page.
"""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Awaitable, Callable
from typing import Any

from codephenix.browser import keyboard
from codephenix.browser.assets import axe
from codephenix.browser.cdp import Params
from codephenix.browser.errors import Refused, ScriptFailed
from codephenix.browser.journal import error_of
from codephenix.browser.page import Page

CALL_S = 1.5  # a function of the learner that has not answered by then never will
BUSY_S = 0.25
AXE_LIMIT_MS = 5000
DEEP = {"serialization": "deep", "maxDepth": 6}

_NAME = re.compile(r"[^\W\d][\w$]*(\.[^\W\d][\w$]*)*|\$[\w$]*")

Validate = Callable[[str, str], Awaitable[Any]]
Mockup = Callable[[Page, str, Params], Awaitable[Any]]


class Bridge:
    """Answers the questions of the harness of one page."""

    def __init__(self, page: Page, validate: Validate, mockup: Mockup) -> None:
        self.page = page
        self.validate = validate
        self.mockup = mockup

    async def answer(self, question: Params) -> Any:
        """Do what is asked; raises Refused with a French reason."""
        return await getattr(self, f"_do_{question['kind']}")(*question["arguments"])

    async def _do_mouse(self, action: str, x: float, y: float) -> None:
        place = {"x": x, "y": y}
        events: list[Params] = [{"type": "mouseMoved", **place}]
        for count in range(1, {"hover": 0, "click": 1, "doubleClick": 2}[action] + 1):
            button = {"button": "left", "clickCount": count, **place}
            events += [{"type": "mousePressed", **button}, {"type": "mouseReleased", **button}]
        await self._dispatch("Input.dispatchMouseEvent", events)

    async def _do_press(self, key: str) -> None:
        await self._dispatch("Input.dispatchKeyEvent", self._events(key))

    async def _do_type(self, text: str) -> None:
        for letter in text:
            key = {" ": "Space", "\n": "Enter"}.get(letter, letter)
            await self._dispatch("Input.dispatchKeyEvent", self._events(key))

    async def _do_insert(self, text: str) -> None:
        """Replace what is selected."""
        if text:
            await self.page.session.send("Input.insertText", {"text": text})
            await self.page.settle(frame=True)
        else:
            await self._do_press("Delete")

    @staticmethod
    def _events(key: str) -> list[Params]:
        try:
            return keyboard.press(key)
        except keyboard.UnknownKey:
            raise Refused(f"La touche « {key} » n’existe pas.") from None

    async def _dispatch(self, method: str, events: list[Params]) -> None:
        await asyncio.gather(*(self.page.session.send(method, event) for event in events))
        await self.page.settle(frame=True)

    async def _do_resize(self, width: int, height: int) -> None:
        await self.page.resize(width, height)
        await self.page.settle(frame=True)

    async def _do_advance(self, ms: float) -> None:
        await self.page.advance(ms)

    async def _do_settle(self) -> None:
        await self.page.settle(frame=True)

    async def _do_validate(self, source: str, path: str) -> Any:
        return await self.validate(source, path)

    async def _do_mockup(self, path: str, asked: Params) -> Any:
        return await self.mockup(self.page, path, asked)

    async def _do_axe(self) -> Any:
        """Put axe-core into the harness's world; gives its French texts."""
        script, french = axe()
        await self.page.evaluate(script, limit_ms=AXE_LIMIT_MS)
        return french

    async def _do_call(self, name: str, arguments: list[Params]) -> Params:
        kind = await self._kind(name)
        if kind != "function":
            return {"absent": kind}
        slots = ", ".join(f"v{number}" for number in range(len(arguments)))  # no spread: a page may redefine it
        return await self._read(f"function ({slots}) {{ return {name}({slots}); }}", arguments)

    async def _do_global(self, name: str) -> Params:
        if await self._kind(name) == "absent":
            return {"absent": "undefined"}
        return await self._read(f"function () {{ return {name}; }}", [])

    async def _kind(self, name: str) -> str:
        """``typeof`` a name in the page; "absent" when reading it throws."""
        if not _NAME.fullmatch(name):
            raise Refused(f"« {name} » n’est pas un nom de fonction ou de variable.")
        world = {"uniqueContextId": self.page.main, "returnByValue": True}
        try:
            if await self.page.apply(f"function () {{ {name}; return false; }}", [], world):
                return "absent"
            return str(await self.page.apply(f"function () {{ return typeof {name}; }}", [], world))
        except ScriptFailed:
            return "absent"

    async def _read(self, function: str, arguments: list[Params]) -> Params:
        world = {"uniqueContextId": self.page.main, "serializationOptions": DEEP}
        try:
            async with asyncio.timeout(CALL_S):
                result = await self.page.apply(function, arguments, world)
        except ScriptFailed as failure:
            return {"thrown": error_of(failure.details)}
        except TimeoutError:
            if await self.page.responds(BUSY_S):
                return {"silent": True}
            await asyncio.sleep(math.inf)  # an endless loop: the time limit of the test finds where
        await self.page.settle()
        return {"deep": result.get("deepSerializedValue", {"type": result["type"]})}
