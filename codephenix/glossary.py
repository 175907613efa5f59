"""``glossary.toml`` as values, and the notebook that learners read: ``course/glossaire.ipynb``.

    chevron = { fr = "chevron", en = "angle bracket", definition = "Le signe `<` ou `>`…" }

Law of this module: pure; TOML text in, values and notebook text out.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import nbformat

from codephenix import notebooks
from codephenix.problems import Problem
from codephenix.syllabus import Course


class GlossaryProblem(Problem):
    """A fault in ``glossary.toml``; the message is French and names the entry."""


@dataclass(frozen=True)
class Entry:
    """A term that the course teaches."""

    concept: str  # as in course.toml
    fr: str
    en: str
    definition: str  # one French sentence


@dataclass(frozen=True)
class Glossary:
    """Every term, and the words that lessons may use though they are rare."""

    entries: Mapping[str, Entry] = field(default_factory=dict)  # by concept
    admitted: frozenset[str] = frozenset()


def loads(text: str) -> Glossary:
    """Read ``glossary.toml``; raises GlossaryProblem."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise GlossaryProblem(f"glossary.toml n’est pas lisible\u00a0: {error}") from error
    entries = {}
    for concept, table in data.get("concepts", {}).items():
        if not isinstance(table, dict) or set(table) != {"fr", "en", "definition"}:
            raise GlossaryProblem(f"glossary.toml, {concept}\u00a0: il faut fr, en et definition, et rien d’autre.")
        entries[concept] = Entry(concept, **table)
    return Glossary(entries, frozenset(data.get("admitted", [])))


def notebook(glossary: Glossary, course: Course) -> str:
    """Canonical text of the glossary notebook: terms of the weeks that are ready, in alphabetical order."""
    taught = {concept: (week, lesson) for week, lesson, concept in course.teaches() if week.status == "ready"}
    entries = sorted((entry for entry in glossary.entries.values() if entry.concept in taught), key=_order)
    cells = [_cell("titre", _WELCOME)]
    for letter in dict.fromkeys(_order(entry)[:1] for entry in entries):
        rows = [
            f"| **{_escaped(entry.fr)}** | {_english(entry.en)} | {_escaped(entry.definition)} "
            f"| [{course.rank(taught[entry.concept][0])}, {taught[entry.concept][1].title}]"
            f"({taught[entry.concept][0].slug}/{taught[entry.concept][1].slug}.ipynb) |"
            for entry in entries
            if _order(entry)[:1] == letter
        ]
        table = ["| Terme | En anglais | Définition | Semaine et leçon |", "|---|---|---|---|", *rows]
        cells.append(_cell(f"lettre-{letter}", "\n".join([f"## {letter.upper()}", "", *table])))
    return notebooks.dumps(notebooks.canonical(nbformat.from_dict({"cells": cells, "metadata": {}, "nbformat": 4})))


_WELCOME = (
    "# Glossaire\n\nLes mots du métier, dans l’ordre de l’alphabet. Chaque ligne donne le mot anglais, "
    "une définition et la leçon qui enseigne ce mot.\n\nRetour au [sommaire](index.ipynb)."
)


def _cell(identifier: str, text: str) -> dict[str, object]:
    return {"cell_type": "markdown", "id": identifier, "metadata": {}, "source": text}


def _order(entry: Entry) -> str:
    """Accents and case do not count: « Élément » is at E."""
    return "".join(sign for sign in unicodedata.normalize("NFD", entry.fr.lower()) if not unicodedata.combining(sign))


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _english(text: str) -> str:
    return f'<span lang="en">{_escaped(text)}</span>'
