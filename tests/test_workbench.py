"""The workbench of a learner: cells in their own language, the live preview, its inspector; real Lab, real Chromium."""

import json
import shutil
import socket

import pytest
from laboratory import READY_MS, WIDE, notebook, open_notebook, shoot, watched_page
from playwright.sync_api import expect

pytestmark = [pytest.mark.lab, pytest.mark.browser]

LESSON = "cours/essai.ipynb"
CELLS = [
    (
        '<!-- carte.html -->\n<!DOCTYPE html>\n<html lang="fr">\n<head>\n<title>Carte</title>\n'
        '<link rel="stylesheet" href="style.css">\n</head>\n<body>\n<h1 class="titre">La carte</h1>\n'
        '<p>Le plat du jour.</p>\n<script src="script.js"></script>\n</body>\n</html>'
    ),
    "/* style.css */\n.titre { color: rgb(0, 0, 128); margin: 12px; }",
    '// script.js\nconst mot = "Bonjour";\nconsole.log(mot);',
    '// plats.json\n[{"nom": "Soupe"}]',
]


@pytest.fixture
def page(chromium):
    with watched_page(chromium) as page:
        yield page


def open_cells(page, space, cells=CELLS):
    folder, address = space
    (folder / LESSON).write_text(json.dumps(notebook(cells)), "utf-8")
    open_notebook(page, address, LESSON)


def editor(page, at):
    return page.locator(".jp-Notebook:visible .jp-CodeCell").nth(at).locator(".cm-content")


def replace(page, at, text):
    editor(page, at).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def coloured(page, at, word):
    """Whether a word of a cell has a colour of its own."""
    return page.evaluate(
        """([at, word]) => {
            const cell = document.querySelectorAll(".jp-Notebook .jp-CodeCell .cm-content")[at];
            const spans = [...cell.querySelectorAll("span")].filter((span) => span.textContent === word);
            return spans.some((span) => getComputedStyle(span).color !== getComputedStyle(cell).color);
        }""",
        [at, word],
    )


def wait_until(page, condition, timeout=30_000):
    """Wait until a function of Python is true."""
    for _ in range(timeout // 100):
        if condition():
            return
        page.wait_for_timeout(100)
    pytest.fail("never true")


def language(page, at):
    return editor(page, at).get_attribute("data-language")


def test_each_cell_has_the_language_of_its_first_line(page, space):
    open_cells(page, space)
    for at, name in enumerate(["html", "css", "javascript", "json"]):
        wait_until(page, lambda at=at, name=name: language(page, at) == name)
    for at, word in [(0, "h1"), (1, "color"), (2, "const")]:
        wait_until(page, lambda at=at, word=word: coloured(page, at, word))
    shoot(page, "langages")
    replace(page, 2, "/* autre.css */\np { color: red; }")
    wait_until(page, lambda: language(page, 2) == "css")


def test_the_language_of_a_cell_survives_the_start_of_the_kernel(page, space):
    open_cells(page, space)
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)
    wait_until(page, lambda: language(page, 1) == "css")
    replace(page, 1, "/* style.css */\n.titre { color: red; }")
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-InputPrompt")).to_contain_text("[1]", timeout=READY_MS)
    assert language(page, 1) == "css"


def test_tags_and_brackets_close_themselves(page, space):
    open_cells(page, space, ["<!-- a.html -->\n", "/* a.css */\n"])
    wait_until(page, lambda: language(page, 0) == "html")
    wait_until(page, lambda: language(page, 1) == "css")
    editor(page, 0).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("<em>")
    expect(editor(page, 0)).to_contain_text("<em></em>")
    editor(page, 1).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("p {")
    expect(editor(page, 1)).to_contain_text("p {}")


def test_properties_are_proposed_while_typing_even_without_a_kernel(page, space):
    page.route("**/api/kernels/**", lambda route: route.abort())
    page.route_web_socket("**/api/kernels/**", lambda socket: socket.close())
    open_cells(page, space, ["/* a.css */\np { }"])
    wait_until(page, lambda: language(page, 0) == "css")
    editor(page, 0).click()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("backg")
    expect(page.locator(".jp-Completer:visible")).to_contain_text("background-color", timeout=30_000)


HANG = "const fin = Date.now() + 12000;\nArray.prototype.some.call({ length: 1e15 }, () => Date.now() > fin);"


def card(page):
    """The frame of the live preview."""
    return page.frame_locator(".cp-preview iframe")


def shown(page):
    """The learner's page in the live preview, the last one drawn."""
    return card(page).frame_locator("#stage iframe:not([inert])")


