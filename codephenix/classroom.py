"""A class on real files: nbgrader's own steps, from the source to the feedback, in one process.

    generate → release → fetch → (the learner works) → submit → collect → autograde → feedback

Law of this module: every step is nbgrader's; ours is only the order and the French.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.utils import temp_attrs
from traitlets.config import Config

from codephenix import grading
from codephenix.console import settings
from codephenix.problems import Problem

TRAINER_FILE = '''"""Settings of the trainer's Jupyter server for this class."""

from pathlib import Path

from codephenix import classroom, server

c = get_config()
server.configure(c, Path(__file__).parent, trainer=True)
classroom.configure(c, Path(__file__).parent)
'''

CONFIG_FILE = '''"""nbgrader's configuration of this class."""

from pathlib import Path

from codephenix import classroom

classroom.configure(get_config(), Path(__file__).parent)
'''


class StepProblem(Problem):
    """A step of nbgrader that failed; the message is French, with the end of its log."""


@dataclass(frozen=True)
class Mark:
    """What one learner got for one notebook."""

    learner: str
    notebook: str
    score: float
    maximum: float
    late: bool


def configure(c: Any, folder: Path) -> None:
    """nbgrader's configuration for a class that lives in one folder, its exchange included."""
    grading.configure(c, folder)
    c.Exchange.root = str(folder / "echange")
    c.Exchange.cache = str(folder / ".cache")
    c.ExchangeCollect.check_owner = False  # one account plays all the learners


class Classroom:
    """One course folder with its gradebook and its exchange."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        config = Config()
        configure(config, self.folder)
        self.api = NbGraderAPI(config=config)
        self.api.log_level = "ERROR"

    @classmethod
    def create(cls, folder: Path, week: Path) -> Classroom:
        """A new class around one assignment, copied from ``week``."""
        folder.mkdir(parents=True)
        (folder / "nbgrader_config.py").write_text(CONFIG_FILE, "utf-8")
        (folder / "jupyter_trainer_config.py").write_text(TRAINER_FILE, "utf-8")
        (folder / "echange").mkdir()
        shutil.copytree(week, folder / "source" / week.name)
        course = week.parent.parent
        for name in ("course.toml", settings.FILE):
            if (course / name).exists():
                shutil.copy(course / name, folder)
        if (course / "formateur").is_dir():
            shutil.copytree(course / "formateur", folder / "formateur")
        return cls(folder)

    @property
    def gradebook(self) -> Gradebook:
        """The gradebook, to be closed by the caller."""
        return Gradebook(self.api.coursedir.db_url, self.api.coursedir.course_id)

    def add_learner(self, login: str, first_name: str, last_name: str) -> None:
        """Add a learner to the gradebook, or correct the name."""
        with self.gradebook as gradebook:
            gradebook.update_or_create_student(login, first_name=first_name, last_name=last_name)

    def set_due_date(self, assignment: str, moment: datetime) -> None:
        """Set when an assignment is due."""
        with self.gradebook as gradebook:
            gradebook.update_or_create_assignment(assignment, duedate=moment.astimezone(UTC).replace(tzinfo=None))

    def generate(self, assignment: str) -> None:
        """Make the release from the source."""
        checked(self.api.generate_assignment(assignment), f"préparer {assignment}")

    def release(self, assignment: str) -> None:
        """Put the release where learners fetch it."""
        checked(self.api.release_assignment(assignment), f"distribuer {assignment}")

    def home(self, learner: str) -> Path:
        """Folder of a learner."""
        home = self.folder / "eleves" / learner
        home.mkdir(parents=True, exist_ok=True)
        return home

    def fetch(self, learner: str, assignment: str) -> Path:
        """Fetch an assignment as a learner; the folder it is in."""
        self._exchange("FetchAssignment", learner, assignment)
        return self.home(learner) / assignment

    def submit(self, learner: str, assignment: str) -> None:
        """Hand in as a learner."""
        self._exchange("Submit", learner, assignment)

    def _exchange(self, step: str, learner: str, assignment: str) -> None:
        with temp_attrs(self.api.coursedir, assignment_id=assignment, student_id=learner):
            app = getattr(self.api.exchange, step)(
                coursedir=self.api.coursedir, authenticator=self.api.authenticator, parent=self.api
            )
            app.assignment_dir = str(self.home(learner))
            app.log.setLevel("ERROR")
            app.start()

    def collect(self, assignment: str) -> None:
        """Bring in what learners handed in."""
        checked(self.api.collect(assignment), f"ramasser {assignment}")

    def submitted(self, assignment: str) -> list[str]:
        """Logins of the learners whose work was collected."""
        return sorted(self.api.get_submitted_students(assignment))

    def autograde(self, assignment: str, learner: str) -> str:
        """Grade one learner's work; an empty string, or in French why it could not be."""
        return problem_of(self.api.autograde(assignment, learner))

    def feedback(self, assignment: str, learner: str) -> str:
        """Write one learner's feedback pages; an empty string, or in French why it could not be."""
        return problem_of(self.api.generate_feedback(assignment, learner))

    def marks(self, assignment: str) -> Iterator[Mark]:
        """Marks of all learners, in order of login and notebook."""
        with self.gradebook as gradebook:
            for submission in sorted(gradebook.assignment_submissions(assignment), key=lambda s: str(s.student.id)):
                for notebook in sorted(submission.notebooks, key=lambda n: str(n.name)):
                    late = bool(submission.total_seconds_late > 0)
                    yield Mark(submission.student.id, notebook.name, notebook.score, notebook.max_score, late)


def checked(result: dict[str, Any], step: str) -> None:
    """Raise StepProblem when a step failed."""
    problem = problem_of(result)
    if problem:
        raise StepProblem(f"Impossible de {step}. {problem}")


def problem_of(result: dict[str, Any]) -> str:
    """The French sentence in the log of a failed step, else the end of the log."""
    if result["success"]:
        return ""
    lines = [line for line in (result.get("log", "") + result.get("error", "")).splitlines() if line.strip()]
    french = [line.partition("SubmissionProblem: ")[2] for line in lines if "SubmissionProblem: " in line]
    sentences = [line.partition("] ")[2] for line in lines if "\u00a0" in line and line.startswith("[ERROR]")]
    return next(iter(french or sentences), None) or (lines[-1] if lines else "nbgrader n’a rien dit.")
