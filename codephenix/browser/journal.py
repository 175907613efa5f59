"""What a page said while it ran: console, uncaught errors, requests.

Law of this module: a page can say anything any number of times; what is kept is bounded, and what is wrong has a place
of its own, so that it cannot be drowned.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from codephenix.site import HOME_PAGE

ORIGIN = "http://site.localhost"
MAX_ENTRIES = 200
MAX_TEXT = 2000

LEVELS = {"warning": "warn", "assert": "error", "log": "log", "info": "info", "error": "error", "debug": "debug"}


def address_of(path: str) -> str:
    """Address at which a file of the site is served."""
    return f"{ORIGIN}/{path}"


def path_of(url: str) -> str:
    """Path in the site of an address; empty when it leads elsewhere."""
    if not url.startswith(ORIGIN + "/"):
        return ""
    path = unquote(urlsplit(url).path).lstrip("/")
    return path + HOME_PAGE if not path or path.endswith("/") else path


@dataclass
class Journal:
    """Everything a page said since it was opened; ``news`` gives each entry once."""

    console: list[dict[str, Any]] = field(default_factory=list)  # {level, text}
    errors: list[dict[str, Any]] = field(default_factory=list)  # {text, file, line, column}
    requests: list[dict[str, Any]] = field(default_factory=list)  # {url, path, status}
    _told: tuple[int, int, int] = (0, 0, 0)
    _kept: Counter[str] = field(default_factory=Counter)  # entries of each kind

    def full(self, kind: str) -> bool:
        """True when no more entries of this kind are kept: "said", "said wrong", "found", "lost"."""
        return self._kept[kind] >= MAX_ENTRIES

    def _has_place(self, kind: str) -> bool:
        there = not self.full(kind)
        self._kept[kind] += there
        return there

    def say(self, level: str, arguments: Iterable[dict[str, Any]]) -> None:
        """Add a line of the console."""
        level = LEVELS.get(level, level)
        if self._has_place("said wrong" if level == "error" else "said"):
            text = " ".join(_shown(argument) for argument in arguments)[:MAX_TEXT]
            self.console.append({"level": level, "text": text})

    def throw(self, details: dict[str, Any]) -> None:
        """Add an uncaught error."""
        if len(self.errors) < MAX_ENTRIES:
            self.errors.append(error_of(details))

    def ask(self, url: str, status: int) -> None:
        """Add a request; status 0 when it was refused."""
        if self._has_place("found" if status == 200 else "lost"):
            self.requests.append({"url": url[:MAX_TEXT], "path": path_of(url)[:MAX_TEXT], "status": status})

    def news(self) -> dict[str, Any]:
        """What was added since the last call."""
        console, errors, requests = self._told
        self._told = (len(self.console), len(self.errors), len(self.requests))
        return {
            "console": self.console[console:],
            "errors": self.errors[errors:],
            "requests": self.requests[requests:],
        }


def error_of(details: dict[str, Any]) -> dict[str, Any]:
    """An exception of V8: its text, and the line of the learner's file that threw it."""
    exception = details.get("exception", {})
    description = exception.get("description") or str(exception.get("value", ""))
    text = description.split("\n    at ")[0] or details.get("text", "")
    if details.get("text", "").startswith("Uncaught (in promise)"):
        text = f"Uncaught (in promise) {text}"
    url, line, column = _place(details)
    return {"text": text[:MAX_TEXT], "file": path_of(url), "line": line, "column": column}


def _place(details: dict[str, Any]) -> tuple[str, int, int]:
    """Address, line and column (from 1) of the first frame in the site."""
    frames = details.get("stackTrace", {}).get("callFrames", [])
    for place in (*frames, details):
        if path_of(place.get("url", "")):
            return place["url"], place.get("lineNumber", 0) + 1, place.get("columnNumber", 0) + 1
    return "", 0, 0


def _shown(value: dict[str, Any]) -> str:
    """A value as the console of a browser shows it."""
    if value.get("type") == "string" and "value" in value:
        return str(value["value"])[:MAX_TEXT]
    if "preview" in value:
        return _preview(value["preview"])
    return _scalar(value)


def _scalar(value: dict[str, Any]) -> str:
    if "unserializableValue" in value:
        return str(value["unserializableValue"])
    if value.get("type") == "undefined":
        return "undefined"
    if "value" in value:
        return json.dumps(value["value"])
    return str(value.get("description", value.get("type", "")))


def _preview(preview: dict[str, Any]) -> str:
    """An object or an array, one level deep."""
    if preview.get("subtype") not in (None, "array"):
        return str(preview.get("description", ""))
    is_array = preview.get("subtype") == "array"
    parts = [
        _member(entry) if is_array else f"{entry.get('name')}: {_member(entry)}"
        for entry in preview.get("properties", [])
    ]
    inside = ", ".join(parts) + (", …" if preview.get("overflow") else "")
    return f"[{inside}]" if is_array else f"{{{inside}}}"


def _member(entry: dict[str, Any]) -> str:
    value = str(entry.get("value", ""))
    return f'"{value}"' if entry.get("type") == "string" else value
