"""Answers to activities in a real Lab: they reach the learner's journal, and survive a reload and a new kernel."""

import json
import re

import pytest
from laboratory import READY_MS, notebook, open_notebook, shoot, watched_page
from playwright.sync_api import expect

from codephenix.console import answers

pytestmark = [pytest.mark.lab, pytest.mark.browser]

LESSON = "cours/essai.ipynb"
CELLS = [
    (
        "# bases.quiz.yaml\nquestions:\n  - id: fermer\n    question: Fermez `<p>`.\n"
        '    answers: ["</p>"]\n    why: La barre ferme.'
    ),
    (
        "# titre.prediction.yaml\nquestion: Combien de lignes ?\nlanguage: html\ncode: <p>Un</p>\nchoices:\n"
        "  - {text: Une, correct: true, why: Oui.}\n  - {text: Deux, why: Non.}"
    ),
    '# liste.parsons.yaml\nquestion: Remettez.\nlanguage: html\nlines: ["<ul>", "  <li>Un</li>", "</ul>"]',
    (
        "# visite.erreur.yaml\nquestion: Une faute.\nlanguage: html\ncode: |\n  <h1>Vis</h1>\n  <p>Un<p>\n"
        'faults:\n  - {text: "<p>Un<p>", fix: "<p>Un</p>", why: Non fermée.}'
    ),
    '# signes.frappe.yaml\nquestion: Tapez.\nsigns: ["<"]',
    "# boite.explorateur.yaml\nquestion: Changez.\nabout: boite\nsteps:\n  - Mettez à 0.",
    (
        "# carte.comparaison.yaml\nquestion: Comparez.\nleft: {label: A, html: <p>A</p>}\n"
        "right: {label: B, html: <p>B</p>}\nwhy: La lettre."
    ),
]


@pytest.fixture
def page(chromium):
    with watched_page(chromium, {"width": 1300, "height": 900}) as page:
        yield page


def run_all(page):
    """Run every cell from the first."""
    page.locator(".jp-Notebook:visible .jp-CodeCell .cm-content").first.click()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)
    for kind in ("quiz", "prediction", "parsons", "erreur", "frappe", "explorateur", "comparaison"):
        page.keyboard.press("Shift+Enter")
        expect(page.locator(f".cpx-{kind}")).to_be_visible(timeout=READY_MS)


def activity(page, kind):
    return page.locator(f".cpx-{kind}")


def verify(part):
    part.get_by_role("button", name="Vérifier").click()


def told(journal):
    return [(one.kind, one.question, one.correct, one.attempt, one.answer) for one in answers.read(journal)]


EXPECTED = [
    ("quiz", "fermer", False, 1, "<p>"),
    ("quiz", "fermer", True, 2, "</p>"),
    ("prediction", "titre", False, 1, "Deux"),
    ("erreur", "visite", True, 1, "2. <p>Un<p>"),
    ("explorateur", "boite", True, 1, "Mettez à 0."),
    ("comparaison", "carte", False, 1, "320 px"),
]


def answer_all(page):
    typed = activity(page, "quiz").get_by_role("textbox")
    typed.fill("<p>")
    verify(activity(page, "quiz"))
    typed.fill("</p>")
    verify(activity(page, "quiz"))
    activity(page, "prediction").get_by_role("radio", name="Deux").check()
    verify(activity(page, "prediction"))
    activity(page, "erreur").get_by_role("checkbox").nth(1).check()
    verify(activity(page, "erreur"))
    activity(page, "explorateur").get_by_role("checkbox", name="Mettez à 0.").check()
    activity(page, "comparaison").get_by_label("Largeur").select_option("320")
    puzzle = activity(page, "parsons")
    puzzle.locator(".cpx-line").first.focus()
    for key in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(key)
    verify(puzzle)
    for _ in range(2):
        activity(page, "frappe").get_by_role("textbox").press("<")


def kept(page):
    """What the page shows of the answers."""
    expect(activity(page, "quiz").get_by_role("textbox")).to_have_value("</p>")
    expect(activity(page, "prediction").get_by_role("radio", name="Deux")).to_be_checked()
    expect(activity(page, "erreur").get_by_role("checkbox").nth(1)).to_be_checked()
    expect(activity(page, "explorateur").get_by_role("checkbox", name="Mettez à 0.")).to_be_checked()
    expect(activity(page, "comparaison").get_by_label("Largeur")).to_have_value("320")
    expect(activity(page, "parsons").locator("ol li").first).to_have_attribute("style", re.compile("--cpx-indent: ?1"))
    expect(activity(page, "frappe")).to_contain_text("Tous les signes sont sûrs")


def test_answers_reach_the_journal_and_outlive_the_page_and_the_kernel(page, space):
    folder, address = space
    (folder / LESSON).write_text(json.dumps(notebook(CELLS)), "utf-8")
    open_notebook(page, address, LESSON)
    run_all(page)
    answer_all(page)
    kept(page)
    for _ in range(300):
        found = told(folder.parent / "journal")
        if len(found) >= len(EXPECTED) + 2:
            break
        page.wait_for_timeout(100)
    assert [line for line in found if line[0] not in ("parsons", "frappe")] == EXPECTED
    (puzzle,) = [line for line in found if line[0] == "parsons"]
    assert (puzzle[1], puzzle[3]) == ("liste", 1)
    assert "<li>Un</li>" in puzzle[4]
    assert [line[:4] for line in found if line[0] == "frappe"] == [("frappe", "signes", True, 1)]
    (first, *_) = answers.read(folder.parent / "journal")
    assert (first.week, first.notebook, first.cell, first.asked) == (
        "cours", "essai", "bases.quiz.yaml", "Fermez `<p>`.",
    )  # fmt: skip

    page.keyboard.press("Control+s")
    page.locator(".jp-mod-dirty").wait_for(state="detached", timeout=READY_MS)
    page.reload()
    activity(page, "comparaison").wait_for(timeout=READY_MS)
    kept(page)

    restart(page)
    run_all(page)
    kept(page)
    shoot(page, "reponses-nouveau-noyau")
    assert told(folder.parent / "journal") == found


