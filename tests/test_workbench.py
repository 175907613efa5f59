"""The workbench of a learner: cells in their own language, the live preview, its inspector; real Lab, real Chromium."""

import json

import pytest
from laboratory import READY_MS, copy_course, leaves, open_notebook, serve, shoot, stop
from playwright.sync_api import expect, sync_playwright

pytestmark = [pytest.mark.lab, pytest.mark.browser]

WIDE = {"width": 1500, "height": 900}
LESSON = "cours/essai.ipynb"
CELLS = [
    "<!-- carte.html -->\n<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<title>Carte</title>\n"
    '<link rel="stylesheet" href="style.css">\n</head>\n<body>\n<h1 class="titre">La carte</h1>\n'
    '<p>Le plat du jour.</p>\n<script src="script.js"></script>\n</body>\n</html>',
    "/* style.css */\n.titre { color: rgb(0, 0, 128); margin: 12px; }",
    '// script.js\nconst mot = "Bonjour";\nconsole.log(mot);',
    '// plats.json\n[{"nom": "Soupe"}]',
]


def notebook(cells, kernel="web"):
    """A Web notebook with these code cells."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": kernel, "display_name": "Web (HTML · CSS · JS)", "language": "html"}},
        "cells": [
            {"cell_type": "code", "id": f"c{at}", "metadata": {}, "execution_count": None, "outputs": [], "source": text}
            for at, text in enumerate(cells)
        ],
    }


@pytest.fixture(scope="module")
def space(root, tmp_path_factory):
    folder = copy_course(root, tmp_path_factory.mktemp("cours"))
    process, address = serve(folder)
    yield folder / ".codephenix" / "espace", address
    stop(process)


@pytest.fixture(scope="module")
def chromium():
    from codephenix.browser import find_chromium

    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=options)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    context = chromium.new_context(locale="fr-FR", viewport=WIDE)
    page = context.new_page()
    outside = []
    page.on("request", lambda request: outside.append(request.url) if leaves(request.url) else None)
    yield page
    context.close()
    assert outside == []


def open_cells(page, space, cells=CELLS):
    folder, address = space
    (folder / LESSON).write_text(json.dumps(notebook(cells)), "utf-8")
    open_notebook(page, address, LESSON)


def editor(page, at):
    return page.locator(".jp-Notebook:visible .jp-CodeCell").nth(at).locator(".cm-content")


def replace(page, at, text):
    editor(page, at).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def coloured(page, at, word):
    """Whether a word of a cell has a colour of its own."""
    return page.evaluate(
        """([at, word]) => {
            const cell = document.querySelectorAll(".jp-Notebook .jp-CodeCell .cm-content")[at];
            const spans = [...cell.querySelectorAll("span")].filter((span) => span.textContent === word);
            return spans.some((span) => getComputedStyle(span).color !== getComputedStyle(cell).color);
        }""",
        [at, word],
    )


def wait_until(page, condition, timeout=30_000):
    """Wait until a function of Python is true."""
    for _ in range(timeout // 100):
        if condition():
            return
        page.wait_for_timeout(100)
    pytest.fail("never true")


def language(page, at):
    return editor(page, at).get_attribute("data-language")


def test_each_cell_has_the_language_of_its_first_line(page, space):
    open_cells(page, space)
    for at, name in enumerate(["html", "css", "javascript", "json"]):
        wait_until(page, lambda at=at, name=name: language(page, at) == name)
    for at, word in [(0, "h1"), (1, "color"), (2, "const")]:
        wait_until(page, lambda at=at, word=word: coloured(page, at, word))
    shoot(page, "langages")
    replace(page, 2, "/* autre.css */\np { color: red; }")
    wait_until(page, lambda: language(page, 2) == "css")


def test_the_language_of_a_cell_survives_the_start_of_the_kernel(page, space):
    open_cells(page, space)
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)
    wait_until(page, lambda: language(page, 1) == "css")
    replace(page, 1, "/* style.css */\n.titre { color: red; }")
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-InputPrompt")).to_contain_text("[1]", timeout=READY_MS)
    assert language(page, 1) == "css"


def test_tags_and_brackets_close_themselves(page, space):
    open_cells(page, space, ["<!-- a.html -->\n", "/* a.css */\n"])
    wait_until(page, lambda: language(page, 0) == "html")
    wait_until(page, lambda: language(page, 1) == "css")
    editor(page, 0).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("<em>")
    expect(editor(page, 0)).to_contain_text("<em></em>")
    editor(page, 1).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("p {")
    expect(editor(page, 1)).to_contain_text("p {}")


def test_properties_are_proposed_while_typing_even_without_a_kernel(page, space):
    page.route("**/api/kernels/**", lambda route: route.abort())
    page.route_web_socket("**/api/kernels/**", lambda socket: socket.close())
    open_cells(page, space, ["/* a.css */\np { }"])
    wait_until(page, lambda: language(page, 0) == "css")
    editor(page, 0).click()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("backg")
    expect(page.locator(".jp-Completer:visible")).to_contain_text("background-color", timeout=30_000)
