"""What learners write, shown to the trainer in a real Chromium: a script of theirs never runs in the class's origin.

Every payload says CANARY in the console, with its origin; a preview may run scripts, in an origin of its own (``null``).
"""

import json
import re
import threading
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from assignments import GOOD, WEEK, cell
from hubs import READY_S, Person
from laboratory import started_chromium
from playwright.sync_api import expect

pytestmark = [pytest.mark.hub, pytest.mark.nbgrader, pytest.mark.browser]

READY_MS = READY_S * 1000
CARTE = f"exercices/{WEEK}/carte.ipynb"
SAY = "console.log('CANARY '+self.origin)"
IMAGE = f'<img src=x onerror="{SAY}">'
PAYLOADS = (
    IMAGE,
    f"<script>{SAY}</script>",
    f'<svg onload="{SAY}"></svg>',
    f'<iframe srcdoc="<script>parent.{SAY}</script>"></iframe>',
    f'<iframe src="javascript:{SAY}"></iframe>',
    f'<details open ontoggle="{SAY}"><summary>x</summary></details>',
    f'<a href="javascript:{SAY}" class="piege">Cliquez</a>',
    f"[Cliquez](javascript:{SAY})",
    f'<form action="javascript:{SAY}"><button class="piege">x</button></form>',
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={SAY}&gt;'>",
    f'<object data="data:text/html,<script>{SAY}</script>"></object>',
    f'<embed src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 onload=%22{SAY}%22/>">',
    f'<base href="javascript:/a/-{SAY}/"><meta http-equiv="refresh" content="0;url=javascript:{SAY}">',
    f"</textarea></title></style></script>{IMAGE}",
    '<input autofocus onfocus="' + SAY + '">',
    f"<style>@keyframes x{{}}</style><b style='animation-name:x' onanimationstart=\"{SAY}\">x</b>",
)  # fmt: skip
HOSTILE = "\n\n".join(PAYLOADS)
ESM = f"{SAY}; export default {{ render() {{ {SAY} }} }}"


class Watch:
    """What a page's scripts say."""

    def __init__(self, page, hub):
        self.hub, self.said = hub, []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("dialog", lambda dialog: dialog.dismiss())

    @property
    def ran(self):
        return [text for text in self.said if text.startswith("CANARY http")]


@pytest.fixture(scope="module")
def chromium():
    with started_chromium() as started:
        yield started


