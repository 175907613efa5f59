"""The class in one file: saved while it runs, put back on this machine or on another.

    databases   copied by SQLite's own online copy: whole, whatever is being written
    files       hub, accounts, homes, exchange, submissions, marks, attendance, settings

The course itself is not in it: a new machine has it from the installation.

Law of this module: a backup is complete or there is none, and restoring never overwrites a class.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from codephenix import __version__, review
from codephenix.console import attempts, attendance, audit
from codephenix.console import settings as console
from codephenix.hub.settings import FILE as HUB_FILE
from codephenix.hub.settings import HOME, HubProblem

PARTS = (
    HOME, "submitted", "autograded", "feedback", "release", attempts.FOLDER, review.FOLDER,
    attendance.FILE, audit.FILE, console.FILE, HUB_FILE, "gradebook.db",
)  # fmt: skip
"""What belongs to a class, under the folder of the course."""

ABOUT = "codephenix.json"  # first in the archive: what it is
DUMP = "gradebook.sql"  # of a gradebook in PostgreSQL
SKIPPED = {"engine.sock", "proxy.pid", "runtime", "lab", "hub.log"}  # of the run that is under way
JOURNALS = ("-journal", "-wal", "-shm")  # of SQLite: the copy of a database needs none
CLASS_SIGNS = ("gradebook.db", f"{HOME}/hub/jupyterhub.sqlite")


def save(root: Path, target: Path) -> int:
    """Write the class in ``root`` to an archive; the number of files in it. Raises HubProblem."""
    parts = [root / part for part in PARTS if (root / part).exists()]
    if not any((root / sign).exists() for sign in CLASS_SIGNS):
        raise HubProblem(f"Aucune classe à sauvegarder dans {root}. Ouvrez-la d’abord\u00a0: codephenix serve")
    hidden = target.with_name(f".{target.name}.part")
    count = 0
    try:
        with tarfile.open(hidden, "w:gz", compresslevel=3) as archive, tempfile.TemporaryDirectory() as spare:
            _write_about(archive)
            # Databases first: what they tell of is then in the files, which may only be newer.
            for path in sorted(_databases(parts)):
                archive.add(_copy_of(path, Path(spare) / "copy.db"), _name(root, path))
                count += 1
            count += _write_dump(archive, root, Path(spare) / DUMP)
            for path in _files(root, parts):
                try:
                    archive.add(path, _name(root, path), recursive=False)
                except FileNotFoundError:
                    continue  # a temporary file that has just got its name
                count += path.is_file()
        hidden.chmod(0o600)  # passwords, hashed, and work
        _sync(hidden)
        hidden.replace(target)
    except OSError as fault:
        raise HubProblem(
            f"La sauvegarde n’a pas pu s’écrire\u00a0: {fault.strerror or fault}. Rien n’est écrit."
        ) from fault
    finally:
        hidden.unlink(missing_ok=True)
    return count


def restore(root: Path, source: Path) -> int:
    """Put a saved class into ``root``, which has none; the number of files. Raises HubProblem."""
    present = [sign for sign in (*CLASS_SIGNS, "submitted") if (root / sign).exists()]
    if present:
        raise HubProblem(
            f"Il y a déjà une classe dans {root} ({', '.join(present)}). "
            "Restaurez dans un cours neuf. Rien n’est changé."
        )
    with tempfile.TemporaryDirectory(dir=root, prefix=".restore-") as spare:
        folder = Path(spare)
        try:
            with tarfile.open(source, "r:gz") as archive:
                about = archive.next()
                if about is None or about.name != ABOUT:
                    raise HubProblem(f"{source} n’est pas une sauvegarde de CodePhenix. Rien n’est changé.")
                archive.extractall(folder, filter="data")
        except (OSError, EOFError, tarfile.TarError) as fault:
            raise HubProblem(f"{source} n’est pas lisible\u00a0: {fault}. Rien n’est changé.") from fault
        (folder / ABOUT).unlink()
        files = [path for path in folder.rglob("*") if path.is_file()]
        _load_dump(root, folder)
        for part in PARTS:
            _put(folder / part, root / part)
    return len(files)


def file_name(now: datetime) -> str:
    """Name of a backup made now."""
    return f"codephenix-{now:%Y-%m-%d-%H%M}.tar.gz"


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _write_about(archive: tarfile.TarFile) -> None:
    text = json.dumps({"version": __version__, "made": datetime.now().astimezone().isoformat()}).encode()
    entry = tarfile.TarInfo(ABOUT)
    entry.size = len(text)
    archive.addfile(entry, io.BytesIO(text))


def _files(root: Path, parts: list[Path]) -> Iterator[Path]:
    """Files and folders, without databases, sockets and what only the present run needs."""
    for part in parts:
        for path in (part, *(sorted(part.rglob("*")) if part.is_dir() else ())):
            if (
                SKIPPED & set(path.relative_to(root).parts)
                or path.is_socket()
                or path.is_symlink()
                or _is_database(path)
            ):
                continue
            if not path.name.endswith(JOURNALS):
                yield path


def _databases(parts: list[Path]) -> Iterator[Path]:
    for part in parts:
        yield from (path for path in (part, *(part.rglob("*") if part.is_dir() else ())) if _is_database(path))


def _is_database(path: Path) -> bool:
    return path.suffix in (".db", ".sqlite") and path.is_file() and not path.is_symlink()


def _copy_of(path: Path, copy: Path) -> Path:
    """A consistent copy of a database that may be written to meanwhile."""
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, timeout=60)) as live, closing(sqlite3.connect(copy)) as saved:
        live.backup(saved)
    return copy


def _write_dump(archive: tarfile.TarFile, root: Path, dump: Path) -> int:
    """Add the gradebook when it is in PostgreSQL. Raises HubProblem."""
    url = console.gradebook_url(root)
    if url.startswith("sqlite"):
        return 0
    _postgres("pg_dump", "--no-owner", "--clean", "--if-exists", f"--file={dump}", f"--dbname={_plain(url)}")
    archive.add(dump, DUMP)
    return 1


def _load_dump(root: Path, folder: Path) -> None:
    if (folder / DUMP).exists():
        own = folder / console.FILE
        if own.exists():
            shutil.copy(own, root / console.FILE)  # it says where the gradebook is
        _postgres(
            "psql",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            f"--file={folder / DUMP}",
            f"--dbname={_plain(console.gradebook_url(root))}",
        )


def _plain(url: str) -> str:
    """A SQLAlchemy address as PostgreSQL's own programs read it."""
    return "postgresql://" + url.partition("://")[2]


def _postgres(*command: str) -> None:
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    except FileNotFoundError:
        raise HubProblem(f"Le programme {command[0]} de PostgreSQL manque sur cette machine.") from None
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise HubProblem(f"{command[0]} a échoué\u00a0: {last}")


def _put(source: Path, target: Path) -> None:
    """Move a file or a folder into place; a folder may already be there, empty of any class."""
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        shutil.copystat(source, target)
        for child in sorted(source.iterdir()):
            _put(child, target / child.name)
    elif source.exists():
        source.replace(target)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
