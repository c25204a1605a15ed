"""Denials that repeat another's words: "denied that soldiers had burned villages", however far behind they were told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.claim_sides import claim_nouns, contradictions
from dragoman.coding.commitment_changes import apposed
from dragoman.coding.propositions import Proposition, proposition_of
from dragoman.coding.tokens import tokens_in
from dragoman.coding.voices import voices, with_states
from dragoman.entities.index import EntityIndex
from dragoman.model import Event, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Least share of a denial's content words that stand in what it repeats, and least number of them.
SHARED, LEAST = 0.75, 2
# How sure it is at least that such a denial denies what was said.
SURE = 0.7
# Acts by which somebody may have told what is denied.
TELLING = frozenset({"say", "claim", "accuse", "report", "confirm", "warn"})


def repeated_by(
    denied: Proposition,
    denial: Statement,
    speakers: Sequence[str],
    statements: Sequence[Statement],
    doc: Doc,
    story: Story,
    index: EntityIndex,
) -> list[Statement]:
    """The statements of others whose words a denial repeats, in order of the text.

    Args:
        denied: what the denial's own words say.
        speakers: who denies.
    """
    if len(denied.stems) < LEAST:
        return []
    found: list[Statement] = []
    for other in statements:
        if other.id == denial.id or other.act not in TELLING or other.source is None:
            continue
        told = proposition_of(other, doc, story, index, [])
        if not repeats(denied, told):
            continue
        telling = voices(other, doc, index)
        if telling and telling[0] not in speakers and not _own(denial) & _own(other):
            found.append(other)
    return found


def _own(statement: Statement) -> set[str]:
    """The speaker and the body it speaks for, without the state."""
    source = statement.source
    if source is None:
        return set()
    return {*source.speaks_for, *([source.entity] if source.entity else [])}


def repeats(denied: Proposition, told: Proposition) -> bool:
    """Whether most content words of a denial stand in what another told."""
    shared = len(denied.stems & told.stems)
    return (
        denied.negated == told.negated and shared >= LEAST and shared >= SHARED * len(denied.stems)
    )


def repeated(
    statement: Statement,
    doc: Doc,
    story: Story,
    index: EntityIndex,
    statements: Sequence[Statement],
    speakers: Sequence[str],
    found: list[Proposition],
) -> list[Proposition]:
    """The propositions of others whose words a denial repeats (``found`` gains those it lacks)."""
    denied = proposition_of(statement, doc, story, index, [])
    told = repeated_by(denied, statement, speakers, statements, doc, story, index)
    items = told_by(told, speakers, doc, story, index, found)
    for item in items:
        item.least = SURE
    return items


def told_by(
    told: Sequence[Statement],
    speakers: Sequence[str],
    doc: Doc,
    story: Story,
    index: EntityIndex,
    found: list[Proposition],
) -> list[Proposition]:
    """The propositions of some statements (``found`` gains those it lacks)."""
    items: list[Proposition] = []
    for other in told:
        item = next((x for x in found if x.statements[:1] == [other.id] and x.asserted_by), None)
        if item is None:
            item = proposition_of(other, doc, story, index, [])
            item.asserted_by = [key for key in voices(other, doc, index) if key not in speakers]
            found.append(item)
        items.append(item)
    return items


def answered_beside(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
    statements: Sequence[Statement],
    found: list[Proposition],
) -> None:
    """Write in denials that no statement holds, of what was said in the same sentence: "…, a claim it denied".

    ``found`` is changed in place.
    """
    nouns = claim_nouns() | contradictions()["one_thing"]
    for event in events:
        if event.type != "REJECT" or event.mode or not event.actors:
            continue
        if any(x.cue is not None and x.cue.overlaps(event.trigger) for x in statements):
            continue
        tokens = tokens_in(doc, event.trigger)
        if not tokens or not any(doc[i].lower_ in nouns for i in apposed(doc[tokens[0]])):
            continue
        speakers = with_states([item.entity for item in event.actors], index)
        before = [
            other
            for other in statements
            if other.act in TELLING
            and event.sentence.contains(other.content[0])
            and other.content[0].start < event.trigger.start
            and other.source is not None
            and other.source.entity not in speakers
        ]
        for item in told_by(before[-1:], speakers, doc, story, index, found):
            item.deny(speakers, None, 0.85)
            item.refusals.add(event.id)
            item.least = SURE
