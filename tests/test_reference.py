"""The help in French: every description is about a name that exists, short, and well written."""

import re
import shutil
import subprocess
from html.entities import html5
from html.parser import HTMLParser

import pytest
import tinycss2

from codephenix.reference import GROUPS, describe, entries, listed, names

ENTRIES = [(group, name, entry) for group in GROUPS for name, entry in entries(group).items()]
IDS = [f"{group} {name}" for group, name, _ in ENTRIES]
MARKUP = ("elements", "attributes", "entities")


def help_at(text, **options):
    cursor = text.rindex("|")
    return describe(text[:cursor] + text[cursor + 1 :], cursor, **options)


def known(group):
    """Every name that an entry of this group may have."""
    data = names()
    match group:
        case "elements" | "properties":
            return set(data[group])
        case "attributes":
            own = {f"{element} {name}" for element, held in data["elements"].items() for name in held}
            return {*data["attributes"], *own, *(name.partition(" ")[2] for name in own)}
        case "members":
            return {f"{kind}.{name}" for kind, held in data["members"].items() for name in listed(held)}
        case "entities":
            return {f"&{name}" for name in html5}
        case "pseudos":
            return set(listed(data["pseudo-classes"]))
    return set(listed(data[group]))


@pytest.mark.parametrize("group", GROUPS)
def test_every_name_described_exists(group):
    assert set(entries(group)) <= known(group)


@pytest.mark.parametrize("name", entries("properties"))
def test_every_value_described_belongs_to_its_property(name):
    values = listed(names()["properties"][name])
    assert set(entries("properties")[name].values) <= set(values)


@pytest.mark.parametrize("name", entries("attributes"))
def test_every_value_described_belongs_to_its_attribute(name):
    element, _, attribute = name.rpartition(" ")
    holders = [held for tag, held in names()["elements"].items() if not element or tag == element]
    values = {value for held in [*holders, names()["attributes"]] for value in listed(held.get(attribute, ""))}
    assert set(entries("attributes")[name].values) <= values


def test_an_element_is_said_to_be_inside_elements_that_exist():
    parents = {parent for entry in entries("elements").values() for parent in entry.inside}
    assert parents <= set(names()["elements"])


def test_the_course_is_covered():
    least = {"elements": 90, "attributes": 60, "properties": 130}
    assert all(len(entries(group)) >= count for group, count in least.items())
    assert sum(len(entries(group)) for group in ("at-rules", "pseudos", "pseudo-elements")) >= 25
    assert sum(len(entries(group)) for group in ("keywords", "globals", "members", "events")) >= 90


@pytest.mark.parametrize(("group", "name", "entry"), ENTRIES, ids=IDS)
def test_a_description_is_short_and_in_good_french(group, name, entry):
    assert len(entry.purpose.split()) <= 20
    assert len(entry.example) <= 80
    for text in (entry.purpose, entry.mistake, entry.accessibility, *entry.values.values()):
        assert not text or text[-1] in ".!?:»" or text.endswith((";", "}", '"')), text
        assert len(re.findall(r"[.!?](?= [A-ZÉÀ])", text)) == 0, f"one sentence: {text}"
        assert len(text.split()) <= 25, text
    for text in (entry.purpose, entry.mistake, entry.accessibility, entry.english, *entry.values.values()):
        assert not re.search(r" [;:!?»]|« |\w'\w|\.\.\.", text), text
        assert not re.search(r"[^\s\u00a0:(\[\w\"/&-][!?](?!\w)", text), text


class Strict(HTMLParser):
    """Collects the tags of a short example."""

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag not in listed(names()["void"]):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", entries("elements"))
def test_the_example_of_an_element_holds_it_and_closes_what_it_opens(name):
    parser = Strict()
    parser.feed(entries("elements")[name].example)
    parser.close()
    assert name in parser.seen
    assert parser.open == []


@pytest.mark.parametrize("name", entries("attributes"))
def test_the_example_of_an_attribute_holds_it(name):
    element, _, attribute = name.rpartition(" ")
    assert re.search(rf"<{element or '[a-z]+[0-9]?'}\b[^>]*\s{attribute}\b", entries("attributes")[name].example)


