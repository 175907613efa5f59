"""Folders of files as sites: preview, navigation, reload on save, archive; real JupyterLab, real Chromium."""

import json
import os
import re
import shutil
import socket
import zipfile

import pytest
from laboratory import READY_MS, notebook, open_notebook, shoot, watched_page
from playwright.sync_api import expect
from websites import FILES, write_site
from websites import page as site_page

pytestmark = [pytest.mark.lab, pytest.mark.browser]

PREVIEW, EXPORT = "Aperçu du projet", "Télécharger le projet (ZIP)"


@pytest.fixture
def page(chromium):
    with watched_page(chromium) as page:
        yield page


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


def test_links_navigate_inside_the_preview_and_the_bar_says_where(page, space, site):
    open_lab(page, space, "projets")
    choose(page, "mon-site", PREVIEW)
    shown(page).get_by_role("link", name="Galerie").click(timeout=READY_MS)
    expect(heading(page)).to_have_text("Galerie")
    expect(card(page).locator("#name")).to_have_text("pages/galerie.html")
    assert shown(page).locator("img").evaluate("(image) => image.naturalWidth") == 8
    shown(page).get_by_role("link", name="Accueil").click()
    expect(card(page).locator("#name")).to_have_text("index.html")
    shown(page).get_by_role("link", name="Contact").click()
    expect(heading(page)).to_have_text("Contact")
    card(page).get_by_role("button", name="Page précédente").click()
    expect(card(page).locator("#name")).to_have_text("index.html")


def write(page, text):
    """Replace what is in the editor that is open, and save it."""
    page.locator(".jp-FileEditor:visible .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+s")


