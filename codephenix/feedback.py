"""Feedback pages: one self-contained French page per notebook, and the safe view in formgrader.

Law of this module: whatever a learner wrote goes through ``sanitise``; a page loads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, pass_context
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import CssLexer, HtmlLexer, JavascriptLexer, YamlLexer
from traitlets import default

from codephenix import syllabus
from codephenix.formgrader import French
from codephenix.sanitise import markdown_html, output_html
from codephenix.site import extension_of, header_name

TEMPLATES = Path(str(files("codephenix") / "templates"))
_LEXERS = {".css": CssLexer, ".js": JavascriptLexer, ".json": JavascriptLexer, ".yaml": YamlLexer}
_FORMATTER = HtmlFormatter(nowrap=True, classprefix="hl-")


def highlighted(source: str) -> Markup:
    """Source of a cell, coloured in the language its first line names."""
    lexer = _LEXERS.get(extension_of(header_name(source) or ""), HtmlLexer)
    return Markup(highlight(source, lexer(stripnl=False), _FORMATTER))  # Pygments escapes


def rendered(markdown: str) -> Markup:
    """Markdown as clean HTML, its headings without the anchors that nbconvert adds."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return Markup(markdown_html(MarkdownWithMath(renderer=renderer).render(markdown)))


def shown(output: NotebookNode) -> Markup:
    """An output as clean HTML, or as text."""
    data = output.get("data", {})
    if "text/html" in data:
        return Markup(output_html(data["text/html"]))  # cleaned
    text = data.get("text/plain") or "\n".join(output.get("traceback", [])) or output.get("text", "")
    return Markup(f"<pre>{escape(text)}</pre>")  # escaped


def french_number(value: float | None) -> str:
    """A mark as one writes it in French: ``12,5``."""
    return f"{round(value or 0, 2):g}".replace(".", ",")


def learner_name(student: str, db_url: str) -> str:
    """First and last name from the gradebook, else the login."""
    from nbgrader.api import Gradebook, MissingEntry

    try:
        with Gradebook(db_url) as gradebook:
            found = gradebook.find_student(student)
            return " ".join(filter(None, (found.first_name, found.last_name))) or student
    except MissingEntry:
        return student


_HEADING = re.compile(r"^#{1,6} +(?P<title>\S.*)$", re.MULTILINE)


def exercise_titles(nb: NotebookNode) -> dict[str, str]:
    """Title of each graded cell: the last heading before it, without its Markdown marks."""
    titles, title = {}, ""
    for cell in nb.cells:
        grading = cell.metadata.get("nbgrader") or {}
        found = _HEADING.findall(cell.source) if cell.cell_type == "markdown" else []
        headings = [heading.rstrip().rstrip("#").rstrip() for heading in found]
        if headings and not re.match("indice", headings[0], re.IGNORECASE):
            title = re.sub(r"[`*_]", "", headings[0])
        if grading.get("grade"):
            titles[grading["grade_id"]] = title or grading["grade_id"]
    return titles


@dataclass(frozen=True)
class ToReview:
    """The lesson that a notebook of exercises practises."""

    title: str
    address: str  # from a learner's feedback page, as their server shows it


def lesson_of(folder: Path, notebook: str) -> ToReview | None:
    """The lesson of a notebook graded in ``autograded/LOGIN/WEEK``; None when the course does not say."""
    course = folder.resolve().parents[2] / "course.toml" if len(folder.resolve().parents) > 2 else Path("course.toml")
    try:
        week = syllabus.loads(course.read_text("utf-8")).week(folder.name)
    except (OSError, syllabus.SyllabusProblem):
        return None
    lesson = next((one for one in week.lessons if one.notebook == notebook), None)
    if lesson is None:
        return None
    # A page is opened at files/exercices/WEEK/feedback/MOMENT/: five folders under the learner's server.
    return ToReview(lesson.title, f"../../../../../lab/tree/cours/{week.slug}/{lesson.slug}.ipynb")


class FeedbackExporter(TemplateExporter):
    """Makes the page that a learner reads, keeps and prints."""

    output_mimetype = "text/html"
    template_name = "feedback"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """nbconvert's filters, and ours in the place of those that trust their input."""
        yield from super().default_filters()
        yield ("markdown", rendered)
        yield ("highlighted", highlighted)
        yield ("shown", shown)
        yield ("number", french_number)

    def from_notebook_node(  # type: ignore[override]  # as nbconvert's own exporters of text
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert a graded notebook; ``resources["nbgrader"]`` holds its marks."""
        resources = self._init_resources(resources)
        marks = resources.setdefault("nbgrader", {})
        assets = files("codephenix") / "assets"
        resources["codephenix"] = {
            "style": "\n".join((assets / name).read_text("utf-8") for name in ("feedback.css", "results.css")),
            "highlight": _FORMATTER.get_style_defs(),
            "learner": learner_name(marks["student"], marks["db_url"]) if "student" in marks else "",
            "titles": exercise_titles(nb),
            "lesson": lesson_of(Path(resources.get("metadata", {}).get("path") or "."), marks.get("notebook", "")),
            "date": datetime.now().astimezone().strftime("%d/%m/%Y"),
        }
        return super().from_notebook_node(nb, resources, **kw)


class SafeHTMLExporter(HTMLExporter):
    """What formgrader shows of a submission, in the trainer's origin."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.template_paths = [str(TEMPLATES / "formgrade"), *self.template_paths]  # ours first: no MathJax
        self.sanitize_html = True
        self.exclude_input_prompt = self.exclude_output_prompt = True  # « In [1]: » says nothing of a web page
        self.exclude_anchor_links = True
        self.require_js_url = self.jquery_url = self.mathjax_url = ""

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        environment.add_extension(French)
        return environment

    def from_filename(self, filename: str, resources: dict[str, Any] | None = None, **kw: Any) -> Any:
        """Convert a submission; formgrader's template writes the learner's name as it is given."""
        given = {key: escape(value) if isinstance(value, str) else value for key, value in (resources or {}).items()}
        return super().from_filename(filename, resources=given, **kw)

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown as clean HTML."""
        return Markup(markdown_html(super().markdown2html(context, source)))  # cleaned

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """nbconvert's filters, with our cleaning and our highlighting."""
        yield from super().default_filters()
        yield ("clean_html", lambda html: Markup(output_html(html)))
        yield ("highlight_code", lambda source, **_: Markup(f'<pre class="highlight">{highlighted(source)}</pre>'))
