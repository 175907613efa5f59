"""The likeness of a page and its mock-up: what an eye lets pass, what it sees, and what cannot be faked."""

import base64
import json

import pytest

from codephenix import likenesses, mockups
from codephenix.results import TestResult, TestRun, Verdict
from codephenix.site import File, Site

pytestmark = pytest.mark.browser

STYLE = """
* { box-sizing: border-box; }
body { margin: 0; font-family: sans-serif; color: #222; }
header { background: #16324f; color: white; padding: 16px 48px; display: flex; justify-content: space-between; }
header a { color: white; margin-left: 16px; }
.hero { background: #e8eef5; padding: 48px; }
.hero a { background: #c2410c; color: white; padding: 12px 20px; border-radius: 6px; }
.cartes { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 20px; padding: 32px 48px; }
.carte { border: 1px solid #8a8f98; padding: 16px; }
footer { background: #222; color: white; padding: 24px 48px; }
@media (max-width: 600px) { .cartes { grid-template-columns: 1fr; } header { display: block; } }
"""
BODY = """
<header><strong>Boulangerie du port</strong><nav><a href="#">Pains</a><a href="#">Horaires</a></nav></header>
<section class="hero"><h1>Du pain chaud dès six heures</h1><p>Une farine de la vallée, un levain de dix ans.</p>
<p><a href="#">Voir les pains</a></p></section>
<section class="cartes"><article class="carte"><h2>Campagne</h2><p>Un kilo, croûte épaisse.</p></article>
<article class="carte"><h2>Seigle</h2><p>Parfait avec des huîtres.</p></article>
<article class="carte"><h2>Brioche</h2><p>Le dimanche seulement.</p></article></section>
<footer><p>12 quai des Lices, ouvert du mardi au dimanche.</p></footer>
"""
ZONES = '{ "en-tête": "header", "héros": ".hero", "cartes": ".cartes", "pied": "footer" }'
TESTS = f"""// page.test.js
test("La page ressemble à la maquette", async () => {{
  await expect(page).toMatchMockup("maquette.png", {{ zones: {ZONES} }});
}});"""
NARROW = TESTS.replace("{ zones", "{ width: 375, zones")


def page(style=STYLE, body=BODY, head="", **files):
    text = f'<!DOCTYPE html><html lang="fr"><head><title>Pain</title><style>{style}</style>{head}</head><body>{body}</body>'
    return Site({"page.html": File("page.html", text.encode())}, files.get)


@pytest.fixture(scope="module")
def mockup(browser):
    return made(browser, TESTS)


@pytest.fixture(scope="module")
def narrow(browser):
    return made(browser, NARROW)


def made(browser, tests, site=None):
    run, found = browser.mockups(site or page(), tests, "page.test.js")
    assert run.verdict is Verdict.PASS, run
    return found["maquette.png"]


def compared(browser, mockup, site, tests=TESTS):
    given = Site(site.files, lambda path: mockup if path == "maquette.png" else site.given(path))
    return browser.run(given, tests, "page.test.js").results[0]


def test_the_solution_and_other_markup_for_the_same_render_pass(browser, mockup):
    assert compared(browser, mockup, page()).verdict is Verdict.PASS
    other = (
        BODY.replace("section", "div").replace("article", "div").replace("<strong>", "<b>").replace("</strong>", "</b>")
    )
    same = compared(browser, mockup, page(body=f"<div>{other}</div>"))
    assert same.verdict is Verdict.PASS, same


def test_what_no_eye_sees_passes(browser, mockup):
    for old, new in [
        ("#16324f", "#17334f"),
        ("padding: 48px; }", "padding: 48px 48.4px; }"),
        ("radius: 6px", "radius: 5px"),
    ]:
        assert old in STYLE
        result = compared(browser, mockup, page(STYLE.replace(old, new)))
        assert result.verdict is Verdict.PASS, (new, result)


