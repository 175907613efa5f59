"""Find Chromium and start it with as few rights as the machine allows.

    Python ── stdin/stdout ── sh ── fd 3/4 ── Chromium, its sandbox on, in a network namespace with no network

Chromium is driven through a pipe, so that no debugging port exists. When the pipe closes, even because Python was
killed, Chromium ends and the shell removes its profile.

Law of this module: each layer of protection that cannot work here is left out with a warning, never in silence.
"""

from __future__ import annotations

import functools
import logging
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from codephenix.browser import fonts
from codephenix.browser.errors import BrowserMissing

log = logging.getLogger(__name__)

FOLDERS = (Path("/usr/lib/chromium"), Path("/usr/lib64/chromium"), Path("/usr/lib/chromium-browser"))
SHELL = "chromium-headless-shell"  # three to four times cheaper per run than the full browser
FULL = ("chromium", "google-chrome", "google-chrome-stable")

PAGE_HEAP_MB = 256  # JavaScript objects of one page
PROCESS_DATA_KB = 1_500_000  # everything one process of Chromium may write to
SMALL_SHM_BYTES = 256_000_000  # under this, Chromium crashes on large pages (the default of a container is 64 MB)

# Interception alone lets WebSocket, WebRTC, speculation rules and popups out: names resolve to nothing,
# and what does not resolve names is sent to a proxy that does not exist.
NO_NETWORK = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=socks5://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--block-new-web-contents",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pings",
)

# Only the last --disable-features counts, hence one list. IPC flooding protection stays on: without it a page
# that floods the history blocks the browser for seconds.
FEATURES_OFF = (
    "DnsOverHttps",
    "AsyncDns",
    "WebTransport",
    "Prerender2",
    "SpeculationRules",
    "BackForwardCache",
    "Translate",
    "MediaRouter",
    "OptimizationHints",
    "RenderDocument",  # a new frame for each document costs a fifth of a run; ours live in contexts of their own
    "PaintHolding",
)

FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--in-process-gpu",
    "--disable-software-rasterizer",
    "--enable-features=NetworkServiceInProcess2",
    f"--disable-features={','.join(FEATURES_OFF)}",
    "--disable-blink-features=SharedWorker",  # it outlives its page, and would tell the next what a test looked for
    f"--js-flags=--max-old-space-size={PAGE_HEAP_MB}",
    "--disable-breakpad",
    "--disable-extensions",
    "--disable-default-apps",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--use-mock-keychain",
    "--mute-audio",
    "--hide-scrollbars",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--disable-background-timer-throttling",
    "--lang=fr",
    *NO_NETWORK,
)

# The shell keeps the pipe off Chromium's standard output, limits memory, and removes the profile at the end.
SUPERVISE = f'ulimit -c 0; ulimit -d {PROCESS_DATA_KB}; "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1; rm -rf "$0"'


def find_chromium() -> Path:
    """Path of the Chromium to grade with.

    ``CODEPHENIX_CHROMIUM`` first, then chromium-headless-shell, then the full browser.
    Raises BrowserMissing.
    """
    chosen = os.environ.get("CODEPHENIX_CHROMIUM")
    if chosen:
        if os.access(chosen, os.X_OK):
            return Path(chosen)
        raise BrowserMissing(
            f"CODEPHENIX_CHROMIUM désigne « {chosen} », qui n’est pas un programme. Corrigez cette variable."
        )
    found = next(_candidates(), None)
    if found is None:
        raise BrowserMissing(
            "Chromium n’est pas installé : les tests ne peuvent pas s’exécuter. "
            "Installez-le : « sudo apt install chromium-headless-shell »."
        )
    return found


def _candidates() -> Iterator[Path]:
    for name in (SHELL, *FULL):
        # The real program before the wrapper of the same name in PATH, which adds flags of its own.
        for path in (*(str(folder / name) for folder in FOLDERS), shutil.which(name)):
            if path and os.access(path, os.X_OK):
                yield Path(path)


@dataclass(frozen=True)
class Process:
    """A Chromium that was started, not yet known to answer."""

    popen: subprocess.Popen[bytes]
    profile: str  # folder for its files, removed at the end

    def stop(self) -> None:
        """End Chromium and its children, and remove its files."""
        with suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()
        for pipe in (self.popen.stdin, self.popen.stdout):
            if pipe is not None:
                pipe.close()
        shutil.rmtree(self.profile, ignore_errors=True)


@dataclass(frozen=True)
class Rights:
    """How Chromium is kept from the rest of the machine."""

    prefix: tuple[str, ...] = ()  # commands that give up rights, then run the next one
    owner: pwd.struct_passwd | None = field(default=None, compare=False)  # who runs it when we are root


@functools.cache
def rights() -> Rights:
    """The most protective way to start a program on this machine, tried once."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam("nobody")
        drop = ("setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups")
        prefixes: tuple[tuple[str, ...], ...] = (("unshare", "--net", *drop), drop)
    else:
        owner = None
        prefixes = (("unshare", "--user", "--map-current-user", "--net"), ())
    prefix = next((prefix for prefix in prefixes if _works(prefix)), ())
    if prefix[:1] != ("unshare",):
        log.warning("Chromium partage le réseau de la machine : « unshare --net » ne marche pas ici.")
    return Rights(prefix, owner if prefix else None)


def _works(prefix: tuple[str, ...]) -> bool:
    try:
        return subprocess.run([*prefix, "true"], check=False, capture_output=True, timeout=5).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def start(executable: Path, *, sandbox: bool = True) -> Process:
    """Start Chromium; its standard input and output are the two ends of its debugging pipe."""
    held = rights()
    profile = tempfile.mkdtemp(prefix="codephenix-")
    found = fonts.install(profile)
    if held.owner is not None:
        for folder in (profile, f"{profile}/{fonts.FOLDER}"):  # who runs Chromium removes them at the end
            os.chown(folder, held.owner.pw_uid, held.owner.pw_gid)
    command = [*held.prefix, "sh", "-c", SUPERVISE, profile, str(executable), *flags(profile, sandbox=sandbox)]
    popen = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=_environment(profile) | found,
        start_new_session=True,  # a Ctrl+C in the terminal is for Python, and stop() ends the whole group
        bufsize=0,
    )
    return Process(popen, profile)


def flags(profile: str, *, sandbox: bool = True) -> list[str]:
    """Options of Chromium's command line."""
    options = [*FLAGS, f"--user-data-dir={profile}/profile"]
    if not sandbox:
        options.append("--no-sandbox")
    if _shared_memory() < SMALL_SHM_BYTES:
        options.append("--disable-dev-shm-usage")
    return options


def _shared_memory() -> int:
    """Size of the shared memory of the machine, in bytes."""
    try:
        shm = os.statvfs("/dev/shm")  # noqa: S108 - its size is asked for, nothing is written
    except OSError:
        return 0
    return shm.f_blocks * shm.f_frsize


def _environment(home: str) -> dict[str, str]:
    """Nothing of ours: no token, no display, no session bus; only where programs and files are."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": home,
        "TMPDIR": home,
        "XDG_CONFIG_HOME": f"{home}/config",
        "XDG_CACHE_HOME": f"{home}/cache",
        "LANG": "fr_FR.UTF-8",
        "TZ": os.environ.get("TZ", "Europe/Paris"),
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    }
