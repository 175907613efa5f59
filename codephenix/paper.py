"""Activities on paper: what is asked, then what is answered, as HTML and as text that need no program.

Law of this module: no I/O, and every text is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

_INLINE = re.compile(r"`(?P<code>[^`]+)`|(?<![\w*])\*(?P<em>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])")


@dataclass(frozen=True)
class Task:
    """One question on paper: what is asked, then what is answered."""

    prompt: str
    answers: tuple[str, ...]
    code: str = ""
    options: tuple[str, ...] = ()
    verbatim: bool = False  # options and answers are code, kept as they are


def as_html(title: str, tasks: Sequence[Task]) -> str:
    """Tasks as HTML without script or style, their answers folded away."""
    asked = "".join(f"<li>{_asked_html(task)}</li>" for task in tasks)
    answered = "".join(f"<li>{_texts_html(task.answers, verbatim=task.verbatim)}</li>" for task in tasks)
    return (
        f'<section lang="fr"><p><strong>{title}</strong></p><ol>{asked}</ol>'
        f"<details><summary>Réponses</summary><ol>{answered}</ol></details></section>"
    )


def _asked_html(task: Task) -> str:
    code = f"<pre><code>{escape(task.code)}</code></pre>" if task.code else ""
    options = "".join(f"<li>{_texts_html((option,), verbatim=task.verbatim)}</li>" for option in task.options)
    return f"<p>{inline_html(task.prompt)}</p>{code}" + (f"<ul>{options}</ul>" if options else "")


def _texts_html(texts: Iterable[str], *, verbatim: bool) -> str:
    if verbatim:
        return "".join(f"<pre><code>{escape(text)}</code></pre>" for text in texts)
    return "".join(f"<p>{inline_html(text)}</p>" for text in texts)


def inline_html(text: str) -> str:
    """A text escaped, with `…` as <code> and *…* as <em>; the widget has the same two rules (text.ts)."""
    parts, end = [], 0
    for match in _INLINE.finditer(text):
        tag = match.lastgroup
        parts += [escape(text[end : match.start()]), f"<{tag}>{escape(match[tag or 0])}</{tag}>"]
        end = match.end()
    return "".join(parts) + escape(text[end:])


def as_text(title: str, tasks: Sequence[Task]) -> str:
    """Tasks as plain text, their answers at the end."""
    lines = [title]
    for number, task in enumerate(tasks, 1):
        lines += ["", f"{number}. {task.prompt}", *_indented(task.code.splitlines(), "   ")]
        lines += _indented(task.options, "   - ")
    lines += ["", "Réponses"]
    for number, task in enumerate(tasks, 1):
        first, *others = "\n".join(task.answers).splitlines()
        lines += [f"{number}. {first}", *_indented(others, "   ")]
    return "\n".join(lines)


def _indented(lines: Iterable[str], prefix: str) -> list[str]:
    return [prefix + line for line in lines]
