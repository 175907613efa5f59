"""The server of one person, as a process that cannot eat the machine.

Law of this module: limits are set in the new process, before anything runs in it; its kernels inherit them.
"""

from __future__ import annotations

import resource
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from jupyterhub.spawner import SimpleLocalProcessSpawner
from jupyterhub.utils import random_port
from traitlets import Any as Anything
from traitlets import Integer

from codephenix.hub.nursery import Birth, Nursery, NurseryLost, settle

OPEN_FILES = 4096


class ClassSpawner(SimpleLocalProcessSpawner):
    """Starts servers under the account of the hub, with limits, from the nursery when there is one."""

    memory_mb = Integer(1500, config=True, help="Memory of each process, in MB; 0 for no limit.")
    nursery: ClassVar[Nursery | None] = None  # not a trait: configuration is copied, a process is not
    port: int
    proc = Anything(None, allow_none=True)  # the nursery's Child, or a Popen

    @property
    def _limits(self) -> list[tuple[int, int]]:
        limits = [(resource.RLIMIT_NOFILE, OPEN_FILES), (resource.RLIMIT_CORE, 0)]
        if self.memory_mb:
            limits.append((resource.RLIMIT_DATA, self.memory_mb * 1_000_000))
        return limits

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """What a new process does first."""
        del name
        return partial(settle, self.home_dir, self._limits)

    async def start(self) -> Any:
        """Start the server; its address and port."""
        if self.nursery is None:
            return await super().start()
        self.port = self.port or random_port()
        module, *arguments = self.cmd[2:]  # after "python -m"
        birth = Birth(module, [*arguments, *self.get_args()], self.get_env(), self.home_dir, self._limits)
        try:
            self.proc = await self.nursery.bear(birth)
        except NurseryLost:
            self.log.exception("The nursery is lost: %s starts without it", self.user.name)
            return await super().start()
        self.pid = self.proc.pid
        return (self.ip or "127.0.0.1", self.port)
