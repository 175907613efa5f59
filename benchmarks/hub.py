"""A class on its hub: learners sign in within one minute, open a lesson, look at pages, run tests, hand in.

    learner   HTTP and WebSocket, as JupyterLab sends them; a real server, a real kernel and the shared engine behind
    think     seconds between two actions of a learner, drawn between half and one and a half times --think

Prints p50, p95 and errors of each action, and the memory of one learner (proportional: Pss of server and kernel).

Usage: python benchmarks/hub.py [--learners 8] [--think 2] [--spread 60] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from engine import family_mb  # noqa: E402
from hubs import Hub, copy_course  # noqa: E402
from processes import arguments, descendants  # noqa: E402

WEEK, EXERCISE = "s01-premiere-page", "04-premiere-balise"
LESSON = f"cours/{WEEK}/{EXERCISE}.ipynb"
PREVIEWS, TESTS = 20, 5
WAIT_S = 180


class Failed(Exception):
    """An action that did not do what it should."""


class Figures:
    """Durations and errors, by action."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.errors: dict[str, list[str]] = defaultdict(list)

    @contextlib.contextmanager
    def timed(self, action: str) -> Iterator[None]:
        """Time an action; an error is noted and ends that learner's day."""
        start = time.perf_counter()
        try:
            yield
        except Exception as fault:
            self.errors[action].append(f"{type(fault).__name__}: {fault}"[:200])
            raise
        self.seconds[action].append(time.perf_counter() - start)

    def rows(self) -> list[dict[str, Any]]:
        """One row an action."""
        found = []
        for action in dict.fromkeys([*self.seconds, *self.errors]):
            values = sorted(self.seconds[action]) or [float("nan")]
            p95 = statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
            found.append(
                {"action": action, "count": len(self.seconds[action]), "p50": statistics.median(values), "p95": p95,
                 "worst": values[-1], "errors": len(self.errors[action])}
            )  # fmt: skip
        return found


class Learner:
    """One learner's morning."""

    def __init__(self, hub: Hub, login: str, figures: Figures, think: float) -> None:
        self.hub, self.login, self.figures, self.think = hub, login, figures, think
        self.base = f"/user/{login}/"
        self.http = httpx.AsyncClient(base_url=hub.address, follow_redirects=True, timeout=WAIT_S)

    async def day(self, after: float, solution: str, tests: str) -> None:
        """Everything, from the sign-in to the hand-in."""
        await asyncio.sleep(after)
        timed = self.figures.timed
        with timed("se connecter"):
            await self.sign_in()
        await self.pause()
        with timed("ouvrir une leçon"):
            socket = await self.open(LESSON)
        for rank in range(PREVIEWS):
            await self.pause()
            with timed("aperçu"):
                await self.execute(
                    socket, f"<!-- page.html -->\n<h1>Essai {rank}</h1><p>Du texte.</p>", "Aperçu de page.html"
                )
        socket.close()
        with timed("ouvrir un exercice"):
            socket = await self.open(f"exercices/{WEEK}/{EXERCISE}.ipynb")
        await self.execute(socket, solution, "Aperçu de")
        for _ in range(TESTS):
            await self.pause()
            with timed("cellule de test"):
                await self.execute(socket, tests, "execute_result")
        await self.pause()
        with timed("rendre"):
            answer = await self.ask("POST", "codephenix/rendre", json={"path": f"exercices/{WEEK}/{EXERCISE}.ipynb"})
            if not answer.json()["done"]:
                raise Failed(answer.text)
        socket.close()

    async def pause(self) -> None:
        """Think."""
        await asyncio.sleep(self.think * random.uniform(0.5, 1.5))

    async def sign_in(self) -> None:
        """From the sign-in page to JupyterLab."""
        await self.http.get("/hub/login")
        form = {"username": self.login, "password": self.hub.passwords[self.login], "_xsrf": self.xsrf("/hub/")}
        answer = await self.http.post("/hub/login?next=/hub/spawn", data=form)
        end = time.monotonic() + WAIT_S
        while not (answer.status_code == 200 and answer.url.path.startswith(self.base)):
            if answer.status_code >= 500 or answer.status_code == 429 or time.monotonic() > end:
                raise Failed(f"{answer.status_code} {answer.url}")
            await asyncio.sleep(0.5)
            answer = await self.http.get(f"{self.base}lab")

    def xsrf(self, path: str) -> str:
        """The XSRF cookie of a path."""
        found = [one for one in self.http.cookies.jar if one.name == "_xsrf" and path.startswith(one.path)]
        return max(found, key=lambda one: len(one.path)).value or ""

    async def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request to one's own server."""
        answer = await self.http.request(
            method,
            self.base + path,
            headers={"X-XSRFToken": self.xsrf(self.base), "Referer": self.hub.address},
            **options,
        )
        if answer.status_code >= 400:
            raise Failed(f"{answer.status_code} {path}")
        return answer

    async def open(self, path: str) -> WebSocketClientConnection:
        """Read a notebook and start its kernel; its socket, once the kernel answers."""
        await self.ask("GET", f"api/contents/{path}")
        body = {"path": path, "type": "notebook", "name": path, "kernel": {"name": "web"}}
        kernel = (await self.ask("POST", "api/sessions", json=body)).json()["kernel"]["id"]
        cookie = "; ".join(f"{one.name}={one.value}" for one in self.http.cookies.jar if self.base.startswith(one.path))
        address = f"{self.hub.address.replace('http', 'ws')}{self.base}api/kernels/{kernel}/channels"
        socket = await websocket_connect(HTTPRequest(address, headers={"Cookie": cookie}), max_message_size=50_000_000)
        await self.talk(socket, "kernel_info_request", {})
        return socket

    async def execute(self, socket: WebSocketClientConnection, code: str, expected: str) -> None:
        """Run a cell, whose outputs must hold a text."""
        heard = await self.talk(socket, "execute_request", {"code": code, "silent": False, "store_history": True})
        if expected not in heard:
            raise Failed(heard[-300:])

    async def talk(self, socket: WebSocketClientConnection, kind: str, content: dict[str, Any]) -> str:
        """Send a message; all that was heard until its reply came and the kernel was idle."""
        identifier = uuid.uuid4().hex
        header = {
            "msg_id": identifier,
            "msg_type": kind,
            "username": "",
            "session": identifier,
            "version": "5.3",
            "date": "2026-11-25T09:00:00Z",
        }
        message = {"header": header, "parent_header": {}, "metadata": {}, "channel": "shell", "content": content}
        await socket.write_message(json.dumps(message))
        heard, waiting = "", {"reply", "idle"}
        async with asyncio.timeout(WAIT_S):
            while waiting:
                text = await socket.read_message()
                if text is None:
                    raise Failed("the kernel's socket was closed")
                one = json.loads(text)
                if one["parent_header"].get("msg_id") != identifier:
                    continue
                heard += json.dumps(one["content"], ensure_ascii=False) + one["msg_type"]
                if one["channel"] == "shell":
                    waiting.discard("reply")
                elif one["msg_type"] == "status" and one["content"]["execution_state"] == "idle":
                    waiting.discard("idle")
        return heard


