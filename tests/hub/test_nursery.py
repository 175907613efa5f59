"""The nursery with real processes: what it forks has its own life, and nothing of the nursery's or the hub's."""

import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import time

import pytest
from processes import alive, descendants

from codephenix.hub import serve
from codephenix.hub.nursery import Birth, Nursery, NurseryLost
from codephenix.hub.spawner import ClassSpawner

LIFE = """
import json, os, resource, signal, sys, time
found = {
    "environment": dict(os.environ), "arguments": sys.argv[1:], "folder": os.getcwd(), "parent": os.getppid(),
    "leads": os.getsid(0) == os.getpid(), "files": resource.getrlimit(resource.RLIMIT_NOFILE)[0],
    "ready": "colorsys" in sys.modules, "interrupted": signal.getsignal(signal.SIGINT) is signal.default_int_handler,
    "open": sorted(os.listdir("/proc/self/fd")), "initial": open("/proc/self/environ").read(),
}
with open("dit.tmp", "w") as file:
    json.dump(found, file)
os.rename("dit.tmp", "dit.json")
time.sleep(float(sys.argv[1]))
"""
WAIT_S = 60
SERVER = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "0"]


@pytest.fixture
def nursery(tmp_path):
    (tmp_path / "vie_d_un_serveur.py").write_text(LIFE, "utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH", ""))))
    nursery = Nursery({"PATH": os.environ["PATH"], "PYTHONPATH": path, "SIGNE": "couveuse"}, ["colorsys"])
    yield nursery
    nursery.close()


def birth(home, seconds="60", **environment):
    environment = {"PATH": os.environ["PATH"], **environment}
    return Birth("vie_d_un_serveur", [seconds], environment, str(home), [(resource.RLIMIT_NOFILE, 123)])


def bear(nursery, birth):
    return asyncio.run(nursery.bear(birth))


def until(condition):
    end = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def told(home):
    until((home / "dit.json").exists)
    return json.loads((home / "dit.json").read_text("utf-8"))


def test_each_has_its_environment_folder_and_limits_and_nothing_else(nursery, tmp_path):
    homes = [tmp_path / "amina", tmp_path / "bruno"]
    children = [bear(nursery, birth(home, LOGIN=home.name)) for home in homes]
    for home, child in zip(homes, children, strict=True):
        found = told(home)
        assert found["environment"] == {"PATH": os.environ["PATH"], "LOGIN": home.name}
        assert (found["folder"], found["files"], found["arguments"]) == (str(home), 123, ["60"])
        assert (found["leads"], found["ready"], found["interrupted"]) == (True, True, True)
        assert found["parent"] == nursery.process.pid
        assert len(found["open"]) == 4  # the standard three, and the folder that is being read
        assert child.poll() is None
        os.kill(child.pid, signal.SIGKILL)


def test_the_environment_that_a_nursery_began_with_is_the_one_it_was_given(nursery, tmp_path, monkeypatch):
    monkeypatch.setenv("JETON_DU_HUB", "secret")
    child = bear(nursery, birth(tmp_path / "amina"))
    initial = told(tmp_path / "amina")["initial"]
    assert "SIGNE=couveuse" in initial
    assert "secret" not in initial
    os.kill(child.pid, signal.SIGKILL)


def test_who_has_ended_is_seen_and_leaves_no_zombie(nursery, tmp_path):
    child = bear(nursery, birth(tmp_path / "amina", "0"))
    told(tmp_path / "amina")
    until(lambda: child.poll() is not None)
    with child:
        assert child.poll() == 1
    assert child.poll() == 1
    until(lambda: child.pid not in descendants(nursery.process.pid))


def test_a_nursery_that_was_killed_is_started_again_and_its_children_live(nursery, tmp_path):
    first = bear(nursery, birth(tmp_path / "amina"))
    told(tmp_path / "amina")
    nursery.process.kill()
    nursery.process.wait()
    second = bear(nursery, birth(tmp_path / "bruno"))
    told(tmp_path / "bruno")
    assert (first.poll(), second.poll()) == (None, None)
    for child in (first, second):
        os.kill(child.pid, signal.SIGKILL)


def test_a_nursery_ends_with_its_hub_and_its_children_live(nursery, tmp_path):
    child = bear(nursery, birth(tmp_path / "amina"))
    told(tmp_path / "amina")
    pid = nursery.process.pid
    nursery._link.close()  # what the kernel does when the hub is killed
    until(lambda: not alive(pid))
    assert child.poll() is None
    os.kill(child.pid, signal.SIGKILL)


def test_a_stop_ends_what_a_hub_that_is_too_slow_to_stop_leaves_behind(monkeypatch):
    child = "subprocess.Popen(['sleep', '600'], start_new_session=True)"  # as the hub starts its proxy
    script = f"import signal, subprocess, time; signal.signal(15, signal.SIG_IGN); print({child}.pid, flush=True); time.sleep(600)"
    hub = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, start_new_session=True)
    proxy = int(hub.stdout.readline())
    monkeypatch.setattr(serve, "STOP_S", 0.1)
    serve.stop(hub)
    hub.stdout.close()
    until(lambda: not alive(proxy))


def test_without_a_nursery_a_server_starts_all_the_same(tmp_path, monkeypatch):
    lost = Nursery(os.environ, ["no_such_module"])
    with pytest.raises(NurseryLost):
        bear(lost, birth(tmp_path))

    class User:
        name = "amina"

    spawner = ClassSpawner(user=User(), home_dir_template=str(tmp_path / "{username}"), cmd=SERVER)
    monkeypatch.setattr(ClassSpawner, "nursery", lost)
    monkeypatch.setattr(spawner, "get_args", list)
    monkeypatch.setattr(spawner, "get_env", lambda: dict(os.environ))
    address, port = asyncio.run(spawner.start())
    assert (address, port > 0, alive(spawner.pid)) == ("127.0.0.1", True, True)
    os.kill(spawner.pid, signal.SIGKILL)
    spawner.proc.wait()