def test_the_preview_opens_beside_a_lesson_and_follows_typing_without_the_kernel(page, space):
    page.route("**/api/kernels/**", lambda route: route.abort())
    page.route_web_socket("**/api/kernels/**", lambda socket: socket.close())
    open_cells(page, space)
    expect(shown(page).locator("h1")).to_have_text("La carte", timeout=READY_MS)
    expect(shown(page).locator("h1")).to_have_css("color", "rgb(0, 0, 128)")
    replace(page, 1, "/* style.css */\n.titre { color: rgb(200, 0, 0); }")
    expect(shown(page).locator("h1")).to_have_css("color", "rgb(200, 0, 0)")
    replace(
        page, 2, "// script.js\ndocument.querySelector('h1').textContent = 'Changé';\nconsole.log('Bonjour');\nplat;"
    )
    expect(shown(page).locator("h1")).to_have_text("Changé")
    expect(card(page).locator("#notice")).to_contain_text("script.js, ligne 4")
    shoot(page, "apercu-direct")
    card(page).get_by_role("tab", name="Console").click()
    expect(card(page).locator("#lines")).to_contain_text("Bonjour")


def test_the_preview_shows_the_page_of_the_active_cell(page, space):
    open_cells(page, space, ["<!-- a.html -->\n<h1>A</h1>", "/* b.css */\nh1 { margin: 0 }",
                             '<!-- b.html -->\n<link rel="stylesheet" href="b.css"><h1>B</h1>'])  # fmt: skip
    editor(page, 0).click()
    expect(shown(page).locator("h1")).to_have_text("A", timeout=READY_MS)
    editor(page, 1).click()
    expect(shown(page).locator("h1")).to_have_text("B")
    editor(page, 0).click()
    expect(shown(page).locator("h1")).to_have_text("A")


def test_a_script_is_not_run_half_typed_and_an_endless_loop_freezes_neither_lab_nor_the_preview(page, space):
    open_cells(page, space)
    expect(shown(page).locator("h1")).to_have_text("La carte", timeout=READY_MS)
    replace(page, 2, "// script.js\nwhile (true) { }")
    expect(card(page).locator("#notice")).to_contain_text("tourne sans fin", timeout=READY_MS)
    editor(page, 0).click()
    assert page.evaluate("1 + 1") == 2
    replace(page, 2, "// script.js\ndocument.querySelector('h1').textContent = 'Réparé';")
    expect(shown(page).locator("h1")).to_have_text("Réparé", timeout=READY_MS)


@pytest.fixture
def full_page(chromium):
    """A page in a full Chromium, where a sandboxed frame has a process of its own, as in a learner's browser."""
    from codephenix.browser import find_chromium

    full = shutil.which(find_chromium().with_name("chromium"))
    if not full:
        pytest.skip("only the headless shell is here")
    browser = chromium.browser_type.launch(executable_path=full, args=["--no-sandbox"])
    yield browser.new_context(locale="fr-FR", viewport=WIDE).new_page()
    browser.close()


def test_a_page_that_hangs_freezes_not_lab_which_says_so_and_offers_a_fresh_preview(full_page, space):
    """Some loops cannot be stopped from inside: here one that ends after 12 s, so that the test ends too."""
    page = full_page
    open_cells(page, space)
    expect(shown(page).locator("h1")).to_have_text("La carte", timeout=READY_MS)
    replace(page, 2, f"// script.js\n{HANG}")
    page.evaluate("() => { window.beats = []; setInterval(() => beats.push(performance.now()), 50); }")
    page.wait_for_function("() => beats.length > 40", timeout=READY_MS)  # past the pause after which a script runs
    page.keyboard.type("// ")
    page.wait_for_function("() => document.querySelector('.cp-preview button')", timeout=READY_MS)
    gaps = page.evaluate("() => Math.max(...beats.slice(1).map((at, rank) => at - beats[rank]))")
    assert gaps < 5000  # Lab's own thread was never held as long as the page is
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("// script.js\ndocument.querySelector('h1').textContent = 'Réparé';")
    page.evaluate("() => document.querySelector('.cp-preview button')?.click()")
    expect(shown(page).locator("h1")).to_have_text("Réparé", timeout=READY_MS)


def test_the_button_closes_and_opens_the_preview_and_the_choice_is_kept(page, space):
    open_cells(page, space)
    expect(page.locator(".cp-preview iframe")).to_be_visible(timeout=READY_MS)
    button = page.get_by_role("button", name="Aperçu", exact=True)
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(page.locator(".cp-preview")).to_have_count(0)
    page.reload()
    editor(page, 0).wait_for(timeout=READY_MS)
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)
    expect(page.locator(".cp-preview")).to_have_count(0)
    button.click()
    expect(shown(page).locator("h1")).to_have_text("La carte")


