"""Where a cursor stands in the code of a cell: the one thing that completion and help both need.

    <img sr|          an attribute of img, of which "sr" is written
    h1 { color: re|   a value of color
    panier.|          a member of panier

Law of this module: any text is accepted, however unfinished, and nothing here knows a name of the web but those
that change how the text is read (script, style, @media). Scanning is one pass over the text before the cursor.
One file, as a page holds styles and scripts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from codephenix.site import HEADERS, CellProblem, extension_of, read_cell


class Kind(StrEnum):
    """What may be written at a place."""

    HEADER = "header"  # the first line, that names the file
    ELEMENT = "element"
    END_TAG = "end tag"
    ATTRIBUTE = "attribute"
    ATTRIBUTE_VALUE = "attribute value"
    ENTITY = "entity"
    SELECTOR = "selector"
    CLASS = "class"  # ".nom" or "#nom" in a selector
    PSEUDO = "pseudo"
    AT_RULE = "at-rule"
    MEDIA = "media"
    PROPERTY = "property"
    VALUE = "value"
    UNIT = "unit"
    VARIABLE = "variable"
    NAME = "name"
    MEMBER = "member"
    STRING = "string"


@dataclass(frozen=True)
class Place:
    """A place in the code, and what is already written there."""

    kind: Kind
    start: int  # of the word, in code points
    word: str  # from there to the cursor
    owner: str = ""  # element, property, at-rule, JavaScript receiver or called function
    attribute: str = ""
    seen: tuple[str, ...] = ()  # attributes already there, or open elements, innermost first

    @property
    def end(self) -> int:
        """The cursor."""
        return self.start + len(self.word)


def language_of(code: str) -> str:
    """Extension of the file that a cell is, even of one that has a bad name or holds nothing."""
    try:
        return extension_of(read_cell(code).name)
    except CellProblem:
        found = (language for language, (_, pattern) in HEADERS.items() if pattern.match(code))
        return next(found, ".html")


def place_at(code: str, cursor: int) -> Place | None:
    """The place under a cursor; None in text, in comments, and wherever anything may be written."""
    cursor = max(0, min(cursor, len(code)))
    if header := _header(code, cursor):
        return header
    language = language_of(code)
    if language in (".html", ".svg", ".xml"):
        return _html(code, cursor)
    if language == ".css":
        return _css(code, 0, cursor)
    return _script(code, 0, cursor) if language in (".js", ".mjs") else None


_HEADER = re.compile(r"\A\s*(?P<line>(?:<!--|/\*|//)[ \t]*[\w./-]*)\Z")


def _header(code: str, cursor: int) -> Place | None:
    """The first line while its name is being written."""
    found = _HEADER.match(code, 0, cursor)
    return Place(Kind.HEADER, found.start("line"), found["line"]) if found else None


def _ending(pattern: re.Pattern[str], code: str, start: int, cursor: int) -> re.Match[str] | None:
    """Match of a pattern, anchored at its end, in the last 200 characters before the cursor."""
    return pattern.search(code, max(start, cursor - 200), cursor)


# HTML -------------------------------------------------------------------------------------------------------

_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][^\s/<>\"'=]*)?")
_PART = re.compile(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?P<quote>["']?)(?P<value>(?<=")[^"]*|(?<=')[^']*|[^\s"'<>]*)["']?)?|[\s/"'=]+"""
)
_ENTITY = re.compile(r"&[A-Za-z]*\Z")
_END_TAG = re.compile(r"</(?P<name>[A-Za-z]*)\Z")
_RAW = ("script", "style", "textarea", "title")
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


class _Attribute(NamedTuple):
    name: str
    start: int
    value: int  # where the value starts, -1 without one
    end: int  # of the value, of the name without one


class _Tag(NamedTuple):
    name: str  # in lower case
    closing: bool
    attributes: tuple[_Attribute, ...]
    name_end: int
    end: int  # just after ">", or where the unfinished tag stops
    finished: bool


def _html(code: str, cursor: int) -> Place | None:
    opened: list[str] = []
    at = 0
    while (left := code.find("<", at, cursor)) >= 0:
        if code.startswith(("<!", "<?"), left):
            at = _end_of_markup(code, left)
            if cursor < at or at == len(code):
                return _doctype(code, left, cursor)
            continue
        tag = _read_tag(code, left)
        if cursor < tag.end or not tag.finished and cursor == tag.end:
            return _in_tag(code, left, tag, cursor, tuple(reversed(opened)))
        at = tag.end
        _follow(opened, tag)
        if tag.name in _RAW and not tag.closing:
            at = _end_of_raw(code, tag)
            if cursor <= at:
                return _in_raw(code, tag, cursor)
    return _entity(code, at, cursor)


