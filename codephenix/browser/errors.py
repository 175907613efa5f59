"""What can go wrong with the browser itself, never with a learner's page.

Exception
├── BrowserMissing   no Chromium on this machine: the trainer installs one
├── BrowserGone      Chromium died again and again in one run: the trainer looks at the machine
├── ChromiumDied     (internal) it cannot be used any more; the run is tried again
├── CommandFailed    (internal) Chromium refused a command
└── PageGone         (internal) this page can no longer answer
├── PageCrashed      its process died, most often for want of memory
├── PageFlooded      it says more than we can hear without making the other pages wait
└── PageReplaced     the document of the tests is no longer there
"""

from __future__ import annotations

from typing import Any


class BrowserMissing(Exception):
    """No Chromium was found; the message says what to install, in French."""


class BrowserGone(Exception):
    """Chromium died at each try of the same run; the message is French, for the trainer."""


class ChromiumDied(Exception):
    """The pipe to Chromium closed, or even an empty page does not live in it."""


class CommandFailed(Exception):
    """Chromium answered a command with an error."""


class PageGone(Exception):
    """The page of a run can no longer answer."""


class PageCrashed(PageGone):
    """The process of the page died."""


class PageFlooded(PageGone):
    """The page says things without end."""


class PageReplaced(PageGone):
    """The page put another document in its own place."""


class ScriptFailed(Exception):
    """JavaScript of ours or of the tests threw; ``details`` are V8's."""

    def __init__(self, details: dict[str, Any]) -> None:
        super().__init__(details.get("exception", {}).get("description") or details.get("text", ""))
        self.details = details


class Refused(Exception):
    """What the harness asked for cannot be done; the message is French."""
