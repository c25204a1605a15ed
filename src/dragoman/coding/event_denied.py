"""A denial that the claims of a story bring to light is an event: who denies rejects who asserts.

"Kabul said the dead were farmers", after "Islamabad said it had killed 12 fighters", has no word of
denial that a pattern could fire on; the claim that both make contested tells it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.attribution import attribute
from dragoman.coding.event_detail import Detail
from dragoman.coding.event_draft import Draft
from dragoman.coding.patterns import Syntax
from dragoman.coding.patterns import load as load_patterns
from dragoman.coding.tokens import tokens_in
from dragoman.model import Claim, Event, Events, Mention, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.entities.index import EntityIndex
    from dragoman.ontology import Ontology

#: Confidence of a contested claim from which its denial is an event: half of them are right.
LEAST = 0.3
#: What a denial is, and types of the same statement that tell it already.
DENIAL, TOLD = "REJECT", frozenset({"REJECT", "ACCUSE"})


def with_denials(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
    statements: Sequence[Statement],
    claims: Sequence[Claim],
    ontology: Ontology,
) -> Events:
    """The events and those denials of contested claims that none of them tells, in order of the text."""
    drafts: list[Draft] = []
    if DENIAL in ontology.types:
        told = {statement.id: statement for statement in statements}
        for claim in claims:
            draft = _denial(claim, told, doc, index, events)
            if draft is not None and all(draft.token != other.token for other in drafts):
                drafts.append(draft)
    if not drafts:
        return Events(events)
    detail = Detail(doc, story, Syntax(doc, load_patterns(ontology)), index, ontology)
    found = [event for draft in drafts if (event := detail.event(draft)) is not None]
    new = attribute(found, statements, doc)
    return Events(sorted([*events, *new], key=lambda event: (event.trigger.start, event.type)))


def _denial(
    claim: Claim,
    told: dict[str, Statement],
    doc: Doc,
    index: EntityIndex,
    events: Sequence[Event],
) -> Draft | None:
    """The denial of a claim, or None where the claim is unsure or an event tells it."""
    if not claim.contested or claim.confidence < LEAST:
        return None
    statement = next(
        (
            item
            for key in reversed(claim.statements)
            if (item := told.get(key)) and item.source and item.source.entity in claim.denied_by
        ),
        None,
    )
    if statement is None or statement.source is None:
        return None
    first = statement.cue or statement.content[0]
    tokens = tokens_in(doc, first)
    if not tokens or _is_told(statement, claim, events):
        return None
    token = next((i for i in tokens if doc[i].tag_.startswith("VB")), tokens[0])
    actor = _mention(statement.source.entity, token, index)
    recipients = (_mention(key, token, index) for key in claim.asserted_by)
    recipient = next((item for item in recipients if item is not None), None)
    if actor is None or recipient is None:
        return None
    sentence = doc[token].sent
    return Draft(
        token=token,
        sentence=(sentence.start, sentence.end),
        type=DENIAL,
        mode="",
        cameo="",
        rule="disputes",
        actors=[actor],
        recipients=[recipient],
        confidence=claim.confidence,
        coder="model",
    )


def _is_told(statement: Statement, claim: Claim, events: Sequence[Event]) -> bool:
    """Whether an event of the denier's says in the same words that he denies or accuses."""
    spans = [*statement.content, *([statement.cue] if statement.cue else [])]
    return any(
        event.type in TOLD
        and any(span.overlaps(event.sentence) for span in spans)
        and any(party.entity in claim.denied_by for party in event.actors)
        for event in events
    )


def _mention(entity: str | None, token: int, index: EntityIndex) -> Mention | None:
    """The last mention of an entity up to a token, else its first."""
    own = [mention for mention in index.mentions if mention.entity == entity]
    before = [mention for mention in own if mention.first <= token]
    return before[-1] if before else own[0] if own else None
