"""What one thing a denial points back at: "denied this", "rejected the accusation"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.claim_disputes import Dispute
from dragoman.coding.claim_repeats import repeats
from dragoman.coding.claim_sides import contradictions
from dragoman.coding.propositions import Proposition, likeness, proposition_of
from dragoman.coding.tokens import tokens_in
from dragoman.coding.voices import named_in, voices
from dragoman.entities.index import EntityIndex
from dragoman.model import Span, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

# Acts that put a proposition forward, and how sure the act alone makes it that one is.
ASSERTING = {"accuse": 0.9, "claim": 0.9, "confirm": 0.8, "report": 0.7, "warn": 0.7, "say": 0.6}
# Least likeness (0 to 1) of two accounts for a denial of the one to be one of the other too.
ALIKE = 0.5


def pointed_at(
    found: Sequence[Proposition],
    statements: Sequence[Statement],
    doc: Doc,
    story: Story,
    index: EntityIndex,
) -> dict[str, Proposition]:
    """Statements that deny one thing told before, by a word that points at it ("denied this") or by its own
    words told again, by id."""
    said = {
        statement.id: [doc[i].lower_ for i in tokens_in(doc, statement.content[0])]
        for statement in statements
        if statement.act == "deny"
    }
    own = {
        item.id: proposition_of(item, doc, story, index, [])
        for item in statements
        if item.id in said
    }
    beside = {key: item for item in found for key in item.refusals}
    return beside | {
        key: item
        for item in found
        if item.asserted_by and item.denied_by
        for key in item.statements[1:]
        if key in said
        and (
            (len(said[key]) <= 2 and said[key][-1] in contradictions()["one_thing"])
            or repeats(own[key], item)
        )
    }


def points_elsewhere(dispute: Dispute, pointed: Mapping[str, Proposition]) -> bool:
    """Whether a denial points at what another asserts, and not at what it is set against here.

    Where both are told by one party, what the denial points at is as sure as the dispute.
    """
    statement = dispute.denial.statement
    event = dispute.denial.event
    key = statement.id if statement is not None else event.id if event is not None else ""
    item = pointed.get(key)
    if item is None:
        return False
    account = dispute.account
    if set(dispute.asserting) & set(item.asserted_by):
        item.confidence = max(item.confidence, dispute.confidence)
        told = account.statement if account is not None else None
        return told is not None and told.id not in item.statements
    return account is None or likeness(account.proposition, item) < ALIKE


def told_since(
    earlier: Proposition,
    denial: Statement,
    statements: Sequence[Statement],
    speakers: Sequence[str],
    doc: Doc,
    index: EntityIndex,
) -> Statement | None:
    """What another has said of the denier since what "this" seems to point at, last before it."""
    words = [doc[i].lower_ for i in tokens_in(doc, denial.content[0])]
    if len(words) > 2 or words[-1] not in contradictions()["one_thing"]:
        return None
    place = denial.cue.start if denial.cue is not None else denial.content[0].start
    for other in reversed(statements):
        first = other.content[0]
        if not earlier.end <= first.start or other.content[-1].end > place:
            continue
        if other.act not in ASSERTING or other.source is None or other.parent is not None:
            continue
        told_of = {key for piece in other.content for m in named_in(piece, doc, index)
                   for key in index.members(m)}  # fmt: skip
        by = voices(other, doc, index)
        beside = _sentence_of(first.start, doc).end == _sentence_of(place, doc).start
        if by and not set(by) & set(speakers) and (beside or told_of & set(speakers)):
            return other
    return None


def _sentence_of(place: int, doc: Doc) -> SpacySpan:
    return doc[tokens_in(doc, Span(place, place + 1))[0]].sent
