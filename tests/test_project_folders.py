"""A project is a folder beside its notebook: tested there, handed in, graded as the learner wrote it."""

import asyncio
import shutil
import subprocess

import pytest
from assignments import cell, notebook, write
from websites import FILES, page, write_site

from codephenix.checks import Notebook, check_exercises, check_submissions
from codephenix.classroom import Classroom
from codephenix.console import projects as desk
from codephenix.folder import Folder
from codephenix.grading import WebValidator
from codephenix.interpreter import Interpreter
from codephenix.projects import OwnFiles, own_files

WEEK = "s99-projet"
HOME_TESTS = """// mon-site/index.test.js
test("Tous les fichiers se chargent", () => { expect(page).toLoadEverything(); });
test("Le titre est bleu", () => { expect(page.getByRole("heading", { level: 1 })).toHaveStyle("color", "rgb(0, 0, 128)"); });
test("Le lien mène au contact", () => { expect(page.getByRole("link", { name: "Contact" })).toLinkTo("contact.html"); });
test("Le script agit", () => { expect(page.locator("body")).toHaveAttribute("data-pret", "oui"); });
test("Le style est dans son dossier", () => { expect(source("mon-site/css/style.css")).toContain("@import"); });"""
PAGE_TESTS = """// mon-site/contact.test.js
test("La page de contact a son titre", () => { expect(page).toHaveTitle("Contact"); });
test("La galerie montre une image", { page: "mon-site/pages/galerie.html" }, () => {
  expect(page.getByAltText("Un plat")).toBeVisible();
});"""
STARTER = {
    "index.html": page("Titre à changer", "<p>À vous.</p>"),
    "css/style.css": "/* À vous. */\n",
    "js/script.js": "// À vous.\n",
}


def write_week(folder):
    """The assignment: a notebook of tests, the starter of the project, a picture that is given."""
    week = folder / WEEK
    write(
        week / "projet.ipynb",
        notebook(
            cell("# Le site de la boulangerie", "consigne", "markdown"),
            cell(HOME_TESTS, "test-accueil", grade=True, locked=True, points=5),
            cell(PAGE_TESTS, "test-pages", grade=True, locked=True, points=2),
        ),
    )
    write_site(week / "mon-site", STARTER)
    write_site(week / ".corrige" / "mon-site")
    write_site(week, {"images/carte.svg": FILES["images/fond.svg"]})
    return week


def test_a_folder_with_a_home_page_is_the_learner_s(tmp_path):
    week = write_week(tmp_path)
    write_site(week / "donnees", {"plats.json": "[]"})
    write_site(week / ".modele", {"index.html": ""})
    assert own_files(week) == ["mon-site/css/style.css", "mon-site/index.html", "mon-site/js/script.js"]
    assert OwnFiles(tmp_path).get(WEEK) == own_files(week)
    assert OwnFiles(tmp_path).get("absente", []) == []


def test_a_link_out_of_a_folder_hides_nothing_else_of_it(tmp_path):
    """Seen: one such link, and the whole folder answered that it does not exist."""
    from tornado.web import HTTPError

    from codephenix.server import CourseContents

    (tmp_path / "secret.txt").write_text("secret")
    site = write_site(tmp_path / "espace" / "mon-site")
    (site / "lien.txt").symlink_to(tmp_path / "secret.txt")
    contents = CourseContents(root_dir=str(tmp_path / "espace"))
    listed = asyncio.run(contents.get("mon-site", content=True))["content"]
    assert {entry["name"] for entry in listed} == {"index.html", "contact.html", "css", "js", "images", "pages"}
    with pytest.raises(HTTPError) as refused:
        asyncio.run(contents.get("mon-site/lien.txt"))
    assert refused.value.status_code == 404


