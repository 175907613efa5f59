"""A project folder on the real hub: written, looked at, tested, handed in by a click, graded, its mark read; and what goes wrong."""

import json
import os
import re

import pytest
from assignments import WEEK, cell, notebook, write
from hubs import Hub, small_course
from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import expect
from test_day import READY_MS, ROOT, shoot, sign_in, wait_for_lab
from websites import page as site_page
from websites import png, write_site

pytestmark = [pytest.mark.hub, pytest.mark.browser, pytest.mark.nbgrader]

EXERCISES = f"exercices/{WEEK}"
TEST = """// mon-site/index.test.js
test("Tous les fichiers se chargent", () => { expect(page).toLoadEverything(); });
test("Le titre est le nom de l’atelier", () => { expect(page.locator("h1")).toHaveText("Atelier bois"); });
test("Le titre est vert", () => { expect(page.locator("h1")).toHaveStyle("color", "rgb(0, 100, 0)"); });
test("L’image du banc est là", () => { expect(page.getByAltText("Un banc")).toBeVisible(); });
test("Le lien mène au contact", () => { expect(page.getByRole("link", { name: "Contact" })).toLinkTo("contact.html"); });
test("Le contact a son titre", { page: "mon-site/contact.html" }, () => { expect(page).toHaveTitle("Contact"); });"""
STARTER = {"index.html": site_page("Titre à changer", "<p>À vous.</p>"), "css/style.css": "/* À vous. */\n", "js/script.js": "// À vous.\n"}  # fmt: skip
HOME = site_page(
    "Atelier bois", '<img src="images/banc.png" alt="Un banc" width="80">\n<p><a href="contact.html">Contact</a></p>'
)
CONTACT = site_page("Contact", '<p><a href="index.html">Accueil</a></p>')
STYLE = "h1 { color: rgb(0, 100, 0); }\n"
BENCH = png(120, 80, 40)
FULL_MB = 3  # of a learner's folder


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    folder = tmp_path_factory.mktemp("salle")
    small_course(folder)
    week = folder / "source" / WEEK
    cells = (
        cell("# Le site de l’atelier", "titre", "markdown"),
        cell(TEST, "test-site", grade=True, locked=True, points=6),
    )
    write(week / "projet.ipynb", notebook(*cells))
    write_site(week / "mon-site", STARTER)
    hub = Hub(folder)
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture
def quota(hub):
    """Small folders for the servers that start from here on: each reads the settings when it starts."""
    settings = hub.folder / "hub.toml"
    before = settings.read_text("utf-8")
    settings.write_text(f"{before}[limits]\nfolder_mb = {FULL_MB}\n", "utf-8")
    yield
    settings.write_text(before, "utf-8")


def open_path(page, hub, login, path, ready):
    page.goto(f"{hub.address}/user/{login}/lab/tree/{path}?reset")
    page.locator(ready).first.wait_for(timeout=READY_MS)


def open_project(page, hub, login):
    sign_in(page, hub, login)
    wait_for_lab(page)
    open_path(page, hub, login, f"{EXERCISES}/projet.ipynb", ".jp-Notebook:visible")
    wait_for_lab(page)


def item(page, name):
    return page.locator(".jp-DirListing-itemText", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))


def into(page, *folders):
    for name in folders:
        item(page, name).first.dblclick()
        expect(page.locator(".jp-BreadCrumbs")).to_contain_text(name, timeout=READY_MS)


