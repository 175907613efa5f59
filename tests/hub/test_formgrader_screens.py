"""Formgrader as the trainer uses it, on the real hub: every screen in French, every button at work."""

import json
import re
from pathlib import Path

import pytest
from assignments import GOOD, WEEK, cell
from hubs import READY_S, Hub, Person, small_course
from playwright.sync_api import expect, sync_playwright
from test_offline import violations

from codephenix.formgrader import FOLDER, screens

pytestmark = [pytest.mark.hub, pytest.mark.nbgrader, pytest.mark.browser]

ARTEFACTS = Path(__file__).parents[1] / "artefacts"
READY_MS = READY_S * 1000
DONE = "C’est fait"

# What a person sees or hears of a page, without the learner's notebook and without nbgrader's own journal.
SEEN = """() => {
    const seen = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const aside = ".input_area, .rendered_html, .output_wrapper, script, style, details:not([open]) > :not(summary)";
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (!parent.closest(aside) && parent.checkVisibility()) seen.push(walker.currentNode.data.trim());
    }
    for (const name of ["title", "aria-label", "placeholder", "data-original-title", "alt"]) {
        for (const one of document.querySelectorAll(`[${name}]`)) {
            if (!one.closest(aside)) seen.push(one.getAttribute(name));
        }
    }
    return seen.filter(Boolean);
}"""
WORDS = re.compile(
    r"\b(?:assignments?|submissions?|students?|scores?|graded?|grading|autograd\w+|feedback|released?|collect|generate|preview|edit|"
    r"due|status|save|cancel|close|search|loading|showing|entries|flagged|needs|manual|failed|error|success|show|hide|next|prev|"
    r"remaining|credit|resolve|comments|keyboard|shortcuts|click|add|new|name|email|first|last|none|please|draft|activate|log|"
    r"move|the|there|this|response|control|shift|enter|UTC[+-])\b",
    re.IGNORECASE,
)  # fmt: skip


def english(page):
    """English that is left on a page: phrases of the catalogue, and words that no French screen has."""
    seen = [re.sub(r"codephenix grade \S+", "", text) for text in page.evaluate(SEEN)]
    assert len(seen) > 5  # a page that shows nothing proves nothing
    assert page.evaluate("document.documentElement.lang") == "fr"
    phrases = {phrase.strip() for screen in screens() for phrase in screen.phrases if re.search(r"[A-Za-z]{3}", phrase)}
    return [text for text in seen if text in phrases or WORDS.search(text)]


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    folder = tmp_path_factory.mktemp("salle")
    small_course(folder)
    path = folder / "source" / WEEK / "carte.ipynb"
    week = json.loads(path.read_text("utf-8"))
    week["cells"].append(
        cell("Décrivez votre carte.", "decrire-carte", "markdown", grade=True, solution=True, points=3)
    )
    week["cells"].append(
        cell("Le projet de la semaine.", "noter-le-projet", "markdown", task=True, locked=True, points=5)
    )
    path.write_text(json.dumps(week), "utf-8")
    hub = Hub(folder)
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture(scope="module")
def handed(hub):
    """Two copies, a good one and an empty one."""
    for login, answers in (("amina", GOOD), ("bruno", {})):
        person = Person(hub, login).sign_in()
        path = f"exercices/{WEEK}/carte.ipynb"
        nb = json.loads((hub.space(login) / path).read_text("utf-8"))
        for one in nb["cells"]:
            one["source"] = answers.get(one["metadata"].get("nbgrader", {}).get("grade_id"), one["source"])
        assert person.write(path, nb).status_code < 300
        assert person.post("codephenix/rendre", json={"path": path}).json()["done"]
    return hub


@pytest.fixture(scope="module")
def page(handed, hub):
    from codephenix.browser import find_chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox"])
        context = browser.new_context(locale="fr-FR", viewport={"width": 1400, "height": 900})
        context.set_default_timeout(READY_MS)
        page = context.new_page()
        page.goto(f"{hub.address}/hub/login?next=/hub/spawn/formateur")
        page.get_by_label("Identifiant").fill("formateur")
        page.get_by_label("Mot de passe").fill(hub.passwords["formateur"])
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_url("**/user/formateur/lab**")
        yield page
        browser.close()


@pytest.fixture
def at(page, hub, request):
    """Open a screen, wait for its table, look at it."""
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))

    def open_screen(path, text, name=None):
        page.goto(f"{hub.address}/user/formateur/formgrader/{path}")
        expect(page.locator("#main-table, #notebook").first).to_contain_text(text, timeout=READY_MS)
        check(page, name or path.replace("/", "-"))

    yield open_screen
    assert faults == []


