"""Activities: the formats of docs/authoring.md, every mistake of an author, and what exports show."""

import json
import re
from html.parser import HTMLParser

import pytest

from codephenix import activities, azerty, paper
from codephenix.activities import Choice, Line, Parsons, Prediction, Quiz, Revision, parse
from codephenix.practice import CodeLine, Comparaison, Erreur, Explorateur, Frappe
from codephenix.site import ACTIVITIES, CellProblem, read_cell

SOURCES = {
    "quiz": """# bases.quiz.yaml
questions:
  - id: balise-titre                # kebab-case
    question: Quelle balise écrit le titre principal ?
    choices:
      - text: "`<h1>`"
        correct: true
        why: "`h` vient de *heading*, titre en anglais."
      - text: "`<title>`"
        why: "`<title>` est le nom de l’onglet, pas le titre dans la page."
  - id: fermer
    question: Écrivez la balise qui ferme `<p>`.
    answers: ["</p>"]
    why: La barre oblique ferme la balise.
""",
    "prediction": """# titre.prediction.yaml
question: Combien de lignes verrez-vous ?
language: html
code: |
  <p>Bonjour</p>
    <p>Au revoir</p>
choices:
  - {text: 2, correct: true, why: Un paragraphe commence toujours sur une nouvelle ligne.}
  - {text: 1, why: Chaque paragraphe a sa ligne.}
""",
    "parsons": """# squelette.parsons.yaml
question: Remettez les lignes dans l’ordre.
language: html
lines:
  - "<!DOCTYPE html>"
  - "<html lang=\\"fr\\">"
  - "  <title>Menu</title>"
  - "</html>"
distractors:
  - {text: "<html lang=\\"fr\\"", why: Il manque le chevron fermant.}
""",
    "revision": """# lecon-1.revision.yaml
cards:
  - id: s01-chevron
    front: Comment tape-t-on `<` sur un clavier AZERTY ?
    back: La touche à droite de Maj gauche, sans autre touche.
""",
    "erreur": """# visite.erreur.yaml
question: Deux lignes ont une faute.
language: html
code: |
  <h1>Vis & Fils</h1>
  <ul>
    <li>Clous</li>
    <li>Vis<li>
  </ul>
faults:
  - {text: "<h1>Vis & Fils</h1>", fix: "<h1>Vis &amp; Fils</h1>", why: L’esperluette est réservée.}
  - {text: "<li>Vis<li>", fix: "<li>Vis</li>", why: La barre oblique manque.}
""",
    "frappe": """# signes.frappe.yaml
question: Trouvez chaque signe.
signs: ["<", "{", ">"]
lines: ["<a>"]
""",
    "explorateur": """# boite.explorateur.yaml
question: Changez la boîte.
about: boite
steps:
  - Mettez `padding` à 0.
  - Choisissez `border-box`.
""",
    "comparaison": """# carte.comparaison.yaml
question: Que change la marge ?
left:
  label: Sans marge
  html: "<style>body { margin: 0; background: #fed }</style><p>Un</p>"
right:
  label: Avec marge
  html: "<style>body { margin: 40px; background: #def }</style><p>Un</p>"
why: Le texte s’écarte du bord.
""",
}
NAMES = {kind: source.split()[1] for kind, source in SOURCES.items()}


def read(kind):
    return parse(kind, NAMES[kind], SOURCES[kind])


def problem(kind, source):
    with pytest.raises(CellProblem) as caught:
        parse(kind, NAMES[kind], source)
    return str(caught.value)


def edited(kind, old, new):
    """The message about a good source in which one thing is changed."""
    assert SOURCES[kind].count(old) == 1
    return problem(kind, SOURCES[kind].replace(old, new))


# --- What is read


def test_every_kind_of_the_site_is_read():
    assert [type(read(kind)) for kind in ACTIVITIES] == [
        Quiz,
        Prediction,
        Parsons,
        Revision,
        Erreur,
        Frappe,
        Explorateur,
        Comparaison,
    ]


def test_quiz_holds_its_questions_in_order():
    quiz = read("quiz")
    assert [question.id for question in quiz.questions] == ["balise-titre", "fermer"]
    assert quiz.questions[0].choices[0] == Choice("`<h1>`", "`h` vient de *heading*, titre en anglais.", correct=True)
    assert quiz.questions[1].answers == ("</p>",)


def test_prediction_keeps_its_code_as_written():
    prediction = read("prediction")
    assert prediction.code == "<p>Bonjour</p>\n  <p>Au revoir</p>"
    assert prediction.question.id == "titre"


