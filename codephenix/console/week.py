"""A week in the trainer's hands: release, collect, give feedback, each in one idempotent step.

    generate → release ──▶ learners work and submit ──▶ collect → (grade) → feedback

Law of this module: the steps are nbgrader's, configured by the course's own ``nbgrader_config.py``; a step done twice
changes nothing, and one learner's fault never stops the others.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from codephenix import review
from codephenix.browser import Browser
from codephenix.classroom import StepProblem, checked, problem_of
from codephenix.console import answers, attempts, attendance, dashboard, papers, register, settings

CONFIG = "nbgrader_config.py"
INDEX = "index.html"  # of a learner's week
Progress = Callable[[str, int, int], None]  # who or what, how many done, of how many


@dataclass(frozen=True)
class Summary:
    """What a step did, and what to look at."""

    step: str
    week: str
    done: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # learners who handed in nothing
    late: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()  # French, with the name of the learner
    to_grade: tuple[str, ...] = field(default=())  # learners with work to grade by hand

    def sentences(self) -> Iterator[str]:
        """The summary in French, one line per thing to look at."""
        yield f"{self.week}\u00a0: {self.step}, {len(self.done)} fait{'s' if len(self.done) > 1 else ''}."
        for title, names in (
            ("Rien rendu", self.missing), ("En retard", self.late), ("À noter à la main", self.to_grade),
        ):  # fmt: skip
            if names:
                yield f"{title}\u00a0: {', '.join(names)}."
        yield from self.problems


class Desk:
    """The course in ``root`` as the trainer's commands see it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.api = NbGraderAPI(config=read_config(root))
        self.api.log_level = "ERROR"

    def register(self) -> register.Register:
        """The class and its marks."""
        return register.load(self.root, self.api.coursedir.db_url)

    def classroom(self) -> dashboard.Classroom:
        """What the dashboard shows, as it is now."""
        found = self.register()
        return dashboard.Classroom(
            found,
            attempts.read(self.root / attempts.FOLDER),
            attendance.load(self.root / attendance.FILE),
            dashboard.places(self.root, found),
            datetime.now(UTC),
            {path.stem: review.load(path) for path in sorted((self.root / review.FOLDER).glob("*.json"))},
            answers.read(self.root / attempts.FOLDER),
        )

    def submissions(self) -> tuple[Path, ...]:
        """Folders of the exchange in which each submission has its own."""
        step = self.api.exchange.Submit(
            coursedir=self.api.coursedir, authenticator=self.api.authenticator, parent=self.api
        )
        course = self.api.coursedir.course_id
        return Path(step.root) / course / "inbound", Path(step.cache) / course

    def week(self, word: str) -> str:
        """Slug of the assignment that a word names: ``s02`` or the whole slug. Raises StepProblem."""
        found = sorted(
            slug for slug in self.api.get_source_assignments() if slug == word or slug.startswith(f"{word}-")
        )
        if len(found) != 1:
            known = ", ".join(sorted(self.api.get_source_assignments())) or "aucune"
            raise StepProblem(f"Aucune semaine «\u00a0{word}\u00a0». Semaines du cours\u00a0: {known}.")
        return found[0]

    def release(self, slug: str) -> Summary:
        """Make the learners' version and put it where they fetch it; again only when the source has changed."""
        changed = _newest(self.root / "source" / slug) > _newest(self.root / "release" / slug)
        if changed:
            checked(self.api.generate_assignment(slug, force=True), f"préparer {slug}")
        released = slug in self.api.get_released_assignments()
        if released and changed:
            self.api.unrelease(slug)
        if changed or not released:
            checked(self.api.release_assignment(slug), f"distribuer {slug}")
        return Summary("distribuer", slug, done=(slug,))

    def collect(self, slug: str) -> Summary:
        """Bring in what learners handed in, newer versions included."""
        checked(self.api.collect(slug, update=True), f"ramasser {slug}")
        done = sorted(self.api.get_submitted_students(slug))
        return Summary("ramasser", slug, done=tuple(done), missing=self._missing(done), late=self._late(slug, done))

    def feedback(self, slug: str, progress: Progress) -> Summary:
        """Write the feedback pages of the learners whose work is graded, and hand them out."""
        graded, problems = sorted(self.api.get_autograded_students(slug)), []
        found, chosen = self.register(), settings.load(self.root)
        for rank, login in enumerate(graded):
            progress(login, rank, len(graded))
            problem = problem_of(self.api.generate_feedback(slug, login))
            if not problem:
                page = papers.week_index(found, slug, login, date.today(), chosen)  # noqa: DTZ011
                (self.folder(slug, login) / INDEX).write_text(page, "utf-8")
                problem = problem_of(self.api.release_feedback(slug, login))
                self._give_back(slug, login)
            problems += [f"{login}\u00a0: {problem}"] if problem else []
        return replace(self.to_look_at(slug), step="rendre les retours", problems=tuple(problems))

    def to_look_at(self, slug: str) -> Summary:
        """Who was graded, who handed in nothing or late, and what waits for the trainer."""
        graded = sorted(self.api.get_autograded_students(slug))
        to_grade = {mark.learner for mark in self.register().marks if mark.week == slug and mark.to_grade}
        missing, late = self._missing(graded), self._late(slug, graded)
        return Summary("corriger", slug, tuple(graded), missing, late, to_grade=tuple(sorted(to_grade)))

    def _give_back(self, slug: str, login: str) -> None:
        """Put the pages in the learner's own folder, when the class is on this machine's hub."""
        space = self.root / ".codephenix" / "learners" / login / "espace"
        if not space.is_dir():
            return
        target = space / "retours" / slug
        target.mkdir(parents=True, exist_ok=True)
        for page in self.folder(slug, login).glob(
            "*.html"
        ):  # whole in themselves: what is beside them is handed-in files
            shutil.copy(page, target)

    def folder(self, slug: str, login: str) -> Path:
        """Where the feedback pages of a learner's week are."""
        return self.root / "feedback" / login / slug

    def print_feedback(self, slug: str) -> list[Path]:
        """Write each feedback page of a week as PDF beside it; the files written."""
        written = []
        with Browser() as browser:
            for path in sorted((self.root / "feedback").glob(f"*/{slug}/*.html")):
                target = path.with_suffix(".pdf")
                target.write_bytes(browser.pdf(path.read_text("utf-8")))
                written.append(target)
        return written

    def _missing(self, done: list[str]) -> tuple[str, ...]:
        return tuple(learner.login for learner in self.register().learners if learner.login not in done)

    def _late(self, slug: str, done: list[str]) -> tuple[str, ...]:
        with self.api.gradebook as gradebook:
            due = gradebook.find_assignment(slug).duedate
        moments = {login: self.api.get_submitted_timestamp(slug, login) for login in done}
        return tuple(login for login, moment in moments.items() if due and moment and moment > due)


def read_config(root: Path) -> Config:
    """nbgrader's configuration of the course, from its own file. Raises StepProblem."""
    if not (root / CONFIG).exists():
        raise StepProblem(f"{root}\u00a0: le fichier {CONFIG} manque. Indiquez le dossier du cours avec --root.")
    config: Config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    return config


def _newest(folder: Path) -> float:
    return max((path.stat().st_mtime for path in folder.rglob("*") if path.is_file()), default=0.0)
