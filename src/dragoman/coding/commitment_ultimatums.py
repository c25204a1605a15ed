"""Ultimatums and threats whose object is the other party: "gave Belmar until Friday to leave",
"threatened Belmar with sanctions"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.coding.commitment_parts import UNTIL
from dragoman.coding.commitment_standing import private
from dragoman.coding.cues import word_list
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import (
    agent_of,
    children,
    is_infinitive_to,
    span_of,
    subtree,
    trimmed,
    verbs,
)
from dragoman.coding.undertakings import Undertaking
from dragoman.coding.voices import with_states
from dragoman.entities.index import EntityIndex

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GRANTING, _SPANS = word_list("granting_time"), word_list("spans_of_time")
_UNSURE = frozenset({"could", "might", "may", "can", "not", "n't", "n’t", "never", "would"})


def find(doc: Doc, index: EntityIndex) -> Iterator[Undertaking]:
    """Demands that give the other party a time, and threats of what stands after "with"."""
    for verb in verbs(doc):
        lemma = verb.lemma_.lower()
        if lemma not in _GRANTING and lemma != "threaten":
            continue
        if any(child.lower_ in _UNSURE for child in verb.children):
            continue
        if lemma in _GRANTING:
            content, kind, status = _time_to(verb), "demand", "demanded"
        else:
            content, kind, status = _measure(verb), "threat", "threatened"
        by = _parties(doc, _maker(verb), index) if content else ()
        met = _other_side(verb)
        to = _parties(doc, met, index)
        if not content or not by or not to or private(by, index) or set(by) & set(to):
            continue
        span = span_of(doc, trimmed(doc, content))
        yield Undertaking(kind, status, by, to, span, verb.i)


def _parties(doc: Doc, word: Token | None, index: EntityIndex) -> tuple[str, ...]:
    if word is None:
        return ()
    return with_states(parties_of(doc, sorted(subtree(word)), word.i, index), index)


def _passive(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj:pass", "aux:pass") for child in verb.children)


def _maker(verb: Token) -> Token | None:
    """Who gives the time or threatens: the subject, or the agent after "by"."""
    if _passive(verb):
        return agent_of(verb)
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def _other_side(verb: Token) -> Token | None:
    """Who is given the time or threatened: the object, or the subject of a passive."""
    if _passive(verb):
        return next((child for child in verb.children if child.dep_ == "nsubj:pass"), None)
    return next(iter(children(verb, "iobj") or children(verb, "obj")), None)


def _time_to(verb: Token) -> set[int]:
    """The act for which a time is given: "to leave" in "gave it until Friday to leave"."""
    times = [item for item in children(verb, "obj") if item.lemma_.lower() in _SPANS]
    acts = children(verb, "xcomp", "advcl") + [a for t in times for a in children(t, "acl")]
    reach = max((act.i for act in acts), default=verb.i)
    until = any(token.lower_ in UNTIL for token in verb.doc[verb.i : reach])
    if not times and not until:
        return set()
    for act in acts:
        if act.i > verb.i and any(is_infinitive_to(child) for child in act.children):
            return subtree(act)
    return set()


def _measure(verb: Token) -> set[int]:
    """What is threatened: "sanctions" in "threatened Belmar with sanctions"."""
    for item in children(verb, "obl"):
        marks = {child.i for child in item.children if child.lower_ == "with"}
        if marks and item.i > verb.i:
            return subtree(item) - marks
    return set()
