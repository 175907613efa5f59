"""Which page a test opens, in which window, and what the tests are told of its site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from codephenix.site import HOME_PAGE, Site

TEXTS = (".html", ".css", ".js", ".mjs", ".json", ".svg", ".txt", ".xml", ".webmanifest", ".vtt")


@dataclass(frozen=True)
class View:
    """What a page shows: which file, in a window of which size."""

    path: str
    width: int = 1280  # px
    height: int = 800  # px


def home_page(site: Site, name: str) -> str | None:
    """The page that a test file is about."""
    stem = name.removesuffix(".test.js")
    return next((path for path in (f"{stem}.html", f"{stem}/{HOME_PAGE}", HOME_PAGE) if site.read(path)), None)


def missing(path: str) -> str:
    """What a learner reads when a test asks for a page that is not written."""
    return f"La page « {path} » n’existe pas. {_create(path)}"


def no_page(name: str) -> str:
    """What a learner reads when nothing is written yet."""
    path = f"{name.removesuffix('.test.js')}.html"
    return f"La page à tester n’existe pas encore. {_create(path)}"


def _create(path: str) -> str:
    """What to do for a page to exist: a file when it is in a folder, else a cell."""
    folder, _, name = path.rpartition("/")
    if folder:
        return f"Créez le fichier « {name} » dans le dossier « {folder} », puis enregistrez-le."
    return f"Écrivez une cellule qui commence par « <!-- {path} --> », puis exécutez-la."


def named(script: str, name: str) -> str:
    """A script that knows its file name, so that messages can name it."""
    return f"{script}\n//# sourceURL={name}"


def setting(site: Site, name: str, view: View) -> dict[str, Any]:
    """What the harness is told of the site before tests are read."""
    files = {**site.bundle(view.path), **site.files}
    return {
        "name": name,
        "path": view.path,
        "sources": {path: file.text for path, file in files.items() if file.extension in TEXTS},
        "paths": list(files),
    }
