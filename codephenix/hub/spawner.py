"""The server of one person, as a process that cannot eat the machine.

Law of this module: limits are set in the new process, before anything runs in it; its kernels inherit them.
"""

from __future__ import annotations

import resource
from collections.abc import Callable

from jupyterhub.spawner import SimpleLocalProcessSpawner
from traitlets import Integer

OPEN_FILES = 4096


class ClassSpawner(SimpleLocalProcessSpawner):
    """Starts servers under the account of the hub, with limits."""

    memory_mb = Integer(1500, config=True, help="Memory of each process, in MB; 0 for no limit.")

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """What the new process does first."""
        before = super().make_preexec_fn(name)
        limits = [(resource.RLIMIT_NOFILE, OPEN_FILES), (resource.RLIMIT_CORE, 0)]
        if self.memory_mb:
            limits.append((resource.RLIMIT_DATA, self.memory_mb * 1_000_000))

        def limit() -> None:
            before()
            for kind, most in limits:
                _, hard = resource.getrlimit(kind)
                wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
                resource.setrlimit(kind, (wanted, wanted))

        return limit