@pytest.mark.parametrize(
    ("style", "body", "message", "part"),
    [
        pytest.param("", "", "n’y est pas encore", (0, 0), id="blank"),
        pytest.param(
            ("padding: 48px; }", "padding: 50px; }"),
            None,
            "le bloc “héros” est 2 px trop bas",
            (0.75, 0.98),
            id="padding",
        ),
        pytest.param(("gap: 20px", "gap: 60px"), None, "le bloc “cartes” diffère", (0.7, 0.95), id="gap"),
        pytest.param(("#c2410c", "#0c41c2"), None, "le bloc “héros” diffère", (0.7, 0.95), id="colour"),
        pytest.param(("1fr 1fr 1fr", "1fr"), None, "le bloc “cartes”", (0.5, 0.85), id="one column"),
        pytest.param(
            None, ('<article class="carte"><h2>Bri', "<article hidden><h2>Bri"), "“cartes”", (0.7, 0.95), id="no card"
        ),
        pytest.param(("font-family: sans-serif;", ""), None, "le bloc “en-tête” diffère", (0, 0.5), id="font"),
        pytest.param(("background: #e8eef5;", ""), None, "le bloc “héros”", (0.6, 0.8), id="background"),
        pytest.param(None, ("<footer>", "<footer hidden>"), "le bloc “pied” n’y est pas", (0.7, 0.8), id="no footer"),
    ],
)
def test_what_an_eye_sees_is_said_and_costs_its_part(browser, mockup, *, style, body, message, part):
    changed = STYLE.replace(*style) if style else ("" if style == "" else STYLE)
    result = compared(browser, mockup, page(changed, BODY.replace(*body) if body else ("" if body == "" else BODY)))
    assert result.verdict is Verdict.FAIL
    assert message in result.message, (result.message, result.score)
    assert part[0] <= result.score <= part[1], (result.score, result.message)


PLAIN = """
* { box-sizing: border-box; }
body { margin: 0; font-family: sans-serif; color: #222; }
h1, h2 { margin: 0; }
section { height: 240px; padding: 0 24px; border-bottom: 4px solid #16324f; }
ul { margin: 0; padding: 0 24px; font-size: 14px; line-height: 18px; list-style: none; }
"""
TITLES = """
<section class="pain"><h1>Du pain chaud dès six heures</h1></section>
<ul><li>Campagne, croûte épaisse</li><li>Seigle</li><li>Brioche</li><li>Pain de mie, coupé pour vous</li></ul>
<section class="four"><h2>Le four est ouvert</h2></section>
"""
OF_TITLES = TESTS.replace(ZONES, '{ pain: ".pain", liste: "ul", four: ".four" }')


@pytest.fixture(scope="module")
def titles(browser):
    return made(browser, OF_TITLES, page(PLAIN, TITLES))


@pytest.mark.parametrize("shift", [10, 25, 40, 60])
@pytest.mark.parametrize(("block", "name"), [(".pain", "pain"), ("ul", "liste"), (".four", "four")])
def test_a_block_that_is_only_shifted_is_said_too_low_never_a_picture(browser, titles, block, name, shift):
    moved = page(f"{PLAIN} {block} {{ margin-top: {shift}px }}", TITLES)
    result = compared(browser, titles, moved, OF_TITLES)
    assert f"le bloc “{name}” est {shift} px trop bas" in result.message, result.message
    assert "vrai texte" not in result.message
    assert 0.9 < result.score < 0.93  # a quarter of one block in three is lost


def test_a_shifted_picture_of_a_block_is_still_a_picture(browser, titles):
    data = "data:image/png;base64," + base64.b64encode(titles).decode()
    picture = f'<div style="height:240px; background: url({data}) no-repeat"></div>'
    body = '<div style="height: 40px"></div>' + TITLES.replace(TITLES[: TITLES.index("<ul>")], picture)
    result = compared(browser, titles, page(PLAIN, body), OF_TITLES)
    assert "le texte du bloc “pain” n’est pas du vrai texte" in result.message
    assert result.score < 0.67


def test_another_text_in_a_shifted_block_differs_and_is_text(browser, titles):
    other = TITLES.replace("Du pain chaud dès six heures", "Des gâteaux tous les jours, sauf le lundi matin")
    result = compared(browser, titles, page(f"{PLAIN} .pain {{ margin-top: 40px }}", other), OF_TITLES)
    assert "le bloc “pain” diffère à" in result.message, result.message
    assert "vrai texte" not in result.message
    assert result.score > 0.67


def test_a_width_of_its_own_and_a_forgotten_media_query(browser, narrow):
    assert compared(browser, narrow, page(), NARROW).verdict is Verdict.PASS
    result = compared(browser, narrow, page(STYLE.partition("@media")[0]), NARROW)
    assert "À 375 px de large" in result.message
    assert result.score < 0.7


