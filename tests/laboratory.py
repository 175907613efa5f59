"""A real JupyterLab for the tests: a copy of the course, a server, a browser, and what is done there by hand."""

import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from ports import free_port

ARTEFACTS = Path(__file__).parent / "artefacts"
WIDE = {"width": 1500, "height": 900}  # px of a window
READY_MS = 120_000  # a busy machine; a quiet one takes 5 s
FILES = (
    "course",
    "source",
    "course.toml",
    "nbgrader_config.py",
    "jupyter_learner_config.py",
    "jupyter_trainer_config.py",
)


@contextmanager
def started_chromium(*options):
    """A real Chromium under Playwright, with more options than it needs to run as root."""
    from playwright.sync_api import sync_playwright

    from codephenix.browser import find_chromium

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox", *options])
        yield started
        started.close()


def copy_course(root, folder):
    """A copy of the course: a test must not touch the learner's own working copy."""
    for name in FILES:
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, folder / name)
    (folder / "release").mkdir()
    return folder


def notebook(cells):
    """A Web notebook with these code cells."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "web", "display_name": "Web (HTML · CSS · JS)", "language": "html"}},
        "cells": [
            {
                "cell_type": "code",
                "id": f"c{at}",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": text,
            }
            for at, text in enumerate(cells)
        ],
    }


def serve(folder, *options, port=None):
    """Start the course; the process and the address it prints."""
    at = str(port or free_port())
    command = [sys.executable, "-m", "codephenix", "--root", str(folder), "run", "--port", at, *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    said = ""
    for line in process.stdout:
        said += line
        if address := re.search(r"http://\S+", line):
            return process, address[0]
    raise RuntimeError(said)


def stop(process):
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def leaves(address):
    """Whether a request goes out of this machine."""
    return not address.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:"))


@contextmanager
def watched_page(chromium, viewport=WIDE):
    """A page of a French reader; at the end, it must have asked for nothing outside of this machine."""
    context = chromium.new_context(locale="fr-FR", viewport=viewport)
    page = context.new_page()
    outside = []
    page.on("request", lambda request: outside.append(request.url) if leaves(request.url) else None)
    yield page
    context.close()
    assert outside == []


def open_notebook(page, address, path):
    """Open a notebook in a workspace without any memory."""
    for _ in range(60):
        try:
            page.goto(address)
            break
        except Exception:  # noqa: BLE001  # the server is starting
            time.sleep(0.5)
    page.goto(re.sub(r"/\?", f"/lab/tree/{path}?reset&", address))
    page.locator(".jp-Notebook:visible .jp-CodeCell .cm-content").first.wait_for(timeout=READY_MS)


def shoot(page, name):
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=str(ARTEFACTS / f"{name}.png"))
