"""Promises of an authority about what is in its hands: "the rest would follow by Friday", "the sanctions would be lifted
as soon as the votes were counted", "it will be completed by 10 January, he said"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.cues import word_list
from dragoman.coding.tokens import agent_of, children, is_negated, label, subtree, tokens_in
from dragoman.coding.undertaking_verbs import WILL, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.entities.index import EntityIndex
    from dragoman.model import Span

_THINGS, _ENDS = word_list("own_things"), word_list("own_ends")
_DAYS = word_list("days") | {
    "weeks",
    "days",
    "hours",
    "months",
    "weekend",
    "noon",
    "midnight",
    "tonight",
}
_TIMES = _DAYS | {"year", "end", "then"}
_REST = frozenset({"rest", "remainder", "others", "remaining", "other", "last"})
_BY = frozenset({"by", "before", "within", "on", "in"})
# What begins the clause of that after which it is to come.
_ONCE = frozenset({"once", "when", "after", "if", "until", "unless", "as"})
_AUTHORITIES = frozenset({"GOV", "MIL", "COP", "REB", "LEG", "JUD"})
_KINDS = frozenset({"state", "organisation", "group"})


def own_end(
    reading: Reading, piece: Span, speakers: Sequence[str], index: EntityIndex, who: Sequence[str]
) -> bool:  # fmt: skip
    """Whether an authority says of something in its hands, by its noun or by "it", that it will end or leave.

    A day by which, or that after which it is to come, must be told.

    Args:
        piece: the statement's words.
        who: those whom the subject is known to mean.
    """
    verb, subject = reading.verb, reading.subject
    if reading.binding or not _ENDS & {reading.lemma, verb.lower_} or reading.modal not in WILL:
        return False
    if is_negated(verb) or _by_another(verb) or not _in_office(speakers, index):
        return False
    passive = subject.dep_ == "nsubj:pass"
    begun = next((i for i in tokens_in(verb.doc, piece) if not verb.doc[i].is_punct), -1)
    if subject.lower_ == "it":
        return passive and subject.i == begun and _when(verb)
    if subject.lower_ not in _THINGS or not _known(subject):
        return False
    if label(reading.governor) == "ccomp" and piece.start <= reading.governor.head.idx < piece.end:
        return False  # "said it hoped that the sanctions would be lifted"
    held = (index.covering(i) for i in subtree(subject))
    named = {m.entity for m in held if m is not None and verb.doc[m.first].text[:1].isupper()}
    around = named if _is_rest(subject) else {*who, *named}
    return all(_is_of(key, speakers, index) for key in around) and _when(verb)


def _is_rest(subject: Token) -> bool:
    """Whether it is what is left of what the speaker began: "the rest", "the remaining troops"."""
    return bool(_REST & {subject.lower_, *(c.lower_ for c in subject.children)})


def _by_another(verb: Token) -> bool:
    """Whether it is told by whom it is to be done: "by the Union", not "by Friday"."""
    agent = agent_of(verb)
    return agent is not None and agent.tag_ != "CD" and agent.lower_ not in _TIMES


def _in_office(speakers: Sequence[str], index: EntityIndex) -> bool:
    """Whether somebody who speaks is an authority, or speaks for one."""
    told = (index.entities[key] for key in speakers if key in index.entities)
    return any(one.kind in _KINDS or _AUTHORITIES & {*one.sectors} for one in told)


def _is_of(key: str, speakers: Sequence[str], index: EntityIndex) -> bool:
    """Whether an entity is of the speakers' own state, or of nobody in particular."""
    one = index.entities.get(key)
    states = {index.entities[name].country for name in speakers if name in index.entities}
    return one is None or not one.country or one.country in states


def _known(subject: Token) -> bool:
    """Whether the reader knows what is meant: "the rest", "its troops", "the other 600"."""
    return any(
        (label(c) == "det" and c.lower_ in ("the", "these", "all")) or c.tag_ == "PRP$"
        for c in subject.children
    )


def _when(verb: Token) -> bool:
    """Whether it is told by when, or after what, it is to be."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if label(child) == "advcl" and any(t.lower_ in _ONCE for t in child.children):
            return True
        told = {verb.doc[i].lower_ for i in subtree(child)}
        if label(child) == "obl" and told & _BY and told & _TIMES:
            return True
    return any(c.lower_ == "soon" and c.i > verb.i for c in children(verb, "advmod"))
