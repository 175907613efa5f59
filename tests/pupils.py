"""Three learners and their week, as the tests of the console play it."""

from assignments import GOOD, WEEK, answer

PEOPLE = {"amina": ("Amina", "Diallo"), "karim": ("Karim", "Benali"), "zoe": ("Zoé", "Martin")}
HALF = {"ecrire-carte": "<!-- carte.html -->\n<h1>Fleurs</h1>"}


def play(classroom):
    """One week, from the release to the marks: one learner has all right, one half, one hands in nothing."""
    classroom.generate(WEEK)
    classroom.release(WEEK)
    for login, names in PEOPLE.items():
        classroom.add_learner(login, *names)
    for login, answers in (("amina", GOOD), ("karim", HALF)):
        fetched = classroom.fetch(login, WEEK)
        for name in ("carte", "ville"):
            answer(fetched, name, answers)
        classroom.submit(login, WEEK)
    classroom.collect(WEEK)
    assert [classroom.autograde(WEEK, login) for login in ("amina", "karim")] == ["", ""]
