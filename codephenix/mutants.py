"""Faults put into a solution, one at a time: the tests of an exercise must notice each of them.

    killed      a test fails: the tests notice this fault
    survived    every test passes: a test is missing, or the author says why this is no fault
    equivalent  nobody can tell the page from the solution: it does not count

    score = killed / (killed + survived)

A solution is cells, or the files of a project folder; there, only the lines that the starter does not give get faults.
A fault in a text or in a value that a variant of the author already replaces is the learner's own choice: it is not
made. Law of this module: no I/O; rule C17.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any

from codephenix import authored, release
from codephenix.checks import Notebook, Problem, Task, run_task, task_of
from codephenix.results import TestRun
from codephenix.site import Site, header_name

BAR = 0.95  # part of the mutants that must be killed, over a whole week
WIDTHS = (320, 768, 1280)  # px, at which two pages are compared

Mutate = Callable[[str, str], Iterable[Mapping[str, Any]]]


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True)
class Mutant:
    """A solution cell, or a file of a project folder, with one fault."""

    cell: str  # grade_id of the solution cell; empty for a file of a folder
    file: str
    line: int  # in the cell or the file, from 1
    change: str  # in French
    source: str  # of the whole cell or file, as a learner would write it
    comparable: bool = True  # whether a page at rest can show that it changes nothing

    @property
    def place(self) -> str:
        """Cell, file and line, as a person reads them."""
        cell = f"cellule «\u00a0{self.cell}\u00a0», " if self.cell else ""
        return f"{cell}{self.file}, ligne {self.line}"


@dataclass(frozen=True)
class Exercise:
    """An exercise to put to the proof: its task and its proof file."""

    slug: str
    notebook: Notebook
    task: Task
    variants: tuple[Mapping[str, Any], ...] = ()
    survivors: tuple[Mapping[str, Any], ...] = ()  # tables of {mutant, reason}, and cell or file

    def mutants(self, mutate: Mutate) -> Iterator[Mutant]:
        """Every fault of its solution that is not a free choice of the learner."""
        if self.task.in_folder:
            yield from self._in_files(mutate)
        for cell in self.task.solutions:
            file = header_name(cell.source) or "index.html"
            others = [self._answer(variant, cell.id) for variant in self.variants]
            for made in mutate(cell.source, file):
                if made["own"] and is_free(made["own"], release.solved_source(cell.source), others):
                    continue
                faulty = cell.source[: made["start"]] + made["text"] + cell.source[made["end"] :]
                source = release.solved_source(faulty)  # an open element must not end in the starter
                yield Mutant(cell.id, file, made["line"], made["change"], source, made["comparable"])

    def _in_files(self, mutate: Mutate) -> Iterator[Mutant]:
        """Faults of the files of its folder, in the lines that the starter does not give."""
        for path in authored.files(self.notebook, self.task):
            text, given = (authored.text_of(read(path)) for read in (self.notebook.corrected, self.notebook.given))
            lines = authored.written_lines(given, text)
            others = [str(variant.get("files", {}).get(path, text)) for variant in self.variants]
            for made in mutate(f"\n{text}", path):  # the first line of a cell is its name, which gets no fault
                start, end, first = made["start"] - 1, made["end"] - 1, made["line"] - 1
                last = text.count("\n", 0, max(start, end - 1)) + 1
                if {first, last} <= lines and not (made["own"] and is_free(made["own"], text, others)):
                    source = text[:start] + made["text"] + text[end:]
                    yield Mutant("", path, first, made["change"], source, made["comparable"])

    def _answer(self, variant: Mapping[str, Any], cell: str) -> str:
        return str(variant.get("cells", {}).get(cell) or variant.get("source", ""))

    def staged(self, mutant: Mutant | None = None) -> list[tuple[Site, str, str]]:
        """Site, script and name of each test cell that judges it, with a mutant in the place of what it changes."""
        seen: list[tuple[Site, str, str]] = []
        answers = {mutant.cell: mutant.source} if mutant else {}

        def record(site: Site, script: str, name: str) -> TestRun:
            seen.append((site, script, name))
            return TestRun()

        def given(path: str) -> bytes | None:
            changed = mutant is not None and not mutant.cell and mutant.file == path
            return mutant.source.encode() if mutant and changed else self.notebook.solved(path)

        for task in authored.judges(self.notebook, self.task):
            run_task(self.notebook, task, answers, record, given=given)
        return seen

    def pages(self, site: Site, file: str) -> list[str]:
        """Pages of a site that use a file."""
        reached = authored.linked(self.notebook, self.task, site) if self.task.in_folder else site.pages
        pages = (path for path in reached if path.endswith(".html"))
        return [page for page in pages if page == file or file in site.bundle(page)]

    def reason(self, mutant: Mutant) -> str | None:
        """Why its author lets this mutant live."""
        return next((entry.get("reason", "") for entry in self.survivors if matches(entry, mutant)), None)


def is_free(own: str, solution: str, variants: Iterable[str]) -> bool:
    """Whether a variant shows that what a fault touches is a free choice: it holds it less often.

    own  a word or a sentence, ``<p`` for an element, ``alt=`` for an attribute.
    """
    if own.startswith("<"):
        pattern = re.escape(own) + r"(?=[\s>/])"
    elif own.endswith("="):
        pattern = rf"\b{re.escape(own[:-1])}\s*="
    else:
        pattern = r"\s+".join(map(re.escape, own.split()))
    wanted = len(re.findall(pattern, solution, re.IGNORECASE))
    return any(len(re.findall(pattern, variant, re.IGNORECASE)) < wanted for variant in variants)


def matches(entry: Mapping[str, Any], mutant: Mutant) -> bool:
    """Whether a ``[[survivors]]`` entry is about a mutant; ``*`` in it stands for anything."""
    pattern = str(entry.get("mutant", "")).replace("[", "[[]")
    same = entry.get("cell", mutant.cell) == mutant.cell and entry.get("file", mutant.file) == mutant.file
    return same and fnmatchcase(mutant.change, pattern)


def exercise_of(notebook: Notebook, slug: str, proofs: str) -> Exercise | None:
    """The exercise of this slug with its proof file; None when the notebook holds none. Raises TOMLDecodeError."""
    task = task_of(notebook, slug)
    if task is None:
        return None
    tables = tomllib.loads(proofs)
    return Exercise(slug, notebook, task, tuple(tables.get("variants", [])), tuple(tables.get("survivors", [])))


@dataclass(frozen=True)
class Report:
    """What became of the mutants of one exercise."""

    exercise: Exercise
    fates: tuple[tuple[Mutant, Fate], ...]
    sound: bool = True  # False when the tests refuse the solution itself: its mutants would prove nothing

    def count(self, fate: Fate) -> int:
        """How many mutants had this fate."""
        return sum(found is fate for _, found in self.fates)

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """Mutants that no test notices, listed by the author or not."""
        return tuple(mutant for mutant, fate in self.fates if fate is Fate.SURVIVED)

    @property
    def unlisted(self) -> tuple[Mutant, ...]:
        """Survivors about which the author says nothing."""
        return tuple(mutant for mutant in self.survivors if not self.exercise.reason(mutant))

    def problems(self) -> Iterator[Problem]:
        """C17: survivors without a reason, and reasons without a survivor."""
        if not self.sound:
            text = "les tests refusent la solution elle-même. Réparez-la, puis recommencez."
            yield Problem("C17", self.exercise.slug, text)
            return
        for mutant in self.unlisted:
            yield Problem(
                "C17", f"{self.exercise.slug}, {mutant.place}", f"aucun test ne voit ceci\u00a0: {mutant.change}."
            )
        for entry in self.exercise.survivors:
            if not any(matches(entry, mutant) for mutant in self.survivors):
                text = f"plus aucun mutant ne survit à «\u00a0{entry.get('mutant', '')}\u00a0». Retirez cette entrée."
                yield Problem("C17", f"{self.exercise.slug}.toml", text)


def score(reports: Sequence[Report]) -> float:
    """Part of the mutants that are killed, equivalent ones apart; 1 when there is none."""
    killed = sum(report.count(Fate.KILLED) for report in reports)
    alive = sum(report.count(Fate.SURVIVED) for report in reports)
    return killed / (killed + alive) if killed + alive else 1.0


def check_score(place: str, reports: Sequence[Report]) -> Iterator[Problem]:
    """C17: the part of the mutants that must be killed over a week."""
    found = score(reports)
    if found < BAR:
        yield Problem("C17", place, f"les tests voient {percent(found)} des fautes, il en faut {percent(BAR)}.")


def percent(part: float) -> str:
    """A part as one reads it in French, rounded down."""
    return f"{int(part * 1000) / 10:g}\u00a0%".replace(".", ",")
