"""Formgrader's French: the catalogue against the installed nbgrader, and what is never translated."""

import re

import pytest
from assignments import cell, notebook

from codephenix import formgrader
from codephenix.formgrader import FOLDER, Words, names, screens, translated

pytestmark = pytest.mark.nbgrader

ENGLISH = re.compile(
    r"\b(?:assignments?|submissions?|students?|scores?|graded?|grading|autograd\w+|feedback|released?|collect(?:ed)?|generated?|"
    r"preview|edit(?:ing)?|due|status|save|saving|cancel|close|search|loading|showing|entries|flag(?:ged)?|unflagged|needs|manual|"
    r"failed|error|success(?:fully)?|show|hide|next|prev|previous|remaining|credit|resolve|comments|keyboard|shortcuts|click|add|"
    r"new|name|email|first|last|none|please|draft|activate|move|sorry|the|there|this|your)\b",
    re.IGNORECASE,
)


def read(name):
    return (FOLDER / name).read_text("utf-8")


def texts(name, source):
    """What a person may read of a template or a script: texts between tags, attributes that are said, whole sentences."""
    if name.endswith(".js"):
        called = r"(?:\.text\(|\.innerHTML =|title: |\"help\": |\.attr\(\"(?:title|aria-label|placeholder)\", |createModal\(\"[\w-]+\", )"
        found = re.findall(called + r"\"([^\"]*)\"", source)
        return found + re.findall(r"\"([A-Z][^\"]* [^\"]*)\"", source)
    code = re.sub(
        r"<script.*?</script>|<style.*?</style>|<svg.*?</svg>|\{#.*?#\}|<!--.*?-->", "", source, flags=re.DOTALL
    )
    said = re.findall(r"(?:title|aria-label|placeholder)=\"([^\"]*)\"", code)
    written = re.sub(r"\{%.*?%\}|<[^>]*>", "\0", code, flags=re.DOTALL).split("\0")
    return [re.sub(r"\{\{.*?\}\}|codephenix \w+", "", text, flags=re.DOTALL) for text in (*said, *written)]


@pytest.mark.parametrize("screen", screens(), ids=lambda screen: screen.name)
def test_every_line_of_the_catalogue_is_in_the_installed_nbgrader(screen):
    """An upgrade of nbgrader that changes a sentence is told here, sentence by sentence."""
    sources = [read(name) for name in names() if screen.holds_in(name)]
    lines = [(Words.of({text: "x"}, {}), text) for text in screen.phrases]
    lines += [(Words.of({}, {text: "x"}), text) for text in screen.passages]
    assert [text for words, text in lines if not any(words.pattern.search(source) for source in sources)] == []


@pytest.mark.parametrize("name", names())
def test_nothing_english_is_left_to_read(name):
    """An upgrade of nbgrader that adds a sentence is told here."""
    left = [text.strip() for text in texts(name, translated(name, read(name))) if ENGLISH.search(text)]
    assert left == []


def test_the_search_for_english_finds_it_before_the_translation():
    """The control of the test above."""
    found = {name for name in names() if any(ENGLISH.search(text) for text in texts(name, read(name)))}
    unread = {"static/js/backbone_xsrf.js", "static/js/gradebook_assignments.js", "static/js/gradebook_notebooks.js"}
    assert set(names()) - found <= {*unread, *(name for name in names() if "manage_students_" in name)}
    assert len(found) >= 18


def test_the_french_is_plain_and_cannot_break_its_place():
    for screen in screens():
        for french in screen.phrases.values():
            assert not re.search(r"[\"<>\\]|'", french), french
            assert not re.search(r"(?<![\u00a0\s])[;!?»]| [:;!?»]|« ", re.sub(r"&\w+;|\{\{.*?\}\}", "", french)), french


@pytest.mark.parametrize(
    "source",
    [
        'status === "draft"', 'this.model.get("released")', '"/formgrader/api/assignment/"', "<p>Save the Release button</p>",
        'find(".release-feedback")', "var Collect = 1", '{"score": 2}', "{{ Release }}", "Saved",
    ],
)  # fmt: skip
def test_names_values_and_longer_texts_are_left_alone(source):
    assert translated("static/js/manage_assignments.js", source) == source
    assert translated("templates/manage_assignments.tpl", source) == source


def test_whole_texts_are_replaced_wherever_they_stand():
    assert translated("static/js/utils.js", '.text("Close")') == '.text("Fermer")'
    assert translated("templates/base_403.tpl", "%}\nNot\n  Authorized\n{%") == "%}\nAccès refusé\n{%"
    assert "Devoirs</a>" in translated("templates/base.tpl", read("templates/base.tpl"))


def test_a_learner_s_text_stays_as_it_was_written():
    from nbformat import from_dict
    from nbgrader.server_extensions.formgrader import handlers

    from codephenix.feedback import SafeHTMLExporter

    written = cell("Full credit\n\n**Student's answer**", "texte", "markdown", solution=True, grade=True, points=2.5)
    code = cell("<!-- page.html -->\n<button>Save</button><p>No credit</p>", "code", solution=True)
    exporter = SafeHTMLExporter(template_name="formgrade", extra_template_basedirs=[handlers.template_path])
    marks = {"base_url": "", "index": 0, "total": 2, "notebook_id": "carte", "student": "amina"}
    html, _ = exporter.from_notebook_node(from_dict(notebook(written, code)), resources=marks)
    assert '<html lang="fr">' in html
    assert "<p>Full credit</p>" in html
    assert "<strong>Student's answer</strong>" in html
    assert "No credit" in html
    assert "Tous les points</button>" in html
    assert "Réponse de l’apprenant" in html
    assert "/ 2,5" in html
    assert "Suivante →" in html


def test_a_template_of_another_folder_is_not_translated(tmp_path):
    from jinja2 import Environment, FileSystemLoader

    (tmp_path / "page.tpl").write_text("<p>Save</p>")
    environment = Environment(loader=FileSystemLoader([tmp_path, FOLDER / "templates"]), extensions=[formgrader.French])
    assert environment.get_template("page.tpl").render() == "<p>Save</p>"
    assert "<title>Accès refusé – CodePhenix</title>" in environment.get_template("base_403.tpl").render()
    missing = {"index": 0, "total": 1, "filename": "carte.ipynb", "notebook_id": "carte"}
    assert "introuvable" in environment.get_template("formgrade_404.tpl").render(resources=missing)
