"""Makes the mock-ups of a notebook: pictures of the author's solutions, beside it, for learners to reproduce.

Law of this module: it reads, runs and writes; what a mock-up holds is in ``mockups``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from codephenix import mockups
from codephenix.browser import Browser
from codephenix.checks import Notebook, Task, first_failure, run_task
from codephenix.projects import readers
from codephenix.results import TestRun, Verdict
from codephenix.site import Site

_ASKS = re.compile(r"toMatchMockup\(\s*[\"'`](?P<path>[^\"'`]+)")


class MockupProblem(Exception):
    """A mock-up that cannot be made; the message is French."""


def make(path: Path) -> Iterator[str]:
    """Write every mock-up that the tests of a notebook ask for; one French line for each.

    Raises MockupProblem, NotebookProblem, OSError.
    """
    notebook = Notebook(path.name, path.read_text("utf-8"), *readers(path.parent))
    asked = [task for task in notebook.tasks() if _ASKS.search(task.test.source)]
    if not asked:
        raise MockupProblem(f"{path}\u00a0: aucun test ne contient toMatchMockup. Rien n’est à faire.")
    with Browser() as browser:
        for task in asked:
            for name, png in _mockups(browser, notebook, task).items():
                if len(png) > mockups.MAX_BYTES:
                    size = f"{len(png) // 1000} ko, pour un maximum de {mockups.MAX_BYTES // 1000} ko"
                    raise MockupProblem(
                        f"La maquette {name} est trop lourde\u00a0: {size}. Montrez une page plus courte."
                    )
                target = path.parent / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(png)
                zones = ", ".join(zone["name"] for zone in (mockups.read(png) or {})["zones"])
                yield f"{name}\u00a0: {len(png) // 1000 + 1} ko. Blocs\u00a0: {zones}."


def _mockups(browser: Browser, notebook: Notebook, task: Task) -> dict[str, bytes]:
    """Mock-ups of one test cell, made from the solution. Raises MockupProblem when the other tests refuse it."""
    found: dict[str, bytes] = {}

    def record(site: Site, script: str, name: str) -> TestRun:
        run, made = browser.mockups(site, script, name)
        found.update(made)
        return run

    run = run_task(notebook, task, {}, record)
    if run.verdict is not Verdict.PASS:
        place = notebook.place(task.test)
        raise MockupProblem(f"{place}\u00a0: la solution n’obtient pas tout. {first_failure(run)}")
    empty = next((path for path, png in found.items() if not mockups.read(png)), None)
    if empty:
        raise MockupProblem(f"La maquette {empty} n’a aucun bloc. Vérifiez les sélecteurs de l’option zones.")
    return found
