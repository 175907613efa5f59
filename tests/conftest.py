"""Fixtures shared by the tests: real parts, shared where starting them costs."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def browser():
    from codephenix.browser import Browser

    with Browser() as shared:
        yield shared
