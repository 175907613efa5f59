"""How the engine's cost grows: notebooks per second, memory, and the floor under it all.

    floor    a bare page loaded and asked one thing, in the same browser: what Chromium itself costs
    engine   notebooks of week 1 run one after the other, each with another text; bar: at least 12 a second
    memory   this process and its Chromium, after the first tenth and at the end; bar: under 5 % more

Usage: python benchmarks/scale.py [--notebooks 40 400 4000]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from codephenix import execution
from codephenix.browser.chromium import Chromium
from codephenix.browser.engine import Engine
from codephenix.browser.view import View
from codephenix.release import released_source
from codephenix.site import File, Site

ROOT = Path(__file__).parent.parent
WEEK = "s01-premiere-page"
BAR_RATE, BAR_GROWTH = 12, 0.05


def notebook(number: int) -> tuple[NotebookNode, Path]:
    """A submission unlike any other: solved or as it was released, with a comment of its own in each answer."""
    paths = sorted((ROOT / "source" / WEEK).glob("*.ipynb"))[:5]
    path = paths[number % len(paths)]
    node = nbformat.read(path, as_version=4)
    for cell in node.cells:
        grading = cell.metadata.get("nbgrader", {})
        if grading.get("solution"):
            source = cell.source if number % 2 else released_source(cell.source)
            cell.source = f"{source}\n<!-- copie {number} -->"
    return node, path.parent


def floor(runs: int = 60) -> float:
    """Median ms to load a bare page in a new context and to ask it one thing."""
    site = Site({"page.html": File("page.html", b"<!DOCTYPE html><title>x</title><p>x</p>")})
    times = []

    async def job(chromium: Chromium) -> None:
        start = time.perf_counter()
        page = await chromium._new_page()  # noqa: SLF001  # not one that was kept ready
        await page.open(site, View("page.html"))
        await page.evaluate("1")
        times.append((time.perf_counter() - start) * 1000)
        await page.close()

    async def repeat(engine: Engine) -> None:
        for _ in range(runs):
            await engine._retried(job)  # noqa: SLF001

    execution.browser().wait(repeat)
    return statistics.median(times)


def memory() -> float:
    """MB of this process and its children, shared pages counted once."""
    parents, total = {}, 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    family = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    for pid in family:
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(rollup.partition("\nPss:")[2].split()[0]) / 1000
    return total


def run(count: int, first: int) -> tuple[float, float, float]:
    """Seconds, and MB after a tenth and at the end, for so many notebooks."""
    early = seconds = 0.0
    for number in range(count):
        node, folder = notebook(first + number)
        start = time.perf_counter()
        execution.run_notebook(node, folder)
        seconds += time.perf_counter() - start
        if number == count // 10:
            early = memory()
        if number % 100 == 99 and sys.stderr.isatty():
            print(f"\r{number + 1}/{count}", end="", file=sys.stderr)
    return seconds, early, memory()


def main() -> int:
    """Run everything; 0 when every bar is met."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--notebooks", type=int, nargs="+", default=[40, 400])
    options = parser.parse_args()
    execution.run_notebook(*notebook(0))  # the browser is warm
    print(f"floor     a bare page in a new context   {floor():6.1f} ms")
    met, first = True, 1
    for count in options.notebooks:
        seconds, early, late = run(count, first)
        first += count
        growth = late / early - 1
        print(
            f"engine    {count:5} notebooks   {seconds:7.1f} s   {count / seconds:5.1f} notebooks/s   bar {BAR_RATE}   "
            f"{1000 * seconds / count:5.1f} ms each   memory {early:.0f} → {late:.0f} MB ({growth:+.1%})"
        )
        met = met and count / seconds >= BAR_RATE and (count < 1000 or growth < BAR_GROWTH)
    print("bars met" if met else "BAR NOT MET")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
