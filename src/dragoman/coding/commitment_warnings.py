"""Demands made by warning somebody off: "warned Belmar against …", "cautioned it not to …"; threats of what would
be taken for war."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_makers import innermost
from dragoman.coding.commitment_standing import private
from dragoman.coding.cues import word_list
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import children, label, span_of, subject_of, subtree, trimmed, verbs
from dragoman.coding.undertakings import Undertaking
from dragoman.coding.voices import voices, with_states
from dragoman.entities.index import EntityIndex
from dragoman.model import Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WARNING, _SUFFERS = word_list("restraining"), word_list("suffers")
#: "Warned that any raid would be considered an act of war".
_TAKING, _WAR = word_list("taking_it_for"), word_list("taken_for_war")
_SAYING = frozenset({"say", "claim", "warn", "accuse", "report"})
_WILL = frozenset({"will", "would", "'ll", "’ll"})
_UNSURE = frozenset({"could", "might", "may", "can", "not", "n't", "n’t", "never"})


def find(doc: Doc, index: EntityIndex, statements: Sequence[Statement]) -> Iterator[Undertaking]:
    """Demands of those who warn another against an act; the content is the act. Threats of those who say that
    an act would be taken for war; the content is what they say."""
    for verb in verbs(doc):
        if _is_taken_for_war(verb):
            yield from _threat(doc, verb, index, statements)
            continue
        if verb.lemma_.lower() not in _WARNING or any(
            child.lower_ in _UNSURE for child in verb.children
        ):
            continue
        act = _act(verb)
        if act is None:
            continue
        by = _warner(doc, verb, index, statements)
        if not by or private(by, index):
            continue
        warned = children(verb, "obj", "iobj") or [
            c for c in children(verb, "nsubj") if c.dep_ == "nsubj:pass"
        ]
        to: list[str] = []
        for item in warned:
            to += [
                key for key in with_states(parties_of(doc, [item.i], item.i, index), index)
                if key not in by
            ]  # fmt: skip
        tokens = trimmed(doc, {i for i in subtree(act) if i > verb.i})
        if tokens:
            span = span_of(doc, tokens)
            yield Undertaking("demand", "demanded", by, tuple(to), span, verb.i)


def _is_taken_for_war(verb: Token) -> bool:
    """Whether a clause tells what would be taken for war: "any raid would be considered an act of aggression"."""
    if verb.lemma_.lower() not in _TAKING or label(verb) != "ccomp":
        return False
    passive = children(verb, "nsubj:pass", "nsubj") if verb.tag_ == "VBN" else []
    taken = [*children(verb, "xcomp", "obj"), *children(verb, "obl")]
    nouns = {noun.lemma_.lower() for noun in taken}
    willing = {c.lower_ for c in verb.children if label(c) == "aux"} & _WILL
    return bool(passive and willing) and not _WAR.isdisjoint(nouns)


def _threat(
    doc: Doc, verb: Token, index: EntityIndex, statements: Sequence[Statement]
) -> Iterator[Undertaking]:
    inner = innermost(verb, statements)
    by = voices(inner, doc, index) if inner is not None and inner.act in _SAYING else ()
    if not by or private(by, index):
        return
    above, clause = verb.head, subtree(verb)
    told = {i for i in clause if i > above.i} if above.i < verb.i else clause - {above.i}
    tokens = trimmed(doc, told)
    if not tokens:
        return
    yield Undertaking("threat", "threatened", by, (), span_of(doc, tokens), verb.i)


def _warner(
    doc: Doc, verb: Token, index: EntityIndex, statements: Sequence[Statement]
) -> tuple[str, ...]:
    """Who warns: the subject, else who speaks in the statement around."""
    subject = subject_of(verb)
    found = parties_of(doc, [subject.i], subject.i, index) if subject is not None else []
    if found:
        return with_states(found, index)
    inner = innermost(verb, statements) if subject is None else None
    return voices(inner, doc, index) if inner is not None else ()


def _or_else(act: Token) -> bool:
    """Whether what is wanted stands over against what will follow: "to leave or face the consequences"."""
    return any(
        item.lemma_.lower() in _SUFFERS and any(c.lower_ == "or" for c in item.children)
        for item in children(act, "conj")
    )


def _act(verb: Token) -> Token | None:
    """What is warned against: a noun or gerund after "against", or an infinitive under "not" or before
    "or face the consequences"."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        marks = {c.lower_ for c in child.children if label(c) in ("case", "mark")}
        if "against" in marks and label(child) in ("obl", "advcl", "ccomp", "xcomp"):
            return child
        negated = any(c.lower_ in ("not", "never") for c in child.children)
        if label(child) in ("xcomp", "advcl") and "to" in marks and (negated or _or_else(child)):
            return child
    warned = children(verb, "obj", "iobj")
    for child in warned[0].children if warned else ():
        marks = {c.lower_ for c in child.children if label(c) in ("case", "mark")}
        if label(child) in ("nmod", "acl") and "against" in marks:
            return child
    return None
