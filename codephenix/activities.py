"""Interactive activities: from the YAML of a data cell to frozen values, and to text that needs no program.

    # bases.quiz.yaml            a line of the cell  ->  Quiz(name, questions)
    questions:                                            |-> as_data()        what the widget shows
      - id: balise-titre                                  |-> fallback_html()  exports and paper
        …                                                 `-> fallback_text()  terminals

Law of this module: no I/O, and nothing but texts comes out of the YAML. Anchors, aliases and tags are refused, and a
plain scalar is never a number, a date or a boolean: ``text: no`` is the text « no ».
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from codephenix import paper, practice
from codephenix.entries import LANGUAGES, Entry, compose, stem
from codephenix.paper import Task
from codephenix.site import RAPPEL, CellProblem

MAX_ACTIVITY_BYTES = 200_000  # a long quiz is fifty times smaller
INDENT = 2  # spaces in one step of indentation

_T = TypeVar("_T")


@dataclass(frozen=True)
class Choice:
    """One answer to choose, with the explanation that follows the choice."""

    text: str
    why: str
    correct: bool = False


@dataclass(frozen=True)
class Question:
    """A question with choices, or with short answers to type: never both."""

    id: str
    text: str
    choices: tuple[Choice, ...] = ()
    answers: tuple[str, ...] = ()
    why: str = ""  # of the answers; each choice has its own


@dataclass(frozen=True)
class Quiz:
    """Questions to answer one after the other."""

    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Prediction:
    """A piece of code, and what the learner expects of it before it runs."""

    name: str
    question: Question
    language: str  # a key of LANGUAGES
    code: str


@dataclass(frozen=True)
class Line:
    """A line of the solution of a puzzle."""

    text: str  # without its indentation
    indent: int  # steps of INDENT spaces


@dataclass(frozen=True)
class Distractor:
    """A line that the solution does not use."""

    text: str
    why: str


@dataclass(frozen=True)
class Parsons:
    """Lines of code to put back in order."""

    name: str
    id: str
    question: str
    language: str  # a key of LANGUAGES
    lines: tuple[Line, ...]
    distractors: tuple[Distractor, ...] = ()


@dataclass(frozen=True)
class Card:
    """A revision card."""

    id: str
    front: str
    back: str


@dataclass(frozen=True)
class Revision:
    """Cards to turn over."""

    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Rappel:
    """The cards of the morning, drawn from what this learner has met."""

    name: str
    text: str  # what to say where no card can be drawn


Activity = Quiz | Prediction | Parsons | Revision | Rappel | practice.Practice


def parse(kind: str, name: str, source: str) -> Activity:
    """Read the source of a data cell; ``kind`` is one of ``site.ACTIVITIES``, or RAPPEL.

    Raises CellProblem: its French message says the file, the line, the place, and what to do.
    """
    size = len(source.encode("utf-8", "replace"))
    if size > MAX_ACTIVITY_BYTES:
        raise CellProblem(
            f"{name} : cette activité est trop grande : {size // 1000} ko, pour un maximum de "
            f"{MAX_ACTIVITY_BYTES // 1000} ko. Partagez-la en plusieurs cellules."
        )
    readers: dict[str, Callable[[str, Entry], Activity]] = {
        "quiz": _quiz,
        "prediction": _prediction,
        "parsons": _parsons,
        "revision": _revision,
        RAPPEL: _rappel,
        **practice.READERS,
    }
    return readers[kind](name, Entry(name, "", compose(name, source)))


def _quiz(name: str, entry: Entry) -> Quiz:
    entry.allow("questions")
    questions = tuple(_question(each, each.id()) for each in entry.entries("questions", "question"))
    entry.refuse_twice("questions", [question.id for question in questions], "L’identifiant")
    return Quiz(name, questions)


def _prediction(name: str, entry: Entry) -> Prediction:
    question = _question(entry, stem(name), "language", "code")
    return Prediction(name, question, entry.language(), entry.text("code").rstrip())


def _parsons(name: str, entry: Entry) -> Parsons:
    entry.allow("question", "language", "lines", "distractors")
    lines = tuple(_line(entry, text) for text in entry.texts("lines"))
    if len({line.text for line in lines}) < 2:
        entry.refuse("Un puzzle demande au moins deux lignes différentes. Ajoutez des lignes dans « lines ».", "lines")
    distractors = tuple(_distractor(each, lines) for each in entry.entries("distractors", "ligne en trop", least=0))
    entry.refuse_twice("distractors", [each.text for each in distractors], "La ligne en trop")
    return Parsons(name, stem(name), entry.text("question"), entry.language(), lines, distractors)


def _revision(name: str, entry: Entry) -> Revision:
    entry.allow("cards")
    cards = tuple(_card(each) for each in entry.entries("cards", "carte"))
    entry.refuse_twice("cards", [card.id for card in cards], "L’identifiant")
    return Revision(name, cards)


def _rappel(name: str, entry: Entry) -> Rappel:
    entry.allow("text")
    return Rappel(name, entry.text("text"))


def _question(entry: Entry, identifier: str, *more: str) -> Question:
    if entry.has("answers") and entry.has("choices"):
        entry.refuse("Une question a des choix ou des réponses à écrire. Gardez « choices » ou « answers ».", "answers")
    own = ("id",) if not more else ()
    if entry.has("answers"):
        entry.allow(*own, "question", *more, "answers", "why")
        return Question(identifier, entry.text("question"), answers=entry.texts("answers"), why=entry.text("why"))
    entry.allow(*own, "question", *more, "choices")
    choices = tuple(_choice(each) for each in entry.entries("choices", "choix", least=2))
    if not any(choice.correct for choice in choices):
        entry.refuse("Aucun choix n’est juste. Ajoutez « correct: true » sous le bon choix.", "choices")
    entry.refuse_twice("choices", [choice.text for choice in choices], "Le choix")
    return Question(identifier, entry.text("question"), choices)


def _choice(entry: Entry) -> Choice:
    entry.allow("text", "correct", "why")
    return Choice(entry.text("text"), entry.text("why"), entry.flag("correct"))


def _card(entry: Entry) -> Card:
    entry.allow("id", "front", "back")
    return Card(entry.id(), entry.text("front"), entry.text("back"))


def _line(entry: Entry, text: str) -> Line:
    stripped = text.strip()
    width = len(text) - len(text.lstrip(" "))
    if width % INDENT or "\t" in text or "\n" in stripped:
        entry.refuse(
            f"La ligne « {stripped} » est mal écrite. Décalez-la de {INDENT} en {INDENT} espaces, "
            "sans tabulation ni retour à la ligne.",
            "lines",
        )
    return Line(stripped, width // INDENT)


def _distractor(entry: Entry, lines: Sequence[Line]) -> Distractor:
    entry.allow("text", "why")
    text = entry.text("text").strip()
    if any(line.text == text for line in lines):
        entry.refuse("Cette ligne en trop est aussi dans la solution. Changez-la ou retirez-la.", "text")
    return Distractor(text, entry.text("why"))


def shuffled(items: Iterable[_T], seed: str) -> list[_T]:
    """The items in an order that depends on the seed only, the same on every machine and for ever."""
    ranked = [(hashlib.sha256(f"{seed}\0{rank}".encode()).digest(), item) for rank, item in enumerate(items)]
    return [item for _, item in sorted(ranked, key=lambda pair: pair[0])]


def pieces(puzzle: Parsons) -> list[Line | Distractor]:
    """Lines and distractors of a puzzle in the order first shown, in which the lines are never in place."""
    right = [line.text for line in puzzle.lines]
    everything: list[Line | Distractor] = [*puzzle.lines, *puzzle.distractors]
    for turn in range(1000):  # a turn leaves the lines in place one time out of two at worst
        mixed = shuffled(everything, f"{puzzle.name}\0{turn}")
        if [piece.text for piece in mixed if isinstance(piece, Line)] != right:
            break
    return mixed


def choices(activity: Activity, question: Question) -> list[Choice]:
    """Choices of a question in the order shown."""
    return shuffled(question.choices, f"{activity.name}\0{question.id}")


def kind_of(activity: Activity) -> str:
    """Its kind, as in the name of its cell."""
    return type(activity).__name__.lower()


def questions(activity: Activity) -> dict[str, str]:
    """What is asked, by the id under which its answer is kept."""
    match activity:
        case Quiz():
            return {question.id: question.text for question in activity.questions}
        case Prediction():
            return {activity.question.id: activity.question.text}
        case Revision():
            return {card.id: card.front for card in activity.cards}
        case Rappel():
            return {}
        case _:
            return {activity.id: activity.question}


def as_data(activity: Activity) -> dict[str, Any]:
    """What the widget needs, as JSON: texts as written, in the order shown, and the right answers."""
    match activity:
        case Quiz():
            own: dict[str, Any] = {"questions": [_question_data(activity, each) for each in activity.questions]}
        case Prediction():
            question = _question_data(activity, activity.question)
            own = {"question": question, "code": activity.code, "language": LANGUAGES[activity.language]}
        case Parsons():
            mixed = [{"text": each.text, "why": getattr(each, "why", "")} for each in pieces(activity)]
            solution = [asdict(line) for line in activity.lines]
            own = {"id": activity.id, "question": activity.question, "language": LANGUAGES[activity.language]}
            own |= {"pieces": mixed, "solution": solution}
        case Revision():
            own = {"cards": [asdict(card) for card in activity.cards]}
        case Rappel():
            own = {"text": activity.text}
        case _:
            own = practice.as_data(activity)
    return {"kind": kind_of(activity), "name": activity.name, **own}


def _question_data(activity: Activity, question: Question) -> dict[str, Any]:
    shown = [asdict(choice) for choice in choices(activity, question)]
    return {**asdict(question), "choices": shown, "answers": list(question.answers)}


def _tasks(activity: Activity) -> tuple[str, list[Task]]:
    match activity:
        case Quiz():
            return "Quiz", [_question_task(activity, each) for each in activity.questions]
        case Prediction():
            return "Prédiction", [_question_task(activity, activity.question, activity.code)]
        case Parsons():
            solution = "\n".join(" " * INDENT * line.indent + line.text for line in activity.lines)
            options = tuple(piece.text for piece in pieces(activity))
            return "Lignes à remettre en ordre", [Task(activity.question, (solution,), "", options, verbatim=True)]
        case Revision():
            return "Cartes de révision", [Task(card.front, (card.back,)) for card in activity.cards]
        case Rappel():
            return "Rappel du matin", [Task(activity.text, ("vos cartes, dans JupyterLab.",))]
        case _:
            return practice.on_paper(activity)


def _question_task(activity: Activity, question: Question, code: str = "") -> Task:
    if question.answers:
        return Task(question.text, (f"{' ou '.join(question.answers)} : {question.why}",), code)
    right = tuple(f"{choice.text} : {choice.why}" for choice in question.choices if choice.correct)
    return Task(question.text, right, code, tuple(choice.text for choice in choices(activity, question)))


def fallback_html(activity: Activity) -> str:
    """The activity as HTML that needs neither script nor style, its answers folded away."""
    return paper.as_html(*_tasks(activity))


def fallback_text(activity: Activity) -> str:
    """The activity as plain text, its answers at the end."""
    return paper.as_text(*_tasks(activity))
