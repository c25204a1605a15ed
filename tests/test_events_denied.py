"""Denials that only the claims of a story bring to light."""

from __future__ import annotations

import dataclasses

import pytest

from dragoman import ontology
from dragoman.coding.event_denied import LEAST, MOST, with_denials
from dragoman.model import Claim, Source, Span, Statement, Story
from events_help import indexed, parsed

SCHEME = ontology.load()
DOC = parsed("""Kenya NNP 2 nsubj
said VBD 0 root
rebels NNS 4 nsubj
fell VBD 2 ccomp

Uganda NNP 2 nsubj
said VBD 0 root
farmers NNS 4 nsubj
fell VBD 2 ccomp""")
INDEX = indexed(DOC, Kenya="KEN", Uganda="UGA")


def statement(number: int, first: int) -> Statement:
    source, cue = DOC[first], DOC[first + 1]
    content = DOC[first + 2 : first + 4]
    return Statement(
        id=f"s{number}",
        kind="indirect",
        act="say",
        source=Source(source.text, source.text, source.idx, source.idx + len(source)),
        cue=Span(cue.idx, cue.idx + len(cue)),
        content=(Span(content.start_char, content.end_char),),
    )


STATEMENTS = (statement(1, 0), statement(2, 4))
CLAIM = Claim("c1", "rebels fell", None, ("Kenya",), ("Uganda",), (), True, 0, 1, ("s1", "s2"), 0.6)


def events(claim: Claim, held=()):
    return with_denials(DOC, Story(text=DOC.text), INDEX, held, STATEMENTS, [claim], SCHEME)


def test_who_tells_it_otherwise_rejects_who_asserted_it():
    (event,) = events(CLAIM)
    assert (event.type, event.confidence, event.attribution) == ("REJECT", MOST, ())
    assert [party.country for party in event.actors] == ["UGA"]
    assert [party.country for party in event.recipients] == ["KEN"]
    assert DOC.text[event.trigger.start : event.trigger.end] == "said"


@pytest.mark.parametrize("change", [{"confidence": LEAST - 0.01}, {"contested": False}])
def test_a_claim_that_is_unsure_or_uncontested_is_no_denial(change):
    assert not events(dataclasses.replace(CLAIM, **change))


def test_a_denial_that_is_an_event_already_is_not_told_again():
    held = events(CLAIM)
    assert events(CLAIM, held) == held


def test_a_denial_that_is_an_event_goes_to_who_asserts():
    (event,) = events(CLAIM)
    aside = event.replace(recipients=())
    (found,) = events(CLAIM, [aside])
    assert [party.country for party in found.recipients] == ["KEN"]


def test_of_the_claims_between_two_states_the_surest_tells_who_denies():
    less = dataclasses.replace(
        CLAIM, id="c2", statements=("s1",), denied_by=("Uganda",), confidence=0.5
    )
    found = with_denials(DOC, Story(text=DOC.text), INDEX, (), STATEMENTS, [less, CLAIM], SCHEME)
    assert found == events(CLAIM)


def test_a_denial_that_already_goes_to_a_side_of_a_claim_goes_nowhere_else():
    (event,) = events(CLAIM)
    index = indexed(DOC, Kenya="KEN", Uganda="UGA", rebels="MLI")
    surer = dataclasses.replace(CLAIM, id="c2", asserted_by=("rebels",), confidence=0.9)
    (found,) = with_denials(
        DOC, Story(text=DOC.text), index, [event], STATEMENTS, [surer, CLAIM], SCHEME
    )
    assert found.recipients == event.recipients
