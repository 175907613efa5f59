"""A PostgreSQL server of the tests' own: a new cluster, on a socket, gone at the end."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path


def programs():
    """Folder of the server's programs; None when PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def server():
    """Address of an empty database, as SQLAlchemy reads it."""
    folder = Path(tempfile.mkdtemp(prefix="codephenix-pg-"))
    as_user = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "nobody")
        as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]

    def run(name, *arguments):
        subprocess.run(
            [*as_user, str(programs() / name), *arguments],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            timeout=120,
        )

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", "codephenix", "-A", "trust", "--no-sync", "-E", "UTF8")
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", f"-k {folder} -c listen_addresses=''", "start")
        try:
            run("createdb", "-h", str(folder), "-U", "codephenix", "classe")
            yield f"postgresql+psycopg://codephenix@/classe?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
