"""One commitment told several times in a story is one: the first telling, with what the rest add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.propositions import stem
from dragoman.coding.tokens import tokens_in
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Least share of the shorter telling's content words that the other has, and least number of them.
SHARED, LEAST = 0.75, 2
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})


def same_telling(doc: Doc, one: Span, other: Span) -> bool:
    """Whether two spans tell of one thing: most content words of the shorter stand in the longer.

    Words alone decide; who commits and toward whom is for the caller.
    """
    mine, theirs = _stems(doc, one), _stems(doc, other)
    shared = len(mine & theirs)
    if shared < LEAST or shared < SHARED * min(len(mine), len(theirs)):
        return False
    return _negated(doc, one) == _negated(doc, other) and _numbers(doc, one, other)


def one_side(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the parties of two tellings (entity ids) can be the same: they meet, or one is open."""
    return not mine or not theirs or bool(set(mine) & set(theirs))


def _stems(doc: Doc, span: Span) -> set[str]:
    return {found for i in tokens_in(doc, span) if (found := stem(doc[i])) is not None}


def _negated(doc: Doc, span: Span) -> bool:
    return any(doc[i].lower_ in _NEGATIONS for i in tokens_in(doc, span))


def _numbers(doc: Doc, one: Span, other: Span) -> bool:
    """Whether no number of one is missing from the other, where both have some."""
    mine, theirs = (
        {doc[i].text for i in tokens_in(doc, s) if doc[i].tag_ == "CD"} for s in (one, other)
    )
    return not mine or not theirs or mine <= theirs or theirs <= mine