def _end_of_markup(code: str, left: int) -> int:
    """Where a comment or a doctype ends; the end of the code when it does not."""
    closer = "-->" if code.startswith("<!--", left) else ">"
    close = code.find(closer, left + 2)
    return len(code) if close < 0 else close + len(closer)


def _doctype(code: str, left: int, cursor: int) -> Place | None:
    word = code[left + 1 : cursor]
    return None if word.startswith("!-") or not word else Place(Kind.ELEMENT, left + 1, word)


def _read_tag(code: str, left: int) -> _Tag:
    head = _TAG.match(code, left)
    if not head or head["name"] is None:
        end = head.end() if head else left + 1
        return _Tag("", bool(head and head["slash"]), (), end, end, finished=False)
    attributes, at = [], head.end()
    while part := _PART.match(code, at):
        at = part.end()
        if part["name"]:
            attribute = _read_attribute(part)
            attributes.append(attribute)
            at = _after(code, attribute) if attribute.value >= 0 else attribute.end
    finished = code.startswith(">", at)
    return _Tag(head["name"].lower(), bool(head["slash"]), tuple(attributes), head.end(), at + finished, finished)


def _read_attribute(part: re.Match[str]) -> _Attribute:
    if part["value"] is None:
        return _Attribute(part["name"], part.start(), -1, part.end())
    value = part["value"]
    if "\n" in value and "<" in value:  # the closing quote was forgotten: the value stops with its line
        value = re.split(r"[\n>]", value, maxsplit=1)[0]
    start = part.start("value")
    return _Attribute(part["name"], part.start(), start, start + len(value))


def _after(code: str, attribute: _Attribute) -> int:
    """Just after a value and its closing quote."""
    quote = code[attribute.value - 1]
    return attribute.end + (quote in "\"'" and code.startswith(quote, attribute.end))


def _follow(opened: list[str], tag: _Tag) -> None:
    """Keep the list of open elements up to date."""
    if not tag.closing and tag.name and tag.name not in _VOID:
        opened.append(tag.name)
    elif tag.closing and tag.name in opened:
        while opened.pop() != tag.name:
            pass


def _in_tag(code: str, left: int, tag: _Tag, cursor: int, opened: tuple[str, ...]) -> Place | None:
    if cursor <= tag.name_end:
        start = left + 1 + tag.closing
        kind = Kind.END_TAG if tag.closing else Kind.ELEMENT
        return Place(kind, start, code[start:cursor], seen=opened) if cursor >= start else None
    if tag.closing:
        return None
    names = tuple(attribute.name for attribute in tag.attributes)
    for index, attribute in enumerate(tag.attributes):
        if attribute.start <= cursor <= attribute.start + len(attribute.name):
            others = names[:index] + names[index + 1 :]
            return Place(Kind.ATTRIBUTE, attribute.start, code[attribute.start : cursor], tag.name, seen=others)
        if attribute.value >= 0 and attribute.value <= cursor <= attribute.end:
            return _in_value(code, tag, attribute, cursor)
    return Place(Kind.ATTRIBUTE, cursor, "", tag.name, seen=names) if code[cursor - 1].isspace() else None


def _in_value(code: str, tag: _Tag, attribute: _Attribute, cursor: int) -> Place | None:
    if attribute.name == "style":
        return _css(code, attribute.value, cursor, declarations=True)
    start = attribute.value
    if attribute.name in ("class", "rel", "autocomplete", "sandbox", "aria-labelledby", "aria-describedby"):
        start = max(start, 1 + code.rfind(" ", start, cursor))  # a list of words
    return Place(Kind.ATTRIBUTE_VALUE, start, code[start:cursor], tag.name, attribute.name)


def _end_of_raw(code: str, tag: _Tag) -> int:
    close = re.compile(f"</{tag.name}", re.IGNORECASE).search(code, tag.end)
    return close.start() if close else len(code)


def _in_raw(code: str, tag: _Tag, cursor: int) -> Place | None:
    if closing := _ending(_END_TAG, code, tag.end, cursor):
        return Place(Kind.END_TAG, closing.start("name"), closing["name"], seen=(tag.name,))
    if tag.name == "style":
        return _css(code, tag.end, cursor)
    if tag.name == "script":
        return _script(code, tag.end, cursor)
    return _entity(code, tag.end, cursor)


