"""A cell is a file: from the cells of a notebook to the files of a small site.

    <!-- carte.html -->      the first comment names the file, in the language's own syntax
    <h1>Bonjour</h1>         carte.html  (text/html)

    /* style.css */          style.css   (text/css)
    // script.js             script.js   (text/javascript)
    // carte.test.js         a test of the site, not a file of it
    # bases.quiz.yaml        an activity, not a file of it
    // plats.json            plats.json; JSON has no comments, so this line is dropped

A cell without a name is ``index.html``.

Law of this module: no I/O here. Files beside the notebook come through ``given``, a function.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

BYTE_ORDER_MARK = "\ufeff"
MAX_CELL_BYTES = 1_000_000  # a page typed by hand is a thousand times smaller
MAX_BUNDLE_BYTES = 8_000_000  # files carried by one preview card
HOME_PAGE = "index.html"

MEDIA_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".webmanifest": "application/manifest+json",
    ".vtt": "text/vtt",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".pdf": "application/pdf",
}
"""Media type of each extension a site may hold."""

HEADERS = {
    ".html": ("<!-- {} -->", re.compile(r"\A\s*<!--(?P<name>[^\n]*?)-->")),
    ".css": ("/* {} */", re.compile(r"\A\s*/\*(?P<name>[^\n]*?)\*/")),
    ".js": ("// {}", re.compile(r"\A\s*//(?P<name>[^\n]*)")),
    ".yaml": ("# {}", re.compile(r"\A\s*#(?!\w+\s*\{)(?P<name>[^\n]*)")),
}
"""How each language writes a comment on the first line of a cell."""

SYNTAX = {".svg": ".html", ".xml": ".html", ".mjs": ".js", ".json": ".js", ".txt": ".yaml", ".vtt": ".yaml"}
"""Extensions that borrow the comment of another."""

ACTIVITIES = ("quiz", "prediction", "parsons", "revision", "erreur", "frappe", "explorateur", "comparaison")
RAPPEL = "rappel"  # an activity whose cards are drawn for each learner

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*(/[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*)*")
_LOOKS_LIKE_A_NAME = re.compile(r"\S\.[A-Za-z][A-Za-z0-9]{0,10}$")


class Kind(StrEnum):
    """What a cell is for."""

    FILE = "file"
    TEST = "test"
    ACTIVITY = "activity"


class CellProblem(Exception):
    """A cell that cannot become a file; the message is for the learner, in French."""


class EmptyCell(CellProblem):
    """A cell without code: worth a word, not an error."""


@dataclass(frozen=True)
class File:
    """A file of a site."""

    path: str  # relative to the site, "/" between folders
    content: bytes
    cell_id: str | None = None  # None for a file given beside the notebook

    @property
    def extension(self) -> str:
        """Extension with its dot, as in ``.css``."""
        return extension_of(self.path)

    @property
    def media_type(self) -> str:
        """Media type, without charset."""
        return MEDIA_TYPES.get(self.extension, "application/octet-stream")

    @property
    def text(self) -> str:
        """Content as text; bytes that are not UTF-8 become U+FFFD."""
        return self.content.decode("utf-8", "replace")


@dataclass(frozen=True)
class Cell:
    """A cell that was read: its kind, its file name and its source."""

    kind: Kind
    name: str
    source: str
    named: bool = True  # False when the learner gave no name
    activity: str = ""  # one of ACTIVITIES, or RAPPEL


def extension_of(path: str) -> str:
    """Extension of a path in lower case, with its dot; empty when there is none."""
    stem, dot, extension = path.rpartition("/")[2].rpartition(".")
    return f".{extension.lower()}" if dot and stem else ""


def syntax_of(path: str) -> str:
    """Extension of the language whose comment names this file."""
    extension = extension_of(path)
    return SYNTAX.get(extension, extension)


def header_for(path: str) -> str:
    """The first line that names a file, as in ``/* style.css */``."""
    template, _ = HEADERS.get(syntax_of(path), HEADERS[".html"])
    return template.format(path)


def is_good_name(path: str) -> bool:
    """Whether a file given beside the notebook can be read under this path: no space, no accent; capitals may be."""
    return _NAME.fullmatch(path.lower()) is not None


def nothing_given(_path: str) -> bytes | None:
    """A site without a folder."""
    return None


@dataclass(frozen=True)
class Site:
    """The files of a site: those of the cells first, then those given beside the notebook."""

    files: Mapping[str, File] = field(default_factory=dict)
    given: Callable[[str], bytes | None] = nothing_given

    def with_file(self, file: File) -> Site:
        """A site in which this file replaces the one of the same name."""
        return Site({**self.files, file.path: file}, self.given)

    def read(self, path: str) -> File | None:
        """The file at this path, None when there is none or the path leaves the site."""
        if path in self.files:
            return self.files[path]
        if not is_good_name(path):
            return None
        content = self.given(path)
        return None if content is None else File(path, content)

    @property
    def pages(self) -> tuple[str, ...]:
        """Paths of the HTML pages written in cells, in the order they were first run."""
        return tuple(path for path in self.files if path.endswith(".html"))

    def bundle(self, start: str) -> dict[str, File]:
        """Every file that a page can reach by links, styles, scripts and images, itself first.

        Files past MAX_BUNDLE_BYTES in all are left out.
        """
        found: dict[str, File] = {}
        waiting, size = [start], 0
        while waiting:
            path = waiting.pop(0)
            file = None if path in found else self.read(path)
            if file is None or size + len(file.content) > MAX_BUNDLE_BYTES:
                continue
            size += len(file.content)
            found[path] = file
            waiting.extend(references(file))
        return found


def resolve(base: str, address: str) -> str | None:
    """Path in the site of an address written in the file ``base``; None when it leads elsewhere."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = unquote(parts.path)
    path = path.lstrip("/") if path.startswith("/") else join(dirname(base), path)
    path = normpath(path) + ("/" if path.endswith("/") else "")
    if path.startswith("..") or "\\" in path or "\0" in path:
        return None
    return path + HOME_PAGE if path.endswith("/") else path


