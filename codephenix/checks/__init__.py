"""Content rules: what every lesson and exercise must satisfy. Each has a code, a page in docs/checks, a bad fixture.

    C01 canonical form              C11 the release fails           C21 six tests an exercise, by the median
    C02 course.toml and files agree C12 the source scores all       C22 forty tests a project
    C03 slugs                       C13 no solution in the release  C23 a glossary entry for each concept
    C04 cell ids and grade_ids      C14 lesson cells run            C24 rare words
    C05 « À vous : … » and markers  C15 variants are accepted       C25 criteria and their coverage
    C06 ladder of hints             C16 mistakes are rejected       C26 hours
    C07 concepts in order           C17 mutants (see mutation)      C27 alternative text
    C08 images and addresses        C18 readable sentences          C28 nothing left of a skeleton
    C09 French typography           C19 little reading in a row  C29 links to the help
    C10 points add up               C20 anatomy of a lesson      C30 mock-ups of a comparison

Law of this package: no I/O. Files come as text, tests run through a function, problems come back as values.
"""

from codephenix.checks.exercises import check_exercises
from codephenix.checks.form import check_form
from codephenix.checks.lesson import check_lesson
from codephenix.checks.manifest import check_course, check_week
from codephenix.checks.notebook import Given, Notebook, Problem, Task, task_of
from codephenix.checks.rules import RULES
from codephenix.checks.trial import Tally, check_submissions, check_tally, first_failure, run_task
from codephenix.checks.vocabulary import check_glossary, check_vocabulary

__all__ = [
    "RULES",
    "Given",
    "Notebook",
    "Problem",
    "Tally",
    "Task",
    "check_course",
    "check_exercises",
    "check_form",
    "check_glossary",
    "check_lesson",
    "check_submissions",
    "check_tally",
    "check_vocabulary",
    "check_week",
    "first_failure",
    "run_task",
    "task_of",
]