@pytest.fixture(scope="module")
def signed(chromium, hub, people):
    """A browser in which the trainer is signed in; their server already runs."""
    people["formateur"]
    context = chromium.new_context(locale="fr-FR", viewport={"width": 1400, "height": 900})
    context.set_default_timeout(READY_MS)
    page = context.new_page()
    page.goto(f"{hub.address}/hub/login?next=/hub/home")
    page.get_by_label("Identifiant").fill("formateur")
    page.get_by_label("Mot de passe").fill(hub.passwords["formateur"])
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/hub/**")
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(signed):
    page = signed.new_page()
    yield page
    page.close()


def hostile_outputs():
    """Outputs as a learner may write them by hand into a notebook."""
    page = {"output_type": "display_data", "metadata": {}}
    return [
        page | {"data": {"text/html": HOSTILE, "text/plain": "x"}},
        page | {"data": {"application/javascript": SAY, "text/plain": "x"}},
        page | {"data": {"image/svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg" onload="{SAY}"><script>{SAY}</script></svg>'}},
        page | {"data": {"text/markdown": HOSTILE}},
        page | {"data": {"text/latex": f"$\\href{{javascript:{SAY}}}{{x}}$"}},
        page | {"data": {"application/vnd.jupyter.widget-view+json": {"model_id": "piege", "version_major": 2, "version_minor": 0}}},
        {"output_type": "error", "ename": HOSTILE, "evalue": HOSTILE, "traceback": [HOSTILE]},
        {"output_type": "stream", "name": "stdout", "text": HOSTILE},
    ]  # fmt: skip


def widget_state():
    """A widget whose program is in the notebook: JupyterLab makes it when the notebook is opened."""
    state = {
        "_esm": ESM, "_css": "", "_anywidget_id": "piege", "_model_module": "anywidget", "_model_name": "AnyModel",
        "_model_module_version": "~0.11.0", "_view_module": "anywidget", "_view_name": "AnyView", "_view_module_version": "~0.11.0",
        "_view_count": None, "layout": None,
    }  # fmt: skip
    models = {
        "piege": {
            "model_name": "AnyModel",
            "model_module": "anywidget",
            "model_module_version": "~0.11.0",
            "state": state,
        }
    }
    return {"application/vnd.jupyter.widget-state+json": {"version_major": 2, "version_minor": 0, "state": models}}


def hostile(nb):
    """A notebook of the week with payloads wherever a learner can write."""
    for one in nb["cells"]:
        identifier = one["metadata"].get("nbgrader", {}).get("grade_id")
        one["source"] = GOOD.get(identifier, one["source"])
        if identifier == "ecrire-carte":
            one["source"] = f"<!-- carte.html -->\n<h1>{IMAGE}</h1><p>{HOSTILE}</p>"
        if one["cell_type"] == "code":
            one["outputs"] = hostile_outputs()
    given = [cell(payload, f"piege-{rank}", "markdown") for rank, payload in enumerate(PAYLOADS)]
    given.append(cell(f"# {HOSTILE}", "titre-piege", "markdown"))
    free = cell("<h1>x</h1>", "libre") | {"outputs": hostile_outputs()}
    nb["cells"] = [*given, free, *nb["cells"]]
    nb["metadata"] |= {"widgets": widget_state(), "title": HOSTILE, "authors": [{"name": IMAGE}]}
    nb["metadata"]["kernelspec"] = {"name": "python3", "display_name": IMAGE, "language": IMAGE}
    return nb


@pytest.fixture(scope="module")
def handed(hub, people):
    """farid's hostile week, collected, graded, given back; farid's name is hostile too, and a try of his is in his journal."""
    from nbgrader.api import Gradebook

    farid: Person = people["farid"]
    path = hub.space("farid") / CARTE
    nb = hostile(json.loads(path.read_text("utf-8")))
    path.chmod(0o644)
    path.write_text(json.dumps(nb), "utf-8")
    odd = f"exercices/{WEEK}/{IMAGE.replace('/', '')}.ipynb"
    farid.ask("PUT", f"api/contents/{quote(odd)}", json={"type": "notebook", "content": nb})
    kernel = farid.session(odd).json()["kernel"]["id"]
    farid.execute(kernel, f"<!-- carte.html -->\n{HOSTILE}")
    farid.execute(
        kernel,
        f'// carte.test.js\ntest("{IMAGE.replace(chr(34), "")}", () => {{ expect(page.locator("h6")).toHaveCount(1); }});',
    )
    assert farid.post("codephenix/rendre", json={"path": CARTE}).json()["done"]
    with Gradebook(f"sqlite:///{hub.folder / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student("farid", first_name=IMAGE, last_name=f"<script>{SAY}</script>")
    hub.command("collect", "s99")
    hub.command("grade", "s99")
    hub.command("feedback", "s99")
    return farid


def click_traps(page):
    """Click what asks to be clicked, in every frame that is not sandboxed away from us."""
    for frame in page.frames:
        frame.evaluate("document.querySelectorAll('.piege, a[href^=javascript]').forEach((trap) => trap.click())")


def settle(page):
    """Give scripts the turns they need: images fail, frames load."""
    page.evaluate(
        "() => new Promise((done) => { const image = new Image(); image.onerror = () => requestAnimationFrame(() => setTimeout(done, 300));"
        " image.src = 'data:image/png,x'; })"
    )


def test_the_canary_sings_when_nothing_holds_it(page, hub):
    """The control of this file: the same payloads put raw into a page of the class."""
    watch = Watch(page, hub)
    page.goto(f"{hub.address}/hub/login")
    page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", HOSTILE)
    settle(page)
    assert watch.ran


FORMGRADER = (
    "manage_assignments",
    f"manage_submissions/{WEEK}",
    "gradebook",
    f"gradebook/{WEEK}",
    f"gradebook/{WEEK}/carte",
    "manage_students",
    "manage_students/farid",
    f"manage_students/farid/{WEEK}",
)


@pytest.mark.parametrize("path", FORMGRADER)
def test_no_list_of_formgrader_runs_a_learner_s_name(path, page, hub, handed):
    watch = Watch(page, hub)
    page.goto(f"{hub.address}/user/formateur/formgrader/{path}")
    page.wait_for_load_state("networkidle")
    if path in ("manage_students", f"manage_submissions/{WEEK}"):
        expect(page.locator("body")).to_contain_text("onerror", timeout=READY_MS)  # the name is there, as text
    settle(page)
    assert watch.ran == []


def submission(hub):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{hub.folder / 'gradebook.db'}") as gradebook:
        return gradebook.find_submission_notebook("carte", WEEK, "farid").id


def test_formgrader_shows_a_submission_and_runs_nothing_of_it(page, hub, handed):
    watch = Watch(page, hub)
    outside = []
    page.on(
        "request",
        lambda request: (
            outside.append(request.url)
            if not request.url.startswith((hub.address, "data:", "blob:", "about:"))
            else None
        ),
    )
    page.goto(f"{hub.address}/user/formateur/formgrader/submissions/{submission(hub)}/?index=0")
    expect(page.locator("body")).to_contain_text("La carte", timeout=READY_MS)
    settle(page)
    click_traps(page)
    settle(page)
    assert watch.ran == []
    assert outside == []
    assert page.url.startswith(hub.address)


@pytest.mark.parametrize("place", ["file", "server", "returned"])
def test_a_feedback_page_runs_nothing(place, page, hub, handed):
    """As the trainer opens it from the disk and on the server, and as the learner's server shows it."""
    watch = Watch(page, hub)
    name = f"feedback/farid/{WEEK}/carte.html"
    if place == "file":
        page.route(
            "**/retour",
            lambda route: route.fulfill(body=(hub.folder / name).read_text("utf-8"), content_type="text/html"),
        )
        page.goto(f"{hub.address}/retour")  # an origin of the class, and no policy but the page's own
    else:
        path = name if place == "server" else f"retours/{WEEK}/carte.html"
        visit(page, f"{hub.address}/user/{'formateur' if place == 'server' else 'farid'}/files/{path}")
    expect(page.locator("body")).to_contain_text("La carte", timeout=READY_MS)
    click_traps(page)
    settle(page)
    assert watch.ran == []


