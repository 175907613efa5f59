"""What may be written at the cursor: names and values, those that the course teaches first.

Law of this module: only what is right at that place, and nothing at all in text and in comments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html.entities import name2codepoint
from typing import Any

from codephenix.place import Kind, Place, place_at
from codephenix.reference import (
    attribute_values,
    entries,
    listed,
    names,
    property_values,
    receiver_type,
    table,
)
from codephenix.site import header_for

FIRST_FILES = ("index.html", "style.css", "script.js", "index.test.js")
"""File names proposed on the first line of a cell."""


@dataclass(frozen=True)
class Completion:
    """What may replace the code between two positions, in code points."""

    matches: tuple[str, ...]
    start: int
    end: int
    labels: tuple[str, ...] = ()  # what each match is, in French

    @property
    def types(self) -> list[dict[str, str | int]]:
        """The matches as JupyterLab's ``_jupyter_types_experimental``."""
        return [
            {"text": match, "type": label, "start": self.start, "end": self.end}
            for match, label in zip(self.matches, self.labels, strict=True)
        ]


_Proposal = tuple[str, str]  # a match and what it is


def complete(code: str, cursor: int) -> Completion:
    """What may be written at a cursor; never raises, whatever the code."""
    cursor = max(0, min(cursor, len(code)))
    place = place_at(code, cursor)
    if place is None:
        return Completion((), cursor, cursor)
    prefix = place.word.lower()
    found: dict[str, str] = {}
    for match, label in _SOURCES[place.kind](place, code):
        if match.lower().startswith(prefix):
            found.setdefault(match, label)
    return Completion(tuple(found), place.start, place.end, tuple(found.values()))


def _labelled(label: str, matches: Iterable[str]) -> list[_Proposal]:
    return [(match, label) for match in matches]


# HTML -------------------------------------------------------------------------------------------------------


def _headers(_place: Place, _code: str) -> list[_Proposal]:
    return _labelled("fichier", map(header_for, FIRST_FILES))


def _elements(place: Place, _code: str) -> list[_Proposal]:
    """Elements: those that belong in the open one, then the taught ones, then the rest."""
    parent = place.seen[0] if place.seen else ""
    taught = entries("elements")
    fitting = [name for name, entry in taught.items() if parent in entry.inside]
    free = [name for name, entry in taught.items() if not entry.inside]
    doctype = [] if place.seen or not place.word.startswith("!") else ["!DOCTYPE html>"]
    return _labelled("élément", [*doctype, *fitting, *free, *taught, *names()["elements"]])


def _end_tags(place: Place, _code: str) -> list[_Proposal]:
    return _labelled("balise ouverte", place.seen)


def _attributes(place: Place, _code: str) -> list[_Proposal]:
    taught = [name for name in entries("attributes") if " " not in name]
    special = [name.partition(" ")[2] for name in entries("attributes") if name.startswith(f"{place.owner} ")]
    own, everywhere = names()["elements"].get(place.owner, {}), names()["attributes"]
    ordered = [
        *special,
        *(name for name in taught if name in own),
        *own,
        *(name for name in taught if name in everywhere),
        *everywhere,
    ]
    return _labelled("attribut", [name for name in ordered if name not in place.seen])


_REFERS_TO_IDS = (
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "list",
    "popovertarget",
    "form",
    "headers",
)


def _attribute_values(place: Place, code: str) -> list[_Proposal]:
    if place.attribute in _REFERS_TO_IDS or place.attribute == "href" and place.word.startswith("#"):
        mark = "#" if place.attribute == "href" else ""
        return _labelled("identifiant", [mark + name for name in _found(code, "id")])
    if place.attribute == "class":
        return _labelled("classe", [name[1:] for name in re.findall(r"\.[A-Za-z_][\w-]*(?=[^;{}]*\{)", code)])
    return _labelled("valeur", attribute_values(place.owner, place.attribute))


