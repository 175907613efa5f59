"""What of a learner's HTML may enter the trainer's page: an allow-list, never a block-list.

    Markdown   text, lists, tables, code; images only as data:, links only to anchors
    output     the same, and our preview cards: ``iframe srcdoc`` sandboxed to scripts alone, with a CSP

Law of this module: what is not named here is dropped, and no address leads anywhere.
"""

from __future__ import annotations

import nh3

FRAME_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="'
    "default-src 'none'; script-src 'unsafe-inline' data: blob:; style-src 'unsafe-inline' data: blob:; "
    "img-src data: blob:; font-src data: blob:; media-src data: blob:; frame-src data: blob: about:; "
    "child-src data: blob: about:; form-action 'none'; base-uri 'none'\">"
)
"""Put in front of every framed document, whoever wrote it."""

TEXT_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "div", "dl", "dt",
    "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark",
    "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
}  # fmt: skip
TEXT_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title", "aria-label", "aria-hidden", "data-verdict"},
    "a": {"href"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
FRAME_ATTRIBUTES = {"srcdoc", "title", "allow", "allowfullscreen", "class"}
_FRAME_STYLE = {"height", "width", "min-height", "max-width", "resize", "overflow", "border", "display"}
_IMAGES = ("data:image/png;", "data:image/jpeg;", "data:image/webp;", "data:image/gif;")


def markdown_html(html: str) -> str:
    """Clean HTML made from a learner's Markdown."""
    return nh3.clean(
        html,
        tags=TEXT_TAGS,
        attributes=TEXT_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"data"},
        link_rel=None,
        generic_attribute_prefixes=set(),
    )


def output_html(html: str) -> str:
    """Clean the HTML of an output; only sandboxed frames may hold scripts."""
    return nh3.clean(
        html,
        tags=TEXT_TAGS | {"iframe"},
        attributes={
            **TEXT_ATTRIBUTES,
            "iframe": FRAME_ATTRIBUTES | {"style"},
            "div": {"style"},
        },
        attribute_filter=_attribute,
        filter_style_properties=_FRAME_STYLE,
        set_tag_attribute_values={"iframe": {"sandbox": "allow-scripts"}},
        url_schemes={"data"},
        link_rel=None,
        generic_attribute_prefixes=set(),
    )


def _attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if value.startswith("#") and not value.startswith("#aide:") else None  # the panel is in Lab only
    if attribute == "src":
        return value if tag == "img" and value.startswith(_IMAGES) else None
    if attribute == "id":
        return f"copie-{value}"  # cannot clobber the trainer's page
    if attribute == "allow":
        return "fullscreen"
    if attribute == "srcdoc":
        return value if value.startswith(FRAME_POLICY) else FRAME_POLICY + value
    return value
