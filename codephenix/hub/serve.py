"""Prepares the class, then runs the hub until Ctrl-C.

    accounts → passwords and cards → release → hub

Law of this module: each step is safe to repeat; a second start finds everything as it was.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from ssl import create_default_context
from urllib.request import urlopen

import psutil

from codephenix import lab
from codephenix.console.week import Desk
from codephenix.hub import certificate, roster
from codephenix.hub.config import SECURE
from codephenix.hub.roster import Person
from codephenix.hub.settings import HubProblem, Places, Settings, load
from codephenix.hub.tls import Entrance
from codephenix.syllabus import loads as syllabus_of

DEMO = (
    "Amina Diallo",
    "Bruno Lefèvre",
    "Chloé Garnier",
    "David Nguyen",
    "Élise Robert",
    "Farid Benali",
    "Gaëlle Morin",
    "Hugo Petit",
)
STOP_S = 15


def serve(root: Path, *, lan: bool = False, port: int = 0) -> int:
    """Serve the class in ``root``; the hub's exit code. Raises Problem."""
    places, settings = Places(root), load(root)
    settings = replace(settings, port=port or settings.port)
    if lan:
        settings = replace(settings, ip="0.0.0.0", https=True)  # noqa: S104  # passwords cross the room
    refuse_busy(settings)
    print("Préparation de la classe…", flush=True)
    given = prepare(root, settings)
    process = start(root, places, settings)
    lab.stop_on_signals()
    try:
        if wait_until_open(places, settings, process):
            print(welcome(places, settings, given), flush=True)
        return process.wait()
    except KeyboardInterrupt:
        print("\nArrêt de la classe…", flush=True)
        return 0
    finally:
        stop(process)


def refuse_busy(settings: Settings) -> None:
    """Raise HubProblem when a port is taken."""
    for port in (settings.port, *range(settings.internal_port, settings.internal_port + 3)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise HubProblem(
                    f"Le port {port} est déjà pris, peut-être par une classe déjà ouverte. "
                    "Fermez-la, ou changez les ports dans hub.toml."
                )


def prepare(root: Path, settings: Settings) -> dict[str, str]:
    """Accounts, gradebook, exchange and release; the passwords that were made now, by login."""
    places = Places(root)
    places.exchange.mkdir(parents=True, exist_ok=True)
    lab.release(root)
    people = roster.load(places) or roster.update(places, demo_class())
    desk = Desk(root)
    record(desk, people.values())
    for week in syllabus_of((root / "course.toml").read_text("utf-8")).weeks:
        if week.status == "ready" and (root / "source" / week.slug).is_dir():
            desk.release(week.slug)
    trainer = Person(settings.trainer, "Formateur")
    active = [person for person in people.values() if person.active]
    given = roster.give_passwords(places, [trainer.login, *(person.login for person in active)])
    if given:
        roster.cards(places, [trainer, *active], given, address(settings))
    return given


def demo_class() -> list[Person]:
    """A class of eight to begin with."""
    from unicodedata import normalize

    plain = (normalize("NFD", name.split()[0]).encode("ascii", "ignore").decode().lower() for name in DEMO)
    return [Person(login, name, "démonstration") for login, name in zip(plain, DEMO, strict=True)]


def record(desk: Desk, people: object) -> None:
    """Put the active learners in the gradebook, under their names."""
    with desk.api.gradebook as gradebook:
        for person in people:  # type: ignore[attr-defined]
            if person.active:
                first, _, last = person.name.partition(" ")
                gradebook.update_or_create_student(person.login, first_name=first, last_name=last)


def start(root: Path, places: Places, settings: Settings) -> subprocess.Popen[bytes]:
    """Start the hub in a session of its own; its log goes to a file. Raises HubProblem."""
    ip, port = settings.ip, settings.port
    if settings.https:
        ip, port = "127.0.0.1", settings.internal_port + 2
        keys = certificate.ready(places.keys, certificate.names())
        try:
            Entrance(keys, (settings.ip, settings.port), (ip, port)).start()
        except OSError as fault:
            raise HubProblem(f"Le port {settings.port} ne s’ouvre pas\u00a0: {fault.strerror}.") from fault
    config = [
        f"--config={root / 'jupyterhub_config.py'}",
        f"--JupyterHub.bind_url=http://{ip}:{port}",
    ]
    environment = {**os.environ, SECURE: "1"} if settings.https else None
    log = (places.hub / "hub.log").open("ab")
    return subprocess.Popen(
        [sys.executable, "-m", "jupyterhub", *config], cwd=places.hub, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        start_new_session=True, env=environment,
    )  # fmt: skip


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the hub, the proxy and every server."""
    family: list[psutil.Process] = []
    with suppress(psutil.NoSuchProcess):
        family = psutil.Process(process.pid).children(recursive=True)  # each has a session of its own
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_S)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # a hub that a busy machine did not let end in time
    for member in family:
        with suppress(psutil.NoSuchProcess):
            member.kill()  # whatever outlived its parent
    process.wait()


def wait_until_open(places: Places, settings: Settings, process: subprocess.Popen[bytes]) -> bool:
    """Wait until the hub answers; False when it ended instead."""
    url = f"{scheme(settings)}://127.0.0.1:{settings.port}/hub/login"
    trust = create_default_context(cafile=certificate.Files(places.keys).authority) if settings.https else None
    while process.poll() is None:
        try:
            with urlopen(url, timeout=5, context=trust):  # noqa: S310  # our own address
                return True
        except OSError:
            time.sleep(0.1)
    print("La classe ne démarre pas. Lisez la fin de .codephenix/hub/hub.log.", file=sys.stderr)
    return False


def scheme(settings: Settings) -> str:
    """How browsers speak to this machine."""
    return "https" if settings.https else "http"


def address(settings: Settings) -> str:
    """Where browsers find the class."""
    return f"{scheme(settings)}://{shown_host(settings)}:{settings.port}"


def shown_host(settings: Settings) -> str:
    """The name by which browsers reach this machine."""
    return socket.gethostname() if settings.ip == "0.0.0.0" else settings.ip  # noqa: S104  # asked for by --lan


def welcome(places: Places, settings: Settings, given: dict[str, str]) -> str:
    """What to do next, in plain words, with the passwords made now."""
    lines = [
        "\nLa classe est ouverte.",
        f"  1. Ouvrez un navigateur à l’adresse\u00a0: {address(settings)}",
    ]
    if settings.https:
        lines += [
            "     Une fois sur chaque poste, installez ce certificat comme autorité dans le navigateur\u00a0:",
            f"     {certificate.Files(places.keys).authority}",
        ]
    if given:
        lines += [
            "  2. Connectez-vous avec l’une de ces cartes\u00a0:",
            *(f"       {login:<12} {secret}" for login, secret in given.items()),
            f"     À imprimer\u00a0: {places.hub / 'cartes.html'}. Ces mots de passe ne seront plus affichés.",
        ]
    else:
        lines.append("  2. Connectez-vous avec votre carte.")
        lines.append(f"     Mot de passe perdu\u00a0: codephenix cohort reset {settings.trainer}")
    return "\n".join([*lines, "  Pour arrêter\u00a0: Ctrl + C dans cette fenêtre. Le travail reste enregistré.\n"])
