"""Answers to activities in a real Lab: they reach the learner's journal, and survive a reload and a new kernel."""

import json
import re

import pytest
from laboratory import READY_MS, copy_course, leaves, notebook, open_notebook, serve, shoot, stop
from playwright.sync_api import expect, sync_playwright

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


@pytest.fixture(scope="module")
def space(root, tmp_path_factory):
    folder = copy_course(root, tmp_path_factory.mktemp("cours"))
    process, address = serve(folder)
    yield folder / ".codephenix", address
    stop(process)


@pytest.fixture
def page():
    from codephenix.browser import find_chromium

    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=options)
        page = browser.new_context(locale="fr-FR", viewport={"width": 1300, "height": 900}).new_page()
        outside = []
        page.on("request", lambda request: outside.append(request.url) if leaves(request.url) else None)
        yield page
        browser.close()
    assert outside == []


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
    (folder / "espace" / LESSON).write_text(json.dumps(notebook(CELLS)), "utf-8")
    open_notebook(page, address, LESSON)
    run_all(page)
    answer_all(page)
    kept(page)
    for _ in range(300):
        found = told(folder / "journal")
        if len(found) >= len(EXPECTED) + 2:
            break
        page.wait_for_timeout(100)
    assert [line for line in found if line[0] not in ("parsons", "frappe")] == EXPECTED
    (puzzle,) = [line for line in found if line[0] == "parsons"]
    assert (puzzle[1], puzzle[3]) == ("liste", 1)
    assert "<li>Un</li>" in puzzle[4]
    assert [line[:4] for line in found if line[0] == "frappe"] == [("frappe", "signes", True, 1)]
    (first, *_) = answers.read(folder / "journal")
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
    assert told(folder / "journal") == found


def restart(page):
    """A new kernel: everything the old one knew is gone, and so is what the page shows of it."""
    page.locator(".jp-Notebook:visible .jp-CodeCell .cm-content").first.click()
    for key in ("Escape", "0", "0"):
        page.keyboard.press(key)
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.locator(".jp-Dialog").wait_for(state="detached")
    page.evaluate("document.querySelectorAll('.cpx').forEach((one) => one.remove())")
