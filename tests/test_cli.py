"""The command as a trainer types it."""

import re
import subprocess
import sys

import pytest

from codephenix.cli import ENVIRONMENT, FINE, PROBLEM, USAGE, main


def run(*arguments, cwd=None, env=None):
    return subprocess.run(
        [sys.executable, "-m", "codephenix", *arguments], capture_output=True, text=True, cwd=cwd, env=env, check=False
    )


def test_help_is_french_and_names_every_verb(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == FINE
    said = capsys.readouterr().out
    for verb in ("run", "demo", "check", "format", "text"):
        assert re.search(rf"^ +{verb} ", said, re.MULTILINE)


@pytest.mark.parametrize("verb", ["run", "demo", "check", "format", "text"])
def test_every_verb_explains_itself(verb, capsys):
    with pytest.raises(SystemExit):
        main([verb, "--help"])
    assert len(capsys.readouterr().out.splitlines()) > 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["danse"], "« danse » n’existe pas"),
        ([], "il manque"),
        (["run", "--port", "a"], "ne convient pas"),
        (["run", "--trop"], "inconnus"),
    ],
)
def test_a_wrong_command_is_a_usage_error_in_french(arguments, words, capsys):
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == USAGE
    said = capsys.readouterr().err.replace("\u00a0", " ")
    assert words in said
    assert "--help" in said


def test_help_holds_no_english(capsys):
    with pytest.raises(SystemExit):
        main(["release", "--help"])
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert said.startswith("utilisation : ")
    for words in ("usage", "positional", "show this"):
        assert words not in said


def test_a_notebook_shows_as_text(root, capsys):
    assert main(["text", str(root / "source" / "s01-premiere-page" / "projet.ipynb")]) == FINE
    assert "──── poser-le-squelette · solution" in capsys.readouterr().out


def test_a_missing_or_broken_notebook_is_a_problem_in_words(tmp_path, capsys):
    (tmp_path / "a.ipynb").write_text("{")
    assert main(["text", str(tmp_path / "a.ipynb")]) == PROBLEM
    assert main(["text", str(tmp_path / "absent.ipynb")]) == PROBLEM
    said = capsys.readouterr()
    assert "notebook lisible" in said.err
    assert "Traceback" not in said.err


def test_a_machine_without_chromium_is_told_what_to_install(root, tmp_path):
    import os

    env = {**os.environ, "CODEPHENIX_CHROMIUM": str(tmp_path / "absent")}
    done = run("check", "projet", cwd=root, env=env)
    assert done.returncode == ENVIRONMENT
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_a_folder_without_a_course_is_a_problem_in_words(tmp_path):
    for verb in ("check", "demo", "format", "run"):
        done = run(verb, cwd=tmp_path)
        assert done.returncode == PROBLEM, verb
        assert "course.toml" in done.stdout + done.stderr, verb
        assert "Traceback" not in done.stderr, verb
