"""The site of a learner, served to one page by answering its requests; nothing else is reachable.

    http://site.localhost/carte.css   200 and the file, or 404
    anything else                     refused, and noted with status 0
    a second document                 204: the page of the tests stays where it is, and the request is noted

Law of this module: no request goes further than here.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from codephenix.browser.inert import POLICY
from codephenix.browser.journal import ORIGIN, Journal, path_of
from codephenix.site import Site

Answer = tuple[str, dict[str, Any]]  # a command and its parameters


class Serving:
    """Answers the requests of one page."""

    def __init__(self, site: Site, journal: Journal, frame: str, *, inert: bool = False) -> None:
        self.site = site
        self.policy = {"Content-Security-Policy": POLICY} if inert else {}
        self.journal = journal
        self.frame = frame  # the main frame
        self.fetches = 0  # requests of the page's own scripts, to wait for their answers
        self.departures = 0  # how often the page asked to be replaced
        self._document_served = False

    def answer(self, params: dict[str, Any]) -> Answer:
        """What to answer to a paused request."""
        request, url = params["requestId"], params["request"]["url"]
        if not url.startswith(ORIGIN + "/"):
            self.journal.ask(url, 0)
            return "Fetch.failRequest", {"requestId": request, "errorReason": "AddressUnreachable"}
        file = self.site.read(path_of(url))
        if not url.endswith("/favicon.ico"):
            self.journal.ask(url, 200 if file else 404)
        if self._leaves(params):
            return "Fetch.fulfillRequest", {"requestId": request, "responseCode": 204}
        if params.get("resourceType") in ("XHR", "Fetch"):
            self.fetches += 1
        if file is None:
            return _response(request, 404, "text/plain", b"404")
        return _response(request, 200, file.media_type, file.content, self.policy)

    def _leaves(self, params: dict[str, Any]) -> bool:
        """Whether this request would replace the document under test."""
        if params.get("resourceType") != "Document" or params.get("frameId") != self.frame:
            return False
        leaves, self._document_served = self._document_served, True
        self.departures += leaves
        return leaves


def _response(
    request: str, status: int, media_type: str, content: bytes, policy: Mapping[str, str] | None = None
) -> Answer:
    text = media_type.startswith("text/") or media_type in ("application/json", "image/svg+xml")
    headers = {
        "Content-Type": f"{media_type}; charset=utf-8" if text else media_type,
        "Cache-Control": "no-store",
        "Access-Control-Allow-Origin": "*",
        **(policy or {}),
    }
    return "Fetch.fulfillRequest", {
        "requestId": request,
        "responseCode": status,
        "responseHeaders": [{"name": name, "value": value} for name, value in headers.items()],
        "body": base64.b64encode(content).decode("ascii"),
    }
