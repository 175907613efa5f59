"""What counts as a sentence, as a word, as a rare word."""

import json

import pytest

from codephenix.checks import Notebook, check_course, check_vocabulary, prose
from codephenix.glossary import Entry, Glossary
from codephenix.proof import common_words
from codephenix.syllabus import loads

GLOSSARY = Glossary({"balise": Entry("balise", "balise", "tag", "Un nom entre chevrons.")}, frozenset({"croisillon"}))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Un mot. Deux mots\u00a0! Trois\u00a0?", ["Un mot.", "Deux mots !", "Trois ?"]),
        ("# Titre\n\nTexte sur\ndeux lignes.", ["Titre", "Texte sur deux lignes."]),
        ("- un\n- deux", ["un", "deux"]),
        ("| a | b |\n|---|---|\n| c | d |", ["a", "b", "c", "d"]),
        ("Écrivez `<p>. Non`, puis.\n\n```html\n<p>Bonjour. Oui.</p>\n```", ["Écrivez code, puis."]),
        ("Le **mot** et le [lien](a.b.html).", ["Le mot et le lien."]),
        ("![Un lac. Bleu.](lac.svg)", []),
        ("«\u00a0Tout ici.\u00a0» Voilà.", ["« Tout ici.", "Voilà."]),
    ],
)
def test_sentences(text, sentences):
    assert prose.sentences(text) == sentences


def test_code_is_one_word_and_an_elided_article_none():
    assert prose.length('L’élément `<p class="a b">` porte 12,5 mots.') == 5


@pytest.mark.parametrize(
    ("text", "rare"),
    [
        ("Vous recopiez la dernière ligne.", []),
        ("La nappe phréatique.", ["phréatique"]),
        ("Une Phréatique, deux phréatiques.", ["phréatiques"]),
        ("*phréatique* et `phréatique`", []),
        ("**phréatique**", ["phréatique"]),
        ("Le croisillon et les balises.", []),
        ("Phréatique en tête.", ["phréatique"]),
    ],
)
def test_rare_words(text, rare):
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": text}
    notebook = Notebook("a.ipynb", json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    found = [problem.text.split("\u00a0")[1] for problem in check_vocabulary(notebook, common_words(), GLOSSARY)]
    assert found == rare


LESSON = (
    '[[weeks.lessons]]\nslug="{0}"\ntitle="a"\nobjective="b"\nminutes=45\nnotebook="n"\nteaches=["{1}"]\nneeds=[{2}]\n'
)
WEEK = '[[weeks]]\nslug="{0}"\ntitle="a"\nstatus="planned"\nhours=20\n'
SKILL = '[[skills]]\ncode="CP1"\ntitle="a"\ncriteria={"CP1.1"="Oui."}\n'


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (WEEK.format("s1") + LESSON.format("01-a", "a", "") + LESSON.format("02-b", "b", '"a"'), "", ""),
        (WEEK.format("s1") + LESSON.format("01-a", "a", '"b"') + LESSON.format("02-b", "b", '"a"'), "C07", "plus loin"),
        (WEEK.format("s1") + LESSON.format("01-a", "a", '"c"'), "C07", "nulle part"),
        (WEEK.format("s0") + WEEK.format("s1") + LESSON.format("01-a", "a", '"c"'), "", ""),
        (WEEK.format("s1") + LESSON.format("01-a", "a", "") + LESSON.format("02-b", "a", ""), "C07", "déjà enseigné"),
        (WEEK.format("s1") + LESSON.format("01-a", "a", "") + LESSON.format("01-a", "b", ""), "C03", "2 fois"),
        (WEEK.format("s1") + SKILL, "C25", "aucune leçon"),
        ("hours=40\n" + WEEK.format("s1"), "C26", "20 heures"),
        (WEEK.format("s1") + "planned_exercises=70\n", "C26", "23,1 h"),
    ],
)
def test_the_plan_of_a_course(text, code, words):
    problems = list(check_course(loads(text)))
    assert [problem.code for problem in problems] == ([code] if code else [])
    assert all(words in str(problem) for problem in problems)
