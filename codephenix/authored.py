"""The solution of an exercise whose tests look at a project folder: its files, and which exercise answers for each.

    test cells of the folder ─▶ pages they open or name ─▶ styles, scripts, pictures ─▶ linked pages

A file is the exercise's whose tests are first to use it; a page that is only linked to is the first exercise's. So a
file has one owner, and every test cell of the folder judges it. Law of this module: pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from codephenix.checks import Notebook, Task
from codephenix.site import HOME_PAGE, File, Site, header_name, references


def judges(notebook: Notebook, task: Task) -> tuple[Task, ...]:
    """The test cells that look at what a task asks for: its own first, then the others of its folder."""
    others = (each for each in _of_folder(notebook, task) if each.grade_id != task.grade_id)
    return (task, *others) if task.in_folder else (task,)


def files(notebook: Notebook, task: Task) -> list[str]:
    """Files that the author wrote for a task: they are in the solution, other than in the starter."""
    tasks, site = _of_folder(notebook, task), Site(given=notebook.solved)
    owners: dict[str, str] = {}
    for each in tasks:
        for path in _reached(site, _opened(each), links=False):
            owners.setdefault(path, each.grade_id)
    for path in linked(notebook, task, site):
        owners.setdefault(path, tasks[0].grade_id)
    return [
        path
        for path, owner in owners.items()
        if owner == task.grade_id and notebook.corrected(path) not in (None, notebook.given(path))
    ]


def linked(notebook: Notebook, task: Task, site: Site) -> list[str]:
    """Every file of a site that the tests of a folder can reach, links included."""
    opened = [path for each in _of_folder(notebook, task) for path in _opened(each)]
    return _reached(site, [f"{_folder(task)}/{HOME_PAGE}", *opened], links=True)


def text_of(content: bytes | None) -> str:
    """A file as text, empty when there is none."""
    return (content or b"").decode("utf-8", "replace")


def written_lines(before: str, after: str) -> set[int]:
    """Lines of a text, from 1, that an earlier one did not have."""
    matcher = SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
    codes = matcher.get_opcodes()
    return {line + 1 for kind, _, _, start, end in codes if kind != "equal" for line in range(start, end)}


def _of_folder(notebook: Notebook, task: Task) -> list[Task]:
    return [each for each in notebook.tasks() if each.in_folder and _folder(each) == _folder(task)]


def _folder(task: Task) -> str:
    return (header_name(task.test.source) or "").partition("/")[0]


def _opened(task: Task) -> list[str]:
    """The page that a test cell opens, and the files that it names."""
    page = f"{(header_name(task.test.source) or '').removesuffix('.test.js')}.html"
    return [page, *references(File("tests.js", task.test.source.encode()))]


def _reached(site: Site, opened: Iterable[str], *, links: bool) -> list[str]:
    """Files from which pages are made, in order; with the pages that they link to, or without."""
    found: dict[str, None] = {}
    waiting = list(opened)
    while waiting:
        path = waiting.pop(0)
        file = None if path in found else site.read(path)
        if file is not None:
            found[path] = None
            waiting += [each for each in references(file) if links or not each.endswith(".html")]
    return list(found)