def prepare(folder: Path, count: int) -> Hub:
    """A served class of ``count`` learners."""
    copy_course(folder)
    hub = Hub(folder)
    logins = [f"apprenant{rank}" for rank in range(count)]
    (folder / "classe.csv").write_text("nom,identifiant\n" + "".join(f"Essai,{login}\n" for login in logins), "utf-8")
    report = json.loads(hub.command("cohort", "import", str(folder / "classe.csv"), "--json"))
    hub.passwords = dict(report["passwords"])
    hub.start()
    return hub


def cells() -> tuple[str, str]:
    """The solution and the tests of the exercise."""
    notebook = json.loads((ROOT / "source" / WEEK / f"{EXERCISE}.ipynb").read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    first = next(rank for rank, cell in enumerate(code) if cell["metadata"].get("nbgrader", {}).get("solution"))
    return "".join(code[first]["source"]), "".join(code[first + 1]["source"])


def memory(hub: Hub, count: int) -> dict[str, float]:
    """Memory of one learner, and of what all share, in MB."""
    servers = (pid for pid in descendants(hub.process.pid) if "codephenix.hub.nursery" in arguments(pid))
    own = [family_mb(pid) for pid in servers if os.getsid(pid) == pid]  # the nursery itself leads no session
    everything = family_mb(hub.process.pid)
    return {
        "learner": sum(own) / max(1, len(own)),
        "shared": everything - sum(own),
        "total": everything,
        "servers": float(len(own) or count),
    }


async def morning(hub: Hub, logins: list[str], figures: Figures, options: argparse.Namespace) -> dict[str, float]:
    """Every learner's day at once; the memory when the last one is at work."""
    solution, tests = cells()
    days = [
        asyncio.ensure_future(
            Learner(hub, login, figures, options.think).day(options.spread * rank / len(logins), solution, tests)
        )
        for rank, login in enumerate(logins)
    ]
    most: dict[str, float] = {}
    while not all(day.done() for day in days):
        await asyncio.wait(days, timeout=10)
        now = await asyncio.to_thread(memory, hub, len(logins))
        if now["total"] > most.get("total", 0):
            most = now
    return most


def main() -> int:
    """Run, print, and fail on an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=8)
    parser.add_argument("--think", type=float, default=2.0, help="seconds between two actions")
    parser.add_argument("--spread", type=float, default=60.0, help="seconds in which all sign in")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="codephenix-bench-") as place:
        hub = prepare(Path(place), options.learners)
        try:
            most = asyncio.run(morning(hub, list(hub.passwords)[: options.learners], figures, options))
        except BaseException:
            print(hub.log()[-2000:], file=sys.stderr)
            raise
        finally:
            hub.stop()
    if options.json:
        print(json.dumps({"learners": options.learners, "actions": figures.rows(), "memory_mb": most}))
    else:
        show(options, figures, most)
    return 1 if any(figures.errors.values()) else 0


def show(options: argparse.Namespace, figures: Figures, most: dict[str, float]) -> None:
    """The table."""
    pace = f"signed in within {options.spread:g} s, thinking {options.think:g} s"
    print(f"{options.learners} learners, {pace}; {os.cpu_count()} cores")
    print(f"{'action':<22}{'count':>7}{'p50 s':>9}{'p95 s':>9}{'worst s':>9}{'errors':>8}")
    for row in figures.rows():
        times = "".join(f"{row[name]:>9.3f}" for name in ("p50", "p95", "worst"))
        print(f"{row['action']:<22}{row['count']:>7}{times}{row['errors']:>8}")
    learner, shared, total = (most.get(name, 0) for name in ("learner", "shared", "total"))
    print(f"memory: {learner:.0f} MB a learner, {shared:.0f} MB shared, {total:.0f} MB in all")
    for action, said in figures.errors.items():
        for one in said[:3]:
            print(f"  {action}: {one}")


if __name__ == "__main__":
    sys.exit(main())
