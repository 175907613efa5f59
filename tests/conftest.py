"""Fixtures shared by the tests: real parts, shared where starting them costs."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONG = ("hub", "lab", "nbgrader")  # marks of tests that start servers


def pytest_collection_modifyitems(items):
    """Files that take minutes come first: a worker that meets one last leaves the others with nothing to do."""
    long = {item.path for item in items if any(map(item.get_closest_marker, LONG))}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def browser():
    from codephenix.browser import Browser

    with Browser() as shared:
        yield shared


@pytest.fixture(scope="module")
def chromium():
    """A real Chromium as a learner has one, which asks for nothing of its own accord."""
    from laboratory import started_chromium

    with started_chromium("--disable-quic", "--disable-background-networking") as started:
        yield started


@pytest.fixture(scope="module")
def space(root, tmp_path_factory):
    """A learner's folder in a copy of the course, and the address where JupyterLab serves it."""
    from laboratory import copy_course, serve, stop

    folder = copy_course(root, tmp_path_factory.mktemp("cours"))
    process, address = serve(folder)
    yield folder / ".codephenix" / "espace", address
    stop(process)