def test_widths_rotation_and_zoom(page, space):
    open_cells(page, space, ["<!-- a.html -->\n<h1>A</h1>"])
    expect(shown(page).locator("h1")).to_have_text("A", timeout=READY_MS)
    width = lambda: shown(page).locator("html").evaluate("() => innerWidth")  # noqa: E731
    card(page).locator("#widths label", has_text="320").click()
    wait_until(page, lambda: width() == 320)
    card(page).get_by_role("button", name="Tourner").click()
    wait_until(page, lambda: width() == 568)
    card(page).locator("#widths label", has_text="libre").click()
    free = width()
    card(page).locator("#zoom").select_option("2")
    wait_until(page, lambda: abs(width() - free / 2) <= 1)
    expect(card(page).locator("#size")).to_contain_text("200 %")


def test_the_inspector_says_box_rules_role_and_name(page, space):
    open_cells(page, space)
    expect(shown(page).locator("h1")).to_have_text("La carte", timeout=READY_MS)
    card(page).get_by_role("button", name="Inspecter").click()
    shown(page).locator("h1").hover()
    panel = card(page).get_by_role("region", name="Inspecteur")
    expect(panel).to_contain_text('<h1 class="titre">')
    expect(panel).to_contain_text("12 px")
    expect(panel).to_contain_text("le titre (heading)")
    expect(panel.locator(".access")).to_contain_text("« La carte »")
    expect(panel.locator(".rules")).to_contain_text("style.css")
    shoot(page, "inspecteur")
    panel.get_by_role("button", name="Suivant").click()
    expect(panel).to_contain_text("<p>")
    replace(page, 0, CELLS[0].replace("Le plat du jour.", "Le plat."))
    expect(panel).to_contain_text("<p>")


def test_the_page_before_goes_and_the_scroll_stays(page, space):
    long = "<!-- a.html -->\n<h1>A</h1>" + "<p>Ligne</p>" * 200
    open_cells(page, space, [long])
    expect(shown(page).locator("h1")).to_have_text("A", timeout=READY_MS)
    shown(page).locator("html").evaluate("() => scrollTo(0, 1000)")
    wait_until(page, lambda: shown(page).locator("html").evaluate("() => scrollY") == 1000)
    page.wait_for_timeout(200)
    replace(page, 0, long.replace("<h1>A", "<h1>B"))
    expect(shown(page).locator("h1")).to_have_text("B")
    wait_until(page, lambda: shown(page).locator("html").evaluate("() => scrollY") == 1000)
    expect(card(page).locator("#stage iframe")).to_have_count(1)


def test_the_preview_is_accessible(page, space, root):
    open_cells(page, space)
    expect(shown(page).locator("h1")).to_have_text("La carte", timeout=READY_MS)
    card(page).get_by_role("button", name="Inspecter").click()
    expect(card(page).locator("#described h2")).to_be_visible()
    frame = next(one for one in page.frames if one.parent_frame == page.main_frame and "srcdoc" in one.url)
    frame.evaluate((root / "codephenix" / "assets" / "axe.js").read_text("utf-8"))
    found = frame.evaluate(
        "async () => (await axe.run({exclude: ['iframe']})).violations.map((v) => [v.id, v.nodes[0].html])"
    )
    assert found == []


def test_the_keyboard_goes_from_the_page_back_to_the_notebook(page, space):
    open_cells(page, space, ["<!-- a.html -->\n<h1>A</h1><button>Un bouton</button>"])
    expect(shown(page).locator("h1")).to_have_text("A", timeout=READY_MS)
    shown(page).locator("button").focus()
    page.keyboard.press("Escape")
    wait_until(page, lambda: page.evaluate("document.activeElement.closest('.jp-Notebook') !== null"))


