"""Activities as widgets: the messages of a real kernel, and the page in a real Chromium.

Run as a program, this file is the smallest kernel that shows activities: a ``Kernel`` without IPython's shell, whose
comms are opened as those of ``codephenix.kernel``.
"""

import asyncio
import json
import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from ports import free_port

from codephenix import activities
from codephenix.site import ACTIVITIES, read_cell

if __name__ != "__main__":
    from test_activities import HOSTILE, SOURCES

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "codephenix" / "assets"


def parse(source):
    cell = read_cell(source)
    return activities.parse(cell.activity, cell.name, cell.source)


# --- The kernel side


def run_kernel():
    import comm
    from ipykernel.comm import Comm, CommManager
    from ipykernel.kernelapp import IPKernelApp
    from ipykernel.kernelbase import Kernel

    class ActivityKernel(Kernel):
        implementation = banner = "activities"
        implementation_version = "1"
        language_info = {"name": "html", "mimetype": "text/html", "file_extension": ".html"}

        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            manager = CommManager(parent=self, kernel=self)
            comm.create_comm = Comm
            comm.get_comm_manager = lambda: manager
            for message in ("comm_open", "comm_msg", "comm_close"):
                self.shell_handlers[message] = getattr(manager, message)

        async def do_execute(self, code, silent, *_args, **_kwargs):
            from IPython import get_ipython

            from codephenix import widgets

            assert get_ipython() is None
            bundle = await asyncio.to_thread(widgets.view, parse(code), self.record)
            self.send_response(self.iopub_socket, "display_data", {"data": bundle, "metadata": {}})
            return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}

        def record(self, *answer):
            self.send_response(self.iopub_socket, "stream", {"name": "stdout", "text": json.dumps(answer)})

    IPKernelApp.launch_instance(kernel_class=ActivityKernel)


def kernelspec(folder):
    """Makes the kernel above known under ``folder``; gives the environment to start it in."""
    spec = folder / "kernels" / "activities"
    spec.mkdir(parents=True)
    argv = [sys.executable, __file__, "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "a", "language": "html"}))
    folders = ("HOME", "IPYTHONDIR", "JUPYTER_PATH", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")
    return {**os.environ, **dict.fromkeys(folders, str(folder)), "PYTHONPATH": str(ROOT)}


@contextmanager
def kernel(folder):
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import KernelManager

    environment = kernelspec(folder)
    specs = KernelSpecManager(kernel_dirs=[str(folder / "kernels")])
    manager = KernelManager(kernel_name="activities", kernel_spec_manager=specs)
    manager.start_kernel(cwd=str(folder), env=environment)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield Talk(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


class Talk:
    """What a notebook page says to a kernel, and what it hears."""

    def __init__(self, client):
        self.client = client

    def run(self, source):
        return self.heard(self.client.execute(source))

    def send(self, message_type, **content):
        message = self.client.session.msg(message_type, content)
        if message_type == "comm_open":
            message["metadata"] = {"version": "1.0.0"}
        self.client.shell_channel.send(message)
        return self.heard(message["header"]["msg_id"])

    def heard(self, parent):
        """Messages that follow a request, until the kernel is idle again."""
        messages = []
        while True:
            message = self.client.get_iopub_msg(timeout=20)
            if message["parent_header"].get("msg_id") != parent:
                continue
            if message["content"].get("execution_state") == "idle":
                return messages
            messages.append((message["msg_type"], message["content"]))

    def answer(self, model, state):
        """What the page sends when the learner answers."""
        data = {"method": "update", "state": {"state": state}, "buffer_paths": []}
        return self.send("comm_msg", comm_id=model, data=data)


def of_type(messages, kind):
    return [content for message_type, content in messages if message_type == kind]


def shown_model(messages):
    (shown,) = of_type(messages, "display_data")
    return shown["data"]["application/vnd.jupyter.widget-view+json"]["model_id"]


def recorded(messages):
    return [json.loads(content["text"]) for content in of_type(messages, "stream")]


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    with kernel(tmp_path_factory.mktemp("kernel")) as running:
        yield running


@pytest.mark.parametrize("kind", ACTIVITIES)
def test_a_data_cell_shows_a_widget_and_readable_text(talk, kind):
    messages = talk.run(SOURCES[kind])
    (shown,) = of_type(messages, "display_data")
    activity = parse(SOURCES[kind])
    assert shown["data"]["text/html"] == activities.fallback_html(activity)
    assert shown["data"]["text/plain"] == activities.fallback_text(activity)
    opened = {each["comm_id"]: each["data"]["state"] for each in of_type(messages, "comm_open")}
    state = opened[shown_model(messages)]
    assert state["_model_module"] == "anywidget"
    assert state["data"] == activities.as_data(activity)
    assert state["state"] == {}
    assert state["_esm"] == (ASSETS / "activity.js").read_text()
    assert state["_css"] == (ASSETS / "activity.css").read_text()


def test_the_same_cell_run_again_keeps_the_answers(talk):
    first = shown_model(talk.run(SOURCES["revision"]))
    assert shown_model(talk.run(SOURCES["revision"])) == first


def test_a_changed_cell_starts_afresh_and_closes_the_former_widget(talk):
    first = shown_model(talk.run(SOURCES["revision"]))
    messages = talk.run(SOURCES["revision"].replace("AZERTY", "français"))
    assert shown_model(messages) != first
    assert [each["comm_id"] for each in of_type(messages, "comm_close")] == [first]


def test_each_answer_is_told_once_with_its_attempt(talk):
    model = shown_model(talk.run("# suivi.quiz.yaml\n" + SOURCES["quiz"]))
    wrong = {"answer": ["`<title>`"], "correct": False, "attempts": 1}
    right = {"answer": ["`<h1>`"], "correct": True, "attempts": 2}
    assert recorded(talk.answer(model, {"balise-titre": wrong})) == [
        ["suivi.quiz.yaml", "balise-titre", ["`<title>`"], False, 1]
    ]
    assert recorded(talk.answer(model, {"balise-titre": right})) == [
        ["suivi.quiz.yaml", "balise-titre", ["`<h1>`"], True, 2]
    ]
    moved = {**right, "view": {"moved": True}}
    assert recorded(talk.answer(model, {"balise-titre": moved})) == []
    both = {"balise-titre": right, "fermer": {"answer": "</p>", "correct": True, "attempts": 1}}
    assert recorded(talk.answer(model, both)) == [["suivi.quiz.yaml", "fermer", "</p>", True, 1]]


@pytest.mark.parametrize(
    "entry",
    [None, 3, "x", [], {"attempts": "9"}, {"attempts": True}, {"attempts": 1.5}, {"attempts": None}],
)
def test_a_state_of_another_shape_tells_nothing_and_breaks_nothing(talk, entry):
    model = shown_model(talk.run("# forme.quiz.yaml\n" + SOURCES["quiz"]))
    messages = talk.answer(model, {"balise-titre": entry})
    assert recorded(messages) == []
    assert not of_type(messages, "error")


def test_an_answer_is_cut_to_a_size_and_correct_is_only_true(talk):
    model = shown_model(talk.run("# taille.quiz.yaml\n" + SOURCES["quiz"]))
    entry = {"answer": "a" * 50_000, "correct": "true", "attempts": 1}
    ((_, _, answer, correct, _),) = recorded(talk.answer(model, {"fermer": entry}))
    assert (len(answer), correct) == (10_000, False)


def test_a_reloaded_page_gets_the_answers_back(talk):
    model = shown_model(talk.run("# retour.quiz.yaml\n" + SOURCES["quiz"]))
    kept = {"fermer": {"answer": "</p>", "correct": True, "attempts": 3}}
    talk.answer(model, kept)
    talk.send("comm_open", comm_id="control", target_name="jupyter.widget.control", data={})
    messages = talk.send("comm_msg", comm_id="control", data={"method": "request_states"})
    (reply,) = [each for each in of_type(messages, "comm_msg") if each["comm_id"] == "control"]
    assert reply["data"]["states"][model]["state"]["state"] == kept


def test_an_export_without_widgets_shows_the_readable_text(talk):
    import nbformat
    from nbconvert import HTMLExporter

    (shown,) = of_type(talk.run(SOURCES["quiz"]), "display_data")
    output = nbformat.v4.new_output("display_data", data=shown["data"])
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])])
    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert "<summary>Réponses</summary>" in page
    assert shown_model([("display_data", shown)]) not in page


