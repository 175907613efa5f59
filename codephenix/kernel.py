"""The Web kernel: Jupyter messages in, previews and results out.

Law of this module: it interprets, it never executes. No code of a learner runs in this process, and no file
of the learner's folder or home is read as code or as configuration (hence ``-I`` in the kernelspec and the
application below, which loads no configuration file).
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

import comm
from ipykernel.comm import Comm, CommManager
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel

from codephenix import __version__, likenesses, mockups
from codephenix.activities import Activity, Rappel, Revision, kind_of, questions
from codephenix.browser import BrowserGone, BrowserMissing
from codephenix.console import answers, attempts
from codephenix.folder import Folder
from codephenix.interpreter import Bundle, Execution, Interpreter, breakdown
from codephenix.practice import Maquette
from codephenix.remote import SharedBrowser
from codephenix.report import notice_html
from codephenix.results import TestRun
from codephenix.shelf import Shelf
from codephenix.site import Site

LOST = 1280  # px: width at which a mock-up that cannot be read is asked for, to say so
Look = Callable[[str, Sequence[str]], tuple[list[likenesses.Likeness], str]]

log = logging.getLogger(__name__)


class WebKernel(Kernel):
    """A kernel in which a cell is a file of a small site."""

    implementation = "codephenix"
    implementation_version = __version__
    banner = "CodePhenix : HTML, CSS et JavaScript. Une cellule est un fichier."
    language_info = {  # the base class declares it so
        "name": "html",
        "version": "5",
        # Lab 4 highlights HTML only when both say text/html.
        "mimetype": "text/html",
        "codemirror_mode": "text/html",
        "pygments_lexer": "html",
        "file_extension": ".html",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._browser = SharedBrowser()
        self._cancel = threading.Event()
        self._cell = ""  # id of the cell that runs
        self._interpreter = Interpreter(self._run_tests, given=Folder(Path.cwd()).read, view=Views(self._look).show)
        self._open_comms()

    def _open_comms(self) -> None:
        """Let ipywidgets talk to the page: what ipykernel does for its own IPython kernel only."""
        manager = CommManager(parent=self, kernel=self)
        comm.create_comm = Comm
        comm.get_comm_manager = lambda: manager
        for message in ("comm_open", "comm_msg", "comm_close"):
            self.shell_handlers[message] = getattr(manager, message)
        self.comm_manager = manager

    async def do_execute(
        self,
        code: str,
        silent: bool,  # noqa: FBT001  # signature of the base class
        store_history: bool = True,  # noqa: FBT001, FBT002
        user_expressions: dict[str, Any] | None = None,
        allow_stdin: bool = False,  # noqa: FBT001, FBT002
        *,
        cell_meta: dict[str, Any] | None = None,
        cell_id: str | None = None,
    ) -> dict[str, Any]:
        """Run one cell; the reply is an error exactly when the cell shows one."""
        del store_history, user_expressions, allow_stdin, cell_meta
        if silent or not code:
            return self._done()
        self._cancel.clear()
        self._cell = cell_id or ""
        execution = await asyncio.to_thread(self._executed, code, cell_id)
        for output in execution.outputs:
            self._show(output)
        error = execution.error
        if error is None:
            return self._done()
        return {
            "status": "error",
            "execution_count": self.execution_count,
            **{key: error[key] for key in ("ename", "evalue", "traceback")},
        }

    def _executed(self, code: str, cell_id: str | None) -> Execution:
        """Run a cell; a fault of ours is said in it, for the base class would let the cell wait for ever."""
        try:
            return self._interpreter.execute(code, cell_id)
        except Exception as fault:
            log.exception("Cell %s could not be run", cell_id)
            return Execution((breakdown(fault),))

    def _done(self) -> dict[str, Any]:
        return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}

    def _show(self, output: dict[str, Any]) -> None:
        content = {key: value for key, value in output.items() if key != "output_type"}
        if output["output_type"] == "execute_result":
            content["execution_count"] = self.execution_count
        self.send_response(self.iopub_socket, output["output_type"], content)

    def _run_tests(self, site: Site, script: str, name: str) -> TestRun:
        try:
            run = self._browser.run(site, script, name, cancel=self._cancel)
        except (BrowserGone, BrowserMissing) as problem:
            return TestRun(problem=str(problem))
        attempts.record(run, self._cell, attempts.tested_source(site, name))
        return run

    def _look(self, page: str, paths: Sequence[str]) -> tuple[list[likenesses.Likeness], str]:
        """The learner's page beside mock-ups; or none, and why."""
        site = self._interpreter.site
        widths = [mockups.width(file.content) if (file := site.read(path)) else 0 for path in paths]
        asked = [(path, width or LOST) for path, width in zip(paths, widths, strict=True)]
        try:
            run = self._browser.run(site, likenesses.script(page, asked), likenesses.NAME, cancel=self._cancel)
        except (BrowserGone, BrowserMissing) as problem:
            return [], str(problem)
        return likenesses.likenesses(run, widths), run.problem

    async def interrupt_request(self, stream: Any, ident: Any, parent: Any) -> None:
        """Stop the tests that run; the kernel itself has nothing else to stop."""
        self._cancel.set()
        assert self.session is not None
        self.session.send(stream, "interrupt_reply", {"status": "ok"}, parent, ident=ident)

    async def do_complete(self, code: str, cursor_pos: int) -> dict[str, Any]:
        """Propose names and values of HTML, CSS and JavaScript."""
        from codephenix import completion  # its data takes a moment to load, and a start should not

        found = completion.complete(code, cursor_pos)
        return {
            "status": "ok",
            "matches": list(found.matches),
            "cursor_start": found.start,
            "cursor_end": found.end,
            "metadata": {"_jupyter_types_experimental": found.types},
        }

    async def do_inspect(
        self, code: str, cursor_pos: int, detail_level: int = 0, omit_sections: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Explain the tag, attribute, property or method under the cursor."""
        from codephenix import reference

        del omit_sections
        found = reference.describe(code, cursor_pos, detail=detail_level)
        data = {"text/plain": found.text, "text/html": found.html} if found else {}
        return {"status": "ok", "found": found is not None, "data": data, "metadata": {}}

    async def do_is_complete(self, code: str) -> dict[str, Any]:
        """A file may stop anywhere: every cell is complete."""
        del code
        return {"status": "complete"}

    async def do_shutdown(self, restart: bool) -> dict[str, Any]:  # noqa: FBT001
        """Close the browser."""
        await asyncio.to_thread(self._browser.close)
        return {"status": "ok", "restart": restart}


class Views:
    """Activities as widgets: answers go to the learner's journal, and come back after a restart from the shelf.

    Revision cards go to the learner's deck as well, and come back in the morning.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self._looks: Counter[str] = Counter()  # by activity
        self._deck: Any = None
        self._shelf = Shelf()
        self._allowance = answers.Allowance()

    def show(self, activity: Activity) -> Bundle:
        """MIME bundle of an activity."""
        # ipywidgets takes half a second to import, and pages and tests need none of it.
        from codephenix import review

        if isinstance(activity, Maquette):
            return self._reproduction(activity)
        if not isinstance(activity, Revision | Rappel):
            return self._widget(activity)
        if self._deck is None:
            self._deck = review.Desk()
        if isinstance(activity, Revision):
            self._deck.meet(activity.cards, source_of(os.environ.get("JPY_SESSION_NAME", "")))
            return self._widget(activity)
        cards = tuple(self._deck.draw())
        if not cards:
            text = "Aucune carte à revoir ce matin. Faites une leçon\u00a0: ses cartes reviendront demain."
            return {"text/html": notice_html(text), "text/plain": text}
        return self._widget(Revision(activity.name, cards))

    def _reproduction(self, activity: Maquette) -> Bundle:
        """The page and its mock-ups; the score is what is answered, and the page that shows it has no say in it."""
        from codephenix import widgets

        found, problem = self._look(activity.page, activity.mockups)
        self._looks[activity.name] += 1
        texts = [one.sentence for one in found] or [problem]
        scored = [f"{one.width} px\u00a0: {one.percent}\u00a0%" for one in found if one.percent is not None]
        correct = bool(found) and all(one.percent == 100 for one in found)
        told = answers.Told(
            activity.name,
            kind_of(activity),
            activity.id,
            activity.question,
            correct,
            self._looks[activity.name],
            scored,
        )
        answers.record(told, self._allowance)
        seen, state = likenesses.as_data(found, problem), self._shelf.read(activity)
        shown = widgets.view(activity, None, state, partial(self._shelf.write, activity), seen)
        return {
            **shown,
            "text/html": shown["text/html"] + "".join(f"<p>{escape(text)}</p>" for text in texts),
            "text/plain": "\n".join([shown["text/plain"], *texts]),
        }

    def _widget(self, activity: Activity) -> Bundle:
        from codephenix import widgets

        kind, asked = kind_of(activity), questions(activity)

        def answered(name: str, question: str, answer: str | list[str], correct: bool, attempt: int) -> None:  # noqa: FBT001
            if kind == "revision":
                self._deck.answer(question, known=answer == "known")
            told = answers.Told(name, kind, question, asked[question], correct, attempt, answer)
            answers.record(told, self._allowance)

        return widgets.view(activity, answered, self._shelf.read(activity), partial(self._shelf.write, activity))


def source_of(session: str) -> str:
    """Week and lesson of a notebook's path, as in "s01-premiere-page/04-premiere-balise"."""
    path = PurePosixPath(session)
    return f"{path.parent.name}/{path.stem}"


class WebKernelApp(IPKernelApp):
    """Starts the kernel without reading any configuration, which would be code from the learner's home."""

    name = "codephenix-kernel"
    kernel_class = WebKernel

    def load_config_file(self, *args: Any, **kwargs: Any) -> None:
        """Load nothing: ``~/.ipython/profile_default/ipython_kernel_config.py`` is Python."""


def main() -> None:
    """Start the kernel of a connection file given with ``-f``."""
    WebKernelApp.launch_instance()


if __name__ == "__main__":
    main()
