"""Pages in which nothing of the learner can run: no script, no handler, no frame, nothing that loads another page.

Most pages of a beginner are so. They need no process of their own, and their tests run three times faster.

Law of this module: when in doubt, a page is not inert. What it lets through by mistake is still held back by POLICY.
"""

from __future__ import annotations

import re

from codephenix.site import File, Site

POLICY = "script-src 'none'; object-src 'none'; frame-src 'none'; worker-src 'none'; base-uri 'self'"
"""Content-Security-Policy of an inert page: were a script hidden in it, it would not run."""

_ACTIVE = re.compile(
    r"""<\s*/?\s*(?:script|i?frame|frameset|object|embed|fencedframe|portal|noscript|base|template)
      | http-equiv | \bon[a-z]+\s*= | script\s*: | srcdoc | shadowroot | view-transition""",
    re.IGNORECASE | re.VERBOSE,
)
_MAX_CHARACTERS = 100_000  # of a page and its styles: more may be a bomb, which gets a process of its own


def is_inert(site: Site, path: str) -> bool:
    """Whether a page and what it loads are plain HTML, CSS and images."""
    bundle = site.bundle(path)
    if not path.endswith(".html") or path not in bundle:
        return False
    files = [file for name, file in bundle.items() if name == path or not name.endswith(".html")]
    size = sum(len(file.content) for file in files if _is_text(file))
    return size <= _MAX_CHARACTERS and not any(_is_active(file) for file in files)


def _is_text(file: File) -> bool:
    return file.extension in (".html", ".css", ".svg", ".xml")


def _is_active(file: File) -> bool:
    return file.extension in (".js", ".mjs", ".xml") or (_is_text(file) and bool(_ACTIVE.search(file.text)))
