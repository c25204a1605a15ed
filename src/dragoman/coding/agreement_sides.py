"""Whose an agreement is: those it is between, who makes or breaks it, who blame each other for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.commitment_changes import reads
from dragoman.coding.commitment_words import changes, makers
from dragoman.coding.cues import shipped_cues, word_list
from dragoman.coding.parties import parties_of, within
from dragoman.coding.tokens import (
    agent_of,
    children,
    is_verb,
    label,
    of_nobody,
    span_of,
    subject_of,
    subtree,
)
from dragoman.coding.voices import with_states
from dragoman.entities.index import EntityIndex

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

_BROKERED = word_list("brokered_by")
_CONDITIONS, _ONLY_WHEN = frozenset({"if", "unless", "provided"}), frozenset({"only", "when"})
_EACH_OTHER = frozenset({"each", "one", "other", "another"})
_PARTIES = frozenset({"state", "organisation", "group", "collective"})
# What parties do who are sides of an agreement; others only speak about it.
_AGREEING = word_list("agreeing")


def _brokers(token: Token) -> set[int]:
    """The words of who brought agreements about in a sentence: "brokered by Belmar"."""
    brought = (verb for verb in token.sent if verb.tag_ == "VBN" and verb.lower_ in _BROKERED)
    agents = (agent for verb in brought if (agent := agent_of(verb)) is not None)
    return {i for agent in agents for i in subtree(agent)}


def sides_of(
    doc: Doc, phrase: list[int], token: Token, index: EntityIndex, told: bool = False
) -> list[str]:
    """The parties: those named in the phrase, else those of the sentence, states for their officials.

    With ``told``, the sentence counts only where it tells what its parties do about the agreement;
    one mentioned in passing does not take whoever stands beside it.
    """
    found = between(doc, token, index)
    if len(found) < 2:
        found = within(span_of(doc, phrase), doc, index)
    if len(found) < 2 and not told:
        found += _beside(token, index)
    elif len(found) < 2:
        found += _doers(doc, token, index)
    found = [key for key in with_states(found, index) if index.entities[key].kind in _PARTIES]
    states = {index.entities[key].country for key in found if index.entities[key].kind == "state"}
    found = [
        key
        for key in found
        if index.entities[key].kind == "state" or index.entities[key].country not in states
    ]
    return found[:4]


def _beside(token: Token, index: EntityIndex) -> list[str]:
    """Parties named in the agreement's sentence, without those who only speak about it there or of whom
    something is wanted first."""
    apart = _brokers(token)
    cues = shipped_cues()
    for verb in token.sent:
        marks = {c.lower_ for c in verb.children} if label(verb) == "advcl" else set[str]()
        if marks & _CONDITIONS or marks >= _ONLY_WHEN:
            apart |= subtree(verb)  # "talks will begin only if Chad pulls out"
        speaks = is_verb(verb) and (
            cues.starting(verb.lower_, "verb") or makers()[0].starting(verb.lower_, "verb")
        )
        if not speaks or verb.lower_ in _AGREEING or blames(verb):
            continue
        speaker = subject_of(verb)
        if speaker is not None:
            apart |= subtree(speaker)
        for persons in children(verb, "obl"):
            if persons.i > token.i and any(c.lower_ == "to" for c in persons.children):
                apart |= subtree(persons)
    return [
        key
        for mention in index.within(token.sent.start, token.sent.end)
        if not mention.as_place and mention.kind != "pronoun" and mention.head not in apart
        for key in index.members(mention)
    ]


def _doers(doc: Doc, token: Token, index: EntityIndex) -> list[str]:
    """Who makes, keeps or breaks an agreement by the verbs around it; nobody where it is only spoken of.

    "Belmar and Ostria agreed on …" and "Belmar accused Ostria of breaking …" name the sides by
    their whole sentence; "Belmar pulled out of …" names its subject.
    """
    if _blame_each_other(token.sent):
        return _beside(token, index)
    up = token
    for _ in range(5):
        if up.head.i == up.i:
            return []
        if _another_clause(up) and not blames(up.head):
            return []
        up = up.head
        if is_verb(up) and of_nobody(up):
            return []  # "neither Chad nor Mali has agreed to it"
        blamed = blames(up) and any(c.i < token.i for c in children(up, "obj", "iobj"))
        if is_verb(up) and (up.lower_ in _AGREEING or blamed):
            return _beside(token, index)
        if is_verb(up) and makes_or_changes(up):
            subject = subject_of(up)
            if subject is not None and subject.lower_ in _EACH_OTHER:
                continue  # "accused each other of breaking it": both, told above
            if subject is not None and subject.i != token.i:
                others = [c for c in children(up, "obl") if is_with(c) and c.i > token.i]
                return [
                    *parties_of(doc, [subject.i], subject.i, index),
                    *(key for c in others for key in parties_of(doc, [c.i], c.i, index)),
                ]
    return []


def _blame_each_other(sentence: SpacySpan) -> bool:
    """Whether a sentence tells of sides that blame each other ("each accusing the other of firing first")."""
    return any(
        is_verb(verb) and blames(verb)
        and any(c.lower_ in ("each", "other", "another") for c in children(verb, "obj", "iobj"))
        for verb in sentence
    )  # fmt: skip


def is_with(item: Token) -> bool:
    """Whether a noun stands behind "with"."""
    return any(child.lower_ == "with" for child in children(item, "case"))


def _another_clause(token: Token) -> bool:
    return is_verb(token) and label(token) in ("acl", "advcl", "ccomp", "parataxis")


def makes_or_changes(verb: Token) -> bool:
    """Whether a verb says what became of an agreement ("broke the truce", "the truce collapsed")."""
    return any(
        change.reading not in ("noun", "bare") and reads(verb, change)
        for change in changes().get(verb.lower_, ())
    )


def blames(verb: Token) -> bool:
    """Whether a verb sets its subject against another ("accused Belmar of violating the truce")."""
    return any(
        cue.act in ("accuse", "deny") for cue in shipped_cues().starting(verb.lower_, "verb")
    )


def between(doc: Doc, token: Token, index: EntityIndex) -> list[str]:
    """The two sides of "an agreement … between Belmar and Ostria", or of its fighting."""
    for word in doc[token.i : min(token.i + 25, token.sent.end)]:
        if word.lower_ != "between":
            continue
        near = list(index.within(word.i + 1, min(word.i + 10, token.sent.end)))
        sides = [key for m in near if not m.as_place for key in index.members(m)]
        if len(sides) >= 2:
            return list(dict.fromkeys(sides))
    return []
