"""nbgrader's configuration of this course; reasons and choices are in codephenix.grading."""

from pathlib import Path

from codephenix import grading

c = get_config()
grading.configure(c, Path(__file__).parent)
