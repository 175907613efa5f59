"""The preview card: a site as one self-contained piece of HTML for a ``text/html`` output.

    <div class="codephenix-preview">
      <iframe sandbox="allow-scripts" allow="fullscreen" title="Aperçu de carte.html" srcdoc="…"></iframe>
    </div>

The document in ``srcdoc`` holds the files of the site as JSON and the card itself (``web/src/card``, compressed as it
repeats in each output), which composes the page in a second sandboxed frame, in the reader's own browser.

Law of this module: the same site gives the same bytes; nothing of the learner's leaves its quotes.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from functools import cache
from html import escape
from importlib.resources import files

from codephenix.site import File, Site

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' data: blob:; style-src 'unsafe-inline' data:; "
    "img-src data: blob:; font-src data: blob:; media-src data: blob:; frame-src 'none'; connect-src 'none'; "
    "form-action 'none'; base-uri 'none'"
)
"""Nothing comes from outside. A ``srcdoc`` document inherits it, so it must suit the learner's page too."""

HEIGHT_PX = 360

_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/manifest+json", "image/svg+xml")

_DOCUMENT = """\
<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">\
<meta http-equiv="Content-Security-Policy" content="{policy}">\
<meta name="viewport" content="width=device-width"><title>{title}</title></head>\
<body><script type="application/json" id="site">{site}</script>\
<script type="text/plain" id="card">{card}</script><script>{start}</script></body></html>"""

_START = (
    "new Response(new Blob([Uint8Array.from(atob(card.textContent),c=>c.charCodeAt())]).stream()"
    ".pipeThrough(new DecompressionStream('deflate-raw'))).text().then(t=>t.split('\\0').forEach((text,i)=>"
    "document.head.append(Object.assign(document.createElement(i?'script':'style'),{textContent:text}))))"
)
"""Unpacks the card: its style, then its script."""

_FRAGMENT = """\
<div class="codephenix-preview" style="height:{height}px;min-height:200px;padding-bottom:14px;box-sizing:border-box;\
resize:vertical;overflow:hidden">\
<iframe sandbox="allow-scripts" allow="fullscreen" title="{title}" style="width:100%;height:100%;border:0" \
srcdoc="{document}"></iframe></div>"""


def render(site: Site, page: str, *, title: str = "") -> str:
    """The preview card of a page, as an HTML fragment; ``title`` names its frame for screen readers."""
    title = title or f"Aperçu de {page}"
    document = _DOCUMENT.format(
        policy=escape(POLICY, quote=False),
        title=escape(title),
        site=_as_json(site, page),
        card=_card(),
        start=_START,
    )
    return _FRAGMENT.format(height=HEIGHT_PX, title=escape(title), document=_in_attribute(document))


def summary(site: Site, page: str) -> str:
    """The card in one line, for a ``text/plain`` output."""
    count = len(site.bundle(page))
    return f"Aperçu de {page} ({count} fichier{'s' if count > 1 else ''})"


def _as_json(site: Site, page: str) -> str:
    """The files that the page can reach, as JSON that cannot close the script that holds it."""
    bundle = {path: _file(file) for path, file in site.bundle(page).items()}
    data = {"page": page, "files": bundle, "names": sorted(site.files)}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _file(file: File) -> dict[str, str]:
    if file.media_type.startswith(_TEXT_TYPES):
        return {"type": file.media_type, "text": file.text}
    return {"type": file.media_type, "base64": b64encode(file.content).decode("ascii")}


def _in_attribute(document: str) -> str:
    """Text between double quotes; ``<`` may stay, which keeps the output small."""
    return document.replace("&", "&amp;").replace('"', "&quot;")


@cache
def _card() -> str:
    """Style and script of the card, in base64."""
    assets = files("codephenix") / "assets"
    text = "\0".join((assets / name).read_text(encoding="utf-8").strip() for name in ("card.css", "card.js"))
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return b64encode(deflate.compress(text.encode()) + deflate.flush()).decode("ascii")
