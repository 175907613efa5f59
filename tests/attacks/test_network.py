"""Pages that try to reach another machine: no packet leaves, and without our flags the same pages do send some.

Watched on listeners of this machine; then in a network namespace where every address is this machine and each packet is
written down, whatever its protocol, names looked up included.
"""

import json
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from modes import ATTACKS, cells, honest

from codephenix.browser import Browser, launch

pytestmark = pytest.mark.browser

REACHES = [name for name in ATTACKS if name.startswith("reaches-")]
PROXY_PORT = 9  # nobody listens there: what would go out is refused
WIRE_S = 0.5  # what is still on its way
WAY_OUT_S = 20


def rights_in(monkeypatch, *network):
    """Start Chromium with the same rights, in another network; none: that of this machine."""
    held = launch.rights()
    rest = held.prefix[2:] if held.prefix[:2] == ("unshare", "--net") else held.prefix if held.owner else ()
    monkeypatch.setattr(launch, "rights", lambda: launch.Rights((*network, *rest), held.owner))


def without_flags(monkeypatch):
    held_back = (*launch.NO_NETWORK, *(flag for flag in launch.FLAGS if flag.startswith("--disable-features")))
    monkeypatch.setattr(launch, "FLAGS", tuple(flag for flag in launch.FLAGS if flag not in held_back))


def try_all(modes, runner, spy):
    for name in REACHES:
        assert modes.run(runner, cells(name, spy)).earned == 0
        assert modes.run(runner, honest()).earned == 4
    time.sleep(WIRE_S)


def test_nobody_comes_with_the_network_taken_away(modes, browser, spy):
    try_all(modes, browser, spy)
    assert spy.visits == []


def test_nobody_comes_with_the_flags_alone(modes, spy, monkeypatch):
    rights_in(monkeypatch)
    with Browser() as own:
        try_all(modes, own, spy)
    assert spy.visits == []


def test_without_the_flags_the_same_pages_come(modes, own_spy, monkeypatch):
    rights_in(monkeypatch)
    without_flags(monkeypatch)
    with Browser() as own:
        for name in REACHES:
            modes.run(own, cells(name, own_spy))
        wait_for(lambda: {"tcp", "udp"} <= set(own_spy.visits))


def test_with_the_flags_alone_no_packet_of_any_kind_leaves(modes, island, spy, monkeypatch):
    rights_in(monkeypatch, *island.enter)
    with Browser() as own:
        try_all(modes, own, spy)
    assert [packet for packet in island.packets() if not is_proxy(packet)] == []


def test_without_the_flags_packets_leave_and_names_are_looked_up(modes, island, spy, monkeypatch):
    rights_in(monkeypatch, *island.enter)
    without_flags(monkeypatch)
    with Browser() as own:
        for name in REACHES:
            modes.run(own, cells(name, spy))
        wait_for(
            lambda: {("tcp", spy.port), ("udp", spy.port), ("udp", 53)} <= {(p, n) for p, _, n, _ in island.packets()}
        )


def test_chromium_listens_to_nobody(modes, browser):
    modes.run(browser, honest())
    group = browser._running[1]._chromium._process.popen.pid
    inodes, pids = set(), processes_of(group)
    for pid in pids:
        for link in Path(f"/proc/{pid}/fd").glob("*"):
            with suppress(OSError):
                inodes.add(link.readlink().name.removeprefix("socket:[").removesuffix("]"))
    listening = [line.split() for line in Path(f"/proc/{pids[-1]}/net/tcp").read_text().splitlines()[1:]]
    assert len(pids) > 1
    assert [line[1] for line in listening if line[3] == "0A" and line[9] in inodes] == []


def is_proxy(packet):
    """What goes to the proxy that does not exist, and its refusal."""
    protocol, address, port, source = packet
    return protocol == "tcp" and address == "127.0.0.1" and PROXY_PORT in (port, source)


def processes_of(group):
    """Processes of a session, that of its leader last."""
    found = subprocess.run(["ps", "-o", "pid=", "-s", str(group)], check=True, capture_output=True, text=True)
    return sorted(map(int, found.stdout.split()), reverse=True)


def wait_for(condition):
    end = time.monotonic() + WAY_OUT_S
    while not condition():
        assert time.monotonic() < end, "nothing came out: these tests would see nothing"
        time.sleep(0.1)


@pytest.fixture
def own_spy():
    from modes import Spy

    listening = Spy()
    yield listening
    listening.close()


class Island:
    """A network namespace in which every packet is written down."""

    def __init__(self, process, enter):
        self._process = process
        self.enter = enter

    def packets(self):
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@pytest.fixture
def island():
    root = launch.os.geteuid() == 0
    make = ["unshare", "--net"] if root else ["unshare", "--user", "--map-root-user", "--net"]
    if (
        not shutil.which("ip")
        or subprocess.run([*make, "ip", "link", "set", "lo", "up"], check=False, capture_output=True).returncode
    ):
        pytest.skip("needs iproute2 and the right to make network namespaces")
    process = subprocess.Popen(
        [*make, sys.executable, str(Path(__file__).with_name("island.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    space = ["--net"] if root else ["--user", "--preserve-credentials", "--net"]
    yield Island(process, ("nsenter", f"--target={process.pid}", *space))
    process.stdin.close()
    process.wait()