def _entity(code: str, start: int, cursor: int) -> Place | None:
    found = _ending(_ENTITY, code, start, cursor)
    return Place(Kind.ENTITY, found.start(), found[0]) if found else None


# CSS --------------------------------------------------------------------------------------------------------

_CSS_TOKEN = re.compile(
    r"""(?P<comment>/\*(?:.*?\*/|.*))|(?P<string>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)|[{}();]""", re.DOTALL
)
_GROUPS = ("@media", "@supports", "@container", "@layer", "@scope", "@starting-style")
_WORD = re.compile(r"[\w-]*\Z")
_PROPERTY = re.compile(r"\s*(?P<name>-{0,2}[\w-]*)\s*:(?P<value>[^{}]*)\Z")
_FORGOTTEN_SEMICOLON = re.compile(r"[^\s,(:][ \t]*\n\s*(?P<name>[a-z-]*)\Z")
_NUMBER = re.compile(r"(?<![\w.#-])[+-]?\d*\.?\d+(?P<unit>[a-zA-Z]*|%)\Z")
_VARIABLE = re.compile(r"(?:(?P<call>var\(\s*)-?|(?<![\w-])--[\w-]*)\Z")
_PSEUDO = re.compile(r"::?[\w-]*\Z")
_CLASS = re.compile(r"[.#][\w-]*\Z")


def _unfinished(token: str) -> bool:
    """Whether a comment or a string lacks its end."""
    if token.startswith("/*"):
        return len(token) < 4 or not token.endswith("*/")
    return len(token) < 2 or token[-1] != token[0]


def _css(code: str, start: int, cursor: int, *, declarations: bool = False) -> Place | None:
    """Place in a style sheet, or in a list of declarations as in ``style=""``."""
    blocks: list[str] = []
    at, parentheses, text = start, 0, []  # text: the statement so far, comments and strings blanked
    copied = start
    for token in _CSS_TOKEN.finditer(code, start, cursor):
        if token["comment"] or token["string"]:
            if token.end() == cursor and _unfinished(token[0]):
                return None
            text += [code[copied : token.start()], ("\0" if token["string"] else " ") * len(token[0])]
            copied = token.end()
            continue
        mark = token[0]
        parentheses += (mark == "(") - (mark == ")")
        if mark in "{}" or mark == ";" and parentheses <= 0:
            if mark == "{":
                blocks.append("".join([*text, code[copied : token.start()]]).strip())
            elif mark == "}" and blocks:
                blocks.pop()
            at = copied = token.end()
            text, parentheses = [], 0
    statement = "".join([*text, code[copied:cursor]])
    return _statement(_Statement(statement, at, tuple(blocks), declarations))


class _Statement(NamedTuple):
    text: str  # from the last "{", "}" or ";" to the cursor
    start: int
    blocks: tuple[str, ...]  # what stands before each open "{"
    declarations: bool

    def place(self, kind: Kind, word: re.Match[str] | None, owner: str = "", group: int | str = 0) -> Place | None:
        """Place of the word that ends the statement."""
        return Place(kind, self.start + word.start(group), word[group], owner) if word else None


def _statement(s: _Statement) -> Place | None:
    text, block = s.text.lstrip(), s.blocks[-1] if s.blocks else ""
    if text.startswith("@"):
        return _at_rule(s, text)
    if block.startswith("@keyframes"):
        return s.place(Kind.SELECTOR, _WORD.search(s.text), "@keyframes")
    rule = re.match(r"@[\w-]+", block)
    if rule and rule[0] not in _GROUPS:
        return _declaration(s, rule[0])
    if s.declarations or any(not block.startswith("@") for block in s.blocks):
        return _declaration(s, "") if not re.match(r"[&.#>+~*\[:]", text) else _selector(s)
    return _selector(s)


def _at_rule(s: _Statement, text: str) -> Place | None:
    name = re.match(r"@[\w-]*", text)
    if name and name[0] == text:
        return Place(Kind.AT_RULE, s.start + len(s.text) - len(text), text)
    if name and name[0] in ("@media", "@container") and not re.search(r":[^()]*\Z", text):
        return s.place(Kind.MEDIA, _WORD.search(s.text), name[0])
    return s.place(Kind.UNIT, _NUMBER.search(s.text), "", "unit")


