"""Mistakes of a cell, underlined and told in French; real Lab, real Chromium, the kernel left alone."""

import pytest
import test_workbench
from laboratory import READY_MS, shoot
from playwright.sync_api import expect
from test_workbench import editor, open_cells, replace, wait_until

pytestmark = [pytest.mark.lab, pytest.mark.browser]

page = test_workbench.page  # its fixture

CELLS = [
    '<!-- carte.html -->\n<h1>La carte</h1>\n<p><strong>Soupe</p></strong>\n<p clas="plat">Tarte</p>',
    "/* style.css */\np { colr: red; margin: 12; }",
    "// script.js\nconst prix = 12;\nprix = 13;",
    "// plats.json\n[1, 2",
]
FIXED = "/* style.css */\np { color: red; margin: 12px; }"


def codes(page, at):
    """Codes of the mistakes underlined in a cell, in order."""
    marks = editor(page, at).locator(".cp-mistake")
    return list(dict.fromkeys(mark.get_attribute("data-code") for mark in marks.all()))


def expect_codes(page, at, *wanted):
    wait_until(page, lambda: codes(page, at) == list(wanted), timeout=READY_MS)


def said(page):
    return page.locator(".cp-mistakes-said")


def tooltip(page):
    return page.locator(".cp-mistake-text:visible")


def test_mistakes_are_underlined_as_a_notebook_opens_and_go_once_corrected(page, space):
    open_cells(page, space, CELLS)
    expect_codes(page, 0, "html/crossed", "html/unknown-attribute:near")
    expect_codes(page, 1, "css/property-near", "css/unit-missing")
    expect_codes(page, 2, "js/const-changed")
    expect(editor(page, 1).locator(".cp-mistake").first).to_have_text("colr")
    assert codes(page, 3) == []
    shoot(page, "erreurs-soulignees")
    replace(page, 1, FIXED)
    expect_codes(page, 1)
    page.keyboard.press("Control+End")
    page.keyboard.type("\nh2 { couleur: red; }")
    expect_codes(page, 1, "css/property-french")
    assert page.locator(".jp-CodeCell .jp-OutputArea-output").count() == 0  # nothing was run


def test_a_tooltip_and_f8_say_what_and_what_to_do_to_eye_and_ear(page, space, root):
    open_cells(page, space, CELLS)
    expect_codes(page, 1, "css/property-near", "css/unit-missing")
    editor(page, 1).locator(".cp-mistake").first.hover()
    expect(tooltip(page)).to_contain_text("La propriété colr n’existe pas.")
    expect(tooltip(page)).to_contain_text("Écrivez sans doute color.")
    shoot(page, "erreurs-infobulle")
    page.evaluate((root / "codephenix" / "assets" / "axe.js").read_text("utf-8"))
    found = page.evaluate(
        "async () => (await axe.run({include: [['.cp-mistake-text'], ['.cp-mistakes-said']]}))"
        ".violations.map((v) => [v.id, v.nodes[0].html])"
    )
    assert found == []
    page.mouse.move(0, 0)
    expect_codes(page, 2, "js/const-changed")
    editor(page, 0).click()
    page.keyboard.press("Control+Home")
    for words in ["Erreur 1 sur 2, ligne 3", "Erreur 2 sur 2, ligne 4", "La propriété colr", "Il manque l’unité",
                  "la constante prix", "Erreur 1 sur 2, ligne 3"]:  # fmt: skip
        page.keyboard.press("F8")
        expect(said(page)).to_contain_text(words)
        expect(tooltip(page)).to_have_count(1)
    shoot(page, "erreurs-clavier")
    page.keyboard.press("ArrowRight")
    expect(tooltip(page)).to_have_count(0)
    assert said(page).get_attribute("aria-live") == "polite"


def test_cells_give_names_to_each_other_and_a_run_says_what_is_left_and_runs_all_the_same(page, space):
    open_cells(page, space, ["// a.js\nconst prix = 12;\nprix = 13;", "// b.js\nalert(prix);\nalert(prx);"])
    expect_codes(page, 1, "js/name-near")  # prix is known by the other cell
    expect(editor(page, 1).locator(".cp-mistake")).to_have_text("prx")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)
    expect_codes(page, 0, "js/const-changed")
    editor(page, 0).click()
    page.keyboard.press("Control+Enter")
    expect(said(page)).to_contain_text("Une erreur dans cette cellule")
    expect(page.locator(".jp-CodeCell .jp-InputPrompt").first).to_contain_text("[1]", timeout=READY_MS)


def test_a_remark_is_no_mistake_and_is_shown_and_told_otherwise(page, space):
    open_cells(page, space, ["<!-- liste.html -->\n<ul>\n<li>Un</li>\n<li>Deux\n</ul>"])
    expect_codes(page, 0, "html/not-closed")
    expect(editor(page, 0).locator(".cp-remark")).to_have_text("<li>")
    assert editor(page, 0).locator(".cp-mistake-line").count() == 0
    editor(page, 0).click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("F8")
    expect(said(page)).to_contain_text("Remarque, ligne 4. L’élément <li> ouvert ligne 4 n’est pas fermé.")
    expect(tooltip(page)).to_contain_text("ajoutez </li> à la fin")
    shoot(page, "remarque")
    page.keyboard.press("Control+Enter")
    expect(said(page)).to_contain_text("Aucune erreur, mais une remarque")
