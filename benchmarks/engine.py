"""Forty kernels on one engine, against a browser for each: latency and memory in one run.

    shared   40 kernels' worth of clients run a test cell at the same moment, through ``codephenix engine``
    own      three browsers of their own, measured, then multiplied to forty

Usage: python benchmarks/engine.py [--clients 40] [--rounds 3]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from codephenix import remote
from codephenix.browser import Browser
from codephenix.remote import SharedBrowser
from codephenix.results import Verdict
from codephenix.site import File, Site

PAGE = b"<!DOCTYPE html><html lang='fr'><title>Carte</title><body><h1>Carte</h1><p>Du texte.</p></body></html>"
SITE = Site({"carte.html": File("carte.html", PAGE)})
TESTS = "\n".join(
    f'test("test {number}", () => {{ expect(page.locator("h1")).toHaveText("Carte"); }});' for number in range(6)
)
OWN = 3


def family_mb(pid: int) -> float:
    """Proportional memory of a process and of its descendants, in MB."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.split()
    parents = dict(zip(map(int, table[::2]), map(int, table[1::2]), strict=True))
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    total = 0
    for one in found:
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1000


def timed(browser: SharedBrowser | Browser) -> float:
    """Milliseconds of one run, which must pass."""
    start = time.perf_counter()
    run = browser.run(SITE, TESTS, "carte.test.js")
    if run.verdict is not Verdict.PASS:
        sys.exit(f"a run failed: {run.problem or run.results}")
    return (time.perf_counter() - start) * 1000


def shared(clients: int, rounds: int) -> None:
    """Print latency of all clients at once, and of one alone, and the memory of the service."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "engine.sock"
        root = str(Path(__file__).parent.parent)
        command = [sys.executable, "-m", "codephenix", "--root", root, "engine", "--socket", str(path)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            os.environ[remote.VARIABLE] = str(path)
            while not path.exists():
                time.sleep(0.05)
            kernels = [SharedBrowser(f"kernel-{number}") for number in range(clients)]
            timed(kernels[0])
            alone = sorted(timed(kernels[0]) for _ in range(20))
            with ThreadPoolExecutor(clients) as pool:
                start = time.perf_counter()
                times = sorted(ms for _ in range(rounds) for ms in pool.map(timed, kernels))
                seconds = time.perf_counter() - start
            rate = clients * rounds / seconds
            print(f"shared    one client alone        p50 {statistics.median(alone):6.0f} ms")
            p95 = times[int(len(times) * 0.95)]
            middle = statistics.median(times)
            print(f"shared    {clients} at once   p50 {middle:6.0f} ms   p95 {p95:6.0f} ms   {rate:.1f} runs/s")
            print(f"shared    memory {family_mb(process.pid):6.0f} MB for {clients} kernels")
        finally:
            process.terminate()
            process.wait()
            del os.environ[remote.VARIABLE]


def own(clients: int) -> None:
    """Print the memory of a browser per kernel."""
    before = family_mb(os.getpid())
    browsers = [Browser() for _ in range(OWN)]
    for browser in browsers:
        timed(browser)
    each = (family_mb(os.getpid()) - before) / OWN
    print(f"own       memory {each:6.0f} MB each, measured on {OWN}; {each * clients:.0f} MB for {clients} kernels")
    for browser in browsers:
        browser.close()


def main() -> int:
    """Run both."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--clients", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    shared(options.clients, options.rounds)
    own(options.clients)
    return 0


if __name__ == "__main__":
    sys.exit(main())
