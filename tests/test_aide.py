"""The « Aide » panel: a page for each name of the course, found and opened in a real Lab, its examples alive."""

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
import tinycss2
from laboratory import READY_MS, leaves, notebook, open_notebook, shoot, watched_page
from playwright.sync_api import Error, expect

from codephenix.reference import GROUPS, attribute_entry, entries, find_link, listed, names
from codephenix.syllabus import loads

LESSON = "cours/aide.ipynb"
FAULTY = "// script.js\nconst titre = document.querySelecto('h1');"
PAGE = '<!-- page.html -->\n<h1>Bonjour</h1>\n<nav aria-label="Menu">Menu</nav>\n<script src="script.js"></script>'
TRIED = "<!-- essai.html -->"
LINKS = "Voir [la navigation](#aide:nav), [un attribut](#aide:attributes/title) et [rien](#aide:absent)."


def ready_code(root):
    """Code of the lessons and solutions of the ready weeks: where it is, extension, text."""
    for week in (week for week in loads((root / "course.toml").read_text("utf-8")).weeks if week.status == "ready"):
        for folder in ("course", "source"):
            for path in sorted((root / folder / week.slug).glob("*.ipynb")):
                for cell in json.loads(path.read_text("utf-8"))["cells"]:
                    if cell["cell_type"] == "code":
                        source = "".join(cell["source"])
                        yield f"{path.name} {cell['id']}", extension(source), source


def extension(source):
    name = re.match(r"\s*(?:<!--|/\*|//|#)\s*(\S+)", source)
    return name[1].rpartition(".")[2] if name and not name[1].endswith(".test.js") else ""


class Names(HTMLParser):
    """Elements, attributes, and the styles and scripts inside."""

    def __init__(self):
        super().__init__()
        self.found, self.styles, self.scripts, self.inside = set(), [], [], ""

    def handle_starttag(self, tag, attrs):
        self.inside = tag
        self.found.add(("elements", tag))
        for name, value in attrs:
            self.found.add(("attributes", f"{tag} {name}"))
            if name == "style":
                self.styles.append(f"x {{ {value} }}")

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside in ("style", "script"):
            (self.styles if self.inside == "style" else self.scripts).append(data)


def style_names(text):
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule":
            yield "at-rules", f"@{rule.lower_at_keyword}"
        if rule.type == "qualified-rule":
            prelude = tinycss2.serialize(rule.prelude)
            yield from (("pseudos", mark) for mark in re.findall(r"(?<!:):[a-z-]+", prelude))
            yield from (("pseudo-elements", mark) for mark in re.findall(r"::[a-z-]+", prelude))
            for part in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if part.type == "declaration" and not part.name.startswith("--"):
                    yield "properties", part.lower_name
        elif rule.type == "at-rule" and rule.content and rule.lower_at_keyword in ("media", "supports", "layer"):
            yield from style_names(tinycss2.serialize(rule.content))


def script_names(text):
    """Names that JavaScript or the browser gives: a learner's own names are not in names.json."""
    code = re.sub(r"//[^\n]*|/\*.*?\*/|'[^'\n]*'|\"[^\"\n]*\"|`[^`]*`", " ", text, flags=re.DOTALL)
    members = {name for held in names()["members"].values() for name in listed(held)}
    yield from (("members", name) for name in re.findall(r"\.(\w+)", code) if name in members)
    own = set(listed(names()["keywords"])) | set(listed(names()["globals"]))
    yield from (("keywords", name) for name in re.findall(r"(?<![.\w])\w+", code) if name in own)
    yield from (("events", name) for name in re.findall(r"addEventListener\(\s*[\"'](\w+)", text))


def used(kind, text):
    if kind == "html":
        parser = Names()
        parser.feed(text)
        yield from parser.found
        for style in parser.styles:
            yield from style_names(style)
        for script in parser.scripts:
            yield from script_names(script)
    elif kind == "css":
        yield from style_names(text)
    elif kind == "js":
        yield from script_names(text)