def test_leading_spaces_of_a_puzzle_line_are_its_indentation():
    assert read("parsons").lines[2] == Line("<title>Menu</title>", 1)


def test_a_faulty_line_keeps_its_reason_and_its_correction():
    lines = read("erreur").lines
    assert [bool(line.why) for line in lines] == [True, False, False, True, False]
    assert lines[3] == CodeLine("  <li>Vis<li>", "La barre oblique manque.", "<li>Vis</li>")
    asked, _, answered = activities.fallback_text(read("erreur")).partition("Réponses")
    assert "4    <li>Vis<li>" in asked
    assert "barre" not in asked
    assert "Ligne 4 : La barre oblique manque. On écrit : `<li>Vis</li>`" in answered


@pytest.mark.parametrize(
    ("sign", "keys"),
    [
        ("<", "la touche `<` seule"),
        (">", "Maj + la touche `<`"),
        ("{", "AltGr + la touche `4`"),
        ("}", "AltGr + la touche `=`"),
        ("/", "Maj + la touche `:`"),
        ('"', "la touche `3` seule"),
        (";", "la touche `;` seule"),
        ("=", "la touche `=` seule"),
        ("'", "la touche `4` seule"),
        ("&", "la touche `1` seule"),
        ("a", "la touche `A` seule"),
        ("A", "Maj + la touche `A`"),
        ("%", "Maj + la touche `ù`"),
    ],
)
def test_the_keys_of_an_azerty_keyboard(sign, keys):
    assert azerty.stroke(sign).keys == keys


@pytest.mark.parametrize("sign", ["^", "`", "~", "ê", "€", "你"])
def test_a_sign_without_a_direct_key_has_no_stroke(sign):
    assert azerty.stroke(sign) is None


def test_every_named_sign_has_its_key_and_the_first_ten_are_the_default():
    assert all(azerty.stroke(sign) for sign in azerty.NAMES)
    frappe = parse("frappe", "a.frappe.yaml", "question: Tapez.")
    assert "".join(frappe.signs) == "<>{}/\";='&"
    assert set(activities.as_data(frappe)["strokes"]) == set(frappe.signs)


@pytest.mark.parametrize("word", ["3", "no", "1e3", "0x10", "2024-01-01", "null", "~", "1.0"])
def test_a_plain_scalar_stays_the_text_that_was_typed(word):
    source = SOURCES["prediction"].replace("{text: 1,", f"{{text: {word},")
    assert parse("prediction", "titre.prediction.yaml", source).question.choices[1].text == word


def test_values_are_frozen():
    with pytest.raises(AttributeError):
        read("quiz").questions[0].text = "autre"


def test_the_examples_of_the_authors_guide_are_read(root):
    guide = (root / "docs" / "authoring.md").read_text(encoding="utf-8")
    section = guide.partition("## Activities")[2].partition("\n## ")[0]
    blocks = re.findall(r"^    # \S+\.yaml.*?(?=^    # \S+\.yaml|\Z)", section, re.MULTILINE | re.DOTALL)
    sources = [re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in blocks]
    cells = [read_cell(re.sub(r"\A(# \S+).*", r"\1", source)) for source in sources]  # drops a remark for the reader
    assert {cell.activity for cell in cells} == set(ACTIVITIES)
    for cell in cells:
        assert parse(cell.activity, cell.name, cell.source).name == cell.name


# --- Mistakes of an author


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "questions:",
            "questionz:",
            "ligne 2 : La clé « questionz » n’a pas sa place ici. Vouliez-vous dire « questions » ?",
        ),
        (
            '        why: "`<title>`',
            '        wy: "`<title>`',
            "ligne 10, question 1 (balise-titre), choix 2 : La clé « wy »",
        ),
        ("        correct: true\n", "", "ligne 5, question 1 (balise-titre) : Aucun choix n’est juste."),
        (
            "correct: true",
            "correct: oui",
            "ligne 7, question 1 (balise-titre), choix 1 : « correct » vaut true ou false.",
        ),
        ("id: fermer", "id: balise-titre", "ligne 11 : L’identifiant « balise-titre » est déjà pris."),
        (
            "id: fermer",
            "id: Fermer la balise",
            "ligne 11, question 2 : L’identifiant « Fermer la balise » est mal écrit.",
        ),
        ("id: fermer", "id: fermé", "est mal écrit"),
        ("id: fermer", "id: ", "Le texte de « id » est vide."),
        ("  - id: fermer\n    question: ", "  - question: ", "ligne 11, question 2 : Il manque « id »."),
        ("    why: La barre oblique ferme la balise.\n", "", "ligne 11, question 2 (fermer) : Il manque « why »."),
        ('["</p>"]', "[]", "ligne 13, question 2 (fermer) : La liste « answers » est trop courte."),
        ('["</p>"]', "</p>", "Une liste est attendue dans « answers »."),
        ('"`<title>`"', '"`<h1>`"', "Le choix « `<h1>` » est déjà pris."),
        ('    answers: ["</p>"]', '    answers: ["</p>"]\n    choices: []', "Gardez « choices » ou « answers »."),
        ("Écrivez la balise qui ferme `<p>`.", "#fff", "Le texte de « question » est vide. S’il commence par #"),
        ("Écrivez la balise qui ferme `<p>`.", "{color: red}", "Un texte est attendu dans « question »."),
    ],
)
def test_a_mistake_in_a_quiz_says_line_place_and_remedy(old, new, expected):
    message = edited("quiz", old, new)
    assert message.startswith("bases.quiz.yaml, ligne ")
    assert expected in message


