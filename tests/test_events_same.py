"""Tellings of one event put together: no language model decides these tests."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman import ontology
from dragoman.coding import event_same
from dragoman.coding.event_detail import Detail
from dragoman.coding.event_merge import candidates, merge
from dragoman.coding.event_same import Same
from dragoman.coding.events import drafts_of, tellings_of
from dragoman.coding.nearby import Nearby
from dragoman.coding.patterns import Syntax
from dragoman.coding.patterns import load as load_patterns
from dragoman.errors import ModelError
from dragoman.fitted import plain
from dragoman.model import Span, Story, When
from events_help import indexed, parsed

SCHEME = ontology.load()
TWICE = """Kenya NNP 2 nsubj
accused VBD 0 root
Uganda NNP 2 obj
of IN 5 case
theft NN 2 obl

Later RB 3 advmod
Kenya NNP 3 nsubj
accused VBD 0 root
Uganda NNP 3 obj
of IN 6 case
theft NN 3 obl"""


def told(rows=TWICE, **others):
    doc = parsed(rows)
    patterns = load_patterns(SCHEME)
    syntax = Syntax(doc, patterns)
    index = indexed(doc, Kenya="KEN", Uganda="UGA", **others)
    detail = Detail(doc, Story(text=doc.text), syntax, index, SCHEME)
    sentences = [(sentence.start, sentence.end) for sentence in doc.sents]
    return tellings_of(drafts_of(sentences, syntax, index, SCHEME), detail), detail


class Certain(Same):
    """Says the same of every pair."""

    def __init__(self, chance):
        self.least, self.chance = 0.5, chance

    def chances(self, pairs, tellings, detail):
        return {(one, two): self.chance for one, two, _ in pairs}


def test_what_is_to_come_does_not_get_the_storys_day_from_another_telling():
    tellings, detail = told()
    today = When("2022-03-01", "2022-03-01", "")
    first, second = (
        one._replace(event=one.event.replace(**changes))
        for one, changes in zip(
            tellings,
            ({"aux": ("future",), "date": None, "confidence": 0.9},
             {"date": today, "confidence": 0.5}),
            strict=True,
        )
    )  # fmt: skip
    assert merge([first, second], detail, Certain(0.9))[0].date is None
    dated = second._replace(event=second.event.replace(date=today.replace(text="on Tuesday")))
    assert merge([first, dated], detail, Certain(0.9))[0].date.text == "on Tuesday"
    held = first._replace(event=first.event.replace(aux=()))
    assert merge([held, second], detail, Certain(0.9))[0].date == today


def test_the_surest_telling_stands_for_all_and_every_sentence_is_kept():
    tellings, detail = told()
    first, second = tellings
    doubtful = first._replace(event=first.event.replace(confidence=0.4))
    (event,) = merge([doubtful, second], detail, Certain(0.9))
    assert event.trigger == second.event.trigger
    assert event.confidence == second.event.confidence
    assert event.evidence == (first.event.sentence, second.event.sentence)


def test_tellings_that_are_unlikely_one_stay_two():
    tellings, detail = told()
    assert len(merge(tellings, detail, Certain(0.1))) == 2


def test_two_verbs_of_one_sentence_are_rather_two_events():
    rows = """Kenya NNP 2 nsubj
accused VBD 0 root
Uganda NNP 2 obj
and CC 5 cc
blamed VBD 2 conj
Uganda NNP 5 obj"""
    tellings, detail = told(rows)
    assert len(tellings) == 2
    assert len(merge(tellings, detail, Certain(0.6))) == 2
    assert len(merge(tellings, detail, Certain(0.9))) == 1
    tellings, detail = told()
    assert len(merge(tellings, detail, Certain(0.6))) == 1


def test_without_trees_words_and_parties_decide():
    tellings, detail = told()
    assert len(merge(tellings, detail)) == 1


def test_the_shipped_trees_know_every_type_and_answer_in_probabilities():
    tellings, detail = told()
    same = Same.shipped()
    assert same.types == list(SCHEME.types)
    chances = same.chances(candidates(tellings, detail), tellings, detail)
    assert set(chances) == {(0, 1)}
    assert 0 < chances[0, 1] < 1
    assert same.chances([], tellings, detail) == {}


def test_a_row_of_numbers_is_as_long_as_the_trees_were_fitted_on():
    tellings, detail = told()
    rows = event_same.features([(0, 1, True)], tellings, detail, SCHEME.types)
    used = max(feature for tree in plain(event_same.FILE)["trees"] for feature in tree["feature"])
    assert rows.shape[1] > used
    assert np.isfinite(rows).all()


def test_tellings_of_the_type_in_between_are_counted():
    tellings, detail = told()
    first, second = tellings
    other = second._replace(event=second.event.replace(type="AID"))
    row = [first, other, second, second]
    counted = event_same.features([(0, 2, True), (0, 3, True)], row, detail, SCHEME.types)[:, 5]
    assert counted.tolist() == [0, 1]


def test_a_damaged_table_is_named(tmp_path, monkeypatch):
    file = tmp_path / "event_same.json.gz"
    file.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(event_same, "FILE", file)
    Same.shipped.cache_clear()
    with pytest.raises(ModelError, match=r"event_same\.json\.gz"):
        Same.shipped()
    Same.shipped.cache_clear()


ONE_SENTENCE = """Kenya NNP 2 nsubj
accused VBD 0 root
Uganda NNP 2 obj
of IN 5 case
theft NN 2 obl
and CC 7 cc
accused VBD 2 conj
Oman NNP 7 obj
of IN 10 case
arson NN 7 obl"""


def test_what_one_sentence_tells_of_other_countries_is_never_one():
    tellings, detail = told(ONE_SENTENCE, Oman="OMN")
    assert [[p.country for p in t.event.recipients] for t in tellings] == [["UGA"], ["OMN"]]
    assert candidates(tellings, detail) == []
    assert len(merge(tellings, detail, Certain(0.99))) == 2


def test_days_that_lie_far_apart_are_of_two_events():
    tellings, detail = told()
    dates = [
        When("2022-02-01", "2022-02-28", "in February"),
        When("2022-03-05", "2022-03-05", "today"),
    ]
    apart = [
        t._replace(event=t.event.replace(date=d)) for t, d in zip(tellings, dates, strict=True)
    ]
    assert candidates(apart, detail) == []
    near = [apart[0], apart[1]._replace(event=apart[1].event.replace(date=dates[0]))]
    assert len(candidates(near, detail)) == 1


def test_in_a_book_a_telling_may_repeat_those_before_it_and_the_first():
    reach = event_same.in_reach(["kill", "meet"] * 300)
    assert reach[:4] == [[], [], [0], [1]]
    assert reach[200] == list(range(0, 200, 2))
    assert reach[-1][:8] == [1, 3, 5, 7, 9, 11, 13, 15]
    assert reach[-1][8:] == list(range(359, 599, 2))


def test_what_lies_near_is_found_without_asking_all():
    near = Nearby([[Span(0, 10)], [Span(5_000, 5_010), Span(90, 95)], [], [Span(10, 6_000)]])
    assert near.at(Span(92, 93)) == [0, 1, 3]
    assert near.at(Span(5_005, 5_005)) == [1, 3]
    assert near.at(Span(-50, 5), Span(9_000, 9_001)) == [0, 1, 3]
    assert near.at() == near.at(Span(9_000, 9_001)) == []