def test_a_disk_without_room_is_said_in_french_and_the_file_stays_as_it_was(tmp_path):
    from tornado.web import HTTPError

    from codephenix.server import CourseContents

    disk = tmp_path / "disque"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        (disk / "index.html").write_text("<h1>Avant</h1>")
        contents = CourseContents(root_dir=str(disk))
        for name in ("index.html", "autre.html"):
            model = {"type": "file", "format": "text", "content": "x" * 200_000}
            with pytest.raises(HTTPError) as refused:
                asyncio.run(contents.save(model, name))
            assert refused.value.status_code == 507
            assert "n’a plus de place" in refused.value.log_message
        assert (disk / "index.html").read_text() == "<h1>Avant</h1>"
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.browser
def test_the_trainer_sees_the_pages_of_the_folder_home_page_first(tmp_path, browser):
    write_site(tmp_path / "mon-site")
    write_site(tmp_path, {"mon-site/Une page.html": "<h1>Mal nommée</h1>"})
    path = write(tmp_path / "projet.ipynb", notebook(cell("<!-- autre.html -->\n<h1>Dans une cellule</h1>", "autre")))
    found = desk.reports(desk.site_of(path), browser, desk.folder_pages(path))
    assert [report.path for report in found] == [
        "autre.html", "mon-site/index.html", "mon-site/contact.html", "mon-site/pages/galerie.html",
    ]  # fmt: skip
    assert all(set(report.pictures) == set(desk.WIDTHS) for report in found)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("projets")
    room = Classroom.create(folder / "classe", write_week(folder))
    room.generate(WEEK)
    room.release(WEEK)
    return room.folder


@pytest.fixture
def room(prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "classe")
    return Classroom(tmp_path / "classe")


def mark(room, learner):
    return next(one.score for one in room.marks(WEEK) if one.learner == learner)


@pytest.mark.browser
@pytest.mark.nbgrader
def test_the_folder_is_handed_in_and_graded_as_it_was_written(room):
    fetched = room.fetch("amina", WEEK)
    assert (fetched / "mon-site" / "index.html").read_text() == STARTER["index.html"]
    assert not [path for path in room.folder.glob("release/**/*") if "corrige" in str(path)]
    write_site(fetched / "mon-site")
    (fetched / "images" / "carte.svg").write_text("abîmée")
    assert WebValidator().validate(str(fetched / "projet.ipynb")) == {}
    room.submit("amina", WEEK)
    room.fetch("karim", WEEK)
    room.submit("karim", WEEK)  # the starter as it is
    room.collect(WEEK)
    assert room.autograde(WEEK, "amina") == ""
    assert room.autograde(WEEK, "karim") == ""
    graded = room.folder / "autograded" / "amina" / WEEK
    assert (graded / "mon-site" / "index.html").read_text() == FILES["index.html"]
    assert (graded / "images" / "carte.svg").read_text() == FILES["images/fond.svg"]  # what is given is put back
    assert mark(room, "amina") == 7
    assert mark(room, "karim") == 1  # only that every file loads


@pytest.mark.browser
@pytest.mark.nbgrader
def test_a_project_without_its_home_page_says_which_file_to_create(room):
    fetched = room.fetch("zoe", WEEK)
    (fetched / "mon-site" / "index.html").unlink()
    said = WebValidator().validate(str(fetched / "projet.ipynb"))["failed"][0]["raw_error"]
    assert "Créez le fichier « index.html » dans le dossier « mon-site », puis enregistrez-le." in said.replace(
        "\u00a0", " "
    )
    room.submit("zoe", WEEK)
    room.collect(WEEK)
    room.autograde(WEEK, "zoe")
    assert mark(room, "zoe") == 0


@pytest.mark.browser
@pytest.mark.nbgrader
def test_a_link_in_a_project_is_refused_by_its_name_and_its_target_is_copied_nowhere(room, tmp_path):
    """Seen: nbgrader copied what the link led to, beside the pages that could then read it."""
    (tmp_path / "secret.html").write_text("<h1>secret</h1>")
    folder = room.folder / "submitted" / "ruse" / WEEK
    shutil.copytree(room.folder / "release" / WEEK, folder)
    (folder / "mon-site" / "contact.html").symlink_to(tmp_path / "secret.html")
    said = room.autograde(WEEK, "ruse")
    assert "contact.html" in said
    assert "est un lien vers un autre" in said
    kept = room.folder / "autograded" / "ruse"
    assert not [path for path in kept.rglob("*") if path.is_file() and "secret" in path.read_text("utf-8", "replace")]


