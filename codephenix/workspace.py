"""A learner's working copy of the course: new and corrected files come in, their work stays.

    file never copied                      copied
    file unchanged by the learner          replaced by the course's new version
    file changed by the learner            kept as it is

Law of this module: a file that the learner changed is never written to.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

MANIFEST = ".codephenix.json"  # what was copied: path to digest


@dataclass(frozen=True)
class Update:
    """What an update did, as paths relative to the working copy."""

    copied: tuple[str, ...]
    kept: tuple[str, ...]  # changed by the learner while the course changed too


def update(source: Path, target: Path, *, ignore: tuple[str, ...] = ("README.md",)) -> Update:
    """Bring ``target`` up to date with ``source``; running it again changes nothing."""
    target.mkdir(parents=True, exist_ok=True)
    manifest_path = target / MANIFEST
    known: dict[str, str] = json.loads(manifest_path.read_text("utf-8")) if manifest_path.exists() else {}
    copied, kept = [], []
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if not path.is_file() or path.name in ignore or any(part.startswith(".") for part in Path(name).parts):
            continue
        new, destination = _digest(path), target / name
        if known.get(name) == new and destination.exists():
            continue
        if destination.exists() and _digest(destination) != known.get(name):
            kept.append(name)
            continue
        _copy(path, destination)
        known[name] = new
        copied.append(name)
    _write(manifest_path, json.dumps(known, indent=1, sort_keys=True))
    return Update(tuple(copied), tuple(kept))


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _copy(path: Path, destination: Path) -> None:
    """Copy by way of a rename: a cut in mid-copy leaves the old file whole."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    temporary = destination.with_name(f".{destination.name}.part")
    shutil.copyfile(path, temporary)
    temporary.replace(destination)


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f"{path.name}.part")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        os.fsync(file.fileno())
    temporary.replace(path)
