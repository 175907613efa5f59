"""What learners hand in, over the class's own « Rendre »: it is collected and graded once, then each attack is looked at.

amina forges her mark, bruno puts strange files in, chloe makes bombs, david is honest: he is the control.
"""

import json
import os
import shutil
from urllib.parse import quote

import pytest
from assignments import GOOD, WEEK, cell

pytestmark = [pytest.mark.hub, pytest.mark.nbgrader, pytest.mark.browser]

CARTE, VILLE = (f"exercices/{WEEK}/{name}.ipynb" for name in ("carte", "ville"))
TRAVERSALS = (
    "../../../../source/pris.html", "..%2f..%2fpris.html", "%2e%2e/%2e%2e/pris.html", "....//pris.html", "..\\..\\pris.html",
    "/tmp/pris.html", "~/pris.html", "a/../../../pris.html",
)  # fmt: skip
STRANGE = (
    "<img src=x onerror=alert(1)>.html",
    "-rf.html",
    "a+b+c.html",
    "nom\u202etxt.html",
    "a;touch pris;.html",
    "$(touch pris).html",
    "timestamp.txt",
    "submission_secret.txt",
    "é" * 100 + ".html",
)


def hand_in(person, path=CARTE, **more):
    return person.post("codephenix/rendre", json={"path": path, **more}).json()


def read(person, path):
    return person.get(f"api/contents/{path}").json()["content"]


def answered(person, path, answers):
    nb = read(person, path)
    for one in nb["cells"]:
        identifier = one["metadata"].get("nbgrader", {}).get("grade_id")
        one["source"] = answers.get(identifier, one["source"])
    return nb


def forged(person):
    """A notebook that gives itself all the points, in every place where a number of points is written."""
    nb = answered(person, CARTE, {"ecrire-carte": "<!-- carte.html -->\n<div>Rien de ce qui est demandé.</div>"})
    wins = [{"output_type": "execute_result", "data": {"text/plain": "400"}, "metadata": {}, "execution_count": 1}]
    for one in nb["cells"]:
        grading = one["metadata"].get("nbgrader", {})
        if grading.get("grade"):
            grading.update(points=400, locked=False)
            one["source"] = '// carte.test.js\ntest("Gagné", { points: 400 }, () => {});'
        one["metadata"]["nbgrader"] = grading | ({"checksum": "0"} if grading else {})
        if one["cell_type"] == "code":
            one["outputs"] = wins
    nb["cells"] += [
        cell('// carte.test.js\ntest("Gagné", { points: 400 }, () => {});', "en-plus", grade=True, points=400),
        cell('// carte.test.js\ntest("Gagné", () => {});', "test-ecrire-carte", grade=True, locked=True, points=4),
        cell("J’ai tout réussi.", "tache", "markdown", grade=True, solution=True, points=100),
        cell("J’ai tout réussi.", "travail", "markdown", task=True, points=100),
    ]
    nb["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Python", "language": "python"}
    return nb


BOMBS = {
    "dix mille cellules": lambda: json.dumps({"cells": [cell("<h1>x</h1>", f"c{i}") for i in range(10_000)], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}),
    "listes dans des listes": lambda: '{"nbformat": 4, "cells": [], "metadata": {"x": ' + "[" * 100_000 + "]" * 100_000 + "}}",
    "assez profond pour être lu": lambda: '{"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": {"x": ' + "[" * 400 + "]" * 400 + "}}",
    "sept mégaoctets": lambda: json.dumps({"cells": [cell("x" * 7_000_000, "a")], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}),
    "demi-signe": lambda: json.dumps({"cells": [cell("\ud800", "a")], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}),
    "pas un notebook": lambda: "PK\x03\x04 une archive",
    "un nombre sans fin": lambda: '{"nbformat": 4, "cells": [], "metadata": {"x": ' + "9" * 100_000 + "}}",
}  # fmt: skip


def upload(person, path, text):
    """Save any text under any name, as a drop on the file browser does."""
    model = {"type": "file", "format": "text", "content": text, "name": path.rpartition("/")[2], "path": path}
    return person.ask("PUT", f"api/contents/{quote(path)}", json=model)


@pytest.fixture(scope="module")
def inbound(hub):
    return hub.folder / ".codephenix" / "echange" / "codephenix" / "inbound"


