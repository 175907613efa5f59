"""nbgrader's side: what we put in the place of its own parts, through its configuration.

    generate   WebClearSolutions   leaves the file name and the starter of a solution cell
    autograde  RestoreCells        gives back a test cell that the learner removed
               CleanCells          drops what a web notebook never holds (raw cells, attachments, metadata)
               WebExecute          runs the cells in this process and one warm browser: no kernel, no Python
    validate   WebValidator        the same execution, behind the « Validate » button
    feedback   FeedbackExporter    one self-contained French page (module ``feedback``)

Law of this module: a submission is data. Nothing in it is executed here, and nothing in it stops the others
from being graded.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import warnings
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jsonschema.validators import validator_for
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader import api
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    DeduplicateIds,
    GetGrades,
    LimitOutput,
    LockCells,
    NbGraderPreprocessor,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
    SaveCells,
)
from nbgrader.utils import has_failed, is_grade
from nbgrader.validator import Validator
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import SAWarning

from codephenix.browser import BrowserGone, BrowserMissing
from codephenix.console import audit, settings
from codephenix.exchange import WholeCollect, WholeSubmit
from codephenix.execution import run_notebook
from codephenix.feedback import FeedbackExporter
from codephenix.hub import settings as hub_settings
from codephenix.projects import OwnFiles
from codephenix.release import LeakProblem, refuse_leak, released_source
from codephenix.sheet import Sheet
from codephenix.submission import MAX_FILE_KB, MAX_SUBMISSION_KB, SubmissionProblem, check_links, check_notebook

MAX_TEXT = 20_000  # characters of one Markdown cell: ten times the longest; Markdown's time grows with the square
LOCK_S = 60.0  # how long a writer waits for another program's transaction

NO_ANSWER = "Aucune réponse."  # nbgrader's « No response. »

SCHEMA_VERSION = MetadataValidator.schema_version

IGNORED_FILES = [
    ".ipynb_checkpoints", "*.pyc", "__pycache__", ".*", "*.py", "*.pth", "nbgrader_config*", "*_config.json",
    "jupyter_*config*", "gradebook.db*",
]  # fmt: skip
"""Files that never enter a submission: those that some part of Jupyter would run or obey."""


class WebClearSolutions(ClearSolutions):
    """Clears solutions cell by cell: HTML, CSS and JavaScript live in one notebook."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Replace the solution regions of a notebook."""
        for index, cell in enumerate(nb.cells):
            nb.cells[index], resources = self.preprocess_cell(cell, resources, index)
        nb.metadata.pop("celltoolbar", None)
        return nb, resources

    def preprocess_cell(self, cell: NotebookNode, resources: Any, cell_index: int) -> tuple[NotebookNode, Any]:
        """Replace the region of one solution cell; refuse a region anywhere else."""
        del cell_index
        try:
            if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code":
                cell.source = released_source(cell.source)
            refuse_leak(cell.source)
        except LeakProblem as problem:
            raise SubmissionProblem(f"Cellule «\u00a0{cell.get('id', '?')}\u00a0»\u00a0: {problem}") from problem
        return cell, resources


class CheckCells(CheckCellMetadata):
    """nbgrader's check of its metadata, with a schema that is read and checked once."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Leave what is valid; give the rest to nbgrader, which says what is wrong."""
        found = [cell.metadata["nbgrader"] for cell in nb.cells if "nbgrader" in cell.metadata]
        if all(one.get("schema_version") == SCHEMA_VERSION and metadata_schema().is_valid(one) for one in found):
            return nb, resources
        return super().preprocess(nb, resources)


@cache
def metadata_schema() -> Any:
    """Validator of a cell's nbgrader metadata."""
    schema = MetadataValidator().schema
    return validator_for(schema)(schema)


