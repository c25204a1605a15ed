"""Demands made by a measure that lasts until another gives way: "suspended its mediation until both sides
return to the table"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_changes import happened
from dragoman.coding.commitment_makers import innermost
from dragoman.coding.commitment_parts import UNTIL
from dragoman.coding.commitment_standing import private
from dragoman.coding.cues import word_list
from dragoman.coding.parties import parties_under
from dragoman.coding.tokens import (
    children,
    is_negated,
    label,
    span_of,
    subject_of,
    subtree,
    trimmed,
    verbs,
)
from dragoman.coding.undertakings import Undertaking
from dragoman.entities.index import EntityIndex
from dragoman.model import Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MEASURES, _SIDES = word_list("measures_held"), word_list("the_sides")
_OPEN = frozenset({"deny", "ask", "think"})
_NOW = frozenset({"VB", "VBP", "VBZ"})


def find(doc: Doc, index: EntityIndex, statements: Sequence[Statement]) -> Iterator[Undertaking]:
    """What a party who has stopped something asks of another before it goes on; the content is the other's act."""
    for verb in verbs(doc):
        if verb.lemma_.lower() not in _MEASURES or is_negated(verb) or not happened(verb):
            continue
        clause = _until(verb)
        subject = subject_of(verb) if clause is not None else None
        if clause is None or subject is None or verb.tag_ not in ("VBD", "VBN"):
            continue
        inner = innermost(verb, statements)
        if inner is not None and inner.act in _OPEN:
            continue
        by = parties_under(doc, subject, index)
        acting = next(c for c in clause.children if c.dep_ == "nsubj")
        to = parties_under(doc, acting, index)
        if acting.lower_ in _SIDES:  # "both sides" are others than who speaks of them
            to = tuple(key for key in to if key not in by)
        if not by or private(by, index) or set(by) & set(to) or subject.dep_ == "nsubj:pass":
            continue
        if not to and acting.lower_ not in _SIDES:
            continue
        first = min(subtree(acting))
        words = trimmed(doc, {i for i in subtree(clause) if i >= first})
        yield Undertaking("demand", "demanded", by, to, span_of(doc, words), clause.i)


def _until(verb: Token) -> Token | None:
    """The clause of "until they return", where it tells somebody's act that is to come."""
    for clause in children(verb, "advcl"):
        marks = {c.lower_ for c in clause.children if label(c) == "mark"}
        acts = clause.tag_ in _NOW and any(c.dep_ == "nsubj" for c in clause.children)
        if clause.i > verb.i and marks & UNTIL and acts:
            return clause
    return None
