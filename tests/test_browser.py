"""The browser seen from Python: which page, which limits, what survives and what is left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

import codephenix.browser
from codephenix.browser import Browser, BrowserGone, BrowserMissing, engine, find_chromium, launch, trial
from codephenix.browser.chromium import Chromium
from codephenix.browser.errors import PageCrashed, PageFlooded
from codephenix.browser.page import Page
from codephenix.results import Verdict
from codephenix.site import File, Site

PAGE = "<!-- carte.html -->\n<!DOCTYPE html>\n<html lang='fr'><title>Carte</title>\n<body>{}</body></html>"
TITLE = 'test("titre", () => { expect(page).toHaveTitle("Carte"); });'

browser_test = pytest.mark.browser


def site(body="", **files):
    named = {f"{name.replace('_', '.')}": text for name, text in files.items()}
    return Site({path: File(path, text.encode()) for path, text in {"carte.html": PAGE.format(body), **named}.items()})


def only(run):
    (result,) = run.results
    return result


async def _dying(session):
    session.end(PageCrashed())
    raise PageCrashed


def test_public_names():
    assert codephenix.browser.__all__ == ["Browser", "BrowserGone", "BrowserMissing", "Tab", "find_chromium"]


def test_chromium_chosen_by_the_environment(monkeypatch):
    monkeypatch.setenv("CODEPHENIX_CHROMIUM", sys.executable)
    assert find_chromium() == Path(sys.executable)


def test_wrong_choice_of_chromium_names_the_variable(monkeypatch):
    monkeypatch.setenv("CODEPHENIX_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(BrowserMissing, match="CODEPHENIX_CHROMIUM"):
        find_chromium()


def test_without_chromium_the_message_says_what_to_install(monkeypatch):
    monkeypatch.delenv("CODEPHENIX_CHROMIUM", raising=False)
    monkeypatch.setattr(launch, "FOLDERS", ())
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BrowserMissing, match="sudo apt install chromium-headless-shell"):
        find_chromium()


@browser_test
@pytest.mark.parametrize("path", ["carte.html", "carte/index.html", "index.html"])
def test_page_follows_from_the_name_of_the_test(browser, path):
    shown = Site({path: File(path, PAGE.format("").encode())})
    assert browser.run(shown, TITLE, "carte.test.js").verdict is Verdict.PASS


@browser_test
@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("", "ne contient aucun test"),
        ('test("a", () => {\n  expect(;\n});', "ligne 2"),
        ('test("a", () => {});\nrien();', "ligne 2"),
        ("while (true) {}", "boucle sans fin"),
        ('test("a");', "n’a pas de fonction"),
        ('test("a", { largeur: 3 }, () => {});', "largeur"),
    ],
)
def test_broken_test_file_is_a_problem(browser, script, problem):
    run = browser.run(site(), script, "carte.test.js")
    assert problem in run.problem
    assert run.verdict is Verdict.ERROR


@browser_test
def test_without_a_page_the_problem_says_which_file_to_write(browser):
    assert "<!-- carte.html -->" in browser.run(Site(), TITLE, "carte.test.js").problem


@browser_test
def test_missing_page_of_one_test_fails_that_test_only(browser):
    script = TITLE + 'test("autre", { page: "autre.html" }, () => {});'
    first, second = browser.run(site(), script, "carte.test.js").results
    assert first.verdict is Verdict.PASS
    assert (second.verdict, "<!-- autre.html -->" in second.message) == (Verdict.FAIL, True)


@browser_test
def test_loop_at_load_is_an_error_that_names_the_line(browser):
    looping = site('<script src="script.js"></script>', script_js="// script.js\nlet i = 0;\nwhile (true) i++;")
    result = only(browser.run(looping, TITLE, "carte.test.js"))
    assert result.verdict is Verdict.ERROR
    assert result.where == "script.js, ligne 3"
    assert "La page ne finit pas de se charger" in result.message


@browser_test
def test_tests_after_a_hanging_one_go_on(browser):
    script = 'test("sans fin", () => new Promise(() => {}));' + TITLE
    first, second = browser.run(site(), script, "carte.test.js").results
    assert (first.verdict, second.verdict) == (Verdict.ERROR, Verdict.PASS)
    assert "2 secondes" in first.message


@browser_test
def test_whole_run_is_limited(browser, monkeypatch):
    monkeypatch.setattr(trial, "RUN_S", 1.0)
    script = 'test("sans fin", () => new Promise(() => {}));' * 3
    run = browser.run(site(), script, "carte.test.js")
    assert [result.verdict for result in run.results] == [Verdict.ERROR] * 3
    assert "trop longtemps" in run.results[-1].message


@browser_test
def test_page_is_reloaded_after_a_test_that_acted_and_only_then(browser):
    body = "<button onclick=\"this.textContent = 'x'; document.cookie = 'a=1'; localStorage.a = 1\">a</button>"
    script = """
    const button = page.getByRole("button");
    test("acte", async () => { await user.click(button); expect(button).toHaveText("x"); button.element.id = "vu"; });
    test("neuf", () => {
      expect(button).toHaveText("a");
      expect(document.cookie + localStorage.length).toBe("0");
      button.element.id = "vu";
    });
    test("le même", () => { expect(button).toHaveAttribute("id", "vu"); });
    """
    run = browser.run(site(body), script, "carte.test.js")
    assert [(result.verdict, result.message) for result in run.results] == [(Verdict.PASS, "")] * 3


@browser_test
def test_width_of_a_test_is_that_of_the_page_at_load(browser):
    body = "<p></p><script>document.querySelector('p').textContent = innerWidth</script>"
    script = """
    test("large", () => { expect(page.locator("p")).toHaveText("1280"); });
    test("étroit", { width: 320 }, () => { expect(page.locator("p")).toHaveText("320"); });
    """
    assert browser.run(site(body), script, "carte.test.js").verdict is Verdict.PASS


@browser_test
def test_tab_leaks_nothing_from_one_run_to_the_next(browser):
    writing = """<script>
    window.name = "secret"; localStorage.a = sessionStorage.a = document.cookie = "a=1";
    indexedDB.open("base"); caches.open("cache"); history.pushState(1, "", "#1");
    setInterval(() => { localStorage.b = 1; }, 0);
    </script>"""
    reading = """<p></p><script>
    const seen = [window.name, localStorage.length, sessionStorage.length, document.cookie, history.length > 2];
    Promise.all([indexedDB.databases(), caches.keys()]).then(([bases, keys]) => {
      document.querySelector("p").textContent = [...seen, bases.length, keys.length].join();
    });
    </script>"""
    script = 'test("vide", async () => { await clock.advance(50); expect(page.locator("p")).toHaveText(",0,0,,false,0,0"); });'
    with browser.open_tab() as tab:
        assert tab.run(site(writing), TITLE, "carte.test.js").verdict is Verdict.PASS
        assert only(tab.run(site(reading), script, "carte.test.js")).message == ""


@browser_test
def test_runs_in_parallel_do_not_meet(browser):
    def title(number):
        page = f"<!DOCTYPE html><title>{number}</title><script>localStorage.n = {number}</script>"
        script = (
            f'test("a", () => {{ expect(page).toHaveTitle("{number}"); expect(localStorage.n).toBe("{number}"); }});'
        )
        return browser.run(Site({"carte.html": File("carte.html", page.encode())}), script, "carte.test.js").verdict

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(title, range(8))) == [Verdict.PASS] * 8


@browser_test
def test_run_can_be_called_inside_an_event_loop(browser):
    async def cell():
        return browser.run(site(), TITLE, "carte.test.js")

    assert asyncio.run(cell()).verdict is Verdict.PASS


@browser_test
def test_cancelled_run_says_so(browser):
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    start = time.monotonic()
    run = browser.run(site("<script>for (;;) {}</script>"), TITLE, "carte.test.js", cancel=cancel)
    assert time.monotonic() - start < 2
    assert "interrompus" in run.problem
    assert browser.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS


@browser_test
def test_console_is_capped(browser):
    script = 'test("a", () => { expect(page.console).toHaveLength(200); });'
    body = "<script>for (let i = 0; i < 1000; i++) console.log(i)</script>"
    assert only(browser.run(site(body), script, "carte.test.js")).message == ""


@browser_test
def test_screenshot_has_the_size_of_the_window(browser):
    png = browser.screenshot(site("<h1>Bonjour</h1>"), "carte.html", width=320, height=200)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (320, 200)


def family(root):
    """Process id and command line of a process and all that descend from it."""
    parents, lines = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            lines[int(folder.name)] = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue  # it ended meanwhile
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return {pid: lines[pid] for pid in found if pid in lines}


def is_main(line):
    """Whether this is Chromium itself, neither the shell that supervises it nor one of its children."""
    return "--remote-debugging-pipe" in line and not line.startswith("sh") and "--type=" not in line


def renderers(root):
    """Processes of pages; the next page is being got ready when a run ends."""
    deadline = time.monotonic() + 5
    while not (found := [pid for pid, line in family(root).items() if "--type=renderer" in line]):
        assert time.monotonic() < deadline, "no page was got ready"
        time.sleep(0.05)
    return found


def alive(pids):
    """Those that still run, after a moment for them to end."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(running(pid) for pid in pids):
        time.sleep(0.05)
    return [pid for pid in pids if running(pid)]


