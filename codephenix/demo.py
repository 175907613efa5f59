"""``codephenix demo``: a class of eight on real files, from the source to the feedback pages.

Law of this module: nothing is simulated but the learners; a mark that is not the expected one is a failure.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from codephenix import learners
from codephenix.classroom import Classroom, Mark, StepProblem
from codephenix.feedback import french_number

WEEK = "s01-premiere-page"
MARKER = "DEMONSTRATION.txt"


def play(root: Path, folder: Path) -> list[str]:
    """Run the demonstration in ``folder``, made anew; the problems found, empty when all is as expected."""
    console = Console(highlight=False)
    start_over(folder)
    pupils = learners.load()
    console.print("Une classe de 8 apprenants simulés rend la semaine 1. Voici ce que fait le formateur.")
    classroom = Classroom.create(folder / "classe", root / "source" / WEEK)
    columns = TextColumn("{task.description:<44}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress:
        try:
            problems = _term(classroom, pupils, progress)
        except (StepProblem, learners.LearnerProblem) as stopped:
            problems = [str(stopped)]
    marks = list(classroom.marks(WEEK))
    console.print(_table(pupils, marks))
    problems += _surprises(pupils, marks)
    for problem in problems:
        console.print(f"[bold]✗[/bold] {problem}", markup=True)
    pages = classroom.folder / "feedback"
    console.print(f"Les pages de retour sont dans {pages}. Ouvrez par exemple\u00a0:")
    console.print(f"  {next(iter(sorted(pages.rglob('*.html'))), pages)}", soft_wrap=True)
    console.print("Pour voir cette classe dans formgrader\u00a0:")
    console.print(f"  codephenix --root {classroom.folder} run --trainer", soft_wrap=True)
    console.print("Toutes les notes sont celles attendues." if not problems else "La démonstration a échoué.")
    return problems


def start_over(folder: Path) -> None:
    """Empty the demonstration's folder; refuse a folder that holds anything else."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise SystemExit(f"Le dossier {folder} contient autre chose qu’une démonstration. Choisissez-en un autre.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARKER).write_text("Dossier de la démonstration, effacé à chaque lancement.\n", "utf-8")


def _term(classroom: Classroom, pupils: list[learners.Learner], progress: Progress) -> list[str]:
    """The steps of a week; what could not be graded."""
    steps = progress.add_task("Préparer et distribuer", total=2)
    classroom.generate(WEEK)
    progress.advance(steps)
    classroom.release(WEEK)
    progress.advance(steps)
    hand_in = progress.add_task("Les apprenants travaillent et rendent", total=len(pupils))
    for position, pupil in enumerate(pupils):
        if pupil.late and not any(before.late for before in pupils[:position]):
            classroom.set_due_date(WEEK, datetime.now(UTC))
        classroom.add_learner(pupil.login, pupil.first_name, pupil.last_name)
        learners.work(pupil, classroom.fetch(pupil.login, WEEK), classroom.folder / "source" / WEEK)
        classroom.submit(pupil.login, WEEK)
        progress.advance(hand_in)
    collect = progress.add_task("Ramasser", total=1)
    classroom.collect(WEEK)
    progress.advance(collect)
    problems = []
    for description, step in (
        ("Corriger dans le navigateur", classroom.autograde),
        ("Écrire les pages de retour", classroom.feedback),
    ):
        task = progress.add_task(description, total=len(pupils))
        for login in classroom.submitted(WEEK):
            problem = step(WEEK, login)
            problems += [f"{login}\u00a0: {problem}"] if problem else []
            progress.advance(task)
    return problems


def _table(pupils: list[learners.Learner], marks: list[Mark]) -> Table:
    names = sorted({mark.notebook for mark in marks})
    table = Table(title="Notes de la semaine 1", show_lines=True)
    table.add_column("Apprenant, et ce qui a été rendu")
    for column in (*(name.partition("-")[0] for name in names), "total", "retard"):
        table.add_column(column, justify="right", no_wrap=True)
    for pupil in pupils:
        own = {mark.notebook: mark for mark in marks if mark.learner == pupil.login}
        scores = [french_number(own[name].score) if name in own else "–" for name in names]
        total = french_number(sum(mark.score for mark in own.values()))
        late = "oui" if any(mark.late for mark in own.values()) else ""
        table.add_row(f"[bold]{pupil.first_name} {pupil.last_name}[/bold]\n{pupil.story}", *scores, total, late)
    maximum = {mark.notebook: mark.maximum for mark in marks}
    points = [french_number(maximum.get(name)) for name in names]
    table.add_row("[bold]Points possibles[/bold]", *points, french_number(sum(maximum.values())), "")
    return table


def _surprises(pupils: list[learners.Learner], marks: list[Mark]) -> list[str]:
    """Marks and delays that differ from what the learners' files expect; none expected is a fault too."""
    got: dict[str, dict[str, Mark]] = defaultdict(dict)
    for mark in marks:
        got[mark.learner][mark.notebook] = mark
    return [sentence for pupil in pupils for sentence in _compare(pupil, got[pupil.login])]


def _compare(pupil: learners.Learner, got: dict[str, Mark]) -> Iterator[str]:
    if set(pupil.expected) != set(got):
        yield f"{pupil.login}\u00a0: notes attendues pour {sorted(pupil.expected)}, obtenues pour {sorted(got)}."
    for name, mark in got.items():
        expected = pupil.expected.get(name, mark.score)
        if expected != mark.score:
            numbers = f"attendu {french_number(expected)}, obtenu {french_number(mark.score)}"
            yield f"{pupil.login}, {name}\u00a0: {numbers}."
        if mark.late != pupil.late:
            yield f"{pupil.login}, {name}\u00a0: retard {'attendu' if pupil.late else 'inattendu'}."