def check(page, name):
    ARTEFACTS.mkdir(exist_ok=True)
    if page.locator(".modal, .modal-backdrop").count():
        expect(page.locator(".modal.in .modal-dialog")).to_be_visible()
    page.screenshot(path=str(ARTEFACTS / f"formgrader-{name}.png"), animations="disabled")
    assert english(page) == [], name


def answer(page, name, title=DONE):
    """What nbgrader answered, in a window that is then closed."""
    window = page.locator(".modal-dialog")
    expect(window.locator(".modal-title")).to_have_text(title, timeout=READY_MS)
    check(page, name)
    said = window.inner_text()
    window.get_by_role("button", name="OK").click()
    expect(page.locator(".modal-dialog")).to_have_count(0)
    return said


def field(page, name):
    """A field of the window that is open."""
    return page.locator(".modal-dialog").get_by_label(name, exact=True)


def cancel(page):
    page.locator(".modal-dialog").get_by_role("button", name="Annuler").click()
    expect(page.locator(".modal-dialog")).to_have_count(0)


def test_the_assignments_are_prepared_released_and_collected(page, at):
    at("manage_assignments", WEEK)
    assert page.title() == "Devoirs – CodePhenix"
    page.get_by_role("button", name="Mode d’emploi").click()
    expect(page.locator("#collapseOne.in")).to_be_visible()
    expect(page.locator("#collapseOne")).to_contain_text("Pour corriger les copies (tests automatiques)")
    expect(page.locator("#collapseOne a")).to_have_count(0)
    check(page, "mode-d-emploi")
    page.get_by_label("Chercher").fill("introuvable")
    expect(page.locator("#main-table")).to_have_text("Aucune ligne ne contient ce texte.")
    page.get_by_label("Chercher").fill("")
    row = page.locator("#main-table tr", has_text=WEEK)
    expect(row).to_contain_text("distribué")
    row.get_by_title("Ne plus distribuer").click()
    assert "n’est plus distribué" in answer(page, "plus-distribue")
    row.get_by_title("Préparer").click()
    assert f"La version des apprenants est prête\u00a0: «\u00a0{WEEK}\u00a0»." in answer(page, "pret")
    expect(row).to_contain_text("brouillon")
    row.get_by_title("Distribuer", exact=True).click()
    assert "Ce devoir est distribué" in answer(page, "distribue")
    row.get_by_title("Ramasser").click()
    expect(page.locator(".modal-title")).to_have_text(DONE)
    page.get_by_text("Journal technique (en anglais)").click()
    expect(page.locator(".modal-dialog details pre")).to_contain_text(
        "Collecting"
    )  # nbgrader's own journal, only if asked for
    page.get_by_text("Journal technique (en anglais)").click()
    assert "Les copies sont ramassées" in answer(page, "ramasse")
    expect(row.locator(".num-submissions")).to_have_text("2")


def test_an_assignment_is_changed_and_added_in_french(page, at, hub):
    at("manage_assignments", WEEK)
    row = page.locator("#main-table tr", has_text=WEEK)
    row.get_by_title("Modifier").click()
    expect(page.locator(".modal-title")).to_have_text(f"Modifier\u00a0: {WEEK}")
    check(page, "modifier-un-devoir")
    field(page, "Date limite").fill("2031-03-14T17:30")
    page.get_by_role("button", name="Enregistrer").click()
    expect(row.locator(".duedate")).to_contain_text("14/03/2031 à 17:30")
    page.get_by_role("link", name="Ajouter un devoir…").click()
    field(page, "Nom").fill("a+b")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#create-error")).to_contain_text("ne peut pas contenir le signe")
    check(page, "ajouter-un-devoir")
    cancel(page)
    with page.context.expect_page() as opened:  # in a new tab: the folder in JupyterLab
        row.locator(".name a").click()
    tab = opened.value
    tab.locator(".jp-DirListing-item", has_text="carte.ipynb").first.wait_for(timeout=READY_MS)
    assert tab.url.startswith(f"{hub.address}/user/formateur/lab")
    tab.close()