@pytest.mark.browser
def test_the_pages_of_a_project_read_nothing_outside_the_folder_of_the_notebook(tmp_path, browser):
    write_site(tmp_path, {"secret.txt": "secret", "autre/secret.html": "secret"})
    week = write_site(tmp_path / "semaine" / "mon-site").parent
    for name, target in (("lien.txt", "secret.txt"), ("dehors", "autre")):
        (week / "mon-site" / name).symlink_to(tmp_path / target)
    (week / "mon-site" / "gros.txt").write_bytes(bytes(5_000_001))
    addresses = [
        "lien.txt",
        "dehors/secret.html",
        "../../secret.txt",
        "/../secret.txt",
        "%2e%2e/%2e%2e/secret.txt",
        "gros.txt",
    ]
    script = f"""
Promise.all({addresses}.map((address) => fetch(address).then((answer) => answer.ok && address, () => false)))
  .then((read) => {{ document.body.dataset.lu = read.filter(Boolean).join() || "rien"; }});"""
    write_site(week / "mon-site", {"js/script.js": script})
    test = """// mon-site/index.test.js
test("Rien n’est lu", async () => { await clock.advance(500); expect(page.locator("body")).toHaveAttribute("data-lu", "rien"); });"""
    runs = []

    def run(*arguments):
        runs.append(browser.run(*arguments))
        return runs[-1]

    Interpreter(run, given=Folder(week).read).execute(test)
    assert [(result.verdict.value, result.found) for result in runs[0].results] == [("pass", "")]


PROOFS = """
[[mistakes]]
name = "sans style"
message = "Le titre est bleu"
[mistakes.files]
"mon-site/css/base.css" = "h1 { color: red; }"
[[mistakes]]
name = "acceptée à tort"
message = "Le titre est bleu"
[mistakes.files]
"mon-site/css/base.css" = "h1 { color: rgb(0 0 128); }"
[[variants]]
name = "le style dans la page"
[variants.files]
"mon-site/css/base.css" = "h1 { color: navy; }"
[[variants]]
name = "juste, dit-on"
[variants.files]
"mon-site/js/script.js" = ""
"""


@pytest.mark.browser
def test_the_solution_of_a_folder_proves_the_tests_and_the_starter_fails_them(tmp_path, browser):
    week = write_week(tmp_path)
    text = (week / "projet.ipynb").read_text("utf-8")
    graded = {"C04", "C05", "C10", "C11", "C12"}

    def codes(corrected):
        made = Notebook("source/s99/projet.ipynb", text, Folder(week).read, corrected)
        return sorted(one.code for one in check_exercises(made, browser.run) if one.code in graded)

    assert codes(Folder(week / ".corrige").read) == []
    assert codes(lambda _: None) == ["C10", "C12", "C12"]  # the starter, which has one page, in its place
    write_site(week / "mon-site")
    assert codes(Folder(week / ".corrige").read) == ["C11", "C11"]  # the solution in the place of the starter


@pytest.mark.browser
def test_proofs_of_a_folder_are_files(tmp_path, browser):
    week = write_week(tmp_path)
    text = (week / "projet.ipynb").read_text("utf-8")
    made = Notebook("source/s99/projet.ipynb", text, Folder(week).read, Folder(week / ".corrige").read)
    found = [(one.code, one.place) for one in check_submissions(made, "consigne", PROOFS, browser.run)]
    assert found == [
        ("C16", "consigne.toml"),
        ("C15", "consigne.toml, juste, dit-on"),
        ("C16", "consigne.toml, acceptée à tort"),
    ]
