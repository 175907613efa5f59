"""One running class with real accounts, shared by all the attacks of this folder."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))  # the helpers of the tests above are found from here too


@pytest.fixture(scope="session")
def hub(tmp_path_factory):
    from hubs import Hub, small_course

    folder = tmp_path_factory.mktemp("salle")
    small_course(folder)
    hub = Hub(folder)
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture(scope="session")
def people(hub):
    """Whoever is asked for, signed in once."""
    from hubs import Person

    class People(dict):
        def __missing__(self, login):
            self[login] = Person(hub, login).sign_in()
            return self[login]

    return People()


@pytest.fixture(scope="session")
def amina(people):
    return people["amina"]


@pytest.fixture(scope="session")
def bruno(people):
    return people["bruno"]


@pytest.fixture(scope="session")
def trainer(people):
    return people["formateur"]


@pytest.fixture
def canary(tmp_path):
    """A file that exists only if code ran on the machine."""
    return tmp_path / "canary"