def wait_until(page, condition):
    """Wait until a function of Python is true."""
    for _ in range(READY_MS // 100):
        if condition():
            return
        page.wait_for_timeout(100)
    pytest.fail("never true")


def editor_button(page):
    return page.locator(".jp-Toolbar:visible").get_by_role("button", name=PREVIEW)


def test_a_save_in_the_editor_reloads_the_page_that_is_shown(page, space, site):
    open_lab(page, space, "projets/mon-site/css/base.css")
    editor_button(page).click(timeout=READY_MS)
    shown(page).get_by_role("link", name="Contact").click(timeout=READY_MS)
    expect(heading(page)).to_have_text("Contact")
    expect(heading(page)).to_have_css("color", "rgb(0, 0, 128)")
    write(page, "h1 { color: rgb(200, 0, 0); }")
    expect(heading(page)).to_have_css("color", "rgb(200, 0, 0)", timeout=READY_MS)
    expect(card(page).locator("#name")).to_have_text("contact.html")  # not the page that was asked for first
    wait_until(page, lambda: "200" in (site / "css" / "base.css").read_text())
    assert (site / "css" / "base.css").read_text() == "h1 { color: rgb(200, 0, 0); }"


def test_a_page_opens_in_the_editor_and_its_button_shows_that_page(page, space, site):
    open_lab(page, space, "projets/mon-site")
    page.locator(".jp-DirListing-item", has_text="contact.html").dblclick()
    expect(page.locator(".jp-FileEditor:visible .cm-content")).to_contain_text("Contact", timeout=READY_MS)
    editor_button(page).click()
    expect(heading(page)).to_have_text("Contact", timeout=READY_MS)
    shown(page).get_by_role("link", name="Accueil").click()
    expect(heading(page)).to_have_text("Accueil")
    editor_button(page).click()
    expect(heading(page)).to_have_text("Contact")
    shoot(page, "projet-editeur")


def test_the_keyboard_goes_to_the_preview_and_back(page, space, site):
    open_lab(page, space, "projets/mon-site/index.html")
    content = page.locator(".jp-FileEditor:visible .cm-content")
    content.click(timeout=READY_MS)
    page.keyboard.press("Control+Alt+p")
    expect(heading(page)).to_have_text("Accueil", timeout=READY_MS)
    expect(content).to_be_focused()
    page.keyboard.press("Control+Alt+p")
    expect(page.locator(".cp-project iframe")).to_be_focused()
    page.keyboard.press("Tab")
    expect(card(page).locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(content).to_be_focused()


def test_a_file_that_is_missing_or_badly_written_is_named_with_the_page_that_wants_it(page, space, site):
    body = (
        '<img src="images/Plat.png" alt=""><img src="images/été.png" alt=""><img src="images\\plat.png" alt="">'
        '<img src="images/gros.png" alt=""><img src="/images/plat.png" alt=""><p><a href="/contact.html">Racine</a> <a href="perdue.html">Perdue</a></p>'
    )
    write_site(site, {"index.html": site_page("Accueil", body), "images/été.png": FILES["images/plat.png"]})
    (site / "images" / "gros.png").write_bytes(b"\x89PNG" + bytes(5_100_000))
    write_site(site, {"css/base.css": "h1 { background: url(absente.png); }"})
    open_lab(page, space, "projets")
    choose(page, "mon-site", PREVIEW)
    expect(heading(page)).to_have_text("Accueil", timeout=READY_MS)
    lines = card(page).locator("#lines li")
    for words in (
        ["images/Plat.png est introuvable", "« images/plat.png » : les majuscules comptent", "index.html"],
        ["images/été.png n’est pas un bon nom", "index.html"],
        ["images\\plat.png contient", "« images/plat.png »", "index.html"],
        ["/images/plat.png commence par « / »", "Écrivez « images/plat.png »", "index.html"],
        ["images/gros.png est trop lourd", "index.html"],
        ["css/absente.png est introuvable", "css/base.css"],
    ):
        line = lines.filter(has_text=words[0])
        expect(line).to_have_count(1)
        for word in words[1:]:
            expect(line).to_contain_text(word)
    expect(card(page).locator("#notice")).to_contain_text("Erreur dans")
    shoot(page, "projet-fichier-absent")
    shown(page).get_by_role("link", name="Racine").click()
    expect(lines.filter(has_text="/contact.html commence par « / »")).to_contain_text("Écrivez « contact.html »")
    shown(page).get_by_role("link", name="Perdue").click()
    expect(lines.filter(has_text="perdue.html est introuvable")).to_contain_text("index.html")


def test_what_is_added_and_removed_by_hand_shows_without_asking(page, space, site):
    (space[0] / "projets" / "vide").mkdir()
    open_lab(page, space, "projets")
    choose(page, "vide", PREVIEW)
    note = page.locator(".cp-project [role=status]")
    expect(note).to_contain_text("Ce dossier ne contient pas de page. Créez « index.html »", timeout=READY_MS)
    page.evaluate(
        """async () => {
            const xsrf = document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? "";
            const body = JSON.stringify({type: "file", format: "text", content: "<h1>Né</h1>"});
            await fetch("/api/contents/projets/vide/index.html", {method: "PUT", headers: {"X-XSRFToken": xsrf}, body});
        }"""
    )
    choose(page, "vide", PREVIEW)  # another program wrote: a second call looks again
    expect(heading(page)).to_have_text("Né", timeout=READY_MS)
    page.locator(".jp-DirListing-item", has_text="vide").click()
    page.keyboard.press("F2")
    page.locator("input.jp-DirListing-editor").fill("ailleurs")
    page.keyboard.press("Enter")
    expect(note).to_contain_text("Ce dossier n’existe plus.", timeout=READY_MS)


def test_nothing_is_loaded_before_it_is_asked_for(page, space, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_lab(page, space, "projets")
    expect(page.locator(".jp-Launcher:visible")).to_be_visible(timeout=READY_MS)
    assert any("remoteEntry" in url for url in asked)
    assert not [url for url in asked if "project.js" in url or "live." in url]
    choose(page, "mon-site", PREVIEW)
    expect(heading(page)).to_have_text("Accueil", timeout=READY_MS)
    assert len([url for url in asked if url.endswith("/static/project.js")]) == 1


def test_a_site_reaches_neither_lab_nor_the_network(page, space, site):
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0)
    script = """
const said = [];
const attempt = (name, run) => { try { run(); said.push(name); } catch { } };
attempt("parent", () => parent.parent.document.title);
attempt("cookie", () => document.cookie);
attempt("top", () => { top.location = "http://127.0.0.1:PORT/"; });
fetch("/api/contents").then((answer) => answer.ok && said.push("fetch"), () => {});
fetch("../../../../etc/passwd").then((answer) => answer.ok && said.push("passwd"), () => {});
fetch("secret.txt").then((answer) => answer.ok && said.push("lien"), () => {});
new Image().src = "http://127.0.0.1:PORT/x.png";
setTimeout(() => document.querySelector("h1").textContent = "fuites : " + said.join(), 500);
""".replace("PORT", str(server.getsockname()[1]))
    (space[0].parent / "secret.txt").write_text("secret")
    (site / "secret.txt").symlink_to(space[0].parent / "secret.txt")
    write_site(site, {"js/script.js": script})
    open_lab(page, space, "projets")
    choose(page, "mon-site", PREVIEW)
    expect(heading(page)).to_have_text("fuites : ", timeout=READY_MS)
    with server, pytest.raises(BlockingIOError):
        server.accept()


def violations(where, axe, scope):
    where.evaluate(axe)
    run = "async (scope) => (await axe.run(scope)).violations.map((v) => [v.id, v.nodes[0].html])"
    return where.evaluate(run, scope)


def test_the_panel_and_the_dialog_are_accessible(page, space, site, root):
    axe = (root / "codephenix" / "assets" / "axe.js").read_text("utf-8")
    write_site(site, {"index.html": site_page("Accueil", '<img src="/images/plat.png" alt="">')})
    open_lab(page, space, "projets")
    choose(page, "mon-site", PREVIEW)
    expect(heading(page)).to_have_text("Accueil", timeout=READY_MS)
    frame = next(one for one in page.frames if one.parent_frame == page.main_frame and "srcdoc" in one.url)
    assert violations(frame, axe, {"exclude": ["iframe"]}) == []
    assert violations(page, axe, {"include": [".cp-project"], "exclude": ["iframe"]}) == []
    choose(page, "mon-site", EXPORT)
    expect(page.locator(".jp-Dialog")).to_contain_text("commence par", timeout=READY_MS)
    assert violations(page, axe, {"include": [".jp-Dialog-body"]}) == []


def unzipped(download, folder):
    """What was downloaded, unpacked; Python's own reader checks the sums."""
    download.save_as(folder / "projet.zip")
    with zipfile.ZipFile(folder / "projet.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(folder / "cle")
    return folder / "cle"


def test_the_archive_opens_from_a_stick_with_pictures_styles_scripts_and_links(page, space, site, tmp_path, chromium):
    (site / "lien.txt").symlink_to("/etc/passwd")
    (site / ".cache").write_text("caché")
    open_lab(page, space, "projets")
    with page.expect_download(timeout=READY_MS) as caught:
        choose(page, "mon-site", EXPORT)
    assert caught.value.suggested_filename == "mon-site.zip"
    stick = unzipped(caught.value, tmp_path) / "mon-site"
    found = {path.relative_to(stick).as_posix(): path.read_bytes() for path in stick.rglob("*") if path.is_file()}
    assert found == {name: data if isinstance(data, bytes) else data.encode() for name, data in FILES.items()}
    shutil.move(stick, tmp_path / "ailleurs")  # another place than where it was made

    visitor = chromium.new_context().new_page()
    failed = []
    visitor.on("requestfailed", lambda request: failed.append(request.url))
    visitor.goto((tmp_path / "ailleurs" / "index.html").as_uri())
    for link, title in (("Galerie", "Galerie"), ("Accueil", "Accueil"), ("Contact", "Contact")):
        visitor.get_by_role("link", name=link).click()
        expect(visitor.locator("h1")).to_have_text(title)
        expect(visitor.locator("h1")).to_have_css("color", "rgb(0, 0, 128)")
        expect(visitor.locator("body")).to_have_attribute("data-pret", "oui")
        assert visitor.evaluate("() => [...document.images].every((image) => image.naturalWidth === 8)")
    assert failed == []
    visitor.context.close()


def test_what_will_not_work_from_a_stick_is_said_before_the_download(page, space, site, tmp_path):
    body = '<img src="/images/plat.png" alt="">\n<script type="module" src="js/script.js"></script>'
    write_site(site, {"contact.html": site_page("Contact", body), "js/donnees.js": 'fetch("plats.json");\n'})
    open_lab(page, space, "projets/mon-site/contact.html")
    expect(page.locator(".jp-FileEditor:visible .cm-content")).to_contain_text("Contact", timeout=READY_MS)
    downloads = []
    page.on("download", lambda download: downloads.append(download))

    def export():
        page.get_by_role("menuitem", name="Fichier", exact=True).click()
        page.locator(".lm-Menu-item", has_text=EXPORT).click()

    export()
    dialog = page.locator(".jp-Dialog")
    for words in (
        "contact.html, ligne 10 : « /images/plat.png » commence par « / », la racine de l’ordinateur. Écrivez « images/plat.png ».",
        "contact.html, ligne 11 : un script de type « module » ne fonctionne pas depuis une clé.",
        "js/donnees.js, ligne 1 : fetch ne fonctionne pas depuis une clé.",
    ):
        expect(dialog).to_contain_text(words, timeout=READY_MS)
    shoot(page, "projet-export")
    dialog.get_by_role("button", name="Annuler").click()
    expect(dialog).to_have_count(0)
    assert downloads == []
    export()
    with page.expect_download(timeout=READY_MS) as caught:
        dialog.get_by_role("button", name="Télécharger quand même").click(timeout=READY_MS)
    assert (unzipped(caught.value, tmp_path) / "mon-site" / "contact.html").exists()


def test_what_is_typed_and_not_saved_is_in_the_archive(page, space, site, tmp_path):
    open_lab(page, space, "projets/mon-site/css/base.css")
    page.locator(".jp-FileEditor:visible .cm-content").click(timeout=READY_MS)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("h1 { color: teal; }")
    with page.expect_download(timeout=READY_MS) as caught:
        page.get_by_role("menuitem", name="Fichier", exact=True).click()
        page.locator(".lm-Menu-item", has_text=EXPORT).click()
    assert (unzipped(caught.value, tmp_path) / "mon-site" / "css" / "base.css").read_text() == "h1 { color: teal; }"


def test_too_large_a_folder_is_refused_in_french(page, space, site):
    with (site / "film.mp4").open("wb") as file:
        os.truncate(file.fileno(), 41_000_000)
    open_lab(page, space, "projets")
    choose(page, "mon-site", EXPORT)
    expect(page.locator(".jp-Dialog")).to_contain_text("Ce dossier dépasse 40 Mo.", timeout=READY_MS)


TEST = """// mon-site/index.test.js
test("Tous les fichiers se chargent", () => { expect(page).toLoadEverything(); });
test("Le titre est rouge", () => { expect(page.locator("h1")).toHaveStyle("color", "rgb(200, 0, 0)"); });"""


def test_a_folder_is_tested_by_the_notebook_beside_it_as_soon_as_a_file_is_saved(page, space):
    week = space[0] / "exercices" / "s98-projet"
    write_site(week / "mon-site")
    (week / "projet.ipynb").write_text(json.dumps(notebook([TEST])), "utf-8")
    open_notebook(page, space[1], "exercices/s98-projet/projet.ipynb")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)
    cell = page.locator(".jp-Notebook:visible .jp-CodeCell .cm-content").first
    results = page.locator(".cp-results")
    cell.click()
    page.keyboard.press("Control+Enter")
    expect(results).to_contain_text("à revoir", timeout=READY_MS)
    page.locator(".jp-DirListing-item", has_text="mon-site").dblclick()
    page.locator(".jp-DirListing-item", has_text="css").dblclick()
    page.locator(".jp-DirListing-item", has_text="base.css").dblclick()
    expect(page.locator(".jp-FileEditor:visible .cm-content")).to_contain_text("h1", timeout=READY_MS)
    write(page, "h1 { color: rgb(200, 0, 0); }")
    wait_until(page, lambda: "200" in (week / "mon-site" / "css" / "base.css").read_text())
    page.get_by_role("tab", name="projet.ipynb").click()
    page.get_by_role("button", name="Vérifier", exact=True).click()
    expect(page.locator(".jp-Dialog")).to_contain_text("Tout est réussi.", timeout=READY_MS)
    page.keyboard.press("Escape")
    cell.click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".cp-results[data-verdict='pass']")).to_be_visible(timeout=READY_MS)
