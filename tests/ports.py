"""Ports that nobody uses, for the servers that the tests start.

They lie under those that systems draw for outgoing connections, or one of these could take a port before its server does.
"""

import random
import socket
from contextlib import ExitStack


def free_port(count=1):
    """The first of so many free ports in a row."""
    while True:
        first = random.randrange(10_000, 30_000, count)
        with ExitStack() as probes:
            try:
                for port in range(first, first + count):
                    probes.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                continue
            return first
