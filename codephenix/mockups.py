"""A mock-up: the picture of a page to reproduce, with the places of its zones written inside the PNG.

    maquette.png = PNG + a text chunk "codephenix" {"width": 1280, "whole": true, "zones": [{name, x, y, width, height,
    text}]}; px, and the number of pixels that the letters of the zone draw

The picture is made once from the author's solution and given beside the notebook: learners see it, and the kernel and
the grader compare with the same one. Law of this module: pure, bytes in and out.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEY = b"codephenix\0"
MAX_BYTES = 300_000


def write(png: bytes, about: Mapping[str, Any]) -> bytes:
    """The PNG with what is to know of it, in place of what was there."""
    kept = [(kind, data) for kind, data in _chunks(png) if not _is_ours(kind, data)]
    kept.insert(1, (b"tEXt", KEY + json.dumps(about, separators=(",", ":"), sort_keys=True).encode("ascii")))
    return SIGNATURE + b"".join(_packed(kind, data) for kind, data in kept)


def read(png: bytes) -> dict[str, Any] | None:
    """What is written in a PNG about its zones; None when it is no mock-up of ours."""
    try:
        ours = next((data for kind, data in _chunks(png) if _is_ours(kind, data)), None)
        about = json.loads(ours.removeprefix(KEY)) if ours else None
    except (struct.error, ValueError):
        return None
    return about if isinstance(about, dict) and about.get("zones") else None


def width(png: bytes) -> int:
    """Width of a picture in px; 0 when it is no PNG."""
    header = struct.calcsize(">8sI4sI")
    return int(struct.unpack_from(">8sI4sI", png)[3]) if png.startswith(SIGNATURE) and len(png) >= header else 0


def is_whole(png: bytes) -> bool:
    """Whether a picture is a PNG down to its last chunk: a copy that was cut has the first ones."""
    try:
        return [kind for kind, _ in _chunks(png)][-1:] == [b"IEND"]
    except ValueError:
        return False


def _is_ours(kind: bytes, data: bytes) -> bool:
    return kind == b"tEXt" and data.startswith(KEY)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not png.startswith(SIGNATURE):
        raise ValueError("not a PNG")
    place = len(SIGNATURE)
    while place + 12 <= len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        yield kind, png[place + 8 : place + 8 + length]
        place += 12 + length


def _packed(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
