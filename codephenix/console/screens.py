"""The trainer's screens in JupyterLab, with ipywidgets: the dashboard, and the grading of projects.

    from codephenix.console import screens
    screens.dashboard()          screens.grading("s01")

Law of this module: thin; figures and pages come from their own modules, and what learners wrote is escaped there.
"""

from __future__ import annotations

import threading
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as w
from markupsafe import Markup

from codephenix.browser import Browser
from codephenix.console import dashboard as pages
from codephenix.console import papers, projects, settings
from codephenix.console import rubric as grid
from codephenix.console.projects import PageReport, Project
from codephenix.console.week import Desk
from codephenix.problems import Problem

WIDE = w.Layout(width="100%")


def find_root(start: Path | None = None) -> Path:
    """Folder of the course, from the folder of a notebook in it. Raises Problem."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "course.toml").exists():
            return folder
    raise Problem(f"Aucun cours au-dessus de {here}. Ouvrez ce notebook dans le dossier du cours.")


def dashboard(root: Path | None = None) -> w.Widget:
    """The class at a glance; menus open one learner, then one answer; a button reads everything again."""
    return Board(Desk(root or find_root())).view


class Board:
    """The dashboard and its menus."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._browser = Browser()
        self.learner = w.Dropdown(description="Apprenant", layout=w.Layout(width="22rem"))
        self.exercise = w.Dropdown(description="Exercice", layout=w.Layout(width="26rem"))
        self.again = w.Button(description="Actualiser", icon="refresh")
        self.frame, self.said = w.HTML(layout=WIDE), w.HTML()
        self.view = w.VBox([w.HBox([self.learner, self.exercise, self.again]), self.said, self.frame])
        people = [(one.name, one.login) for one in desk.register().learners]
        self.learner.options, self.learner.value = [("Toute la classe", ""), *people], ""
        self.exercise.options, self.exercise.value = [("Tous les exercices", "")], ""
        self.learner.observe(self._choose, "value")
        self.exercise.observe(self._show, "value")
        self.again.on_click(self._show)
        self._show()

    def _choose(self, _change: Any) -> None:
        """Offer the exercises of the learner who was chosen."""
        marks = self._desk.register().of(self.learner.value) if self.learner.value else ()
        self.exercise.options = [("Tous les exercices", ""), *((mark.title, mark.exercise) for mark in marks)]
        self.exercise.value = ""
        self._show()

    def _show(self, *_: Any) -> None:
        try:
            self.frame.value, self.said.value = self._page(), ""
        except (Problem, OSError) as problem:
            self.said.value = f'<p role="alert">{escape(str(problem))}</p>'

    def _page(self) -> str:
        classroom, chosen = self._desk.classroom(), settings.load(self._desk.root)
        login, slug = self.learner.value, self.exercise.value
        if not login:
            return framed(pages.page(classroom, chosen))
        if not slug:
            return framed(pages.learner_page(classroom, login, chosen))
        mark = next(one for one in classroom.register.of(login) if one.exercise == slug)
        test = next((cell for cell, place in classroom.places.items() if place.exercise.slug == slug), slug)
        notebook = self._desk.root / "autograded" / login / mark.week / f"{mark.notebook}.ipynb"
        answer = projects.answer_to(notebook, test, self._browser)
        return papers.render("answer", mark=mark, answer=answer, results=Markup(answer.results))  # cleaned


def framed(html: str, *, height: str = "75vh") -> str:
    """A page in a frame that runs nothing and reaches nothing."""
    return (
        f'<iframe sandbox="" srcdoc="{escape(html)}" title="Tableau de bord" '
        f'style="width: 100%; height: {height}; border: 1px solid #c9ced6"></iframe>'
    )


def grading(week: str, root: Path | None = None) -> w.Widget:
    """The projects of a week: one tab a learner, pictures and reports on the left, the rubric on the right."""
    desk = Desk(root or find_root())
    try:
        slug = desk.week(week)
        found = projects.load(desk.root, desk.api.coursedir.db_url, slug)
    except Problem as problem:
        return w.HTML(f'<p role="alert">{escape(str(problem))}</p>')
    if not found:
        return w.HTML("<p>Aucun projet corrigé pour cette semaine. Lancez d’abord la correction.</p>")
    register = desk.register()
    tabs = w.Tab([_project(desk, slug, project) for project in found])
    for rank, project in enumerate(found):
        mark = "✓ " if project.graded else ""
        tabs.set_title(rank, mark + register.learner(project.learner).name)
    return tabs


def _project(desk: Desk, week: str, project: Project) -> w.Widget:
    seen = w.HTML("<p>Préparation des images…</p>", layout=w.Layout(flex="0 0 62%", overflow="auto"))
    threading.Thread(target=_examine, args=(desk.root, week, project.learner, seen), daemon=True).start()
    return w.HBox([seen, _form(desk.api.coursedir.db_url, week, project)], layout=WIDE)


def _examine(root: Path, week: str, learner: str, seen: w.HTML) -> None:
    """Fill a tab; the browser takes a second or two per page."""
    try:
        notebook = projects.file_of(root, week, learner)
        with Browser() as browser:
            found = projects.reports(projects.site_of(notebook), browser, projects.folder_pages(notebook))
        compared = "".join(projects.likenesses(notebook))
        mockups = f"<h3>Écart avec la maquette</h3>{compared}" if compared else ""
        seen.value = "".join(map(report_html, found)) + mockups or "<p>Ce projet n’a aucune page.</p>"
    except Problem as problem:
        seen.value = f'<p role="alert">{escape(str(problem))}</p>'


def report_html(report: PageReport) -> str:
    """One page of a project as pictures and sentences."""
    return papers.render("project", report=report, widths=projects.WIDTHS)


def _form(db_url: str, week: str, project: Project) -> w.Widget:
    rubric = grid.rubric()
    fields = {
        one.code: w.BoundedFloatText(
            value=project.scores.get(one.code, 0), min=0, max=one.points, step=0.5, layout=w.Layout(width="6rem")
        )
        for one in rubric.criteria
    }
    bank = w.Dropdown(options=[("Choisir un commentaire…", ""), *((one, one) for one in rubric.comments)], layout=WIDE)
    text = w.Textarea(value=project.comment, placeholder="Commentaire pour l’apprenant", rows=6, layout=WIDE)
    said = w.HTML()
    button = w.Button(description="Enregistrer", button_style="primary", icon="check")
    bank.observe(partial(_add, text, bank), "value")

    def save(_button: Any) -> None:
        try:
            scores = {code: field.value for code, field in fields.items()}
            points = projects.save(db_url, week, project.learner, scores, text.value)
            said.value = f'<p role="status">Enregistré\u00a0: {papers.number(points)} points.</p>'
        except Problem as problem:
            said.value = f'<p role="alert">{escape(str(problem))}</p>'

    button.on_click(save)
    lines = [
        w.VBox(
            [
                w.HTML(
                    f"<b>{escape(one.title)}</b> ({', '.join(one.ccp)}, sur {papers.number(one.points)})"
                    f"<br>{escape(one.help)}"
                ),
                fields[one.code],
            ]
        )
        for one in rubric.criteria
    ]
    tests = w.HTML(f"<p>Tests : {papers.number(project.auto)} / {papers.number(project.auto_maximum)} points</p>")
    return w.VBox([tests, *lines, bank, text, button, said], layout=w.Layout(flex="1 1 0", padding="0 0 0 1rem"))


def _add(text: w.Textarea, bank: w.Dropdown, _change: Any) -> None:
    if bank.value and bank.value not in text.value:
        text.value = f"{text.value}\n\n{bank.value}".strip()
    bank.value = ""
