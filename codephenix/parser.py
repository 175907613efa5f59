"""argparse in French: its headings, its help and its errors.

argparse asks ``gettext`` for its words, by a name of its own module, and Python ships no French for them.

Law of this module: what is not in the table stays as argparse says it.
"""

from __future__ import annotations

import argparse
from typing import NoReturn

WORDS = {
    "usage: ": "utilisation\u00a0: ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "afficher cette aide",
    "show program's version number and exit": "afficher la version",
    "the following arguments are required: %s": "il manque\u00a0: %s",
    "unrecognized arguments: %s": "arguments inconnus\u00a0: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "«\u00a0%(value)s\u00a0» n’existe pas. Au choix\u00a0: %(choices)s"
    ),
    "invalid %(type)s value: %(value)r": "«\u00a0%(value)s\u00a0» ne convient pas",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s\u00a0: %(message)s",
    "expected one argument": "une valeur est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "%(prog)s: error: %(message)s\n": "%(prog)s\u00a0: %(message)s\n",
}


def in_french(words: str) -> str:
    """argparse's words in French."""
    return WORDS.get(words, words)


class Parser(argparse.ArgumentParser):
    """A parser that speaks French; so do those of its verbs."""

    def __init__(self, **options: object) -> None:
        argparse._ = in_french  # type: ignore[attr-defined]  # its own hook for translations
        super().__init__(**options)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to get help; exit code 2."""
        self.exit(2, f"{self.prog}\u00a0: {message}\nAide\u00a0: {self.prog} --help\n")
