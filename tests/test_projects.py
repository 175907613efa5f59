"""Folders of files as sites: preview, navigation, reload on save, archive; real JupyterLab, real Chromium."""

import re
import shutil
import socket
import zipfile

import pytest
from laboratory import READY_MS, copy_course, leaves, serve, shoot, stop
from playwright.sync_api import expect, sync_playwright
from websites import FILES, page as site_page, write_site

pytestmark = [pytest.mark.lab, pytest.mark.browser]

WIDE = {"width": 1500, "height": 900}
PREVIEW, EXPORT = "Aperçu du projet", "Télécharger le projet (ZIP)"


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


@pytest.fixture
def site(space):
    """The site on disk, new for each test."""
    shutil.rmtree(space[0] / "projets", ignore_errors=True)
    return write_site(space[0] / "projets" / "mon-site")


def open_lab(page, space, path):
    """Open a file or a folder in a workspace without any memory."""
    address = space[1]
    page.goto(address)
    page.goto(re.sub(r"/\?", f"/lab/tree/{path}?reset&", address))
    expect(page.get_by_role("menuitem", name="Fichier", exact=True)).to_be_visible(timeout=READY_MS)
    page.locator(".jp-DirListing-item").first.wait_for(timeout=READY_MS)


def choose(page, item, command):
    """Take a command of the menu of an item of the file browser."""
    page.locator(".jp-DirListing-item", has_text=re.compile(rf"^\s*{re.escape(item)}")).first.click(button="right")
    page.locator(".lm-Menu-item", has_text=command).click()


def card(page):
    """The frame of the preview of the project."""
    return page.frame_locator(".cp-project iframe")


def shown(page):
    """The page of the site in the preview, the last one drawn."""
    return card(page).frame_locator("#stage iframe:not([inert])")


def heading(page):
    return shown(page).locator("h1")


def test_a_folder_opens_as_a_site_from_the_menu_of_the_file_browser(page, space, site):
    open_lab(page, space, "projets")
    choose(page, "mon-site", PREVIEW)
    expect(heading(page)).to_have_text("Accueil", timeout=READY_MS)
    expect(heading(page)).to_have_css("color", "rgb(0, 0, 128)")  # a style sheet imported by a style sheet
    expect(shown(page).locator("body")).to_have_attribute("data-pret", "oui")
    expect(shown(page).locator("body")).to_have_css("background-image", re.compile(r"^url\(\"data:image/svg"))
    assert shown(page).locator("img").evaluate("(image) => image.naturalWidth") == 8
    expect(card(page).locator("#name")).to_have_text("index.html")
    expect(page.get_by_role("tab", name="Aperçu : mon-site")).to_be_visible()
    shoot(page, "projet-apercu")