class CleanCells(NbGraderPreprocessor):
    """Keeps of a submitted notebook only what grading needs."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Turn raw cells to code blocks, drop attachments and foreign metadata, cut huge sources."""
        for cell in nb.cells:
            grading = cell.metadata.get("nbgrader", {})
            cell.metadata = NotebookNode({"nbgrader": grading} if grading.get("grade_id") else {})
            cell.pop("attachments", None)
            if cell.cell_type == "raw":
                cell.cell_type = "markdown"
                cell.source = "    " + cell.source.replace("\n", "\n    ")
            if cell.cell_type == "markdown" and len(cell.source) > MAX_TEXT:
                cell.source = cell.source[:MAX_TEXT] + "\n\n(texte coupé\u00a0: il dépasse 20\u00a0000 signes)"
        return nb, resources


class RestoreCells(OverwriteCells):
    """Restores given cells, and puts test cells that are missing back at the end of the notebook.

    What a cell counts for is what the gradebook says, whatever the notebook says: nbgrader restores the points, not
    the flags, and stops at a graded cell that it does not know.
    """

    add_missing_cells = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Restore the cells of a notebook, on a sheet that is read once."""
        known = resources["nbgrader"]
        self.notebook_id, self.assignment_id, self.db_url = known["notebook"], known["assignment"], known["db_url"]
        with api.Gradebook(self.db_url) as gradebook:
            self.gradebook = Sheet(gradebook, self.notebook_id, self.assignment_id)
            flags = graded_cells(gradebook.find_notebook(self.notebook_id, self.assignment_id))
            for index, cell in enumerate(nb.cells):
                found = flags.get(cell.metadata.pop("nbgrader", {}).get("grade_id"))
                if found:
                    cell.metadata["nbgrader"] = NotebookNode(found)
                nb.cells[index], resources = self.preprocess_cell(cell, resources, index)
            nb, resources = self.add_missing_grade_cells(nb, resources)
            return self.add_missing_task_cells(nb, resources)

    def add_missing_grade_cells(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Append the missing test cells in the order of the source.

        At the end every answer has run, so the place of a test does not matter; nbgrader's own method needs
        the cell before it to exist.
        """
        source = self.gradebook.find_notebook(self.notebook_id, self.assignment_id)
        points = {cell.name: cell.max_score for cell in source.grade_cells}
        solutions = {cell.name for cell in source.solution_cells}
        present = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells}
        for cell in source.source_cells:
            if cell.name in points and cell.name not in present:
                nb.cells.append(
                    self.missing_cell_transform(cell, points[cell.name], is_solution=cell.name in solutions)
                )
        return nb, resources

    def missing_cell_transform(self, source_cell: Any, *args: Any, **kwargs: Any) -> NotebookNode:
        """nbgrader's cell, without the Python comment it writes in front."""
        cell = super().missing_cell_transform(source_cell, *args, **kwargs)
        cell.source = source_cell.source
        return cell


def graded_cells(notebook: Any) -> dict[str, dict[str, Any]]:
    """nbgrader's metadata of each cell of a notebook of the gradebook, by grade_id."""
    points = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    kinds = {
        "grade": {cell.name for cell in notebook.grade_cells},
        "solution": {cell.name for cell in notebook.solution_cells},
        "task": {cell.name for cell in notebook.task_cells},
    }
    found: dict[str, dict[str, Any]] = {}
    for cell in notebook.source_cells:
        form = {"grade_id": cell.name, "locked": cell.locked, "cell_type": cell.cell_type, "schema_version": 3}
        found[cell.name] = {**form, **{kind: cell.name in names for kind, names in kinds.items()}}
        if cell.name in points:
            found[cell.name]["points"] = points[cell.name]
    return found


class WebExecute(NbGraderPreprocessor):
    """Runs a notebook's cells in this process; pages and tests run in the browser."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Give every code cell its outputs; raises SubmissionProblem when there is no browser to do it."""
        folder = Path((resources or {}).get("metadata", {}).get("path") or ".")
        try:
            run_notebook(nb, folder)
        except (BrowserMissing, BrowserGone) as problem:
            raise SubmissionProblem(f"{folder}\u00a0: {problem} Relancez ensuite la correction.") from problem
        return nb, resources