def running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def process_of(started):
    return started._running[1]._chromium._process


@browser_test
def test_killed_chromium_is_replaced_and_the_run_still_succeeds():
    with Browser() as own:
        assert own.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS
        first = process_of(own)
        lines = family(first.popen.pid)
        main = next(pid for pid, line in lines.items() if is_main(line))
        os.kill(main, signal.SIGKILL)
        assert own.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS
        assert process_of(own) is not first
    assert alive(lines) == []


@browser_test
@pytest.mark.parametrize("part", ["--type=zygote", "--type=renderer"])
@pytest.mark.parametrize("way", ["short", "long"])
def test_chromium_that_is_half_dead_costs_no_verdict(part, way, monkeypatch):
    if way == "long":
        monkeypatch.setattr(engine, "is_inert", lambda *_: False)
    with Browser() as own, own.open_tab() as tab:
        assert tab.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS
        for pid, line in family(process_of(own).popen.pid).items():
            if part in line:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        for _ in range(3):
            assert tab.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS
            assert own.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS


@browser_test
def test_a_page_that_goes_while_it_is_looked_at_is_told_so(monkeypatch):
    responds = Page.responds

    async def flooded(self, seconds):
        asyncio.get_running_loop().call_later(seconds / 2, self.session.end, PageFlooded())
        return await responds(self, seconds)

    with Browser() as own:
        monkeypatch.setattr(Page, "responds", flooded)
        told = own.run(site("<script>while (true) {}</script>"), TITLE, "carte.test.js")
        assert (only(told).message, told.earned) == ("La page écrit ou demande des choses sans fin.", 0)
        monkeypatch.undo()
        assert own.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS


