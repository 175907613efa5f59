"""What may be written at the cursor. In the examples, ``|`` is the cursor."""

import json
import random
import re
import time
from importlib.resources import files

import pytest

from codephenix.completion import complete
from codephenix.reference import describe, names


def at(text):
    """Completion of a text whose cursor is its last ``|``."""
    cursor = text.rindex("|")
    return complete(text[:cursor] + text[cursor + 1 :], cursor)


CSS, JS = "/* style.css */\n", "// script.js\n"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("<ul><|", "li"),
        ("<table><tr><t|", "th"),
        ("<h|", "html"),
        ("<div><p>Bonjour</|", "p"),
        ("<div><p>Bonjour</d|", "div"),
        ("<img s|", "src"),
        ("<input |>", "type"),
        ('<input type="e|">', "email"),
        ("<input type=ra|", "radio"),
        ('<a target="|">', "_blank"),
        ('<img loading="|">', "lazy"),
        ('<form method="p|">', "post"),
        ('<input autocomplete="given|">', "given-name"),
        ('<ul role="li|">', "list"),
        ('<html lang="|">', "fr"),
        ('<link rel="s|">', "stylesheet"),
        ("caf&ea|", "&eacute;"),
        ("<style>h1 { co|", "color"),
        ('<p style="color: na|">', "navy"),
        ("<script>document.que|</script>", "querySelector"),
        ('<label for="|"></label><input id="prenom">', "prenom"),
        ("<!d|", "!DOCTYPE html>"),
        ("<!-- i|", "<!-- index.html -->"),
        (CSS + "h|", "html"),
        (CSS + "h1 {\n  |\n}", "color"),
        (CSS + "h1 { display: |", "flex"),
        (CSS + "h1 { margin: 12|", "px"),
        (CSS + "h1 { margin: 1r|", "rem"),
        (CSS + ":root { --vert: green }\nh1 { color: var(|", "--vert"),
        (CSS + "a:h|", ":hover"),
        (CSS + "p::|", "::before"),
        (CSS + "@m|", "@media"),
        (CSS + "@media (min|", "min-width"),
        (CSS + "@media print { h1 { fo|", "font-size"),
        (CSS + "@font-face { s|", "src"),
        (CSS + "h1 {\n  color: red\n  back|", "background"),
        (JS + "const panier = [];\npan|", "panier"),
        (JS + "const panier = [];\npanier.pu|", "push"),
        (JS + 'const titre = document.querySelector("h1");\ntitre.text|', "textContent"),
        (JS + "menu.classList.t|", "toggle"),
        (JS + 'bouton.addEventListener("cl|', "click"),
        (JS + "Math.r|", "round"),
        (JS + "`Total : ${Math.ro|", "round"),
        (JS + "boite.style.backgroundC|", "backgroundColor"),
        ("// carte.test.js\nexpect(page).toHaveT|", "toHaveText"),
        ("// carte.test.js\npage.|", "getByRole"),
        ('// carte.test.js\npage.getByRole("hea|', "heading"),
    ],
)
def test_the_first_proposal_is_the_one_wanted(text, first):
    found = at(text)
    assert found.matches[:1] == (first,)


@pytest.mark.parametrize(
    "text",
    [
        "<p>Bonj|",
        "<!-- index.html -->\n<!-- <im| -->",
        '<p title="a">dis|',
        CSS + "/* col| */",
        CSS + 'p { content: "col|',
        CSS + "p { color: #f|",
        JS + "// doc|",
        JS + "/* doc| */",
        JS + 'const nom = "doc|',
        JS + "const nou|",
        JS + "let x = 12.|",
        "# bases.quiz.yaml\nquest|",
        '// plats.json\n{"no|',
    ],
)
def test_nothing_is_proposed_in_text_comments_and_strings(text):
    assert at(text).matches == ()


def test_an_attribute_already_there_is_not_proposed_again():
    found = at('<img src="a.webp" | alt="">')
    assert "src" not in found.matches
    assert "alt" not in found.matches
    assert "width" in found.matches


def test_an_attribute_of_another_element_is_not_proposed():
    assert "href" in at("<a |").matches
    assert "href" not in at("<p |").matches


def test_only_the_values_of_that_property_are_proposed():
    assert "flex" not in at(CSS + "p { position: |").matches
    assert "tomato" in at(CSS + "p { border: 1px solid |").matches


def test_a_forgotten_quote_does_not_swallow_the_rest_of_the_page():
    assert at('<p class="a>\n<h|').matches[0] == "html"


