"""Entries of a data cell: YAML whose every fault is said in French, with its line and its place.

Law of this module: nothing but texts comes out. Anchors, aliases and tags are refused, and a plain scalar is never a
number, a date or a boolean: ``text: no`` is the text « no ».
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any, NoReturn

import yaml

from codephenix.site import CellProblem

MAX_DEPTH = 6  # levels of YAML; the formats use 5

LANGUAGES = {
    "html": "HTML",
    "css": "CSS",
    "javascript": "JavaScript",
    "js": "JavaScript",
    "json": "JSON",
    "shell": "Terminal",
    "text": "Texte",
}
"""What a ``language`` key may be, and how it is shown."""

_KEBAB_CASE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Entry:
    """A mapping of the YAML and where it stands, to name the place in every message."""

    def __init__(self, file: str, place: str, node: yaml.Node) -> None:
        self.file, self.place, self.node = file, place, node
        self.keys: dict[str, yaml.Node] = {}
        self.values: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            self.refuse("Des clés sont attendues ici, comme « text: … ». Écrivez une clé par ligne.")
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._fail(key, "Cette clé n’est pas un mot. Entourez le texte de guillemets droits.")
            if key.value in self.values:
                self._fail(key, f"La clé « {key.value} » est écrite deux fois. Gardez-en une seule.")
            self.keys[key.value], self.values[key.value] = key, value

    def _fail(self, node: yaml.Node, message: str) -> NoReturn:
        raise problem(self.file, node.start_mark.line, message, self.place)

    def refuse(self, message: str, key: str = "") -> NoReturn:
        """Stop on the line of a key, or of the whole mapping."""
        self._fail(self.keys.get(key, self.node), message)

    def refuse_twice(self, key: str, texts: Sequence[str], what: str) -> None:
        """Stop when a list holds the same text twice."""
        for index, text in enumerate(texts):
            if text in texts[:index]:
                self._fail(self.values[key].value[index], f"{what} « {text} » est déjà pris. Changez l’un des deux.")

    def allow(self, *known: str) -> None:
        """Stop on a key that is not one of these, and name the nearest."""
        for key in self.values:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1, 0.5)
                advice = f"Vouliez-vous dire « {near[0]} » ?" if near else f"Clés possibles : {', '.join(known)}."
                self.refuse(f"La clé « {key} » n’a pas sa place ici. {advice}", key)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self.values

    def text(self, key: str) -> str:
        """The text of a key, never empty."""
        if key not in self.values:
            self.refuse(f"Il manque « {key} ». Ajoutez une ligne « {key}: … ».")
        return self._text(self.values[key], key)

    def _text(self, node: yaml.Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self._fail(node, f"Un texte est attendu dans « {key} ». Entourez-le de guillemets droits.")
        if not node.value.strip():
            self._fail(node, f"Le texte de « {key} » est vide. S’il commence par #, entourez-le de guillemets droits.")
        return str(node.value)

    def _list(self, key: str, least: int) -> list[yaml.Node]:
        if key not in self.values and least == 0:
            return []
        if key not in self.values:
            self.refuse(f"Il manque « {key} ». Ajoutez une ligne « {key}: », puis une liste de tirets.")
        node = self.values[key]
        if not isinstance(node, yaml.SequenceNode):
            self._fail(node, f"Une liste est attendue dans « {key} ». Commencez chaque élément par un tiret.")
        if len(node.value) < least:
            self._fail(node, f"La liste « {key} » est trop courte. Il faut au moins {least} élément(s).")
        return list(node.value)

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list, at least one."""
        return tuple(self._text(node, key) for node in self._list(key, 1))

    def entries(self, key: str, noun: str, least: int = 1) -> list[Entry]:
        """The mappings of a list, each placed by its noun and its number."""
        return [
            Entry(self.file, ", ".join(filter(None, (self.place, f"{noun} {number}"))), node)
            for number, node in enumerate(self._list(key, least), 1)
        ]

    def entry(self, key: str) -> Entry:
        """The mapping of a key, placed by the name of the key."""
        if key not in self.values:
            self.refuse(f"Il manque « {key} ». Ajoutez une ligne « {key}: », puis ses clés, décalées.")
        return Entry(self.file, ", ".join(filter(None, (self.place, key))), self.values[key])

    def flag(self, key: str) -> bool:
        """``true`` or ``false``, false when it is not written."""
        word = self.text(key).lower() if key in self.values else "false"
        if word not in ("true", "false"):
            self.refuse(f"« {key} » vaut true ou false. Écrivez « {key}: true ».", key)
        return word == "true"

    def id(self) -> str:
        """The identifier in kebab-case, which the next messages also name."""
        identifier = self.text("id")
        if not _KEBAB_CASE.fullmatch(identifier):
            self.refuse(
                f"L’identifiant « {identifier} » est mal écrit. Utilisez des minuscules sans accent, des chiffres "
                "et des tirets : « balise-titre ».",
                "id",
            )
        self.place += f" ({identifier})"
        return identifier

    def language(self) -> str:
        """A key of LANGUAGES."""
        language = self.text("language")
        if language not in LANGUAGES:
            self.refuse(f"Le langage « {language} » est inconnu. Choisissez : {', '.join(LANGUAGES)}.", "language")
        return language


