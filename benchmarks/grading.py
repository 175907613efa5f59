"""Grading, preview and start-up figures, each against its stock counterpart in one run.

    grading   a class of 8 x 5 notebooks of week 1: nbgrader executing our kernel in a process per notebook,
              then our executor in one process; same marks required; bar: at least 15 times faster
    preview   from the execute request to the preview card, p50 and p95; bar: p95 under 50 ms
    kernel    start to first reply, of the Web kernel and of ipykernel's python3

Usage: python benchmarks/grading.py [--learners 8] [--notebooks 5] [--skip-stock]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from jupyter_client.manager import start_new_kernel
from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, Execute, LimitOutput, SaveAutoGrades
from sqlalchemy import create_engine

from codephenix.classroom import Classroom

ROOT = Path(__file__).parent.parent
WEEK = "s01-premiere-page"
BAR_RATIO, BAR_PREVIEW_MS = 15, 50


def build(folder: Path, learners: int, notebooks: int) -> Classroom:
    """A class whose learners all hand in the solutions of the first notebooks."""
    week = folder / "week" / WEEK
    shutil.copytree(ROOT / "source" / WEEK, week)
    for extra in sorted(week.glob("*.ipynb"))[notebooks:]:
        extra.unlink()
    classroom = Classroom.create(folder / "class", week)
    classroom.generate(WEEK)
    for number in range(learners):
        source = classroom.folder / ("source" if number % 2 else "release") / WEEK
        shutil.copytree(source, classroom.folder / "submitted" / f"learner{number}" / WEEK)
    return classroom


def grade(classroom: Classroom, learners: int) -> float:
    """Seconds to autograde everyone."""
    start = time.perf_counter()
    for number in range(learners):
        problem = classroom.autograde(WEEK, f"learner{number}")
        if problem:
            sys.exit(problem)
    return time.perf_counter() - start


def compare(learners: int, notebooks: int, *, stock: bool) -> bool:
    """Print the grading figures; whether the bar is met and the marks agree."""
    count = learners * notebooks
    with tempfile.TemporaryDirectory() as ours_folder, tempfile.TemporaryDirectory() as stock_folder:
        ours = build(Path(ours_folder), learners, notebooks)
        seconds = grade(ours, learners)
        print(f"grading   ours   {seconds:6.1f} s   {count / seconds:5.1f} notebooks/s   ({count} notebooks)")
        if not stock:
            return True
        theirs = build(Path(stock_folder), learners, notebooks)
        api.create_engine = create_engine  # nbgrader's own again
        del api.Base.metadata.create_all
        theirs.api.config.Autograde.autograde_preprocessors = [
            Execute, LimitOutput, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata,
        ]  # fmt: skip
        stock_seconds = grade(theirs, learners)
        print(f"grading   stock  {stock_seconds:6.1f} s   {count / stock_seconds:5.1f} notebooks/s")
        same = list(ours.marks(WEEK)) == list(theirs.marks(WEEK))
        total = sum(mark.score for mark in ours.marks(WEEK))
        ratio = stock_seconds / seconds
        verdict = "identical" if same else "DIFFER"
        print(f"grading   ratio  {ratio:6.1f}     bar {BAR_RATIO}     marks {verdict} (sum {total:g})")
        return same and ratio >= BAR_RATIO


def preview(runs: int = 100) -> bool:
    """Print the preview latency; whether the bar is met."""
    manager, client = start_new_kernel(kernel_name="web")
    page = "<!-- page.html -->\n<h1>Bonjour</h1>\n" + "<p>Une ligne de texte.</p>\n" * 20
    times = []
    for number in range(runs + 5):
        start = time.perf_counter()
        request = client.execute(page + f"<p>{number}</p>")
        while client.get_iopub_msg(timeout=20)["msg_type"] != "display_data":
            pass
        times.append((time.perf_counter() - start) * 1000)
        while True:
            message = client.get_iopub_msg(timeout=20)
            if (
                message["parent_header"].get("msg_id") == request
                and message["content"].get("execution_state") == "idle"
            ):
                break
        client.get_shell_msg(timeout=20)
    client.stop_channels()
    manager.shutdown_kernel()
    times = sorted(times[5:])
    p95 = times[int(len(times) * 0.95)]
    print(f"preview   p50 {statistics.median(times):5.1f} ms   p95 {p95:5.1f} ms   bar {BAR_PREVIEW_MS} ms at p95")
    return p95 < BAR_PREVIEW_MS


def kernel_start(name: str, runs: int = 5) -> None:
    """Print the start time of a kernel."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        manager, client = start_new_kernel(kernel_name=name)
        times.append((time.perf_counter() - start) * 1000)
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    print(f"kernel    {name:8} start p50 {statistics.median(times):5.0f} ms")


def main() -> int:
    """Run everything; 0 when every bar is met."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, default=8)
    parser.add_argument("--notebooks", type=int, default=5)
    parser.add_argument("--skip-stock", action="store_true", help="our executor only")
    options = parser.parse_args()
    kernel_start("web")
    kernel_start("python3")
    met = [preview(), compare(options.learners, options.notebooks, stock=not options.skip_stock)]
    print("bars met" if all(met) else "BAR NOT MET")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
