"""Parties that the words of an event leave open and the story tells."""

from __future__ import annotations

import pytest

from dragoman import ontology
from dragoman.coding import event_understood
from dragoman.coding.event_understood import Understood
from dragoman.coding.events import drafts_of
from dragoman.coding.patterns import Syntax
from dragoman.coding.patterns import load as load_patterns
from dragoman.errors import ModelError
from dragoman.language.triggers import Trigger
from events_help import indexed, parsed

SCHEME = ontology.load()
TWO_SENTENCES = """Kenya NNP 2 nsubj
jailed VBD 0 root
four CD 4 nummod
Ugandans NNPS 2 obj

Protests NNS 2 nsubj
grew VBD 0 root"""


def trees(start, least=0.5):
    return Understood({"least": least, "types": list(SCHEME.types), "start": start, "trees": []})


def drafts(seen, understood, **countries):
    doc = parsed(TWO_SENTENCES)
    syntax = Syntax(doc, load_patterns(SCHEME))
    sentences = [(s.start, s.end) for s in doc.sents]
    found = drafts_of(sentences, syntax, indexed(doc, **countries), SCHEME, seen, understood)
    return {draft.token: draft for draft in found}


PROTEST = Trigger(4, {"PROTEST": 0.9}, {}, {3: 0.05})
PARTIES = {"Kenya": "KEN", "Ugandans": "UGA"}


def test_somebody_of_the_sentence_before_may_be_meant():
    draft = drafts([PROTEST], trees(2.0), **PARTIES)[4]
    assert {m.entity for m in (*draft.actors, *draft.recipients)} == set(PARTIES)
    assert draft.understood == {"actor": 0.881, "recipient": 0.881}


def test_nobody_is_given_whom_nothing_speaks_for():
    assert 4 not in drafts([PROTEST], trees(-2.0), **PARTIES)


def test_a_party_that_is_told_is_left_alone():
    told = Trigger(4, {"PROTEST": 0.9}, {3: 0.9}, {})
    draft = drafts([told], trees(2.0), **PARTIES)[4]
    assert [m.entity for m in draft.actors] == ["Ugandans"]
    assert "actor" not in draft.understood


def test_nobody_is_both_sides_of_an_event():
    draft = drafts([PROTEST], trees(2.0), Kenya="KEN")[4]
    assert [m.entity for m in (*draft.actors, *draft.recipients)] == ["Kenya"]


def test_the_shipped_trees_know_every_type():
    assert Understood.shipped().types == list(SCHEME.types)


def test_damaged_trees_say_which_file(monkeypatch, tmp_path):
    broken = tmp_path / "event_understood.json"
    broken.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(event_understood, "FILE", broken)
    Understood.shipped.cache_clear()
    with pytest.raises(ModelError, match=r"event_understood\.json"):
        Understood.shipped()
    Understood.shipped.cache_clear()