def test_copies_are_graded_and_given_back_one_by_one(page, at, hub):
    path = f"manage_submissions/{WEEK}"
    at(path, "amina")
    page.get_by_role("button", name="Mode d’emploi").click()
    expect(page.locator("#collapseOne.in")).to_be_visible()
    expect(page.locator("#collapseOne")).to_contain_text(f"codephenix grade {WEEK}")
    expect(page.locator("#collapseOne a")).to_have_count(0)
    for login in ("amina", "bruno"):
        row = page.locator("#main-table tr", has_text=login)
        expect(row).to_contain_text("à corriger")
        row.get_by_title("Corriger").click()
        assert f"La copie est corrigée\u00a0: devoir «\u00a0{WEEK}\u00a0», apprenant «\u00a0{login}\u00a0»." in answer(
            page, "corrige"
        )
        expect(row).to_contain_text("à corriger à la main")
    row.get_by_title("Écrire le retour").click()
    assert "Le retour est écrit" in answer(page, "retour")
    row.get_by_title("Distribuer le retour").click()
    assert "Le retour est distribué" in answer(page, "retour-distribue")
    given = (hub.folder / "feedback" / "bruno" / WEEK / "carte.html").read_text("utf-8")
    assert "Aucune réponse." in given
    assert "No response" not in given
    expect(page.locator("#main-table tr", has_text="amina")).to_contain_text("5 / 14")
    at(path, "amina", "copies-corrigees")


def test_a_copy_is_graded_by_hand(page, at, hub):
    at("gradebook", WEEK)
    at(f"gradebook/{WEEK}", "carte")
    at(f"gradebook/{WEEK}/carte", "Copie n°\u00a01")
    page.get_by_role("button", name="Montrer les noms").click()
    expect(
        page.get_by_role("link", name="Amina Diallo").or_(page.get_by_role("link", name="Diallo Amina"))
    ).to_be_visible()
    check(page, "noms")
    page.get_by_role("button", name="Cacher les noms").click()
    page.get_by_label("Chercher").fill("à corriger à la main")
    expect(page.locator("#main-table tr")).to_have_count(2)
    page.get_by_role("link", name="Copie n°\u00a01").click()
    project = page.locator(".nbgrader_cell", has_text="Le projet de la semaine")
    expect(project.get_by_label("Commentaire")).to_have_attribute("placeholder", re.compile("Votre commentaire"))
    answer = page.locator(".nbgrader_cell").first  # which learner's copy comes first is drawn by lot
    said = "Votre commentaire" if answer.get_by_text("Des roses").count() else "Aucune réponse."
    expect(answer.get_by_label("Commentaire")).to_have_attribute("placeholder", re.compile(f"^{said}"))
    assert page.title() == "Copie – carte – CodePhenix"
    check(page, "copie")
    expect(project.get_by_label("Points")).to_have_class(
        re.compile("needs_manual_grade"), timeout=READY_MS
    )  # it is read
    project.get_by_role("button", name="Tous les points").click()
    expect(project.get_by_label("Points")).to_have_value("5")
    project.get_by_label("Commentaire").fill("Beau travail.")
    project.get_by_label("Commentaire").press("Escape")
    page.locator(".help").click()
    expect(page.locator(".modal-title")).to_have_text("Raccourcis clavier")
    expect(page.locator(".shortcut-key")).to_contain_text(["Tab", "Maj + Tab", "Échap"])
    check(page, "raccourcis")
    page.locator(".modal-footer").get_by_role("button", name="Fermer").click()
    expect(page.locator(".modal-dialog")).to_have_count(0)
    project.get_by_label("Commentaire").press("Control+Shift+F")
    expect(page.locator("#statusmessage")).to_have_text("Copie signalée")
    page.get_by_text("Suivante →").hover()
    expect(page.locator(".tooltip")).to_have_text("Copies après celle-ci\u00a0: 1")
    check(page, "copie-suivante")
    page.get_by_text("Suivante →").click()
    expect(page.locator(".panel-title").first).to_contain_text("Copie 2 sur 2")
    at(f"gradebook/{WEEK}/carte", "Copie n°\u00a01", "signalee")
    page.get_by_label("Chercher").fill("signalée")
    expect(page.locator("#main-table tr")).to_have_count(1)

    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{hub.folder / 'gradebook.db'}") as gradebook:
        done = [each for each in gradebook.notebook_submissions("carte", WEEK) if each.flagged]
        assert [grade.manual_score for grade in done[0].grades if grade.name == "noter-le-projet"] == [5]
        assert [note.manual_comment for note in done[0].comments if note.name == "noter-le-projet"] == ["Beau travail."]


def test_the_learners_are_listed_changed_and_added_in_french(page, at):
    at("manage_students", "amina")
    row = page.locator("#main-table tr", has_text="amina")
    row.get_by_title("Modifier").click()
    expect(page.locator(".modal-title")).to_have_text("Modifier\u00a0: amina")
    check(page, "modifier-un-apprenant")
    field(page, "Courriel").fill("amina@exemple.fr")
    page.get_by_role("button", name="Enregistrer").click()
    expect(row).to_contain_text("amina@exemple.fr")
    page.get_by_role("link", name="Ajouter un apprenant…").click()
    check(page, "ajouter-un-apprenant")
    field(page, "Identifiant").fill("nouveau")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#main-table tr", has_text="nouveau")).to_contain_text("sans nom")
    at("manage_students", "nouveau", "apprenants")
    at("manage_students/nouveau", f"{WEEK} (rien n’est rendu)")
    at("manage_students/amina", WEEK)
    at(f"manage_students/amina/{WEEK}", "carte")


