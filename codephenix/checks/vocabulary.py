"""Rules on words: C23 every concept has its definition, C24 no rare word without one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codephenix.checks import prose
from codephenix.checks.notebook import Notebook, Problem
from codephenix.glossary import Glossary
from codephenix.syllabus import Course

FILE = "glossary.toml"
MAX_DEFINITION = 30  # words
MIN_LETTERS = 7  # shorter words are rarely hard
MIN_STEM = 3  # letters; what is left of a word must still say something
_ITALIC = re.compile(r"(?<!\*)\*{1,3}(?![*\s])[^*\n]+(?<!\s)\*{1,3}(?!\*)")
_BOLD = re.compile(r"(?<!\*)\*\*(?![*\s])[^*\n]+(?<!\s)\*\*(?!\*)")
_ENDINGS = (
    "", "s", "x", "e", "es", "ent", "ez", "ons", "er", "rez", "riez", "iez", "ait", "ant", "é", "és", "ée", "ées",
    "issez", "era", "re",
)  # fmt: skip
_BASES = ("", "e", "er", "é", "ée", "ir", "re", "r", "s")
_PREFIXES = ("re", "ré", "r", "dé")
"""A word is known when another of its family is: « recopiez » by « copier »."""


def check_glossary(course: Course, glossary: Glossary) -> Iterator[Problem]:
    """C23: each concept taught in a week that is ready has an entry, defined in one sentence."""
    for week, lesson, concept in course.teaches():
        if week.status == "ready" and concept not in glossary.entries:
            yield Problem("C23", FILE, f"«\u00a0{concept}\u00a0» manque, enseigné dans {week.slug}, {lesson.slug}.")
    for entry in glossary.entries.values():
        found = prose.sentences(entry.definition)
        if len(found) != 1 or not entry.definition.endswith("."):
            yield Problem(
                "C23", f"{FILE}, {entry.concept}", "la définition tient en une phrase, qui finit par un point."
            )
        elif len(prose.words(found[0])) > MAX_DEFINITION:
            yield Problem("C23", f"{FILE}, {entry.concept}", f"la définition dépasse {MAX_DEFINITION} mots.")


def check_vocabulary(notebook: Notebook, common: frozenset[str], glossary: Glossary) -> Iterator[Problem]:
    """C24: words of a notebook that are neither common in French, nor in the glossary, nor admitted there.

    common  frequent French words, in lower case; names and words in italics (English) are not looked at
    """
    known = _glossary_words(glossary)
    seen: set[str] = set()
    for cell in notebook.texts():
        for word in _candidates(_without_italics(cell.source)):
            if word in seen or _is_known(word, common, known):
                continue
            seen.add(word)
            yield Problem(
                "C24",
                notebook.place(cell),
                f"«\u00a0{word}\u00a0» est un mot rare. Prenez un mot courant, définissez-le dans {FILE}, "
                "ou admettez-le dans sa liste «\u00a0admitted\u00a0».",
            )


def _without_italics(text: str) -> str:
    return _ITALIC.sub(lambda found: found[0] if _BOLD.fullmatch(found[0]) else " ", text)


def _candidates(text: str) -> Iterator[str]:
    """Words to look at, in lower case; a capital inside a sentence is a name."""
    for sentence in prose.sentences(text):
        for rank, token in enumerate(re.split(r"[^\w]+|_", sentence)):
            is_name = token[:1].isupper() and (rank > 0 or token.isupper())
            if len(token) >= MIN_LETTERS and token.isalpha() and not is_name:
                yield token.lower()


def _glossary_words(glossary: Glossary) -> frozenset[str]:
    terms = " ".join(f"{entry.fr} {entry.definition}" for entry in glossary.entries.values())
    return glossary.admitted.union(word.lower() for word in re.findall(r"[^\W\d_]+", terms))


def _is_known(word: str, common: frozenset[str], known: frozenset[str]) -> bool:
    forms = (word, *(word.removeprefix(prefix) for prefix in _PREFIXES))
    stems = {form.removesuffix(ending) for form in forms for ending in _ENDINGS}
    family = {stem + base for stem in stems if len(stem) > MIN_STEM for base in _BASES} | {word}
    return not family.isdisjoint(common) or not family.isdisjoint(known)
