"""Inert pages share a process: what counts as inert, and that nothing passes from one submission to the next."""

import base64

import pytest

from codephenix.browser import engine as engines
from codephenix.browser.inert import is_inert
from codephenix.results import Verdict
from codephenix.site import File, Site

RED = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC")


def site(**files):
    return Site(
        {path: File(path, text.encode()) for path, text in ((_path(name), text) for name, text in files.items())}
    )


def _path(name):
    return name.replace("_", ".")


PLAIN = '<!DOCTYPE html><html lang="fr"><head><title>A</title><meta name="description" content="x"><link rel="stylesheet" href="a.css"></head><h1>A</h1></html>'


@pytest.mark.parametrize(
    "page",
    [
        PLAIN,
        "<p>JavaScript est un langage. Mon numéro : une suite de chiffres.</p>",
        '<form action="suite.html"><label>Nom <input name="nom" required></label><button>Envoyer</button></form>',
        '<a href="autre.html" target="_blank">Autre</a><video controls src="film.mp4"></video>',
    ],
)
def test_plain_pages_are_inert(page):
    assert is_inert(site(page_html=page, a_css="h1 { color: red }"), "page.html")


@pytest.mark.parametrize(
    "page",
    [
        "<script>1</script>",
        "<SCRIPT SRC=a.js></SCRIPT>",
        "<svg/onload=alert(1)>",
        "<img src=x ONERROR\n=\n'x'>",
        '<a href="javascript:void 0">x</a>',
        "<a href='JavaScript :x'>x</a>",
        "<iframe src=a.html></iframe>",
        "<iframe srcdoc='x'>",
        "<object data=a.svg></object>",
        "<embed src=a.svg>",
        '<meta http-equiv="refresh" content="0">',
        "<noscript>x</noscript>",
        '<base href="/x/">',
        "<div><template shadowrootmode=open></template></div>",
        "<style>@view-transition { navigation: auto }</style>",
        "<p>" + "x" * 100_000,
    ],
)
def test_anything_else_is_not(page):
    assert not is_inert(site(page_html=page), "page.html")


def test_what_the_page_loads_counts():
    page = '<link rel="stylesheet" href="a.css">'
    assert is_inert(site(page_html=page, a_css="p { margin: 0 }"), "page.html")
    assert not is_inert(site(page_html=page, a_css="@view-transition { navigation: auto }"), "page.html")
    assert not is_inert(site(page_html='<p>a</p><!-- "b.js" -->', b_js="1"), "page.html")
    assert not is_inert(site(page_html="<p>a</p>"), "other.html")


TITLE = 'test("Le titre", () => { expect(page.locator("h1")).toHaveText("A"); });'
COLOUR = 'test("La couleur", () => { expect(page.locator("h1")).toHaveStyle("color", "red"); });'


@pytest.fixture
def trials(monkeypatch):
    """Names of the sites that went the long way."""
    seen = []
    trial = engines.Trial

    def counted(*given):
        seen.append(given[-1])
        return trial(*given)

    monkeypatch.setattr(engines, "Trial", counted)
    return seen


@pytest.mark.browser
class TestSharedPage:
    def test_inert_pages_go_the_short_way(self, browser, trials):
        run = browser.run(site(page_html=PLAIN, a_css=""), TITLE, "page.test.js")
        assert run.verdict is Verdict.PASS
        assert not trials
        browser.run(site(page_html="<script></script><h1>A</h1>"), TITLE, "page.test.js")
        assert trials == ["page.test.js"]

    def test_both_ways_say_the_same(self, browser, trials):
        script = """
            test("Passe", () => { expect(page.locator("h1")).toExist(); });
            test("Échoue", { points: 2 }, () => { expect(page.locator("h1")).toHaveText("B"); });
            test("Étroit", { width: 320 }, () => { expect(document.documentElement.clientWidth).toBe(320); });
            test("Autre", { page: "b.html" }, () => { expect(page.locator("h1")).toHaveText("B"); });
            test("Clic", async () => { await user.click(page.locator("h1")); expect(page).toHaveNoErrors(); });
            test("Après", () => { expect(page.locator("h1")).toHaveText("A"); });
            test("Panne", () => { absent(); });
            test("Fichiers", () => { expect(page).toLoadEverything(); });
        """
        files = {"a_css": "h1 { color: red }", "b_html": "<h1>B</h1>"}
        short = browser.run(site(page_html=PLAIN, **files), script, "page.test.js")
        assert not trials
        long = browser.run(site(page_html=PLAIN + "<script></script>", **files), script, "page.test.js")
        assert trials
        assert short.results == long.results
        assert [result.verdict for result in short.results] == [
            Verdict.PASS, Verdict.FAIL, Verdict.PASS, Verdict.PASS, Verdict.PASS, Verdict.PASS, Verdict.ERROR, Verdict.PASS,
        ]  # fmt: skip

    def test_next_submission_gets_its_own_files(self, browser, trials):
        wide = '<style>img { width: auto }</style><img src="a.png" alt="a">'
        size = 'test("La largeur", () => {{ expect(page.locator("img").element.naturalWidth).toBe({}); }});'
        for colour, verdict in (("red", Verdict.PASS), ("blue", Verdict.FAIL), ("red", Verdict.PASS)):
            run = browser.run(site(page_html=PLAIN, a_css=f"h1 {{ color: {colour} }}"), COLOUR, "page.test.js")
            assert run.verdict is verdict
        for picture, width in ((RED, 1), (b"not a picture", 0), (RED, 1)):
            shown = Site({"page.html": File("page.html", wide.encode()), "a.png": File("a.png", picture)})
            assert browser.run(shown, size.format(width), "page.test.js").verdict is Verdict.PASS
        assert not trials

    def test_focus_scroll_and_fields_are_new(self, browser):
        long = '<h1>A</h1><div style="height: 5000px"></div><input id="n">'
        act = 'test("Agit", async () => { await user.fill(page.locator("#n"), "x"); expect(window.scrollY).not.toBe(0); });'
        look = """test("Neuf", () => {
            expect(window.scrollY).toBe(0); expect(page.locator("#n")).toHaveValue("");
            expect(document.activeElement).toBe(document.body); });"""
        assert browser.run(site(page_html=long), act, "page.test.js").verdict is Verdict.PASS
        assert browser.run(site(page_html=long), look, "page.test.js").verdict is Verdict.PASS

    def test_a_script_that_hides_is_held_back(self, browser, trials):
        """An obfuscated javascript: address is not seen, and does not run."""
        page = "<h1>B</h1><a href=\"java&#115;cript&#58;document.querySelector('h1').textContent='A'\">x</a>"
        click = 'test("Clic", async () => { await user.click(page.locator("a")); expect(page.locator("h1")).not.toExist(); });'
        run = browser.run(site(page_html=page), click, "page.test.js")
        assert not trials
        assert run.verdict is Verdict.FAIL

    def test_a_broken_test_file_is_explained(self, browser, trials):
        run = browser.run(site(page_html=PLAIN), "test(", "page.test.js")
        assert "ne peut pas s’exécuter" in run.problem
        assert trials, "the long way explains"

    def test_an_endless_test_is_explained(self, browser):
        run = browser.run(site(page_html=PLAIN), 'test("a", () => { for (;;); });', "page.test.js")
        assert run.verdict is Verdict.ERROR
        assert browser.run(site(page_html=PLAIN), TITLE, "page.test.js").verdict is Verdict.PASS
