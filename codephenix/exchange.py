"""nbgrader's exchange, where a folder appears whole or not at all.

    hand in   copied beside the other submissions under a hidden name, written to disk, then renamed
    collect   the same, in ``submitted``

A power cut in the middle of nbgrader's own copy would leave half a submission, which hides the whole one before it.

Law of this module: what a learner was told is handed in is on the disk, and stays the one that is collected.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from nbgrader.exchange.default.collect import ExchangeCollect
from nbgrader.exchange.default.submit import ExchangeSubmit

ARRIVING = ".arriving"  # beside the submissions: those that are being copied


class WholeSubmit(ExchangeSubmit):
    """Hands in a whole week or nothing."""

    def copy_files(self) -> None:
        """Copy with nbgrader's own steps into a hidden folder, then let the submission appear."""
        final = Path(str(self.inbound_path))  # type: ignore[has-type]  # nbgrader sets it in init_dest
        arriving = final / ARRIVING
        arriving.mkdir(mode=0o733, exist_ok=True)  # with one account each, it was made by the trainer
        self.inbound_path = str(arriving)
        try:
            super().copy_files()
        finally:
            self.inbound_path = str(final)
        appear(arriving / self.assignment_filename, final / self.assignment_filename)


class WholeCollect(ExchangeCollect):
    """Collects whole submissions."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy a submission under a hidden name, then let it appear."""
        hidden = Path(dest).with_name(f".{Path(dest).name}.part")
        shutil.rmtree(hidden, ignore_errors=True)  # of a copy that was cut short
        super().do_copy(src, str(hidden), log)
        appear(hidden, Path(dest))


def appear(hidden: Path, final: Path) -> None:
    """Give a folder its name once all of it is on the disk."""
    for path in (*hidden.rglob("*"), hidden):
        _sync(path)
    hidden.rename(final)
    _sync(final.parent)


def _sync(path: Path) -> None:
    """Have a file or a folder written to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
