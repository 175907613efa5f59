"""The client of the engine's service: runs tests like ``Browser``, in the shared browser when there is one.

    CODEPHENIX_ENGINE names a socket that answers     the run goes there
    no such variable, or nobody behind the socket     a browser of our own, started at the first test

Law of this module: without a service everything works as before; a service that refuses is a problem said in French.
"""

from __future__ import annotations

import base64
import getpass
import http.client
import json
import os
import socket
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from codephenix.browser import Browser
from codephenix.browser.view import home_page
from codephenix.results import TestResult, TestRun
from codephenix.site import Site

VARIABLE = "CODEPHENIX_ENGINE"
ANSWER_S = 180.0  # waiting in the queue included
CONNECT_S = 2.0
POLL_S = 0.05


class Unreachable(Exception):
    """Nobody answers behind the socket."""


class Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=ANSWER_S)
        self._path = path

    def connect(self) -> None:
        """Connect to the socket. Raises OSError."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(CONNECT_S)
        self.sock.connect(str(self._path))
        self.sock.settimeout(ANSWER_S)


class SharedBrowser:
    """Tests run by the service, or by a browser of our own where there is none."""

    def __init__(self, client: str = "") -> None:
        """``client`` names who waits in the service's queue; the hub's user and this process unless said."""
        self._client = client or f"{os.environ.get('JUPYTERHUB_USER') or getpass.getuser()}-{os.getpid()}"
        self._own = Browser()
        self._pool = ThreadPoolExecutor(4, thread_name_prefix="codephenix-remote")

    def run(self, site: Site, script: str, name: str, *, cancel: threading.Event | None = None) -> TestRun:
        """Run a test cell on a site, as ``Browser.run`` does, and with the same exceptions."""
        address = os.environ.get(VARIABLE, "")
        if address:
            with suppress(Unreachable):
                return self._shared(Path(address), request(site, script, name), cancel)
        return self._own.run(site, script, name, cancel=cancel)

    def _shared(self, path: Path, body: bytes, cancel: threading.Event | None) -> TestRun:
        connection = Connection(path)
        answer: Future[TestRun] = self._pool.submit(_ask, connection, body, self._client)
        while True:
            try:
                return answer.result(POLL_S if cancel else None)
            except TimeoutError:
                if answer.done():
                    raise
            if cancel is not None and cancel.is_set():
                if connection.sock is not None:
                    with suppress(OSError):
                        connection.sock.shutdown(socket.SHUT_RDWR)  # the service sees its client leave
                return TestRun(problem="Les tests ont été interrompus.")

    def close(self) -> None:
        """End our own browser, if it was ever started."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._own.close()


def request(site: Site, script: str, name: str) -> bytes:
    """A run as the service reads it: the cells' files, and all that their pages can reach."""
    files = dict(site.files)
    home = home_page(site, name)
    for page in (*site.pages, *([home] if home else [])):
        files |= site.bundle(page)
    encoded = {path: base64.b64encode(file.content).decode("ascii") for path, file in files.items()}
    return json.dumps({"files": encoded, "script": script, "name": name}).encode()


def _ask(connection: Connection, body: bytes, client: str) -> TestRun:
    """Send a request and read its answer. Raises Unreachable."""
    try:
        connection.request("POST", "/run", body, {"Content-Type": "application/json", "X-Client": client})
        response = connection.getresponse()
        data = json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise Unreachable from fault
    finally:
        connection.close()
    return from_json(data) if response.status == 200 else TestRun(problem=str(data.get("message", "")))


def from_json(data: dict[str, Any]) -> TestRun:
    """A run from the service's answer."""
    return TestRun(
        tuple(TestResult.from_json(result) for result in data["results"]),
        problem=str(data["problem"]),
        duration_ms=int(data["duration_ms"]),
    )


def health(path: Path) -> dict[str, Any]:
    """How busy a service is. Raises Unreachable."""
    connection = Connection(path)
    try:
        connection.request("GET", "/health")
        found: dict[str, Any] = json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise Unreachable from fault
    else:
        return found
    finally:
        connection.close()