def test_points_follow_the_likeness(browser, mockup):
    tests = TESTS.replace('maquette", async', 'maquette", { points: 4 }, async')
    result = compared(browser, mockup, page(STYLE.replace("#c2410c", "#0c41c2")), tests)
    assert 0.7 * 4 <= result.earned < 4
    assert TestRun((result,)).earned == result.earned


def test_the_picture_is_small_and_described(browser, mockup):
    result = compared(browser, mockup, page(STYLE.replace("1fr 1fr 1fr", "1fr")))
    png = base64.b64decode(result.image.removeprefix("data:image/png;base64,"))
    assert png.startswith(mockups.SIGNATURE)
    assert 2_000 < len(result.image) < 100_000
    assert "À gauche la maquette" in result.alt
    assert "cartes" in result.alt


FAKES = {
    "shows the mock-up file": ('<img src="maquette.png" style="display:block">', "l’image de la maquette elle-même"),
    "shows a copy": ('<img src="copie.png" alt="" style="display:block">', "n’est pas du vrai texte"),
    "shows a data copy as a background": (
        '<div style="height:900px;background:url(DATA) no-repeat"></div>',
        "vrai texte",
    ),
    "shows a copy over hidden text": (f'<img src="DATA" style="position:absolute;top:0;left:0">{BODY}', ""),
    "paints a canvas": (
        (
            '<canvas id="c"></canvas><script>const i = new Image(); i.onload = () => { c.width = i.width; c.height = i.height;'
            'c.getContext("2d").drawImage(i, 0, 0); }; i.src = "DATA";</script>'
        ),
        "",
    ),
    "swaps when it is watched": (
        (
            '<img src="DATA" style="display:block"><script>setInterval(() => { if (document.adoptedStyleSheets.length)'
            ' document.body.innerHTML = ""; }); new MutationObserver(() => document.body.innerHTML = "").observe('
            "document, {subtree: true, childList: true, attributes: true});</script>"
        ),
        "",
    ),
    "forges the answer": (
        (
            "<script>codephenixAsk = () => {}; window.codephenix = {answer() {}, pose() {}}; Promise.prototype.then = f => f("
            "{score: 1, zones: []});</script>"
        ),
        "",
    ),
    "locks its style sheets": (
        (
            '<img src="DATA" style="display:block"><script>Object.defineProperty(document, "adoptedStyleSheets", {get: () => []'
            ", set() {}}); CSSStyleSheet.prototype.replaceSync = () => {};</script>"
        ),
        "",
    ),
}


@pytest.mark.parametrize("fake", FAKES)
def test_a_page_cannot_fake_a_match(browser, mockup, fake):
    body, message = FAKES[fake]
    data = "data:image/png;base64," + base64.b64encode(mockup).decode()
    result = compared(browser, mockup, page("body { margin: 0 }", body.replace("DATA", data), **{"copie.png": mockup}))
    assert result.verdict is not Verdict.PASS, result
    assert message in result.message, result.message
    assert result.score == 0, (result.score, result.message)
    assert compared(browser, mockup, page()).verdict is Verdict.PASS  # the next learner is graded right


def test_a_missing_or_foreign_mockup_is_an_error_of_the_test(browser, mockup):
    for given in (None, b"GIF89a", browser.screenshot(page(), "page.html")):
        result = compared(browser, given, page())
        assert result.verdict is Verdict.ERROR
        assert "maquette.png" in result.message
        assert "formateur" in result.message


def test_zones_of_a_page_without_names_are_its_large_blocks(browser):
    tests = TESTS.replace(f", {{ zones: {ZONES} }}", "")
    png = made(browser, tests)
    assert [zone["name"] for zone in mockups.read(png)["zones"]] == [
        "en-tête", "Du pain chaud dès six heures", "Campagne", "pied de page",
    ]  # fmt: skip
    longer = compared(browser, png, page(body=BODY + "<p>" + "Encore du texte. " * 40 + "</p>"), tests)
    assert "la page continue plus bas" in longer.message


def test_what_is_written_in_a_png_is_read_back_and_replaced(browser):
    png = browser.screenshot(page(), "page.html", width=80, height=60)
    once = mockups.write(png, {"zones": [{"name": "été"}], "whole": True})
    twice = mockups.write(once, {"zones": [{"name": "pied"}]})
    assert mockups.read(once) == {"zones": [{"name": "été"}], "whole": True}
    assert mockups.read(twice) == {"zones": [{"name": "pied"}]}
    assert mockups.read(png) is None
    assert len(twice) < len(png) + 100


