"""The files given beside a notebook: the only reader of a learner's folder.

Law of this module: nothing outside the folder is ever read, whatever the path or the links say.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codephenix.site import MEDIA_TYPES, extension_of

MAX_FILE_BYTES = 5_000_000


@dataclass(frozen=True)
class Folder:
    """A folder whose files a site may use."""

    root: Path

    def read(self, path: str) -> bytes | None:
        """Content of a file under the root.

        None when it does not exist, is hidden, is larger than MAX_FILE_BYTES, is of no known media type,
        or resolves outside the root, symbolic links included.
        """
        if extension_of(path) not in MEDIA_TYPES or any(part.startswith(".") for part in path.split("/")):
            return None
        root = self.root.resolve()
        try:
            target = (root / path).resolve()
            if not target.is_relative_to(root) or not target.is_file() or target.stat().st_size > MAX_FILE_BYTES:
                return None
            return target.read_bytes()
        except (OSError, ValueError):  # ValueError: a NUL in the path
            return None
