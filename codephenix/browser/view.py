"""Which page a test opens, and in which window."""

from __future__ import annotations

from dataclasses import dataclass

from codephenix.site import HOME_PAGE, Site


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
    return f"La page « {path} » n’existe pas. Écrivez une cellule qui commence par « <!-- {path} --> »."


def no_page(name: str) -> str:
    """What a learner reads when nothing is written yet."""
    path = f"{name.removesuffix('.test.js')}.html"
    return (
        f"La page à tester n’existe pas encore. Écrivez une cellule qui commence par « <!-- {path} --> », "
        "puis exécutez-la."
    )
