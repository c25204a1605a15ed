"""What becomes of a commitment that is not named: "Belmar refused", "turned it down", "failed to do so"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_changes import happened, reads
from dragoman.coding.commitment_found import Found
from dragoman.coding.commitment_words import Change
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import (
    children,
    is_negated,
    label,
    lowers,
    sentence_of,
    subject_of,
)
from dragoman.coding.voices import with_states
from dragoman.entities.index import EntityIndex

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_POINTING = frozenset({"it", "this", "them", "both"})
_KINDS = frozenset({"demand", "offer", "promise"})
_STATUSES = frozenset({"refused", "agreed", "met"})
_DO = frozenset({"do", "does", "did", "done"})


def answers_in(
    doc: Doc, table: Mapping[str, Sequence[Change]], index: EntityIndex, found: Sequence[Found]
) -> Iterator[tuple[str, Token, Found]]:
    """Status, the word that says so, and the demand or offer that it answers.

    It is the last one told before it, in its sentence or the one before, if that was made to the
    one who answers; "has not done so" breaks the last promise, if it was made by that party.
    """
    told = sorted((x for x in found if x.kind in _KINDS), key=lambda item: item.head)
    words = lowers(doc) if told else []
    for token in (doc[i] for i, word in enumerate(words) if word in table or word in _DO):
        status = _not_done(token) if token.lower_ in _DO else _answer(token, table)
        subject = subject_of(token) if status is not None else None
        start, _ = sentence_of(doc, token.i)
        low, _ = sentence_of(doc, max(0, start - 1))
        last = next((x for x in reversed(told) if low <= x.head < token.i), None)
        if status is None or last is None or subject is None:
            continue
        who = set(with_states(parties_of(doc, [subject.i], subject.i, index), index))
        own = last.kind == "promise"
        if own != (token.lower_ in _DO) or not who & set(last.by if own else last.to):
            continue
        if own or not who & set(last.by):
            yield status, token, last


def _answer(verb: Token, table: Mapping[str, Sequence[Change]]) -> str | None:
    """The status that a word of answering leads to; None where it names what it answers."""
    if is_negated(verb) or not happened(verb) or label(verb) in ("acl", "amod"):
        return None
    things = children(verb, "obj", "iobj", "xcomp", "ccomp")
    after = [c for c in children(verb, "obl", "advcl") if c.i > verb.i]
    bare = not things and all(any(k.lower_ == "on" for k in c.children) for c in after)
    points = bool(things) and all(c.lower_ in _POINTING for c in things)
    for change in table[verb.lower_]:
        fits = bare if change.reading == "bare" else change.reading == "direct" and points
        if fits and change.status in _STATUSES and reads(verb, change):
            return change.status
    return None


def _not_done(verb: Token) -> str | None:
    """The status that "has not done so" or "failed to do so" leads to, or None."""
    if verb.nbor(1).lower_ != "so" if verb.i + 1 < len(verb.doc) else True:
        return None
    failed = label(verb) == "xcomp" and verb.head.lemma_ == "fail" and not is_negated(verb.head)
    undone = is_negated(verb) and happened(verb)
    yet = any(c.lower_ == "yet" for c in verb.children)
    return "violated" if (failed or undone) and not yet else None


__all__ = ["answers_in"]
