"""A learner's requests to the servers of the class: what is not theirs is not read, and nothing runs.

bruno attacks; amina is the victim; the trainer's same request, or the same door inside bruno's own folder, is the control.
"""

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import websocket
from assignments import WEEK

from codephenix import doors

pytestmark = pytest.mark.hub

SOLUTION, HIDDEN = "La boulangerie</h1>", "Le paragraphe n’est pas vide"
EXERCISE = f"exercices/{WEEK}/carte.ipynb"
SECRETS = (
    f"source/{WEEK}/carte.ipynb",
    f"source/{WEEK}/lyon.svg",
    "gradebook.db",
    "hub.toml",
    ".codephenix/hub/jupyterhub.sqlite",
    ".codephenix/hub/cookie_secret",
    ".codephenix/hub/proxy_token",
    ".codephenix/hub/roster.json",
    ".codephenix/hub/cartes.html",
    ".codephenix/learners/amina/espace/secret.txt",
    f".codephenix/learners/amina/espace/exercices/{WEEK}/carte.ipynb",
)
UP = "../../../../"  # from a learner's folder to the course
DOORS = (
    "api/contents/{}",
    "api/contents/{}?type=file&format=text",
    "api/contents/{}/checkpoints",
    "files/{}",
    "view/{}",
    "nbconvert/html/{}",
    "lab/tree/{}",
    "lab/api/workspaces/{}",
    "lab/api/settings/{}",
    "lab/api/translations/{}",
    "lab/extensions/{}",
    "static/{}",
    "custom/{}",
    "lsp/{}",
)


def readings(path):
    """A path as attackers write it."""
    inner = UP + path
    return (
        quote(inner, safe=""),
        inner.replace("..", "%2e%2e"),
        "/" + quote(inner, safe="/."),
        quote(inner.replace("/", "\\")),
    )


def content(hub, path):
    """A part of a file that nothing else holds."""
    raw = (hub.folder / path).read_bytes()
    return raw[:16] if path.endswith((".db", ".sqlite")) else raw.strip()[-60:]


@pytest.fixture(scope="module", autouse=True)
def secret(amina):
    assert amina.write("secret.txt", "le secret d’Amina, que personne ne lit").status_code == 201


@pytest.mark.parametrize("path", SECRETS)
def test_no_door_of_a_learner_s_server_reads_beyond_their_folder(path, hub, bruno):
    wanted = content(hub, path)
    for door in DOORS:
        for reading in readings(path):
            answer = bruno.get(door.format(reading))
            assert wanted not in answer.content, (door, reading)
            assert json.dumps(wanted.decode("utf-8", "replace"))[1:-1] not in answer.text, (door, reading)


def test_the_same_doors_read_for_whom_they_are_meant(bruno, trainer):
    assert SOLUTION in trainer.get(f"api/contents/source/{WEEK}/carte.ipynb").text
    assert HIDDEN in trainer.get(f"files/source/{WEEK}/carte.ipynb").text
    assert "recopier" not in bruno.get(f"files/{EXERCISE}").text
    assert "ecrire-carte" in bruno.get(f"files/{EXERCISE}").text


def test_what_is_released_holds_neither_solution_nor_hidden_test(hub, bruno):
    """Control: the source, read by the trainer above, holds both."""
    for path in bruno.hub.space("bruno").rglob("*.ipynb"):
        text = path.read_text("utf-8")
        assert SOLUTION not in text, path
        assert HIDDEN not in text, path


def test_nothing_is_copied_moved_or_written_out_of_the_folder(hub, bruno):
    """Control: a copy of one's own notebook is made."""
    before = sorted(
        str(path) for path in hub.folder.rglob("*") if "runtime" not in str(path) and ".pid" not in path.suffix
    )
    assert bruno.post("api/contents/", json={"copy_from": EXERCISE}).status_code == 201
    bruno.ask("DELETE", "api/contents/carte-Copy1.ipynb")
    for path in SECRETS:
        above = UP + path
        assert bruno.post("api/contents/", json={"copy_from": above}).status_code >= 400
        assert bruno.ask("PATCH", f"api/contents/{quote(above, safe='')}", json={"path": "pris.txt"}).status_code >= 400
        assert bruno.ask("DELETE", f"api/contents/{quote(above, safe='')}").status_code >= 400
    assert bruno.ask("PATCH", f"api/contents/{EXERCISE}", json={"path": f"{UP}source/x.ipynb"}).status_code >= 400
    for path in (
        "../../../../source/pwn.txt",
        "../jupyter/jupyter_server_config.py",
        "../data/kernels/sh/kernel.json",
        "../../amina/espace/x.txt",
    ):
        assert (
            bruno.ask(
                "PUT", f"api/contents/{quote(path, safe='')}", json={"type": "file", "format": "text", "content": "x"}
            ).status_code
            >= 400
        )
    after = sorted(
        str(path) for path in hub.folder.rglob("*") if "runtime" not in str(path) and ".pid" not in path.suffix
    )
    news = [path for path in set(after) - set(before) if "/bruno/" not in path and "journal" not in path]
    assert [path for path in news if "-wal" not in path and "-shm" not in path and "-journal" not in path] == []