# --- The page side


FAKE_MODEL = """async ([script, data, state, seen]) => {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { default: widget } = await import(url);
  const values = { data, state, seen };
  const listeners = {};
  window.saved = () => values.state;
  window.receive = (value, name = "state") => model.set(name, value);
  const model = {
    get: (name) => values[name],
    set: (name, value) => {
      values[name] = value;
      for (const listener of listeners[`change:${name}`] ?? []) listener();
    },
    save_changes: () => {},
    on: (event, listener) => (listeners[event] ??= []).push(listener),
  };
  await widget.render({ model, el: document.querySelector("main") });
}"""
PAGE = """<!DOCTYPE html><html lang="fr"><head><title>Activité</title><style>
:root { color-scheme: light dark }</style></head><body><main><h1>Leçon</h1></main></body></html>"""


@pytest.fixture(scope="module")
def chromium():
    from laboratory import started_chromium

    with started_chromium() as started:
        yield started


@pytest.fixture
def mount(chromium):
    """Shows an activity in a page of its own; an error of the page fails the test."""
    contexts, errors = [], []

    def mounted(source, state=None, seen=None, **options):
        contexts.append(chromium.new_context(viewport={"width": 900, "height": 800}, **options))
        contexts[-1].set_default_timeout(5000)
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_content(PAGE)
        page.add_style_tag(content=(ASSETS / "activity.css").read_text())
        add(page, source, state, seen)
        return page

    yield mounted
    for context in contexts:
        context.close()
    assert errors == []


def add(page, source, state=None, seen=None):
    data = activities.as_data(parse(source))
    page.evaluate(FAKE_MODEL, [(ASSETS / "activity.js").read_text(), data, state or {}, seen or {}])


def saved(page, identifier):
    return page.evaluate("saved()")[identifier]


def verify(page, rank=0):
    page.get_by_role("button", name="Vérifier").nth(rank).click()


def status(page, rank=0):
    return page.get_by_role("status").nth(rank).inner_text().replace("\u00a0", " ")


def order(page):
    return page.locator("ol code").all_inner_texts()


def violations(page):
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(content=(ASSETS / "axe.js").read_text())
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]]


SEVERAL = """# titres.quiz.yaml
questions:
  - id: titres
    question: Lesquelles sont des titres ?
    choices:
      - {text: h1, correct: true, why: Le premier niveau.}
      - {text: h6, correct: true, why: Le dernier niveau.}
      - {text: h7, why: Il n’existe pas.}
"""
ORDER = """# liste.parsons.yaml
question: Remettez les lignes dans l’ordre.
language: html
lines: ["<ul>", "  <li>Café</li>", "  <li>Thé</li>", "</ul>"]
distractors:
  - {text: "<ul", why: Il manque le chevron fermant.}
"""
SHUFFLED = [each.text for each in activities.pieces(parse(ORDER))] if __name__ != "__main__" else []


def arrange(page, wanted):
    """Puts the lines in order with the keyboard, from the first to the last."""
    for index, text in enumerate(wanted):
        line = page.locator(".cpx-line", has_text=re.compile(f"^{re.escape(text.strip())}$"))
        line.focus()
        page.keyboard.press("Space")
        for _ in range(order(page).index(text.strip()) - index):
            page.keyboard.press("ArrowUp")
        for _ in range((len(text) - len(text.lstrip())) // 2):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")


def answer_everything(page, kind):
    if kind in ("quiz", "prediction"):
        page.locator("input[type=radio]").first.check()
        verify(page)
        page.locator("input[type=radio]").nth(1).check()
        verify(page)
    elif kind == "parsons":
        verify(page)
        page.locator(".cpx-line").nth(1).focus()
        page.keyboard.press("Space")
    elif kind == "erreur":
        page.get_by_role("checkbox").nth(0).check()
        page.get_by_role("checkbox").nth(1).check()
        verify(page)
    elif kind == "frappe":
        page.get_by_label("Tapez ici").press_sequentially("<x{")
    elif kind == "comparaison":
        page.get_by_role("slider").press("ArrowRight")
        page.get_by_role("button", name="Voir ce qui change").click()
    elif kind == "explorateur":
        page.get_by_role("slider", name="padding").fill("0")
        for box in page.get_by_role("checkbox").all():
            box.check()
    else:
        page.get_by_role("button", name="Retourner la carte").click()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ACTIVITIES)
