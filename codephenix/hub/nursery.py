"""The nursery: a process that has imported all that a person's server needs, and forks each server when it is asked.

    hub ── socket ── nursery ─┬─ server of alice
                              └─ server of bilal

A forked server starts in a third of the time, and shares with the others the memory of what is imported: figures are in
docs/hub.md.

Law of this module: the nursery is told nothing but whom to fork, holds no secret, serves nobody, and ends with the hub.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import json
import os
import random
import resource
import runpy
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BufferedRWPair
from pathlib import Path
from types import TracebackType
from typing import Self

PRELOADED = (
    "jupyterhub.singleuser",
    "jupyterlab.labapp",
    "jupyterlab.extensions.manager",
    "nbconvert.nbconvertapp",
    "nbgrader.server_extensions.validate_assignment",
    "codephenix.server",
    "codephenix.hub.config",
)


class NurseryLost(Exception):
    """The nursery ended or cannot be heard."""


@dataclass(frozen=True)
class Birth:
    """A process to be: a Python module with its arguments, its whole environment, its folder and its limits."""

    module: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    home: str
    limits: Sequence[tuple[int, int]]  # resource.RLIMIT_…, most


def settle(home: str, limits: Sequence[tuple[int, int]]) -> None:
    """Give this process its folder and its limits, which its children inherit."""
    Path(home).mkdir(parents=True, exist_ok=True)
    os.chdir(home)
    for kind, most in limits:
        _, hard = resource.getrlimit(kind)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (wanted, wanted))


class Child:
    """A process that the nursery forked, seen from the hub as ``subprocess.Popen`` shows one."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        try:
            self._handle = os.pidfd_open(pid)
        except ProcessLookupError:
            self._handle = -1

    def poll(self) -> int | None:
        """None while it runs; 1 when it has ended, for nobody but the nursery knows how."""
        if self._handle < 0:
            return 1
        ended, _, _ = select.select([self._handle], [], [], 0)
        return 1 if ended else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


class Nursery:
    """The hub's end: starts the process, and starts it again when it was lost."""

    def __init__(self, environment: Mapping[str, str], preloaded: Sequence[str] = PRELOADED) -> None:
        self._environment, self._preloaded = dict(environment), preloaded
        self._link: socket.socket | None = None
        self._turn = asyncio.Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, which does not wait until it is ready."""
        self.close()
        self._link, other = socket.socketpair()
        self._link.setblocking(False)  # noqa: FBT003  # the standard library's
        command = [sys.executable, "-P", "-m", "codephenix.hub.nursery", str(other.fileno()), *self._preloaded]
        with other:
            self.process = subprocess.Popen(
                command, env=self._environment, stdin=subprocess.DEVNULL, pass_fds=[other.fileno()]
            )

    async def bear(self, birth: Birth) -> Child:
        """Fork a process. Raises NurseryLost."""
        async with self._turn:
            if self._link is None or self.process is None or self.process.poll() is not None:
                self.start()
            try:
                return Child(await self._ask(json.dumps(asdict(birth)).encode() + b"\n"))
            except (OSError, ValueError) as fault:
                self.close()
                raise NurseryLost from fault

    async def _ask(self, question: bytes) -> int:
        assert self._link is not None
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(self._link, question)
        said = b""
        while not said.endswith(b"\n"):
            part = await loop.sock_recv(self._link, 100)
            if not part:
                raise ConnectionResetError
            said += part
        return int(said)

    def close(self) -> None:
        """End it; what it forked lives on."""
        if self._link is not None:
            self._link.close()
            self._link = None
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def main() -> None:
    """Import, then fork; what follows in a forked process is its own life."""
    link, preloaded = socket.socket(fileno=int(sys.argv[1])), sys.argv[2:]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the hub, which closes the link
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # so that the dead do not stay
    for name in preloaded:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # a collection would write to every page that is shared
    with link, link.makefile("rwb") as stream:
        birth = _fork(stream)
    if birth is not None:
        _live(birth)


def _fork(stream: BufferedRWPair) -> Birth | None:
    """Fork for each line that comes; its birth in a forked process, None in the nursery, at the end."""
    for line in stream:
        pid = os.fork()
        if pid == 0:
            return Birth(**json.loads(line))
        stream.write(b"%d\n" % pid)
        stream.flush()
    return None


def _live(birth: Birth) -> None:
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    settle(birth.home, birth.limits)
    os.environ.clear()
    os.environ.update(birth.environment)
    random.seed()
    sys.argv = [birth.module, *birth.arguments]
    runpy.run_module(birth.module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
