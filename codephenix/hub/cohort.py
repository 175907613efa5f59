"""Changes of the class: a CSV imported, a password made anew.

Law of this module: everything is checked before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from codephenix.console.week import Desk
from codephenix.hub import roster
from codephenix.hub.roster import Person
from codephenix.hub.serve import address, record
from codephenix.hub.settings import HubProblem, Places, Settings, load


@dataclass(frozen=True)
class Report:
    """What was changed."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    archived: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  # active, by login
    passwords: dict[str, str] = field(default_factory=dict)
    cards: str = ""  # file to print

    def sentences(self) -> Iterator[str]:
        """The report in French."""
        for title, names in (("Créés", self.created), ("Mis à jour", self.updated), ("Archivés", self.archived)):
            if names:
                yield f"{title}\u00a0: {', '.join(names)}."
        yield from (f"  {login:<12} {secret}" for login, secret in self.passwords.items())
        if self.cards:
            yield f"Cartes à imprimer\u00a0: {self.cards}"
        if self.created or self.archived:
            yield "Fermez puis rouvrez la classe (codephenix serve) pour ouvrir ou fermer ces comptes."
        if not (self.created or self.updated or self.archived or self.passwords):
            yield f"{len(self.people)} apprenants\u00a0: {', '.join(self.people)}."


def run(root: Path, action: str, what: str) -> Report:
    """Do one action. Raises HubProblem, which says that nothing was changed."""
    places, settings = Places(root), load(root)
    if action == "list":
        return Report(people=tuple(login for login, person in roster.load(places).items() if person.active))
    return _import(places, settings, what) if action == "import" else _reset(places, settings, what)


def _import(places: Places, settings: Settings, name: str) -> Report:
    path = Path(name)
    if not name or not path.is_file():
        raise HubProblem(f"Le fichier «\u00a0{name}\u00a0» n’existe pas. Rien n’est changé.")
    people = roster.parse(path.read_text("utf-8", "replace"), path.name)
    if any(person.login == settings.trainer for person in people):
        raise HubProblem(
            f"{path.name}\u00a0: «\u00a0{settings.trainer}\u00a0» est l’identifiant du formateur. Rien n’est changé."
        )
    before = roster.load(places)
    after = roster.update(places, people)
    record(Desk(places.root), after.values())
    given = roster.give_passwords(places, [person.login for person in people])
    created = tuple(one.login for one in people if one.login not in before or not before[one.login].active)
    return Report(
        created,
        tuple(one.login for one in people if one.login not in created and before[one.login] != one),
        tuple(login for login, one in before.items() if one.active and not after[login].active),
        tuple(one.login for one in people),
        given,
        _cards(places, settings, people, given),
    )


def _reset(places: Places, settings: Settings, login: str) -> Report:
    people = {**roster.load(places), settings.trainer: Person(settings.trainer, "Formateur")}
    if login not in people:
        raise HubProblem(f"Aucun compte «\u00a0{login}\u00a0». Connus\u00a0: {', '.join(people)}. Rien n’est changé.")
    given = roster.give_passwords(places, [login], renew=True)
    return Report(passwords=given, people=(login,), cards=_cards(places, settings, [people[login]], given))


def _cards(places: Places, settings: Settings, people: list[Person], given: dict[str, str]) -> str:
    return str(roster.cards(places, people, given, address(settings))) if given else ""
