import base64
import json
import re
import zlib
from html.parser import HTMLParser

import pytest

from codephenix import preview
from codephenix.sanitise import output_html
from codephenix.site import File, Site


class Frames(HTMLParser):
    """Every tag of a fragment, as a browser reads it."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def site(given=None, **texts):
    files = {name.replace("__", "."): File(name.replace("__", "."), text.encode()) for name, text in texts.items()}
    return Site(files, (given or {}).get)


def document(html):
    return next(attrs["srcdoc"] for tag, attrs in Frames(html).tags if tag == "iframe")


def carried(html):
    """The JSON of the site, found as a browser would: up to the first end of script."""
    start = document(html).partition('<script type="application/json" id="site">')[2]
    return json.loads(start.partition("</script")[0])


PAGE = site(
    index__html='<link rel="stylesheet" href="style.css"><img src="chat.png"><h1>Bonjour</h1>',
    style__css="h1 { color: navy }",
    given={"chat.png": b"\x89PNG\xff"},
)


def test_a_card_is_one_frame_that_may_only_run_scripts():
    tags = Frames(preview.render(PAGE, "index.html")).tags
    assert [tag for tag, _ in tags] == ["div", "iframe"]
    frame = tags[1][1]
    assert frame["sandbox"] == "allow-scripts"
    assert frame["title"] == "Aperçu de index.html"
    assert "src" not in frame


def test_the_frame_takes_the_title_given():
    assert Frames(preview.render(PAGE, "index.html", title='La "carte"')).tags[1][1]["title"] == 'La "carte"'


def test_text_is_carried_as_text_and_an_image_in_base64():
    files = carried(preview.render(PAGE, "index.html"))["files"]
    assert files["style.css"] == {"type": "text/css", "text": "h1 { color: navy }"}
    assert base64.b64decode(files["chat.png"]["base64"]) == b"\x89PNG\xff"
    assert next(iter(files)) == "index.html"


def test_the_names_of_all_cells_are_carried_to_suggest_one():
    lost = site(index__html='<link href="stile.css">', style__css="p {}")
    data = carried(preview.render(lost, "index.html"))
    assert data["names"] == ["index.html", "style.css"]
    assert list(data["files"]) == ["index.html"]


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        '"></iframe><p id="dehors">',
        "<!--<script>",
        "&quot;&lt;&amp;",
        "'\\\u2028\0{}%s",
    ],
)
def test_nothing_that_a_learner_writes_leaves_its_quotes(text):
    html = preview.render(site(index__html=text), "index.html", title=text)
    assert [tag for tag, _ in Frames(html).tags] == ["div", "iframe"]
    assert carried(html)["files"]["index.html"]["text"] == text


def test_the_policy_of_the_card_closes_the_network():
    policy = re.search(
        r'http-equiv="Content-Security-Policy" content="([^"]+)"', document(preview.render(PAGE, "index.html"))
    )
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    closed = ("default-src", "connect-src", "frame-src", "form-action", "base-uri")
    assert {rules[name] for name in closed} == {"'none'"}
    assert not [rule for rule in rules.values() if "http" in rule or "*" in rule]


def test_the_page_has_the_same_policy_as_the_card(root):
    composed = (root / "web/src/card/compose.ts").read_text(encoding="utf-8")
    policy = "".join(re.findall(r'"([^"]*)"', composed.partition("POLICY =")[2].partition(";\n")[0]))
    assert policy == preview.POLICY


def test_the_card_holds_its_style_and_its_script():
    packed = document(preview.render(PAGE, "index.html")).partition('id="card">')[2].partition("</script>")[0]
    style, script = zlib.decompress(base64.b64decode(packed), -zlib.MAX_WBITS).decode().split("\0")
    assert ":root" in style
    assert "postMessage" in script


def test_the_same_site_gives_the_same_bytes():
    again = Site(dict(PAGE.files), PAGE.given)
    assert preview.render(PAGE, "index.html") == preview.render(again, "index.html")


def test_a_card_of_a_small_page_is_small():
    assert len(preview.render(PAGE, "index.html").encode()) < 30_000


def test_a_page_that_does_not_exist_still_gives_a_card():
    assert carried(preview.render(Site(), "absente.html"))["files"] == {}


def test_a_sanitised_card_keeps_its_document():
    html = preview.render(PAGE, "index.html")
    cleaned = Frames(output_html(html)).tags[1][1]
    assert cleaned["sandbox"] == "allow-scripts"
    assert cleaned["srcdoc"].endswith(document(html))


@pytest.mark.parametrize(
    ("page", "said"),
    [("index.html", "Aperçu de index.html (3 fichiers)"), ("style.css", "Aperçu de style.css (1 fichier)")],
)
def test_the_summary_says_the_page_and_its_files(page, said):
    assert preview.summary(PAGE, page) == said