def test_axe_finds_nothing_before_and_after_answering(mount, kind, scheme):
    page = mount(SOURCES[kind], color_scheme=scheme)
    assert violations(page) == []
    answer_everything(page, kind)
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("kind", ACTIVITIES)
def test_nothing_overflows_at_320_px(mount, kind):
    page = mount(SOURCES[kind])
    page.set_viewport_size({"width": 320, "height": 640})
    answer_everything(page, kind)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
def test_a_wrong_choice_is_explained_in_words_and_can_be_tried_again(mount):
    page = mount(SOURCES["quiz"])
    page.get_by_label("<title>").check()
    verify(page)
    assert "Ce n’est pas la bonne réponse." in status(page)
    assert "Pas celle-ci. <title> est le nom de l’onglet" in page.locator(".cpx-why:visible").inner_text()
    page.get_by_label("<h1>").check()
    assert page.locator(".cpx-why:visible").count() == 0
    verify(page)
    assert status(page) == "Bonne réponse."
    assert page.locator(".cpx-why:visible").count() == 2
    assert saved(page, "balise-titre") == {"answer": ["`<h1>`"], "correct": True, "attempts": 2}
    assert "1 question réussie sur 2" in page.locator(".cpx-progress").inner_text().replace("\u00a0", " ")


@pytest.mark.browser
def test_the_same_answer_checked_twice_is_one_attempt(mount):
    page = mount(SOURCES["quiz"])
    page.get_by_label("<title>").check()
    verify(page)
    verify(page)
    assert "Votre réponse n’a pas changé." in status(page)
    assert saved(page, "balise-titre")["attempts"] == 1


@pytest.mark.browser
def test_checking_without_an_answer_asks_for_one(mount):
    page = mount(SOURCES["quiz"])
    verify(page)
    verify(page, 1)
    assert [status(page), status(page, 1)] == ["Choisissez d’abord une réponse.", "Écrivez d’abord votre réponse."]
    assert page.evaluate("saved()") == {}


@pytest.mark.browser
def test_several_right_choices_are_boxes_to_tick(mount):
    page = mount(SEVERAL)
    assert page.get_by_role("checkbox").count() == 3
    page.get_by_label("h1").check()
    page.get_by_label("h7").check()
    verify(page)
    assert "1 choix à revoir. Il manque 1 bonne réponse." in status(page)
    page.get_by_label("h7").uncheck()
    page.get_by_label("h6").check()
    verify(page)
    assert saved(page, "titres")["correct"] is True


@pytest.mark.browser
def test_a_quiz_is_done_with_the_keyboard_alone(mount):
    page = mount(SOURCES["quiz"])
    for key in ("Tab", "Space", "ArrowDown", "Tab", "Enter"):  # the second radio is <h1> or <title>
        page.keyboard.press(key)
    assert saved(page, "balise-titre")["attempts"] == 1
    page.get_by_label("Écrivez la balise").focus()
    page.keyboard.type(" </P> ")
    page.keyboard.press("Enter")
    assert saved(page, "fermer")["correct"] is True
    assert "La barre oblique ferme la balise." in status(page, 1)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Recommencer"


@pytest.mark.browser
def test_a_solved_answer_no_longer_changes_until_it_is_started_again(mount):
    page = mount(SOURCES["quiz"])
    page.get_by_label("<h1>").check()
    verify(page)
    page.get_by_label("<title>").click(force=True)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.get_by_label("<h1>").is_checked()
    page.get_by_role("button", name="Recommencer").click()
    assert not page.get_by_label("<h1>").is_checked()
    page.get_by_label("<title>").check()
    verify(page)
    assert saved(page, "balise-titre") == {"answer": ["`<title>`"], "correct": False, "attempts": 2}


@pytest.mark.browser
def test_a_short_answer_can_be_seen_after_three_attempts(mount):
    page = mount(SOURCES["quiz"])
    field = page.get_by_label("Écrivez la balise")
    for text in ("a", "b", "c"):
        assert page.get_by_role("button", name="Voir la réponse").count() == 0
        field.fill(text)
        verify(page, 1)
    page.get_by_role("button", name="Voir la réponse").click()
    assert status(page, 1) == "Une réponse juste : </p>. La barre oblique ferme la balise."
    assert saved(page, "fermer")["correct"] is False


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["quiz", "prediction"])
def test_kept_answers_are_shown_again(mount, kind):
    page = mount(SOURCES[kind])
    page.get_by_role("radio").nth(0).check()
    verify(page)
    again = mount(SOURCES[kind], page.evaluate("saved()"))
    assert again.get_by_role("radio").nth(0).is_checked()
    assert status(again) == status(page)
    assert status(again)


@pytest.mark.browser
def test_an_answer_given_in_another_view_is_shown(mount):
    page = mount(SOURCES["quiz"])
    page.evaluate("receive({ fermer: { answer: '</p>', correct: true, attempts: 1 } })")
    assert page.get_by_label("Écrivez la balise").input_value() == "</p>"
    assert "Bonne réponse." in status(page, 1)


@pytest.mark.browser
def test_hostile_texts_stay_texts(mount):
    text = json.dumps(HOSTILE)
    question = (
        f"{{id: a, question: {text}, choices: [{{text: {text}, correct: true, why: {text}}}, {{text: b, why: c}}]}}"
    )
    sources = [
        f"# a.quiz.yaml\nquestions:\n  - {question}\n  - {{id: b, question: {text}, answers: [{text}], why: {text}}}",
        f"# b.parsons.yaml\nquestion: {text}\nlanguage: html\nlines: [{text}, b]\ndistractors: [{{text: '<b>', why: {text}}}]",
        f"# c.revision.yaml\ncards:\n  - {{id: a, front: {text}, back: {text}}}",
        f"# d.prediction.yaml\nquestion: {text}\nlanguage: html\ncode: {text}\nanswers: [{text}]\nwhy: {text}",
        f"# e.erreur.yaml\nquestion: {text}\nlanguage: html\ncode: {json.dumps(HOSTILE + chr(10) + 'b')}\nfaults: [{{text: {text}, fix: b, why: {text}}}]",
    ]
    page = mount(sources[0])
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.get_by_role("radio").first.check()
    for source in sources[1:]:
        add(page, source)
    for label in ("Vérifier", "Retourner la carte"):
        buttons = page.get_by_role("button", name=label)
        for each in buttons.element_handles():
            each.click()
    assert page.locator("main :is(img, script, a, b, iframe, [onerror])").count() == 0
    assert page.get_by_text('<img src=x onerror="alert(1)">').count() >= 5


