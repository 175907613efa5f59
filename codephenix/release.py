"""From the source version to what learners receive: solutions out, starters in, hidden tests out.

    <!-- carte.html -->                <!-- carte.html -->
    <!-- À vous : … -->                <!-- À vous : … -->
    <!-- BEGIN SOLUTION -->      →     <h1>Samira<h1>
    <h1>Samira</h1>
    <!-- END SOLUTION -->
    <!-- BEGIN STARTER
    <h1>Samira<h1>
    END STARTER -->

Law of this module: pure text to text, and what it cannot clear it refuses.
"""

from __future__ import annotations

import re

BLANK = {
    ".html": "<!-- Écrivez votre code ici. -->",
    ".css": "/* Écrivez votre code ici. */",
    ".js": "// Écrivez votre code ici.",
}
MARKERS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN STARTER", "END STARTER")

_SOLUTION = re.compile(
    r"^[^\n]*BEGIN SOLUTION[^\n]*\n(?P<code>.*?)^[^\n]*END SOLUTION[^\n]*$", re.DOTALL | re.MULTILINE
)
_STARTER = re.compile(
    r"\n?^[ \t]*(?:<!--|/\*)[ \t]*BEGIN STARTER[ \t]*\n(?P<code>.*?)^[ \t]*END STARTER[ \t]*(?:-->|\*/)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_HIDDEN = re.compile(r"^[^\n]*BEGIN HIDDEN TESTS[^\n]*\n.*?^[^\n]*END HIDDEN TESTS[^\n]*\n?", re.DOTALL | re.MULTILINE)


class LeakProblem(Exception):
    """A cell whose solution cannot be cleared; the message is French."""


def released_source(source: str, *, starter: bool = True) -> str:
    """A solution cell as the learner receives it, or without its starter.

    Raises LeakProblem when it does not have exactly one region.
    """
    given = _STARTER.search(source) if starter else None
    without_starter = _STARTER.sub("", source)
    stub = given["code"].rstrip("\n") if given else BLANK[_language(source)]
    released, count = _SOLUTION.subn(lambda _: stub, without_starter)
    if count != 1:
        raise LeakProblem(
            "il faut une seule région de solution. Écrivez BEGIN SOLUTION et END SOLUTION en commentaire, "
            "chacun sur sa ligne."
        )
    return released


def solved_source(source: str) -> str:
    """A solution cell as a learner would write it: without the marks and the starter."""
    return _SOLUTION.sub(lambda region: region["code"].rstrip("\n"), _STARTER.sub("", source))


def refuse_leak(source: str) -> None:
    """Raise LeakProblem when a marker is left."""
    left = [marker for marker in MARKERS if marker in source]
    if left:
        raise LeakProblem(f"la marque {left[0]} reste dans la version distribuée. Vérifiez la cellule et sa région.")


def solution_lines(source: str) -> list[str]:
    """Lines of a solution that a release must not show: those over 12 characters, without indent."""
    return [
        line.strip()
        for region in _SOLUTION.finditer(source)
        for line in region["code"].split("\n")
        if len(line.strip()) > 12  # shorter ones, as </body>, are in every page
    ]


def visible_tests(source: str) -> str:
    """A test cell without its hidden tests."""
    return _HIDDEN.sub("", source)


def _language(source: str) -> str:
    first = source.lstrip()
    return ".css" if first.startswith("/*") else ".js" if first.startswith("//") else ".html"
