"""The engine as a service: shared, fair, bounded, and never a single point of failure."""

import asyncio
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from processes import command, descendants

from codephenix import remote, service
from codephenix.browser import Browser
from codephenix.remote import SharedBrowser
from codephenix.results import TestRun, Verdict
from codephenix.site import File, Site

PAGE = "<!DOCTYPE html><html lang='fr'><title>{}</title><body><img src='plan.svg' alt='Plan'></body></html>"
TITLE = 'test("titre", () => { expect(page).toHaveTitle("Carte"); });\ntest("image", () => { expect(page).toLoadEverything(); });'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'


def site(title="Carte"):
    return Site({"carte.html": File("carte.html", PAGE.format(title).encode())}, {"plan.svg": SVG}.get)


# Lanes, without a browser


def lanes_of(**limits):
    return service.Lanes(**limits)


def test_a_client_with_many_runs_does_not_keep_the_others_waiting():
    async def scenario():
        lanes, order = lanes_of(), []

        def job(name):
            async def run():
                order.append(name)
                await asyncio.sleep(0)
                return TestRun()

            return run

        gate = asyncio.Event()

        async def first():
            await gate.wait()
            return TestRun()

        tasks = [asyncio.create_task(lanes.run("a", first, places=1))]
        await asyncio.sleep(0)
        tasks += [asyncio.create_task(lanes.run("a", job(f"a{number}"), places=1)) for number in range(3)]
        tasks += [asyncio.create_task(lanes.run("b", job("b0"), places=1))]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*tasks)
        return order, lanes

    order, lanes = asyncio.run(scenario())
    assert order == ["a0", "b0", "a1", "a2"]
    assert (lanes.waiting, lanes.running) == (0, 0)


def test_what_does_not_fit_is_refused_in_french():
    async def scenario():
        lanes, gate = lanes_of(most=3, most_each=2), asyncio.Event()

        async def job():
            await gate.wait()
            return TestRun()

        tasks = [asyncio.create_task(lanes.run(client, job, places=1)) for client in "aaabb"]
        await asyncio.sleep(0)
        gate.set()
        return await asyncio.gather(*tasks, return_exceptions=True), lanes

    answers, lanes = asyncio.run(scenario())
    refused = [str(answer) for answer in answers if isinstance(answer, service.Full)]
    assert refused == [service.BUSY]
    assert (lanes.waiting, lanes.running) == (0, 0)


def test_one_client_may_not_fill_the_queue():
    async def scenario():
        lanes, gate = lanes_of(most_each=2), asyncio.Event()

        async def job():
            await gate.wait()
            return TestRun()

        tasks = [asyncio.create_task(lanes.run("a", job, places=1)) for _ in range(4)]
        await asyncio.sleep(0)
        gate.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    answers = asyncio.run(scenario())
    assert [str(answer) for answer in answers if isinstance(answer, Exception)] == [service.YOURS]


def test_a_client_that_leaves_gives_its_place_back():
    async def scenario():
        lanes, gate = lanes_of(), asyncio.Event()

        async def job():
            await gate.wait()
            return TestRun()

        tasks = [asyncio.create_task(lanes.run(client, job, places=1)) for client in "abc"]
        await asyncio.sleep(0)
        tasks[0].cancel()
        tasks[1].cancel()
        await asyncio.sleep(0)
        gate.set()
        await asyncio.wait_for(tasks[2], 5)
        return lanes

    lanes = asyncio.run(scenario())
    assert (lanes.waiting, lanes.running) == (0, 0)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"{}", b'{"files": 3, "script": "", "name": ""}', b'{"files": {}, "script": 1, "name": ""}'],
)
def test_garbage_is_not_a_request(body):
    with pytest.raises(ValueError):  # noqa: PT011
        service.read_request(body)


def test_a_request_holds_what_the_pages_can_reach():
    found, script, name = service.read_request(remote.request(site(), TITLE, "carte.test.js"))
    assert (script, name) == (TITLE, "carte.test.js")
    assert {path: file.content for path, file in found.files.items()} == {
        "carte.html": site().files["carte.html"].content, "plan.svg": SVG,
    }  # fmt: skip