@pytest.fixture(scope="module")
def honest(people):
    david = people["david"]
    for path in (CARTE, VILLE):
        assert david.write(path, answered(david, path, GOOD)).status_code == 200
    return david


@pytest.fixture(scope="module")
def graded(hub, people, honest, amina, bruno):
    """Everything handed in, collected and graded; what the trainer read."""
    assert hand_in(honest)["done"]
    assert amina.write(CARTE, forged(amina)).status_code == 200
    assert hand_in(amina)["done"]
    for name in STRANGE:
        bruno.ask(
            "PUT",
            f"api/contents/exercices/{WEEK}/{quote(name)}",
            json={"type": "file", "format": "text", "content": "1999"},
        )
    assert hand_in(bruno)["done"]
    hub.command("collect", "s99")
    done = hub.run("grade", "s99")
    return done.stdout + done.stderr


def marks(hub):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{hub.folder / 'gradebook.db'}") as gradebook:
        return {
            (one.student.id, one.name): one.score
            for one in gradebook.assignment_submissions(WEEK)
            for one in one.notebooks
        }


def test_a_forged_notebook_earns_what_its_answers_deserve(hub, graded):
    """The control: the same notebook with right answers has all the points.

    Seen: a cell that nbgrader did not know stopped the grading of that learner's week with an English exception.
    """
    found = marks(hub)
    assert (found["david", "carte"], found["david", "ville"]) == (4, 2)
    assert (found["amina", "carte"], found["amina", "ville"]) == (0, found["bruno", "ville"])


def test_a_learner_reaches_neither_gradebook_nor_what_was_graded(hub, graded, amina):
    for path in ("gradebook.db", f"autograded/amina/{WEEK}/carte.ipynb", f"submitted/amina/{WEEK}/carte.ipynb"):
        assert (hub.folder / path).exists(), graded  # the control: there is something to reach
        address = quote(f"../../../../{path}", safe="")
        assert amina.get(f"api/contents/{address}").status_code == 404
        assert (
            amina.ask(
                "PUT", f"api/contents/{address}", json={"type": "file", "format": "text", "content": "x"}
            ).status_code
            == 404
        )
    for path in ("formgrader/api/submissions", "formgrader/api/grades", "/user/formateur/formgrader/api/assignments"):
        assert amina.get(path).status_code in (403, 404)
        assert amina.ask("PUT", path, json={"manual_score": 4}).status_code in (403, 404, 405)


@pytest.mark.parametrize(
    "path",
    [
        f"../../david/espace/exercices/{WEEK}/carte.ipynb", f"exercices/../../../david/espace/exercices/{WEEK}/carte.ipynb",
        "exercices/../carte.ipynb", "exercices/./../x.ipynb", "exercices/../../carte.ipynb", f"exercices/{WEEK}/../{WEEK}/carte.ipynb", f"/exercices/{WEEK}/carte.ipynb",
        "exercices/david+s99-essai/carte.ipynb", "exercices//carte.ipynb", "exercices/*/carte.ipynb",
    ],
)  # fmt: skip
def test_nothing_is_handed_in_for_another(path, amina, inbound, graded):
    """The control: the fixture's own hand-ins, one by learner, are there under their names."""
    before = set(inbound.iterdir())
    said = hand_in(amina, path, login="david", student="david", student_id="david", user="david", assignment_id=WEEK)
    assert not said["done"], said
    assert set(inbound.iterdir()) == before
    assert {entry.name.partition("+")[0] for entry in before} >= {"amina", "bruno", "david"}


def test_who_hands_in_is_who_signed_in(amina, inbound, graded):
    before = set(inbound.iterdir())
    assert hand_in(amina, login="david", student="david", student_id="david", user="david")["done"]
    (new,) = set(inbound.iterdir()) - before
    assert new.name.startswith(f"amina+{WEEK}+")
    shutil.rmtree(new)


def test_no_file_name_leads_out_of_the_folder(hub, bruno):
    before = set(hub.folder.rglob("*pris*"))
    for name in TRAVERSALS:
        bruno.ask(
            "PUT", f"api/contents/exercices/{WEEK}/{name}", json={"type": "file", "format": "text", "content": "x"}
        )
        bruno.ask(
            "PUT",
            f"api/contents/{quote(f'exercices/{WEEK}/{name}', safe='')}",
            json={"type": "file", "format": "text", "content": "x"},
        )
    outside = set(hub.folder.rglob("*pris*")) - before
    assert [path for path in outside if not path.is_relative_to(hub.space("bruno"))] == []
    assert not os.path.exists("/tmp/pris.html")