class SaveGrades(SaveAutoGrades):
    """Saves the marks of a notebook all at once: faster than a transaction a cell, and never half a notebook."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Save scores and automatic comments."""
        known = resources["nbgrader"]
        self.notebook_id, self.assignment_id = known["notebook"], known["assignment"]
        self.student_id, self.db_url = known["student"], known["db_url"]
        with api.Gradebook(self.db_url) as gradebook:
            self.gradebook = Sheet(gradebook, self.notebook_id, self.assignment_id, self.student_id)
            session = gradebook.db
            commit, session.commit = session.commit, session.flush
            for index, cell in enumerate(nb.cells):
                self.preprocess_cell(cell, resources, index)
            commit()
        return nb, resources

    def _add_comment(self, cell: NotebookNode, resources: Any) -> None:
        """Save nbgrader's automatic comment, which the learner and the trainer read, in French."""
        super()._add_comment(cell, resources)
        comment = self.gradebook.find_comment(
            cell.metadata["nbgrader"]["grade_id"], self.notebook_id, self.assignment_id, self.student_id
        )
        if comment.auto_comment:
            comment.auto_comment = NO_ANSWER


class SubmissionExporter(NotebookExporter):
    """Reads notebooks with care: a broken one is named in French, and the others go on."""

    optimistic_validation = True  # once at the end, not after each step: the steps are ours and nbgrader's

    def from_filename(self, filename: str, resources: dict[str, Any] | None = None, **kw: Any) -> Any:
        """Convert one notebook; raises SubmissionProblem when it cannot be one."""
        quiet_tracebacks(self.log)
        check_links(Path(filename).parent)
        check_notebook(Path(filename))
        return super().from_filename(filename, resources=resources, **kw)


class _Quiet(logging.Filter):
    """Shows a SubmissionProblem as its sentence, without our stack."""

    _SENTENCE = re.compile(r"^Traceback .*SubmissionProblem: (?P<text>[^\n]*)", re.DOTALL)

    def filter(self, record: logging.LogRecord) -> bool:
        found = self._SENTENCE.match(str(record.msg))
        if found:
            record.msg, record.args = found["text"], ()
        return True


def quiet_tracebacks(log: Any) -> None:
    """Add the filter once to a logger or to the logger behind an adapter."""
    logger = getattr(log, "logger", log)
    if not any(isinstance(known, _Quiet) for known in logger.filters):
        logger.addFilter(_Quiet())


class WebValidator(Validator):
    """nbgrader's « Validate », with our execution and in French."""

    preprocessors = [CheckCellMetadata, ClearOutput, WebExecute]  # a traitlets default

    def validate(self, filename: str) -> Any:
        """Validate a notebook, which reads its given files beside it; a problem is a failed cell, in French."""
        try:
            check_notebook(Path(filename))
            results = super().validate(filename)
        except SubmissionProblem as problem:
            return {"failed": [{"source": "", "error": escape(str(problem)), "raw_error": str(problem)}]}
        for failed in results.get("failed", []):
            failed["source"] = failed["source"].partition("\n")[0]  # its name; the code of a test helps nobody
        return results

    def _get_failed_cells(self, nb: NotebookNode) -> list[NotebookNode]:
        """Cells that show an error: with hidden tests, full marks are out of the learner's reach."""
        return [cell for cell in nb.cells if is_grade(cell) and has_failed(cell)]

    def _extract_error(self, cell: NotebookNode) -> str:
        texts = [o.data.get("text/plain", "") for o in cell.outputs if o.output_type == "display_data"]
        texts += ["\n".join(o.traceback) for o in cell.outputs if o.output_type == "error"]
        return "\n".join(filter(None, texts)) or "Vous n’avez pas encore répondu."


