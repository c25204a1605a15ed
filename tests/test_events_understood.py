"""Parties that the words of an event leave open and the story tells."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from dragoman import ontology
from dragoman.coding import event_understood
from dragoman.coding.event_understood import Understood
from dragoman.coding.events import drafts_of
from dragoman.coding.patterns import Syntax
from dragoman.coding.patterns import load as load_patterns
from dragoman.entities.index import EntityIndex
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
    data = {"least": least, "margin": 0.05, "types": list(SCHEME.types), "start": start}
    return Understood({**data, "trees": []})


def drafts(seen, understood, text=TWO_SENTENCES, **countries):
    doc = parsed(text)
    syntax = Syntax(doc, load_patterns(SCHEME))
    sentences = [(s.start, s.end) for s in doc.sents]
    found = drafts_of(sentences, syntax, indexed(doc, **countries), SCHEME, seen, understood)
    return {draft.token: draft for draft in found}


ANSWER = Trigger(4, {"ACCUSE": 0.9}, {}, {3: 0.05})
PARTIES = {"Kenya": "KEN", "Ugandans": "UGA"}


def test_somebody_of_the_sentence_before_may_be_meant():
    draft = drafts([ANSWER], trees(2.0), **PARTIES)[4]
    assert {m.entity for m in (*draft.actors, *draft.recipients)} == set(PARTIES)
    assert draft.understood == {"actor": 0.881, "recipient": 0.881}


def test_nobody_is_given_whom_nothing_speaks_for():
    assert 4 not in drafts([ANSWER], trees(-2.0), **PARTIES)


def test_a_party_that_is_told_is_left_alone():
    told = Trigger(4, {"PROTEST": 0.9}, {3: 0.9}, {})
    draft = drafts([told], trees(2.0), **PARTIES)[4]
    assert [m.entity for m in draft.actors] == ["Ugandans"]
    assert "actor" not in draft.understood


def test_who_is_hardly_seen_stays_where_nobody_is_likelier():
    """Flat trees find everybody as likely."""
    hardly = Trigger(1, {"COERCE": 0.9}, {}, {})
    draft = drafts([hardly], trees(2.0), **PARTIES)[1]
    assert [m.entity for m in draft.actors] == ["Kenya"]
    assert [m.entity for m in draft.recipients] == ["Ugandans"]
    assert not draft.understood


def test_who_is_hardly_seen_gives_way_to_somebody_likelier(monkeypatch):
    parties = trees(0.0, least=0.3)
    falling = SimpleNamespace(chances=lambda rows: np.linspace(0.9, 0.1, len(rows)))
    monkeypatch.setattr(parties, "_trees", falling)  # who is told comes last of each place
    hardly = Trigger(4, {"COERCE": 0.9}, {}, {})
    text = "Peru NNP 2 nsubj\nspoke VBD 0 root\n\n" + TWO_SENTENCES
    draft = drafts([hardly._replace(token=3)], parties, text, **PARTIES, Peru="PER")[3]
    assert [m.entity for m in draft.actors] == ["Peru"]
    assert [m.entity for m in draft.recipients] == ["Ugandans"]
    assert list(draft.understood) == ["actor"]


def test_nobody_is_both_sides_of_an_event():
    draft = drafts([ANSWER], trees(2.0), Kenya="KEN")[4]
    assert [m.entity for m in (*draft.actors, *draft.recipients)] == ["Kenya"]


def test_the_shipped_trees_know_every_type():
    assert Understood.shipped().types == list(SCHEME.types)


def test_damaged_trees_say_which_file(monkeypatch, tmp_path):
    broken = tmp_path / "event_understood.json.gz"
    broken.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(event_understood, "FILE", broken)
    Understood.shipped.cache_clear()
    with pytest.raises(ModelError, match=r"event_understood\.json\.gz"):
        Understood.shipped()
    Understood.shipped.cache_clear()


def test_who_deal_with_each_other_need_nobody_else():
    text = """Kenya NNP 5 nsubj
and CC 3 cc
Oman NNP 1 conj
are VBP 5 cop
allied JJ 0 root

