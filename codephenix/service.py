"""The test engine as a service: every learner's kernel shares one warm browser, behind a Unix socket.

    kernel ──POST /run──▶ queue, one lane per client ──▶ Engine (one Chromium, fresh page per run) ──▶ verdicts
           ◀──── 503 «Le correcteur est très demandé…» when the queue is full

    POST /run      {"files": {path: base64}, "script": "…", "name": "carte.test.js"}  →  a TestRun as JSON
    GET  /health   {"waiting": 0, "running": 0}

Stateless: a run is all in its request, so that any number of services may stand side by side. The Chromium that dies is
started again by the engine; a client that hangs up stops its run.

Law of this module: no client waits for another's second run while its first has not begun; what is refused is said in
French; nothing a client sends is run outside the browser or kept after its answer.
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import os
import signal
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_unix_socket
from tornado.web import Application, RequestHandler

from codephenix.browser.engine import PARALLEL, Engine
from codephenix.browser.errors import BrowserGone, BrowserMissing
from codephenix.results import TestRun
from codephenix.site import File, Site

log = logging.getLogger(__name__)

MAX_REQUEST_BYTES = 12_000_000
MAX_WAITING = 64  # runs of everybody
MAX_LANE = 4  # runs of one client
RUN_S = 60.0  # a run that takes longer has lost its engine
BUSY = "Le correcteur est très demandé. Attendez quelques secondes, puis exécutez de nouveau la cellule."
YOURS = "Vous avez déjà plusieurs tests en attente. Attendez leur résultat, puis recommencez."


class Full(Exception):
    """Why a run is refused; the message is French."""


@dataclass
class Lanes:
    """Runs that wait, one lane per client, served in turn."""

    most: int = MAX_WAITING
    most_each: int = MAX_LANE
    _lanes: OrderedDict[str, deque[asyncio.Future[None]]] = field(default_factory=OrderedDict)
    _running: int = 0

    @property
    def waiting(self) -> int:
        """How many runs have not begun."""
        return sum(map(len, self._lanes.values()))

    @property
    def running(self) -> int:
        """How many runs are under way."""
        return self._running

    async def run(self, client: str, job: Callable[[], Awaitable[TestRun]], places: int = PARALLEL) -> TestRun:
        """Run a job when its turn comes. Raises Full."""
        if self._running < places and not self._lanes:
            self._running += 1
        else:
            await self._wait(client)
        try:
            return await job()
        finally:
            self._running -= 1
            self._next()

    async def _wait(self, client: str) -> None:
        if self.waiting >= self.most:
            raise Full(BUSY)
        lane = self._lanes.setdefault(client, deque())
        if len(lane) >= self.most_each:
            raise Full(YOURS)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # its turn came while its client left
                self._running -= 1
                self._next()
            elif turn in lane:
                lane.remove(turn)
                self._tidy(client)
            raise

    def _next(self) -> None:
        """Give the free place to the lane that was served longest ago."""
        while self._lanes:
            client, lane = self._lanes.popitem(last=False)
            turn = lane.popleft()
            if lane:
                self._lanes[client] = lane  # behind the others
            if not turn.done():
                self._running += 1
                turn.set_result(None)
                return

    def _tidy(self, client: str) -> None:
        if not self._lanes.get(client, True):
            del self._lanes[client]


class Run(RequestHandler):
    """One test cell on one site."""

    task: asyncio.Task[TestRun] | None = None

    def initialize(self, engine: Engine, lanes: Lanes) -> None:
        """Take what the service shares."""
        self.engine, self.lanes = engine, lanes

    async def post(self) -> None:
        """Answer with the run, 400 for a request that is not one, 503 when there is no room."""
        try:
            site, script, name = read_request(self.request.body)
        except ValueError as fault:
            self._refuse(400, f"Demande illisible ({fault}).")
            return
        client = self.request.headers.get("X-Client", "")[:100]
        self.task = asyncio.ensure_future(self._turn(client, site, script, name))
        try:
            self.write(to_json(await self.task))
        except Full as full:
            self._refuse(503, str(full))
        except (BrowserGone, BrowserMissing) as problem:
            self._refuse(500, str(problem))
        except TimeoutError:
            self._refuse(500, "Le correcteur n’a pas répondu. Exécutez de nouveau la cellule.")
        except asyncio.CancelledError:
            log.info("client gone")

    async def _turn(self, client: str, site: Site, script: str, name: str) -> TestRun:
        async def job() -> TestRun:
            async with asyncio.timeout(RUN_S):
                return await self.engine.run(site, script, name)

        return await self.lanes.run(client, job)

    def on_connection_close(self) -> None:
        """The client is gone: its run has no reader."""
        if self.task is not None:
            self.task.cancel()

    def _refuse(self, status: int, message: str) -> None:
        self.set_status(status)
        self.write({"message": message})


class Health(RequestHandler):
    """Whether the service lives, and how busy it is."""

    def initialize(self, lanes: Lanes) -> None:
        """Take what the service shares."""
        self.lanes = lanes

    def get(self) -> None:
        """Answer at once."""
        self.write({"waiting": self.lanes.waiting, "running": self.lanes.running})


def read_request(body: bytes) -> tuple[Site, str, str]:
    """Site, script and name of a request. Raises ValueError."""
    data = json.loads(body)
    try:
        files = {str(path): File(str(path), base64.b64decode(content)) for path, content in data["files"].items()}
        script, name = data["script"], data["name"]
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(type(fault).__name__) from fault
    if not isinstance(script, str) or not isinstance(name, str):
        raise ValueError("script, name")  # noqa: TRY004  # one exception for a request that is not one
    return Site(files), script, name


def to_json(run: TestRun) -> dict[str, Any]:
    """A run as ``from_json`` of ``remote`` reads it."""
    return {**asdict(run), "results": [asdict(result) for result in run.results]}


class Service:
    """The server around one engine; everything in one event loop."""

    def __init__(self, socket: Path, engine: Engine, lanes: Lanes | None = None) -> None:
        self.socket = socket
        self.engine = engine
        self.lanes = lanes or Lanes()
        shared: dict[str, Any] = {"lanes": self.lanes}
        routes: list[Any] = [("/run", Run, {"engine": engine, **shared}), ("/health", Health, shared)]
        self._server = HTTPServer(
            Application(routes, log_function=_quiet), max_body_size=MAX_REQUEST_BYTES, idle_connection_timeout=60
        )

    def start(self) -> None:
        """Listen; the socket is for this account and its group."""
        self.socket.parent.mkdir(parents=True, exist_ok=True)
        self._server.add_socket(bind_unix_socket(str(self.socket), mode=0o660))

    async def stop(self) -> None:
        """Stop listening, end Chromium, remove the socket."""
        self._server.stop()
        await self._server.close_all_connections()
        await self.engine.stop()
        self.socket.unlink(missing_ok=True)


def _quiet(_handler: RequestHandler) -> None:
    """Log no request: a refusal is for its client."""


async def serve(socket: Path) -> None:
    """Serve until SIGTERM or SIGINT."""
    service = Service(socket, Engine(None))
    service.start()
    end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, end.set)
    print(f"Le correcteur écoute sur {socket} (processus {os.getpid()}).", flush=True)
    await end.wait()
    await service.stop()