def configure(c: Any, root: Path) -> None:
    """Set nbgrader's configuration for the course in ``root``; sets, never appends."""
    use_our_validator()
    show_our_programs()
    keep_database_engines()
    warnings.filterwarnings("ignore", message="Object of type .* not in session", category=SAWarning)  # nbgrader's own
    c.CourseDirectory.root = str(root)
    exchange(c, root)
    c.CourseDirectory.db_url = url = settings.gradebook_url(root)
    audit.keep(url, root / audit.FILE)
    c.BaseConverter.exporter_class = SubmissionExporter
    c.GenerateAssignment.preprocessors = [
        LockCells, WebClearSolutions, ClearOutput, CheckCellMetadata, ComputeChecksums, SaveCells,
        ClearHiddenTests, ClearMarkScheme, ComputeChecksums, CheckCellMetadata,
    ]  # fmt: skip
    c.Autograde.sanitize_preprocessors = [
        ClearOutput, DeduplicateIds, CleanCells, OverwriteKernelspec, RestoreCells, CheckCells,
    ]  # fmt: skip
    # Without a second CheckCellMetadata: the cells are those that were checked a moment ago.
    c.Autograde.autograde_preprocessors = [WebExecute, LimitOutput, SaveGrades, AssignLatePenalties]
    c.Autograde.exclude_overwriting = OwnFiles(root / "source")
    c.GenerateFeedback.exporter_class = FeedbackExporter
    c.GenerateFeedback.preprocessors = [GetGrades]


def exchange(c: Any, root: Path) -> None:
    """Where work is handed out and in, when the class shares this machine."""
    c.CourseDirectory.course_id = "codephenix"
    c.CourseDirectory.ignore = IGNORED_FILES
    c.CourseDirectory.max_file_size = MAX_FILE_KB
    c.CourseDirectory.max_dir_size = MAX_SUBMISSION_KB
    c.Exchange.root = str(root / ".codephenix" / "echange")
    c.Exchange.cache = str(root / ".codephenix" / "cache")
    c.ExchangeFactory.submit = WholeSubmit
    c.ExchangeFactory.collect = WholeCollect
    # With one account for all, the owner of a submission says nothing; with one each, it says who handed in.
    c.ExchangeCollect.check_owner = hub_settings.load(root).accounts == "each"


def show_our_programs() -> None:
    """Put the folder of this Python first in PATH: nbgrader calls ``alembic`` by its name."""
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([programs, os.environ.get("PATH", os.defpath)])


def keep_database_engines() -> None:
    """Make one SQLAlchemy engine per gradebook.

    nbgrader makes one for each notebook and each step, and each compiles all its queries anew: half of its time.
    """
    api.create_engine = database_engine
    api.Base.metadata.create_all = create_tables


_known_databases: set[tuple[str, int]] = set()  # address and inode: a file that was made anew is another one


def create_tables(bind: Engine) -> None:
    """Create the tables of a gradebook that this process has not opened yet; asking costs 8 ms each time."""
    if _identity(bind) not in _known_databases:
        type(api.Base.metadata).create_all(api.Base.metadata, bind=bind)
        _known_databases.add(_identity(bind))


def _identity(bind: Engine) -> tuple[str, int]:
    path = Path(bind.url.database or "")
    return str(bind.url), path.stat().st_ino if path.is_file() else 0


@cache
def database_engine(url: str, **options: Any) -> Engine:
    """The engine of a gradebook; on SQLite a writer waits for another, as several processes grade at once."""
    if url.startswith("sqlite"):
        options.setdefault("connect_args", {"timeout": LOCK_S})
    return create_engine(url, **options)


def use_our_validator() -> None:
    """Put our validator where nbgrader names its own without asking its configuration."""
    from nbgrader.apps import validateapp
    from nbgrader.server_extensions.validate_assignment import handlers

    validateapp.Validator = handlers.Validator = WebValidator
