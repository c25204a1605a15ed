"""Choosing among the likely names of persons, organisations and places."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman import language
from dragoman.language import chains
from dragoman.language.name_choice import COLUMNS, KINDS, NameChoice
from dragoman.language.network import DATA
from dragoman.lexicon.phrases import phrases

TAGS = ["O", *(f"{x}-{kind}" for kind in (*KINDS, "NORP") for x in "BI")]


def scores(size, **told):
    """Scores of words that are no names but for those told: word → tag → score."""
    found = np.full((size, len(TAGS)), -6.0, np.float32)
    found[:, 0] = 3.0
    for place, tags in told.items():
        found[int(place[1:]), 0] = 0.0
        for tag, score in tags.items():
            found[int(place[1:]), TAGS.index(tag)] = score
    return found


@pytest.fixture(scope="module")
def choice():
    return NameChoice(TAGS, chains.forbidden(TAGS), np.zeros(len(TAGS)), DATA / "name_choice.tsv")


def given(choice, *windows):
    texts, held = zip(*((text.split(), x) for text, x in windows), strict=True)
    return [[TAGS[x] for x in tags] for tags in choice.chosen(texts, held)]


def test_a_name_is_what_the_rest_of_the_text_has_it_for(choice):
    sure = "Then Quarb spoke", scores(3, w1={"B-PER": 4.0})
    torn = {"B-LOC": 3.0, "B-PER": 2.8}
    unsure = "Quarb left", scores(2, w0=torn)
    assert given(choice, unsure)[0] == ["B-LOC", "O"]
    assert given(choice, sure, unsure)[1] == ["B-PER", "O"]


def test_a_name_is_what_the_tables_call_it(choice):
    torn = {"B-LOC": 1.0, "B-ORG": 0.8}
    assert given(choice, ("the NATO jets", scores(3, w1=torn)))[0] == ["O", "B-ORG", "O"]
    torn = {"B-PER": 1.0, "B-LOC": 0.8}
    assert given(choice, ("near Riyadh", scores(2, w1=torn)))[0] == ["O", "B-LOC"]


def test_names_of_other_kinds_stay(choice):
    tags = {"B-NORP": 2.0, "B-LOC": 1.5}
    assert given(choice, ("the Riyadh envoys", scores(3, w1=tags)))[0] == ["O", "B-NORP", "O"]


def test_a_text_without_names_and_one_without_words(choice):
    assert given(choice, ("it rained", scores(2))) == [["O", "O"]]
    assert choice.chosen([], []) == []
    assert choice.weights.shape == (len(COLUMNS) + 1, len(KINDS))


def test_phrases_of_the_tables():
    found = phrases()
    assert {"NATO", "African Union"} <= found["organisation"] and "Coe" not in found["organisation"]
    assert {"Riyadh", "RIYADH", "France", "Ohio"} <= found["place"]
    assert "ministry" in found["organisation word"] and "Putin" in found["last name"]


def test_two_who_trade_insults_are_persons():
    doc = language.load().parse(
        "GOMA - The rebels held a rally. Kagame and Ramaphosa trade insults."
    )
    assert {(x.text, x.label_) for x in doc.ents} >= {("Kagame", "PER"), ("Ramaphosa", "PER")}


def test_no_organisation_ends_with_of():
    from dragoman.language import load

    doc = load().parse("The Court of Appeal of Abidjan freed him, the Bank of Mali said.")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Court of Appeal of Abidjan", "ORG"),
        ("Bank of Mali", "ORG"),
    ]
