"""Runs the cells of one notebook in this process, over one warm browser.

    page, style, script   in order, here
    test                  as soon as it is met, on the site as it then is, in one of PARALLEL tabs

Law of this module: a learner's mistake or a fault of ours is an output; only a missing browser raises, because a
mark given without a browser would be false.
"""

from __future__ import annotations

import atexit
import logging
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from nbformat import NotebookNode
from nbgrader.utils import is_grade

from codephenix.browser import Browser, BrowserGone, BrowserMissing, Tab
from codephenix.folder import Folder
from codephenix.interpreter import Execution, Interpreter, breakdown, error
from codephenix.results import TestRun
from codephenix.site import Kind, Site, kind_of

PARALLEL = 2  # tabs: an endless loop in one exercise does not hold up the others

log = logging.getLogger("codephenix")


@cache
def browser() -> Browser:
    """The one warm browser of this process, started at the first test and closed at exit."""
    shared = Browser()
    atexit.register(shared.close)
    return shared


@cache
def pool() -> ThreadPoolExecutor:
    """The threads that wait for the tests; starting them anew costs more than a test."""
    return ThreadPoolExecutor(PARALLEL, "codephenix-tests")


def run_notebook(nb: NotebookNode, folder: Path) -> None:
    """Give every code cell its outputs; raises BrowserMissing or BrowserGone."""
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    with ExitStack() as stack:
        tabs = Tabs(stack)
        interpreter = Interpreter(tabs.run, given=cache(Folder(folder).read))
        waiting = [_start(interpreter, cell) for cell in cells]
        for count, (cell, execution) in enumerate(zip(cells, waiting, strict=True), start=1):
            cell.execution_count = count
            cell.outputs = [_numbered(output, count) for output in _outputs(execution, cell)]


class Tabs:
    """Pages for the tests of one submission, lent one at a time."""

    def __init__(self, stack: ExitStack) -> None:
        self._free: SimpleQueue[Tab] = SimpleQueue()
        for _ in range(PARALLEL):
            self._free.put(stack.enter_context(browser().open_tab()))

    def run(self, site: Site, script: str, name: str) -> TestRun:
        """Run a test cell in a free tab."""
        tab = self._free.get()
        try:
            return tab.run(site, script, name)
        finally:
            self._free.put(tab)


def _start(interpreter: Interpreter, cell: NotebookNode) -> Future[Execution]:
    """Run a cell, a test elsewhere while the next cells go on."""
    identifier = cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id")
    if kind_of(cell.source) is Kind.TEST:
        return pool().submit(interpreter.fork().execute, cell.source, identifier)
    done: Future[Execution] = Future()
    try:
        done.set_result(interpreter.execute(cell.source, identifier))
    except Exception as fault:  # noqa: BLE001  # said in the cell's output
        done.set_exception(fault)
    return done


def _outputs(execution: Future[Execution], cell: NotebookNode) -> list[dict[str, Any]]:
    """Outputs of one cell, whatever happened."""
    try:
        outputs = list(execution.result().outputs)
    except (BrowserMissing, BrowserGone):
        raise
    except Exception as fault:
        log.exception("Cell %s could not be run", cell.get("id"))
        outputs = [breakdown(fault)]
    if is_grade(cell) and not any(output["output_type"] in ("execute_result", "error") for output in outputs):
        outputs.append(error("À revoir", "Cette cellule de test n’a donné aucun résultat."))
    return [_capped(output, cell) for output in outputs]


def _capped(output: dict[str, Any], cell: NotebookNode) -> dict[str, Any]:
    """Never more than the cell's points: nbgrader would drop the learner's whole week."""
    if output["output_type"] == "execute_result" and is_grade(cell):
        points = float(cell.metadata.nbgrader["points"])
        if float(output["data"]["text/plain"]) > points:
            output["data"]["text/plain"] = f"{points:g}"
    return output


def _numbered(output: dict[str, Any], count: int) -> NotebookNode:
    if output["output_type"] == "execute_result":
        output["execution_count"] = count
    return NotebookNode({**output, "data": NotebookNode(output["data"])} if "data" in output else output)
