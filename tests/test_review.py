"""Spaced review: what enters the deck, what comes back when, and what an absence does."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from codephenix import review
from codephenix.activities import Card, Revision
from codephenix.review import Deck

START = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def cards(count, prefix="carte"):
    return [Card(f"{prefix}-{number:02}", f"Question {number}", f"Réponse {number}") for number in range(count)]


def deck_of(count):
    deck = Deck()
    deck.meet(cards(count), "s01-premiere-page/04-premiere-balise", START.date())
    return deck


def ids(found):
    return [card.id for card in found]


def test_cards_of_a_lesson_come_back_the_next_day_six_at_a_time():
    deck = deck_of(10)
    assert deck.draw(START) == []  # just seen
    assert ids(deck.draw(START + DAY)) == [f"carte-{number:02}" for number in range(6)]


def test_no_more_than_six_a_day_however_often_one_asks():
    deck, now = deck_of(20), START + DAY
    for card in deck.draw(now)[:4]:
        deck.answer(card.id, known=True, now=now)
    assert len(deck.draw(now + timedelta(hours=1))) == 2
    for card in deck.draw(now):
        deck.answer(card.id, known=False, now=now)
    assert deck.draw(now) == []


def next_day(deck, identifier, now):
    return next(days for days in range(1, 400) if identifier in ids(deck.draw(now + days * DAY)))


def test_a_known_card_comes_back_later_and_later_and_a_forgotten_one_soon():
    deck, now, gaps = deck_of(1), START + DAY, []
    for _ in range(4):
        deck.answer("carte-00", known=True, now=now)
        gaps.append(next_day(deck, "carte-00", now))
        now += gaps[-1] * DAY
    assert gaps == sorted(gaps)
    assert gaps[0] < gaps[-1]
    deck.answer("carte-00", known=False, now=now)
    assert next_day(deck, "carte-00", now) < gaps[-1]


def test_an_absence_piles_nothing_up_and_the_most_forgotten_come_first():
    deck, now = deck_of(30), START + DAY
    for card in deck.draw(now):
        deck.answer(card.id, known=card.id != "carte-03", now=now)
    back = now + 60 * DAY
    drawn = ids(deck.draw(back))
    assert len(drawn) == 6
    assert drawn[0] == "carte-03"


def test_an_answer_counts_once_a_day():
    deck, now = deck_of(1), START + DAY
    deck.answer("carte-00", known=False, now=now)
    deck.answer("carte-00", known=True, now=now)
    assert deck.cards["carte-00"].answers == [("2026-09-08", False)]
    deck.answer("inconnue", known=True, now=now)
    assert len(deck.cards) == 1


def test_a_card_met_again_keeps_its_schedule_and_takes_its_new_text():
    deck, now = deck_of(2), START + DAY
    deck.answer("carte-00", known=True, now=now)
    memory = deck.cards["carte-00"].memory
    assert deck.meet([Card("carte-00", "Corrigée", "Oui")], "s01/05", now.date()) == 0
    assert (deck.cards["carte-00"].memory, deck.cards["carte-00"].card.front) == (memory, "Corrigée")


def test_a_deck_reads_back_as_it_was_written(tmp_path):
    deck, now = deck_of(8), START + DAY
    for card in deck.draw(now):
        deck.answer(card.id, known=True, now=now)
    review.save(deck, tmp_path / "rappels" / "amina.json")
    again = review.load(tmp_path / "rappels" / "amina.json")
    assert again == deck
    assert ids(again.draw(now + 3 * DAY)) == ids(deck.draw(now + 3 * DAY))
    assert [path.name for path in (tmp_path / "rappels").iterdir()] == ["amina.json"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "3",
        '{"a": 3}',
        '{"a": {"id": "a"}}',
        '{"a": {"id": "a", "front": "", "back": "", "source": "", "met": "", "memory": {"due": 3}, "answers": []}}',
    ],
)
def test_a_deck_that_a_learner_broke_is_empty_and_stops_nothing(tmp_path, text):
    (tmp_path / "deck.json").write_text(text)
    assert review.load(tmp_path / "deck.json") == Deck()


def test_one_broken_card_does_not_lose_the_others(tmp_path):
    path = tmp_path / "deck.json"
    review.save(deck_of(3), path)
    data = json.loads(path.read_text())
    data["carte-01"]["memory"] = "abc"
    path.write_text(json.dumps(data))
    assert list(review.load(path).cards) == ["carte-00", "carte-02"]


def test_topics_are_the_lessons_least_known_first():
    deck = deck_of(2)
    deck.meet(cards(2, "autre"), "s01-premiere-page/05-squelette-page", START.date())
    for card in deck.draw(START + DAY):
        deck.answer(card.id, known=card.id.startswith("autre"), now=START + DAY)
    weak, strong = review.topics([deck])
    assert (weak.source, weak.share, weak.cards, weak.reviews) == ("s01-premiere-page/04-premiere-balise", 0, 2, 2)
    assert (strong.source, strong.share) == ("s01-premiere-page/05-squelette-page", 1)


def test_the_kernel_keeps_what_a_lesson_teaches_for_the_morning_after(tmp_path, monkeypatch):
    from codephenix import activities, widgets
    from codephenix.kernel import Views

    monkeypatch.setenv(review.VARIABLE, str(tmp_path / "amina.json"))
    monkeypatch.setenv("JPY_SESSION_NAME", "cours/s01-premiere-page/04-premiere-balise.ipynb")
    monkeypatch.setattr(review, "_now", lambda: START)
    views, rappel = Views(lambda *_: ([], "")), activities.Rappel("matin.rappel.yaml", "Six cartes.")
    assert "Aucune carte" in views.show(rappel)["text/plain"]
    views.show(Revision("lecon.revision.yaml", tuple(cards(8))))
    monkeypatch.setattr(review, "_now", lambda: START + DAY)
    bundle = Views(lambda *_: ([], "")).show(rappel)  # another kernel, the next morning
    assert "Question 5" in bundle["text/plain"]
    assert "Question 6" not in bundle["text/plain"]
    shown = widgets._shown["matin.rappel.yaml"]
    shown.state = {"carte-00": {"answer": "known", "correct": True, "attempts": 1}}
    deck = review.load(tmp_path / "amina.json")
    assert deck.cards["carte-00"].answers == [("2026-09-08", True)]
    assert deck.cards["carte-00"].source == "s01-premiere-page/04-premiere-balise"