def _found(code: str, attribute: str) -> list[str]:
    """The words that an attribute holds in this cell."""
    values = re.findall(rf"""\b{attribute}\s*=\s*["']([\w\s-]{{1,200}})["']""", code)
    return list(dict.fromkeys(word for value in values for word in value.split()))


@cache
def _entities(_place: Place | None = None, _code: str = "") -> list[_Proposal]:
    rest = sorted(f"&{name};" for name in name2codepoint)
    return _labelled("caractère", [*entries("entities"), *rest])


# CSS --------------------------------------------------------------------------------------------------------


def _selectors(place: Place, _code: str) -> list[_Proposal]:
    if place.owner == "@keyframes":
        return _labelled("étape", ("from", "to"))
    shown = [name for name, entry in entries("elements").items() if "head" not in entry.inside]
    return _labelled("élément", [*shown, *names()["elements"]])


def _classes(place: Place, code: str) -> list[_Proposal]:
    """Classes and ids of the page and of the other rules, when they are in the same cell."""
    mark = place.word[:1]
    html = _found(code, "class" if mark == "." else "id")
    css = re.findall(rf"(?<![\w)]){re.escape(mark)}([A-Za-z_][\w-]*)(?=[^;{{}}]*\{{)", code)
    known = [name for name in [*html, *css] if mark + name != place.word]
    return _labelled("classe" if mark == "." else "identifiant", [mark + name for name in known])


def _pseudos(_place: Place, _code: str) -> list[_Proposal]:
    classes = [*entries("pseudos"), *listed(names()["pseudo-classes"])]
    parts = [*entries("pseudo-elements"), *listed(names()["pseudo-elements"])]
    return [*_labelled("pseudo-classe", classes), *_labelled("pseudo-élément", parts)]


def _at_rules(_place: Place, _code: str) -> list[_Proposal]:
    return _labelled("règle", [*entries("at-rules"), *listed(names()["at-rules"])])


def _media(_place: Place, _code: str) -> list[_Proposal]:
    return _labelled("condition", [*entries("media"), *listed(names()["media"])])


def _properties(place: Place, code: str) -> list[_Proposal]:
    if place.owner:
        return _labelled("descripteur", listed(names()["descriptors"].get(place.owner, "")))
    own = _variables(code) if place.word.startswith("--") else []
    return _labelled("propriété", [*own, *entries("properties"), *names()["properties"]])


def _values(place: Place, code: str) -> list[_Proposal]:
    if place.owner not in names()["properties"] and place.owner in names()["elements"]:  # a:hover in a nested rule
        return [(match.lstrip(":"), label) for match, label in _pseudos(place, code)]
    own = property_values(place.owner)
    found = _labelled("valeur", [value for value in own if value != "<color>"])
    if "<color>" in own:
        found += [*_labelled("couleur", listed(names()["colors"])), *_labelled("fonction", _color_functions())]
    functions = _labelled("fonction", ["var()"]) if _variables(code) else []
    return [*found, *functions, *_labelled("valeur", [*entries("wide"), *listed(names()["wide"])])]


def _color_functions() -> list[str]:
    return [
        name for name in listed(names()["functions"]) if name.startswith(("rgb", "hsl", "oklch", "color-mix", "light"))
    ]


def _units(_place: Place, _code: str) -> list[_Proposal]:
    return _labelled("unité", [*entries("units"), *listed(names()["units"])])


def _variables(code: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"(?<![\w-])(--[\w-]+)\s*:", code)))


def _variable_names(_place: Place, code: str) -> list[_Proposal]:
    return _labelled("variable", _variables(code))


# JavaScript -------------------------------------------------------------------------------------------------


def _script_names(place: Place, code: str) -> list[_Proposal]:
    others = code[: place.start] + code[place.end :]
    taught = [*entries("globals"), *entries("keywords")]
    proposals = _labelled("nom de la cellule", _declared(others))
    if _is_test(code):
        proposals += _labelled("test", table("javascript")["tests"]["names"])
    proposals += _labelled("nom", taught)
    return [*proposals, *_labelled("nom", [*listed(names()["keywords"]), *listed(names()["globals"])])]