def test_a_page_of_the_preview_reaches_neither_lab_nor_the_network(page, space):
    server = socket.create_server(("127.0.0.1", 0))  # counts connections: DevTools also reports what the policy stops
    server.settimeout(0)
    attack = """<!-- a.html -->
<h1>A</h1><script>
const said = [];
const attempt = (name, run) => { try { run(); said.push(name); } catch { } };
attempt("parent", () => parent.parent.document.title);
attempt("cookie", () => document.cookie);
attempt("top", () => { top.location = "http://127.0.0.1:PORT/"; });
fetch("/api/contents").then((answer) => answer.ok && said.push("fetch"), () => {});
new Image().src = "http://127.0.0.1:PORT/x.png";
setTimeout(() => document.querySelector("h1").textContent = "fuites : " + said.join(), 500);
</script>""".replace("PORT", str(server.getsockname()[1]))
    open_cells(page, space, [attack])
    expect(shown(page).locator("h1")).to_have_text("fuites : ", timeout=READY_MS)
    with server, pytest.raises(BlockingIOError):
        server.accept()


def menus(page):
    return page.locator("#jp-MainMenu > ul > li")


def test_the_layout_is_simple_and_the_full_one_is_one_click_away_and_kept(page, space):
    open_cells(page, space)
    full = page.get_by_role("button", name="Présentation complète")
    expect(full).to_be_visible(timeout=READY_MS)
    expect(menus(page).filter(has_text="Noyau")).to_have_count(0)
    expect(page.get_by_role("tab", name="Inspecteur de propriétés")).not_to_be_visible()
    expect(page.locator("[data-jp-item-name='cut']:visible")).to_have_count(0)
    for name in ("Vérifier", "Aperçu"):
        expect(page.locator(".jp-NotebookPanel-toolbar").get_by_role("button", name=name, exact=True)).to_be_visible()
    shoot(page, "presentation-simple")
    full.click()
    expect(menus(page).filter(has_text="Noyau")).to_have_count(1)
    expect(page.get_by_role("tab", name="Inspecteur de propriétés")).to_be_visible()
    order = menus(page).all_inner_texts()
    assert order.index("Affichage") < order.index("Noyau") < order.index("Aide")
    page.wait_for_timeout(500)  # the setting is written
    page.reload()
    simple = page.get_by_role("button", name="Présentation simple")
    expect(simple).to_be_visible(timeout=READY_MS)
    simple.click()
    expect(full).to_be_visible()


def test_hints_come_one_by_one(page, space):
    folder, address = space
    data = notebook(["<!-- a.html -->\n<h1>A</h1>"])
    hints = "".join(f"<details><summary>Indice {n}</summary>\n\nAide {n}.\n\n</details>\n\n" for n in (1, 2, 3))
    data["cells"].insert(
        0,
        {
            "cell_type": "markdown",
            "id": "m",
            "metadata": {},
            "source": hints + "<details><summary>Le saviez-vous ?</summary>\n\nOui.\n\n</details>",
        },
    )
    (folder / LESSON).write_text(json.dumps(data), "utf-8")
    open_notebook(page, address, LESSON)
    hint = lambda n: page.locator("summary", has_text=f"Indice {n}")  # noqa: E731
    expect(hint(1)).to_be_visible(timeout=READY_MS)
    expect(page.locator("summary", has_text="saviez")).to_be_visible()
    expect(hint(2)).to_be_hidden()
    hint(1).click()
    expect(hint(2)).to_be_visible()
    expect(hint(3)).to_be_hidden()
    hint(1).click()
    expect(hint(2)).to_be_visible()


def test_the_side_bar_says_which_exercises_are_done(page, space, root):
    folder, address = space
    week, name = "s01-premiere-page", "04-premiere-balise"
    source = json.loads((root / "source" / week / f"{name}.ipynb").read_text("utf-8"))
    path = folder / "exercices" / week / f"{name}.ipynb"
    work = json.loads(path.read_text("utf-8"))
    answers = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell["source"] for cell in source["cells"]}
    for cell in work["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = answers[cell["metadata"]["nbgrader"]["grade_id"]]
    path.write_text(json.dumps(work), "utf-8")
    open_notebook(page, address, f"exercices/{week}/{name}.ipynb")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)
    page.get_by_role("tab", name="Ma progression").click()
    panel = page.locator(".cp-progress")
    expect(panel).to_contain_text("Semaine 1", timeout=30_000)
    expect(panel.locator("details[open]")).to_contain_text("0 sur")
    page.get_by_role("menuitem", name="Exécution", exact=True).click()
    page.get_by_role("menuitem", name="Exécuter toutes les cellules", exact=True).click()
    expect(panel.locator("details[open]")).to_contain_text("1 sur", timeout=READY_MS)
    expect(panel.locator("details[open] li", has_text="fait").first).to_be_visible()
    shoot(page, "progression")
    page.evaluate((root / "codephenix" / "assets" / "axe.js").read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run('.cp-progress')).violations.map((v) => [v.id, v.nodes[0].html])")
    assert found == []
