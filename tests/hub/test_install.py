"""One account for each: the rights of a class, tried under real users; what systemd is told.

systemd itself does not run where the tests do: starting the service there is documented as untried.
"""

import os
import sys
from datetime import date
from pathlib import Path

import pytest
from assignments import WEEK, write_week
from processes import as_user

from codephenix import review
from codephenix.classroom import Classroom
from codephenix.hub import install
from codephenix.hub.settings import HubProblem, Places, Settings, loads

USERS = {"formateur": 61_000, "amina": 61_001, "bruno": 61_002}
ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as other users")


@pytest.fixture
def room(tmp_path):
    """A class in which Amina handed in, with the rights of ``install``."""
    for parent in (tmp_path, *tmp_path.parents):
        if parent == Path("/tmp"):  # pytest's own folders are private
            break
        parent.chmod(0o755)
    folder = tmp_path / "room"
    classroom = Classroom.create(folder, write_week(tmp_path / "weeks"))
    classroom.generate(WEEK)
    places = Places(folder)
    exchange = places.exchange / "codephenix"
    install.prepare(folder, ["amina", "bruno"])
    (places.hub / "cookie_secret").write_text("secret")
    for login in ("amina", "bruno"):
        (places.space(login) / WEEK).mkdir(parents=True)
        (places.space(login) / WEEK / "carte.ipynb").write_text(f"work of {login}")
    (exchange / "outbound" / WEEK).mkdir()
    (exchange / "outbound" / WEEK / "carte.ipynb").write_text("released")
    ids = {login: (number, number) for login, number in USERS.items()} | {"root": (0, 0)}
    wanted = list(install.rights(folder, "formateur", ["amina", "bruno"]))
    readers = dict.fromkeys(("amina", "bruno"), USERS["formateur"])
    install.apply(wanted, ids, readers)
    return folder, lambda: install.apply(wanted, ids, readers)


def read(path):
    return lambda: path.read_text()


def names(path):
    return lambda: sorted(one.name for one in path.iterdir())


@ROOT_ONLY
def test_each_reads_their_own_and_nothing_else(room):
    folder, _ = room
    places = Places(folder)
    work = places.space("amina") / WEEK / "carte.ipynb"
    gradebook = folder / "gradebook.db"
    solution = folder / "source" / WEEK / "carte.ipynb"
    secret = places.hub / "cookie_secret"
    assert as_user(USERS["amina"], read(work)) == "work of amina"
    assert (
        as_user(USERS["amina"], read(places.exchange / "codephenix" / "outbound" / WEEK / "carte.ipynb")) == "released"
    )
    assert as_user(USERS["formateur"], gradebook.read_bytes)
    assert as_user(USERS["formateur"], read(solution))
    for user, closed in (
        ("bruno", read(work)), ("bruno", names(places.home("amina"))), ("amina", gradebook.read_bytes),
        ("amina", read(solution)), ("amina", read(secret)), ("amina", names(folder / "submitted")),
        ("amina", names(folder)), ("amina", names(places.root / ".codephenix" / "learners")),
        ("formateur", read(secret)), ("formateur", names(places.home("amina"))),
    ):  # fmt: skip
        with pytest.raises(PermissionError):
            as_user(USERS[user], closed)


@ROOT_ONLY
def test_a_submission_is_put_in_and_read_by_the_trainer_only(room):
    folder, _ = room
    inbound = Places(folder).exchange / "codephenix" / "inbound"
    name = f"amina+{WEEK}+2026-01-05 09:00:00 UTC+abc"

    def hand_in():
        (inbound / ".arriving" / name).mkdir()
        (inbound / ".arriving" / name / "carte.ipynb").write_text("answer")
        (inbound / ".arriving" / name).rename(inbound / name)

    as_user(USERS["amina"], hand_in)
    assert as_user(USERS["formateur"], names(inbound)) == sorted([".arriving", name])
    assert as_user(USERS["formateur"], read(inbound / name / "carte.ipynb")) == "answer"
    assert (inbound / name).stat().st_uid == USERS["amina"], "who handed in is known"
    with pytest.raises(PermissionError):
        as_user(USERS["bruno"], names(inbound))
    with pytest.raises(PermissionError):  # the sticky bit: even with its name
        as_user(USERS["bruno"], lambda: (inbound / name).rename(inbound / f"bruno{name}"))


@ROOT_ONLY
def test_the_cards_are_kept_by_the_learner_and_read_by_the_trainer(room):
    folder, _again = room
    _journal, path = install.own_files(folder, "amina")
    deck = review.Deck()
    deck.meet([review.Card("a", "Une question", "Une réponse")], "Leçon", date(2026, 11, 2))
    as_user(USERS["amina"], lambda: review.save(deck, path))
    assert as_user(USERS["formateur"], lambda: list(review.load(path).cards)) == ["a"]
    with pytest.raises(PermissionError):
        as_user(USERS["bruno"], read(path))


@ROOT_ONLY
def test_the_journal_is_written_by_the_learner_and_read_by_the_trainer(room):
    folder, again = room
    journal, _ = install.own_files(folder, "amina")
    as_user(USERS["amina"], lambda: journal.write_text("{}\n"))
    assert as_user(USERS["formateur"], read(journal)) == "{}\n"
    with pytest.raises(PermissionError):
        as_user(USERS["bruno"], read(journal))
    before = {path: (path.lstat().st_mode, path.lstat().st_uid) for path in folder.rglob("*")}
    again()
    assert {path: (path.lstat().st_mode, path.lstat().st_uid) for path in folder.rglob("*")} == before


@ROOT_ONLY
def test_rights_never_follow_a_link(room, tmp_path):
    folder, again = room
    outside = tmp_path / "outside"
    outside.write_text("of root")
    (Places(folder).space("amina") / "link").symlink_to(outside)
    again()
    assert outside.stat().st_uid == 0


def test_an_account_of_the_machine_is_refused():
    with pytest.raises(HubProblem, match="déjà un compte de cette machine"):
        install.check(["amina", "daemon"], dry=True)


def test_a_dry_run_changes_nothing(tmp_path):
    steps = list(install.install(tmp_path, Settings(accounts="each"), ["amina-essai"], lan=True, dry=True))
    assert any("amina-essai" in step for step in steps)
    assert list(tmp_path.iterdir()) == []


def test_without_systemd_nothing_is_changed(tmp_path):
    if Path("/run/systemd/system").is_dir():
        pytest.skip("systemd runs here")
    with pytest.raises(HubProblem, match="Rien n’est changé"):
        list(install.install(tmp_path, Settings(accounts="each"), ["amina-essai"], lan=True, dry=False))
    assert list(tmp_path.iterdir()) == []


def test_the_service_and_its_limits(tmp_path):
    text = install.unit(tmp_path, lan=True)
    assert f"ExecStart={sys.executable} -m codephenix --root {tmp_path} serve --lan" in text
    limits = install.spawner(tmp_path, Settings(memory_mb=700))
    assert limits["mem_limit"] == "700M"
    assert limits["unit_extra_properties"]["IPAddressDeny"] == "any"
    assert str(tmp_path / "source") in limits["unit_extra_properties"]["InaccessiblePaths"]


def test_the_settings_say_which_level():
    assert loads('[server]\naccounts = "each"').accounts == "each"
    with pytest.raises(HubProblem, match="accounts"):
        loads('[server]\naccounts = "many"')
