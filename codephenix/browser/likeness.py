"""The picture of a page beside its mock-up: taken by Chromium, compared in a page of ours.

    Recorder   makes the mock-ups, while the tests run on the author's solution
    compare    says how far a page is from a mock-up

Law of this module: what is compared are pictures. While they are taken, no script of the page runs.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Callable
from typing import Any

from codephenix import mockups
from codephenix.browser.errors import Refused
from codephenix.browser.page import Page
from codephenix.site import File

Tool = Callable[..., Awaitable[Any]]
TOOL = "mockup.js"
MARGIN = 16  # px under the last zone of a mock-up


class Recorder:
    """Keeps the mock-ups that tests ask for: the solution is what they show."""

    def __init__(self) -> None:
        self.mockups: dict[str, bytes] = {}  # PNG by path

    async def record(self, page: Page, tool: Tool, path: str, asked: dict[str, Any]) -> dict[str, Any]:
        """Make a mock-up of the page as it is; the answer of a perfect likeness."""
        bottom = max((zone["y"] + zone["height"] for zone in asked["zones"]), default=0)
        shot, bare = await page.photograph(bottom + MARGIN)
        given = {"page": _base64(shot), "bare": _base64(bare), "zones": asked["zones"]}
        letters = await tool(TOOL, "measureMockup", given)
        zones = [{**zone, "text": text} for zone, text in zip(asked["zones"], letters, strict=True)]
        self.mockups[path] = mockups.write(shot, {"whole": asked["whole"], "zones": zones})
        return {"zones": [], "longer": False, "score": 1, "picture": "", "views": []}


async def compare(page: Page, tool: Tool, path: str, file: File | None, asked: dict[str, Any]) -> Any:
    """How far the page is from a mock-up, zone by zone. Raises Refused when there is no mock-up."""
    about = mockups.read(file.content) if file else None
    if file is None or about is None:
        raise Refused(f"La maquette «\u00a0{path}\u00a0» manque ou n’est pas lisible. Prévenez le formateur.")
    shot, bare = await page.photograph()
    given = {
        "mockup": _base64(file.content),
        "page": _base64(shot),
        "bare": _base64(bare),
        "zones": about["zones"],
        "whole": bool(about.get("whole")),
        "tolerance": asked["tolerance"],
        "look": asked.get("look") is True,
    }
    return await tool(TOOL, "compareMockup", given)


def _base64(content: bytes) -> str:
    return b64encode(content).decode("ascii")
