"""Chrome DevTools Protocol over a pipe: JSON messages, each ended by a zero byte.

Law of this module: it knows messages, sessions and nothing of pages or tests. Everything runs in one event loop.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from codephenix.browser.errors import ChromiumDied, CommandFailed, PageFlooded, PageGone
from codephenix.browser.launch import Process

Params = dict[str, Any]
Handler = Callable[[Params], None]

MAX_MESSAGE_BYTES = 64_000_000  # a page may log a string of any length; past this a message is dropped
MAX_VALUE_BYTES = 2_000_000  # of a value that a function of the page returns
MAX_EVENTS, MAX_EVENTS_BYTES = (
    20_000,
    100_000_000,
)  # of one page: one pipe serves all, and more would hold up the others
CONSOLE_START = b'{"method":"Runtime.consoleAPICalled","params":{"type":"'
MAX_CONSOLE_BYTES = 1_000_000  # a longer line of the console is not read: a page would spend our time, not its own


@dataclass
class Session:
    """One conversation: with the browser itself (no id) or with one page."""

    connection: Connection
    id: str = ""
    handlers: dict[str, Handler] = field(default_factory=dict)
    ended: Exception | None = None  # why no command can be sent any more
    deaf: bool = False  # True: console messages are thrown away unread, but for errors
    deaf_to_errors: bool = False  # True: errors of the console as well
    events: int = 0  # since the page was opened
    events_bytes: int = 0

    def send(self, method: str, params: Params | None = None) -> asyncio.Future[Params]:
        """Send a command; the future holds its result."""
        return self.connection.send(self, method, params or {})

    def listen(self) -> None:
        """Hear everything again: another page begins."""
        self.deaf = self.deaf_to_errors = False
        self.events = self.events_bytes = 0

    def hear(self, size: int) -> None:
        """Count an event of so many bytes; a page that says too much is given up."""
        self.events += 1
        self.events_bytes += size
        if self.id and (self.events > MAX_EVENTS or self.events_bytes > MAX_EVENTS_BYTES):
            self.end(PageFlooded())

    def end(self, reason: Exception) -> None:
        """Let every command still waiting fail for this reason."""
        self.ended = self.ended or reason
        self.connection.abandon(self, reason)
        if "ended" in self.handlers:
            self.handlers["ended"]({})


class Connection(asyncio.Protocol):
    """The pipe to one Chromium; ``browser`` is the session of the browser itself."""

    def __init__(self) -> None:
        self.browser = Session(self)
        self.browser.handlers["Target.detachedFromTarget"] = self._detached
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sessions = {"": self.browser}
        self._waiting: dict[int, tuple[Session, asyncio.Future[Params]]] = {}
        self._numbers = itertools.count(1)
        self._buffer = bytearray()
        self._skipping = False
        self._read: asyncio.ReadTransport | None = None
        self._write: asyncio.WriteTransport | None = None

    async def attach(self, process: Process) -> None:
        """Take over the pipe of a process that was just started."""
        loop = asyncio.get_running_loop()
        self._read, _ = await loop.connect_read_pipe(lambda: self, process.popen.stdout)
        self._write, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, process.popen.stdin)

    def session(self, session_id: str) -> Session:
        """Start listening to a page."""
        self._sessions[session_id] = Session(self, session_id)
        return self._sessions[session_id]

    def send(self, session: Session, method: str, params: Params) -> asyncio.Future[Params]:
        """Send a command in a session."""
        future: asyncio.Future[Params] = asyncio.get_running_loop().create_future()
        future.add_done_callback(_look_at)
        if session.ended or self.closed.done() or self._write is None:
            future.set_exception(session.ended or ChromiumDied())
            return future
        number = next(self._numbers)
        message: Params = {"id": number, "method": method, "params": params}
        if session.id:
            message["sessionId"] = session.id
        self._waiting[number] = (session, future)
        self._write.write(json.dumps(message, separators=(",", ":")).encode() + b"\0")
        return future

    def abandon(self, session: Session, reason: Exception) -> None:
        """Fail what waits in a session, and forget it."""
        self._sessions.pop(session.id, None)
        for number in [number for number, (owner, _) in self._waiting.items() if owner is session]:
            _, future = self._waiting.pop(number)
            if not future.done():
                future.set_exception(reason)

    def _detached(self, params: Params) -> None:
        session = self._sessions.get(params["sessionId"])
        if session is not None:
            session.end(PageGone())

    def close(self) -> None:
        """Close the pipe, which ends Chromium; what waits fails at once.

        Both ends leave the loop here: the next Chromium may be given the same file descriptors.
        """
        if self._read is not None:
            self._read.close()
        if self._write is not None and not self._write.is_closing():
            self._write.abort()
        self.connection_lost(None)

    def data_received(self, data: bytes) -> None:
        """Cut the stream into messages."""
        first, *rest = data.split(b"\0")
        for piece in rest:
            self._grow(first)
            message, self._buffer = bytes(self._buffer), bytearray()
            if not self._skipping:
                self._receive(message)
            self._skipping, first = False, piece
        self._grow(first)

    def _grow(self, piece: bytes) -> None:
        if len(self._buffer) + len(piece) > MAX_MESSAGE_BYTES:
            self._skipping = True
            self._buffer.clear()
        if not self._skipping:
            self._buffer += piece

    def _receive(self, raw: bytes) -> None:
        if raw.startswith(CONSOLE_START):
            if self._unwanted(raw):
                return  # a million console.log: reading the JSON of each would take longer than the page
            raw = _shortened(raw)
        message = _too_large(raw) or json.loads(raw)
        if "id" in message:
            self._settle(message)
            return
        session = self._sessions.get(message.get("sessionId", ""))
        if session is None:
            return
        handler = session.handlers.get(message["method"])
        if handler is not None:
            handler(message.get("params", {}))
        session.hear(len(raw))

    def _unwanted(self, raw: bytes) -> bool:
        owner = raw[raw.rfind(b'"sessionId":"') + 13 : -2].decode("ascii", "replace")
        session = self._sessions.get(owner)
        if session is None:
            return True
        session.hear(len(raw))
        return session.deaf_to_errors if raw.startswith(b'error"', len(CONSOLE_START)) else session.deaf

    def _settle(self, message: Params) -> None:
        _, future = self._waiting.pop(message["id"], (None, None))
        if future is None or future.done():
            return
        if "error" in message:
            future.set_exception(CommandFailed(message["error"].get("message", "")))
        else:
            future.set_result(message.get("result", {}))

    def connection_lost(self, _exc: Exception | None) -> None:
        """Chromium ended: everything that waits fails."""
        if not self.closed.done():
            self.closed.set_result(None)
        for session in list(self._sessions.values()):
            session.end(ChromiumDied())


def _shortened(raw: bytes) -> bytes:
    """A line of the console; when it is far too long, the same without what it says."""
    if len(raw) <= MAX_CONSOLE_BYTES:
        return raw
    level = raw[len(CONSOLE_START) :].partition(b'"')[0]
    place = raw.rfind(b'"executionContextId":')  # the page's own text comes before, with its quotes escaped
    context = raw[place + 21 : place + 40].partition(b",")[0]
    owner = raw[raw.rfind(b'"sessionId":') :]
    return CONSOLE_START + level + b'","args":[],"executionContextId":' + context + b"}," + owner


def _too_large(raw: bytes) -> Params | None:
    """The answer of a function of the page, when reading all of it would take seconds: a value of no known type."""
    if len(raw) <= MAX_VALUE_BYTES or b'"deepSerializedValue":' not in raw[:1000]:
        return None
    number = int(raw.removeprefix(b'{"id":').partition(b",")[0])
    return {"id": number, "result": {"result": {"type": "trop grande"}}}


def _look_at(future: asyncio.Future[Params]) -> None:
    """Keep asyncio from reporting the failure of a command nobody waits for."""
    if not future.cancelled():
        future.exception()