def test_the_word_is_replaced_up_to_the_cursor_counted_in_code_points():
    text = "<p>🍞 pain</p>\n<se|"
    found = at(text)
    assert (found.start, found.end) == (text.index("se|"), text.index("|"))
    assert "section" in found.matches


def test_each_match_tells_jupyterlab_what_it_is():
    found = at("<img s|")
    assert found.types[0] == {"text": "src", "type": "attribut", "start": 5, "end": 6}
    assert len(found.types) == len(found.matches)
    json.dumps(found.types)


def test_no_match_comes_twice():
    for text in ("<|", "<a |", CSS + "p { |", CSS + "p { display: |", JS + "|d", JS + "document.|"):
        matches = at(text).matches
        assert len(matches) == len(set(matches))


def test_the_test_interface_is_the_one_that_the_guide_describes(root):
    guide = (root / "docs/authoring.md").read_text("utf-8")
    for receiver in ("page.", "user.", "clock.", "expect(page)."):
        for name in at(f"// a.test.js\n{receiver}|").matches:
            assert re.search(rf"\b{name}\b", guide), name


PAGE = """<!-- index.html -->
<!DOCTYPE html>
<html lang="fr"><head><title>Le Relais</title><style>
  /* vert */ h1 { color: #1b4332; margin: calc(1rem + 2px) auto } @media (min-width: 48rem) { .a > b:hover { x: y } }
</style></head>
<body class='accueil' data-x=3><h1 style="color: red">Caf&eacute; 🍞</h1><img src="a.webp" alt="">
<script>const a = [1, 2]; /* ok */ a.map((n) => `${n + "}"} €`).join(/[",/]/); document.querySelector("#a").value</script>
</body></html>
"""
SAMPLES = [
    PAGE,
    "/* style.css */\n" + PAGE.partition("<style>")[2].partition("</style>")[0],
    "// script.js\n" + PAGE.partition("<script>")[2].partition("</script>")[0],
]


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_prefix_of_a_cell_is_accepted(sample):
    for cursor in range(len(sample) + 1):
        for code in (sample[:cursor], sample):
            found = complete(code, cursor)
            assert 0 <= found.start <= found.end == cursor
            describe(code, cursor)


def test_any_text_is_accepted():
    chance = random.Random(7)
    marks = [
        *"<>/\"'`=:;{}()[]#.@$&!-*\\\n \0\ud800é🍞x1",
        "<!--",
        "-->",
        "<style>",
        "<script>",
        "/*",
        "*/",
        "//",
        "${",
        "var(",
    ]
    for _ in range(1500):
        start = chance.choice(["", "<!-- a.html -->", "/* a.css */", "// a.js\n", "// a.test.js\n"])
        code = start + "".join(chance.choices(marks, k=chance.randrange(40)))
        cursor = chance.randrange(-2, len(code) + 3)
        complete(code, cursor)
        describe(code, cursor)


def test_random_bytes_are_accepted():
    chance = random.Random(8)
    for _ in range(300):
        code = chance.randbytes(chance.randrange(200)).decode("latin-1")
        complete(code, len(code))
        describe(code, len(code) // 2)


def test_a_long_cell_is_answered_at_once():
    page = "<!-- index.html -->\n" + '<p class="plat">Soupe <b>12&nbsp;€</b></p>\n' * 200 + "<im"
    css = CSS + "p { color: red; margin: 1rem }\n" * 200 + "p { co"
    script = JS + 'const a1 = document.querySelector("p");\n' * 200 + "a1.te"
    for code in (page, css, script):
        complete(code, len(code))  # loads the data
        times = []
        for _ in range(20):
            start = time.process_time()
            assert complete(code, len(code)).matches
            times.append(time.process_time() - start)
        assert sorted(times)[18] < 0.010


def test_a_hostile_cell_takes_no_longer_than_its_length():
    for code in (
        "<" * 50_000,
        "<a " * 20_000,
        "`" * 20_000 + "x",
        CSS + "{" * 50_000,
        JS + "(" * 50_000,
        "<p a='" * 10_000,
    ):
        start = time.process_time()
        complete(code, len(code))
        assert time.process_time() - start < 1


def test_the_names_are_small_enough_to_load_at_once():
    data = (files("codephenix") / "assets/names.json").read_text("utf-8")
    assert len(data) < 80_000
    assert len(names()["elements"]) > 110
