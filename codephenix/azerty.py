"""The French AZERTY keyboard: which keys write which sign.

Law of this module: one table, of which every other form is drawn; a sign that needs a dead key is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass

ROWS = (
    ("²", "&1", "é2~", '"3#', "'4{", "(5[", "-6|", "è7`", "_8\\", "ç9^", "à0@", ")°]", "=+}"),
    (*"azertyuiop", "^¨", "$£"),
    (*"qsdfghjklm", "ù%", "*µ"),
    ("<>", *"wxcvbn", ",?", ";.", ":/", "!§"),
)
"""By row, what each key writes alone, with Maj, and with AltGr; a letter alone stands for its capital too."""

NAMES = {
    "<": "chevron ouvrant", ">": "chevron fermant", "{": "accolade ouvrante", "}": "accolade fermante",
    "/": "barre oblique", '"': "guillemet droit", ";": "point-virgule", "=": "égal", "'": "apostrophe",
    "&": "esperluette", "(": "parenthèse ouvrante", ")": "parenthèse fermante", "[": "crochet ouvrant",
    "]": "crochet fermant", "#": "dièse", "@": "arobase", "\\": "barre oblique inverse", "|": "barre verticale",
    "_": "tiret bas", "-": "tiret", ":": "deux-points", ".": "point", ",": "virgule", "!": "point d’exclamation",
    "?": "point d’interrogation", "*": "étoile", "+": "plus", "%": "pour cent", "$": "dollar",
}  # fmt: skip
"""How the signs of code are called."""

SIGNS = ("<", ">", "{", "}", "/", '"', ";", "=", "'", "&")
"""The signs of a first week."""

DEAD = "^¨~`"  # they wait for the next letter

_WITH = ("", "Maj", "AltGr")


@dataclass(frozen=True)
class Stroke:
    """How one character is typed."""

    name: str
    keys: str  # to read, with `…` around the key
    row: int  # of ROWS; 4 is the space bar
    column: int
    level: int  # 0 alone, 1 with Maj, 2 with AltGr


def _levels(key: str) -> str:
    return key + key.upper() if key.isalpha() and len(key) == 1 and key.isascii() else key


def layout() -> list[list[str]]:
    """Rows of keys, each with its one to three characters."""
    return [[_levels(key) for key in row] for row in ROWS]


def stroke(character: str) -> Stroke | None:
    """The keys of a character, or nothing where this keyboard has no direct key for it."""
    if character == " ":
        return Stroke("espace", "la barre d’espace", 4, 0, 0)
    if character in DEAD:
        return None
    for row, keys in enumerate(layout()):
        for column, key in enumerate(keys):
            level = key.find(character)
            if level >= 0:
                return Stroke(NAMES.get(character, character), _said(key, level), row, column, level)
    return None


def _said(key: str, level: int) -> str:
    cap = key[1] if key[1:2].isdigit() or key[1:2].isalpha() else key[0]
    return f"{_WITH[level]} + la touche `{cap}`" if level else f"la touche `{cap}` seule"
