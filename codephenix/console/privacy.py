"""Personal data: what is kept about a learner, where, for how long; export and erasure (RGPD, articles 15 to 20).

Law of this module: an export is complete or fails; an erasure is asked for by name twice and leaves only totals.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nbgrader import api

from codephenix import review
from codephenix.console import attendance, audit
from codephenix.console.register import Learner, Register
from codephenix.problems import Problem

KEPT = (
    ("Nom et identifiant", "carnet de notes", "jusqu’à deux ans après la sortie de formation"),
    ("Compte, mot de passe haché, groupe", ".codephenix/hub", "jusqu’à la sortie de formation"),
    ("Dossier de travail", ".codephenix/learners", "jusqu’à la fin de la formation"),
    ("Travaux rendus et corrigés", "submitted, autograded, feedback", "jusqu’à deux ans après la sortie"),
    ("Notes et commentaires", "carnet de notes", "jusqu’à deux ans après la sortie"),
    (
        "Essais aux exercices et réponses aux activités (code, messages, heures)",
        "journal",
        "jusqu’à la fin de la formation",
    ),
    ("Cartes de rappel et réponses", "rappels", "jusqu’à la fin de la formation"),
    ("Présences et heures", "presences.csv", "le temps exigé par le financeur"),
    ("Changements de notes", "audit.jsonl", "jusqu’à deux ans après la sortie"),
)
"""What is stored, where, for how long: printed by ``codephenix privacy``."""

WORK = ("submitted", "autograded", "feedback")


class PrivacyProblem(Problem):
    """Why data cannot be exported or erased; the message is French."""


@dataclass(frozen=True)
class Store:
    """Where a class keeps its data."""

    root: Path
    db_url: str
    journal: Path
    exchange: tuple[Path, ...] = ()  # folders that hold one folder per submission, LOGIN+WEEK+MOMENT

    @property
    def attendance(self) -> Path:
        """The trainer's attendance file."""
        return self.root / attendance.FILE

    @property
    def audit(self) -> Path:
        """The log of changes to marks."""
        return self.root / audit.FILE


def files(store: Store, login: str) -> Iterator[Path]:
    """Files of one learner."""
    for folder in folders(store, login):
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())
    yield from (path for path in own_files(store, login) if path.is_file())


def own_files(store: Store, login: str) -> tuple[Path, ...]:
    """The journal of tries and the review cards of one learner."""
    return store.journal / f"{login}.jsonl", store.root / review.FOLDER / f"{login}.json"


def folders(store: Store, login: str) -> Iterator[Path]:
    """Folders of one learner: at each step, and the copies that the exchange keeps."""
    yield from (store.root / name / login for name in WORK)
    yield store.root / ".codephenix" / "learners" / login  # their own folder, when the class has a hub
    for parent in store.exchange:
        yield from (path for path in sorted(parent.glob("*/")) if path.name.split("+")[0] == login)


def export(store: Store, register: Register, login: str, target: Path) -> int:
    """Write everything that is kept about a learner to a ZIP; the number of files in it. Raises PrivacyProblem."""
    learner = _known(register, login)
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files(store, login):
            name = path.relative_to(store.root) if path.is_relative_to(store.root) else Path("journal") / path.name
            archive.write(path, name.as_posix())
            count += 1
        tables = {
            "identite.json": {"login": learner.login, "prenom": learner.first_name, "nom": learner.last_name},
            "notes.json": [
                {"semaine": m.week, "exercice": m.exercise, "points": m.score, "sur": m.maximum}
                for m in register.of(login)
            ],
            "presences.json": [
                {"date": p.day.isoformat(), "heures": p.hours, "motif": p.reason}
                for p in attendance.load(store.attendance).values()
                if p.login == login
            ],
            "changements-de-notes.json": [entry for entry in audit.read(store.audit) if entry.get("learner") == login],
        }
        for entry_name, table in tables.items():
            archive.writestr(entry_name, json.dumps(table, ensure_ascii=False, indent=1))
            count += 1
    return count


def erase(store: Store, register: Register, login: str, *, confirmed: str) -> None:
    """Remove all that is kept about a learner. Raises PrivacyProblem unless the login is given twice."""
    _known(register, login)
    if confirmed != login:
        raise PrivacyProblem(f"Rien n’est effacé. Pour confirmer\u00a0: --confirm {login}")
    for folder in list(folders(store, login)):
        shutil.rmtree(folder, ignore_errors=True)
    for path in own_files(store, login):
        path.unlink(missing_ok=True)
    with api.Gradebook(store.db_url) as gradebook:
        gradebook.remove_student(login)
    _without(store.attendance, login)
    kept = [entry for entry in audit.read(store.audit) if entry.get("learner") != login]
    _replace(store.audit, "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in kept))


def _without(path: Path, login: str) -> None:
    """Rewrite the attendance file without one learner."""
    if path.exists():
        kept = [presence for presence in attendance.load(path).values() if presence.login != login]
        temporary = path.with_name(f"{path.name}.part")
        temporary.unlink(missing_ok=True)
        attendance.write_day(temporary, kept)
        temporary.replace(path)


def _replace(path: Path, text: str) -> None:
    if path.exists():
        temporary = path.with_name(f"{path.name}.part")
        temporary.write_text(text, "utf-8")
        temporary.replace(path)


def _known(register: Register, login: str) -> Learner:
    try:
        return register.learner(login)
    except KeyError:
        logins = ", ".join(learner.login for learner in register.learners)
        raise PrivacyProblem(f"Aucun apprenant «\u00a0{login}\u00a0». Connus\u00a0: {logins}.") from None


def summary(today: date) -> str:
    """What is kept, for the trainer to print and to post."""
    lines = [f"Données conservées sur chaque apprenant, au {today:%d/%m/%Y}\u00a0:"]
    return "\n".join([*lines, *(f"- {what}\u00a0: {where}\u00a0; {how_long}." for what, where, how_long in KEPT)])