@pytest.mark.parametrize(
    ("kind", "old", "new", "expected"),
    [
        ("prediction", "language: html", "language: python", "ligne 3 : Le langage « python » est inconnu."),
        ("prediction", "language: html\n", "", "Il manque « language »."),
        ("prediction", "  <p>Bonjour</p>\n    <p>Au revoir</p>\n", "", "Le texte de « code » est vide."),
        ("prediction", "language: html", "id: titre\nlanguage: html", "La clé « id » n’a pas sa place ici."),
        ("parsons", '  - "  <title>', '  - "   <title>', "Décalez-la de 2 en 2 espaces"),
        ("parsons", '  - "  <title>', '  - "\\t<title>', "sans tabulation"),
        ("parsons", ", why: Il manque le chevron fermant.", "", "ligne 10, ligne en trop 1 : Il manque « why »."),
        ("parsons", '{text: "<html lang=\\"fr\\""', '{text: "</html>"', "est aussi dans la solution"),
        ("parsons", "distractors:", "distracteurs:", "Vouliez-vous dire « distractors » ?"),
        ("revision", "back:", "verso:", "carte 1 (s01-chevron) : La clé « verso »"),
        ("revision", "back:", "bac:", "Vouliez-vous dire « back » ?"),
        (
            "erreur",
            '{text: "<li>Vis<li>"',
            '{text: "<li>Vis"',
            "ligne 12, faute 2 : La ligne « <li>Vis » n’est pas dans",
        ),
        ("erreur", "    <li>Clous</li>", "    <li>Vis<li>", "y est deux fois"),
        ("erreur", 'fix: "<li>Vis</li>"', 'fix: "<li>Vis<li>"', "La correction est la ligne fausse."),
        ("erreur", "why: La barre", "wy: La barre", "Vouliez-vous dire « why » ?"),
        ("erreur", "  <ul>\n    <li>Clous</li>\n    <li>Vis<li>\n  </ul>", "  <li>Vis<li>", "au moins une ligne juste"),
        ("comparaison", "  label: Avec marge\n", "", "ligne 7, right : Il manque « label »."),
        ("comparaison", "right:\n", "rigth:\n", "Vouliez-vous dire « right » ?"),
        (
            "comparaison",
            "{ margin: 40px; background: #def }",
            "{ margin: 0; background: #fed }",
            "Les deux pages sont pareilles.",
        ),
        (
            "explorateur",
            "about: boite",
            "about: ombre",
            "ligne 3 : « ombre » ne s’explore pas. Choisissez : contraste,",
        ),
        ("explorateur", "about: boite\n", "", "Il manque « about »."),
        ("explorateur", "Choisissez `border-box`.", "Mettez `padding` à 0.", "est déjà pris."),
        ("frappe", '"{", ', '"{{", ', "« {{ » n’est pas un signe connu."),
        ("frappe", '"{", ', '"<", ', "ligne 3 : Le signe « < » est déjà pris."),
        ("frappe", "<a>", "<ê>", "ligne 4 : Le signe « ê » n’a pas sa touche sur un clavier AZERTY."),
        ("frappe", "<a>", "a" * 61, "est trop longue. Gardez 60 signes au plus."),
        ("frappe", "signs:", "sign:", "Vouliez-vous dire « signs » ?"),
        ("revision", "s01-chevron", "S01", "carte 1 : L’identifiant « S01 » est mal écrit."),
    ],
)
def test_a_mistake_in_another_kind_says_line_place_and_remedy(kind, old, new, expected):
    message = edited(kind, old, new)
    assert message.startswith(NAMES[kind] + ", ligne ")
    # An identifier is read before the other keys are checked, or after: both name the card.
    assert expected in message or expected.replace(" (s01-chevron)", "") in message


