"""A class that is saved while it works, lost, and put back on another machine; over HTTPS as in the room."""

import json
import os
import shutil
import signal
import sqlite3
import ssl
import tarfile
from contextlib import closing

import httpx
import pytest
from assignments import WEEK
from hubs import READY_S, Hub, Person, small_course

from codephenix.hub import backup
from codephenix.hub.settings import HubProblem

pytestmark = pytest.mark.hub


class SafeHub(Hub):
    """A class served over HTTPS."""

    def __init__(self, folder):
        super().__init__(folder)
        with (folder / "hub.toml").open("a") as settings:
            settings.write("https = true\n[limits]\nfolder_mb = 30\n")
        self.address = self.address.replace("http:", "https:")

    @property
    def trust(self):
        return ssl.create_default_context(cafile=self.folder / ".codephenix" / "hub" / "https" / "autorite.crt")


class SafePerson(Person):
    """Someone whose browser knows the authority of the room."""

    def __init__(self, hub, login):
        super().__init__(hub, login)
        self.http = httpx.Client(base_url=hub.address, follow_redirects=True, timeout=READY_S, verify=hub.trust)


def kill(hub):
    os.killpg(hub.process.pid, signal.SIGKILL)  # codephenix serve; the hub has a session of its own
    hub.process.wait()
    for line in (hub.folder / ".codephenix" / "hub").glob("*.pid"):
        os.kill(int(line.read_text()), signal.SIGKILL)


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    """A class, then the same on another machine, and what happened in between."""
    first = tmp_path_factory.mktemp("salle")
    small_course(first)
    hub = SafeHub(first)
    hub.start()
    other = None
    try:
        amina = SafePerson(hub, "amina").sign_in()
        said = {"plain": amina.http.cookies.jar, "write": amina.write("exercices/notes.txt", "À relire")}
        path = f"exercices/{WEEK}/carte.ipynb"
        said["hand in"] = amina.post("codephenix/rendre", content=json.dumps({"path": path}))
        said["too much"] = [amina.write(f"exercices/gros-{number}.txt", "x" * 9_000_000) for number in range(5)]
        for big in (hub.space("amina") / "exercices").glob("gros-*"):
            big.unlink()
        target = first / "classe.tar.gz"
        said["backup"] = json.loads(hub.command("backup", "--to", str(target), "--json"))
        hub.stop()
        second = tmp_path_factory.mktemp("autre")
        small_course(second)
        shutil.rmtree(second / "release")
        other = SafeHub(second)
        own = (second / "hub.toml").read_text()
        said["restore"] = json.loads(other.command("restore", str(target), "--json"))
        (second / "hub.toml").write_text(own)  # other ports: both are on one machine here
        other.passwords = hub.passwords
        other.start()
        yield hub, other, said
    finally:
        for one in filter(None, (hub, other)):
            if one.process.poll() is None:
                one.stop()


def test_work_goes_on_after_a_restore(classes):
    _, other, said = classes
    assert said["write"].status_code == 201
    assert "est rendu" in said["hand in"].json()["message"]
    amina = SafePerson(other, "amina").sign_in()  # the password is still the same
    assert amina.get("api/contents/exercices/notes.txt").json()["content"] == "À relire"
    assert json.loads(other.command("collect", WEEK, "--json"))["done"] == ["amina"]


def test_the_connection_is_encrypted(classes):
    _, other, _ = classes
    with pytest.raises(httpx.ConnectError):
        httpx.get(other.address)  # an authority that nobody installed
    page = httpx.get(f"{other.address}/hub/login", verify=other.trust)
    assert page.status_code == 200
    assert all("Secure" in cookie for cookie in page.headers.get_list("set-cookie"))
    key = other.folder / ".codephenix" / "hub" / "https" / "classe.key"
    assert key.stat().st_mode & 0o077 == 0


def test_a_full_folder_is_refused_in_french(classes):
    _, _, said = classes
    codes = [answer.status_code for answer in said["too much"]]
    assert codes[:3] == [201, 201, 201]
    assert codes[-1] == 507
    assert "plein" in said["too much"][-1].json()["message"]


def test_an_archive_is_private_and_complete(classes):
    hub, other, said = classes
    target = hub.folder / "classe.tar.gz"
    assert target.stat().st_mode & 0o077 == 0
    assert said["restore"]["count"] == said["backup"]["count"]
    with tarfile.open(target) as archive:
        names = set(archive.getnames())
    for wanted in ("gradebook.db", ".codephenix/hub/jupyterhub.sqlite", ".codephenix/hub/roster.json", "hub.toml"):
        assert wanted in names
    assert not [name for name in names if name.endswith((".sock", "-wal", "hub.log"))]
    with closing(sqlite3.connect(other.folder / "gradebook.db")) as gradebook:
        assert gradebook.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_class_is_never_overwritten(classes):
    hub, other, _ = classes
    before = (other.folder / "gradebook.db").stat().st_mtime_ns
    with pytest.raises(HubProblem, match="Il y a déjà une classe"):
        backup.restore(other.folder, hub.folder / "classe.tar.gz")
    assert (other.folder / "gradebook.db").stat().st_mtime_ns == before


@pytest.mark.parametrize("content", [b"", b"not an archive", None])
def test_a_broken_archive_changes_nothing(tmp_path, content):
    broken = tmp_path / "x.tar.gz"
    if content is None:
        with tarfile.open(broken, "w:gz") as archive:
            archive.add(__file__, "gradebook.db")
    else:
        broken.write_bytes(content)
    root = tmp_path / "neuf"
    root.mkdir()
    with pytest.raises(HubProblem, match="Rien n’est changé"):
        backup.restore(root, broken)
    assert list(root.iterdir()) == []


def test_an_archive_writes_nothing_outside(tmp_path):
    bad = tmp_path / "bad.tar.gz"
    with tarfile.open(bad, "w:gz") as archive:
        backup._write_about(archive)
        archive.add(__file__, "../../evil.txt")
    root = tmp_path / "a" / "b"
    root.mkdir(parents=True)
    with pytest.raises(HubProblem):
        backup.restore(root, bad)
    assert not (tmp_path / "evil.txt").exists()


def test_nothing_to_save_is_said(tmp_path):
    with pytest.raises(HubProblem, match="Aucune classe"):
        backup.save(tmp_path, tmp_path / "x.tar.gz")
    assert not (tmp_path / "x.tar.gz").exists()