_QUOTED = re.compile(  # the look-ahead lets 'b.html' be found inside onclick="… 'b.html'"
    r"""["'`](?=([^"'`\n<>]{1,400})["'`])|url\(\s*([^"')\s]{1,200})\s*\)|=\s*([^"'`\s<>=]{1,200})"""
)
_CODE = (".html", ".css", ".js", ".mjs", ".svg")


def references(file: File) -> Iterator[str]:
    """Paths that a file may load or link to: every string in it that reads as one of our files.

    Over-inclusive on purpose: ``fetch("plats.json")`` counts as much as ``<img src>``.
    """
    if file.extension not in _CODE:
        return
    for match in _QUOTED.finditer(file.text):
        for address in re.split(r"[\s,]+", next(filter(None, match.groups()), "")):
            path = resolve(file.path, address)
            if path and extension_of(path) in MEDIA_TYPES:
                yield path


def read_cell(source: str) -> Cell:
    """Read what a cell is from its first line.

    Raises EmptyCell or CellProblem, in French, for a cell that is empty, over MAX_CELL_BYTES, or badly named.
    """
    source = source.removeprefix(BYTE_ORDER_MARK)  # pasted from a file; it would hide the name
    if not source.strip():
        raise EmptyCell("Cette cellule est vide. Écrivez votre code, puis exécutez-la.")
    size = len(source.encode("utf-8", "replace"))
    if size > MAX_CELL_BYTES:
        raise CellProblem(
            f"Cette cellule est trop grande : {size // 1000} ko, pour un maximum de "
            f"{MAX_CELL_BYTES // 1000} ko. Partagez le code en plusieurs fichiers."
        )
    found = _named(source)
    name, language = found or (HOME_PAGE, ".html")
    _check_name(name, language)
    cell = _cell(name, source, named=found is not None)
    _check_language(cell)
    return cell


def kind_of(source: str) -> Kind | None:
    """What a cell is for; None when it cannot be read."""
    try:
        return read_cell(source).kind
    except CellProblem:
        return None