@pytest.mark.parametrize("name", entries("entities"))
def test_the_example_of_an_entity_holds_it(name):
    assert name in entries("entities")[name].example


@pytest.mark.parametrize("name", entries("properties"))
def test_the_example_of_a_property_is_one_declaration_of_it(name):
    (declaration,) = tinycss2.parse_declaration_list(entries("properties")[name].example, skip_whitespace=True)
    assert declaration.type == "declaration"
    assert declaration.lower_name == name


@pytest.mark.parametrize("group", ["at-rules", "pseudos", "pseudo-elements", "media"])
def test_the_example_of_a_rule_is_one_rule(group):
    for name, entry in entries(group).items():
        (rule,) = tinycss2.parse_stylesheet(entry.example)
        assert rule.type in ("qualified-rule", "at-rule"), name
        assert name in entry.example


@pytest.mark.parametrize("group", ["units", "functions", "wide"])
def test_the_example_of_a_value_is_one_declaration_that_has_it(group):
    for name, entry in entries(group).items():
        (declaration,) = tinycss2.parse_declaration_list(entry.example, skip_whitespace=True)
        assert declaration.type == "declaration", name
        assert name.removesuffix(")") in entry.example


@pytest.mark.skipif(not shutil.which("node"), reason="node reads the examples")
def test_the_examples_of_javascript_are_javascript():
    groups = ("keywords", "globals", "members", "events")
    found = {f"{group} {name}": entry.example for group in groups for name, entry in entries(group).items()}
    for name, example in found.items():
        assert name.rpartition(" ")[2].rpartition(".")[2] in example or name == "keywords undefined", name
    script = "".join(
        f"{{ {example} }}\n" for name, example in found.items() if "import " not in example and "export" not in example
    )
    result = subprocess.run(
        ["node", "--check", "--input-type=module", "-"], input=script, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("<h1|>", "<h1>"),
        ("|<h1>", "<h1>"),
        ("<h1>|", "<h1>"),
        ("<h1>Bonjour</h1|>", "<h1>"),
        ("<im|g src='a'>", "<img>"),
        ("<img al|t=''>", "alt"),
        ('<svg view|Box="0 0 1 1">', "viewBox"),
        ('<input type="em|ail">', "email"),
        ("12&nbsp|;€", "&nbsp;"),
        ("/* a.css */ h1 { co|lor: red }", "color"),
        ("/* a.css */ h1 { color: r|ed }", "color"),
        ("/* a.css */ h1 { display: fl|ex }", "flex"),
        ("/* a.css */ h1 { margin: 1re|m }", "rem"),
        ("/* a.css */ h1 { color: va|r(--a) }", "var()"),
        ("/* a.css */ a:ho|ver { }", ":hover"),
        ("/* a.css */ @me|dia print { }", "@media"),
        ("/* a.css */ h|1 { }", "<h1>"),
        ("// a.js\ncons|t a = 1;", "const"),
        ("// a.js\nconsole.log(|)", "console.log"),
        ("// a.js\nconst l = [];\nl.pu|sh(1)", "Array.push"),
        ('// a.js\nb.addEventListener("cli|ck", f)', "click"),
    ],
)
def test_help_is_about_the_name_under_the_cursor(text, title):
    assert help_at(text).text.startswith(f"{title} · ")


@pytest.mark.parametrize(
    "text", ["<p>Bon|jour</p>", "<!-- a.html --><!-- h|1 -->", "// a.js\npan|ier", "", "/* a.css */ /* co|lor */"]
)
def test_there_is_no_help_where_there_is_nothing_to_say(text):
    assert help_at(text if "|" in text else text + "|") is None


def test_a_property_out_of_the_course_gives_its_values_and_no_sentence():
    assert help_at("/* a.css */ p { overflow-anc|hor: none }").text == (
        "overflow-anchor · propriété CSS\nValeurs\u00a0: auto, none"
    )


def test_a_second_request_gives_the_whole_list():
    assert "Attributs" not in help_at("<im|g>").text
    assert "srcset" in help_at("<im|g>", detail=1).text


def test_help_in_html_shows_tags_and_never_makes_them():
    html = help_at("<h|1>").html
    assert "&lt;h1&gt;" in html
    assert "<h1>" not in html