def exists(group, name):
    """A lesson also shows mistakes, as in ``<promo>``: such a name has no page."""
    if group == "elements":
        return name in names()["elements"]
    tag, _, attribute = name.partition(" ")
    own = {held.lower() for held in [*names()["attributes"], *names()["elements"].get(tag, {})]}
    return group != "attributes" or attribute in own


def has_page(group, name):
    if group == "attributes":
        tag, _, attribute = name.partition(" ")
        held = {"viewbox": "viewBox"}.get(attribute, attribute)  # html.parser gives lower case
        return attribute.startswith("data-") or attribute_entry(tag, held) is not None
    if group == "members":
        return any(entry.rpartition(".")[2] == name for entry in entries("members"))
    return any(name in entries(one) for one in ((group, "globals") if group == "keywords" else (group,)))


def test_every_name_used_in_a_ready_week_has_a_page(root):
    missing, seen = {}, set()
    for where, kind, text in ready_code(root):
        for group, name in used(kind, text):
            seen.add((group, name))
            if exists(group, name) and not has_page(group, name):
                missing.setdefault((group, name), where)
    assert len(seen) > 80
    assert missing == {}


def test_a_link_finds_a_page_by_name_or_by_group():
    assert find_link("title") == "elements/title"
    assert find_link("attributes/title") == "attributes/title"
    assert find_link("attributes/absent") is None
    assert find_link("absent") is None


def test_the_asset_holds_every_entry(root):
    built = json.loads((root / "codephenix" / "assets" / "aide.json").read_text("utf-8"))
    assert [one["id"] for one in built["entries"]] == [f"{group}/{name}" for group in GROUPS for name in entries(group)]


@pytest.fixture(scope="module")
def page(space, chromium):
    """One Lab for the file: each test leaves the notebook as it was."""
    folder, address = space
    data = notebook([PAGE, FAULTY, TRIED])
    data["cells"].insert(0, {"cell_type": "markdown", "id": "m", "metadata": {}, "source": LINKS})
    (folder / LESSON).write_text(json.dumps(data), "utf-8")
    with watched_page(chromium) as page:
        open_notebook(page, address, LESSON)
        expect(page.locator("#jp-main-statusbar")).to_contain_text("Inactif", timeout=READY_MS)
        yield page


def in_lab(test):
    """A test in a real Lab."""
    return pytest.mark.lab(pytest.mark.browser(test))


def panel(page):
    return page.locator(".cp-aide")


def title(page):
    return panel(page).locator("article h2")


def violations(page, root, part=".cp-aide"):
    if not page.evaluate("'axe' in window"):
        page.evaluate((root / "codephenix" / "assets" / "axe.js").read_text("utf-8"))
    axe = "async (part) => (await axe.run(part)).violations.map((v) => [v.id, v.nodes[0].html])"
    return page.evaluate(axe, part)


@in_lab
def test_the_panel_is_searched_and_read_with_the_keyboard(page, root):
    page.get_by_role("button", name="Aide", exact=True).click()
    search = panel(page).get_by_role("searchbox")
    expect(search).to_be_focused(timeout=READY_MS)
    expect(panel(page).locator("summary").first).to_contain_text("Élément HTML")
    assert violations(page, root) == []
    page.keyboard.type("EPAISSEUR lettres")
    expect(panel(page).get_by_role("status")).to_contain_text("résultat")
    expect(panel(page).locator("li").first).to_contain_text("font-weight")
    assert violations(page, root) == []
    shoot(page, "aide-recherche")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(title(page)).to_be_focused()
    expect(title(page)).to_contain_text("font-weight · propriété CSS")
    for head in ("Exemple", "En anglais", "Sans cette ligne", "Valeurs"):
        expect(panel(page).get_by_role("heading", name=head)).to_be_visible()
    expect(panel(page).frame_locator("iframe").locator(".exemple")).to_have_css("font-weight", "700")
    assert violations(page, root) == []
    shoot(page, "aide-page")
    page.keyboard.press("Escape")
    expect(search).to_be_focused()
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.closest('.jp-Notebook') !== null")