def visit(page, address):
    """Open an address of a learner's server; the hub asks the trainer first."""
    page.goto(address)
    if "/oauth2/authorize" in page.url:
        page.locator("button[type=submit], input[type=submit]").last.click()
        page.wait_for_url(address)


def lab(page, hub, path):
    page.goto(f"{hub.address}/user/formateur/lab/tree/{quote(path)}?reset")
    page.locator(".jp-Notebook:visible").first.wait_for(timeout=READY_MS)
    expect(page.locator("#jp-main-statusbar")).to_contain_text(
        re.compile("Inactif|Aucun|Pas de noyau"), timeout=READY_MS
    )


@pytest.mark.parametrize("folder", ["submitted", "autograded"])
def test_jupyterlab_opens_a_submission_and_runs_nothing_of_it(folder, page, hub, handed, trainer):
    """Seen: the widget state in a submitted notebook's metadata made JupyterLab load the learner's program, unasked."""
    watch = Watch(page, hub)
    path = f"{folder}/farid/{WEEK}/carte.ipynb"
    lab(page, hub, path)
    settle(page)
    page.locator(".jp-Notebook:visible .piege").evaluate_all("(traps) => traps.forEach((trap) => trap.click())")
    settle(page)
    assert watch.ran == []
    assert {one["kernel"]["name"] for one in trainer.get("api/sessions").json() if one["path"] == path} == {"web"}


