import pytest

from codephenix.checks import check_glossary
from codephenix.glossary import GlossaryProblem, loads, notebook
from codephenix.proof import plan_of
from codephenix.syllabus import loads as course_of

COURSE = course_of(
    '[[weeks]]\nslug="s01"\ntitle="x"\nstatus="ready"\nhours=20\n[[weeks.lessons]]\nslug="01-a"\ntitle="Une leçon"\n'
    'objective="b"\nminutes=45\nnotebook="01-a"\nteaches=["balise", "element"]\n'
)
TEXT = """
admitted = ["abricots"]
[concepts]
element = { fr = "élément", en = "element", definition = "Une partie `a|b` de page." }
balise = { fr = "balise", en = "tag", definition = "Un nom entre chevrons." }
avenir = { fr = "avenir", en = "future", definition = "Une notion d’une semaine prévue." }
"""


def test_terms_are_in_the_order_of_the_alphabet_accents_aside_with_a_link_to_their_lesson():
    text = notebook(loads(TEXT), COURSE)
    assert text.index("lettre-b") < text.index("lettre-e")
    assert '**élément** | <span lang=\\"en\\">element</span>' in text
    assert "[1, Une leçon](s01/01-a.ipynb)" in text
    assert r"`a\\|b`" in text  # a bar does not end the cell
    assert "avenir" not in text


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[concepts]", "[concepts", "n’est pas lisible"),
        ('en = "tag", ', "", "balise"),
        ('en = "tag"', 'en = "tag", es = "etiqueta"', "balise"),
    ],
)
def test_a_faulty_glossary_is_refused_by_name(old, new, words):
    with pytest.raises(GlossaryProblem, match=words):
        loads(TEXT.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("balise =", "autre =", "balise"),
        ("Un nom entre chevrons.", "Un nom. Entre chevrons.", "une phrase"),
        ("Un nom entre chevrons.", "Un nom entre chevrons", "point"),
        ("Un nom entre chevrons.", "Un nom" + " long" * 30 + ".", "30 mots"),
    ],
)
def test_a_missing_or_long_definition_is_reported(old, new, words):
    assert list(check_glossary(COURSE, loads(TEXT))) == []
    (problem,) = check_glossary(COURSE, loads(TEXT.replace(old, new)))
    assert problem.code == "C23"
    assert words in str(problem)


def test_the_terms_of_the_first_four_weeks_are_all_there(root):
    glossary = plan_of(root).glossary
    assert len(glossary.entries) == len({entry.fr for entry in glossary.entries.values()}) >= 153