def stem(name: str) -> str:
    """Identifier of an activity that is one question: ``titre`` for ``titre.prediction.yaml``."""
    return name.rpartition("/")[2].partition(".")[0]


# --- YAML --------------------------------------------------------------------------------------------------


_QUOTE_IT = 'Entourez le texte de guillemets droits : "…".'
_YAML_PROBLEMS = (
    ("'\\t'", "Une tabulation est en trop. Décalez les lignes avec des espaces."),
    ("cannot start any token", "Un texte ne peut pas commencer par ce signe. " + _QUOTE_IT),
    ("mapping values are not allowed", "Deux-points sont de trop dans ce texte. " + _QUOTE_IT),
    ("alias", "Un texte qui commence par * doit être protégé. " + _QUOTE_IT),
    ("anchor", "Un texte qui commence par & doit être protégé. " + _QUOTE_IT),
    ("tag", "Un texte qui commence par ! doit être protégé. " + _QUOTE_IT),
    ("unexpected end of stream", "Un guillemet ouvert n’est pas fermé. Ajoutez-le à la fin du texte."),
    ("unknown escape", "La barre \\ est spéciale entre guillemets droits. Écrivez \\\\, ou des apostrophes autour."),
    ("levels", "Il y a trop de listes les unes dans les autres. Revenez au modèle de l’activité."),
    ("single document", "Une ligne « --- » coupe le fichier en deux. Retirez-la."),
    ("expected ':'", "Il manque deux-points après une clé. Écrivez « clé: texte »."),
    ("block", "Cette ligne est mal décalée, ou un guillemet est de trop. Alignez-la avec ses voisines."),
    ("special characters", "Un caractère invisible est interdit ici. Effacez la ligne, puis retapez-la."),
)
"""What PyYAML says, in part, and what we say instead; the first that fits wins."""


class Loader(yaml.SafeLoader):
    """Composes nodes of plain texts, lists and mappings: no anchor, alias or tag, and few levels."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """PyYAML's own, after a look at what comes next."""
        event = self.peek_event()
        refused = _refused(event) or ("levels" if self.depth == MAX_DEPTH else "")
        if refused:
            raise yaml.MarkedYAMLError(problem=refused, problem_mark=event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _refused(event: yaml.Event) -> str:
    """The first feature of YAML in this event that a data cell may not use."""
    if isinstance(event, yaml.AliasEvent):
        return "alias"
    return next((feature for feature in ("anchor", "tag") if getattr(event, feature, None) is not None), "")


def compose(name: str, source: str) -> yaml.Node:
    """The YAML of a data cell as nodes, which know their line; raises CellProblem."""
    try:
        node = yaml.compose(source, Loader)
    except yaml.YAMLError as error:
        raise _yaml_problem(name, source, error) from None
    if node is None:
        raise CellProblem(f"{name} : cette activité est vide. Écrivez son contenu sous la première ligne.")
    return node


def _yaml_problem(name: str, source: str, error: yaml.YAMLError) -> CellProblem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line if mark else source.count("\n", 0, getattr(error, "position", 0))
    said = " ".join(str(getattr(error, part, "") or "") for part in ("context", "problem", "reason"))
    generic = "Cette ligne n’est pas du YAML correct. Vérifiez les espaces au début et les guillemets."
    return problem(name, line, next((french for part, french in _YAML_PROBLEMS if part in said), generic))


def problem(file: str, line: int, message: str, place: str = "") -> CellProblem:
    """A problem that says the file, the line (counted from 0 here, from 1 to the reader) and the place."""
    where = ", ".join(filter(None, (file, f"ligne {line + 1}", place)))
    return CellProblem(f"{where} : {message}")