# The real service


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    path = tmp_path_factory.mktemp("moteur") / "engine.sock"
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    process = subprocess.Popen(
        [sys.executable, "-m", "codephenix", "--root", root, "engine", "--socket", str(path)], start_new_session=True
    )
    wait_for(path)
    yield path, process
    os.killpg(process.pid, signal.SIGTERM)
    assert process.wait(20) == 0
    assert not path.exists()


def wait_for(path):
    for _ in range(600):
        try:
            return remote.health(path)
        except remote.Unreachable:
            time.sleep(0.1)
    return pytest.fail("the service does not answer")


@pytest.fixture
def shared(running, monkeypatch):
    monkeypatch.setenv(remote.VARIABLE, str(running[0]))
    browser = SharedBrowser()
    yield browser
    started = browser._own._running
    browser.close()
    assert started is None, "the service was there, and a browser of our own was started"


@pytest.mark.browser
def test_verdicts_are_those_of_a_browser_of_our_own(shared, browser):
    for title in ("Carte", "Autre"):
        ours, theirs = browser.run(site(title), TITLE, "carte.test.js"), shared.run(site(title), TITLE, "carte.test.js")
        assert ours.results == theirs.results
        assert ours.problem == theirs.problem
    assert (
        shared.run(site(), "syntaxe(", "carte.test.js").problem
        == browser.run(site(), "syntaxe(", "carte.test.js").problem
    )


@pytest.mark.browser
def test_many_kernels_at_once_get_each_their_own_verdict(shared):
    def run(number):
        return shared.run(
            site(f"Page {number}"),
            f'test("t", () => {{ expect(page).toHaveTitle("Page {number}"); }});',
            "carte.test.js",
        )

    with ThreadPoolExecutor(4) as pool:
        assert [run.verdict for run in pool.map(run, range(12))] == [Verdict.PASS] * 12


@pytest.mark.browser
def test_the_service_outlives_its_chromium(shared, running):
    assert shared.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS
    killed = [pid for pid in descendants(running[1].pid) if "chromium" in command(pid)]
    assert killed
    for pid in killed:
        with suppress(ProcessLookupError):  # some end with the first
            os.kill(pid, signal.SIGKILL)
    assert shared.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS


@pytest.mark.browser
def test_a_learner_who_interrupts_frees_the_service(shared, running):
    cancel = threading.Event()
    threading.Timer(0.5, cancel.set).start()
    endless = Site({"carte.html": File("carte.html", b"<!DOCTYPE html><script>while (true) {}</script>")})
    run = shared.run(endless, 'test("a", () => {});\n' * 9, "carte.test.js", cancel=cancel)
    assert run.problem == "Les tests ont été interrompus."
    for _ in range(200):
        if remote.health(running[0]) == {"waiting": 0, "running": 0}:
            break
        time.sleep(0.05)
    assert remote.health(running[0]) == {"waiting": 0, "running": 0}
    assert shared.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS


def posted(path, body):
    """Status and body of an answer; 0 when the service hangs up."""
    connection = remote.Connection(path)
    try:
        connection.request("POST", "/run", body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""


@pytest.mark.browser
def test_garbage_on_the_socket_harms_nobody(shared, running):
    with socket.socket(socket.AF_UNIX) as raw:
        raw.connect(str(running[0]))
        raw.sendall(b"\x00\xff" * 5000)
    status, said = posted(running[0], b"{")
    assert status == 400
    assert "Demande illisible" in json.loads(said)["message"]
    assert posted(running[0], b"x" * (service.MAX_REQUEST_BYTES + 1))[0] != 200
    assert shared.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS


@pytest.mark.browser
def test_without_a_service_the_tests_run_in_a_browser_of_our_own(tmp_path, monkeypatch):
    monkeypatch.setenv(remote.VARIABLE, str(tmp_path / "absent.sock"))
    browser = SharedBrowser()
    assert browser.run(site(), TITLE, "carte.test.js").verdict is Verdict.PASS
    assert isinstance(browser._own, Browser)
    browser.close()


def test_check_says_whether_the_service_answers(tmp_path, root, capsys):
    from codephenix.cli import PROBLEM, main

    assert main(["--root", str(root), "engine", "--check", "--socket", str(tmp_path / "absent.sock")]) == PROBLEM
    assert "Personne ne répond" in capsys.readouterr().err
