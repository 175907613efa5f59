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
