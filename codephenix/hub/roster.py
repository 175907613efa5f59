"""Who is in the class: from a CSV file to accounts, the gradebook, and password cards.

    nom,identifiant,groupe
    Amina Diallo,amina,A

The roster is ``.codephenix/hub/roster.json``; passwords are in the hub's database, hashed by NativeAuthenticator.

Law of this module: a faulty file changes nothing, and a password is shown once, on its card.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import bcrypt
from jupyterhub import orm
from nativeauthenticator.orm import UserInfo

from codephenix.console.papers import render
from codephenix.console.settings import load as console_settings
from codephenix.hub.settings import HubProblem, Places

COLUMNS = ("nom", "identifiant", "groupe")
LOGIN = re.compile(r"[a-z][a-z0-9-]{1,30}")
LETTERS, DIGITS = "abcdefghjkmnpqrstuvwxyz", "23456789"  # none that is taken for another


@dataclass(frozen=True)
class Person:
    """Someone of the class."""

    login: str
    name: str
    group: str = ""
    active: bool = True


def parse(text: str, name: str = "classe.csv") -> list[Person]:
    """People of a CSV file. Raises HubProblem, which names the row and the reason."""
    rows = list(
        csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    )
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if header[:2] != list(COLUMNS[:2]):
        raise HubProblem(
            f"{name}\u00a0: la première ligne doit être «\u00a0{','.join(COLUMNS)}\u00a0». Rien n’est changé."
        )
    people: dict[str, Person] = {}
    for rank, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        full, login, group = (cell.strip() for cell in (*row, "", "", "")[:3])
        place = f"{name}, ligne {rank}"
        if not full:
            raise HubProblem(f"{place}\u00a0: le nom manque. Rien n’est changé.")
        if not LOGIN.fullmatch(login):
            raise HubProblem(
                f"{place}\u00a0: l’identifiant «\u00a0{login}\u00a0» doit commencer par une lettre, "
                "puis des minuscules sans accent, des chiffres ou des tirets. Rien n’est changé."
            )
        if login in people:
            raise HubProblem(f"{place}\u00a0: l’identifiant «\u00a0{login}\u00a0» est en double. Rien n’est changé.")
        people[login] = Person(login, full, group)
    if not people:
        raise HubProblem(f"{name}\u00a0: aucun apprenant. Rien n’est changé.")
    return list(people.values())


def load(places: Places) -> dict[str, Person]:
    """The roster, by login; those who left are not active."""
    path = places.hub / "roster.json"
    if not path.exists():
        return {}
    return {one["login"]: Person(**one) for one in json.loads(path.read_text("utf-8"))}


def update(places: Places, people: Iterable[Person]) -> dict[str, Person]:
    """Make these the active learners; those who are not named any more are kept, not active. The whole roster."""
    wanted = {person.login: person for person in people}
    known = load(places)
    archived = {
        login: Person(**{**asdict(one), "active": False}) for login, one in known.items() if login not in wanted
    }
    roster = {**archived, **wanted}
    places.hub.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(
        places.hub / "roster.json", json.dumps([asdict(one) for one in roster.values()], ensure_ascii=False, indent=1)
    )
    return roster


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f"{path.name}.part")
    temporary.touch(mode=0o600)
    temporary.write_text(text, "utf-8")
    temporary.replace(path)


def password() -> str:
    """A password to type once or twice: two groups of letters and one of digits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
    return "-".join([*groups, "".join(secrets.choice(DIGITS) for _ in range(4))])


def give_passwords(places: Places, logins: Iterable[str], *, renew: bool = False) -> dict[str, str]:
    """Passwords of the logins that had none, or of all of them; they can be read only here."""
    places.hub.mkdir(parents=True, exist_ok=True, mode=0o700)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of each table it makes
    session = orm.new_session_factory(places.database)()
    given = {}
    try:
        for login in logins:
            info = UserInfo.find(session, login)
            if info is not None and not renew:
                continue
            given[login] = password()
            hashed = bcrypt.hashpw(given[login].encode(), bcrypt.gensalt())
            if info is None:
                session.add(UserInfo(username=login, password=hashed, is_authorized=True))
            else:
                info.password = hashed
        session.commit()
    finally:
        session.close()
        session.get_bind().dispose()
    return given


def forget(places: Places, login: str) -> None:
    """Remove someone from the roster and their account, if there is one."""
    roster = load(places)
    if roster.pop(login, None) is not None:
        _write(
            places.hub / "roster.json",
            json.dumps([asdict(one) for one in roster.values()], ensure_ascii=False, indent=1),
        )
    if not (places.hub / "jupyterhub.sqlite").exists():
        return
    session = orm.new_session_factory(places.database)()
    try:
        for account in (UserInfo.find(session, login), orm.User.find(session, login)):
            if account is not None:
                session.delete(account)
        session.commit()
    finally:
        session.close()
        session.get_bind().dispose()


def cards(places: Places, people: Iterable[Person], given: dict[str, str], address: str) -> Path:
    """Write the sign-in cards of those who got a password, to print and cut; the file, readable by its owner only."""
    shown = [(person, given[person.login]) for person in people if person.login in given]
    path = places.hub / "cartes.html"
    _write(path, render("cards", settings=console_settings(places.root), cards=shown, address=address))
    return path