@pytest.mark.browser
def test_activities_of_one_page_share_no_id(mount):
    page = mount(SOURCES["quiz"])
    for kind in ACTIVITIES:
        add(page, SOURCES[kind])
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) >= 10
    assert len(set(ids)) == len(ids)


@pytest.mark.browser
def test_keys_do_not_reach_the_shortcuts_of_the_notebook(mount):
    page = mount(SOURCES["quiz"])
    page.get_by_role("radio").first.focus()
    page.keyboard.press("d")
    assert page.evaluate("document.activeElement.hasAttribute('data-lm-suppress-shortcuts')")
    page.keyboard.press("Control+s")
    assert not page.evaluate("document.activeElement.hasAttribute('data-lm-suppress-shortcuts')")


@pytest.mark.browser
def test_a_prediction_shows_its_code_and_language(mount):
    page = mount(SOURCES["prediction"])
    assert page.locator("pre").inner_text() == "<p>Bonjour</p>\n  <p>Au revoir</p>"
    assert page.locator("figcaption").inner_text() == "HTML"


@pytest.mark.browser
def test_a_puzzle_is_solved_with_the_keyboard_alone(mount):
    page = mount(ORDER)
    page.locator(".cpx-line", has_text=re.compile("^<ul$")).focus()
    page.keyboard.press("Space")
    for _ in range(5 - SHUFFLED.index("<ul")):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.locator(".cpx-aside code").all_inner_texts() == ["<ul"]
    arrange(page, ["<ul>", "  <li>Café</li>", "  <li>Thé</li>", "</ul>"])
    verify(page)
    assert status(page) == "Bravo, toutes les lignes sont à leur place."
    assert saved(page, "liste")["answer"] == "<ul>\n  <li>Café</li>\n  <li>Thé</li>\n</ul>"
    assert saved(page, "liste")["correct"] is True


@pytest.mark.browser
def test_moves_are_announced_and_escape_undoes_them(mount):
    page = mount(ORDER)
    page.locator(".cpx-line").first.focus()
    live = page.locator("[aria-live=assertive]")
    page.keyboard.press("Space")
    assert live.inner_text() == "Ligne prise, ligne 1 sur 5, décalage 0."
    assert page.locator("[aria-pressed=true]").count() == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert live.inner_text() == "ligne 2 sur 5, décalage 1."
    assert page.evaluate("document.activeElement.textContent") == SHUFFLED[0]
    page.keyboard.press("Escape")
    assert live.inner_text() == "Déplacement annulé, ligne 1 sur 5, décalage 0."
    assert order(page) == SHUFFLED


@pytest.mark.browser
def test_arrows_walk_from_line_to_line_when_none_is_taken(mount):
    page = mount(ORDER)
    page.locator(".cpx-line").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == SHUFFLED[1]
    assert order(page) == SHUFFLED
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.title") == "Monter"
    page.keyboard.press("Enter")
    assert order(page) == [SHUFFLED[1], SHUFFLED[0], *SHUFFLED[2:]]


