"""Spaced review: the cards that a learner has met, when each comes back, and the six of the morning.

    revision cell of a lesson run   ─▶ meet    its cards enter the deck
    « Rappel du matin » run         ─▶ draw    six cards: those most at risk first, then the newest
    « Je savais » or « À revoir »   ─▶ answer  FSRS says when the card comes back

The schedule is FSRS's (Free Spaced Repetition Scheduler, py-fsrs), in days: no card comes back the same morning. After
an absence nothing piles up: there are six cards a day, the most at risk first, however many are late.

Law of this module: pure but for ``load`` and ``save``; the deck holds the text of its cards, and needs no lesson.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import fsrs

from codephenix.activities import Card

FOLDER = "rappels"  # of the course, one file per learner
VARIABLE = "CODEPHENIX_DECK"  # where this learner's deck is kept
PER_DAY = 6
MAX_CARDS = 2_000
RETENTION = 0.9  # share of cards that should still be known when they come back
LONGEST_DAYS = 180


@cache
def scheduler() -> fsrs.Scheduler:
    """FSRS without its steps in minutes, and without chance."""
    return fsrs.Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


@dataclass
class Kept:
    """A card in the deck."""

    card: Card
    source: str  # lesson where it was met, as in "s01-premiere-page/04-premiere-balise"
    met: str  # day, as in "2026-11-25"
    memory: Any = None  # FSRS's, as JSON; None before the first answer
    answers: list[tuple[str, bool]] = field(default_factory=list)  # day, known


@dataclass
class Deck:
    """The cards of one learner, by id."""

    cards: dict[str, Kept] = field(default_factory=dict)

    def meet(self, cards: Iterable[Card], source: str, today: date) -> int:
        """Take in the cards of a lesson; those known already keep their schedule. How many are new."""
        before = len(self.cards)
        for card in cards:
            if card.id in self.cards:
                self.cards[card.id].card = card  # its text may have been corrected
            elif len(self.cards) < MAX_CARDS:
                self.cards[card.id] = Kept(card, source, today.isoformat())
        return len(self.cards) - before

    def draw(self, now: datetime, *, most: int = PER_DAY) -> list[Card]:
        """Cards of this morning that are not answered yet."""
        today = now.date().isoformat()
        done = sum(1 for kept in self.cards.values() if kept.answers and kept.answers[-1][0] == today)
        due = [kept for kept in self.cards.values() if _due(kept, now) and not _today(kept, today)]
        due.sort(key=lambda kept: (_recall(kept, now), kept.met, kept.card.id))
        fresh = [kept for kept in self.cards.values() if kept.memory is None and kept.met != today]
        fresh.sort(key=lambda kept: (kept.met, kept.card.id))
        return [kept.card for kept in (due + fresh)[: max(0, most - done)]]

    def answer(self, identifier: str, *, known: bool, now: datetime) -> None:
        """Schedule a card after an answer; the first answer of a day counts."""
        kept = self.cards.get(identifier)
        today = now.date().isoformat()
        if kept is None or _today(kept, today):
            return
        card = fsrs.Card.from_dict(kept.memory) if kept.memory else fsrs.Card(card_id=1, due=now)
        rating = fsrs.Rating.Good if known else fsrs.Rating.Again
        reviewed, _ = scheduler().review_card(card, rating, now)
        kept.memory = reviewed.to_dict()
        kept.answers.append((today, known))


def _today(kept: Kept, today: str) -> bool:
    return bool(kept.answers) and kept.answers[-1][0] == today


def _due(kept: Kept, now: datetime) -> bool:
    """Whether a card comes back on this day; the hour does not count."""
    return kept.memory is not None and datetime.fromisoformat(kept.memory["due"]).date() <= now.date()


def _recall(kept: Kept, now: datetime) -> float:
    """Chance that the card is still known, by FSRS."""
    return float(scheduler().get_card_retrievability(fsrs.Card.from_dict(kept.memory), now)) if kept.memory else 0.0


@dataclass(frozen=True)
class Topic:
    """How the cards of one lesson are known."""

    source: str
    cards: int
    reviews: int
    known: int  # answers « Je savais »

    @property
    def share(self) -> float | None:
        """Share of answers that were known; None before any."""
        return self.known / self.reviews if self.reviews else None


def topics(decks: Iterable[Deck]) -> list[Topic]:
    """How each lesson is known over several decks, the weakest first; lessons never reviewed are left out."""
    groups: dict[str, list[Kept]] = defaultdict(list)
    for deck in decks:
        for kept in deck.cards.values():
            groups[kept.source].append(kept)
    found = [
        Topic(
            source, len({kept.card.id for kept in group}), sum(len(kept.answers) for kept in group),
            sum(known for kept in group for _, known in kept.answers),
        )
        for source, group in groups.items()
    ]  # fmt: skip
    return sorted((topic for topic in found if topic.reviews), key=lambda topic: (topic.share or 0, topic.source))


def load(path: Path) -> Deck:
    """A deck; empty when there is none, and cards that cannot be read are left out."""
    deck = Deck()
    with suppress(OSError, ValueError, AttributeError):
        for identifier, data in json.loads(path.read_text("utf-8")).items():
            with suppress(KeyError, TypeError, ValueError):
                deck.cards[str(identifier)] = _kept(data)
    return deck


def _kept(data: dict[str, Any]) -> Kept:
    card = Card(*(str(data[key]) for key in ("id", "front", "back")))
    memory = data["memory"]
    if memory is not None:
        fsrs.Card.from_dict(memory)  # refuses what is not one
    answers = [(str(day), bool(known)) for day, known in data["answers"]]
    return Kept(card, str(data["source"]), str(data["met"]), memory, answers)


def save(deck: Deck, path: Path) -> None:
    """Write a deck at once or not at all; in place where its folder takes no new file, as with one account each."""
    data = {
        identifier: {
            **asdict(kept.card),
            "source": kept.source,
            "met": kept.met,
            "memory": kept.memory,
            "answers": kept.answers,
        }
        for identifier, kept in deck.cards.items()
    }
    text = json.dumps(data, ensure_ascii=False)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        temporary.write_text(text, "utf-8")
        temporary.replace(path)
    except PermissionError:
        path.write_text(text, "utf-8")


class Desk:
    """The deck of this account, as the kernel uses it; without a place to keep it, it lasts as long as the kernel."""

    def __init__(self) -> None:
        name = os.environ.get(VARIABLE, "")
        self._path = Path(name) if name else None
        self._deck = Deck()

    def meet(self, cards: Iterable[Card], source: str) -> None:
        """Take in the cards of a lesson."""
        deck = self._read()
        deck.meet(cards, source, _now().date())
        self._write(deck)

    def draw(self) -> list[Card]:
        """Cards of this morning."""
        return self._read().draw(_now())

    def answer(self, identifier: str, *, known: bool) -> None:
        """Schedule a card after an answer."""
        deck = self._read()
        deck.answer(identifier, known=known, now=_now())
        self._write(deck)

    def _read(self) -> Deck:
        return load(self._path) if self._path else self._deck

    def _write(self, deck: Deck) -> None:
        self._deck = deck
        if self._path:
            with suppress(OSError):
                save(deck, self._path)


def _now() -> datetime:
    return datetime.now(UTC)
