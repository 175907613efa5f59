"""Nothing comes from outside: every screen of the class, with all that its browser asks for written down.

Chromium resolves every other name to a proxy of ours that notes who asks for what and answers nothing, WebSockets
included; the class itself runs in a network namespace that holds the loopback alone, where the machine allows it.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hubs import READY_S, Hub, Person, small_course
from playwright.sync_api import expect, sync_playwright
from processes import arguments, descendants

pytestmark = [pytest.mark.hub, pytest.mark.browser]

READY_MS = READY_S * 1000
WEEK = "s99-essai"
ARTEFACTS = Path(__file__).parents[1] / "artefacts"
ALONE = ("unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")


class Recorder:
    """A proxy that refuses everything and remembers the first line of each request."""

    def __init__(self):
        self.asked = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                client, _ = self._socket.accept()
                self.asked.append(client.recv(400).partition(b"\r\n")[0].decode("latin-1"))
                client.close()
            except OSError:
                return

    def close(self):
        self._socket.close()


@pytest.fixture(scope="module")
def recorder():
    recorder = Recorder()
    yield recorder
    recorder.close()


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    folder = tmp_path_factory.mktemp("salle")
    small_course(folder)
    hub = Hub(folder)
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture(scope="module")
def chromium(recorder):
    from codephenix.browser import find_chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_chromium()),
            args=[
                "--no-sandbox",
                f"--proxy-server={recorder.address}",
                "--proxy-bypass-list=127.0.0.1",
                "--disable-background-networking",
            ],
        )
        yield browser
        browser.close()


class Screens:
    """A signed-in browser, and all that its pages asked for."""

    def __init__(self, chromium, hub, login):
        self.hub, self.login, self.asked, self.sockets = hub, login, [], []
        self.context = chromium.new_context(locale="fr-FR", viewport={"width": 1400, "height": 900})
        self.context.set_default_timeout(READY_MS)
        self.page = self.context.new_page()
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("websocket", lambda opened: self.sockets.append(opened.url))

    def outside(self):
        inside = (self.hub.address, self.hub.address.replace("http", "ws"), "data:", "blob:", "about:")
        return [url for url in (*self.asked, *self.sockets) if not url.startswith(inside)]

    def open(self, path, ready, text):
        """Open an address, wait for a text in a place, and for the network to be quiet."""
        self.page.goto(self.hub.address + path)
        expect(self.page.locator(ready).first).to_contain_text(text, timeout=READY_MS)

    def lab(self, path, text):
        self.open(f"/user/{self.login}/lab/tree/{path}?reset", ".jp-Notebook:visible", text)
        expect(self.page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)

    def run_all(self, outputs):
        """Run every cell; wait for an output."""
        cells = self.page.locator(".jp-Notebook:visible .jp-Cell")
        cells.first.click()
        self.page.keyboard.press("Escape")
        for _ in range(cells.count()):
            self.page.keyboard.press("Shift+Enter")
        self.page.locator(f".jp-Notebook:visible {outputs}").first.wait_for(timeout=READY_MS)

    def sign_in(self):
        self.page.goto(f"{self.hub.address}/hub/login?next=/hub/home")
        self.page.get_by_label("Identifiant").fill(self.login)
        self.page.get_by_label("Mot de passe").fill(self.hub.passwords[self.login])
        self.page.get_by_role("button", name="Se connecter").click()
        self.page.wait_for_url("**/hub/home")


@pytest.fixture(scope="module")
def servers(hub):
    """Both servers run, as they would after the first minute."""
    return [Person(hub, login).sign_in() for login in ("amina", "formateur")]


def test_the_learner_s_screens_ask_for_nothing_outside(chromium, hub, servers, recorder):
    screens = Screens(chromium, hub, "amina")
    screens.open("/hub/login", "h1", "Formation")
    screens.sign_in()
    screens.open("/hub/change-password", "h1", "mot de passe")
    screens.open("/hub/nulle-part", "h1", "n’existe pas")
    screens.lab("cours/index.ipynb", "Sommaire")
    screens.lab(f"cours/{WEEK}/01-carte.ipynb", "La carte")
    screens.run_all("iframe")
    screens.lab(f"exercices/{WEEK}/ville.ipynb", "La ville")
    screens.run_all(".cp-results")
    servers[0].write("rappel.ipynb", review())
    screens.lab("rappel.ipynb", "Rappel")
    screens.run_all(".jp-OutputArea-output")
    screens.lab(f"exercices/{WEEK}/carte.ipynb", "La carte")
    screens.page.get_by_role("button", name="Rendre", exact=True).first.click()
    screens.page.locator(".jp-Dialog").get_by_role("button", name="Rendre").click()
    expect(screens.page.locator(".jp-Dialog")).to_contain_text("est rendu, le", timeout=READY_MS)
    assert screens.sockets  # kernels speak by WebSocket: they are seen
    assert screens.outside() == []
    assert recorder.asked == []
    screens.context.close()


def test_the_trainer_s_screens_ask_for_nothing_outside(chromium, hub, servers, recorder):
    for step in ("collect", "grade", "feedback"):
        hub.command(step, "s99")
    screens = Screens(chromium, hub, "formateur")
    screens.sign_in()
    for path, text in (
        ("manage_assignments", WEEK), (f"manage_submissions/{WEEK}", "amina"), ("gradebook", WEEK), (f"gradebook/{WEEK}/carte", "Copie n°"),
        ("manage_students", "amina"), (f"manage_students/amina/{WEEK}", "carte"),
    ):  # fmt: skip
        screens.open(f"/user/formateur/formgrader/{path}", "body", text)
    screens.page.goto(f"{hub.address}/user/formateur/formgrader/gradebook/{WEEK}/carte")
    screens.page.get_by_role("link", name="Copie n°\u00a01").click()
    expect(screens.page.locator("body")).to_contain_text("La carte", timeout=READY_MS)
    screens.open(f"/user/formateur/files/feedback/amina/{WEEK}/carte.html", "body", "La carte")
    screens.lab("formateur/tableau-de-bord.ipynb", "Tableau de bord")
    screens.run_all("iframe[title='Tableau de bord']")
    screens.lab("formateur/notation-des-projets.ipynb", "projets")
    assert screens.sockets
    assert screens.outside() == []
    assert recorder.asked == []
    screens.context.close()


def review():
    from assignments import cell, notebook

    source = "# essai.revision.yaml\ncards:\n  - id: un\n    front: Un\n    back: Deux\n"
    return notebook(cell("# Rappel du matin", "titre", "markdown"), cell(source, "cartes"))


def test_the_recorder_hears_what_goes_outside(chromium, hub, recorder):
    """The control of the two tests above: one image of another machine is seen in both places."""
    screens = Screens(chromium, hub, "bruno")
    screens.page.goto(f"{hub.address}/hub/login")
    screens.page.evaluate(
        "() => new Promise((done) => { const image = new Image(); image.onerror = done; image.src = 'http://exemple.invalid/x.png'; })"
    )
    assert screens.outside() == ["http://exemple.invalid/x.png"]
    assert any("exemple.invalid" in line for line in recorder.asked)
    recorder.asked.clear()
    screens.context.close()


def violations(page):
    axe = (Path(__file__).parents[2] / "codephenix" / "assets" / "axe.js").read_text("utf-8")
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found["violations"]]


PAGES = {
    "connexion": "/hub/login",
    "absente": "/hub/nulle-part",
    "accueil": "/hub/home",
    "mot-de-passe": "/hub/change-password",
    "fermee": "/user/bruno/lab",
    "autre": "/user/amina/lab",
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_the_hub_s_own_pages(name, chromium, hub, servers):
    login = "formateur" if name == "autre" else "bruno"
    screens = Screens(chromium, hub, login)
    if name != "connexion":
        screens.sign_in()
    screens.page.goto(hub.address + PAGES[name])
    screens.page.locator("h1").first.wait_for(timeout=READY_MS)
    ARTEFACTS.mkdir(exist_ok=True)
    screens.page.screenshot(path=str(ARTEFACTS / f"hub-page-{name}.png"))
    assert violations(screens.page) == []
    screens.context.close()


def test_axe_finds_nothing_on_a_refusal_and_while_the_course_opens(chromium, hub):
    screens = Screens(chromium, hub, "chloe")
    page = screens.page
    page.goto(hub.address)
    page.get_by_label("Identifiant").fill("chloe")
    page.get_by_label("Mot de passe").fill("faux-faux-0000")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_contain_text("incorrect", timeout=READY_MS)
    assert violations(page) == []
    (nursery,) = (pid for pid in descendants(hub.process.pid) if is_nursery(pid))
    os.kill(nursery, signal.SIGSTOP)  # stay where the course is announced
    try:
        screens.sign_in()
        page.goto(f"{hub.address}/hub/spawn")
        expect(page.locator("h1")).to_contain_text("Le cours s’ouvre", timeout=READY_MS)
        page.screenshot(path=str(ARTEFACTS / "hub-page-ouverture.png"))
        assert [one for one in violations(page) if one[0] != "meta-refresh"] == []
    finally:
        os.kill(nursery, signal.SIGCONT)
    page.locator(".jp-Notebook:visible").first.wait_for(timeout=READY_MS)
    screens.context.close()


def is_nursery(pid):
    """The servers that it forked have its command line; it alone leads no session."""
    return "codephenix.hub.nursery" in arguments(pid) and os.getsid(pid) != pid


def may_be_alone():
    try:
        return (
            shutil.which("ip")
            and subprocess.run([*ALONE, "true"], capture_output=True, timeout=20, check=False).returncode == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def test_the_class_opens_where_there_is_no_network_at_all(tmp_path):
    """Its own namespace: no address but 127.0.0.1 exists there, not even for a name server."""
    if not may_be_alone():
        pytest.skip("this machine lets nobody make a network namespace (unshare -n, ip)")
    small_course(tmp_path)
    hub = Hub(tmp_path, prefix=ALONE)
    try:
        assert "La classe est ouverte" in hub.start()
        inside = ["nsenter", f"--target={hub.process.pid}", "--net"]
        links = subprocess.run([*inside, "ip", "-j", "link"], capture_output=True, text=True, check=True).stdout
        assert [link["ifname"] for link in json.loads(links)] == ["lo"]
        script = tmp_path / "amina.py"
        script.write_text(ALONE_SCRIPT, "utf-8")
        done = subprocess.run(
            [*inside, sys.executable, str(script), str(Path(__file__).parents[1]), str(tmp_path), str(hub.port), json.dumps(hub.passwords)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.stdout.split() == ["lesson", "tests", "handed-in"], done.stderr[-3000:]
    finally:
        hub.stop()


ALONE_SCRIPT = """
import json, sys
tests, folder, port, passwords = sys.argv[1:]
sys.path.insert(0, tests)
from hubs import Hub, Person
hub = Hub.__new__(Hub)
hub.port, hub.address, hub.passwords = int(port), f"http://127.0.0.1:{port}", json.loads(passwords)
hub.log = lambda: ""
amina = Person(hub, "amina").sign_in()
assert amina.get("api/contents/cours/index.ipynb").status_code == 200
print("lesson")
kernel = amina.kernel(path="exercices/s99-essai")
amina.execute(kernel, "<!-- carte.html -->\\n<h1>Fleurs</h1>")
said = amina.execute(kernel, '// carte.test.js\\ntest("Un titre", () => { expect(page.locator("h1")).toHaveCount(1); });')
assert "execute_result" in said, said
print("tests")
assert amina.post("codephenix/rendre", json={"path": "exercices/s99-essai/carte.ipynb"}).json()["done"]
print("handed-in")
"""
