"""Documents that say what the course is, with no learner in them: the syllabus, and the trainer's guide of a week.

    course.toml                 →  programme.html
    docs/guide-formateur/s01.md →  guide-s01.html

Law of this module: text in, self-contained French pages out; nothing is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from codephenix.console import papers
from codephenix.console.settings import Settings
from codephenix.problems import Problem
from codephenix.sanitise import markdown_html
from codephenix.syllabus import Course

GUIDES = "docs/guide-formateur"


class GuideProblem(Problem):
    """A guide that is not there, or cannot be shown."""


def syllabus(course: Course, settings: Settings) -> str:
    """The whole course to print: weeks, lessons, and where each criterion is worked on."""

    def met(name: str, start: str) -> list[str]:
        found = dict.fromkeys(code for week in course.weeks for code in week.mapped(name) if code.startswith(start))
        return sorted(found, key=lambda code: [int(part) for part in code.split(".")])

    def ranks(name: str, start: str) -> str:
        exact = not start.endswith(".")
        return spans(
            course.rank(week)
            for week in course.weeks
            if any(code == start if exact else code.startswith(start) for code in week.mapped(name))
        )

    return papers.render(
        "syllabus", settings=settings, course=course, hours=sum(week.hours for week in course.weeks),
        lessons=sum(len(week.lessons) for week in course.weeks),
        exercises=sum(max(len(week.exercises), week.planned_exercises) for week in course.weeks),
        mapping=mapping, met=lambda name, theme: met(name, f"{theme}."), ranks=ranks,
    )  # fmt: skip


def mapping(holder: Any) -> str:
    """Criteria of a lesson or a project in one line."""
    parts = [" ".join(holder.ccp)]
    parts += [
        f"{name.upper()} {', '.join(getattr(holder, name))}" for name in ("rgaa", "rgesn") if getattr(holder, name)
    ]
    return "\u00a0; ".join(filter(None, parts))


def spans(ranks: Iterator[int]) -> str:
    """Numbers in order, those that follow each other together: ``1 à 4, 7``."""
    runs: list[list[int]] = []
    for rank in ranks:
        if runs and runs[-1][-1] == rank - 1:
            runs[-1].append(rank)
        else:
            runs.append([rank])
    return ", ".join(
        str(run[0]) if len(run) == 1 else f"{run[0]}{' à ' if len(run) > 2 else ', '}{run[-1]}" for run in runs
    )


def guide(text: str, settings: Settings) -> str:
    """A trainer's guide written in Markdown, as a page; raises GuideProblem when it has no title."""
    markdown = MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse(text)
    if [token.type for token in tokens[:1]] != ["heading_open"] or tokens[0].tag != "h1":
        raise GuideProblem("Un guide commence par son titre\u00a0: une ligne «\u00a0# …\u00a0».")
    title, rest = tokens[1].content, tokens[3:]
    _make_tables_accessible(rest)
    body = markdown_html(markdown.renderer.render(rest, markdown.options, {}))
    return papers.render("guide", settings=settings, title=title, body=Markup(_scrollable(body)))  # noqa: S704 - cleaned


def _scrollable(html: str) -> str:
    """Wide tables scroll by themselves, also with the keyboard; each region has its own name."""
    numbers = count(1)
    opened = re.sub(
        r"<table>",
        lambda _: f'<div class="wide" tabindex="0" role="region" aria-label="Tableau {next(numbers)}"><table>',
        html,
    )
    return opened.replace("</table>", "</table></div>")


def _make_tables_accessible(tokens: Sequence[Token]) -> None:
    """Header cells say what they head; an empty corner is an ordinary cell."""
    for rank, token in enumerate(tokens):
        if token.type != "th_open":
            continue
        if tokens[rank + 1].content.strip():
            token.attrSet("scope", "col")
        else:
            token.tag = tokens[rank + 2].tag = "td"


def guides(root: Path, word: str = "") -> dict[str, str]:
    """Texts of the guides by name, all or that of one week (``s01``); raises GuideProblem."""
    found = {path.stem: path.read_text("utf-8") for path in sorted((root / GUIDES).glob("*.md"))}
    if not word:
        return found
    name = word.partition("-")[0]
    if name not in found:
        known = ", ".join(found) or "aucun"
        raise GuideProblem(f"Aucun guide «\u00a0{word}\u00a0» dans {GUIDES}. Il y a\u00a0: {known}.")
    return {name: found[name]}