def type_in(page, text):
    """Replace what is in the editor that is open; it is not saved."""
    page.locator(".jp-FileEditor:visible .cm-content").click(timeout=READY_MS)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def save(page, path, text):
    """Save the editor that is open, until the text is on the disk."""
    page.keyboard.press("Control+s")
    for _ in range(READY_MS // 100):
        if path.read_text("utf-8") == text:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{path} was not saved")


def new(page, command, name):
    """Make a file or a folder by the menu of the file browser, as one does by hand: its name is asked for at once.

    JupyterLab forgets to ask when the list is drawn again meanwhile, and may say so: then one asks with F2, as this does.
    """
    listed = page.locator(".jp-DirListing-item")
    before = listed.count()
    page.locator(".jp-DirListing-content").click(button="right", position={"x": 60, "y": 300})
    page.locator(".lm-Menu-item", has_text=command).click()
    expect(listed).to_have_count(before + 1, timeout=READY_MS)
    editor = page.locator("input.jp-DirListing-editor")
    for _ in range(10):
        try:
            editor.fill(name, timeout=5_000)
            editor.press("Enter", timeout=5_000)
            return item(page, name).first.wait_for(timeout=5_000)
        except TooLate:
            if page.locator(".jp-Dialog").count():
                close(page)
            page.locator(".jp-DirListing-item", has_text=re.compile("^nouveau-(dossier|fichier)")).first.click()
            page.keyboard.press("F2")
    return pytest.fail(f"{name} could not be named")


def open_file(page, name):
    item(page, name).first.dblclick(timeout=READY_MS)
    page.locator(f".lm-TabBar-tab.lm-mod-current:has-text('{name}')").first.wait_for(timeout=READY_MS)
    page.locator(".jp-FileEditor:visible .cm-content").wait_for(timeout=READY_MS)


def upload(page, name, content):
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name=re.compile("Téléverser|Charger|Transférer")).first.click()
    chosen.value.set_files([{"name": name, "mimeType": "image/png", "buffer": content}])
    item(page, name).first.wait_for(timeout=READY_MS)


def hand_in(page):
    """Click « Rendre » and « Rendre »; the dialog that answers."""
    page.get_by_role("tab", name="projet.ipynb").click()
    page.get_by_role("button", name="Rendre", exact=True).first.click()
    page.locator(".jp-Dialog").get_by_role("button", name="Rendre").click()
    answer = page.locator(".jp-Dialog", has_text=re.compile("C’est rendu|Rien n’est rendu"))
    expect(answer.get_by_role("button", name="Fermer")).to_be_visible(timeout=READY_MS)
    return answer


def close(page):
    page.locator(".jp-Dialog").get_by_role("button", name="Fermer").click()
    expect(page.locator(".jp-Dialog")).to_have_count(0)


def violations(page, place):
    page.evaluate((ROOT / "codephenix" / "assets" / "axe.js").read_text("utf-8"))
    run = "async (place) => (await axe.run({ include: [place] })).violations.map((v) => [v.id, v.nodes[0].html])"
    return page.evaluate(run, place)


def inbound(hub, login):
    """The last submission of someone in the exchange, None before the first."""
    found = sorted((hub.folder / ".codephenix" / "echange" / "codephenix" / "inbound").glob(f"{login}+{WEEK}+*"))
    return found[-1] if found else None


