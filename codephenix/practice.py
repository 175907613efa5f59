"""Activities to handle: find the mistake, type signs, explore a property, compare two pages.

    # visite.erreur.yaml   Entry -> Erreur -> as_data()   what the widget shows
                                           `-> on_paper()  what exports and paper show

Law of this module: no I/O; a fault of the author is said through the entry, with its line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from codephenix import azerty
from codephenix.entries import LANGUAGES, Entry, stem
from codephenix.paper import Task


@dataclass(frozen=True)
class CodeLine:
    """A line of code to look at; a faulty one has a reason and a correction."""

    text: str
    why: str = ""
    fix: str = ""


@dataclass(frozen=True)
class Erreur:
    """Lines of code, one or several of which are faulty."""

    name: str
    id: str
    question: str
    language: str  # a key of LANGUAGES
    lines: tuple[CodeLine, ...]


@dataclass(frozen=True)
class Frappe:
    """Signs to type until they are sure, then pieces of code."""

    name: str
    id: str
    question: str
    signs: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Explorateur:
    """Values to change, to see what a page makes of them."""

    name: str
    id: str
    question: str
    about: str  # a key of ABOUT
    steps: tuple[str, ...]  # what to try


ABOUT = {
    "contraste": ("le contraste", "AA demande 4,5 pour un texte normal, 3 pour un grand texte. AAA demande 7 et 4,5."),
    "boite": (
        "le modèle de boîte",
        "Place prise en largeur : contenu, `padding`, `border` et `margin`, des deux côtés.",
    ),
    "flexbox": ("flexbox", "`justify-content` place sur l’axe principal, `align-items` sur l’autre axe."),
    "grille": ("la grille", "`grid-template-columns` fixe les colonnes ; `1fr` est une part de la place libre."),
    "cascade": ("la cascade", "`!important`, puis l’attribut `style`, puis le poids du sélecteur, puis l’ordre."),
}
"""What can be explored: how it is called, and what there is to remember."""


@dataclass(frozen=True)
class Side:
    """One of two pages to compare."""

    label: str
    html: str


@dataclass(frozen=True)
class Comparaison:
    """Two pages, one over the other."""

    name: str
    id: str
    question: str
    left: Side
    right: Side
    why: str  # what changes from one to the other


@dataclass(frozen=True)
class Maquette:
    """The learner's page and the mock-ups to reproduce, one over the other."""

    name: str
    id: str
    question: str
    page: str  # path
    mockups: tuple[str, ...]  # paths, one for each width


Practice = Erreur | Frappe | Explorateur | Comparaison | Maquette

MAX_MOCKUPS = 3
MAX_TYPED = 60  # characters of a line to type: it stays on one row of the page


def _erreur(name: str, entry: Entry) -> Erreur:
    entry.allow("question", "language", "code", "faults")
    texts = entry.text("code").rstrip().splitlines()
    found: dict[int, CodeLine] = {}
    for each in entry.entries("faults", "faute"):
        line = _fault(each)
        places = [number for number, text in enumerate(texts) if text.strip() == line.text]
        if len(places) != 1 or places[0] in found:
            what = "n’est pas dans « code »" if not places else "y est deux fois, ou déjà prise"
            each.refuse(f"La ligne « {line.text} » {what}. Recopiez une ligne unique de « code ».", "text")
        found[places[0]] = line
    if len(found) == len([text for text in texts if text.strip()]):
        entry.refuse("Toutes les lignes sont fausses. Gardez au moins une ligne juste dans « code ».", "code")
    lines = tuple(
        CodeLine(text, found[number].why, found[number].fix) if number in found else CodeLine(text)
        for number, text in enumerate(texts)
    )
    return Erreur(name, stem(name), entry.text("question"), entry.language(), lines)


def _fault(entry: Entry) -> CodeLine:
    entry.allow("text", "fix", "why")
    text, fix = entry.text("text").strip(), entry.text("fix").strip()
    if text == fix:
        entry.refuse("La correction est la ligne fausse. Écrivez la ligne juste dans « fix ».", "fix")
    return CodeLine(text, entry.text("why"), fix)


def _frappe(name: str, entry: Entry) -> Frappe:
    entry.allow("question", "signs", "lines")
    signs = entry.texts("signs") if entry.has("signs") else azerty.SIGNS
    lines = tuple(line.strip() for line in entry.texts("lines")) if entry.has("lines") else ()
    for sign in signs:
        if sign not in azerty.NAMES:
            entry.refuse(f"« {sign} » n’est pas un signe connu. Choisissez parmi {' '.join(azerty.NAMES)}", "signs")
    if entry.has("signs"):
        entry.refuse_twice("signs", signs, "Le signe")
    for line in lines:
        odd = [character for character in line if azerty.stroke(character) is None]
        if odd:
            entry.refuse(f"Le signe « {odd[0]} » n’a pas sa touche sur un clavier AZERTY. Remplacez-le.", "lines")
        if len(line) > MAX_TYPED:
            entry.refuse(f"La ligne « {line[:20]}… » est trop longue. Gardez {MAX_TYPED} signes au plus.", "lines")
    return Frappe(name, stem(name), entry.text("question"), signs, lines)


