"""Activities to handle: find the mistake.

    # visite.erreur.yaml   Entry -> Erreur -> as_data()   what the widget shows
                                           `-> on_paper()  what exports and paper show

Law of this module: no I/O; a fault of the author is said through the entry, with its line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from codephenix.entries import LANGUAGES, Entry, stem
from codephenix.paper import Task


@dataclass(frozen=True)
class CodeLine:
    """A line of code to look at; a faulty one has a reason and a correction."""

    text: str
    why: str = ""
    fix: str = ""


@dataclass(frozen=True)
class Erreur:
    """Lines of code, one or several of which are faulty."""

    name: str
    id: str
    question: str
    language: str  # a key of LANGUAGES
    lines: tuple[CodeLine, ...]


Practice = Erreur


def _erreur(name: str, entry: Entry) -> Erreur:
    entry.allow("question", "language", "code", "faults")
    texts = entry.text("code").rstrip().splitlines()
    found: dict[int, CodeLine] = {}
    for each in entry.entries("faults", "faute"):
        line = _fault(each)
        places = [number for number, text in enumerate(texts) if text.strip() == line.text]
        if len(places) != 1 or places[0] in found:
            what = "n’est pas dans « code »" if not places else "y est deux fois, ou déjà prise"
            each.refuse(f"La ligne « {line.text} » {what}. Recopiez une ligne unique de « code ».", "text")
        found[places[0]] = line
    if len(found) == len([text for text in texts if text.strip()]):
        entry.refuse("Toutes les lignes sont fausses. Gardez au moins une ligne juste dans « code ».", "code")
    lines = tuple(
        CodeLine(text, found[number].why, found[number].fix) if number in found else CodeLine(text)
        for number, text in enumerate(texts)
    )
    return Erreur(name, stem(name), entry.text("question"), entry.language(), lines)


def _fault(entry: Entry) -> CodeLine:
    entry.allow("text", "fix", "why")
    text, fix = entry.text("text").strip(), entry.text("fix").strip()
    if text == fix:
        entry.refuse("La correction est la ligne fausse. Écrivez la ligne juste dans « fix ».", "fix")
    return CodeLine(text, entry.text("why"), fix)


READERS: dict[str, Callable[[str, Entry], Practice]] = {"erreur": _erreur}
"""By kind, what reads the cell."""


def as_data(activity: Practice) -> dict[str, Any]:
    """What the widget needs besides the kind and the name."""
    lines = [asdict(line) for line in activity.lines]
    language = LANGUAGES[activity.language]
    return {"id": activity.id, "question": activity.question, "language": language, "lines": lines}


def on_paper(activity: Practice) -> tuple[str, list[Task]]:
    """Title of an activity, and its tasks."""
    code = "\n".join(f"{number}  {line.text}" for number, line in enumerate(activity.lines, 1))
    answers = tuple(
        f"Ligne {number} : {line.why} On écrit : `{line.fix}`"
        for number, line in enumerate(activity.lines, 1)
        if line.why
    )
    return "Trouvez la faute", [Task(activity.question, answers, code)]
