"""A day of the class on the real hub: two learners and the trainer, in real browsers, in French."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hubs import Hub, copy_course
from playwright.sync_api import expect, sync_playwright
from processes import arguments, descendants

pytestmark = [pytest.mark.hub, pytest.mark.browser]

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / "tests" / "artefacts"
READY_MS = 120_000  # a busy machine; a quiet one takes 5 s


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    folder = tmp_path_factory.mktemp("salle")
    copy_course(folder)
    hub = Hub(folder)
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture(scope="module")
def chromium():
    from codephenix.browser import find_chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, hub):
    context = chromium.new_context(locale="fr-FR", viewport={"width": 1400, "height": 900})
    page = context.new_page()
    outside = []
    inside = (hub.address, hub.address.replace("http", "ws"), "data:", "blob:", "about:")
    page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(inside) else None)
    yield page
    context.close()
    assert outside == []


def shoot(page, name):
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=str(ARTEFACTS / f"hub-{name}.png"))


def sign_in(page, hub, login, password=None):
    page.goto(hub.address)
    page.get_by_label("Identifiant").fill(login)
    page.get_by_label("Mot de passe").fill(password or hub.passwords[login])
    page.get_by_role("button", name="Se connecter").click()


def wait_for_lab(page):
    page.locator(".jp-Notebook:visible").first.wait_for(timeout=READY_MS)
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)


def test_a_class_of_eight_and_its_trainer_have_cards(hub):
    assert len(hub.passwords) == 9
    cards = (hub.folder / ".codephenix" / "hub" / "cartes.html").read_text("utf-8")
    for login, password in hub.passwords.items():
        assert login in cards
        assert password in cards


def test_a_wrong_password_is_refused_in_french(page, hub):
    sign_in(page, hub, "amina", "faux-faux-0000")
    expect(page.get_by_role("alert")).to_contain_text("Identifiant ou mot de passe incorrect", timeout=READY_MS)
    shoot(page, "refus")
    page.goto(f"{hub.address}/hub/signup")
    expect(page.locator("h1")).to_contain_text("Cette page n’existe pas")


def test_a_learner_works_and_hands_in_and_the_trainer_gives_the_marks_back(page, hub, chromium):
    sign_in(page, hub, "amina")
    wait_for_lab(page)
    page.locator(".jp-RenderedMarkdown a", has_text="La première balise").first.click()  # one click after the sign-in
    expect(page.locator(".jp-Notebook:visible h1").first).to_contain_text("première balise", timeout=READY_MS)
    name = "04-premiere-balise"
    source = json.loads((hub.folder / "source" / "s01-premiere-page" / f"{name}.ipynb").read_text("utf-8"))
    code = [cell for cell in source["cells"] if cell["cell_type"] == "code"]
    index = next(i for i, cell in enumerate(code) if cell["metadata"].get("nbgrader", {}).get("solution"))
    page.goto(f"{hub.address}/user/amina/lab/tree/exercices/s01-premiere-page/{name}.ipynb?reset")
    wait_for_lab(page)
    editor = page.locator(".jp-Notebook:visible .jp-CodeCell").nth(index).locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("".join(code[index]["source"]))
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-OutputArea-output iframe").first).to_be_visible(timeout=READY_MS)
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".cp-results[data-verdict='pass']").first).to_be_visible(timeout=READY_MS)
    shoot(page, "exercice")

    page.get_by_role("button", name="Rendre", exact=True).first.click()
    page.locator(".jp-Dialog").get_by_role("button", name="Rendre").click()
    expect(page.locator(".jp-Dialog")).to_contain_text("est rendu, le", timeout=READY_MS)
    shoot(page, "rendu")

    assert json.loads(hub.command("collect", "s01", "--json"))["done"] == ["amina"]
    hub.command("grade", "s01")
    hub.command("feedback", "s01")
    status = json.loads(hub.command("status", "--json"))
    assert (status["weeks"][0]["graded"], status["weeks"][0]["feedback"]) == (1, 1)
    assert "Amina" in (hub.folder / "feedback" / "amina" / "s01-premiere-page" / f"{name}.html").read_text("utf-8")
    assert (hub.folder / ".codephenix/learners/amina/espace/retours/s01-premiere-page" / f"{name}.html").exists()
    (tried,) = (hub.folder / "journal").glob("*.jsonl")
    assert json.loads(tried.read_text("utf-8").splitlines()[-1])["passed"] > 0

    forked = [pid for pid in descendants(hub.process.pid) if "codephenix.hub.nursery" in arguments(pid)]
    assert len(forked) == 2  # the nursery, and Amina's server, which it forked
    assert any(f"{1500 * 1_000_000}" in Path(f"/proc/{pid}/limits").read_text() for pid in forked)

    trainer = chromium.new_context(locale="fr-FR", viewport={"width": 1400, "height": 900}).new_page()
    sign_in(trainer, hub, "formateur")
    wait_for_lab(trainer)
    expect(trainer.locator(".jp-Notebook:visible h1").first).to_contain_text("Tableau de bord", timeout=READY_MS)
    shoot(trainer, "formateur")
    trainer.get_by_role("button", name=re.compile("Nouveau lanceur", re.IGNORECASE)).first.click()
    tiles = trainer.locator(".jp-LauncherCard[data-category='CodePhenix']:visible")
    expect(tiles).to_have_text(["Tableau de bord", "Notation des projets", "Aperçu"], timeout=READY_MS)
    trainer.goto(f"{hub.address}/user/formateur/formgrader")
    expect(trainer.locator("body")).to_contain_text("s01-premiere-page", timeout=READY_MS)
    shoot(trainer, "formgrader")
    trainer.context.close()


ASKS = """async (login) => {
    const headers = { "X-XSRFToken": document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? "" };
    const read = async (path, options) => {
        const answer = await fetch(path, { headers, ...options });
        return [answer.status, await answer.text()];
    };
    const base = `/user/${login}/`;
    const post = (path, body) => read(base + path, { method: "POST", body });
    return {
        own: await read(base + "api/contents/cours/index.ipynb?content=0"),
        web: await post("api/kernels", '{"name": "web"}'),
        specs: await read(base + "api/kernelspecs"),
        python: await post("api/kernels", '{"name": "python3"}'),
        terminals: await post("api/terminals", ""),
        above: await read(base + "api/contents/..%2F..%2F..%2Fsource"),
        hidden: await read(base + "api/contents/.codephenix.json"),
        neighbour: await read("/user/amina/api/contents/"),
        trainer: await read("/user/formateur/api/contents/"),
        grader: await read(base + "formgrader"),
        admin: await read("/hub/api/users"),
    };
}"""


def test_a_learner_reaches_nothing_but_their_own_folder(page, hub):
    sign_in(page, hub, "bruno")
    wait_for_lab(page)
    answers = page.evaluate(ASKS, "bruno")
    assert answers.pop("own")[0] == 200  # what follows is refused for what it is, not for how it is asked
    assert answers.pop("web")[0] == 201
    assert set(json.loads(answers.pop("specs")[1])["kernelspecs"]) == {"web"}
    for name, (status, text) in answers.items():
        assert status >= 400, (name, status, text[:200])


def test_a_new_list_changes_the_class_and_a_bad_one_does_not(hub, tmp_path):
    (tmp_path / "mauvais.csv").write_text("nom,identifiant\nA,a b\n")
    done = subprocess.run(
        [sys.executable, "-m", "codephenix", "--root", str(hub.folder), "cohort", "import", str(tmp_path / "mauvais.csv")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "ligne 2" in done.stderr
    (tmp_path / "classe.csv").write_text("nom,identifiant,groupe\nAmina Diallo,amina,A\nZoé Martin,zoe,B\n", "utf-8")
    report = json.loads(hub.command("cohort", "import", str(tmp_path / "classe.csv"), "--json"))
    assert report["created"] == ["zoe"]
    assert set(report["passwords"]) == {"zoe"}
    assert "bruno" in report["archived"]
    assert json.loads(hub.command("cohort", "list", "--json"))["people"] == ["amina", "zoe"]


def test_a_second_start_keeps_everything_and_a_stop_leaves_nothing(hub):
    from processes import alive, descendants

    children = descendants(hub.process.pid)
    hub.stop()
    for _ in range(100):
        if not [child for child in children if alive(child)]:
            break
        time.sleep(0.1)
    assert not [child for child in children if alive(child)]
    said = hub.start()
    assert "Connectez-vous avec votre carte" in said or "zoe" in said
    assert (hub.folder / ".codephenix/learners/amina/espace/exercices/s01-premiere-page").is_dir()