def _explorateur(name: str, entry: Entry) -> Explorateur:
    entry.allow("question", "about", "steps")
    about = entry.text("about")
    if about not in ABOUT:
        entry.refuse(f"« {about} » ne s’explore pas. Choisissez : {', '.join(ABOUT)}.", "about")
    steps = entry.texts("steps") if entry.has("steps") else ()
    if steps:
        entry.refuse_twice("steps", steps, "L’essai")
    return Explorateur(name, stem(name), entry.text("question"), about, steps)


def _comparaison(name: str, entry: Entry) -> Comparaison | Maquette:
    if entry.has("page") or entry.has("mockups"):
        return _maquette(name, entry)
    entry.allow("question", "left", "right", "why")
    left, right = (_side(entry.entry(key)) for key in ("left", "right"))
    if left.html == right.html:
        entry.refuse("Les deux pages sont pareilles. Changez « left » ou « right ».", "right")
    return Comparaison(name, stem(name), entry.text("question"), left, right, entry.text("why"))


def _maquette(name: str, entry: Entry) -> Maquette:
    entry.allow("question", "page", "mockups")
    page, paths = entry.text("page").strip(), tuple(path.strip() for path in entry.texts("mockups"))
    if not page.endswith(".html"):
        entry.refuse(
            f"«\u00a0{page}\u00a0» n’est pas une page. Écrivez le nom d’un fichier en «\u00a0.html\u00a0».", "page"
        )
    wrong = next((path for path in paths if not path.endswith(".png")), None)
    if wrong:
        entry.refuse(
            f"«\u00a0{wrong}\u00a0» n’est pas une maquette. Écrivez le chemin d’une image en «\u00a0.png\u00a0».",
            "mockups",
        )
    entry.refuse_twice("mockups", paths, "La maquette")
    if len(paths) > MAX_MOCKUPS:
        entry.refuse(f"Il y a {len(paths)} maquettes. Gardez-en {MAX_MOCKUPS} au plus, une par largeur.", "mockups")
    return Maquette(name, stem(name), entry.text("question"), page, paths)


def _side(entry: Entry) -> Side:
    entry.allow("label", "html")
    return Side(entry.text("label"), entry.text("html").rstrip())


READERS: dict[str, Callable[[str, Entry], Practice]] = {
    "erreur": _erreur,
    "frappe": _frappe,
    "explorateur": _explorateur,
    "comparaison": _comparaison,
}
"""By kind, what reads the cell."""


def as_data(activity: Practice) -> dict[str, Any]:
    """What the widget needs besides the kind and the name."""
    own: dict[str, Any] = {"id": activity.id, "question": activity.question}
    match activity:
        case Erreur():
            own |= {"language": LANGUAGES[activity.language], "lines": [asdict(line) for line in activity.lines]}
        case Frappe():
            characters = dict.fromkeys("".join((*activity.signs, *activity.lines)))
            strokes = {each: asdict(stroke) for each in characters if (stroke := azerty.stroke(each))}
            own |= {"signs": list(activity.signs), "lines": list(activity.lines)}
            own |= {"strokes": strokes, "layout": azerty.layout()}
        case Explorateur():
            own |= {"about": activity.about, "steps": list(activity.steps)}
        case Comparaison():
            own |= {"left": asdict(activity.left), "right": asdict(activity.right), "why": activity.why}
        case Maquette():
            own |= {"page": activity.page, "mockups": list(activity.mockups)}
    return own


def on_paper(activity: Practice) -> tuple[str, list[Task]]:
    """Title of an activity, and its tasks."""
    match activity:
        case Erreur():
            return "Trouvez la faute", [_faults_on_paper(activity)]
        case Frappe():
            strokes = [(sign, azerty.stroke(sign)) for sign in activity.signs]
            keys = tuple(f"`{sign}` {stroke.name} : {stroke.keys}" for sign, stroke in strokes if stroke)
            options = tuple(f"`{text}`" for text in (*activity.signs, *activity.lines))
            return "Entraînement au clavier", [Task(activity.question, keys, "", options)]
        case Explorateur():
            title, summary = ABOUT[activity.about]
            return f"Explorateur : {title}", [Task(activity.question, (summary,), "", activity.steps)]
        case Comparaison():
            code = "\n\n".join(f"{side.label} :\n{side.html}" for side in (activity.left, activity.right))
            return "Deux pages à comparer", [Task(activity.question, (activity.why,), code)]
        case Maquette():
            return "Votre page et la maquette", [_maquette_on_paper(activity)]


def _maquette_on_paper(activity: Maquette) -> Task:
    paths = tuple(f"`{path}`" for path in activity.mockups)
    answer = f"la maquette. Votre page est `{activity.page}`\u00a0: JupyterLab la compare, et donne la ressemblance."
    return Task(activity.question, (answer,), "", paths)


def _faults_on_paper(activity: Erreur) -> Task:
    code = "\n".join(f"{number}  {line.text}" for number, line in enumerate(activity.lines, 1))
    answers = tuple(
        f"Ligne {number} : {line.why} On écrit : `{line.fix}`"
        for number, line in enumerate(activity.lines, 1)
        if line.why
    )
    return Task(activity.question, answers, code)
