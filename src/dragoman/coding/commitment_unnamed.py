"""What somebody was told to do, where nobody says by whom: "the rebels were told to hand over their weapons"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.coding.commitment_changes import happened
from dragoman.coding.commitment_found import Found
from dragoman.coding.commitment_makers import under_condition
from dragoman.coding.commitment_refusals import is_refused
from dragoman.coding.commitment_standing import private
from dragoman.coding.cues import word_list
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import (
    agent_of,
    children,
    is_infinitive_to,
    is_negated,
    span_of,
    subtree,
    trimmed,
    verbs,
)
from dragoman.coding.voices import with_states

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.entities.index import EntityIndex

_TOLD = word_list("told_to")


def find(doc: Doc, index: EntityIndex) -> Iterator[Found]:
    """Demands in the passive by nobody who is named, of what would give others what they want."""
    for word in verbs(doc):
        if word.lemma_.lower() not in _TOLD or word.tag_ != "VBN":
            continue
        asked = next((c for c in word.children if c.dep_ == "nsubj:pass"), None)
        act = _act(word) if asked is not None and _is_told(doc, word, index) else None
        if act is None or asked is None:
            continue
        to = with_states(parties_of(doc, [asked.i], asked.i, index), index)
        span = span_of(doc, trimmed(doc, {i for i in subtree(act) if i > word.i}))
        if to and not private(to, index):
            yield Found("demand", "demanded", [], list(to), span, word.i)


def _is_told(doc: Doc, word: Token, index: EntityIndex) -> bool:
    """Whether it was so, and nobody is named who said it."""
    passive = any(c.dep_ == "aux:pass" for c in word.children)
    if not passive or is_negated(word) or not happened(word) or under_condition(word):
        return False
    agent = agent_of(word)  # or a day: "by Friday"
    return agent is None or not parties_of(doc, [agent.i], agent.i, index)


def _act(word: Token) -> Token | None:
    """What is to be done, where it gives ground or what others want."""
    goals = children(word, "xcomp", "ccomp", "advcl")
    told = (c for c in goals if c.i > word.i and any(map(is_infinitive_to, c.children)))
    act = next(told, None)
    return act if act is not None and not is_negated(act) and is_refused(act) else None
