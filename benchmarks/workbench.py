"""The workbench measured where the learner sits: real JupyterLab, real Chromium, real keys.

    keys     from a key to the page drawn with it, in ms: the frame says so once it has painted
    start    what our extension takes of Lab's start, in ms of JavaScript on the main thread, by Chromium's profiler

Usage: python benchmarks/workbench.py [--keys 200] [--starts 3] [--browser PATH]

A learner has a full Chromium, which gives sandboxed frames a process of their own; the headless shell does not.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from codephenix.browser import find_chromium

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from laboratory import READY_MS, copy_course, notebook, open_notebook, serve, stop  # noqa: E402

NOTEBOOK = "cours/mesure.ipynb"
PARAGRAPHS = "".join(f'<p class="plat">Un plat du jour, numéro {rank}.</p>\n' for rank in range(40))
PLAIN = [
    (
        f'<!-- index.html -->\n<!DOCTYPE html>\n<html lang="fr">\n<head><title>Carte</title>\n'
        f'<link rel="stylesheet" href="style.css"></head>\n<body>\n<h1>Carte</h1>\n{PARAGRAPHS}</body></html>'
    ),
    "/* style.css */\n.plat { color: navy; padding: 4px }\n"
    + "".join(f".c{n} {{ margin: {n}px }}\n" for n in range(60)),
]
SCRIPTED = [PLAIN[0].replace("</body>", '<script src="script.js"></script></body>'), PLAIN[1],
            "// script.js\nfor (const p of document.querySelectorAll('p')) p.title = p.textContent;"]  # fmt: skip
WATCH = """() => {
    window.keyed = []; window.delays = [];
    if (window.watched) return;
    window.watched = true;
    const frame = document.querySelector(".cp-preview iframe");
    addEventListener("keydown", (event) => event.key.length === 1 && window.keyed.push(event.timeStamp), true);
    addEventListener("message", (event) => {
        if (event.source !== frame.contentWindow || event.data.kind !== "painted") return;
        const now = performance.now();
        window.delays.push(...window.keyed.map((time) => now - time));
        window.keyed = [];
    });
}"""


def write(folder: Path, cells: list[str]) -> None:
    """Put the notebook that is measured in the learner's space."""
    (folder / ".codephenix" / "espace" / NOTEBOOK).write_text(json.dumps(notebook(cells)), "utf-8")


def open_page(browser: Browser, address: str) -> Page:
    """A notebook with its preview, in a browser without memory."""
    page = browser.new_context(locale="fr-FR", viewport={"width": 1500, "height": 900}).new_page()
    open_notebook(page, address, NOTEBOOK)
    page.frame_locator(".cp-preview iframe").frame_locator("#stage iframe").locator("h1").wait_for(timeout=READY_MS)
    page.locator("#jp-main-statusbar", has_text="Inactif").wait_for(timeout=READY_MS)
    return page


def keys(page: Page, cell: int, count: int, *, pause: int | None) -> list[float]:
    """Delays of keys typed in a cell; one at a time, each drawn before the next, or one every ``pause`` ms."""
    page.locator(".jp-Notebook:visible .jp-CodeCell .cm-content").nth(cell).click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    for rank in range(count):
        page.keyboard.type("abcdefghij "[rank % 11])
        if pause is None:
            page.wait_for_function("() => window.keyed.length === 0", polling=5, timeout=30_000)
        else:
            page.wait_for_timeout(pause)
    page.wait_for_function("() => window.keyed.length === 0", timeout=30_000)
    delays: list[float] = page.evaluate("() => window.delays")
    return delays


def said(name: str, delays: list[float]) -> str:
    """One line: median, p95 and worst."""
    ordered = sorted(delays)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    middle = statistics.median(ordered)
    return f"{name:<44} n={len(ordered):<4} median {middle:6.1f}  p95 {p95:6.1f}  max {ordered[-1]:6.1f} ms"


def start_cost(browser: Browser, address: str) -> float:
    """Milliseconds of main thread in our extension's file until the notebook and its preview are there."""
    page = browser.new_context(locale="fr-FR", viewport={"width": 1500, "height": 900}).new_page()
    page.goto(address)
    session = page.context.new_cdp_session(page)
    session.send("Profiler.enable")
    session.send("Profiler.setSamplingInterval", {"interval": 200})
    session.send("Profiler.start")
    open_notebook(page, address, NOTEBOOK)
    page.locator(".cp-preview iframe").wait_for(timeout=READY_MS)
    profile = session.send("Profiler.stop")["profile"]
    ours = {node["id"] for node in profile["nodes"] if "/codephenix/static/" in node["callFrame"]["url"]}
    deltas = zip(profile["samples"], profile["timeDeltas"], strict=True)
    page.context.close()
    return sum(delta for node, delta in deltas if with_children(profile, ours, node)) / 1000


def with_children(profile: dict, ours: set[int], node: int) -> bool:
    """Whether a sample is in our code, or in what our code called."""
    if "parents" not in profile:
        profile["parents"] = {child: one["id"] for one in profile["nodes"] for child in one.get("children", [])}
    at: int | None = node
    while at is not None:
        if at in ours:
            return True
        at = profile["parents"].get(at)
    return False


def main() -> None:
    """Print the figures; exit with 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--browser", default=str(find_chromium()))
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = copy_course(ROOT, Path(name))
        process, address = serve(folder)
        try:
            browser = playwright.chromium.launch(executable_path=wanted.browser, args=["--no-sandbox"])
            write(folder, PLAIN)
            page = open_page(browser, address)
            slow = keys(page, 0, wanted.keys, pause=None)
            print(said("HTML, each key drawn before the next", slow), flush=True)
            print(said("HTML, a key every 120 ms", keys(page, 0, wanted.keys, pause=120)), flush=True)
            print(said("CSS, each key drawn before the next", keys(page, 1, wanted.keys, pause=None)), flush=True)
            page.context.close()
            write(folder, SCRIPTED)
            page = open_page(browser, address)
            print(said("CSS of a page with a script", keys(page, 1, wanted.keys, pause=None)), flush=True)
            page.context.close()
            costs = [start_cost(browser, address) for _ in range(wanted.starts)]
            print(f"start: {statistics.median(costs):.0f} ms of main thread ({[round(cost) for cost in costs]})")
        finally:
            stop(process)
    p95 = sorted(slow)[int(len(slow) * 0.95) - 1]
    sys.exit(int(p95 >= 100 or statistics.median(costs) >= 150))


if __name__ == "__main__":
    main()