def test_a_puzzle_of_equal_lines_is_refused():
    source = "question: x\nlanguage: html\nlines: [<br>, <br>]"
    assert "au moins deux lignes différentes" in problem("parsons", source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("questions:\n\t- id: a", "ligne 2 : Une tabulation est en trop."),
        ("questions:\n  - id: `a`", "ligne 2 : Un texte ne peut pas commencer par ce signe."),
        ("questions:\n  - question: Le rôle de : ceci", "ligne 2 : Deux-points sont de trop dans ce texte."),
        ("questions: *tous", "ligne 1 : Un texte qui commence par * doit être protégé."),
        ("questions: *beau* texte", "ligne 1 : Un texte qui commence par * doit être protégé."),
        ("questions: &tous []", "ligne 1 : Un texte qui commence par & doit être protégé."),
        ("questions: !!python/object/apply:os.system [ls]", "ligne 1 : Un texte qui commence par ! doit être protégé."),
        ("questions: !important", "ligne 1 : Un texte qui commence par ! doit être protégé."),
        ('questions: "abc', "Un guillemet ouvert n’est pas fermé."),
        ('questions: "a\\d"', "La barre \\ est spéciale"),
        ("questions:\n  - id: a\n   question: b", "ligne 3 : Cette ligne est mal décalée"),
        ("questions: []\n---\nquestions: []", "ligne 2 : Une ligne « --- » coupe le fichier en deux."),
        ("questions:\n  - id: \x07", "ligne 2 : Un caractère invisible est interdit ici."),
        ("questions:\n  - id: a\n    id: b", "ligne 3, question 1 : La clé « id » est écrite deux fois."),
        ("questions: " + "[" * 100_000, "Il y a trop de listes les unes dans les autres."),
        ("questions:\n  - [a]: b", "Cette clé n’est pas un mot."),
        ("- a", "ligne 1 : Des clés sont attendues ici"),
        ("bonjour", "ligne 1 : Des clés sont attendues ici"),
        ("questions:\n  - bonjour", "ligne 2, question 1 : Des clés sont attendues ici"),
        ("# bases.quiz.yaml\n", "cette activité est vide"),
    ],
)
def test_bad_yaml_is_explained_in_french(source, expected):
    assert expected in problem("quiz", source)


def test_an_activity_over_200_kb_is_refused_before_it_is_read():
    assert "trop grande : 200 ko" in problem("quiz", "[" + "a" * activities.MAX_ACTIVITY_BYTES)


def outcome(kind, source):
    try:
        parse(kind, NAMES[kind], source)
    except CellProblem as caught:
        return str(caught)
    return ""


@pytest.mark.parametrize("kind", ACTIVITIES)
def test_a_source_cut_anywhere_is_read_or_explained(kind):
    messages = [outcome(kind, SOURCES[kind][:end]) for end in range(0, len(SOURCES[kind]), 7)]
    assert all(NAMES[kind] in message for message in messages if message)
    assert sum(map(bool, messages)) > len(messages) / 2


def test_messages_keep_french_spaces():
    message = edited("quiz", "correct: true", "correct: oui")
    assert not re.search(r" [:;?!»]|« ", message)


# --- What is shown


def test_order_shown_depends_on_the_name_only():
    first, again = activities.as_data(read("quiz")), activities.as_data(read("quiz"))
    assert first == again
    orders = {tuple(activities.shuffled("abcdef", f"{seed}")) for seed in range(50)}
    assert len(orders) > 40


def test_order_shown_is_the_same_for_ever():
    assert "".join(activities.shuffled("abcdef", "bases.quiz.yaml")) == "fadecb"


@pytest.mark.parametrize("count", [2, 3, 8])
def test_lines_of_a_puzzle_are_never_in_place(count):
    for number in range(60):
        puzzle = Parsons(f"p{number}.parsons.yaml", "p", "?", "html", tuple(Line(f"l{n}", 0) for n in range(count)))
        shown = [piece.text for piece in activities.pieces(puzzle)]
        assert shown != [line.text for line in puzzle.lines]
        assert sorted(shown) == sorted(line.text for line in puzzle.lines)


def test_lines_are_not_in_place_either_once_the_useless_ones_are_away():
    puzzle = read("parsons")
    for number in range(60):
        named = Parsons(f"p{number}", "p", "?", "html", puzzle.lines[:2], puzzle.distractors)
        right = [piece.text for piece in activities.pieces(named) if isinstance(piece, Line)]
        assert right == [puzzle.lines[1].text, puzzle.lines[0].text]