@pytest.mark.parametrize("folder", ["hub", f"learners/amina/espace/exercices/{WEEK}", "learners/amina/espace"])
@pytest.mark.parametrize("door", ["kernels", "sessions"])
def test_a_kernel_reads_no_file_of_another_folder(folder, door, hub, bruno):
    """Seen: a kernel asked for with the path ../../../hub showed the sign-in cards, passwords included, in a preview."""
    path = f"../../../{folder}" if folder == "hub" else f"../../{folder.removeprefix('learners/')}"
    name = {"hub": "cartes.html", "learners/amina/espace": "secret.txt"}.get(folder, "lyon.svg")
    if door == "kernels":
        kernel = bruno.kernel(path=path)
    else:
        answer = bruno.session(f"{path}/x.ipynb")
        kernel = answer.json()["kernel"]["id"] if answer.status_code == 201 else None
    if kernel is None:
        return  # refused outright
    shown = bruno.execute(
        kernel, f'<!-- p.html -->\n<img src="{name}" alt=""><iframe src="{name}"></iframe><a href="{name}">x</a>'
    )
    assert "Aperçu de p.html (1 fichier)" in shown
    assert hub.passwords["amina"] not in shown


def test_a_kernel_reads_the_files_of_its_own_folder(bruno):
    """The control of the test above: the same page, beside the file that it shows."""
    shown = bruno.execute(bruno.kernel(path=f"exercices/{WEEK}"), '<!-- p.html -->\n<img src="lyon.svg" alt="">')
    assert "Aperçu de p.html (2 fichiers)" in shown


@pytest.mark.parametrize(
    "path", ["", "api/contents/", "api/kernels", "api/sessions", "lab", "files/secret.txt", "formgrader", "api/me"]
)
@pytest.mark.parametrize("login", ["amina", "formateur"])
def test_another_s_server_is_closed(login, path, people, bruno):
    address = f"/user/{login}/{path}"
    people[login]  # their server runs
    assert bruno.http.get(address).status_code in (403, 404)
    if (login, path) not in (("amina", "formgrader"), ("formateur", "files/secret.txt")):  # not there at all
        assert people[login].http.get(address).status_code == 200


def test_another_s_kernel_is_closed(amina, bruno):
    kernel = amina.kernel()
    amina.connect(kernel).close()
    cookie = "; ".join(f"{one.name}={one.value}" for one in bruno.http.cookies.jar)
    with pytest.raises(websocket.WebSocketBadStatusException):
        websocket.create_connection(
            f"ws://127.0.0.1:{bruno.hub.port}/user/amina/api/kernels/{kernel}/channels", cookie=cookie
        )


HUB_REQUESTS = (
    ("GET", "users", None),
    ("GET", "users/amina", None),
    ("GET", "groups", None),
    ("GET", "proxy", None),
    ("GET", "services", None),
    ("POST", "users/mallory", None),
    ("PATCH", "users/bruno", {"admin": True}),
    ("DELETE", "users/amina", None),
    ("POST", "users/amina/server", None),
    ("DELETE", "users/amina/server", None),
    ("POST", "users/amina/tokens", {}),
    ("GET", "users/amina/tokens", None),
    ("POST", "users/bruno/tokens", {"roles": ["admin"]}),
    ("POST", "users/bruno/tokens", {"scopes": ["admin:users"]}),
    ("POST", "users/bruno/servers/autre", {}),
    ("POST", "shares/bruno/", {"user": "amina"}),
    ("POST", "shutdown", {}),
)