@in_lab
def test_f1_opens_the_page_of_the_word_under_the_cursor(page):
    editor = page.locator(".jp-Notebook:visible .jp-CodeCell .cm-content").first
    editor.click()
    page.keyboard.press("Control+Home")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("F1")
    expect(title(page)).to_contain_text("<nav>", timeout=READY_MS)


def tried(page):
    return page.locator(".jp-Notebook:visible .jp-CodeCell .cm-content").nth(2)


def propose(page, text):
    """Write the third cell anew, and wait for the list."""
    tried(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(f"{TRIED}\n")
    page.keyboard.type(text)
    active = page.locator(".jp-Completer:visible .jp-Completer-item.jp-mod-active")
    for _ in range(
        12
    ):  # on a busy machine, Lab gives up on an answer that comes after a second: the next letter asks again
        try:
            active.wait_for(timeout=READY_MS / 12)
        except Error:
            page.keyboard.press("Backspace")
            page.keyboard.type(text[-1])
        else:
            break
    return page.locator(".cp-proposal")


def highlight(page, name, key="ArrowDown"):
    """Go through the list to a name."""
    active = page.locator(".jp-Completer:visible .jp-Completer-item.jp-mod-active")
    for _ in range(10):
        if active.get_attribute("data-value") == name:
            return
        page.keyboard.press(key)
    pytest.fail(f"{name} is not proposed")


@in_lab
def test_a_proposal_says_what_it_is_and_f1_opens_its_page(page, root):
    note = propose(page, "<se")
    expect(note).to_be_visible()
    highlight(page, "select")
    expect(note).to_contain_text("<select>")
    highlight(page, "section", "ArrowUp")
    expect(note).to_contain_text("<section>")
    assert violations(page, root, ".cp-proposal") == []
    box, list_box = note.bounding_box(), page.locator(".jp-Completer:visible").bounding_box()
    assert box["x"] >= list_box["x"] + list_box["width"] or box["y"] >= list_box["y"] + list_box["height"]
    shoot(page, "aide-completion")
    page.keyboard.press("F1")
    expect(title(page)).to_contain_text("<section>", timeout=READY_MS)
    expect(note).to_be_hidden()


@in_lab
def test_a_proposal_is_opened_with_the_mouse_and_writes_nothing(page):
    note = propose(page, "<art")
    expect(note).to_contain_text("<article>")
    note.get_by_role("button", name="Ouvrir l’aide").click()
    expect(title(page)).to_contain_text("<article>", timeout=READY_MS)
    expect(note).to_be_hidden()
    expect(tried(page)).to_contain_text(re.compile(r"<art$"))


@in_lab
def test_the_note_goes_with_the_list(page):
    note = propose(page, "<se")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


@in_lab
def test_shift_tab_leads_to_the_page(page):
    editor = page.locator(".jp-Notebook:visible .jp-CodeCell .cm-content").first
    editor.click()
    page.keyboard.press("Control+Home")
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("Shift+Tab")
    page.locator(".jp-Tooltip").get_by_role("link", name="Ouvrir la page de l’Aide").click(timeout=READY_MS)
    expect(title(page)).to_contain_text("<h1>")


@in_lab
def test_a_lesson_leads_to_a_page_and_a_name_without_page_to_the_search(page):
    lesson = page.locator(".jp-RenderedMarkdown:visible")
    lesson.get_by_role("link", name="la navigation").click()
    expect(title(page)).to_contain_text("<nav>")
    lesson.get_by_role("link", name="un attribut").click()
    expect(title(page)).to_contain_text("title · attribut HTML")
    lesson.get_by_role("link", name="rien").click()
    expect(panel(page).get_by_role("status")).to_contain_text("Rien n’a été trouvé")
    assert "#aide" not in page.url


@in_lab
def test_an_error_of_the_preview_leads_to_the_page_of_the_name_it_quotes(page):
    help_button = page.frame_locator(".cp-preview iframe").get_by_role("button", name="Aide : querySelector")
    help_button.click(timeout=READY_MS)
    expect(title(page)).to_contain_text("document.querySelector · membre JavaScript")
    live = panel(page).frame_locator("iframe")
    expect(live.locator("#console")).to_contain_text("titre = <h1>")
    shoot(page, "aide-javascript")


@in_lab
def test_only_a_card_may_ask_and_only_for_a_page_that_exists(page):
    page.get_by_role("button", name="Aide", exact=True).click()
    panel(page).get_by_role("searchbox").fill("nav")
    panel(page).locator("li button").first.click()
    page.evaluate(
        """() => {
            window.titles = [];
            const read = () => {
                const title = document.querySelector(".cp-aide article h2")?.textContent;
                if (title && title !== window.titles.at(-1)) window.titles.push(title);
            };
            new MutationObserver(read).observe(document.querySelector(".cp-aide"), { childList: true, subtree: true });
        }"""
    )
    ask = "(words) => parent.postMessage({ kind: 'aide-open', words }, '*')"
    preview = page.locator(".cp-preview iframe").element_handle().content_frame()
    page.evaluate(ask, ["const"])  # Lab's own window is no card
    preview.child_frames[0].evaluate("(words) => top.postMessage({ kind: 'aide-open', words }, '*')", ["class"])
    preview.evaluate(ask, ["<img src=x>", "nav", 7])  # no name of JavaScript
    preview.evaluate(ask, ["let"])
    expect(title(page)).to_contain_text("let · mot-clé")
    assert page.evaluate("window.titles") == ["let · mot-clé JavaScript"]


DOCUMENTS = """
import { liveExample } from "./web/src/lab/aide/example.ts";
import { readFileSync } from "node:fs";
const { entries, scenes } = JSON.parse(readFileSync("codephenix/assets/aide.json", "utf8"));
const made = entries.map((entry) => [entry.id, liveExample(entry, scenes)]).filter(([, live]) => live);
console.log(JSON.stringify(made));
"""
TALLEST = "Math.max(...[...document.querySelectorAll('body, body *')].map((one) => one.getBoundingClientRect().height))"


@pytest.mark.browser
@pytest.mark.skipif(not shutil.which("node"), reason="node composes the examples")
def test_every_live_example_shows_something_and_no_script_fails(root, chromium):
    """All in one page of sandboxed frames, as in the panel."""
    command = ["node", "--input-type=module", "-e", DOCUMENTS]
    made = json.loads(subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout)
    page = chromium.new_page()
    tried = []
    page.on("request", lambda request: tried.append(request.url) if leaves(request.url) else None)
    page.evaluate(
        """(all) => Promise.all(all.map(([id, live]) => new Promise((done) => {
            const frame = document.createElement("iframe");
            frame.name = id;
            frame.setAttribute("sandbox", live.sandbox);
            frame.onload = done;
            frame.srcdoc = live.html;
            document.body.append(frame);
        })))""",
        made,
    )
    faults = {}
    for frame in page.frames[1:]:
        group, _, name = frame.name.partition("/")
        if group in ("keywords", "globals", "members", "events"):
            said = frame.evaluate("document.querySelector('#console').textContent")
            if "Erreur" in said and "throw" not in entries(group)[name].example:
                faults[frame.name] = said
        elif frame.evaluate(TALLEST) < 8:
            faults[frame.name] = "nothing is shown"
        elif group == "properties" and not frame.evaluate("document.querySelector('.exemple, h2') !== null"):
            faults[frame.name] = "the example is about nothing"
    page.close()
    assert len(made) > 350
    assert faults == {}
    assert tried == []
