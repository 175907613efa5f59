import pytest

from codephenix.workspace import update


@pytest.fixture
def folders(tmp_path):
    source, target = tmp_path / "course", tmp_path / "espace"
    (source / "s01").mkdir(parents=True)
    (source / "s01" / "a.ipynb").write_text("1")
    (source / "README.md").write_text("not for learners")
    return source, target


def test_new_files_are_copied_and_a_second_update_changes_nothing(folders):
    source, target = folders
    assert update(source, target).copied == ("s01/a.ipynb",)
    assert update(source, target).copied == ()
    assert not (target / "README.md").exists()


def test_a_corrected_lesson_replaces_the_copy_that_nobody_changed(folders):
    source, target = folders
    update(source, target)
    (source / "s01" / "a.ipynb").write_text("2")
    assert update(source, target).copied == ("s01/a.ipynb",)
    assert (target / "s01" / "a.ipynb").read_text() == "2"


def test_work_is_never_overwritten(folders):
    source, target = folders
    update(source, target)
    (target / "s01" / "a.ipynb").write_text("my work")
    (source / "s01" / "a.ipynb").write_text("2")
    result = update(source, target)
    assert (result.copied, result.kept) == ((), ("s01/a.ipynb",))
    assert (target / "s01" / "a.ipynb").read_text() == "my work"


def test_a_file_that_was_there_before_is_kept(folders):
    source, target = folders
    (target / "s01").mkdir(parents=True)
    (target / "s01" / "a.ipynb").write_text("mine")
    assert update(source, target).kept == ("s01/a.ipynb",)


def test_a_deleted_copy_comes_back(folders):
    source, target = folders
    update(source, target)
    (target / "s01" / "a.ipynb").unlink()
    assert update(source, target).copied == ("s01/a.ipynb",)
