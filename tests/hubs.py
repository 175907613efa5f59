"""A class that is really served, for the tests and the benchmark: its folder, its hub, and who signs in over HTTP."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import websocket
from ports import free_port

ROOT = Path(__file__).parents[1]
READY_S = 120  # a busy machine; a quiet one takes 5 s
NAMES = ("course", "source", "formateur", "course.toml", "nbgrader_config.py", "jupyterhub_config.py")


def copy_course(folder):
    """The whole course, as a trainer has it."""
    for name in NAMES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    (folder / "release").mkdir()


def small_course(folder):
    """One week of two small notebooks: it is released in a second."""
    from assignments import COURSE, WEEK, cell, notebook, write, write_week

    for name in ("nbgrader_config.py", "jupyterhub_config.py"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "formateur", folder / "formateur")
    (folder / "course.toml").write_text(COURSE, "utf-8")
    write_week(folder / "source")
    write(
        folder / "course" / "index.ipynb", notebook(cell("# Sommaire\n\n[La carte](lecon.ipynb)", "titre", "markdown"))
    )
    write(
        folder / "course" / WEEK / "01-carte.ipynb",
        notebook(cell("# La carte", "titre", "markdown"), cell("<!-- page.html -->\n<h1>Bonjour</h1>", "exemple")),
    )
    (folder / "release").mkdir()


class Hub:
    """A class that is served."""

    def __init__(self, folder, prefix=()):
        self.folder = folder
        self.prefix = list(prefix)  # a command that runs the next one, as in "unshare -n"
        self.port = free_port(4)
        inside = self.port + 1  # the first of three
        (folder / "hub.toml").write_text(f"[server]\nport = {self.port}\ninternal_port = {inside}\n", "utf-8")
        self.inside = inside
        self.address = f"http://127.0.0.1:{self.port}"
        self.passwords = {}

    def start(self):
        command = [*self.prefix, sys.executable, "-m", "codephenix", "--root", str(self.folder), "serve"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        said = ""
        for line in self.process.stdout:
            said += line
            card = re.match(r"\s+([a-z]+[0-9]*)\s+([a-z]{4}-[a-z]{4}-\d{4})$", line)
            if card:
                self.passwords[card[1]] = card[2]
            if "Pour arrêter" in line:
                return said
        pytest.fail(said + self.log()[-3000:])
        return None

    def log(self):
        path = self.folder / ".codephenix" / "hub" / "hub.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def stop(self):
        os.killpg(self.process.pid, signal.SIGINT)
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def run(self, *arguments):
        return subprocess.run(
            [sys.executable, "-m", "codephenix", "--root", str(self.folder), *arguments],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def command(self, *arguments):
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def space(self, login):
        return self.folder / ".codephenix" / "learners" / login / "espace"


class Person:
    """Someone signed in over HTTP, as a program would: cookies, XSRF header, kernels over WebSocket."""

    def __init__(self, hub, login):
        self.hub, self.login = hub, login
        self.base = f"/user/{login}/"
        self.http = httpx.Client(base_url=hub.address, follow_redirects=True, timeout=READY_S)

    def sign_in(self):
        self.http.get("/hub/login")
        form = {"username": self.login, "password": self.hub.passwords[self.login], "_xsrf": self.xsrf("/hub/")}
        self.http.post("/hub/login?next=/hub/home", data=form).raise_for_status()
        end = time.monotonic() + READY_S
        self.http.get(f"/hub/spawn/{self.login}")
        while time.monotonic() < end:
            answer = self.http.get(f"{self.base}lab")  # goes round by the hub for its cookie
            if answer.status_code == 200 and answer.url.path.startswith(self.base):
                return self
            time.sleep(0.2)
        pytest.fail(f"{self.login}: {answer.url} {answer.status_code} {self.hub.log()[-2000:]}")
        return None

    def xsrf(self, path):
        found = [cookie for cookie in self.http.cookies.jar if cookie.name == "_xsrf" and path.startswith(cookie.path)]
        return max(found, key=lambda cookie: len(cookie.path)).value if found else ""

    def ask(self, method, path, **options):
        """Send a request to one's own server, or to an absolute path, as its pages do."""
        path = path if path.startswith("/") else self.base + path
        headers = {"X-XSRFToken": self.xsrf(path), "Referer": f"{self.hub.address}{self.base}lab"}
        return self.http.request(method, path, headers={**headers, **options.pop("headers", {})}, **options)

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def post(self, path, **options):
        return self.ask("POST", path, **options)

    def write(self, path, text):
        """Save a file as JupyterLab does."""
        model = {"type": "file", "format": "text", "content": text}
        if path.endswith(".ipynb"):
            model = {"type": "notebook", "content": text if isinstance(text, dict) else json.loads(text)}
        return self.ask("PUT", f"api/contents/{quote(path)}", json=model)

    def kernel(self, **model):
        """Start a kernel; its id, or None when it is refused."""
        answer = self.post("api/kernels", json={"name": "web", **model})
        return answer.json()["id"] if answer.status_code == 201 else None

    def session(self, path, name="web"):
        return self.post(
            "api/sessions", json={"path": path, "type": "notebook", "name": path, "kernel": {"name": name}}
        )

    def connect(self, kernel, **options):
        cookie = "; ".join(f"{one.name}={one.value}" for one in self.http.cookies.jar if self.base.startswith(one.path))
        address = f"ws://127.0.0.1:{self.hub.port}{self.base}api/kernels/{kernel}/channels"
        return websocket.create_connection(address, cookie=cookie, timeout=READY_S, **options)

    def talk(self, kernel, kind, content, channel="shell"):
        """Send a message to a kernel; its reply and what it published, by type."""
        message = {
            "header": {
                "msg_id": uuid.uuid4().hex, "msg_type": kind, "username": self.login, "session": uuid.uuid4().hex,
                "version": "5.3", "date": "2026-11-25T09:00:00Z",
            },
            "parent_header": {}, "metadata": {}, "channel": channel, "content": content,
        }  # fmt: skip
        connection = self.connect(kernel)
        try:
            connection.send(json.dumps(message))
            heard = []
            while not _idle(heard, message):
                heard.append(json.loads(connection.recv()))
            return [one for one in heard if one["parent_header"].get("msg_id") == message["header"]["msg_id"]]
        finally:
            connection.close()

    def execute(self, kernel, code, **options):
        """Run a cell; the text of all that it published."""
        content = {"code": code, "silent": False, "store_history": False, "user_expressions": {}, **options}
        return json.dumps(self.talk(kernel, "execute_request", content), ensure_ascii=False)


def _idle(heard, message):
    own = [one for one in heard if one["parent_header"].get("msg_id") == message["header"]["msg_id"]]
    replied = any(one["channel"] in ("shell", "control") for one in own)
    quiet = any(one["msg_type"] == "status" and one["content"]["execution_state"] == "idle" for one in own)
    return quiet and (replied or message["header"]["msg_type"].startswith("comm_"))
