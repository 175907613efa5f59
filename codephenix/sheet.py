"""One notebook's part of the gradebook, read with a query for each table instead of one for each cell.

nbgrader asks for cells, grades and comments by name, one at a time, joining five tables each time.

Law of this module: what it does not find, the gradebook itself is asked, which says what is missing.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from nbgrader.api import BaseCell, Comment, Grade, Gradebook


class Sheet:
    """A gradebook that remembers one notebook; everything else is the gradebook's own."""

    def __init__(self, gradebook: Gradebook, notebook: str, assignment: str, student: str = "") -> None:
        self._gradebook = gradebook
        self._notebook, self._assignment, self._student = notebook, assignment, student

    def __getattr__(self, name: str) -> Any:
        return getattr(self._gradebook, name)

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> Any:
        """nbgrader's source cell of this name."""
        return self._sources.get(name) or self._gradebook.find_source_cell(name, notebook, assignment)

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> Any:
        """nbgrader's grade cell or task cell of this name."""
        return self._graded.get(name) or self._gradebook.find_graded_cell(name, notebook, assignment)

    def find_grade(self, name: str, notebook: str, assignment: str, student: str) -> Any:
        """nbgrader's grade of a student for a cell."""
        return self._grades.get(name) or self._gradebook.find_grade(name, notebook, assignment, student)

    def find_comment(self, name: str, notebook: str, assignment: str, student: str) -> Any:
        """nbgrader's comment to a student on a cell."""
        return self._comments.get(name) or self._gradebook.find_comment(name, notebook, assignment, student)

    @cached_property
    def _source(self) -> Any:
        return self._gradebook.find_notebook(self._notebook, self._assignment)

    @cached_property
    def _sources(self) -> dict[str, Any]:
        return {cell.name: cell for cell in self._source.source_cells}

    @cached_property
    def _graded(self) -> dict[str, Any]:
        return {cell.name: cell for cell in (*self._source.grade_cells, *self._source.task_cells)}

    @cached_property
    def _grades(self) -> dict[str, Any]:
        return self._named(Grade)

    @cached_property
    def _comments(self) -> dict[str, Any]:
        return self._named(Comment)

    @cached_property
    def _submission(self) -> Any:
        return self._gradebook.find_submission_notebook(self._notebook, self._assignment, self._student)

    def _named(self, table: Any) -> dict[str, Any]:
        """Rows of a table that belong to the submission, by the name of their cell."""
        rows = self._gradebook.db.query(table, BaseCell.name).join(BaseCell, BaseCell.id == table.cell_id)
        return {name: row for row, name in rows.filter(table.notebook_id == self._submission.id)}
