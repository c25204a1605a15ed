"""Whose voice a statement is: every entity that stands behind its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.cues import word_list
from dragoman.coding.tokens import tokens_in
from dragoman.entities.index import EntityIndex
from dragoman.model import Entity, Mention, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Sectors whose members speak for their state; of a parliament only the house does.
OFFICIAL = frozenset({"GOV", "MIL", "SPY"})
_HOUSES = frozenset({"LEG"})
_SINGLE = frozenset({"person", "unnamed"})


# Words before a name in which the land is told whose official he is.
_BESIDE = 4


# A pronoun is the one entity it was resolved to, whatever else its words could be.
_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "that", "we", "i"})


def voices(statement: Statement, doc: Doc, index: EntityIndex) -> tuple[str, ...]:
    """Entity ids of the speakers: the source, those named beside it, those it speaks for, its state.

    "Ukraine and the US" are two voices; a foreign minister is also the voice of the state.
    """
    source = statement.source
    if source is None:
        return ()
    spoken = index.entities.get(source.entity or "")
    found: list[str] = [source.entity] if source.entity else []
    if spoken is not None and spoken.members:  # "we" of a joint statement
        found = list(spoken.members)
    pronoun = source.entity is not None and source.text.lower() in _PRONOUNS
    if source.start is not None and source.end is not None and not pronoun:
        tokens = tokens_in(doc, Span(source.start, source.end))
        found += coordinated(doc, tokens, index)
    found += source.speaks_for
    return with_states(found, index)


def coordinated(doc: Doc, tokens: range, index: EntityIndex) -> list[str]:
    """Entities of all mentions joined by "and" in a phrase, members of collectives unfolded."""
    found: list[str] = []
    if not tokens:
        return found
    for mention in index.within(tokens[0], tokens[-1] + 1):
        head = doc[mention.head]
        top = head.head.i not in tokens or head.head.i == head.i
        described = "appos" in (head.dep_, head.head.dep_ if head.dep_ == "conj" else "")
        joined = (
            head.head.i in tokens
            and head.dep_ in ("conj", "appos")
            and head.head.head.dep_ != "acl:relcl"  # "Chad, which backs Mali and Togo"
            and (mention.kind == "name" or not described)  # "X, a member of Y" is one voice
        )
        if top or (joined and not mention.as_place):  # "Ana Rao, R-Texas"
            found += index.members(mention)
        if top:
            for other in _joined_to(head):
                beside = index.headed_by(other.i)
                if beside is not None and other.i not in tokens:
                    found += index.members(beside)
    return found + _run_together(doc, tokens[0], index)


def _run_together(doc: Doc, first: int, index: EntityIndex) -> list[str]:
    """The name before "and" where the parse cut "after X and Y accused …" in two."""
    if first < 2 or doc[first - 1].lower_ != "and" or not doc[first - 1].head.tag_.startswith("VB"):
        return []
    beside = [m for m in index.mentions if m.last == first - 1 and m.kind == "name"]
    if not beside:
        return []
    mention = max(beside, key=lambda m: m.last - m.first)
    marks = {c.lower_ for c in doc[mention.head].children if c.dep_ == "case"}
    if not marks & word_list("subordinators"):
        return []
    return index.members(mention)


def _joined_to(head: Token) -> list[Token]:
    """The nouns that "and" joins to a noun, whichever of them the parse puts first."""
    first = head.head if head.dep_ == "conj" and head.head.i != head.i else head
    if not first.tag_.startswith(("NN", "PRP")):
        return []
    joined = [child for child in first.children if child.dep_ == "conj"]
    return [item for item in (first, *joined) if item.i != head.i and item.tag_[:2] == "NN"]


def with_states(ids: list[str] | tuple[str, ...], index: EntityIndex) -> tuple[str, ...]:
    """The ids, once each, with the states that officials among them speak for added."""
    found: list[str] = []
    for key in ids:
        if key not in found:
            found.append(key)
    for key in list(found):
        entity = index.entities.get(key)
        state = state_of(entity, index) if entity is not None else None
        if state is not None and state not in found:
            found.append(state)
    return tuple(found)


def state_of(entity: Entity, index: EntityIndex) -> str | None:
    """The id of the state in this story that an official or an office belongs to, or None."""
    official = OFFICIAL if entity.kind in _SINGLE else OFFICIAL | _HOUSES
    if not entity.country or entity.kind == "state" or not official & set(entity.sectors):
        return None
    apart = _breakaway_of(entity, index)
    if apart is not None:
        return apart
    whole = index.entities.get(entity.country)  # the state itself before one of its regions
    if whole is not None and whole.kind == "state":
        return whole.id
    for key, other in index.entities.items():
        if other.kind == "state" and other.country == entity.country:
            return key
    return None


def _breakaway_of(entity: Entity, index: EntityIndex) -> str | None:
    """The land that broke away from the entity's country, where it is told beside him: "Abkhazia's president"."""
    apart = {
        key
        for key, other in index.entities.items()
        if other.kind == "state" and "PRE" in other.sectors and other.country == entity.country
    }
    if not apart or entity.id in apart:
        return None
    for mention in index.mentions:
        if mention.entity != entity.id:
            continue
        for beside in index.within(max(0, mention.first - _BESIDE), mention.last):
            if beside.entity in apart:
                return beside.entity
    return None


def named_in(span: Span, doc: Doc, index: EntityIndex) -> list[Mention]:
    """Mentions of actors inside a span of code points."""
    tokens = tokens_in(doc, span)
    return list(index.within(tokens[0], tokens[-1] + 1)) if tokens else []


def parties_named(spans: Sequence[Span], doc: Doc, index: EntityIndex) -> tuple[str, ...]:
    """The entities in some words, and the states that officials among them speak for."""
    found = [
        key
        for span in spans
        for mention in named_in(span, doc, index)
        for key in index.members(mention)
    ]
    return with_states(found, index)
