"""A class with one Unix account per learner, as a service of systemd: the second level of isolation.

    accounts   the trainer and each learner; no shell, no password
    rights     what each account may read: ``rights`` says it, folder by folder
    service    the hub as root, which starts each server under its person's account (module ``config``)

Law of this module: what will be done is a value, shown before it is done; doing it twice changes nothing.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from codephenix import review
from codephenix.console import attempts, attendance, audit
from codephenix.hub.settings import HOME, HubProblem, Places, Settings

UNIT = Path("/etc/systemd/system/codephenix.service")
TRAINERS = ("source", "release", "submitted", "autograded", "feedback", "formateur")  # for the trainer's eyes
COMMENT = "CodePhenix"  # of the accounts that are ours


@dataclass(frozen=True)
class Right:
    """Who owns a place, and what others may do there."""

    path: Path
    owner: str
    mode: int
    below: bool = False  # also all that is in it: its folders as itself, its files without the right to run


def rights(root: Path, trainer: str, learners: Iterable[str]) -> Iterator[Right]:
    """Rights of a class on its files; folders first, then what is in them.

    hub          root only: passwords, tokens, cookie secret, keys
    gradebook    the trainer only, with sources, submissions, marks
    inbound      a learner may put a submission in, and list nothing
    home         its learner only
    """
    places = Places(root)
    yield Right(root, trainer, 0o711)
    yield Right(root / HOME, "root", 0o711)
    yield Right(places.hub, "root", 0o700, below=True)
    for name in TRAINERS:
        yield Right(root / name, trainer, 0o700, below=True)
    for name in ("gradebook.db", attendance.FILE, audit.FILE):
        yield Right(root / name, trainer, 0o600)
    yield Right(root / "course", trainer, 0o755, below=True)
    course = places.exchange / "codephenix"
    yield Right(places.exchange, trainer, 0o755)
    yield Right(course, trainer, 0o755)
    yield Right(course / "outbound", trainer, 0o755, below=True)
    yield Right(course / "inbound", trainer, 0o1733)
    yield Right(course / "inbound" / ".arriving", trainer, 0o1733)
    yield Right(course / "feedback", trainer, 0o711)
    yield Right(root / HOME / "learners", "root", 0o711)
    for folder in (attempts.FOLDER, review.FOLDER):
        yield Right(root / folder, trainer, 0o711)
    for login in learners:
        yield Right(places.home(login), login, 0o700, below=True)
        yield Right(root / attempts.FOLDER / f"{login}.jsonl", login, 0o640)
        yield Right(root / review.FOLDER / f"{login}.json", login, 0o640)


def own_files(root: Path, login: str) -> tuple[Path, ...]:
    """Files that a learner's kernel writes outside of the home, and that the trainer reads."""
    return root / attempts.FOLDER / f"{login}.jsonl", root / review.FOLDER / f"{login}.json"


def prepare(root: Path, learners: Iterable[str]) -> None:
    """Make the folders and the files that rights are set on, when they are not there yet."""
    places = Places(root)
    for folder in (*TRAINERS, "course", attempts.FOLDER, review.FOLDER):
        (root / folder).mkdir(exist_ok=True)
    for name in ("outbound", "inbound/.arriving", "feedback"):
        (places.exchange / "codephenix" / name).mkdir(parents=True, exist_ok=True)
    places.hub.mkdir(parents=True, exist_ok=True)
    for login in learners:
        places.home(login).mkdir(parents=True, exist_ok=True)
        for path in own_files(root, login):
            path.touch()


def apply(wanted: Iterable[Right], ids: dict[str, tuple[int, int]], readers: dict[str, int]) -> None:
    """Set rights on what exists; links are never followed.

    ids      user and group of each owner
    readers  by owner, the group that may read what the owner shares: the trainer's, for learners' files
    """
    for right in wanted:
        if not right.path.exists() or right.path.is_symlink():
            continue
        user, group = ids[right.owner]
        group = readers.get(right.owner, group) if right.mode & 0o040 and not right.path.is_dir() else group
        _own(right.path, user, group, right.mode)
        if right.below and right.path.is_dir():
            for parent, folders, names in os.walk(right.path):
                for name in folders:
                    _own(Path(parent, name), user, group, right.mode)
                for name in names:
                    _own(Path(parent, name), user, group, right.mode & 0o666)


def _own(path: Path, user: int, group: int, mode: int) -> None:
    if path.is_symlink():
        return
    os.chown(path, user, group, follow_symlinks=False)
    path.chmod(mode)


