"""Mutants per second, over the exercises of week 1: made, graded in reused pages, survivors compared to the solution.

    bar: at least 20 mutants a second on 2 cores

Usage: python benchmarks/mutation.py [slug]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from codephenix.browser import Browser
from codephenix.mutants import Fate
from codephenix.mutation import Laboratory, exercises

ROOT = Path(__file__).parent.parent
BAR = 20


def main(slug: str) -> int:
    """Print the rate; 1 when it is under the bar."""
    wanted = list(exercises(ROOT, slug))
    with Browser() as browser, Laboratory(browser) as laboratory:
        laboratory.report(wanted[0])  # Chromium and its pages are warm
        start = time.perf_counter()
        reports = [laboratory.report(exercise) for exercise in wanted]
        seconds = time.perf_counter() - start
    count = sum(len(report.fates) for report in reports)
    killed = sum(report.count(Fate.KILLED) for report in reports)
    rate = count / seconds
    print(f"{count} mutants ({killed} killed) in {seconds:.1f} s: {rate:.1f} a second (bar: {BAR})")
    return 0 if rate >= BAR else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "s01-premiere-page"))