@pytest.mark.parametrize(("method", "path", "body"), HUB_REQUESTS)
def test_the_hub_s_own_api_gives_nothing_to_a_learner(method, path, body, bruno):
    answer = bruno.ask(method, f"/hub/api/{path}", json=body)
    assert answer.status_code in (400, 403, 404, 405), answer.text
    token = bruno.post("/hub/api/users/bruno/tokens", json={}).json()["token"]
    with_token = httpx.request(
        method, f"{bruno.hub.address}/hub/api/{path}", json=body, headers={"Authorization": f"token {token}"}
    )
    assert with_token.status_code in (400, 403, 404, 405), with_token.text


def test_the_hub_s_own_api_answers_the_trainer(trainer):
    """The control of the test above."""
    logins = {user["name"] for user in trainer.get("/hub/api/users").json()}
    assert {"amina", "formateur"} <= logins


def test_a_token_of_one_learner_opens_no_other_server(amina, bruno):
    token = bruno.post("/hub/api/users/bruno/tokens", json={}).json()["token"]
    headers = {"Authorization": f"token {token}"}
    assert httpx.get(f"{bruno.hub.address}/user/bruno/api/contents/", headers=headers).status_code == 200
    assert httpx.get(f"{bruno.hub.address}/user/amina/api/contents/", headers=headers).status_code == 403
    assert httpx.get(f"{bruno.hub.address}/user/formateur/api/contents/", headers=headers).status_code in (
        403,
        404,
        503,
    )


def test_the_inner_doors_ask_for_a_secret(hub):
    """The proxy's interface and the hub behind it, from this machine; control: the proxy's own token opens it."""
    routes = f"http://127.0.0.1:{hub.inside + 1}/api/routes"
    assert httpx.get(routes).status_code == 403
    secret = (hub.folder / ".codephenix/hub/proxy_token").read_text()
    assert httpx.get(routes, headers={"Authorization": f"token {secret}"}).status_code == 200
    assert httpx.get(f"http://127.0.0.1:{hub.inside}/hub/api/users").status_code == 403


def test_secrets_are_readable_by_their_owner_only(hub):
    folder = hub.folder / ".codephenix" / "hub"
    assert folder.stat().st_mode & 0o077 == 0
    for name in ("cookie_secret", "proxy_token", "roster.json", "cartes.html"):
        assert (folder / name).stat().st_mode & 0o077 == 0, name


# Running something


def python(canary):
    return f"open({str(canary)!r}, 'w').write('x')"


KERNELS = (
    "python3",
    "python",
    "Python3",
    "ir",
    "bash",
    ".",
    "..",
    "../python3",
    "/usr/bin/python3",
    "web/../python3",
    "web%00",
    "sh",
)


def test_no_name_starts_another_kernel(bruno):
    spec = json.dumps({"argv": [sys.executable, "-c", "1"], "display_name": "sh", "language": "sh"})
    for place in (
        ".local/share/jupyter/kernels/sh/kernel.json",
        "kernels/sh/kernel.json",
        "data/kernels/sh/kernel.json",
    ):
        bruno.ask("PUT", f"api/contents/{place}", json={"type": "file", "format": "text", "content": spec})
    session = bruno.session("cours/x.ipynb").json()["id"]
    for name in KERNELS:
        assert bruno.post("api/kernels", json={"name": name}).status_code >= 400, name
        assert bruno.session("cours/index.ipynb", name).status_code >= 400, name
        assert bruno.ask("PATCH", f"api/sessions/{session}", json={"kernel": {"name": name}}).status_code >= 400, name
    assert {kernel["name"] for kernel in bruno.get("api/kernels").json()} == {"web"}


def test_the_trainer_s_kernel_runs_what_a_learner_s_does_not(trainer, canary):
    """The control of the tests around it."""
    trainer.execute(trainer.kernel(name="python3"), python(canary))
    assert canary.exists()


def cells(canary):
    code = python(canary)
    shell = f"touch {canary}"
    return (
        code, f"!{shell}", f"%%bash\n{shell}", f"%system {shell}", f"%%python\n{code}", f"%run {canary}.py", f"%load_ext x\n{code}",
        f"# x.quiz.yaml\n!!python/object/apply:os.system ['{shell}']", f"# x.quiz.yaml\ntitle: !!python/object/new:os.system ['{shell}']",
        f"// x.test.js\nrequire('child_process').execSync('{shell}')", f"// x.test.js\nprocess.binding('spawn_sync'); Deno.run({{cmd:['touch','{canary}']}})",
        f"<!-- ../../../x.html -->\n{{{{ cycler.__init__.__globals__.os.popen('{shell}').read() }}}}",
        f"<?php system('{shell}'); ?>", f"<!--#exec cmd='{shell}' -->", f"{{% import os %}}{{{{ os.system('{shell}') }}}}",
    )  # fmt: skip


