"""The design, held by tests: who imports whom, how large things are, what is public."""

import ast
import statistics
from pathlib import Path

import pytest

import codephenix

PACKAGE = Path(codephenix.__file__).parent
CORE = {
    "activities", "authored", "azerty", "entries", "checks", "completion", "contents", "glossary", "interpreter", "likenesses", "mockups", "mutants", "notebooks", "paper", "place", "practice", "preview", "problems", "progress",
    "reference",
    "release", "report", "results", "sanitise", "site", "syllabus",
}  # fmt: skip
FORBIDDEN = {
    "jupyter_client", "jupyter_core", "jupyter_server", "jupyterlab", "ipykernel", "ipywidgets", "anywidget", "nbgrader",
    "nbconvert", "tornado", "subprocess", "socket", "pathlib", "os", "shutil",
}  # fmt: skip
FILES = sorted(path for path in PACKAGE.rglob("*.py"))


def imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def core_files():
    return [
        path for path in FILES if path.parent == PACKAGE / "checks" or (path.parent == PACKAGE and path.stem in CORE)
    ]


@pytest.mark.parametrize("path", core_files(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_core_imports_neither_jupyter_nor_a_browser_nor_files(path):
    wrong = []
    for name in imports(path):
        parts = name.split(".")
        ours = parts[0] == "codephenix" and len(parts) > 1 and parts[1] not in {*CORE, "__version__"}
        if ours or parts[0] in FORBIDDEN:
            wrong.append(name)
    assert not wrong


def test_every_core_module_exists():
    assert {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in core_files()} == CORE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_says_what_it_is_and_stays_small(path):
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= 420


def functions():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.name}:{node.name}", node.end_lineno - node.lineno + 1


def test_functions_are_small():
    lengths = dict(functions())
    assert statistics.median(lengths.values()) <= 12
    assert [name for name, length in lengths.items() if length > 60] == []


def test_the_public_surface_is_this():
    assert codephenix.__all__ == ["__version__"]


def test_no_path_of_a_machine_and_no_registry_is_committed(root):
    import subprocess

    files = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout.split(b"\0")
    words = [b"/" + b"root/", b"/" + b"home/", b"/" + b"work/main", b"pypi" + b".org", b"registry." + b"npmjs"]
    found = []
    for name in filter(None, files):
        path = root / name.decode()
        if path.is_file() and path.stat().st_size < 2_000_000:
            content = path.read_bytes()
            found += [(name.decode(), word) for word in words if word in content]
    assert not found