@browser_test
def test_a_tool_s_page_that_dies_while_it_works_is_opened_again(monkeypatch):
    monkeypatch.setattr(engine, "is_inert", lambda *_: False)
    monkeypatch.setattr(trial.Trial, "_waits", None)  # nobody waits for the time limit either
    valid = 'test("valide", async () => { await expect(page).toBeValid(); });'
    with Browser() as own:
        assert own.run(site(), valid, "carte.test.js").verdict is Verdict.PASS
        (validator,) = (task.result() for task in own._running[1]._chromium.tools.pages)
        validator.session.send = lambda *_: _dying(validator.session)
        assert own.run(site(), valid, "carte.test.js").verdict is Verdict.PASS
        assert validator not in [task.result() for task in own._running[1]._chromium.tools.pages]


@browser_test
def test_a_page_that_ends_every_chromium_is_told_so_and_the_next_is_graded(monkeypatch):
    run = trial.Trial.run

    async def deadly(self):
        self.page.session.connection.browser.send("Browser.crash")
        return await run(self)

    with Browser() as own:
        monkeypatch.setattr(engine, "is_inert", lambda *_: False)  # the long way, which this is about
        monkeypatch.setattr(trial.Trial, "run", deadly)
        told = own.run(site(), TITLE, "carte.test.js")
        assert (told.problem, told.verdict, told.earned) == (engine.DEADLY, Verdict.ERROR, 0)
        monkeypatch.undo()
        assert own.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS


@browser_test
def test_a_run_whose_chromium_draws_nothing_any_more_starts_again_alone(monkeypatch):
    """A test that waits for ever makes the run ask; here the answer is no, once."""
    asked, draws = [], Chromium.draws

    async def sick(self):
        asked.append(self.alone)
        return self.alone and await draws(self)

    monkeypatch.setattr(Chromium, "draws", sick)
    with Browser() as own:
        waits = 'test("attend", { timeout: 200 }, () => new Promise(() => {}));'
        [result] = own.run(site(), waits, "carte.test.js").results
        assert result.verdict is Verdict.ERROR
    assert asked[:2] == [False, True]


@browser_test
def test_chromium_that_cannot_start_is_gone():
    with Browser(Path("/bin/false")) as own, pytest.raises(BrowserGone, match="3 fois de suite"):
        own.run(site(), TITLE, "carte.test.js")


@browser_test
def test_close_leaves_no_process_and_no_file():
    own = Browser()
    own.run(site(), TITLE, "carte.test.js")
    process = process_of(own)
    assert renderers(process.popen.pid)
    started = family(process.popen.pid)
    own.close()
    assert alive(started) == []
    assert not Path(process.profile).exists()


LEFT_BEHIND = """
import sys, time
from codephenix.browser import Browser
from codephenix.site import File, Site
browser = Browser()
browser.run(Site({"a.html": File("a.html", b"<p>")}), 'test("a", () => {})', "a.test.js")
process = browser._running[1]._chromium._process
print(process.popen.pid, process.profile, flush=True)
if "wait" in sys.argv:
    time.sleep(60)
"""


@browser_test
@pytest.mark.parametrize("end", ["exit", "wait"])
def test_python_that_ends_or_is_killed_leaves_nothing(end):
    python = subprocess.Popen([sys.executable, "-c", LEFT_BEHIND, end], stdout=subprocess.PIPE, text=True)
    group, profile = python.stdout.readline().split()
    started = family(int(group))
    if end == "wait":
        python.kill()
    assert python.wait(10) == (-signal.SIGKILL if end == "wait" else 0)
    assert alive(started) == []
    assert not Path(profile).exists()


@browser_test
@pytest.mark.skipif(launch.rights().prefix == (), reason="this machine has no way to drop rights")
def test_pages_run_in_the_sandbox_and_never_as_root(browser):
    browser.run(site(), TITLE, "carte.test.js")
    for pid in renderers(process_of(browser).popen.pid):
        text = Path(f"/proc/{pid}/status").read_text()
        fields = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
        assert fields["Uid"].split()[0] != "0"
        assert fields["Seccomp"] == "2"
