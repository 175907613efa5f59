"""What a learner reads in a Markdown cell: its sentences and its words, code set aside.

    « - Écrivez `<p>`. La page change ! »  →  ["Écrivez code.", "La page change !"]

A heading, an item of a list, a cell of a table is never in one sentence with its neighbour.

Law of this module: pure text to text; code counts as one word, and markup as none.
"""

from __future__ import annotations

import re

CODE_WORD = "code"
_BLOCK = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`[^`\n]+`|<kbd>.*?</kbd>")
_TAG = re.compile(r"<(summary|p|li|td|th|h\d|br|details|div)\b[^>]*>|</(summary|p|li|td|th|h\d|details|div)>")
_OTHER_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_RULE = re.compile(r"^[ \t]*\|?[ \t:|-]+\|?[ \t]*$", re.MULTILINE)
_LEAD = re.compile(r"^[ \t]*(#{1,6}|[-*+]|\d+[.)]|>)[ \t]+", re.MULTILINE)
_END = re.compile(r"(?<=[.!?…])[»”)\]*_\u00a0\u202f ]*(?:\s+|$)|;\s")
_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d\u202f\u00a0.,]*")


def plain(text: str) -> str:
    """The text without code, tags, images and markup; blocks stay apart by an empty line."""
    text = _BLOCK.sub("\n\n", text)
    text = _INLINE.sub(CODE_WORD, text)
    text = _LINK.sub(r"\1", _IMAGE.sub("\n\n", text))
    text = _OTHER_TAG.sub("", _TAG.sub("\n\n", text))
    text = _LEAD.sub("\n\n", _RULE.sub("\n\n", text))
    return re.sub(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}", "", text.replace("|", "\n\n"))


def sentences(text: str) -> list[str]:
    """Sentences in order; each holds a word at least."""
    found = []
    for block in re.split(r"\n\s*\n", plain(text)):
        folded = " ".join(block.split())
        found += [part.strip() for part in _END.split(folded) if part and words(part)]
    return found


def words(text: str) -> list[str]:
    """Words and numbers of a text without markup; an elided article counts with its noun."""
    return _WORD.findall(text)


def length(text: str) -> int:
    """How many words a cell makes read."""
    return len(words(plain(text)))