@pytest.mark.parametrize("score", [1, 2, -1, "1", None, float("nan"), True])
def test_what_fails_never_earns_everything(score):
    result = TestResult.from_json({"phrase": "x", "verdict": "fail", "points": 2, "score": score})
    assert 0 <= result.earned < 2
    assert TestResult.from_json({**json.loads('{"phrase": "x"}'), "verdict": "error", "score": 0.9}).earned == 0


@pytest.mark.parametrize(
    "image", ["https://a.fr/x.png", 'data:image/png;base64,AA" onerror="', "data:image/svg+xml,<svg>", "x" * 10**6]
)
def test_only_a_small_png_is_shown(image):
    assert TestResult.from_json({"phrase": "x", "verdict": "fail", "image": image}).image == ""


def write_notebook(tmp_path, solution, tests, points=1):
    from assignments import cell, notebook, write

    return write(
        tmp_path / "carte.ipynb",
        notebook(
            cell("## La carte", "carte", "markdown"),
            cell(solution, "ecrire-carte", solution=True),
            cell(tests, "test-ecrire-carte", grade=True, locked=True, points=points),
        ),
    )


SOLUTION = (
    "<!-- page.html -->\n<!-- À vous : écrivez la page. -->\n<!-- BEGIN SOLUTION -->\n"
    f"<style>{STYLE}</style>{BODY}\n<!-- END SOLUTION -->"
)


def test_the_command_makes_the_mockups_beside_the_notebook(browser, tmp_path, capsys):
    from codephenix import cli
    from codephenix.folder import Folder

    path = write_notebook(tmp_path, SOLUTION, TESTS.replace('"maquette.png"', '"images/maquette.png"'))
    assert cli.main(["mockup", str(path)]) == cli.FINE
    assert "en-tête, héros, cartes, pied" in capsys.readouterr().out
    png = (tmp_path / "images" / "maquette.png").read_bytes()
    assert len(png) < mockups.MAX_BYTES
    site = Site(page().files, Folder(tmp_path).read)
    assert (
        browser.run(site, TESTS.replace('"maquette.png"', '"images/maquette.png"'), "page.test.js").verdict
        is Verdict.PASS
    )
    (tmp_path / "images" / "maquette.png").unlink()
    assert cli.main(["mockup", str(path)]) == cli.FINE
    assert (tmp_path / "images" / "maquette.png").read_bytes() == png  # the same solution gives the same bytes


@pytest.mark.parametrize(
    ("solution", "tests", "said"),
    [
        (SOLUTION, 'test("Oui", () => {});', "aucun test ne contient toMatchMockup"),
        (SOLUTION, TESTS + '\ntest("Non", () => { expect(page).toHaveTitle("x"); });', "n’obtient pas tout"),
        (SOLUTION, TESTS.replace(ZONES, '{ x: ".absent" }'), "aucun bloc"),
    ],
)
def test_a_mockup_that_cannot_be_made_says_why(tmp_path, capsys, solution, tests, said):
    from codephenix import cli

    assert cli.main(["mockup", str(write_notebook(tmp_path, solution, "// page.test.js\n" + tests))]) == cli.PROBLEM
    assert said in capsys.readouterr().err
    assert not list(tmp_path.glob("*.png"))


def test_a_nearly_right_page_earns_a_part_and_keeps_its_picture_in_the_feedback(browser, mockup):
    from codephenix.interpreter import Interpreter
    from codephenix.sanitise import output_html

    interpreter = Interpreter(browser.run, given=lambda path: mockup if path == "maquette.png" else None)
    wrong = STYLE.replace("#c2410c", "#0c41c2")
    interpreter.execute(f"<!-- page.html -->\n<!DOCTYPE html><style>{wrong}</style>{BODY}", "a")
    number, error = interpreter.execute(TESTS, "b").outputs
    assert number["output_type"] == "execute_result"
    assert 0.7 < float(number["data"]["text/plain"]) < 1
    assert error["output_type"] == "error"
    html = output_html(number["data"]["text/html"])
    assert '<img src="data:image/png;base64,' in html
    assert "En rouge" in html or "en rouge" in html
    assert len(html) < 110_000


LARGE, SMALL = "images/large.png", "images/small.png"


