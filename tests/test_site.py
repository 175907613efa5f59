import json

import pytest

from codephenix.site import MAX_CELL_BYTES, CellProblem, EmptyCell, File, Kind, Site, header_for, read_cell, resolve


@pytest.mark.parametrize(
    ("source", "kind", "name"),
    [
        ("<!-- carte.html -->\n<h1>Bonjour</h1>", Kind.FILE, "carte.html"),
        ("<!--carte.html-->\n<h1>Bonjour</h1>", Kind.FILE, "carte.html"),
        ("\n\n<!-- carte.html -->\n<p>", Kind.FILE, "carte.html"),
        ("/* style.css */\nh1 { color: red }", Kind.FILE, "style.css"),
        ("// script.js\nconst x = 1", Kind.FILE, "script.js"),
        ("// carte.test.js\ntest('a', () => {})", Kind.TEST, "carte.test.js"),
        ("# bases.quiz.yaml\nquestions: []", Kind.ACTIVITY, "bases.quiz.yaml"),
        ("<!-- recettes/tarte.html -->\n<p>", Kind.FILE, "recettes/tarte.html"),
        ("<!-- logo.svg -->\n<svg></svg>", Kind.FILE, "logo.svg"),
        ("<h1>Bonjour</h1>", Kind.FILE, "index.html"),
        ("<!-- À vous : écrivez un titre. -->\n<p>", Kind.FILE, "index.html"),
        ("<!-- Version 3.14 -->\n<p>", Kind.FILE, "index.html"),
        ("Bonjour tout le monde.", Kind.FILE, "index.html"),
    ],
)
def test_the_first_comment_names_the_file(source, kind, name):
    cell = read_cell(source)
    assert (cell.kind, cell.name) == (kind, name)


def test_a_json_file_loses_its_name_line_because_json_has_no_comments():
    assert read_cell('// plats.json\n{"a": 1}').source == '{"a": 1}'


def test_other_files_keep_their_name_line_so_that_a_cell_pasted_in_a_file_works_as_it_is():
    source = "/* style.css */\nh1 { color: red }"
    assert read_cell(source).source == source


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<!-- ../secret.html -->\n", "sort du dossier"),
        ("<!-- /etc/passwd.html -->\n", "sort du dossier"),
        ("<!-- c:\\page.html -->\n", "sort du dossier"),
        ("<!-- page.php -->\n", "extension inconnue"),
        ("<!-- Ma page.html -->\n", "minuscules"),
        ("<!-- été.html -->\n", "minuscules"),
        ("<!-- Index.html -->\n", "minuscules"),
        ("<!-- style.css -->\nh1 {}", "/* style.css */"),
        ("/* script.js */\nlet a", "// script.js"),
        ("// page.html\n<p>", "<!-- page.html -->"),
        ("<!-- photo.png -->\n", "ne s’écrit pas dans une cellule"),
        ("# bases.jeu.yaml\na: 1", "activité"),
        ("h1 { color: red; }", "/* style.css */"),
        ("const prix = 3;", "// script.js"),
        ("<!-- page.html -->\nbody { color: red; }", "s’appelle «\u00a0page.html\u00a0»"),
        ("/* style.css */\n<h1>Bonjour</h1>", "contient du HTML"),
        ("// script.js\n<script>alert(1)</script>", "contient du HTML"),
        ("<p>" + "a" * MAX_CELL_BYTES, "trop grande"),
    ],
)
def test_a_bad_cell_gets_a_french_sentence_that_says_what_to_do(source, words):
    with pytest.raises(CellProblem) as problem:
        read_cell(source)
    assert words in str(problem.value)
    assert str(problem.value).endswith((".", "->", "*/", ".js", "»"))


@pytest.mark.parametrize("source", ["", "   \n\t", "\n"])
def test_an_empty_cell_is_said_to_be_empty(source):
    with pytest.raises(EmptyCell, match="vide"):
        read_cell(source)


