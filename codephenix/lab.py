"""Opens the course in JupyterLab: makes the working copy, then starts the server.

Law of this module: starting twice, stopping by Ctrl-C and starting again lose nothing.
"""

from __future__ import annotations

import getpass
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from codephenix import workspace

HOST = "127.0.0.1"
HOME = ".codephenix"
STOP_S = 10


def serve(root: Path, *, trainer: bool = False, port: int = 8888) -> int:
    """Serve the course in ``root`` until Ctrl-C; the server's exit code."""
    print("Préparation du cours…", flush=True)
    folder = root if trainer else prepare(root)
    port = free_port(port)
    token = secrets.token_urlsafe(12)  # a page in another tab must not reach the server
    config = root / ("jupyter_trainer_config.py" if trainer else "jupyter_learner_config.py")
    command = [
        sys.executable, "-m", "jupyterlab", f"--config={config}", f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
        "--ServerApp.log_level=WARN",
    ]  # fmt: skip
    # A session of its own: Ctrl-C is for us; Jupyter would ask in English whether one is sure.
    env = os.environ if trainer else {**records(root / HOME, getpass.getuser()), **os.environ}
    server = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
    stop_on_signals()
    try:
        if wait_until_open(port, token, server):
            print(_welcome(f"http://{HOST}:{port}/?token={token}", trainer=trainer), flush=True)
        return server.wait()
    except KeyboardInterrupt:
        print("\nArrêt du cours…", flush=True)
        return 0
    finally:
        stop(server)


def records(folder: Path, login: str) -> dict[str, str]:
    """Environment of a learner's server: where tries, review cards and started activities of this login are kept."""
    from codephenix import shelf
    from codephenix.console import attempts
    from codephenix.review import FOLDER, VARIABLE

    (folder / attempts.FOLDER).mkdir(parents=True, exist_ok=True)
    return {
        attempts.VARIABLE: str(folder / attempts.FOLDER / f"{login}.jsonl"),
        VARIABLE: str(folder / FOLDER / f"{login}.json"),
        shelf.VARIABLE: str(folder / shelf.FOLDER),
    }


def stop_on_signals() -> None:
    """Make Ctrl-C and a request to end the same, also for a program that a script started in the background."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server and its kernels."""
    server.terminate()
    try:
        server.wait(STOP_S)
    except subprocess.TimeoutExpired:
        server.kill()


def wait_until_open(port: int, token: str, server: subprocess.Popen[bytes]) -> bool:
    """Wait until this server answers, not another on its port; False when it ended instead."""
    while server.poll() is None:
        try:
            with urlopen(f"http://{HOST}:{port}/api/status?token={token}", timeout=5):
                return True
        except OSError:  # not there yet, or the server of somebody else refuses our token
            time.sleep(0.1)
    print(f"Le serveur ne démarre pas. Essayez un autre port\u00a0: --port {port + 1}", file=sys.stderr)
    return False


def prepare(root: Path) -> Path:
    """The learner's working copy, up to date: lessons in ``cours``, released exercises in ``exercices``."""
    target = root / HOME / "espace"
    release(root)
    lessons = workspace.update(root / "course", target / "cours")
    exercises = workspace.update(root / "release", target / "exercices")
    for name in (*lessons.kept, *exercises.kept):
        print(f"{name}\u00a0: votre version est gardée, le cours a changé.")
    return target


def release(root: Path) -> None:
    """Generate the assignments whose source is newer than their release."""
    from nbgrader.apps.api import NbGraderAPI

    for source in sorted(path for path in (root / "source").iterdir() if path.is_dir()):
        if _newest(source) > _newest(root / "release" / source.name):
            result = NbGraderAPI(config=_nbgrader_config(root)).generate_assignment(source.name, force=True)
            if not result["success"]:
                print(result.get("log") or result.get("error"), file=sys.stderr)


def _nbgrader_config(root: Path) -> object:
    from traitlets.config import Config

    from codephenix import grading

    config = Config()
    grading.configure(config, root)
    return config


def _newest(folder: Path) -> float:
    return max((path.stat().st_mtime for path in folder.rglob("*") if path.is_file()), default=0.0)


def free_port(wanted: int) -> int:
    """The wanted port, or the next that is free."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex((HOST, port)) != 0:
                return port
    return wanted


def _welcome(address: str, *, trainer: bool) -> str:
    if trainer:
        return (
            "\nL’espace du formateur est ouvert.\n"
            f"  1. Ouvrez un navigateur à l’adresse\u00a0: {address}\n"
            "  2. Pour corriger\u00a0: menu «\u00a0Nbgrader\u00a0», puis «\u00a0Formgrader\u00a0».\n"
            "  Pour arrêter\u00a0: Ctrl + C dans cette fenêtre.\n"
        )
    return (
        "\nLe cours est ouvert.\n"
        f"  1. Ouvrez un navigateur à l’adresse\u00a0: {address}\n"
        "  2. Le sommaire s’affiche. Cliquez sur la première leçon.\n"
        "  3. Les exercices sont dans le dossier «\u00a0exercices\u00a0», à gauche.\n"
        "  Pour arrêter\u00a0: Ctrl + C dans cette fenêtre. Votre travail reste enregistré.\n"
        "  Pour voir une classe corrigée\u00a0: make demo\n"
    )