@pytest.fixture(scope="module")
def mockups_of_two_widths(browser):
    tests = "\n".join(
        f"test('{path}', {{ width: {width} }}, async () => {{ await expect(page).toMatchMockup('{path}'); }});"
        for path, width in [(LARGE, 1280), (SMALL, 375)]
    )
    run, found = browser.mockups(page(), tests, "page.test.js")
    assert run.verdict is Verdict.PASS, run
    return found


def looked(browser, found, site, asked=(LARGE, SMALL)):
    given = Site(site.files, lambda path: found.get(path) or site.given(path))
    widths = [mockups.width(found[path]) if path in found else 0 for path in asked]
    script = likenesses.script("page.html", [(path, width or 1280) for path, width in zip(asked, widths, strict=True)])
    return likenesses.likenesses(browser.run(given, script, likenesses.NAME), widths)


def decoded(browser, view):
    """Width and height of a picture, then what part of it is painted."""
    text = f"""test("taille", async () => {{
      const image = new Image();
      image.src = {json.dumps(view)};
      await image.decode();
      const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
      pen.drawImage(image, 0, 0);
      const data = pen.getImageData(0, 0, image.width, image.height).data;
      let painted = 0;
      for (let at = 3; at < data.length; at += 4) if (data[at]) painted += 1;
      rejectIf(true, `${{image.width}} ${{image.height}} ${{painted / (image.width * image.height)}}`);
    }});"""
    (result,) = browser.run(page(), text, "page.test.js").results
    return [float(word) for word in result.message.split()]


def test_a_page_is_looked_at_beside_each_mockup_and_the_solution_is_all_alike(browser, mockups_of_two_widths):
    large, small = looked(browser, mockups_of_two_widths, page())
    assert [(one.width, one.percent, one.said) for one in (large, small)] == [(1280, 100, ""), (375, 100, "")]
    assert likenesses.mean([large, small]) == 100
    assert large.sentence == "À 1280 px de large\u00a0: ressemblance\u00a0: 100\u00a0%."
    for one, width in [(large, 768), (small, 375)]:
        sizes = [decoded(browser, view) for view in (one.mockup, one.page, one.heat)]
        assert [size[0] for size in sizes] == [width] * 3
        assert len({size[1] for size in sizes}) == 1
        assert sizes[2][2] == 0  # nothing differs


def test_what_differs_is_said_scored_and_heated_at_its_width_alone(browser, mockups_of_two_widths):
    wide, small = looked(browser, mockups_of_two_widths, page(STYLE.replace("1fr 1fr 1fr", "1fr")))
    assert 40 <= wide.percent < 95
    assert wide.said.startswith("Le bloc “"), wide.said
    assert (small.percent, small.said) == (100, "")
    assert likenesses.mean([wide, small]) == (wide.percent + 100) // 2
    assert 0.005 < decoded(browser, wide.heat)[2] < 0.6


def test_a_mockup_that_is_lost_and_a_page_that_is_not_written_are_said(browser, mockups_of_two_widths):
    lost, large = looked(browser, mockups_of_two_widths, page(), ("images/absent.png", LARGE))
    assert (lost.percent, lost.page, large.percent) == (None, "", 100)
    assert "images/absent.png" in lost.said
    assert likenesses.mean([lost, large]) is None
    nothing = looked(browser, mockups_of_two_widths, Site({}, lambda _: None))
    assert all(one.percent is None and "page.html" in one.said for one in nothing), nothing


def test_a_page_that_shows_the_mockup_itself_is_refused(browser, mockups_of_two_widths):
    (refused,) = looked(browser, mockups_of_two_widths, page("", f'<img src="{LARGE}" alt="">'), (LARGE,))
    assert refused.percent is None
    assert "l’image de la maquette elle-même" in refused.said


@pytest.mark.parametrize(
    "views",
    [
        None, 3, [], ["data:image/webp;base64,AAAA"] * 2, ["data:image/webp;base64,AAAA"] * 4,
        ["data:image/png;base64,AAAA"] * 3, ["data:image/webp;base64,AAAA"] * 2 + ["https://example.net/a.webp"],
        ['data:image/webp;base64,AAAA" onerror="x'] * 3, ["data:image/webp;base64," + "A" * 200_000] * 3,
    ],
)  # fmt: skip
def test_views_of_another_shape_are_left_out(views):
    assert TestResult.from_json({"verdict": "fail", "views": views}).views == ()


def test_names_of_the_author_are_texts_in_the_script():
    hostile = '"); alert(1); ("'
    assert json.dumps(hostile) in likenesses.script(hostile, [("a.png", 320)])