def test_the_dashboard_runs_nothing(page, hub, handed):
    watch = Watch(page, hub)
    lab(page, hub, "formateur/tableau-de-bord.ipynb")
    page.locator(".jp-Notebook:visible .jp-CodeCell").first.click()
    page.keyboard.press("Shift+Enter")
    menus = page.locator(".jp-OutputArea select")
    menus.first.wait_for(timeout=READY_MS)
    board = page.frame_locator("iframe[title='Tableau de bord']")
    expect(board.locator("body")).to_contain_text("onerror", timeout=READY_MS)  # the name is there, as text
    settle(page)
    menus.first.select_option(
        index=menus.first.evaluate("(menu) => [...menu.options].findIndex((one) => one.text.includes('onerror'))")
    )
    expect(menus.nth(1).locator("option").nth(1)).to_be_attached(timeout=READY_MS)
    menus.nth(1).select_option(index=1)
    expect(page.locator(".jp-OutputArea .widget-html").last).to_contain_text(
        "carte", ignore_case=True, timeout=READY_MS
    )
    settle(page)
    click_traps_in_output = "(traps) => traps.forEach((trap) => trap.click())"
    page.locator(".jp-OutputArea .piege").evaluate_all(click_traps_in_output)
    settle(page)
    assert watch.ran == []


@pytest.mark.parametrize(
    "address",
    [
        "/hub/login?next={}",
        "/hub/{}",
        "/user/{}",
        "/{}",
        "/hub/error/404?message={}",
        "/hub/spawn/{}",
        "/hub/login?username={}",
    ],
)
def test_no_page_of_the_hub_runs_what_an_address_says(address, page, hub):
    watch = Watch(page, hub)
    for payload in (IMAGE, f"javascript:{SAY}", f'"><script>{SAY}</script>', f"//x/%0d%0a{IMAGE}"):
        page.goto(hub.address + address.format(quote(payload, safe="")))
        settle(page)
    assert watch.ran == []
    assert page.url.startswith(hub.address)


def test_a_login_name_that_is_a_script_is_only_a_wrong_name(page, hub, chromium):
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    watch = Watch(page, hub)
    page.goto(hub.address)
    page.get_by_label("Identifiant").fill(f'"><script>{SAY}</script>{IMAGE}')
    page.get_by_label("Mot de passe").fill("x")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_contain_text("incorrect", timeout=READY_MS)
    settle(page)
    assert watch.ran == []
    context.close()


@pytest.mark.parametrize("login", ["<script>", "a<img src=x>", "Amina", "../amina", "a'b", "-a", "é", "a" * 40])
def test_a_login_is_never_markup_or_a_path(login, hub, tmp_path):
    (tmp_path / "classe.csv").write_text(f"nom,identifiant\nA,{login}\n", "utf-8")
    done = hub.run("cohort", "import", str(tmp_path / "classe.csv"))
    assert (done.returncode, "Rien n’est changé" in done.stderr) == (1, True)


class Spy:
    """A server of this machine that serves pages and notes who comes."""

    def __init__(self, port):
        self.address, self.visits, self.pages = f"http://127.0.0.1:{port}/", [], {}


