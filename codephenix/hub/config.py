"""JupyterHub's configuration, and that of the server each person gets.

    hub (this account) ── proxy ── browsers
       └─ one server per person, as a process of this account: own home, own folder, Web kernel only

Without root there is one account for all: learners are kept apart by the absence of any code on the server, and by the
root of their contents.

Law of this module: settings are set, never appended; every closed door says why.
"""

from __future__ import annotations

import os
import secrets
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from codephenix import server, shelf, workspace
from codephenix.console import attempts
from codephenix.grading import exchange
from codephenix.hub import install, roster
from codephenix.hub.accounts import ClassAuthenticator
from codephenix.hub.nursery import Nursery
from codephenix.hub.settings import Places, Settings
from codephenix.hub.spawner import ClassSpawner
from codephenix.remote import VARIABLE as ENGINE
from codephenix.review import FOLDER as DECKS
from codephenix.review import VARIABLE as DECK

ROOT = "CODEPHENIX_ROOT"  # the course, told to each server
SECURE = "CODEPHENIX_HTTPS"  # set when browsers come by HTTPS
SECURE_COOKIES = {"cookie_options": {"secure": True}, "xsrf_cookie_kwargs": {"secure": True}}
START_S = 120  # a busy machine; a quiet one takes 3 s
KEPT = (SECURE, "PATH", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV", "PYTHONPATH")


def configure(c: Any, root: Path, settings: Settings) -> None:
    """Set the hub's configuration for the course in ``root``."""
    places = Places(root)
    _addresses(c, places, settings)
    _accounts(c, places, settings)
    _servers(c, places, settings)
    c.JupyterHub.template_paths = [str(files("codephenix") / "templates" / "hub")]
    c.JupyterHub.template_vars = {"class_name": settings.name}
    c.JupyterHub.default_url = "/hub/spawn"  # sign in, and the course opens
    c.JupyterHub.services = [
        {
            "name": "correcteur",
            "command": [
                sys.executable,
                "-m",
                "codephenix",
                "--root",
                str(root),
                "engine",
                "--socket",
                str(places.engine),
            ],
        }
    ]


def _addresses(c: Any, places: Places, settings: Settings) -> None:
    first = settings.internal_port
    c.JupyterHub.bind_url = f"http://{settings.ip}:{settings.port}"  # codephenix serve may say otherwise
    c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{first}"
    c.ConfigurableHTTPProxy.command = [sys.executable, "-m", "codephenix.hub.proxy"]  # pure Python: no node
    c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{first + 1}"
    c.ConfigurableHTTPProxy.pid_file = str(places.hub / "proxy.pid")
    c.ConfigurableHTTPProxy.auth_token = _secret(places.hub / "proxy_token")
    c.JupyterHub.cookie_secret_file = str(places.hub / "cookie_secret")
    c.JupyterHub.db_url = places.database
    c.JupyterHub.cleanup_servers = True  # a stop stops everything; learners' work is saved as they type
    c.JupyterHub.show_config = False
    if os.environ.get(SECURE):
        c.JupyterHub.tornado_settings = SECURE_COOKIES
    c.JupyterHub.log_level = "WARN"


def _secret(path: Path) -> str:
    """A secret of this machine, made once and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), "ascii")
    return path.read_text("ascii")


def _accounts(c: Any, places: Places, settings: Settings) -> None:
    c.JupyterHub.authenticator_class = ClassAuthenticator
    c.NativeAuthenticator.enable_signup = False  # the trainer makes the accounts
    c.NativeAuthenticator.allowed_failed_logins = settings.failed_logins
    c.NativeAuthenticator.seconds_before_next_try = settings.wait_seconds
    c.NativeAuthenticator.minimum_password_length = settings.password_length
    people = {person.login for person in roster.load(places).values() if person.active}
    c.Authenticator.allowed_users = people | {settings.trainer}
    c.Authenticator.admin_users = {settings.trainer}
    c.JupyterHub.load_roles = []


def _servers(c: Any, places: Places, settings: Settings) -> None:
    if settings.accounts == "each":
        c.JupyterHub.spawner_class = "systemd"
        c.SystemdSpawner.update(install.spawner(places.root, settings))
    else:
        c.JupyterHub.spawner_class = ClassSpawner
        c.ClassSpawner.memory_mb = settings.memory_mb
        ClassSpawner.nursery = Nursery({name: os.environ[name] for name in KEPT if name in os.environ})
        ClassSpawner.nursery.start()  # imports while the hub itself starts
    c.SimpleLocalProcessSpawner.home_dir_template = str(places.root / ".codephenix" / "learners" / "{username}")
    c.JupyterHub.concurrent_spawn_limit = 0  # a class signs in together, and who is refused has to try again
    c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
    c.Spawner.args = [f"--config={files('codephenix') / 'data' / 'hub_server_config.py'}"]
    c.Spawner.default_url = "/lab/tree/cours/index.ipynb"
    c.Spawner.start_timeout = c.Spawner.http_timeout = START_S
    c.Spawner.env_keep = list(KEPT)
    c.Spawner.disable_user_config = False  # ours is given on the command line; theirs is out of their reach
    c.Spawner.notebook_dir = ""

    def prepare(spawner: Any) -> None:
        login = spawner.user.name
        if login == settings.trainer:
            spawner.default_url = "/lab/tree/formateur/tableau-de-bord.ipynb"
            spawner.memory_mb = 0  # grades the whole class
            spawner.mem_limit = None
        else:
            prepare_space(places, login)
        spawner.environment = environment(places, login, trainer=login == settings.trainer)
        if settings.accounts == "each":
            install.hand_over(places.root, settings.trainer, login)

    c.Spawner.pre_spawn_hook = prepare


def prepare_space(places: Places, login: str) -> None:
    """A learner's folder, up to date: lessons and released exercises; their own work stays as it is."""
    space = places.space(login)
    workspace.update(places.root / "course", space / "cours")
    released = places.exchange / "codephenix" / "outbound"
    if released.is_dir():
        workspace.update(released, space / "exercices")


def environment(places: Places, login: str, *, trainer: bool) -> dict[str, str]:
    """Environment of a person's server: nothing of Jupyter's is read from what they can write."""
    home = places.home(login)
    home.mkdir(parents=True, exist_ok=True)
    own = {
        "HOME": str(home),
        "LOGNAME": login,  # nbgrader asks Python who hands in
        "USER": login,
        "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        ROOT: str(places.root),
        ENGINE: str(places.engine),
    }
    if trainer:
        return own
    for folder in (attempts.FOLDER, DECKS):
        (places.root / folder).mkdir(exist_ok=True)
    return {
        **own,
        attempts.VARIABLE: str(places.root / attempts.FOLDER / f"{login}.jsonl"),
        DECK: str(places.root / DECKS / f"{login}.json"),
        shelf.VARIABLE: str(home / shelf.FOLDER),
    }


def configure_server(c: Any) -> None:
    """Set the configuration of the server that is starting, from its environment."""
    root, login = Path(os.environ[ROOT]), os.environ["JUPYTERHUB_USER"]
    from codephenix import grading
    from codephenix.hub import settings as hub_settings

    places = Places(root)
    settings = hub_settings.load(root)
    trainer = login == settings.trainer
    if trainer:
        server.configure(c, root, trainer=True, home="formateur/tableau-de-bord.ipynb")
        grading.configure(c, root)
    else:
        server.configure(c, places.space(login), home="cours/index.ipynb")
        c.CourseContents.folder_mb = settings.folder_mb
        c.ServerApp.max_body_size = c.ServerApp.max_buffer_size = settings.file_mb * 1_000_000
        exchange(c, root)
        c.Exchange.assignment_dir = str(places.space(login) / "exercices")
        c.CourseDirectory.root = str(places.home(login))
    if os.environ.get(SECURE):
        c.ServerApp.tornado_settings = SECURE_COOKIES
    c.ServerApp.log_level = "WARN"
