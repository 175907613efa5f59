"""The grading browser: runs the tests of a site in Chromium, where the site cannot touch them.

    Browser ── run(site, script, name) ──> TestRun
       │ thread
    Engine ── Chromium ── Page ── Trial        one test cell on one site
                            │
                     harness.js, in a world of its own

Law of this package: the only one that knows there is a browser.
"""

from codephenix.browser.browser import Browser, Tab
from codephenix.browser.errors import BrowserGone, BrowserMissing
from codephenix.browser.launch import find_chromium

__all__ = ["Browser", "BrowserGone", "BrowserMissing", "Tab", "find_chromium"]
