"""Rules that every notebook shares: C01, C08, C09, C18, C27, C28, C29 here; C30 is in ``comparison``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from nbformat import NotebookNode

from codephenix import notebooks, reference
from codephenix.checks import prose
from codephenix.checks.comparison import check_comparisons
from codephenix.checks.notebook import Notebook, Problem

MAX_IMAGE_BYTES = 300_000
MAX_SENTENCE = 30  # words
MAX_MEAN = 18  # words a sentence, in one cell
LEFT = "‹"  # a skeleton shows « ‹ à écrire › » where the author has to write


def check_form(notebook: Notebook) -> Iterator[Problem]:
    """What can be seen without running anything."""
    if notebooks.format_text(notebook.text, notebook.name) != notebook.text:
        yield Problem(
            "C01", notebook.name, "ce notebook n’est pas en forme canonique. Lancez «\u00a0make format\u00a0»."
        )
    yield from check_comparisons(notebook)
    for cell in notebook.node.cells:
        place = notebook.place(cell)
        if cell.cell_type == "markdown":
            yield from _images(notebook, cell)
            yield from _typography(place, cell.source)
            yield from _readability(place, cell.source)
            yield from _help_links(place, cell.source)
        yield from _addresses(notebook, cell)
        if LEFT in cell.source:
            yield Problem("C28", place, f"il reste du texte de modèle, entre {LEFT} et ›. Remplacez-le par le vôtre.")


_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)\s]+)[^)]*\)")
_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_FENCE = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]*`", re.DOTALL)
_LOADED = re.compile(
    r"""(?:src|href|srcset|action|poster|data)\s*=\s*["']?\s*(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import\s+["'](?:https?:)?//""",
    re.IGNORECASE,
)


def _images(notebook: Notebook, cell: NotebookNode) -> Iterator[Problem]:
    place, text = notebook.place(cell), _FENCE.sub("", cell.source)
    for image in _IMAGE.finditer(text):
        content = notebook.given(image["path"])
        if content is None:
            yield Problem("C08", place, f"l’image {image['path']} est introuvable.")
        elif len(content) > MAX_IMAGE_BYTES:
            yield Problem("C08", place, f"l’image {image['path']} dépasse 300 ko.")
        if not image["alt"].strip():
            yield Problem("C27", place, f"l’image {image['path']} n’a pas de texte de remplacement.")
    for tag in _TAG.findall(text):
        if not re.search(r"""\balt\s*=\s*["'][^"']*\w""", tag):
            yield Problem("C27", place, f"cette image n’a pas de texte de remplacement\u00a0: {tag}")


_HELP_LINK = re.compile(r"\]\(\s*<?(?P<mark>#?)aide:(?P<target>[^)>]*)")


def _help_links(place: str, text: str) -> Iterator[Problem]:
    for link in _HELP_LINK.finditer(_FENCE.sub("", text)):
        target = link["target"].strip()
        if not link["mark"]:
            yield Problem(
                "C29",
                place,
                f"le lien «\u00a0aide:{target}\u00a0» n’a pas son #. Écrivez «\u00a0#aide:{target}\u00a0».",
            )
        elif reference.find_link(unquote(target)) is None:
            yield Problem(
                "C29", place, f"l’Aide n’a pas de page «\u00a0{target}\u00a0». Corrigez le nom, ou écrivez la page."
            )


def _addresses(notebook: Notebook, cell: NotebookNode) -> Iterator[Problem]:
    if cell.metadata.get("nbgrader", {}).get("grade"):
        return
    loaded = re.sub(r"<a\b[^>]*>", "", cell.source)
    if _LOADED.search(loaded):
        yield Problem("C08", notebook.place(cell), "une adresse extérieure serait chargée. Utilisez un fichier local.")


_CODE = re.compile(
    r"```.*?```|~~~.*?~~~|`[^`\n]*`|<[^>\n]*>|\]\([^)]*\)|https?://\S+|^( {4}|\t).*$", re.DOTALL | re.MULTILINE
)
_TYPOGRAPHY = (
    (re.compile(r"(?<=\w)'(?=\w)"), "une apostrophe droite. Écrivez ’"),
    (
        re.compile(r"[ \w)][?!;](?!\w)|(?<=[\w)»]) :(?= |$)|(?<=[a-zéè]):(?= )", re.MULTILINE),
        "une espace insécable manque devant ; : ! ?",
    ),
    (re.compile(r"«[^\u00a0\u202f]|[^\u00a0\u202f]»"), "une espace insécable manque dans les guillemets « »"),
    (re.compile(r"(?<!\")\"\w[^\"\n]*\w\"(?!\")"), "des guillemets droits. Écrivez « »"),
    (re.compile(r"\.\.\."), "trois points. Écrivez …"),
)


def _typography(place: str, text: str) -> Iterator[Problem]:
    plain = _CODE.sub(lambda match: "\u00a0" if match[0].startswith("`") else " ", text)
    for pattern, what in _TYPOGRAPHY:
        found = pattern.search(plain)
        if found:
            extract = plain[max(0, found.start() - 20) : found.end() + 15].replace("\n", " ").strip()
            yield Problem("C09", place, f"{what} (« {extract} »).")


def _readability(place: str, text: str) -> Iterator[Problem]:
    sentences = prose.sentences(text)
    lengths = [len(prose.words(sentence)) for sentence in sentences]
    for sentence, length in zip(sentences, lengths, strict=True):
        if length > MAX_SENTENCE:
            start = " ".join(sentence.split()[:8])
            yield Problem(
                "C18", place, f"une phrase de {length} mots, {MAX_SENTENCE} au plus (« {start}… »). Coupez-la."
            )
    if lengths and sum(lengths) > MAX_MEAN * len(lengths):
        mean = sum(lengths) / len(lengths)
        yield Problem("C18", place, f"les phrases font {mean:.0f} mots en moyenne, {MAX_MEAN} au plus. Coupez-les.")
