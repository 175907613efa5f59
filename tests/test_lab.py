"""The course as a learner and as a trainer open it: real JupyterLab, real Chromium, in French."""

import os
import re
import shutil
import signal
import subprocess
import time
from contextlib import suppress

import pytest
from laboratory import READY_MS, copy_course, serve, shoot, watched_page
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect
from ports import free_port

pytestmark = [pytest.mark.lab, pytest.mark.browser]


@pytest.fixture(scope="module")
def site(root, tmp_path_factory):
    return copy_course(root, tmp_path_factory.mktemp("cours"))


def stop(process):
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def learner(site):
    process, address = serve(site)
    yield address
    stop(process)


@pytest.fixture
def page(chromium):
    with watched_page(chromium, {"width": 1400, "height": 900}) as page:
        yield page


def open_lab(page, address, path=""):
    for _ in range(60):
        try:
            page.goto(address)
            break
        except Exception:  # noqa: BLE001  # the server is starting
            time.sleep(0.5)
    if path:
        page.goto(re.sub(r"/\?", f"/lab/tree/{path}?reset&", address))
    page.locator(".jp-Notebook:visible").first.wait_for(timeout=READY_MS)


def wait_for_kernel(page):
    """Lab drops what is executed before its kernel answers."""
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)


def test_the_first_page_is_the_contents_in_french_and_a_click_opens_a_lesson(page, learner):
    open_lab(page, learner)
    expect(page.get_by_role("menuitem", name="Fichier")).to_be_visible(timeout=READY_MS)
    expect(page.locator(".cp-progress")).to_contain_text("Semaine 1", timeout=READY_MS)  # beside the contents
    lesson = page.locator(".jp-RenderedMarkdown a", has_text="clavier").first
    expect(lesson).to_be_visible(timeout=READY_MS)
    shoot(page, "sommaire")
    lesson.click()
    expect(page.locator(".jp-Notebook:visible h1").first).to_contain_text("clavier", timeout=READY_MS)


def test_a_lesson_is_done_with_the_keyboard(page, learner):
    open_lab(page, learner, "cours/s01-premiere-page/01-ordinateur-clavier.ipynb")
    wait_for_kernel(page)
    page.locator(".jp-Notebook .jp-Cell").first.click()
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    for _ in range(cells):
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(150)
    expect(page.locator(".jp-OutputArea-output iframe").first).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Vérifier").first).to_be_visible(timeout=30_000)
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    page.locator(".jp-OutputArea-output iframe").first.scroll_into_view_if_needed()
    shoot(page, "lecon")


def write_cell(page, editor, text):
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Shift+Enter")


def test_an_exercise_fails_then_passes_and_the_result_survives_a_reload(page, learner, site):
    import json

    name = "04-premiere-balise"
    source = json.loads((site / "source" / "s01-premiere-page" / f"{name}.ipynb").read_text("utf-8"))
    code = [cell for cell in source["cells"] if cell["cell_type"] == "code"]
    index = next(i for i, cell in enumerate(code) if cell["metadata"].get("nbgrader", {}).get("solution"))
    solution = "".join(code[index]["source"])
    open_lab(page, learner, f"exercices/s01-premiere-page/{name}.ipynb")
    editor = page.locator(".jp-Notebook .jp-CodeCell").nth(index).locator(".cm-content")
    expect(editor).to_be_visible(timeout=READY_MS)
    wait_for_kernel(page)

    editor.click()
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-OutputArea-output iframe").first).to_be_visible(timeout=30_000)
    page.keyboard.press("Shift+Enter")  # the test cell comes next
    results = page.locator(".cp-results")
    expect(results.first).to_be_visible(timeout=30_000)
    expect(results.first).to_contain_text("à revoir")
    shoot(page, "exercice-a-revoir")

    write_cell(page, editor, solution)
    page.wait_for_timeout(2000)
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".cp-results[data-verdict='pass']").first).to_be_visible(timeout=30_000)
    shoot(page, "exercice-reussi")

    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    page.reload()
    page.locator(".jp-Notebook:visible").first.wait_for(timeout=READY_MS)
    expect(page.locator(".cp-results[data-verdict='pass']").first).to_be_visible(timeout=READY_MS)
    expect(page.locator(".jp-OutputArea-output iframe").first).to_be_visible()


def test_ctrl_c_stops_everything_and_a_second_start_works(site):
    from processes import alive, descendants

    port = free_port()
    for _ in range(2):
        process, address = serve(site, port=port)
        assert f":{port}/" in address
        children = descendants(process.pid)
        assert children
        stop(process)
        assert process.returncode == 0
        assert not [child for child in children if alive(child)]


def test_validate_says_what_is_left(page, learner):
    open_lab(page, learner, "exercices/s01-premiere-page/05-squelette-page.ipynb")
    page.get_by_role("button", name="Vérifier", exact=True).first.click()
    dialog = page.locator(".jp-Dialog")
    expect(dialog).to_contain_text("à revoir", timeout=60_000)
    assert "Traceback" not in dialog.inner_text()
    shoot(page, "valider")