def files(folder):
    """What is in a folder, by path; hidden files are Jupyter's."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if "/." not in f"/{name}"}


def write_the_site(page, space):
    """Pages, style and picture, made in the file browser and the editor; the style is not saved."""
    into(page, "mon-site")
    new(page, "Nouveau dossier", "images")
    new(page, "Nouveau fichier", "contact.html")
    open_file(page, "contact.html")
    type_in(page, CONTACT)
    save(page, space / "mon-site" / "contact.html", CONTACT)
    open_file(page, "index.html")
    type_in(page, HOME)
    save(page, space / "mon-site" / "index.html", HOME)
    into(page, "images")
    upload(page, "banc.png", BENCH)
    page.locator(".jp-BreadCrumbs-item", has_text="mon-site").click()
    into(page, "css")
    open_file(page, "style.css")
    type_in(page, STYLE)


def look_at_the_site(page):
    page.get_by_role("tab", name="index.html").click()
    page.locator(".jp-Toolbar:visible").get_by_role("button", name="Aperçu du projet").click()
    card = page.frame_locator(".cp-project iframe")
    shown = card.frame_locator("#stage iframe:not([inert])")
    expect(shown.locator("h1")).to_have_text("Atelier bois", timeout=READY_MS)
    expect(shown.locator("img")).to_have_js_property("naturalWidth", 8, timeout=READY_MS)
    shoot(page, "projet-ecrit")
    shown.get_by_role("link", name="Contact").click()
    expect(shown.locator("h1")).to_have_text("Contact", timeout=READY_MS)


def test_a_project_is_written_looked_at_handed_in_and_its_mark_comes_back(page, hub):
    open_project(page, hub, "amina")
    write_the_site(page, hub.space("amina") / EXERCISES)
    look_at_the_site(page)
    answer = hand_in(page)  # the style is saved by it
    expect(answer).to_contain_text("est rendu, le")
    expect(answer).not_to_contain_text("manque")
    shoot(page, "projet-rendu")
    assert violations(page, ".jp-Dialog") == []
    close(page)
    page.locator(".jp-Notebook:visible .jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".cp-results[data-verdict='pass']").first).to_be_visible(timeout=READY_MS)
    shoot(page, "projet-teste")

    texts = {
        "index.html": HOME,
        "contact.html": CONTACT,
        "css/style.css": STYLE,
        "js/script.js": STARTER["js/script.js"],
    }
    wanted = {**{name: text.encode() for name, text in texts.items()}, "images/banc.png": BENCH}
    assert files(inbound(hub, "amina") / "mon-site") == wanted
    assert "amina" in json.loads(hub.command("collect", "s99", "--json"))["done"]
    hub.command("grade", "s99")
    assert files(hub.folder / "submitted" / "amina" / WEEK / "mon-site") == wanted
    assert files(hub.folder / "autograded" / "amina" / WEEK / "mon-site") == wanted
    hub.command("feedback", "s99")

    read_the_mark(page, hub)


def read_the_mark(page, hub):
    """In the side bar, then from the file itself: both open the page, not its code."""
    assert sorted(files(hub.space("amina") / "retours" / WEEK)) == [
        "carte.html",
        "index.html",
        "projet.html",
        "ville.html",
    ]
    open_path(page, hub, "amina", f"{EXERCISES}/projet.ipynb", ".jp-Notebook:visible")
    page.get_by_role("tab", name="Ma progression").click()
    panel = page.locator(".cp-progress details[open]")
    link = panel.get_by_role("link", name="Note et retour du formateur")
    expect(link).to_have_css("text-decoration-line", "underline", timeout=READY_MS)  # JupyterLab's own links have none
    with page.expect_popup() as opened:
        link.click()
    page.bring_to_front()
    shoot(page, "projet-progression")
    assert violations(page, ".cp-progress") == []
    week = opened.value
    expect(week.locator("h1")).to_be_visible(timeout=READY_MS)
    expect(week.locator("tr", has_text="projet")).to_contain_text("6", timeout=READY_MS)
    shoot(week, "projet-bilan")
    week.get_by_role("link", name=re.compile("projet|site", re.IGNORECASE)).first.click()
    expect(week.locator("body")).to_contain_text("Le titre est vert", timeout=READY_MS)
    shoot(week, "projet-retour")
    open_path(page, hub, "amina", f"retours/{WEEK}/projet.html", ".jp-FileEditor:visible")
    bar = page.locator(".jp-Toolbar:visible")
    with page.expect_popup() as again:
        bar.get_by_role("button", name="Voir la page").click(timeout=READY_MS)
    expect(again.value.locator("body")).to_contain_text("Le titre est vert", timeout=READY_MS)
    expect(bar.get_by_role("button", name="Aperçu du projet")).to_have_count(0)


def refused(page, hub, *words):
    """« Rendre » says these words, and hands nothing in."""
    before = inbound(hub, "bruno")
    answer = hand_in(page)
    for word in ("Rien n’est rendu", *words):
        expect(answer).to_contain_text(word)
    assert inbound(hub, "bruno") == before
    assert violations(page, ".jp-Dialog") == []
    return answer


def test_what_cannot_be_handed_in_or_read_is_said_and_nothing_is_lost(page, hub):
    open_project(page, hub, "bruno")
    site = hub.space("bruno") / EXERCISES / "mon-site"
    write_site(site, {"index.html": HOME, "contact.html": CONTACT, "css/style.css": STYLE, "images/banc.png": BENCH})
    before = files(site)

    film = site / "images" / "film.mp4"
    film.touch()
    os.truncate(film, 5_040_000)
    refused(
        page,
        hub,
        "« mon-site/images/film.mp4 » pèse 5,1 Mo, le maximum est 5 Mo.",
        "Remplacez-le par un fichier plus léger",
    )
    shoot(page, "projet-trop-lourd")
    close(page)
    os.truncate(film, 4_900_000)
    others = [site / "images" / f"film-{rank}.mp4" for rank in range(8)]
    for path in others:
        path.touch()
        os.truncate(path, 4_800_000)
    refused(page, hub, "Votre semaine pèse 43,", "Le plus lourd est « mon-site/images/film.mp4 » : 4,9 Mo.")
    close(page)
    for path in (film, *others):
        path.unlink()

    (site / "secret.html").symlink_to(hub.folder / "hub.toml")
    refused(page, hub, "« mon-site/secret.html » est un lien vers un autre fichier. Effacez-le.")
    close(page)
    (site / "secret.html").unlink()
    assert inbound(hub, "bruno") is None

    write_site(site, {"images/Banc été.png": BENCH, "notes.docx": b"PK"})
    answer = hand_in(page)
    expect(answer).to_contain_text("est rendu, le")
    expect(answer).to_contain_text("« mon-site/images/Banc été.png » est rendu, mais aucune page ne le lira")
    expect(answer).to_contain_text(
        "« mon-site/notes.docx » est rendu, mais aucune page ne le lira : sa sorte est inconnue"
    )
    shoot(page, "projet-mal-nomme")
    close(page)
    (site / "images" / "Banc été.png").unlink()
    (site / "notes.docx").unlink()

    site.rename(site.with_name("Mon site"))
    answer = hand_in(page)
    expect(answer).to_contain_text("est rendu, le")
    expect(answer).to_contain_text("Le dossier « mon-site » manque : « projet » le teste.")
    shoot(page, "projet-absent")
    close(page)
    site.with_name("Mon site").rename(site)
    assert files(site) == before
    answer = hand_in(page)
    expect(answer).to_contain_text("est rendu, le")
    expect(answer).not_to_contain_text("manque")
    assert files(inbound(hub, "bruno") / "mon-site") == before


def test_a_full_folder_keeps_the_text_in_the_page_and_hands_in_nothing_old(page, hub, quota):
    open_project(page, hub, "chloe")
    into(page, "mon-site")
    open_file(page, "index.html")
    heavy = hub.space("chloe") / "gros.txt"
    heavy.touch()
    os.truncate(heavy, (FULL_MB + 1) * 1_000_000)
    type_in(page, HOME)
    page.get_by_role("tab", name="projet.ipynb").click()
    page.get_by_role("button", name="Rendre", exact=True).first.click()
    page.locator(".jp-Dialog").get_by_role("button", name="Rendre").click()
    said = page.locator(".jp-Dialog", has_text=f"Votre dossier est plein ({FULL_MB}\u00a0Mo)")
    expect(said).to_be_visible(timeout=READY_MS)
    shoot(page, "projet-dossier-plein")
    said.get_by_role("button", name="Fermer").click()
    ours = page.locator(".jp-Dialog", has_text="Rien n’est rendu")
    expect(ours).to_contain_text("Votre texte est encore dans cette page.", timeout=READY_MS)
    shoot(page, "projet-pas-enregistre")
    close(page)
    assert inbound(hub, "chloe") is None
    heavy.unlink()
    expect(hand_in(page)).to_contain_text("est rendu, le")
    assert files(inbound(hub, "chloe") / "mon-site")["index.html"] == HOME.encode()
