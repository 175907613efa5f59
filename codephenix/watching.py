"""Live check while writing: what was saved is checked at once, in a browser that stays open.

    codephenix check --watch     → every notebook, proof file, course.toml and glossary.toml that changes

Law of this module: it looks at dates and asks ``proof``; it decides nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from codephenix import proof
from codephenix.browser import Browser
from codephenix.checks import Problem

EVERY_S = 0.5  # between two looks; a course has a few hundred files
PLACES = ("course", "source", "tests/submissions")
KINDS = (".ipynb", ".toml")

Dates = dict[Path, float]


def dates(root: Path) -> Dates:
    """When each file that the author writes was last changed."""
    found = [root / proof.MANIFEST, root / proof.GLOSSARY]
    for place in PLACES:
        found += [
            path
            for path in (root / place).rglob("*")
            if path.suffix in KINDS and ".ipynb_checkpoints" not in path.parts
        ]
    return {path: path.stat().st_mtime for path in found if path.exists()}


def changed(before: Dates, after: Dates) -> list[Path]:
    """Files that are new or newer, in order."""
    return sorted(path for path, date in after.items() if before.get(path) != date)


def watch(
    root: Path, slug: str = "", *, tell: Callable[[str], None] = print, waits: Callable[[], bool] = lambda: True
) -> None:
    """Check now, then again each file that is saved, until Ctrl-C or until ``waits`` says no."""
    with Browser() as browser, proof.pages(browser) as run_tests:
        known = dates(root)
        for line in report(proof.check_with(run_tests, root, slug)):
            tell(line)
        while waits():
            time.sleep(EVERY_S)
            now = dates(root)
            for path in changed(known, now):
                tell(f"— {path.relative_to(root)}")
                for line in report(proof.check_with(run_tests, root, target(path, root))):
                    tell(line)
            known = now


def target(path: Path, root: Path) -> str:
    """What to check when this file changes: a notebook, an exercise, or for course.toml nothing but the plan."""
    return path.stem if path.parent != root else proof.MANIFEST


def report(problems: list[Problem]) -> Iterator[str]:
    """The problems in lines, or that there is none."""
    yield from map(str, problems)
    yield f"{len(problems)} problème(s)." if problems else "Tout est en ordre."