_DECLARED = re.compile(r"\b(?:const|let|var|function\*?|class)\s+(?:([\w$]+)|[\[{]([^\]}=]*)[\]}])|([\w$]+)\s*=>")
_PARAMETERS = re.compile(
    r"(?:\bfunction\b[^(\n]{0,80}|=\s*(?:async\s*)?)\(([\w$,\s]{1,200})\)|\(([\w$,\s]{1,200})\)\s*=>"
)


def _declared(code: str) -> list[str]:
    """Variables, functions and parameters that the cell names itself."""
    texts = [*(match for groups in _DECLARED.findall(code) for match in groups)]
    texts += [match for groups in _PARAMETERS.findall(code) for match in groups]
    found = (word for text in texts for word in re.findall(r"[^\W\d][\w$]*", text))
    return list(dict.fromkeys(found))


def _is_test(code: str) -> bool:
    return re.match(r"\s*//\s*\S+\.test\.js", code) is not None


_OF_VARIABLES = ("Element", "Array", "String", "number", "Event", "Response", "Date", "FormData", "Promise", "Error")
"""Types that a variable of the cell may have; the others have a name of their own, as Math."""


def _members(place: Place, code: str) -> list[_Proposal]:
    tests: Mapping[str, Any] = table("javascript")["tests"]
    if _is_test(code) and place.owner in tests["receivers"]:
        return _labelled("test", tests[tests["receivers"][place.owner]])
    if place.owner == "style":
        return _labelled("propriété", map(_camel, [*entries("properties"), *names()["properties"]]))
    kind = receiver_type(code, place.owner)
    taught = [(name.rpartition(".")[0], name.rpartition(".")[2]) for name in entries("members")]
    own = listed(names()["members"].get(kind, ""))
    possible = own if kind else listed(names()["members"]["Element"])
    shown = [
        member
        for owner, member in taught
        if owner == kind
        or owner in _OF_VARIABLES
        and not kind
        or owner in ("document", *_OF_VARIABLES)
        and member in possible
    ]
    return _labelled("membre", [*shown, *own])


def _camel(name: str) -> str:
    head, *rest = name.split("-")
    return head + "".join(part.capitalize() for part in rest)


def _strings(place: Place, code: str) -> list[_Proposal]:
    """Inside the quotes of a call: events, selectors, names of elements, roles."""
    match place.owner:
        case "addEventListener" | "removeEventListener" | "Event":
            return _labelled("évènement", [*entries("events"), *listed(names()["events"])])
        case "createElement":
            return _labelled("élément", entries("elements"))
        case "querySelector" | "querySelectorAll" | "closest" | "matches" | "locator":
            known = [*(f".{name}" for name in _found(code, "class")), *(f"#{name}" for name in _found(code, "id"))]
            return _labelled("sélecteur", [*known, *entries("elements")])
        case "getElementById":
            return _labelled("identifiant", _found(code, "id"))
        case "getByRole":
            return _labelled("rôle", listed(names()["attributes"]["role"]))
    return []


_SOURCES: Mapping[Kind, Callable[[Place, str], list[_Proposal]]] = {
    Kind.HEADER: _headers,
    Kind.ELEMENT: _elements,
    Kind.END_TAG: _end_tags,
    Kind.ATTRIBUTE: _attributes,
    Kind.ATTRIBUTE_VALUE: _attribute_values,
    Kind.ENTITY: _entities,
    Kind.SELECTOR: _selectors,
    Kind.CLASS: _classes,
    Kind.PSEUDO: _pseudos,
    Kind.AT_RULE: _at_rules,
    Kind.MEDIA: _media,
    Kind.PROPERTY: _properties,
    Kind.VALUE: _values,
    Kind.UNIT: _units,
    Kind.VARIABLE: _variable_names,
    Kind.NAME: _script_names,
    Kind.MEMBER: _members,
    Kind.STRING: _strings,
}