@pytest.mark.parametrize("kind", ACTIVITIES)
def test_data_of_the_widget_is_json(kind):
    data = activities.as_data(read(kind))
    assert json.loads(json.dumps(data)) == data
    assert data["kind"] == kind


HOSTILE = '<img src=x onerror="alert(1)"> <script>alert(2)</script> [a](javascript:alert(3)) `</code><b>` &amp;'


class Tags(HTMLParser):
    """Every tag and attribute of a document, and its text."""

    def __init__(self, document):
        super().__init__()
        self.tags, self.open, self.attributes, self.text = set(), [], [], ""
        self.feed(document)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("kind", ACTIVITIES)
def test_html_for_exports_holds_every_text_and_folds_the_answers(kind):
    page = activities.fallback_html(read(kind))
    tags = Tags(page)
    assert tags.open == []
    assert "<summary>Réponses</summary>" in page
    words = {
        "quiz": "La barre oblique",
        "prediction": "nouvelle ligne",
        "parsons": '<html lang="fr"',
        "revision": "AZERTY",
        "erreur": "<li>Vis</li>",
        "frappe": "AltGr + la touche 4",
        "explorateur": "Place prise en largeur",
        "comparaison": "<style>body { margin: 40px",
    }
    assert words[kind] in tags.text


MOCKUP = "question: Votre page ressemble-t-elle ?\npage: carte.html\nmockups: [images/a.png, images/b.png]"


def test_a_comparison_may_be_with_mockups():
    activity = parse("comparaison", "carte.comparaison.yaml", MOCKUP)
    assert activities.kind_of(activity) == "maquette"
    assert activities.questions(activity) == {"carte": "Votre page ressemble-t-elle ?"}
    data = activities.as_data(activity)
    assert (data["kind"], data["page"], data["mockups"]) == ("maquette", "carte.html", ["images/a.png", "images/b.png"])
    page = activities.fallback_html(activity)
    assert all(text in page for text in ("Votre page et la maquette", "images/a.png", "<code>carte.html</code>"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("carte.html", "carte.css", "n’est pas une page"),
        ("images/a.png", "images/a.jpg", "n’est pas une maquette"),
        ("images/a.png", "images/b.png", "est déjà pris"),
        ("[images/a.png", "[c.png, d.png, images/a.png", "Gardez-en 3 au plus"),
        ("page: carte.html", "why: x\npage: carte.html", "why"),
        ("page: carte.html\n", "", "Il manque"),
    ],
)
def test_a_faulty_mockup_says_what_to_do(old, new, message):
    with pytest.raises(CellProblem) as caught:
        parse("comparaison", "carte.comparaison.yaml", MOCKUP.replace(old, new))
    assert message in str(caught.value)


def test_every_answer_is_kept_under_an_id_that_is_known():
    ids = {kind: list(activities.questions(read(kind))) for kind in ACTIVITIES}
    assert all(ids.values())
    assert ids["quiz"] == ["balise-titre", "fermer"]


def test_answers_are_not_before_the_fold():
    asked = activities.fallback_html(read("revision")).partition("<details>")[0]
    assert "Maj gauche" not in asked


def test_hostile_texts_stay_texts():
    def hostile(text):
        return json.dumps(text)  # a JSON string is a YAML string

    source = (
        f"questions:\n  - id: a\n    question: {hostile(HOSTILE)}\n    choices:\n"
        f"      - {{text: {hostile(HOSTILE)}, correct: true, why: {hostile(HOSTILE)}}}\n      - {{text: b, why: c}}"
    )
    tags = Tags(activities.fallback_html(parse("quiz", "a.quiz.yaml", source)))
    assert tags.tags <= {"section", "p", "strong", "ol", "ul", "li", "details", "summary", "code"}
    assert tags.attributes == [("lang", "fr")]
    assert '<img src=x onerror="alert(1)">' in tags.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`h` vient de *heading*.", "<code>h</code> vient de <em>heading</em>."),
        ("2 * 3 * 4 a*b*c ** ` été*e*", "2 * 3 * 4 a*b*c ** ` été*e*"),
        ("`<p>*a*</p>`", "<code>&lt;p&gt;*a*&lt;/p&gt;</code>"),
    ],
)
def test_back_quotes_make_code_and_stars_make_emphasis(text, expected):
    assert paper.inline_html(text) == expected


def test_plain_text_says_the_questions_then_the_answers():
    text = activities.fallback_text(read("parsons"))
    asked, _, answered = text.partition("Réponses")
    assert "1. Remettez les lignes dans l’ordre." in asked
    assert '<html lang="fr"\n' in asked
    assert "     <title>Menu</title>" in answered