def test_no_cell_runs_on_the_machine(bruno, canary):
    kernel = bruno.kernel()
    for code in cells(canary):
        bruno.execute(
            kernel, code, user_expressions={"x": python(canary), "y": f"__import__('os').system('touch {canary}')"}
        )
    assert not canary.exists()


def messages(canary):
    code = python(canary)
    launch = {"command": "evaluate", "type": "request", "seq": 1, "arguments": {"expression": code, "context": "repl"}}
    yield "debug_request", launch, "control"
    yield "debug_request", {"command": "initialize", "type": "request", "seq": 1, "arguments": {}}, "control"
    yield "apply_request", {"bound": True, "code": code}, "shell"
    yield "complete_request", {"code": code, "cursor_pos": 3}, "shell"
    yield "inspect_request", {"code": f"{code}?", "cursor_pos": 3, "detail_level": 2}, "shell"
    yield "history_request", {"output": True, "raw": True, "hist_access_type": "tail", "n": 100}, "shell"
    yield "is_complete_request", {"code": code}, "shell"
    yield "usage_request", {}, "control"
    yield "create_subshell_request", {}, "control"


def test_no_message_of_the_protocol_runs_on_the_machine(bruno, canary):
    """Some of these messages have no answer; the cell that follows shows that the kernel read them."""
    kernel = bruno.kernel()
    connection = bruno.connect(kernel)
    for kind, content, channel in messages(canary):
        header = {
            "msg_id": kind,
            "msg_type": kind,
            "username": "x",
            "session": "x",
            "version": "5.3",
            "date": "2026-11-25T09:00:00Z",
        }
        connection.send(
            json.dumps({"header": header, "parent_header": {}, "metadata": {}, "channel": channel, "content": content})
        )
    assert "Aperçu de index.html" in bruno.execute(kernel, "<h1>Encore là</h1>")
    connection.close()
    assert not canary.exists()


TARGETS = (
    "jupyter.widget",
    "jupyter.widget.control",
    "os.system",
    "builtins.exec",
    "ipython.exec",
    "jupyter.widget.version",
)
STATES = (
    {"_model_module": "os", "_model_name": "system", "_view_module": "os", "_view_name": "popen"},
    {"_model_module": "@jupyter-widgets/output", "_model_name": "OutputModel", "msg_id": "x"},
    {"_model_module": "anywidget", "_model_name": "AnyModel", "_esm": "/etc/passwd", "_css": "file:///etc/passwd"},
    {"_model_module": "@jupyter-widgets/controls", "_model_name": "FileUploadModel", "value": "/etc/passwd"},
)


def test_no_widget_message_runs_or_reads(bruno, canary):
    kernel = bruno.kernel()
    bruno.execute(kernel, "# x.revision.yaml\n- question: Un\n  réponse: Deux\n")  # ipywidgets is loaded
    for target in TARGETS:
        for rank, state in enumerate(STATES):
            opened = {"comm_id": f"{target}{rank}", "target_name": target, "target_module": "os",
                      "data": {"state": state, "buffer_paths": [], "code": python(canary)}}  # fmt: skip
            heard = bruno.talk(kernel, "comm_open", opened)
            asked = {
                "comm_id": f"{target}{rank}",
                "data": {
                    "method": "custom",
                    "content": {"event": "click", "kind": "anywidget-command", "name": "eval", "msg": python(canary)},
                },
            }
            heard += bruno.talk(kernel, "comm_msg", asked)
            heard += bruno.talk(
                kernel,
                "comm_msg",
                {
                    "comm_id": f"{target}{rank}",
                    "data": {"method": "update", "state": {"on_answer": python(canary), "__class__": "x"}},
                },
            )
            assert "root:" not in json.dumps(heard)
    assert not canary.exists()
    assert "Aperçu de index.html" in bruno.execute(kernel, "<h1>Encore là</h1>")