@pytest.mark.parametrize(
    "source",
    [
        "<!-- page.html -->\n<style>h1 { color: red }</style>",
        "// script.js\nconst html = '<h1>Bonjour</h1>';",
        "/* style.css */\n@media (width < 600px) { h1 { color: red } }",
        "<!-- page.html -->\nBonjour { tout } le monde",
        "// script.js\n/* <h1> */\nfoo()",
        "<!-- page.html -->\n",
    ],
)
def test_valid_code_is_never_taken_for_another_language(source):
    assert read_cell(source).kind is Kind.FILE


@pytest.mark.parametrize("name", ["a.html", "a.css", "a.js", "a.test.js", "a.quiz.yaml", "a.json", "a.svg"])
def test_the_header_proposed_for_a_name_is_read_back_as_that_name(name):
    assert read_cell(f"{header_for(name)}\n").name == name


def test_a_later_file_replaces_the_one_of_the_same_name():
    site = Site().with_file(File("a.html", b"1")).with_file(File("a.html", b"2"))
    assert site.read("a.html").content == b"2"
    assert site.pages == ("a.html",)


def test_cells_come_before_given_files():
    site = Site({"a.css": File("a.css", b"cell")}, lambda path: b"given")
    assert site.read("a.css").content == b"cell"
    assert site.read("b.css").content == b"given"


@pytest.mark.parametrize("path", ["../a.html", "/etc/passwd", "a/../../b.html", ".hidden/a.html", "a//b.html", ""])
def test_a_path_out_of_the_site_is_never_asked_for(path):
    asked = []
    Site(given=lambda path: asked.append(path)).read(path)
    assert asked == []


@pytest.mark.parametrize(
    ("base", "address", "path"),
    [
        ("index.html", "style.css", "style.css"),
        ("pages/a.html", "../style.css", "style.css"),
        ("pages/a.html", "/style.css", "style.css"),
        ("index.html", "pages/", "pages/index.html"),
        ("index.html", "a%20b.html", "a b.html"),
        ("index.html", "a.html#haut", "a.html"),
        ("index.html", "a.html?x=1", "a.html"),
        ("index.html", "https://exemple.fr/a.html", None),
        ("index.html", "//exemple.fr/a.html", None),
        ("index.html", "mailto:a@b.fr", None),
        ("index.html", "../a.html", None),
        ("index.html", "#haut", None),
        ("index.html", "http://[", None),
    ],
)
def test_addresses_resolve_as_in_a_browser_and_stay_in_the_site(base, address, path):
    assert resolve(base, address) == path


def test_a_bundle_holds_what_a_page_reaches_and_nothing_else():
    given = {"images/chat.svg": b"<svg/>", "secret.html": b"x", "police.woff2": b"w"}
    site = Site(
        {
            f.path: f
            for f in (
                File(
                    "index.html",
                    b"""<link href=style.css><a href="b.html">b</a><img srcset="images/chat.svg 2x">
                     <button onclick="location.href = 'c.html'">c</button>""",
                ),
                File("style.css", b"@font-face { src: url(police.woff2) }"),
                File("b.html", b'<script src="b.js"></script>'),
                File("b.js", b'fetch("plats.json")'),
                File("c.html", b""),
                File("plats.json", b"[]"),
                File("autre.html", b""),
            )
        },
        given.get,
    )
    assert set(site.bundle("index.html")) == {
        "index.html", "style.css", "b.html", "images/chat.svg", "police.woff2", "b.js", "plats.json", "c.html",
    }  # fmt: skip


def test_a_bundle_without_its_page_is_empty():
    assert Site().bundle("index.html") == {}


def test_the_notebook_s_extension_reads_cells_as_the_kernel_does(root):
    """tests/cells.json is read by web/tests too; cells with a "problem" are refused here and shown while typing."""
    for case in json.loads((root / "tests" / "cells.json").read_text("utf-8")):
        if case["kind"] is None or case.get("problem"):
            with pytest.raises(CellProblem):
                read_cell(case["source"])
        else:
            cell = read_cell(case["source"])
            assert (cell.kind, cell.name, cell.source) == (case["kind"], case["name"], case["text"])