@pytest.mark.browser
def test_lines_are_dragged_with_the_pointer(mount):
    page = mount(ORDER)
    first, third = (page.locator(".cpx-line").nth(rank).bounding_box() for rank in (0, 2))
    page.mouse.move(first["x"] + 60, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(first["x"] + 90, first["y"] + 40, steps=4)
    page.mouse.move(third["x"] + 60 + 24, third["y"] + third["height"] - 4, steps=6)
    page.mouse.up()
    assert order(page) == [SHUFFLED[1], SHUFFLED[2], SHUFFLED[0], *SHUFFLED[3:]]
    assert saved(page, "liste")["view"]["main"][2] == {"piece": 0, "indent": 1}
    aside = page.locator(".cpx-aside").bounding_box()
    page.mouse.move(first["x"] + 60, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(aside["x"] + 80, aside["y"] + 20, steps=6)
    page.mouse.up()
    assert page.locator(".cpx-aside code").all_inner_texts() == [SHUFFLED[1]]


@pytest.mark.browser
def test_buttons_put_a_line_aside_and_bring_it_back(mount):
    page = mount(ORDER)
    page.locator(".cpx-line").nth(1).click()
    page.get_by_role("button", name="Ne pas utiliser").click()
    assert page.locator(".cpx-aside code").all_inner_texts() == [SHUFFLED[1]]
    page.get_by_role("button", name="Utiliser", exact=True).click()
    assert order(page)[-1] == SHUFFLED[1]


@pytest.mark.browser
def test_the_first_wrong_line_is_said_in_words(mount):
    page = mount(ORDER)
    arrange(page, ["<ul>", "<li>Thé</li>"])
    verify(page)
    assert status(page) == "Ligne 2 : ce n’est pas la bonne ligne à cet endroit. La ligne du dessus est juste."
    assert page.locator("li.cpx-is-wrong code").all_inner_texts() == ["<li>Thé</li>"]
    arrange(page, ["<ul>", "<li>Café</li>"])
    assert status(page) == ""
    verify(page)
    assert "Ligne 2 : elle est à sa place, mais décalez-la vers la droite." in status(page)
    assert saved(page, "liste")["attempts"] == 2


@pytest.mark.browser
def test_after_three_failures_the_puzzle_gets_easier(mount):
    page = mount(ORDER)
    for wanted in (["<ul"], ["</ul>"], ["<li>Thé</li>"]):
        arrange(page, wanted)
        verify(page)
    assert "Pour vous aider, une ligne en trop est retirée." in status(page)
    assert "<ul" not in order(page)
    arrange(page, ["</ul>"])
    verify(page)
    verify(page)  # without a change: no more help
    assert "Pour vous aider, la bonne ligne 1 est mise à sa place." not in status(page)
    assert order(page)[0] == "<ul>"
    line = page.locator(".cpx-line").first
    assert line.get_attribute("aria-disabled") == "true"
    line.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert order(page)[0] == "<ul>"


@pytest.mark.browser
def test_a_kept_puzzle_is_shown_as_it_was_left(mount):
    page = mount(ORDER)
    arrange(page, ["<ul>", "  <li>Café</li>"])
    again = mount(ORDER, page.evaluate("saved()"))
    assert order(again) == order(page)
    assert order(again)[:2] == ["<ul>", "<li>Café</li>"]


@pytest.mark.browser
def test_a_state_of_another_puzzle_starts_afresh(mount):
    view = {"main": [{"piece": 42, "indent": 0}], "aside": [], "fixed": 0}
    page = mount(ORDER, {"liste": {"answer": "", "correct": False, "attempts": 1, "view": view}})
    assert order(page) == SHUFFLED


@pytest.mark.browser
def test_cards_turn_over_and_are_sorted_by_the_learner(mount):
    second = "  - {id: s01-fermer, front: Fermer, back: Oblique}\n"
    page = mount(SOURCES["revision"] + second)
    assert page.get_by_text("La touche à droite").count() == 0
    page.get_by_role("button", name="Retourner la carte").click()
    assert page.get_by_text("La touche à droite").is_visible()
    page.get_by_role("button", name="À revoir").click()
    assert page.evaluate("document.activeElement.textContent") == "Retourner la carte"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Je savais").click()
    assert status(page) == "1 carte sue, 1 à revoir."
    assert [saved(page, each)["answer"] for each in ("s01-chevron", "s01-fermer")] == ["again", "known"]
    page.get_by_role("button", name="Revoir ces cartes").click()
    assert page.get_by_text("Carte 1 sur 2").is_visible()
    page.get_by_role("button", name="Retourner la carte").click()
    page.get_by_role("button", name="Je savais").click()
    assert status(page) == "2 cartes sues. Vous savez tout."
    assert saved(page, "s01-chevron")["attempts"] == 2


@pytest.mark.browser
@pytest.mark.parametrize("kind", ACTIVITIES)
def test_paper_is_black_on_white_and_shows_no_button(mount, kind):
    page = mount(SOURCES[kind], color_scheme="dark")
    page.emulate_media(media="print")
    colours = (
        "(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.querySelector('.cpx')))"
    )
    assert page.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.locator(".cpx-actions:visible, .cpx-tools:visible").count() == 0


@pytest.mark.browser
def test_faulty_lines_are_found_with_the_keyboard_alone(mount):
    page = mount(SOURCES["erreur"])
    for key in ("Tab", "Space", "Tab", "Space", "Enter"):
        page.keyboard.press(key)
    assert status(page) == "Ce n’est pas encore cela. 1 ligne cochée n’a pas de faute. Il reste 1 faute à trouver."
    told = [each.replace("\u00a0", " ") for each in page.locator(".cpx-why:visible").all_inner_texts()]
    assert told == [
        "Faute. L’esperluette est réservée. On écrit : <h1>Vis &amp; Fils</h1>",
        "Ligne juste. Cherchez ailleurs.",
    ]
    for key in ("Space", "Tab", "Tab", "Space", "Enter"):
        page.keyboard.press(key)
    assert status(page) == "Bravo. 2 fautes trouvées."
    expected = {"answer": ["1. <h1>Vis & Fils</h1>", "4. <li>Vis<li>"], "correct": True, "attempts": 2}
    assert saved(page, "visite") == expected
    again = mount(SOURCES["erreur"], page.evaluate("saved()"))
    assert again.get_by_role("checkbox", checked=True).count() == 2
    assert status(again) == status(page)
    again.get_by_role("checkbox").nth(1).click(force=True)
    assert again.get_by_role("checkbox", checked=True).count() == 2
    again.get_by_role("button", name="Recommencer").click()
    assert again.get_by_role("checkbox", checked=True).count() == 0
    assert saved(again, "visite")["attempts"] == 2


@pytest.mark.browser
def test_every_line_ticked_is_not_an_answer(mount):
    page = mount(SOURCES["erreur"])
    for box in page.get_by_role("checkbox").all():
        box.check()
    verify(page)
    assert status(page) == "Ce n’est pas encore cela. 3 lignes cochées n’ont pas de faute."
    assert saved(page, "visite")["correct"] is False


@pytest.mark.browser
def test_faults_can_be_seen_after_three_attempts(mount):
    page = mount(SOURCES["erreur"])
    for rank in (1, 2, 4):
        assert page.get_by_role("button", name="Voir les réponses").count() == 0
        page.get_by_role("checkbox").nth(rank).check()
        verify(page)
    page.get_by_role("button", name="Voir les réponses").click()
    assert status(page) == "Lignes 1, 4 : lisez l’explication, puis cochez."
    assert saved(page, "visite")["correct"] is False


def press(page, *characters):
    for character in characters:
        page.get_by_label("Tapez ici").press_sequentially(character)


def wanted(page):
    return page.locator(".cpx-target > code").inner_text()


@pytest.mark.browser
def test_a_missed_sign_is_counted_explained_and_comes_back(mount):
    page = mount(SOURCES["frappe"])
    assert wanted(page) == "<"
    assert "chevron ouvrant. Pour taper ce signe : la touche < seule." in page.locator(
        ".cpx-target"
    ).inner_text().replace("\u00a0", " ")
    press(page, "<")
    assert wanted(page) == "{"
    assert page.locator(".cpx-pressed").count() == 2  # AltGr and 4
    assert page.locator(".cpx-legend-on").text_content() == "{"
    press(page, "'")
    assert status(page) == "Vous avez tapé '. Pour { : AltGr + la touche 4."
    assert wanted(page) == "{"
    press(page, "{")
    seen = []
    while page.locator(".cpx-typed-line").count() == 0:
        seen.append(wanted(page))
        press(page, seen[-1])
    assert seen == [">", "{", "<", ">"]  # the missed one before those that were seen as often
    assert page.locator(".cpx-progress").inner_text().replace("\u00a0", " ") == "3 signes sûrs sur 3. Ligne 1 sur 1."
    cells = page.locator("tbody tr", has_text="AltGr").locator("td").all_inner_texts()
    assert cells == ["AltGr + la touche 4", "2", "1"]


@pytest.mark.browser
def test_practice_is_kept_and_ends_with_the_weak_signs(mount):
    page = mount(SOURCES["frappe"])
    press(page, "<", "'", "{", ">", "{")
    again = mount(SOURCES["frappe"], page.evaluate("saved()"))
    assert wanted(again) == wanted(page) == "<"
    assert saved(again, "signes")["attempts"] == 0
    press(again, "<", ">", "<", "b", "a")
    assert again.get_by_label("Tapez ici").input_value() == "<a"
    press(again, ">")
    assert status(again) == "C’est fini. À retravailler : {"
    kept = saved(again, "signes")
    answer = [each.replace("\u00a0", " ") for each in kept["answer"]]
    assert answer == ["< : 3 justes, 0 fausse", "{ : 2 justes, 1 fausse", "> : 3 justes, 0 fausse"]
    assert (kept["correct"], kept["attempts"]) == (True, 1)
    again.get_by_role("button", name="Retravailler ces signes").click()
    assert wanted(again) == "{"
    press(again, "{", "{")
    assert status(again) == "Bravo. Tous les signes sont sûrs, sans une faute."
    assert saved(again, "signes")["attempts"] == 2


@pytest.mark.browser
def test_keys_can_be_hidden_and_a_paste_types_nothing(mount):
    page = mount(SOURCES["frappe"])
    page.get_by_role("button", name="Cacher les touches").click()
    assert page.locator(".cpx-keyboard").count() == 0
    assert "touche" not in page.locator(".cpx-target").inner_text()
    again = mount(SOURCES["frappe"], page.evaluate("saved()"))
    assert again.get_by_role("button", name="Montrer les touches").is_visible()
    field = again.get_by_label("Tapez ici")
    field.evaluate("(field) => field.dispatchEvent(new ClipboardEvent('paste', { cancelable: true }))")
    assert status(again) == "Tapez les signes un à un."


@pytest.mark.browser
@pytest.mark.parametrize(
    "view", [None, {"session": {}}, {"session": {"signs": ["é"], "scores": {}, "sign": "é", "line": 0, "typed": 0}}]
)
def test_practice_of_another_cell_starts_afresh(mount, view):
    page = mount(SOURCES["frappe"], {"signes": {"answer": [], "correct": False, "attempts": 1, "view": view}})
    assert wanted(page) == "<"


def explorer(about):
    return f"# a.explorateur.yaml\nquestion: Changez.\nabout: {about}\n"


def shown_style(page, selector, *properties):
    """Computed style of the preview, once it shows the CSS that is offered to copy."""
    frame = page.frame_locator(".cpx-preview")
    frame.locator(selector).wait_for()
    script = "(element, names) => names.map((name) => getComputedStyle(element)[name])"
    return frame.locator(selector).evaluate(script, list(properties))


def figures(page):
    return [each.replace("\u00a0", " ") for each in page.locator(".cpx-figures li").all_inner_texts()]


@pytest.mark.browser
def test_the_box_has_the_figures_that_are_said(mount):
    page = mount(explorer("boite"))
    frame = page.frame_locator(".cpx-preview")
    for sizing in ("content-box", "border-box"):
        page.get_by_label("box-sizing").select_option(sizing)
        for _ in range(3):
            page.get_by_label("padding").press("ArrowRight")
        box = frame.locator(".boite").bounding_box()["width"]
        place = frame.locator(".place").bounding_box()["width"]
        assert f"= {box:.0f} px" in figures(page)[1]
        assert f"= {place:.0f} px" in figures(page)[2]
    assert shown_style(page, ".boite", "boxSizing", "paddingLeft") == ["border-box", "26px"]
    assert "  padding: 26px;\n" in page.locator(".cpx-code code").text_content()
    assert saved(page, "a")["attempts"] == 1
    again = mount(explorer("boite"), page.evaluate("saved()"))
    assert again.get_by_label("padding").input_value() == "26"
    assert figures(again) == figures(page)
    again.get_by_role("button", name="Revenir au départ").click()
    assert again.get_by_label("padding").input_value() == "20"


@pytest.mark.browser
def test_contrast_is_said_with_its_levels(mount):
    page = mount(explorer("contraste"))
    page.get_by_label("Couleur du texte", exact=True).fill("#767676")
    assert figures(page) == [
        "Contraste : 4,54 pour 1.",
        "Texte normal : AA (4,5) réussi, AAA (7) insuffisant.",
        "Grand texte, dès 24 px : AA (3) réussi, AAA (4,5) réussi.",
    ]
    assert shown_style(page, ".carte", "color") == ["rgb(118, 118, 118)"]
    page.get_by_label("Couleur du texte", exact=True).fill("#77")
    assert "4,54" in figures(page)[0]


@pytest.mark.browser
def test_the_cascade_says_the_rule_that_the_browser_follows(mount):
    page = mount(explorer("cascade"))
    boxes = page.get_by_role("checkbox")
    frame = page.frame_locator(".cpx-preview")
    frame.locator("p").wait_for()
    names = {"rgb(29, 78, 216)": "bleu", "rgb(21, 128, 61)": "vert", "rgb(126, 34, 206)": "violet"}
    names |= {"rgb(185, 28, 28)": "rouge", "rgb(15, 118, 110)": "turquoise", "rgb(157, 23, 77)": "framboise"}
    names |= {"rgb(146, 64, 14)": "brun"}
    seen = set()
    for number in range(1, 1 << boxes.count()):
        flip = (number & -number).bit_length() - 1  # Gray code: one box changes at a time, every set is seen
        boxes.nth(flip).evaluate("(box) => box.click()")
        if not page.locator(".cpx-controls :checked").count():
            assert "Aucune règle" in figures(page)[0]
            continue
        name = names[shown_style(page, "p", "color")[0]]
        assert figures(page)[0].endswith(f"gagne : le texte est {name}.")
        seen.add(name)
    assert seen == set(names.values())


@pytest.mark.browser
@pytest.mark.parametrize(
    ("about", "control", "value", "name"),
    [
        ("flexbox", "justify-content", "space-between", "justifyContent"),
        ("flexbox", "flex-direction", "column", "flexDirection"),
        ("grille", "justify-items", "center", "justifyItems"),
        ("grille", "align-items", "end", "alignItems"),
    ],
)
def test_a_list_changes_the_page_and_the_css(mount, about, control, value, name):
    page = mount(explorer(about))
    page.get_by_label(control).select_option(value)
    assert shown_style(page, ".liste", name) == [value]
    assert f"  {control}: {value};" in page.locator(".cpx-code code").text_content()
    page.get_by_role("button", name="Copier le CSS").click()
    assert page.get_by_role("status").filter(has_text="Le CSS est").count() == 1


@pytest.mark.browser
def test_steps_that_were_tried_are_recorded(mount):
    page = mount(SOURCES["explorateur"])
    page.get_by_label("Choisissez border-box").press("Space")
    entry = saved(page, "boite")
    assert (entry["answer"], entry["correct"], entry["attempts"]) == (["Choisissez `border-box`."], False, 1)
    page.get_by_label("Mettez padding").press("Space")
    assert status(page) == "Tout est essayé. Continuez à explorer si vous voulez."
    again = mount(SOURCES["explorateur"], page.evaluate("saved()"))
    assert again.get_by_role("checkbox", checked=True).count() == 2


@pytest.mark.browser
@pytest.mark.parametrize("about", ["contraste", "boite", "flexbox", "grille", "cascade"])
def test_axe_finds_nothing_in_an_explorer_and_scripts_never_run_in_its_page(mount, about):
    page = mount(explorer(about))
    page.frame_locator(".cpx-preview").locator("body > *").first.wait_for()
    assert violations(page) == []
    assert page.locator(".cpx-preview").get_attribute("sandbox") == "allow-same-origin"
    kept = dict.fromkeys(("color", "padding", "gap", "flex-direction", "p"), "red; } </style><script>alert(1)</script>")
    hostile = mount(explorer(about), {"a": {"answer": "", "correct": False, "attempts": 1, "view": {"values": kept}}})
    assert figures(hostile) == figures(page)


@pytest.mark.browser
def test_the_handle_uncovers_one_page_or_the_other_at_three_widths(mount):
    page = mount(SOURCES["comparaison"])
    handle, stage = page.get_by_role("slider"), page.locator(".cpx-stage")
    right = page.frame_locator("iframe[title='Avec marge']")
    for width in ("320", "768", "1200"):
        page.get_by_label("Largeur").select_option(width)
        right.locator("p").wait_for()
        assert right.locator("html").evaluate("(html) => html.clientWidth") == int(width)
    assert (saved(page, "carte")["answer"], saved(page, "carte")["correct"]) == (["320 px", "768 px", "1200 px"], True)
    handle.press("Home")
    box = stage.bounding_box()
    assert pixel(page, box["x"] + box["width"] * 0.9, box["y"] + 400) == [221, 238, 255]
    handle.press("End")
    assert pixel(page, box["x"] + box["width"] * 0.1, box["y"] + 400) == [255, 238, 221]
    page.mouse.move(box["x"] + box["width"] - 22, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 200, steps=5)
    page.mouse.up()
    assert handle.input_value() == "50"
    assert pixel(page, box["x"] + box["width"] * 0.4, box["y"] + 400) == [255, 238, 221]
    assert pixel(page, box["x"] + box["width"] * 0.6, box["y"] + 400) == [221, 238, 255]
    page.get_by_label("Largeur").select_option("320")
    again = mount(SOURCES["comparaison"], page.evaluate("saved()"))
    assert again.get_by_label("Largeur").input_value() == "320"
    assert again.get_by_role("slider").input_value() == "50"
    again.get_by_role("button", name="Voir ce qui change").click()
    assert status(again) == "Le texte s’écarte du bord."


MOCKUP = """# carte.comparaison.yaml
question: Votre page ressemble-t-elle à la maquette ?
page: carte.html
mockups: [images/a.png, images/b.png]"""


def picture(colour, shape=""):
    """A picture of 300 × 600 px; the page under test reads any image."""
    import base64

    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="600">{shape}</svg>'
    svg = svg.replace(">", f'><rect width="300" height="600" fill="{colour}"/>', 1) if colour else svg
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def seen(percent=93, said="Le bloc “pied” diffère à 12 %.", more=()):
    pictures = {
        "page": picture("#ffeedd"), "mockup": picture("#ddeeff"),
        "heat": picture("", '<rect width="300" height="100" fill="#c80028"/>'),
    }  # fmt: skip
    first = {"width": 320, "percent": percent, "said": said, **pictures}
    return {"problem": "", "mean": percent, "views": [first, *more]}


PERFECT = {**seen(100, "")["views"][0], "width": 1280}
LOST = {"width": 0, "percent": None, "said": "La maquette manque.", "page": "", "mockup": "", "heat": ""}


@pytest.mark.browser
def test_the_page_and_the_mockup_are_uncovered_by_the_handle_and_the_score_is_said(mount):
    page = mount(MOCKUP, seen=seen(more=[PERFECT, LOST]))
    assert status(page) == "Ressemblance : 93 % à 320 px de large. Le bloc “pied” diffère à 12 %."
    options = [text.replace("\u00a0", " ") for text in page.locator("option").all_inner_texts()]
    assert options == ["320 px, téléphone : 93 %", "1280 px, ordinateur : 100 %", "Maquette 3 : non comparée"]
    box, handle = page.locator(".cpx-pictures").bounding_box(), page.get_by_role("slider")
    at = (box["x"] + box["width"] * 0.3, box["y"] + 300)
    handle.press("Home")
    assert pixel(page, *at) == [221, 238, 255]
    handle.press("End")
    assert pixel(page, *at) == [255, 238, 221]
    assert handle.get_attribute("aria-valuetext").startswith("100")
    assert page.locator("img").first.get_attribute("alt") == "Votre page à 320 px de large"
    page.get_by_label("Largeur").select_option("1")
    assert status(page) == "Ressemblance : 100 % à 1280 px de large. Rien ne diffère. Bravo !"
    page.get_by_label("Largeur").select_option("2")
    assert status(page) == "La maquette manque."
    assert not handle.is_visible()


@pytest.mark.browser
def test_the_heat_map_is_shown_and_hidden_and_all_is_kept(mount):
    page = mount(MOCKUP, seen=seen())
    box = page.locator(".cpx-pictures").bounding_box()
    spot = (box["x"] + 20, box["y"] + 20)
    assert pixel(page, *spot) == [255, 238, 221]
    page.get_by_label("Montrer les différences").press("Space")
    assert pixel(page, *spot) == [200, 0, 40]
    page.get_by_role("slider").press("ArrowRight")
    again = mount(MOCKUP, page.evaluate("saved()"), seen=seen())
    assert again.get_by_label("Montrer les différences").is_checked()
    assert again.get_by_role("slider").input_value() == "51"
    assert saved(again, "carte")["attempts"] == 0  # the kernel says the score, the page has no say in it


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_comparison_with_mockups(mount, scheme):
    page = mount(MOCKUP, seen=seen(more=[PERFECT, LOST]), color_scheme=scheme)
    assert violations(page) == []
    page.get_by_label("Montrer les différences").check()
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
def test_a_run_that_could_not_take_place_says_why_and_the_next_one_is_shown(mount):
    page = mount(MOCKUP, seen={"problem": "Les tests ont été interrompus.", "mean": None, "views": []})
    assert status(page) == "Les tests ont été interrompus."
    assert violations(page) == []
    page.evaluate("(seen) => receive(seen, 'seen')", seen())
    assert "93" in status(page)


@pytest.mark.browser
def test_on_paper_the_page_and_the_mockup_stand_side_by_side(mount):
    page = mount(MOCKUP, seen=seen())
    page.emulate_media(media="print")
    left, right = (page.locator(".cpx-pictures img").nth(at).bounding_box() for at in (0, 1))
    assert right["x"] >= left["x"] + left["width"]
    assert left["y"] == right["y"]


def pixel(page, x, y):
    """Red, green and blue of one pixel of the window, as it is really drawn."""
    import base64

    png = page.screenshot(clip={"x": int(x), "y": int(y), "width": 1, "height": 1})
    script = """async (png) => {
      const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
      const canvas = new OffscreenCanvas(1, 1).getContext("2d");
      canvas.drawImage(image, 0, 0);
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    }"""
    return page.evaluate(script, base64.b64encode(png).decode())


@contextmanager
def listener():
    """A server of this machine; gives its address and what it was asked for."""
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread

    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


@pytest.mark.browser
def test_a_page_to_compare_runs_and_loads_nothing(mount):
    with listener() as (address, asked):
        html = f"<p>Un</p><script>document.body.textContent = 'script'</script><img src='{address}/page.png'>"
        sides = f"left: {{label: a, html: {json.dumps(html)}}}\nright: {{label: b, html: b}}"
        page = mount(f"# c.comparaison.yaml\nquestion: x\n{sides}\nwhy: y")
        page.frame_locator("iframe[title=a]").locator("p").wait_for()
        assert page.frame_locator("iframe[title=a]").locator("p").inner_text() == "Un"
        # An image that is allowed comes last: whatever the frame asked for before it has arrived.
        page.evaluate(
            "(url) => new Promise((done) => Object.assign(new Image(), { onerror: done, src: url }))",
            f"{address}/own.png",
        )
        assert asked == ["/own.png"]


# --- All together


@contextmanager
def lab(folder, notebook):
    """A JupyterLab that holds one notebook; gives the address of that notebook."""
    import subprocess
    import time
    from urllib.request import urlopen

    import nbformat

    environment = kernelspec(folder)
    nbformat.write(notebook, folder / "lecon.ipynb")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    command = [sys.executable, "-m", "jupyterlab", *options, "--IdentityProvider.token=", f"--notebook-dir={folder}"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(120):
            try:
                urlopen(address + "/api").close()
                break
            except OSError:
                time.sleep(0.5)
        yield address + "/lab/tree/lecon.ipynb"
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.lab
@pytest.mark.browser
def test_jupyterlab_shows_the_quiz_keeps_its_keys_and_its_answers(chromium, tmp_path):
    import nbformat

    spec = {"name": "activities", "display_name": "a", "language": "html"}
    cells = [nbformat.v4.new_code_cell(SOURCES["quiz"]), nbformat.v4.new_markdown_cell("Fin")]
    with lab(tmp_path, nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec})) as address:
        page = chromium.new_page()
        page.goto(address)
        page.locator(".jp-CodeCell .cm-content").click(timeout=60_000)
        page.get_by_text("a | Idle").or_(page.get_by_text("a | Inactif")).wait_for(timeout=60_000)
        page.keyboard.press("Shift+Enter")
        page.get_by_role("radio", name="<title>").focus()
        for key in ("d", "d", "a", "x", "Space"):
            page.keyboard.press(key)
        verify(page)
        assert page.locator(".jp-Cell").count() == 2
        told = status(page.locator(".cpx"))
        assert "Ce n’est pas la bonne réponse." in told
        page.get_by_label("Écrivez la balise").focus()
        page.keyboard.press("Control+s")
        page.locator(".jp-mod-dirty").wait_for(state="detached")
        page.reload()
        page.locator(".cpx").wait_for(timeout=60_000)
        assert page.get_by_role("radio", name="<title>").is_checked()
        assert status(page.locator(".cpx")) == told
        page.close()


@pytest.mark.lab
@pytest.mark.browser
def test_jupyterlab_leaves_keys_frame_and_answers_to_the_practice_activities(chromium, tmp_path):
    import nbformat

    spec = {"name": "activities", "display_name": "a", "language": "html"}
    kinds = ("erreur", "frappe", "explorateur")
    cells = [nbformat.v4.new_code_cell(SOURCES[kind]) for kind in kinds]
    with lab(tmp_path, nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec})) as address:
        page = chromium.new_page()
        page.goto(address)
        page.locator(".jp-CodeCell .cm-content").first.click(timeout=60_000)
        page.get_by_text("a | Idle").or_(page.get_by_text("a | Inactif")).wait_for(timeout=60_000)
        for kind in kinds:
            page.keyboard.press("Shift+Enter")
            page.locator(f".cpx-{kind}").wait_for(timeout=60_000)
        practice, explore, faults = (page.locator(f".cpx-{kind}") for kind in ("frappe", "explorateur", "erreur"))
        press(practice, "<", "d", "d", "{", "x", ">")
        assert wanted(practice) == "{"
        faults.get_by_role("checkbox").nth(0).press("Space")
        verify(faults)
        explore.get_by_role("slider", name="padding").press("ArrowRight")
        explore.frame_locator(".cpx-preview").locator(".boite").wait_for()
        assert shown_style(explore, ".boite", "paddingLeft") == ["21px"]
        assert page.locator(".jp-CodeCell").count() >= 3
        explore.get_by_role("slider", name="padding").focus()
        page.keyboard.press("Control+s")
        page.locator(".jp-mod-dirty").wait_for(state="detached")
        page.reload()
        explore.wait_for(timeout=60_000)
        assert explore.get_by_role("slider", name="padding").input_value() == "21"
        assert wanted(practice) == "{"
        assert faults.get_by_role("checkbox").nth(0).is_checked()
        page.screenshot(path=tmp_path / "lab.png")
        page.close()


if __name__ == "__main__":
    run_kernel()