CONFIGS = (
    "nbgrader_config.py", "jupyter_server_config.py", "jupyter_config.py", "jupyter_lab_config.py", "ipython_config.py",
    "ipython_kernel_config.py", "sitecustomize.py", "usercustomize.py", "json.py", "asyncio.py", "codephenix.py", "ipykernel.py",
    "x.pth", "pyvenv.cfg", "conftest.py", "jupyterhub_config.py",
)  # fmt: skip


def test_no_file_of_a_learner_is_obeyed(bruno, canary):
    """Seen: with nbgrader's settings read from the current folder, its assignment list ran nbgrader_config.py."""
    for folder in ("", "exercices/", f"exercices/{WEEK}/"):
        for name in CONFIGS:
            bruno.write(folder + name, python(canary))
    space = bruno.hub.space("bruno")
    subprocess.run([sys.executable, "-c", "import nbgrader_config"], cwd=space, check=True)
    assert canary.exists()  # the control: that file is code for whoever reads it
    canary.unlink()
    assert "Bonjour" in bruno.execute(bruno.kernel(path=f"exercices/{WEEK}"), "<h1>Bonjour</h1>")
    bruno.post("assignments/validate", params={"path": EXERCISE})
    for path in (
        "assignments?course_id=codephenix",
        "courses",
        "nbgrader_version?version=1",
        "formgrader",
        "lab/api/extensions",
    ):
        bruno.get(path)
    bruno.post("codephenix/rendre", json={"path": EXERCISE})
    for action in ("fetch", "submit", "fetch_feedback"):
        bruno.post(f"assignments/{action}", json={"course_id": "codephenix", "assignment_id": WEEK})
    assert not canary.exists()
    for folder in ("", "exercices/", f"exercices/{WEEK}/"):
        for name in CONFIGS:
            bruno.ask("DELETE", f"api/contents/{folder}{name}")


def test_formgrader_obeys_no_folder_that_an_address_names(hub, trainer, canary):
    """Seen: nbgrader's handler loads ?path=…/nbgrader_config.py, so that an address that the trainer opens runs it."""
    folder = hub.space("bruno") / "piege"
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text(python(canary))
    answer = trainer.get("formgrader", params={"path": str(folder)})
    assert answer.url.path.endswith("/formgrader/manage_assignments")
    assert WEEK in trainer.get("formgrader/api/assignments").text
    assert not canary.exists()


CLOSED = (
    "api/terminals", "terminals/1", "terminals/websocket/1", "nbconvert/script/cours/index.ipynb", "nbconvert/pdf/cours/index.ipynb",
    "nbconvert/html/cours/index.ipynb", "view/cours/index.ipynb", "assignments?course_id=codephenix", "courses", "formgrader",
    "formgrader/api/assignments", "lsp/status", "tree", "proxy/8000/",
)  # fmt: skip


@pytest.mark.parametrize("path", CLOSED)
def test_doors_that_a_learner_does_not_need_are_not_there(path, bruno):
    """Seen: nbconvert answered, and it loads the class that a notebook's metadata names (nbconvert_exporter)."""
    assert bruno.get(path).status_code == 404


ORDERS = (
    ("POST", "lab/api/extensions", {"cmd": "install", "extension_name": "codephenix-essai"}),
    ("POST", "lab/api/extensions", {"cmd": "enable", "extension_name": "@codephenix/essai"}),
    ("POST", "lab/api/plugins", {"cmd": "disable", "plugin_name": "@codephenix/essai:essai"}),
    ("POST", "lab/api/build", {}),
    ("DELETE", "lab/api/build", None),
    ("PUT", "api/config/jupyter_server_config", {"ServerApp": {"terminals_enabled": True}}),
)


@pytest.mark.parametrize("login", ["bruno", "formateur"])
def test_the_installation_that_all_share_is_not_changed(login, people):
    """Seen: with the read-only extension manager, a learner still enabled the terminal for the whole class."""
    settings = [
        Path(sys.prefix) / "etc/jupyter/labconfig/page_config.json",
        Path(sys.prefix) / "share/jupyter/lab/settings",
    ]
    before = [path.read_bytes() if path.is_file() else path.exists() for path in settings]
    for method, path, body in ORDERS:
        assert people[login].ask(method, path, json=body).status_code in (403, 404), path
    assert [path.read_bytes() if path.is_file() else path.exists() for path in settings] == before


def test_what_is_closed_looks_empty_to_jupyterlab(bruno):
    for path, answer in doors.EMPTY.items():
        assert bruno.get(path).json() == answer