@contextmanager
def spying():
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            spy.visits.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(spy.pages.get(self.path, "").encode())

        do_POST = do_GET  # noqa: N815  # the base class's name

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    spy = Spy(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield spy
    finally:
        server.shutdown()
        server.server_close()


# Requests in the trainer's name

FORGED = """
<script>
const there = "HUB";
const tries = [
  () => fetch(there + "/hub/api/users/mallory", { method: "POST", credentials: "include" }),
  () => fetch(there + "/user/formateur/api/contents/pris.txt", { method: "PUT", credentials: "include", body: '{"type":"file","format":"text","content":"x"}' }),
  () => fetch(there + "/user/formateur/api/contents", { method: "POST", credentials: "include", mode: "no-cors", headers: { "Content-Type": "text/plain" }, body: '{"type":"file","ext":".pris"}' }),
  () => fetch(there + "/user/formateur/formgrader/api/assignment/WEEK/collect", { method: "POST", credentials: "include", mode: "no-cors" }),
  () => fetch(there + "/user/formateur/api/contents/gradebook.db", { method: "DELETE", credentials: "include" }),
  () => fetch(there + "/user/formateur/api/kernels", { method: "POST", credentials: "include", mode: "no-cors", headers: { "Content-Type": "text/plain" }, body: '{"name":"python3"}' }),
  () => fetch(there + "/user/formateur/api/contents/hub.toml", { credentials: "include" }).then((answer) => answer.text()).then((text) => console.log("READ " + text)),
  () => new WebSocket(there.replace("http", "ws") + "/user/formateur/api/events/subscribe").addEventListener("open", () => console.log("READ websocket")),
];
for (const attempt of tries) { try { attempt().catch?.(() => {}) } catch {} }
for (const address of ["/hub/api/users/mallory", "/hub/change-password", "/user/formateur/api/kernels", "/user/formateur/api/shutdown"]) {
  const form = Object.assign(document.createElement("form"), { method: "post", action: there + address, target: "cadre" });
  form.innerHTML = '<input name="old_password" value="x"><input name="new_password" value="pris-pris-0000"><input name="new_password_confirmation" value="pris-pris-0000">';
  document.body.append(form);
  form.submit();
}
console.log("TRIED");
</script><iframe name="cadre"></iframe>
"""


def state(hub, trainer):
    users = {user["name"] for user in trainer.get("/hub/api/users").json()}
    files = {path.name for path in hub.folder.iterdir()}
    return users, files - {"journal", "rappels"}, len(trainer.get("api/kernels").json())


@pytest.mark.parametrize("place", ["files", "elsewhere"])
def test_a_learner_s_page_orders_nothing_in_the_trainer_s_name(place, page, hub, people, trainer):
    """The page on amina's server, opened by the trainer, and the same page on another port of this machine.

    The control: the trainer's own page, with its XSRF header, may do each of these; the kernel of one test above did.
    """
    watch = Watch(page, hub)
    html = FORGED.replace("HUB", hub.address).replace("WEEK", WEEK)
    before = state(hub, trainer)
    with spying() as spy:
        if place == "files":
            assert people["amina"].write("piege.html", f"<body>{html}").status_code in (200, 201)
            visit(page, f"{hub.address}/user/amina/files/piege.html")
        else:
            spy.pages["/piege.html"] = f"<body>{html}"
            page.goto(f"{spy.address}piege.html")
        page.wait_for_load_state("networkidle")
        settle(page)
    assert "TRIED" in watch.said
    assert [text for text in watch.said if text.startswith("READ")] == []
    assert state(hub, trainer) == before
    assert trainer.get("api/status").status_code == 200


def test_the_trainer_s_own_requests_do_what_the_forged_ones_do_not(hub, trainer):
    """The control of the test above."""
    body = {"type": "file", "format": "text", "content": "x"}
    assert trainer.ask("PUT", "api/contents/pris.txt", json=body).status_code == 201
    assert trainer.ask("PUT", "api/contents/pris.txt", json=body, headers={"X-XSRFToken": ""}).status_code == 403
    assert trainer.ask("DELETE", "api/contents/pris.txt").status_code == 204


# Services of this machine

REACH = """<!-- page.html -->
<script>
for (const there of PORTS) {
  fetch(there, { mode: "no-cors" }).catch(() => {});
  navigator.sendBeacon(there, "x");
  new Image().src = there;
  try { new WebSocket(there.replace("http", "ws")); } catch {}
}
</script>
<iframe src="FIRST"></iframe><img src="FIRST" alt=""><link rel="stylesheet" href="FIRST">"""


def test_neither_preview_nor_tests_reach_a_service_of_this_machine(page, hub, amina):
    """The control: the same page, opened outside any preview, reaches the spy."""
    with spying() as spy:
        ports = [spy.address, f"{hub.address}/hub/api", f"http://127.0.0.1:{hub.inside + 1}/api/routes"]
        source = REACH.replace("PORTS", json.dumps(ports)).replace("FIRST", spy.address)
        kernel = amina.kernel(path=f"exercices/{WEEK}")
        shown = amina.execute(kernel, source)
        assert "Aperçu de page.html" in shown
        tested = amina.execute(
            kernel, '// page.test.js\ntest("Un titre", () => { expect(page.locator("h1")).toHaveCount(1); });'
        )
        assert "Un titre" in tested
        html = next(one for one in _strings(json.loads(shown)) if "codephenix-preview" in one)
        page.goto(f"{hub.address}/hub/login")
        page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", html)
        page.frame_locator(".codephenix-preview iframe").locator("iframe").wait_for(timeout=READY_MS)
        settle(page)
        assert spy.visits == []
        spy.pages["/temoin"] = source
        page.goto(f"{spy.address}temoin")
        page.wait_for_load_state("networkidle")
        assert len(spy.visits) > 1


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _strings(child)
