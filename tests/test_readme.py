"""Every command of the README is run here, and every file it names exists."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = [pytest.mark.lab, pytest.mark.browser]

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def commands(readme):
    return [line for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) for line in block.splitlines()]


def shell(root, command):
    """The command with this Python's environment in the place of the default one."""
    command = command.replace("make ", f"make VENV={BIN.parent} ").replace(".venv/bin/", f"{BIN}/")
    return subprocess.Popen(
        command.split(), cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def test_the_commands_are_those_run_here(commands):
    assert commands == [
        "make run", "make demo", ".venv/bin/codephenix run", "make help", "make check", "make format",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["make help", "make check", "make format", "make demo"])
def test_a_command_that_ends_succeeds(root, command):
    process = shell(root, command)
    said = process.communicate(timeout=500)[0]
    assert process.returncode == 0, said  # for check: the course itself breaks no rule


@pytest.mark.parametrize("command", ["make run", ".venv/bin/codephenix run"])
def test_a_command_that_serves_answers_and_stops_at_once(root, command):
    process = shell(root, command)
    try:
        address, said = None, ""
        for line in process.stdout:
            said += line
            found = re.search(r"http://\S+", line)
            if found:
                address = found[0]
            if address and "Pour arrêter" in line:
                break
        assert address, said
        assert answers(address), said
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


def answers(address):
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=5) as reply:
                return reply.status == 200
        except OSError:
            time.sleep(0.5)
    return False


def test_every_link_of_the_documentation_leads_to_a_file(root):
    for name in ("README.md", "CONTRIBUTING.md", "docs/authoring.md", "docs/engine.md", "docs/console.md"):
        text = (root / name).read_text("utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", re.sub(r"`[^`]*`", "", text)):
            assert ((root / name).parent / target).exists(), f"{name}: {target}"


def test_every_verb_and_target_named_in_the_documentation_exists(root, readme):
    makefile = (root / "Makefile").read_text("utf-8")
    text = readme + (root / "CONTRIBUTING.md").read_text("utf-8")
    for target in set(re.findall(r"`make ([a-z]+)`", text)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
