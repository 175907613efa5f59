"""What running a cell does: the one meaning of a notebook, shared by the kernel and the grader.

    file      is stored in the site; the preview of a page that uses it is shown
    test      runs in the browser, through ``run_tests``; results are shown, points counted
    activity  is shown, through ``view``

    some tests fail     results, then the points earned as execute_result, then an ``error``
    all tests fail      results, then an ``error`` alone
    all tests pass      results and points, as one execute_result

nbgrader reads these outputs in order and keeps the first that decides: a number is that many points, an
``error`` is 0, and nothing at all is full marks. Hence the law of this module: a test cell always ends in
a number or an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from codephenix import activities, preview, report
from codephenix.results import TestRun, Verdict
from codephenix.site import Cell, CellProblem, EmptyCell, File, Kind, Site, nothing_given, read_cell

RunTests = Callable[[Site, str, str], TestRun]
Bundle = Mapping[str, Any]
Output = dict[str, Any]


@dataclass(frozen=True)
class Execution:
    """Outputs of a cell, in nbformat's shape without execution counts."""

    outputs: tuple[Output, ...]

    @property
    def error(self) -> Output | None:
        """The ``error`` output, when there is one."""
        return next((output for output in self.outputs if output["output_type"] == "error"), None)


def readable_view(activity: activities.Activity) -> Bundle:
    """An activity as text to read, where no widget can run."""
    return {
        "text/html": activities.fallback_html(activity),
        "text/plain": activities.fallback_text(activity),
    }


class Interpreter:
    """Runs cells one after the other over one site."""

    def __init__(
        self,
        run_tests: RunTests,
        *,
        given: Callable[[str], bytes | None] = nothing_given,
        view: Callable[[activities.Activity], Bundle] = readable_view,
    ) -> None:
        self.site = Site(given=given)
        self._run_tests = run_tests
        self._view = view
        self._last_page = ""

    def fork(self) -> Interpreter:
        """Another interpreter over the site as it is now; neither changes the other's."""
        twin = Interpreter(self._run_tests, given=self.site.given, view=self._view)
        twin.site, twin._last_page = self.site, self._last_page
        return twin

    def execute(self, source: str, cell_id: str | None = None) -> Execution:
        """Run one cell; a learner's mistake is an ``error`` output, never an exception."""
        try:
            cell = read_cell(source)
            if cell.kind is Kind.TEST:
                return Execution(test_outputs(self._run_tests(self.site, cell.source, cell.name)))
            if cell.kind is Kind.ACTIVITY:
                return Execution((shown(self._view(activities.parse(cell.activity, cell.name, cell.source))),))
            return Execution(self._show_file(cell, cell_id))
        except EmptyCell as empty:
            return Execution((self._notice(str(empty)),))
        except CellProblem as problem:
            return Execution((error("À corriger", str(problem)),))

    def store(self, source: str, cell_id: str | None = None) -> File | None:
        """Store a cell's file without showing anything; the file it replaces. Raises CellProblem."""
        return self._keep(read_cell(source), cell_id)

    def _keep(self, cell: Cell, cell_id: str | None) -> File | None:
        before = self.site.files.get(cell.name)
        self.site = self.site.with_file(File(cell.name, cell.source.encode("utf-8", "replace"), cell_id))
        return before

    def _show_file(self, cell: Cell, cell_id: str | None) -> tuple[Output, ...]:
        before = self._keep(cell, cell_id)
        replaced = before is not None and cell_id is not None and before.cell_id not in (None, cell_id)
        outputs = (
            [self._notice(f"« {cell.name} » était déjà écrit dans une autre cellule. Cette cellule le remplace.")]
            if replaced
            else []
        )
        page = self._page_using(cell.name)
        if page is None:
            link = {
                ".css": f'<link rel="stylesheet" href="{cell.name}">',
                ".js": f'<script src="{cell.name}"></script>',
            }
            hint = link.get(File(cell.name, b"").extension)
            outputs.append(
                self._notice(
                    f"« {cell.name} » est enregistré. Aucune page ne l’utilise encore."
                    + (f" Pour le relier, écrivez dans la page : {hint}" if hint else "")
                )
            )
        else:
            self._last_page = page
            html = preview.render(self.site, page)
            outputs.append(shown({"text/html": html, "text/plain": preview.summary(self.site, page)}))
        return tuple(outputs)

    def _page_using(self, path: str) -> str | None:
        """The page to show for a file: itself, else the last page shown that uses it, else the first."""
        if path.endswith(".html"):
            return path
        last = (self._last_page,) if self._last_page else ()
        return next((page for page in (*last, *self.site.pages) if path in self.site.bundle(page)), None)

    @staticmethod
    def _notice(text: str) -> Output:
        return shown({"text/html": report.notice_html(text), "text/plain": text})


def test_outputs(run: TestRun) -> tuple[Output, ...]:
    """Outputs of a test cell; see the law of this module."""
    bundle = {"text/html": report.results_html(run)}
    if run.verdict is Verdict.PASS:
        return (result({**bundle, "text/plain": _number(run.points)}),)
    failed = error("À revoir", report.summary(run))
    if run.earned > 0:
        return (result({**bundle, "text/plain": _number(run.earned)}), failed)
    return (shown({**bundle, "text/plain": report.results_text(run)}), failed)


test_outputs.__test__ = False  # type: ignore[attr-defined]  # not a pytest function


def shown(bundle: Bundle) -> Output:
    """A ``display_data`` output."""
    return {"output_type": "display_data", "data": dict(bundle), "metadata": {}}


def result(bundle: Bundle) -> Output:
    """An ``execute_result`` output; the kernel and the grader add the execution count."""
    return {"output_type": "execute_result", "data": dict(bundle), "metadata": {}, "execution_count": None}


def error(name: str, text: str) -> Output:
    """An ``error`` output whose traceback is the French sentence alone."""
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": [text]}


def breakdown(fault: Exception) -> Output:
    """What a cell says when the fault is ours: an ``error``, since silence would be full marks."""
    sentence = f"Cette cellule n’a pas pu être exécutée ({type(fault).__name__}). Prévenez le formateur."
    return error("Panne", sentence)


def _number(points: float) -> str:
    return str(int(points)) if points == int(points) else repr(round(points, 4))