def unit(root: Path, *, lan: bool) -> str:
    """The service, as systemd reads it."""
    command = f"{sys.executable} -m codephenix --root {root} serve{' --lan' if lan else ''}"
    return f"""[Unit]
Description=CodePhenix, classe d’intégration web
After=network.target

[Service]
ExecStart={command}
WorkingDirectory={root}
Environment=PYTHONUNBUFFERED=1
KillSignal=SIGINT
Restart=on-failure
RestartSec=5
UMask=0077
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes

[Install]
WantedBy=multi-user.target
"""


def spawner(root: Path, settings: Settings) -> dict[str, object]:
    """Settings of systemd's spawner: memory, processor, private /tmp, no network but this machine's."""
    hidden = [str(root / name) for name in ("source", "submitted", "autograded", "gradebook.db")]
    return {
        "mem_limit": f"{settings.memory_mb}M",
        "cpu_limit": 1.0,
        "isolate_tmp": True,
        "isolate_devices": True,
        "disable_user_sudo": True,
        "unit_name_template": "codephenix-{USERNAME}",
        "unit_extra_properties": {
            "IPAddressDeny": "any",
            "IPAddressAllow": "localhost",
            "ProtectSystem": "strict",
            "ProtectHome": "tmpfs" if not root.is_relative_to("/home") else "no",
            "ReadWritePaths": f"{root / HOME} {root / attempts.FOLDER} {root / review.FOLDER}",
            "InaccessiblePaths": " ".join(f"-{path}" for path in hidden),
            "TasksMax": "256",
            "UMask": "0077",
        },
    }


def install(root: Path, settings: Settings, learners: list[str], *, lan: bool, dry: bool) -> Iterator[str]:
    """Make accounts, set rights, write the service; a French sentence for each step. Raises HubProblem."""
    people = [settings.trainer, *learners]
    check(people, dry=dry)
    for login in people:
        if _account(login) is None:
            yield f"Compte Unix «\u00a0{login}\u00a0»\u00a0: créé, sans mot de passe ni terminal."
            if not dry:
                where = f"--home-dir={Places(root).home(login)}"
                shell = "--shell=/usr/sbin/nologin"
                _run("useradd", "--user-group", "--no-create-home", where, shell, f"--comment={COMMENT}", login)
    wanted = list(rights(root, settings.trainer, learners))
    yield f"Droits\u00a0: {len(wanted)} dossiers et fichiers, lisibles par leur seul propriétaire."
    yield f"Service\u00a0: {UNIT}, démarré avec la machine."
    if dry:
        return
    prepare(root, learners)
    ids = {login: _ids(login) for login in [*people, "root"]}
    apply(wanted, ids, dict.fromkeys(learners, ids[settings.trainer][1]))
    UNIT.write_text(unit(root, lan=lan), "utf-8")
    _run("systemctl", "daemon-reload")
    _run("systemctl", "enable", "--now", "codephenix.service")
    yield "La classe est ouverte. Son journal\u00a0: journalctl -u codephenix"


def check(people: Iterable[str], *, dry: bool) -> None:
    """Refuse, in French, before anything is done. Raises HubProblem."""
    for login in people:
        account = _account(login)
        if account is not None and not account.pw_gecos.startswith(COMMENT):
            raise HubProblem(
                f"«\u00a0{login}\u00a0» est déjà un compte de cette machine, qui n’est pas de CodePhenix. "
                "Changez cet identifiant dans le CSV. Rien n’est changé."
            )
    if dry:
        return
    if os.geteuid() != 0:
        raise HubProblem("Cette commande crée des comptes\u00a0: lancez-la avec sudo. Rien n’est changé.")
    if not Path("/run/systemd/system").is_dir() or shutil.which("useradd") is None:
        raise HubProblem("Cette machine ne tourne pas avec systemd. Rien n’est changé.")
    try:
        import systemdspawner  # noqa: F401  # only its presence is asked
    except ImportError:
        raise HubProblem(
            "Il manque jupyterhub-systemdspawner. Installez-le\u00a0: pip install 'codephenix[system]'. "
            "Rien n’est changé."
        ) from None


def hand_over(root: Path, trainer: str, login: str) -> None:
    """Give one person what was just prepared for them; run as root, before their server starts."""
    learners = [] if login == trainer else [login]
    prepare(root, learners)
    ids = {name: _ids(name) for name in {trainer, login, "root"}}
    wanted = [right for right in rights(root, trainer, learners) if right.owner == login]
    apply(wanted, ids, dict.fromkeys(learners, ids[trainer][1]))


def _account(login: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(login)
    except KeyError:
        return None


def _ids(login: str) -> tuple[int, int]:
    return pwd.getpwnam(login).pw_uid, grp.getgrnam(login).gr_gid


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise HubProblem(f"{command[0]} a échoué\u00a0: {done.stderr.strip() or done.returncode}")