def test_the_learner_s_server_has_no_other_kernel_and_no_terminal(page, learner):
    open_lab(page, learner)
    answers = page.evaluate(
        """async () => {
            const read = async (path, options) => { const r = await fetch(path, options); return [r.status, await r.text()]; };
            const xsrf = document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? "";
            return {
                specs: await read("/api/kernelspecs"),
                terminals: await read("/api/terminals", {method: "POST", headers: {"X-XSRFToken": xsrf}}),
                python: await read("/api/kernels", {method: "POST", headers: {"X-XSRFToken": xsrf}, body: '{"name": "python3"}'}),
                hidden: await read("/api/contents/.codephenix.json"),
                above: await read("/api/contents/..%2F..%2Fsource"),
            };
        }"""
    )
    import json

    assert set(json.loads(answers["specs"][1])["kernelspecs"]) == {"web"}
    for name in ("terminals", "python", "hidden", "above"):
        assert answers[name][0] >= 400, (name, answers[name])


def test_starting_again_keeps_the_learner_s_work(site):
    from codephenix.lab import prepare

    folder = prepare(site)
    notebook = folder / "exercices" / "s01-premiere-page" / "projet.ipynb"
    before = notebook.read_text("utf-8")
    notebook.write_text(before.replace("Écrivez votre code ici.", "Mon travail."), "utf-8")
    prepare(site)
    assert "Mon travail." in notebook.read_text("utf-8")
    notebook.write_text(before, "utf-8")


def test_the_trainer_grades_in_formgrader(page, site, tmp_path):
    """Formgrader lists, grades and shows a hostile submission without running any of it."""
    from assignments import GOOD, WEEK, answer, write_week

    from codephenix.classroom import Classroom

    room = Classroom.create(tmp_path / "classe", write_week(tmp_path))
    room.generate(WEEK)
    folder = room.folder / "submitted" / "ruse" / WEEK
    shutil.copytree(room.folder / "release" / WEEK, folder)
    hostile = GOOD["ecrire-carte"] + "<script>top.document.title = 'PIRATE'; parent.document.title = 'PIRATE'</script>"
    answer(folder, "carte", {**GOOD, "ecrire-carte": hostile})
    text = (folder / "carte.ipynb").read_text("utf-8")
    (folder / "carte.ipynb").write_text(
        text.replace("# La carte", "<img src=x onerror=\\\"document.title='PIRATE'\\\"> # La carte")
    )
    process, address = serve(room.folder, "--trainer")
    try:
        for _ in range(60):
            try:
                page.goto(address)
                break
            except Exception:  # noqa: BLE001
                time.sleep(0.5)
        origin = re.match(r"http://[^/]+", address)[0]
        page.goto(f"{origin}/formgrader/manage_submissions/{WEEK}")
        page.locator("tr[id='submission-ruse'] td.autograde a, tr td.autograde a").first.click(timeout=READY_MS)
        expect(page.locator(".modal-dialog").first).to_contain_text("C’est fait", timeout=60_000)
        shoot(page, "formgrader")
        with room.gradebook as gradebook:
            submission = gradebook.find_submission_notebook("carte", WEEK, "ruse")
            identifier, score = submission.id, submission.score
        assert score == 4
        page.goto(f"{origin}/formgrader/submissions/{identifier}/")
        page.wait_for_timeout(1500)
        shoot(page, "formgrader-copie")
        assert "PIRATE" not in page.title()
        assert page.locator("iframe[sandbox='allow-scripts']").count() >= 1
    finally:
        stop(process)


def tiles(page):
    page.locator(".jp-Launcher:visible").first.wait_for(timeout=READY_MS)
    return page.locator(".jp-LauncherCard[data-category='CodePhenix']:visible")


def test_the_launcher_opens_the_contents_and_the_cards_of_the_morning(page, learner):
    open_lab(page, learner)
    wait_for_kernel(page)  # until then Lab brings the contents to the front again
    heading = page.locator(".jp-Notebook:visible h1").first
    for _ in range(5):  # a slow machine may bring the contents to the front once more
        page.get_by_role("button", name=re.compile("Nouveau lanceur|New Launcher", re.IGNORECASE)).first.click()
        with suppress(PlaywrightError):
            page.locator(".jp-Launcher:visible").first.wait_for(timeout=20_000)
            expect(tiles(page)).to_have_count(3, timeout=20_000)
            shoot(page, "lanceur")
            tiles(page).filter(has_text="Rappel du matin").click(timeout=10_000)
            break
    expect(heading).to_contain_text("rappel du matin", timeout=READY_MS)
    expect(page.get_by_role("button", name="Validate")).to_have_count(0)
    expect(page.get_by_role("button", name="Notebook", exact=True)).to_have_count(0)