def header_name(source: str) -> str | None:
    """The file name in the first line of a cell, whether it is a good one or not; None when there is none."""
    found = _named(source)
    return found[0] if found else None


def _named(source: str) -> tuple[str, str] | None:
    """Name in the first comment and the language of that comment; None when no file is named."""
    for language, (_, pattern) in HEADERS.items():
        match = pattern.match(source)
        if match:
            name = match["name"].strip()
            return (name, language) if _LOOKS_LIKE_A_NAME.search(name) and len(name.split()) <= 4 else None
    return None


def _check_name(name: str, language: str) -> None:
    shown = f"« {name} »"
    if name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name:
        raise CellProblem(f"Le nom {shown} sort du dossier de la leçon. Écrivez un nom simple, comme « index.html ».")
    extension = extension_of(name)
    if extension not in MEDIA_TYPES and extension != ".yaml":
        raise CellProblem(
            f"Le nom {shown} finit par une extension inconnue. Les extensions courantes sont .html, .css et .js."
        )
    if not _NAME.fullmatch(name) or len(name) > 100:
        raise CellProblem(
            f"Le nom {shown} n’est pas un bon nom de fichier. Utilisez des minuscules sans accent, "
            "des chiffres et des tirets, sans espace : « ma-page.html »."
        )
    if syntax_of(name) not in HEADERS:
        raise CellProblem(
            f"Un fichier {extension} ne s’écrit pas dans une cellule. Déposez-le dans le dossier de la leçon."
        )
    if syntax_of(name) != language:
        raise CellProblem(
            f"Un fichier {extension} se nomme avec le commentaire de son langage. "
            f"Écrivez en première ligne : {header_for(name)}"
        )


_MARKUP_FIRST = re.compile(r"\A\s*<[a-zA-Z!/]")
_CSS_FIRST = re.compile(r"\A\s*(@(media|import|font-face)\b|[.#]?[a-zA-Z*][\w\s.#:>,-]*\{\s*[\w-]+\s*:)")
_JS_FIRST = re.compile(r"\A\s*((const|let|var|function|class|async|import)\s|(console|document|window)\.)")
_COMMENTS = re.compile(r"<!--.*?-->|/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)


def _check_language(cell: Cell) -> None:
    """Refuse a cell whose code is plainly in another language than its name says."""
    written, language = _language_of(_COMMENTS.sub("", cell.source)), syntax_of(cell.name)
    if (
        cell.kind is Kind.ACTIVITY
        or written in ("", language)
        or extension_of(cell.name) not in (".html", ".css", ".js")
    ):
        return
    spoken = {".html": "HTML", ".css": "CSS", ".js": "JavaScript"}
    example = {".html": "index.html", ".css": "style.css", ".js": "script.js"}[written]
    named = f"s’appelle « {cell.name} »" if cell.named else "n’a pas de nom"
    raise CellProblem(
        f"Cette cellule contient du {spoken[written]}, mais elle {named}. "
        f"Écrivez en première ligne : {header_for(example)}"
    )


def _language_of(code: str) -> str:
    for language, pattern in ((".html", _MARKUP_FIRST), (".css", _CSS_FIRST), (".js", _JS_FIRST)):
        if pattern.match(code):
            return language
    return ""


def _cell(name: str, source: str, *, named: bool) -> Cell:
    if name.endswith(".test.js"):
        return Cell(Kind.TEST, name, source)
    if name.endswith(".yaml"):
        kind = name.removesuffix(".yaml").rpartition(".")[2]
        if kind not in (*ACTIVITIES, RAPPEL):
            raise CellProblem(
                f"L’activité « {name} » est inconnue. Son nom finit par "
                + ", ".join(f".{a}.yaml" for a in ACTIVITIES[:-1])
                + f" ou .{ACTIVITIES[-1]}.yaml."
            )
        return Cell(Kind.ACTIVITY, name, source, activity=kind)
    if extension_of(name) in (".json", ".txt", ".webmanifest", ".vtt"):
        source = source.lstrip().partition("\n")[2]
    return Cell(Kind.FILE, name, source, named=named)
