"""What the names of HTML, CSS and JavaScript are for, in plain French: the help behind Shift+Tab.

    names.json              every name there is, without prose; built by web/reference.mjs
    data/reference/*.toml   our descriptions of the names that the course teaches

Law of this module: a name that the course does not teach gets its possible values at
most, never an invented sentence.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from codephenix.place import Kind, Place, language_of, place_at

SHOWN_VALUES = 14  # more would hide the rest of the help


@dataclass(frozen=True)
class Entry:
    """A name that the course teaches."""

    name: str
    label: str  # what it is, as in « attribut »
    purpose: str  # one sentence
    example: str  # one short line of code
    mistake: str = ""  # the commonest one, and what to do
    accessibility: str = ""
    english: str = ""  # as in « h = heading, titre »
    initial: str = ""  # of a CSS property, when nothing is written
    values: Mapping[str, str] = field(default_factory=dict)  # value to its sentence, useful ones first
    inside: tuple[str, ...] = ()  # the elements that usually hold this one


@dataclass(frozen=True)
class Help:
    """A help text, twice."""

    text: str
    html: str


@cache
def names() -> Mapping[str, Any]:
    """Every name there is, as ``web/reference.mjs`` writes them."""
    data: Mapping[str, Any] = json.loads((files("codephenix") / "assets/names.json").read_text("utf-8"))
    return data


def listed(joined: str) -> list[str]:
    """The members of a list of ``names.json``."""
    return joined.split("|") if joined else []


@cache
def table(file: str) -> Mapping[str, Any]:
    """A file of descriptions."""
    return tomllib.loads((files("codephenix") / f"data/reference/{file}.toml").read_text("utf-8"))


# Per group of entries: its file, its table there ("" for the file itself) and what a learner calls such a name.
GROUPS: Mapping[str, tuple[str, str, str]] = {
    group: (row["file"], row["table"], row["label"]) for group, row in table("groups").items()
}


@cache
def entries(group: str) -> Mapping[str, Entry]:
    """The entries of a group of GROUPS, in the order they are taught."""
    file, section, label = GROUPS[group]
    rows = table(file)[section] if section else table(file)
    return {name: Entry(name, label, **row | {"inside": tuple(row.get("inside", ()))}) for name, row in rows.items()}


def find_link(target: str) -> str | None:
    """The id, ``elements/nav``, of the entry that a link ``#aide:target`` of a lesson means; None when there is none.

    target  a name, ``nav``, or an id, where a name is of several groups
    """
    group, _, name = target.partition("/")
    if group in GROUPS:
        return target if name in entries(group) else None
    found = next((group for group in GROUPS if target in entries(group)), None)
    return f"{found}/{target}" if found else None


def describe(code: str, cursor: int, *, detail: int = 0) -> Help | None:
    """Help on the name under a cursor; None where the course has nothing to say.

    detail  1 adds every value or attribute that the name may have.
    """
    for at in _nearby(code, cursor):
        place = place_at(code, _end_of_word(code, at))
        found = _find(place, code) if place else None
        if found:
            return _help(*found, detail=detail)
    return None


def _nearby(code: str, cursor: int) -> Iterable[int]:
    """The cursor, then just inside the mark that touches it: a learner points at ``<h1>``, seldom inside it."""
    cursor = max(0, min(cursor, len(code)))
    yield cursor
    if code[cursor : cursor + 1] in ("<", "@", ":", "&"):
        yield cursor + 1
    if cursor and code[cursor - 1] in "<>/=\"':;,(){} ":
        yield cursor - 1


def _end_of_word(code: str, at: int) -> int:
    script = language_of(code) in (".js", ".mjs")
    word = re.compile(r"[\w$]*" if script else r":{0,2}[\w-]*|%").match(code, at)
    return word.end() if word else at


# What a place is about: an entry, or a bare name with its values.
_Found = tuple[Entry | None, str, str, list[str]]


def _find(place: Place, code: str) -> _Found | None:
    match place.kind:
        case Kind.ELEMENT | Kind.END_TAG | Kind.SELECTOR if place.owner != "@keyframes":
            return _element(place.word.lower())
        case Kind.ATTRIBUTE:
            return _attribute(place.owner, place.word) or _element(place.owner)
        case Kind.ATTRIBUTE_VALUE:
            return _one_value(attribute_entry(place.owner, place.attribute), place.word) or _attribute(
                place.owner, place.attribute
            )
        case Kind.PROPERTY | Kind.VALUE | Kind.UNIT | Kind.VARIABLE:
            return _property(place.word) if place.kind is Kind.PROPERTY else _css_value(place)
        case Kind.NAME | Kind.MEMBER | Kind.STRING:
            return _script_name(place, code)
    return _plain(place)


def _entry(group: str, name: str) -> _Found | None:
    entry = entries(group).get(name)
    return (entry, name, entry.label, list(entry.values)) if entry else None


def _element(name: str) -> _Found | None:
    own = names()["elements"].get(name)
    if own is None:
        return None
    return entries("elements").get(name), f"<{name}>", GROUPS["elements"][2], list(own)


def attribute_entry(element: str, name: str) -> Entry | None:
    """The entry of an attribute on this element, else of the attribute anywhere."""
    found = entries("attributes")
    return found.get(f"{element} {name}") or found.get(name)


def attribute_values(element: str, name: str) -> list[str]:
    """The values that an attribute may have, those we describe first."""
    entry = attribute_entry(element, name)
    own = names()["elements"].get(element, {})
    known = listed(own[name] if name in own else names()["attributes"].get(name, ""))
    return list(dict.fromkeys([*(entry.values if entry else ()), *known]))


def _attribute(element: str, name: str) -> _Found | None:
    if name not in names()["elements"].get(element, {}) and name not in names()["attributes"]:
        return None
    return attribute_entry(element, name), name, GROUPS["attributes"][2], attribute_values(element, name)


def property_values(name: str) -> list[str]:
    """The values that a property may have, those we describe first; ``<color>`` stands for any colour."""
    entry = entries("properties").get(name)
    return list(dict.fromkeys([*(entry.values if entry else ()), *listed(names()["properties"].get(name, ""))]))


def _property(name: str) -> _Found | None:
    if name not in names()["properties"]:
        return None
    return entries("properties").get(name), name, GROUPS["properties"][2], property_values(name)


def _one_value(entry: Entry | None, word: str) -> _Found | None:
    """A value that has a sentence of its own."""
    if not entry or word not in entry.values:
        return None
    label = f"valeur de {entry.name.rpartition(' ')[2]}"
    example = entry.example if word in entry.example else ""
    return Entry(word, label, entry.values[word], example), word, label, []


def _css_value(place: Place) -> _Found | None:
    if place.kind is Kind.UNIT and place.word:
        return _entry("units", place.word)
    if place.kind is Kind.VARIABLE:
        return _entry("functions", "var()")
    found = _one_value(entries("properties").get(place.owner), place.word) if place.word else None
    return found or _entry("functions", f"{place.word}()") or _entry("wide", place.word) or _property(place.owner)


def _plain(place: Place) -> _Found | None:
    groups = {
        Kind.ENTITY: ("entities",),
        Kind.PSEUDO: ("pseudos", "pseudo-elements"),
        Kind.AT_RULE: ("at-rules",),
        Kind.MEDIA: ("media", "at-rules"),
    }
    word = f"{place.word};" if place.kind is Kind.ENTITY else place.word
    tried = [(group, name) for group in groups.get(place.kind, ()) for name in (word, place.owner)]
    return next((found for group, name in tried if (found := _entry(group, name))), None)


def receiver_type(code: str, receiver: str) -> str:
    """The type, a key of ``names()["members"]``, of what stands before a dot; empty when unknown."""
    types: Mapping[str, str] = table("javascript")["receivers"]
    return types.get(receiver) or types.get(_assigned(code, receiver), "")


def _assigned(code: str, name: str) -> str:
    """What a variable was last given: ``[]``, ``""``, ``querySelector()``, or the name of a class after ``new``."""
    if not name.isidentifier():
        return ""
    given = re.findall(rf"\b{re.escape(name)}\s*=\s*(?:await\s+)?([^=;\n][^;\n]*)", code)
    if not given:
        return ""
    value = given[-1].strip()
    if value[0] in "[\"'`":
        return "[]" if value[0] == "[" else '""'
    made = re.match(r"new\s+(\w+)", value)
    called = re.search(r"(\w+)\([^()]*\)$", value)
    return f"new {made[1]}" if made else f"{called[1]}()" if called else value.rpartition(".")[2]


def _script_name(place: Place, code: str) -> _Found | None:
    if place.kind is Kind.STRING:
        return _entry("events", place.word) or _member("", place.owner)
    if place.kind is Kind.NAME:
        return _entry("keywords", place.word) or _entry("globals", place.word)
    return _member(receiver_type(code, place.owner), place.word)


def _member(kind: str, word: str) -> _Found | None:
    """The member of this type, else the first of that name that this type could have."""
    found = _entry("members", f"{kind}.{word}")
    if found or kind and word not in listed(names()["members"].get(kind, "")):
        return found
    same = (name for name in entries("members") if name.rpartition(".")[2] == word)
    return next((_entry("members", name) for name in same), None)


def _help(entry: Entry | None, name: str, label: str, values: list[str], *, detail: int) -> Help | None:
    if entry is None and not values:
        return None
    lines = _lines(entry, values, detail)
    title = f"{name} · {label}"
    text = "\n".join([title, *(f"{head} : {body}" if head else body for head, body in lines)])
    rows = "".join(_row(head, body) for head, body in lines) + _link(entry)
    return Help(text, f'<div class="cp-help"><p><code>{escape(name)}</code> · {escape(label)}</p>{rows}</div>')


def _link(entry: Entry | None) -> str:
    """A link to the page of the « Aide » panel, which our extension of Lab opens."""
    group = next((group for group, row in GROUPS.items() if entry and row[2] == entry.label), None)
    if entry is None or group is None:
        return ""
    return f'<p><a href="#aide:{escape(quote(f"{group}/{entry.name}"))}">Ouvrir la page de l’Aide</a></p>'


def _row(head: str, body: str) -> str:
    shown = f"<code>{escape(body)}</code>" if head in ("Exemple", "Valeurs", "Attributs") else escape(body)
    return f"<p><strong>{escape(head)} :</strong> {shown}</p>" if head else f"<p>{shown}</p>"


def _lines(entry: Entry | None, values: list[str], detail: int) -> list[tuple[str, str]]:
    """Headings and sentences; the purpose has no heading."""
    lines: list[tuple[str, str]] = []
    if entry:
        lines = [
            ("", entry.purpose),
            ("En anglais", entry.english),
            ("Exemple", entry.example),
            ("Erreur courante", entry.mistake),
            ("Accessibilité", entry.accessibility),
            ("Sans cette ligne", entry.initial),
        ]
    if detail or not entry:
        shown = [value for value in values if value != "<color>"]
        more = " …" if len(shown) > SHOWN_VALUES and not detail else ""
        head = "Attributs" if entry and entry.label == GROUPS["elements"][2] else "Valeurs"
        lines.append((head, ", ".join(shown if detail else shown[:SHOWN_VALUES]) + more if shown else ""))
    return [(head, body) for head, body in lines if body]
