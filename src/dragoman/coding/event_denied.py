"""A denial that the claims of a story bring to light is an event: who denies rejects who asserts.

"Kabul said the dead were farmers", after "Islamabad said it had killed 12 fighters", has no word of
denial that a pattern could fire on; the claim that both make contested tells it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
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

#: Confidence of a contested claim from which its denial is an event: half of those are right, and one in
#: three of the ones below.
LEAST = 0.45
#: The most such an event is sure of: those of the surest claims are right no more often.
MOST = 0.5
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
    """The events and those denials of contested claims that none of them tells, in order of the text.

    A denial that one of them tells goes to who asserts what is denied. Of the claims between two states the
    surest tells who denies to whom: what a minister and his ministry deny is mostly one thing.
    """
    drafts: list[Draft] = []
    given = list(events)
    told = {statement.id: statement for statement in statements}
    between: set[tuple[frozenset[str], frozenset[str]]] = set()
    by_denier: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for key in claim.denied_by:
            by_denier[key].append(claim)
    answered = {i for i, event in enumerate(given) if _is_answered(event, by_denier)}
    telling = [i for i, event in enumerate(given) if event.type in TOLD]
    surest = sorted(claims, key=lambda claim: -claim.confidence)
    for claim in surest if DENIAL in ontology.types else ():
        statement = _denying(claim, told)
        states = _states(claim.denied_by, index), _states(claim.asserted_by, index)
        if statement is None or states in between:
            continue
        if all(states):
            between.add(states)
        held = [i for i in telling if _tells(given[i], statement, claim)]
        for i in set(held) - answered:
            given[i] = _answering(given[i], claim, index)
        answered.update(held)
        draft = None if held else _denial(claim, statement, doc, index)
        if draft is not None and all(draft.token != other.token for other in drafts):
            drafts.append(draft)
    if not drafts:
        return Events(given)
    detail = Detail(doc, story, Syntax(doc, load_patterns(ontology)), index, ontology)
    found = [event for draft in drafts if (event := detail.event(draft)) is not None]
    new = attribute(found, statements, doc)
    return Events(sorted([*given, *new], key=lambda event: (event.trigger.start, event.type)))


def _states(entities: Sequence[str], index: EntityIndex) -> frozenset[str]:
    return frozenset(index.entities[key].country for key in entities) - {""}


def _denying(claim: Claim, told: dict[str, Statement]) -> Statement | None:
    """The statement that denies a claim, or None where the claim is unsure or nobody's."""
    if not claim.contested or claim.confidence < LEAST:
        return None
    for key in reversed(claim.statements):
        statement = told.get(key)
        if statement and statement.source and statement.source.entity in claim.denied_by:
            return statement
    return None


def _denial(claim: Claim, statement: Statement, doc: Doc, index: EntityIndex) -> Draft | None:
    """The denial as an event on its way, or None where a party is not spoken of."""
    tokens = tokens_in(doc, statement.cue or statement.content[0])
    if not tokens or statement.source is None:
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
        confidence=min(claim.confidence, MOST),
        coder="model",
    )


def _tells(event: Event, statement: Statement, claim: Claim) -> bool:
    """Whether an event of the denier's, of denying or accusing, is told in the same words."""
    spans = [*statement.content, *([statement.cue] if statement.cue else [])]
    return any(span.overlaps(event.sentence) for span in spans) and any(
        party.entity in claim.denied_by for party in event.actors
    )


def _answering(event: Event, claim: Claim, index: EntityIndex) -> Event:
    """A denial goes to who asserts: "Iran denied arming Russia", after Ukraine has said it did."""
    if event.type != DENIAL:
        return event
    mentions = (_mention(key, None, index) for key in claim.asserted_by)
    mention = next((item for item in mentions if item is not None), None)
    return event.replace(recipients=index.participants(mention)) if mention else event


def _is_answered(event: Event, by_denier: Mapping[str, Sequence[Claim]]) -> bool:
    """Whether an event is told of somebody who denies a claim, toward somebody who stands on a side of it.

    Args:
        by_denier: entity ids, and the claims that each denies.
    """
    struck = {party.entity for party in event.recipients}
    return bool(struck) and any(
        not (struck.isdisjoint(claim.asserted_by) and struck.isdisjoint(claim.denied_by))
        for party in event.actors
        for claim in by_denier.get(party.entity, ())
    )


def _mention(entity: str | None, token: int | None, index: EntityIndex) -> Mention | None:
    """The last mention of an entity up to a token, else its first."""
    own = [mention for mention in index.mentions if mention.entity == entity]
    before = [mention for mention in own if token is not None and mention.first <= token]
    return before[-1] if before else own[0] if own else None
