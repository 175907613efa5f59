"""The proxy as a process, between a real server and real clients: WebSockets pass through it unchanged."""

import asyncio
import os
import subprocess
import sys
import threading
from contextlib import closing

import httpx
import pytest
import websocket
from hubs import READY_S
from ports import free_port
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

SLOW = 30  # requests that wait for each other


class Echo(WebSocketHandler):
    """Says hello first, then gives back what it is told; closes when it is asked to."""

    def select_subprotocol(self, subprotocols):
        return "v1.essai" if "v1.essai" in subprotocols else None

    def open(self):
        self.write_message(b"\x00bonjour", binary=True)

    def on_message(self, message):
        if message == "ferme":
            self.close()
        else:
            self.write_message(message, binary=isinstance(message, bytes))


class Refusal(RequestHandler):
    def get(self):
        self.set_status(403)


class Meeting(RequestHandler):
    """Answers long after so many requests are there at once."""

    there = 0
    full = asyncio.Event()

    async def get(self):
        Meeting.there += 1
        if Meeting.there == SLOW:
            await asyncio.sleep(21)  # longer than an HTTP client of tornado waits by itself
            Meeting.full.set()
        await Meeting.full.wait()
        self.finish("ensemble")


@pytest.fixture(scope="module")
def server():
    port, ready, loop = free_port(), threading.Event(), asyncio.new_event_loop()

    async def serve():
        HTTPServer(Application([("/echo", Echo), ("/non", Refusal), ("/ensemble", Meeting)])).listen(port, "127.0.0.1")
        ready.set()

    def work():
        asyncio.set_event_loop(loop)
        loop.run_until_complete(serve())
        loop.run_forever()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    ready.wait()
    yield port
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


@pytest.fixture(scope="module")
def proxy(server):
    port = free_port(2)
    options = ["--ip=127.0.0.1", f"--port={port}", "--api-ip=127.0.0.1", f"--api-port={port + 1}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "codephenix.hub.proxy", *options, f"--default-target=http://127.0.0.1:{server}"],
        env={**os.environ, "CONFIGPROXY_AUTH_TOKEN": "essai"},
    )
    with httpx.Client(transport=httpx.HTTPTransport(retries=20)) as client:
        client.get(f"http://127.0.0.1:{port}/non", timeout=READY_S)
    yield f"127.0.0.1:{port}"
    process.terminate()
    process.wait()


def connect(address, path="echo", **options):
    return closing(websocket.create_connection(f"ws://{address}/{path}", timeout=READY_S, **options))


def test_the_browser_learns_which_subprotocol_the_server_chose(proxy):
    with connect(proxy, subprotocols=["v9.autre", "v1.essai"]) as socket:
        assert socket.getsubprotocol() == "v1.essai"
    with connect(proxy) as socket:
        assert socket.getsubprotocol() is None


def test_the_first_word_of_the_server_is_heard(proxy):
    for _ in range(20):
        with connect(proxy) as socket:
            assert socket.recv() == b"\x00bonjour"


def test_bytes_stay_bytes_and_text_stays_text(proxy):
    with connect(proxy) as socket:
        socket.recv()
        socket.send("é")
        assert socket.recv() == "é"
        socket.send_binary(b"\xff\x00")
        assert socket.recv() == b"\xff\x00"


def test_the_browser_s_connection_ends_with_the_server_s(proxy):
    with connect(proxy) as socket:
        socket.recv()
        socket.send("ferme")
        opcode, _ = socket.recv_data()
        assert opcode == websocket.ABNF.OPCODE_CLOSE


def test_a_refusal_of_the_server_is_passed_on(proxy):
    with pytest.raises(websocket.WebSocketBadStatusException) as refused, connect(proxy, "non"):
        pass
    assert refused.value.status_code == 403


def test_slow_answers_come_and_do_not_wait_for_each_other(proxy):
    async def all_at_once():
        limits = httpx.Limits(max_connections=SLOW)
        async with httpx.AsyncClient(timeout=READY_S, limits=limits) as client:
            return await asyncio.gather(*(client.get(f"http://{proxy}/ensemble") for _ in range(SLOW)))

    assert {answer.text for answer in asyncio.run(all_at_once())} == {"ensemble"}
