"""HTTPS in front of the proxy, which speaks HTTP only: bytes are decrypted here and passed on, untouched.

    browsers ── https ── Entrance ── http on 127.0.0.1 ── proxy

Law of this module: one connection that fails ends alone.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from ssl import PROTOCOL_TLS_SERVER, SSLContext, TLSVersion

from codephenix.hub.certificate import Files

CHUNK = 65_536  # bytes
HELLO_S = 15.0  # for a browser to say which encryption it wants


class Entrance:
    """A door that decrypts, open from ``start`` to the end of the program."""

    def __init__(self, keys: Files, outside: tuple[str, int], inside: tuple[str, int]) -> None:
        self._context = SSLContext(PROTOCOL_TLS_SERVER)
        self._context.minimum_version = TLSVersion.TLSv1_2
        self._context.load_cert_chain(keys.certificate, keys.key)
        self._outside, self._inside = outside, inside
        self._open = threading.Event()

    def start(self) -> None:
        """Open the door, in a thread of its own. Raises OSError when the port is taken."""
        self._fault: OSError | None = None
        threading.Thread(target=lambda: asyncio.run(self._serve()), name="https", daemon=True).start()
        self._open.wait()
        if self._fault is not None:
            raise self._fault

    async def _serve(self) -> None:
        try:
            server = await asyncio.start_server(
                self._pass, *self._outside, ssl=self._context, ssl_handshake_timeout=HELLO_S
            )
        except OSError as fault:
            self._fault = fault
            return
        finally:
            self._open.set()
        async with server:
            await server.serve_forever()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            inner_reader, inner_writer = await asyncio.open_connection(*self._inside)
            await asyncio.gather(_pump(reader, inner_writer), _pump(inner_reader, writer))
        writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy one direction until its end, then close it."""
    try:
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