Uganda NNP 2 nsubj
waited VBD 0 root"""
    allied = Trigger(4, {"COOPERATE": 0.9}, {0: 0.9, 2: 0.9}, {})
    countries = {"Kenya": "KEN", "Oman": "OMN", "Uganda": "UGA"}
    assert drafts([allied], trees(2.0), text, **countries)[4].recipients == []


def test_who_is_seen_in_the_phrase_that_an_adjective_begins_is_not_doubted():
    text = """Kenya NNP 2 nsubj
struck VBD 0 root
Ugandan JJ 4 amod
posts NNS 2 obj

Oman NNP 2 nsubj
waited VBD 0 root"""
    countries = {"Kenya": "KEN", "Ugandan": "UGA", "Oman": "OMN"}
    for seen, given in (({3: 0.9}, ["Ugandan"]), ({3: 0.1, 4: 0.2}, ["Ugandan"])):
        struck = Trigger(1, {"ASSAULT": 0.9}, {0: 0.9}, seen)
        draft = drafts([struck], trees(2.0), text, **countries)[1]
        assert [m.entity for m in draft.recipients] == given


def test_nobody_is_understood_to_act_on_his_own_government():
    text = """Kenya NNP 2 nsubj
complained VBD 0 root

Nairobi NNP 2 nsubj
waited VBD 0 root"""
    complained = Trigger(1, {"ACCUSE": 0.9}, {0: 0.9}, {})
    for country, kind, given in (("KEN", "organisation", False), ("UGA", "organisation", True),
                                 ("KEN", "state", True)):  # fmt: skip
        doc = parsed(text)
        index = indexed(doc, Kenya="KEN", Nairobi=country)
        index.entities["Nairobi"] = index.entities["Nairobi"].replace(kind=kind, sectors=("GOV",))
        syntax = Syntax(doc, load_patterns(SCHEME))
        sentences = [(s.start, s.end) for s in doc.sents]
        found = drafts_of(sentences, syntax, index, SCHEME, [complained], trees(2.0))
        assert bool(found[0].recipients) is given


def test_people_without_a_name_are_understood_only_where_they_were_struck():
    text = """Kenya NNP 2 nsubj
acted VBD 0 root
near IN 4 case
residents NNS 2 obl"""
    for type_, given in (("ACCUSE", []), ("ASSAULT", ["residents"])):
        doc = parsed(text)
        index = indexed(doc, Kenya="KEN", residents="UGA")
        index.entities["residents"] = index.entities["residents"].replace(
            kind="unnamed", sectors=("CVL",)
        )
        seen = [Trigger(1, {type_: 0.9}, {0: 0.9}, {})]
        syntax = Syntax(doc, load_patterns(SCHEME))
        (found,) = drafts_of([(0, len(doc))], syntax, index, SCHEME, seen, trees(2.0))
        assert [mention.entity for mention in found.recipients] == given


@pytest.mark.parametrize(
    "text",
    [
        "Chadian police arrested 12 protesters in N'Djamena. Peru and Ecuador accused each other of shelling.",
        "Kenya's president was in Lima on Monday. Peru and Ecuador accused one another of spying.",
    ],
)
def test_nobody_else_is_understood_where_two_do_it_to_each_other(text):
    import dragoman

    record = dragoman.load().code(dragoman.Story(text=text, published="2026-03-02"))
    said = [event for event in record.events if {p.country for p in event.actors} == {"PER", "ECU"}]
    assert said and not any(event.recipients for event in said)


SEARCHED = """Musa NNP 2 nsubj
wept VBD 0 root

Cars NNS 3 nsubj:pass
were VBD 3 aux:pass
searched VBN 0 root"""


@pytest.mark.parametrize(("sectors", "actors"), [((), []), (("CVL",), []), (("GOV",), ["Musa"])])
def test_nobody_of_no_side_is_understood_to_hold_or_search(sectors, actors):
    doc = parsed(SEARCHED)
    index = indexed(doc, Musa="KEN", Cars="UGA")
    people = [replace(one, kind="person", sectors=sectors) for one in index.entities.values()]
    index = EntityIndex(people, index.mentions)
    sentences = [(s.start, s.end) for s in doc.sents]
    seen = [Trigger(4, {"COERCE": 0.9}, {}, {2: 0.9})]
    found = drafts_of(
        sentences, Syntax(doc, load_patterns(SCHEME)), index, SCHEME, seen, trees(2.0)
    )
    (draft,) = (one for one in found if one.token == 4)
    assert [mention.entity for mention in draft.actors] == actors
