"""The Web kernel over real Jupyter messages."""

import asyncio
import json
import os
import signal
import time

import jupyter_kernel_test
import pytest
from jupyter_client.manager import start_new_kernel
from processes import alive, descendants

from codephenix.kernel import WebKernel

pytestmark = pytest.mark.browser

PAGE = "<!-- carte.html -->\n<h1>Bonjour</h1>"
TESTS = """// carte.test.js
test("Il y a un titre", () => { expect(page.getByRole("heading", { level: 1 })).toHaveCount(1); });
test("Le titre dit au revoir", { points: 2 }, () => {
  expect(page.getByRole("heading", { level: 1 })).toHaveText("Au revoir");
});
"""


class WebKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "web"
    language_name = "html"
    file_extension = ".html"
    code_hello_world = None  # the Web kernel prints nothing: it shows
    code_generate_error = "<!-- ../dehors.html -->\n<p>"
    code_display_data = [{"code": PAGE, "mime": "text/html"}]
    complete_code_samples = [PAGE, "<h1>"]
    completion_samples = [
        {"text": "<blockq", "matches": {"blockquote"}},
        {"text": "/* a.css */\nh1 { letter-s", "matches": {"letter-spacing"}},
    ]
    code_inspect_sample = "<h1"
    code_execute_result = [  # on the page of test_display_data, which runs before
        {
            "code": '// carte.test.js\ntest("vrai", () => { expect(page.locator("h1")).toExist(); });',
            "result": "1",
            "mime": "text/plain",
        }
    ]


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lecon")
    (folder / "photo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (folder / "json.py").write_text('open("piege.txt", "w").write("executed")')
    (folder / "sitecustomize.py").write_text('open("piege.txt", "w").write("executed")')
    profile = folder / "home" / ".ipython" / "profile_default"
    profile.mkdir(parents=True)
    (profile / "ipython_kernel_config.py").write_text(f'open("{folder}/piege.txt", "w").write("executed")')
    (profile / "startup").mkdir()
    (profile / "startup" / "00.py").write_text(f'open("{folder}/piege.txt", "w").write("executed")')
    return folder


@pytest.fixture(scope="module")
def kernel(lesson):
    env = {
        **os.environ,
        "HOME": str(lesson / "home"),
        "IPYTHONDIR": str(lesson / "home" / ".ipython"),
        "PYTHONPATH": str(lesson),
    }
    manager, client = start_new_kernel(kernel_name="web", cwd=str(lesson), env=env)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel()


def run(kernel, code, *, timeout=30, **options):
    _, client = kernel
    request = client.execute(code, **options)
    outputs = []
    while True:
        message = client.get_iopub_msg(timeout=timeout)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            break
        if message["msg_type"] not in ("status", "execute_input"):
            outputs.append((message["msg_type"], message["content"]))
    reply = client.get_shell_msg(timeout=timeout)
    return outputs, reply["content"]


def test_a_page_shows_its_preview(kernel):
    outputs, reply = run(kernel, PAGE)
    assert reply["status"] == "ok"
    assert [kind for kind, _ in outputs] == ["display_data"]
    assert 'sandbox="allow-scripts"' in outputs[0][1]["data"]["text/html"]


def test_partial_success_is_a_number_then_an_error(kernel):
    run(kernel, PAGE)
    outputs, reply = run(kernel, TESTS)
    assert [kind for kind, _ in outputs] == ["execute_result", "error"]
    assert outputs[0][1]["data"]["text/plain"] == "1"
    assert outputs[1][1]["evalue"] == "1 test sur 2 à revoir."
    assert reply["status"] == "error"


def test_nothing_right_is_an_error_alone(kernel):
    run(kernel, "<!-- carte.html -->\n<p>Rien</p>")
    outputs, _ = run(kernel, TESTS)
    assert [kind for kind, _ in outputs] == ["display_data", "error"]


def test_everything_right_is_a_number_alone(kernel):
    run(kernel, "<!-- carte.html -->\n<h1>Au revoir</h1>")
    outputs, reply = run(kernel, TESTS)
    assert [(kind, content["data"]["text/plain"]) for kind, content in outputs] == [("execute_result", "3")]
    assert reply["status"] == "ok"


def test_a_style_sheet_shows_the_page_that_uses_it(kernel):
    run(kernel, '<!-- ville.html -->\n<link rel="stylesheet" href="ville.css"><h1>Lyon</h1>')
    outputs, _ = run(kernel, "/* ville.css */\nh1 { color: red }")
    assert "ville.html" in outputs[0][1]["data"]["text/plain"]


def test_a_file_that_no_page_uses_says_how_to_link_it(kernel):
    outputs, reply = run(kernel, "/* seul.css */\nh1 { color: red }")
    assert '<link rel="stylesheet" href="seul.css">' in outputs[0][1]["data"]["text/plain"]
    assert reply["status"] == "ok"


def test_an_empty_cell_is_a_word_not_an_error(kernel):
    outputs, reply = run(kernel, "  \n ")
    assert "vide" in outputs[0][1]["data"]["text/plain"]
    assert reply["status"] == "ok"


def test_two_cells_with_one_name_are_noticed(kernel):
    _, client = kernel
    for cell_id in ("un", "deux"):
        message = client.session.msg("execute_request", {"code": "<!-- double.html -->\n<p>"} | {
            "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True,
        }, metadata={"cellId": cell_id})  # fmt: skip
        client.shell_channel.send(message)
        texts = []
        while True:
            reply = client.get_iopub_msg(timeout=20)
            if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if reply["msg_type"] == "display_data":
                texts.append(reply["content"]["data"]["text/plain"])
            if reply["msg_type"] == "status" and reply["content"]["execution_state"] == "idle":
                break
        client.get_shell_msg(timeout=20)
    assert "déjà écrit dans une autre cellule" in texts[0]


def test_a_huge_cell_is_refused_in_words(kernel):
    outputs, reply = run(kernel, "<p>" + "a" * 1_000_001)
    assert reply["status"] == "error"
    assert "trop grande" in outputs[0][1]["evalue"]


def test_given_files_are_part_of_the_site_and_files_outside_are_not(kernel):
    run(kernel, '<!-- photo.html -->\n<img src="photo.svg" alt="x">')
    outputs, _ = run(
        kernel,
        """// photo.test.js
test("La photo se charge", () => { expect(page).toLoadEverything(); });""",
    )
    assert outputs[0][1]["data"]["text/plain"] == "1"
    run(kernel, '<!-- photo.html -->\n<img src="../../etc/passwd.svg" alt="x"><link rel=stylesheet href="/etc/passwd">')
    outputs, _ = run(
        kernel,
        """// photo.test.js
test("Rien ne se charge", () => { expect(page).toLoadEverything(); });""",
    )
    assert outputs[-1][0] == "error"


def test_a_fault_of_ours_is_said_in_the_cell_and_logged(monkeypatch, caplog):
    kernel, sent = WebKernel(), []
    monkeypatch.setattr(kernel, "send_response", lambda _socket, kind, content: sent.append((kind, content)))
    monkeypatch.setattr(kernel._interpreter, "execute", lambda *_: 1 / 0)
    reply = asyncio.run(kernel.do_execute(PAGE, silent=False, cell_id="carte"))
    sentence = "Cette cellule n’a pas pu être exécutée (ZeroDivisionError). Prévenez le formateur."
    assert (reply["status"], reply["traceback"]) == ("error", [sentence])
    assert [(kind, content["evalue"]) for kind, content in sent] == [("error", sentence)]
    assert "Cell carte could not be run" in caplog.text


def test_interrupt_stops_a_test_and_keeps_the_site(kernel):
    manager, client = kernel
    run(kernel, PAGE)
    request = client.execute("""// carte.test.js
test("Sans fin", { timeout: 60000 }, () => new Promise(() => {}));""")
    time.sleep(1.5)
    manager.interrupt_kernel()
    start = time.monotonic()
    while True:
        message = client.get_iopub_msg(timeout=10)
        if message["parent_header"].get("msg_id") == request and message["content"].get("execution_state") == "idle":
            break
    assert time.monotonic() - start < 5
    assert client.get_shell_msg(timeout=10)["content"]["status"] == "error"
    outputs, _ = run(
        kernel,
        """// carte.test.js
test("Le titre est là", () => { expect(page.getByRole("heading")).toHaveText("Bonjour"); });""",
    )
    assert outputs[0][1]["data"]["text/plain"] == "1"


def test_an_activity_is_a_widget_with_a_readable_text(kernel):
    quiz = """# bases.quiz.yaml
questions:
  - id: capitale
    question: Quelle est la capitale de la France ?
    choices:
      - {text: Paris, correct: true, why: C’est Paris.}
      - {text: Lyon, why: Lyon est une grande ville.}
"""
    outputs, reply = run(kernel, quiz)
    assert reply["status"] == "ok", reply
    shown = [content for kind, content in outputs if kind == "display_data"]
    assert "application/vnd.jupyter.widget-view+json" in shown[0]["data"]
    assert "capitale de la France" in shown[0]["data"]["text/plain"]
    assert any(kind == "comm_open" for kind, _ in outputs)


def test_nothing_in_the_learner_s_folder_or_home_runs_as_code(kernel, lesson):
    run(kernel, PAGE)
    assert not (lesson / "piege.txt").exists()


@pytest.mark.parametrize(
    "code", ["import os; os.system('id')", "%%bash\nid", "!id", "get_ipython()", "<?php system('id'); ?>"]
)
def test_code_of_other_languages_is_only_text(kernel, code):
    outputs, _ = run(kernel, code)
    assert "uid=" not in json.dumps(outputs)


def test_no_browser_outlives_a_killed_kernel(tmp_path):
    manager, client = start_new_kernel(kernel_name="web", cwd=str(tmp_path))
    run((manager, client), '// a.test.js\ntest("a", () => { expect(1).toBe(1); });')
    pid = manager.provisioner.pid
    children = descendants(pid)
    assert children
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while any(alive(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [child for child in children if alive(child)]
    client.stop_channels()
