"""Activities shown by a widget: a MIME bundle for the kernel to display, and answers that come back.

    Activity -> view() -> {widget-view, text/html, text/plain}      the kernel displays it
                             |
    the page <-- data ------ ActivityWidget <-- state -- the page   answers, attempts; kept while the kernel lives

Law of this module: what comes from the page is a claim. It is stored, handed to ``on_answer`` once its shape is
checked, and never evaluated. The page marks the answers, so that a learner sees the result at once, even when the
kernel is busy; marks that count for something come from tests, not from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

import anywidget
import ipywidgets
from traitlets import Dict, Unicode

from codephenix import activities

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
PROTOCOL = {"version_major": 2, "version_minor": 1}  # of the widget messages
MAX_ANSWER = 10_000  # characters of one answer handed to on_answer
MAX_ATTEMPTS = 1_000_000  # what a page may count to

Keep = Callable[[dict[str, Any]], None]
OnAnswer = Callable[[str, str, str | list[str], bool, int], None]
"""``(activity_name, question_id, answer, correct, attempts)``.

An answer is the text that was typed, the texts that were chosen, the program that was put in order, or for a
revision card ``"known"`` or ``"again"``.
"""


def _asset(name: str) -> str:
    file = files("codephenix") / "assets" / name
    if not file.is_file():
        raise FileNotFoundError(f"codephenix/assets/{name} is missing. Build it: cd web && npm run build")
    return file.read_text(encoding="utf-8")


class ActivityWidget(anywidget.AnyWidget):
    """One activity on a page; several views of it share its answers."""

    _esm = Unicode(_asset("activity.js")).tag(sync=True)
    _css = Unicode(_asset("activity.css")).tag(sync=True)
    data = Dict(help="The activity, as activities.as_data() gives it.").tag(sync=True)
    seen = Dict(help="For a mock-up: what likenesses.as_data() gives.").tag(sync=True)
    state = Dict(help="By question: {answer, correct, attempts, view}.").tag(sync=True)

    def __init__(self, activity: activities.Activity, state: dict[str, Any]) -> None:
        self.activity = activity
        self.on_answer: OnAnswer | None = None
        self.keep: Keep | None = None
        super().__init__(data=activities.as_data(activity), state=state)
        self.observe(self._report, "state")

    def _report(self, change: Mapping[str, Any]) -> None:
        """Keep the new state, and tell each question that was answered since the last one."""
        if self.keep is not None:
            self.keep(change["new"])
        if self.on_answer is None:
            return
        for identifier in activities.questions(self.activity):
            entry: Any = change["new"].get(identifier)
            attempts = _attempts(entry)
            if attempts > _attempts(change["old"].get(identifier)):
                answer, correct = _answer(entry.get("answer")), entry.get("correct") is True
                self.on_answer(self.activity.name, identifier, answer, correct, attempts)


def _attempts(entry: object) -> int:
    attempts = entry.get("attempts") if isinstance(entry, Mapping) else None
    return attempts if type(attempts) is int and attempts <= MAX_ATTEMPTS else 0


def _answer(answer: object) -> str | list[str]:
    if isinstance(answer, list):
        return [str(each)[:MAX_ANSWER] for each in answer[:100]]
    return str(answer or "")[:MAX_ANSWER]


_shown: dict[str, ActivityWidget] = {}  # by name: one kernel is one notebook


def view(
    activity: activities.Activity,
    on_answer: OnAnswer | None = None,
    state: dict[str, Any] | None = None,
    keep: Keep | None = None,
    seen: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """MIME bundle that shows an activity, for ``display_data``.

    The same activity run again keeps its answers; changed, it starts afresh; not shown yet by this kernel, it starts
    from ``state``, which ``keep`` was given by an earlier one. The kernel must have its comms in place
    (``comm.create_comm`` and ``comm.get_comm_manager``); neither IPython's shell nor ``display`` is needed.
    """
    ipywidgets.register_comm_target()  # lets a reloaded page ask for the state of its widgets
    widget = _shown.get(activity.name)
    if widget is None or widget.activity != activity:
        if widget is not None:
            widget.close()
        widget = _shown[activity.name] = ActivityWidget(activity, state or {})
    widget.on_answer, widget.keep, widget.seen = on_answer, keep, seen or {}
    return {
        WIDGET_VIEW: {**PROTOCOL, "model_id": widget.model_id},
        "text/html": activities.fallback_html(activity),
        "text/plain": activities.fallback_text(activity),
    }