def test_strange_files_neither_set_the_time_nor_stop_the_grading(hub, graded):
    collected = hub.folder / "submitted" / "bruno" / WEEK
    assert (collected / "timestamp.txt").read_text() != "1999"
    assert (
        (collected / "submission_secret.txt").read_text() != "1999"
        if (collected / "submission_secret.txt").exists()
        else True
    )
    assert ("bruno", "carte") in marks(hub)
    assert not list(hub.folder.rglob("pris"))


def test_a_link_is_neither_read_nor_handed_in(hub, bruno, graded, inbound):
    """No request makes a link; one is put there by hand. Seen: nbgrader's copy follows links (the control below)."""
    secret = (hub.folder / ".codephenix" / "hub" / "cookie_secret").read_text()
    link = hub.space("bruno") / "exercices" / WEEK / "lien.txt"
    link.symlink_to(hub.folder / ".codephenix" / "hub" / "cookie_secret")
    try:
        shutil.copytree(link.parent, hub.folder / "copie")
        assert (hub.folder / "copie" / "lien.txt").read_text() == secret
        assert bruno.get(f"api/contents/exercices/{WEEK}/lien.txt").status_code in (403, 404)
        assert bruno.get(f"files/exercices/{WEEK}/lien.txt").status_code in (403, 404)
        shown = bruno.execute(bruno.kernel(path=f"exercices/{WEEK}"), '<!-- p.html -->\n<img src="lien.txt" alt="">')
        assert "(1 fichier)" in shown
        before = set(inbound.iterdir())
        said = hand_in(bruno)
        assert (said["done"], "lien" in said["message"]) == (False, True)
        assert set(inbound.iterdir()) == before
    finally:
        link.unlink()
        shutil.rmtree(hub.folder / "copie")


def test_a_folder_that_is_a_link_is_not_handed_in(hub, bruno, graded):
    link = hub.space("bruno") / "exercices" / WEEK / "dossier"
    link.symlink_to(hub.folder / "source")
    try:
        assert not hand_in(bruno)["done"]
        assert bruno.get(f"api/contents/exercices/{WEEK}/dossier/{WEEK}/carte.ipynb").status_code == 404
    finally:
        link.unlink()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_french_and_nothing_is_handed_in(name, people, inbound):
    """Seen: each was handed in, and then ran the trainer's grading out of time, of stack, or was left out in silence."""
    chloe = people["chloe"]
    own = json.dumps(read(chloe, VILLE))
    upload(chloe, VILLE, BOMBS[name]())
    before = set(inbound.iterdir())
    said = hand_in(chloe)
    assert not said["done"]
    assert said["message"].startswith("«\u00a0ville.ipynb\u00a0»"), said
    assert set(inbound.iterdir()) == before
    upload(chloe, VILLE, own)
    assert hand_in(chloe)["done"]  # the control: put right, the same week is handed in
    for made in set(inbound.iterdir()) - before:
        shutil.rmtree(made)


def test_bombs_that_came_another_way_stop_nobody_else(hub, graded):
    """Put where nbgrader collects, as if the check at the hand-in were not there."""
    submitted = hub.folder / "submitted"
    for rank, make in enumerate(BOMBS.values()):
        folder = submitted / ("elise", "farid", "gaelle", "hugo")[rank % 4] / WEEK
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ("carte", "ville")[rank // 4]).with_suffix(".ipynb").write_text(make(), "utf-8")
    shutil.copytree(submitted / "david" / WEEK, submitted / "zoe" / WEEK)
    try:
        done = hub.run("grade", "s99")
        said = done.stdout + done.stderr
        assert "Traceback" not in said
        for words in ("10000 cellules", "abîmé", "notebook lisible"):
            assert words in said, said
        assert (hub.folder / "autograded" / "zoe" / WEEK / "carte.ipynb").exists()
    finally:
        for login in ("elise", "farid", "gaelle", "hugo", "zoe"):
            shutil.rmtree(submitted / login)
