"""The proxy in front of everybody's server: the pure-Python one, with WebSockets as JupyterLab needs them.

    browsers ── proxy ── hub, and one server per person

What configurable-http-proxy 0.4 does with a WebSocket leaves notebooks waiting for their kernel, sometimes for ever:

- it does not tell the browser which subprotocol the server chose;
- it turns bytes into text;
- it drops what the server says before the browser is connected;
- it keeps the browser's connection when the server has closed its own.

It also serves only ten requests at a time, for a whole class, and gives up an answer after twenty seconds, in which
a busy server does not always grade a week.

Law of this module: no address, route or right is decided here.
"""

from __future__ import annotations

from typing import Any

from configurable_http_proxy import cli, configproxy
from configurable_http_proxy.handlers import ProxyHandler, apply_timeout
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClosedError, websocket_connect

REQUESTS = 1000  # at a time; a class of forty opens JupyterLab with some fifty each
ANSWER_S = 600.0  # formgrader grades a week within one request


class Relay(ProxyHandler):
    """One request, or one WebSocket between a browser and a server."""

    def initialize(self, **options: Any) -> None:
        """Take the proxy's options."""
        super().initialize(**options)
        self._early: list[str | bytes | None] = []  # said by the server before the browser listens

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """The one that the server chose, among those that the browser proposed."""
        chosen = self.ws_client.selected_subprotocol if self.ws_client else None
        return chosen if chosen in subprotocols else None

    async def start_ws_client(self, path: str | None = None) -> None:
        """Connect to the server; ``ws_client`` stays None when it refuses, and the browser has its answer."""
        url = await self.get_target_url(path)
        if url is None:
            return
        request = self._get_proxy_request("ws" + url.removeprefix("http"))
        connecting = websocket_connect(request, on_message_callback=self._from_server)
        try:
            self.ws_client = await apply_timeout(self.proxy.timeout, connecting)
        except HTTPClientError as refusal:
            self.set_status(refusal.code)
            self.finish(refusal.message)
        except Exception as fault:
            await self.handle_proxy_error(503, fault)
            raise

    def _get_proxy_request(self, url: str) -> HTTPRequest:
        request: HTTPRequest = super()._get_proxy_request(url)
        request.request_timeout = ANSWER_S
        return request

    def open(self, *path: str, **options: str) -> None:
        """Pass on what the server said meanwhile."""
        del path, options
        early, self._early = self._early, []
        for message in early:
            self._from_server(message)

    def _from_server(self, message: str | bytes | None) -> None:
        """Pass on a message of the server; None is its last."""
        if self.ws_connection is None:
            self._early.append(message)
        elif message is None:
            self.close()
        else:
            self._lives()
            self.write_message(message, binary=isinstance(message, bytes))

    def on_message(self, message: str | bytes) -> None:
        """Pass on a message of the browser."""
        self._lives()
        try:
            self.ws_client.write_message(message, binary=isinstance(message, bytes))
        except (AttributeError, WebSocketClosedError):
            self.close()

    def _lives(self) -> None:
        """Note that somebody is there, so that the hub does not stop the server of who works."""
        if self.target and self.target["prefix"]:
            self.proxy.update_last_activity(self.target["prefix"])


def main() -> None:
    """Run the proxy's own command with this relay."""
    AsyncHTTPClient.configure(None, max_clients=REQUESTS)
    configproxy.ProxyHandler = Relay
    cli.main()


if __name__ == "__main__":
    main()