def _declaration(s: _Statement, rule: str) -> Place | None:
    found = _PROPERTY.match(s.text)
    if not found:
        word = _WORD.search(s.text)
        alone = word and not s.text[: word.start()].strip()
        return s.place(Kind.PROPERTY, word, rule) if alone else None
    new_line = _FORGOTTEN_SEMICOLON.search(found["value"])
    if new_line and found["value"].count("(") <= found["value"].count(")"):
        return Place(Kind.PROPERTY, s.start + found.start("value") + new_line.start("name"), new_line["name"], rule)
    return _value(s, found["name"])


def _value(s: _Statement, name: str) -> Place | None:
    if number := _NUMBER.search(s.text):
        return s.place(Kind.UNIT, number, name, "unit")
    if variable := _VARIABLE.search(s.text):
        start = variable.end("call") if variable["call"] else variable.start()
        return Place(Kind.VARIABLE, s.start + start, s.text[start:], name)
    if _CLASS.search(s.text):  # a colour in hexadecimal
        return None
    return s.place(Kind.VALUE, _WORD.search(s.text), name)


def _selector(s: _Statement) -> Place | None:
    if s.text.rfind("[") > s.text.rfind("]"):
        return None
    pseudo, named = _PSEUDO.search(s.text), _CLASS.search(s.text)
    return s.place(Kind.PSEUDO, pseudo) or s.place(Kind.CLASS, named) or s.place(Kind.SELECTOR, _WORD.search(s.text))


# JavaScript -------------------------------------------------------------------------------------------------

_JS_TOKEN = re.compile(
    r"""(?P<line>//[^\n]*)|(?P<comment>/\*.*?(?:\*/|\Z))|(?P<string>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)
    |(?P<template>`(?:\\.|[^`\\])*`?)
    |(?<=[=(,:!&|?{};\[\n])[ ]*/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*""",
    re.DOTALL | re.VERBOSE,
)
_JS_WORD = re.compile(r"[\w$]*\Z")
_CALL = re.compile(r"(?P<name>[\w$]+)\(\s*\Z")
_DOT = re.compile(r"(?P<receiver>[\w$]+|[)\]\"'`])?\s*\??\.\s*\Z")
_NAMING = re.compile(r"\b(?:const|let|var|function|class)\s+\Z")


def _script(code: str, start: int, cursor: int) -> Place | None:
    for token in _JS_TOKEN.finditer(code, start, cursor):
        if token.end() < cursor:
            continue
        if token["line"] or token["comment"] and _unfinished(token[0]):
            return None
        if token["string"] and _unfinished(token[0]):
            return _string(code, token)
        if token["template"] and _unfinished(token[0]):
            inner = token[0].rpartition("${")[2]
            if len(inner) == len(token[0]) or "}" in inner:
                return None
    return _word(code, start, cursor)


def _string(code: str, token: re.Match[str]) -> Place | None:
    call = _ending(_CALL, code, 0, token.start())
    return Place(Kind.STRING, token.start() + 1, token[0][1:], call["name"]) if call else None


def _word(code: str, start: int, cursor: int) -> Place | None:
    word = _ending(_JS_WORD, code, start, cursor)
    if not word or word[0][:1].isdigit():
        return None
    place = Place(Kind.NAME, word.start(), word[0])
    if dot := _ending(_DOT, code, start, word.start()):
        receiver = _receiver(code, dot)
        return None if receiver.isdigit() else replace(place, kind=Kind.MEMBER, owner=receiver)
    return None if _ending(_NAMING, code, start, word.start()) else place


def _receiver(code: str, dot: re.Match[str]) -> str:
    """What stands before a dot: a name, ``querySelector()`` for a call, ``[]`` or ``""`` for a literal."""
    receiver = dot["receiver"] or ""
    if receiver == "]":
        return "[]"
    if receiver and receiver in "\"'`":
        return '""'
    return _callee(code, dot.start("receiver")) if receiver == ")" else receiver


def _callee(code: str, close: int) -> str:
    """Name of the function whose call ends at this parenthesis, with ``()``."""
    depth = 0
    for at in range(close, max(-1, close - 500), -1):
        depth += (code[at] == ")") - (code[at] == "(")
        if depth == 0:
            name = _ending(re.compile(r"[\w$]+\Z"), code, 0, at)
            return f"{name[0]}()" if name else ""
    return ""
