"""The front-end files that run inside Chromium, built from ``web/`` into ``codephenix/assets/``."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def text(name: str) -> str:
    """A built file, as text."""
    return files("codephenix").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def axe() -> tuple[str, Any]:
    """axe-core and its French texts."""
    return text("axe.js"), json.loads(text("axe-fr.json"))