def test_the_scripts_are_nbgrader_s_own_behind_the_same_door(hub, page):
    trainer, learner = Person(hub, "formateur").sign_in(), Person(hub, "amina").sign_in()
    script = trainer.get("formgrader/static/js/utils.js")
    assert script.status_code == 200
    assert script.headers["content-type"].startswith("text/javascript")
    assert '"Fermer"' in script.text
    for name in ("css/nbgrader.css", "node_modules/underscore/underscore-min.js"):
        assert trainer.get(f"formgrader/static/{name}").content == (FOLDER / "static" / name).read_bytes()
    for name in ("absent.js", "%2e%2e/%2e%2e/handlers.py", "..%2f..%2fhandlers.py"):
        assert trainer.get(f"formgrader/static/js/{name}").status_code in (400, 403, 404), name
    assert learner.get("formgrader/static/js/utils.js").status_code == 404
    assert learner.get("/user/formateur/formgrader/static/js/utils.js").status_code in (403, 404)


LISTS = {
    "manage_assignments": WEEK,
    f"manage_submissions/{WEEK}": "amina",
    "gradebook": WEEK,
    f"gradebook/{WEEK}": "carte",
    f"gradebook/{WEEK}/carte": "Copie",
    "manage_students": "amina",
    "manage_students/amina": WEEK,
    f"manage_students/amina/{WEEK}": "carte",
}


@pytest.mark.parametrize("path", LISTS)
def test_axe_finds_nothing_on_the_lists(path, page, at):
    at(path, LISTS[path])
    assert violations(page) == []


def test_axe_finds_nothing_on_a_copy(page, at):
    at(f"gradebook/{WEEK}/carte", "Copie")
    page.get_by_role("link", name="Copie n°\u00a01").click()
    expect(page.get_by_role("button", name="Tous les points").first).to_be_visible()
    assert violations(page) == []


def test_formgrader_opens_in_a_tab_of_jupyterlab(page, hub):
    page.goto(f"{hub.address}/user/formateur/lab/tree/formateur/tableau-de-bord.ipynb?reset")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.locator(".lm-Menu-item", has_text="Formgrader").first.click()
    page.get_by_role("tab", name="Formgrader").click()
    page.locator("iframe[src*=formgrader]").wait_for()
    inside = next(frame for frame in page.frames if frame.parent_frame)
    expect(inside.locator("#main-table")).to_contain_text(WEEK, timeout=READY_MS)
    assert english(inside) == []
    page.screenshot(path=str(ARTEFACTS / "formgrader-dans-jupyterlab.png"))
    inside.locator("#main-table .name a").first.click()  # the folder, in JupyterLab's own list of files
    page.locator(".jp-DirListing-item", has_text="carte.ipynb").first.wait_for()


def test_no_page_of_another_origin_shows_formgrader_in_a_frame(page, hub):
    """A learner's file is served in a sandbox: its origin is not the class's."""
    address = f"{hub.address}/user/formateur/formgrader/manage_assignments"
    body = f"<iframe src='{address}' onload='document.title = `lu`'></iframe>"
    shown = {}
    for name, policy in (("ouverte", {}), ("enfermee", {"Content-Security-Policy": "sandbox allow-scripts"})):
        answer = {"body": body, "headers": {"Content-Type": "text/html", **policy}}
        page.route(f"**/{name}", lambda route, _, answer=answer: route.fulfill(**answer))
        page.goto(f"{hub.address}/{name}")
        expect(page).to_have_title("lu", timeout=READY_MS)
        shown[name] = page.frames[1].url
        page.unroute(f"**/{name}")
    assert shown["ouverte"] == address  # the control: a page of the class may
    assert shown["enfermee"] != address


def test_the_search_for_english_finds_what_is_left(page, at):
    """The control of ``check``: a heading, the name of a field, and what is hidden."""
    at("gradebook", WEEK)
    page.evaluate("document.querySelector('h1').textContent = 'Manual Grading'")
    page.evaluate("document.querySelector('input').setAttribute('aria-label', 'Search:')")
    page.evaluate("document.querySelector('p').outerHTML = '<p hidden>Release</p>'")
    assert english(page) == ["Manual Grading", "Search:"]
