"""How a learner's page looks beside its mock-ups, at each of their widths: what is asked of the browser, what it says.

    page, mock-ups ─▶ script ─▶ (a browser runs it) ─▶ likenesses ─▶ score, sentence, three pictures

Law of this module: pure. The pictures are those of the browser; the sentences are those of ``toMatchMockup``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from codephenix.results import TestResult, TestRun

NAME = "maquette.test.js"  # of the script


@dataclass(frozen=True)
class Likeness:
    """A page beside a mock-up, at the width of the mock-up."""

    width: int  # px; 0 when the mock-up cannot be read
    percent: int | None  # how like they are; None when they could not be compared
    said: str  # what is wrong, or why nothing could be compared
    mockup: str = ""  # data: addresses of pictures of one size, empty when there are none
    page: str = ""
    heat: str = ""

    @property
    def sentence(self) -> str:
        """Score and explanation, for a reader without the pictures."""
        at = f"À {self.width} px de large\u00a0: " if self.width else ""
        if self.percent is None:
            return f"{at}{self.said}"
        return f"{at}ressemblance\u00a0: {self.percent}\u00a0%. {self.said}".rstrip()


def script(page: str, asked: Sequence[tuple[str, int]]) -> str:
    """Tests that look at a page beside each mock-up; ``asked`` are paths and widths in px."""
    tests = (
        f"test({json.dumps(path)}, {{ page: {json.dumps(page)}, width: {width}, timeout: 10000 }}, "
        f"async () => {{ await expect(page).toMatchMockup({json.dumps(path)}, {{ look: true }}); }});"
        for path, width in asked
    )
    return "\n".join(tests)


def likenesses(run: TestRun, widths: Sequence[int]) -> list[Likeness]:
    """What a run of ``script`` says, in the order that was asked; empty when nothing could run."""
    return [_likeness(result, width) for result, width in zip(run.results, widths, strict=False)]


def _likeness(result: TestResult, width: int) -> Likeness:
    if len(result.views) != 3:
        return Likeness(width, None, " ".join(filter(None, (result.message, result.advice))))
    percent = 100 if not result.message else min(99, math.floor(result.score * 100))
    return Likeness(width, percent, result.message, *result.views)


def mean(found: Sequence[Likeness]) -> int | None:
    """Percent over all widths, 100 only when each is; None when one could not be compared."""
    scores = [one.percent for one in found if one.percent is not None]
    return math.floor(sum(scores) / len(scores)) if scores and len(scores) == len(found) else None


def as_data(found: Sequence[Likeness], problem: str = "") -> dict[str, Any]:
    """What the widget shows."""
    return {"problem": problem, "mean": mean(found), "views": [asdict(one) for one in found]}