def restart(page):
    """A new kernel: everything the old one knew is gone, and so is what the page shows of it."""
    page.locator(".jp-Notebook:visible .jp-CodeCell .cm-content").first.click()
    for key in ("Escape", "0", "0"):
        page.keyboard.press(key)
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.locator(".jp-Dialog").wait_for(state="detached")
    page.evaluate("document.querySelectorAll('.cpx').forEach((one) => one.remove())")


CARD = (
    '<!-- carte.html -->\n<!DOCTYPE html>\n<html lang="fr">\n<head>\n<title>Carte</title>\n<style>\n'
    "body { margin: 0; font-family: sans-serif }\nheader { background: #16324f; color: #fff; padding: 24px }\n"
    "main { display: flex; gap: 16px; padding: 24px; flex-wrap: wrap }\n"
    "article { flex: 1 1 200px; padding: 16px; border: 2px solid #c2410c }\n</style>\n</head>\n<body>\n"
    "<header><h1>Le port</h1></header>\n<main><article><h2>Pains</h2><p>Au levain.</p></article>"
    "<article><h2>Horaires</h2><p>De six heures à midi.</p></article></main>\n</body>\n</html>"
)
WIDTHS = (320, 768, 1280)
COMPARED = (
    "# carte.comparaison.yaml\nquestion: Votre page ressemble-t-elle à la maquette ?\npage: carte.html\n"
    f"mockups: [{', '.join(f'carte-{width}.png' for width in WIDTHS)}]"
)


@pytest.fixture
def mockups(space):
    """Mock-ups of the card at three widths, beside the lesson."""
    from codephenix.browser import Browser
    from codephenix.site import File, Site

    tests = "\n".join(
        f"test('{width}', {{ width: {width} }}, async () => {{ await expect(page).toMatchMockup('carte-{width}.png') }});"
        for width in WIDTHS
    )
    with Browser() as browser:
        _, found = browser.mockups(Site({"carte.html": File("carte.html", CARD.encode())}), tests, "carte.test.js")
    folder = space[0] / "cours"
    for name, png in found.items():
        (folder / name).write_bytes(png)
    return list(found)


def scores(page):
    return [text.replace("\u00a0", " ") for text in page.locator(".cpx-maquette option").all_inner_texts()]


def test_a_page_is_compared_with_its_mockups_at_three_widths(page, space, mockups, root):
    assert len(mockups) == 3
    folder, address = space
    wrong = CARD.replace("#c2410c", "#0c41c2").replace("Au levain.", "Au levain, depuis trente ans.")
    (folder / LESSON).write_text(json.dumps(notebook([wrong, COMPARED])), "utf-8")
    open_notebook(page, address, LESSON)
    page.locator(".jp-Notebook:visible .jp-CodeCell .cm-content").first.click()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    shown = page.locator(".cpx-maquette")
    expect(shown.get_by_role("status")).to_contain_text("Ressemblance", timeout=READY_MS)
    first = scores(page)
    assert [text.split(" px")[0] for text in first] == ["320", "768", "1280"]
    assert all(re.search(r": [1-9]\d %$", text) for text in first), first
    expect(shown.get_by_role("status")).to_contain_text("diffère")
    shown.get_by_label("Largeur").select_option("2")
    shown.get_by_label("Montrer les différences").check()
    shown.scroll_into_view_if_needed()
    shoot(page, "maquette-differences")
    shown.get_by_label("Montrer les différences").uncheck()
    handle = shown.get_by_role("slider")
    handle.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(handle).to_have_value("60")
    page.evaluate((root / "codephenix" / "assets" / "axe.js").read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run('.cpx-maquette')).violations.map((v) => [v.id, v.nodes[0].html])")
    assert found == []
    shoot(page, "maquette-volet")
    page.locator(".jp-Notebook:visible .jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(CARD)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    expect(shown.get_by_role("status")).to_contain_text("Rien ne diffère", timeout=READY_MS)
    assert [text[-5:] for text in scores(page)] == ["100 %"] * 3
    expect(shown.get_by_role("slider")).to_have_value("60")
    lines = [one for one in answers.read(folder.parent / "journal") if one.kind == "maquette"]
    assert [(one.correct, one.attempt) for one in lines] == [(False, 1), (True, 2)]
    assert re.fullmatch(r"(\d+ px\s: \d\d?\s% ; ){2}\d+ px\s: \d\d?\s%", lines[0].answer), lines[0].answer
    page.keyboard.press("Control+s")
    page.locator(".jp-mod-dirty").wait_for(state="detached", timeout=READY_MS)
    saved = json.loads((folder / LESSON).read_text("utf-8"))
    (output,) = saved["cells"][1]["outputs"]
    assert "ressemblance\u00a0: 100\u00a0%" in "".join(output["data"]["text/html"])
    assert len(json.dumps(saved)) < 100_000  # pictures are not kept in the notebook
