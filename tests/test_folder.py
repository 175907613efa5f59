import os

import pytest

from codephenix.folder import MAX_FILE_BYTES, Folder


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "lecon"
    (root / "images").mkdir(parents=True)
    (root / "images" / "chat.svg").write_text("<svg/>")
    (root / "style.css").write_text("h1 {}")
    (root / "notes.py").write_text("secret")
    (root / ".cache.html").write_text("secret")
    (root / "grand.html").write_bytes(b"a" * (MAX_FILE_BYTES + 1))
    (tmp_path / "secret.html").write_text("secret")
    os.symlink(tmp_path / "secret.html", root / "lien.html")
    os.symlink(tmp_path, root / "dehors")
    return Folder(root)


def test_files_beside_the_notebook_are_read(folder):
    assert folder.read("style.css") == b"h1 {}"
    assert folder.read("images/chat.svg") == b"<svg/>"


@pytest.mark.parametrize(
    "path",
    [
        "../secret.html", "lien.html", "dehors/secret.html", "/etc/passwd", "notes.py", ".cache.html",
        "grand.html", "images", "absent.html", "images/../../secret.html", "a\0.html", "x" * 300 + ".html",
    ],
)  # fmt: skip
def test_nothing_else_is(folder, path):
    assert folder.read(path) is None
