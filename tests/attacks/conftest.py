"""What the tests of attacks share: one browser, one service, one listener on this machine."""

import pytest
from modes import Modes, Spy


@pytest.fixture(scope="session")
def modes(browser, tmp_path_factory):
    made = Modes(browser, tmp_path_factory.mktemp("attacks"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def spy():
    listening = Spy()
    yield listening
    listening.close()
