"""What is going to be done, told by the reporter: "the leaders will meet in Oslo on Friday"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.coding import dates
from dragoman.coding.commitment_makers import innermost, under_condition
from dragoman.coding.commitment_standing import private
from dragoman.coding.commitment_words import agreements
from dragoman.coding.cues import word_list
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import (
    children,
    is_infinitive_to,
    is_negated,
    label,
    lowers,
    noun_phrase,
    subject_of,
    subtree,
    tokens_in,
    verbs,
)
from dragoman.coding.undertakings import Undertaking, clause_span, is_feared, withheld
from dragoman.coding.voices import with_states
from dragoman.entities.index import EntityIndex
from dragoman.entities.words import words_of
from dragoman.model import Span, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ACTS, _DUE_TO = word_list("scheduled_acts"), word_list("due_to")
_WILL = frozenset({"will", "shall", "'ll", "’ll"})
_MEANT, _PARTING = word_list("meant"), word_list("parting_acts")
_DEALS = frozenset(agreements()["agreement"]) - {"convention", "resolution"}
_DRAFTED = word_list("drafted")
_MEETINGS = frozenset(agreements()["meeting"])
_WITH = frozenset({"with"})
# Acts of statements in which nobody vouches for what is to come.
_OPEN = frozenset({"deny", "ask", "think", "demand", "propose"})

# What a first line calls an opinion piece.
_COMMENTS = word_list("comments")
# Acts of statements by which a report tells what others say.
_TELLING = frozenset({"say", "report", "claim", "confirm", "warn"})
# Whose futures a comment tells, at least.
_SEVERAL = 3

_BETWEEN = frozenset({"between", "among", "with"})


def find(
    doc: Doc, story: Story, index: EntityIndex, statements: Sequence[Statement]
) -> Iterator[Undertaking]:
    """Plans that a story tells as settled: "will", "is to", "is due to" and an act of a party.

    The act is one of the list ``scheduled_acts``; "would" counts in reported speech, and only with
    a day to come.
    """
    opinion: bool | None = None
    for verb in verbs(doc):
        if _under_deal(verb, drafted=True):
            continue
        if verb.lemma_.lower() not in _ACTS and not _under_deal(verb):
            continue
        governor = _settled(verb, story)
        if (
            governor is None
            or is_negated(verb)
            or is_negated(governor)
            or under_condition(governor)
            or is_feared(governor)
        ):
            continue
        inner = innermost(verb, statements)
        if inner is not None and (inner.act in _OPEN or withheld(doc, inner)):
            continue
        if inner is None and not _has_day(verb, story) and not _under_deal(verb):
            opinion = is_opinion(doc, story, statements) if opinion is None else opinion
            if opinion:
                continue  # a columnist's forecast
        if verb.tag_ == "VBN":
            yield from _done_by_then(doc, verb, story)
            continue
        subject = _subject(governor) or _subject(verb)
        if subject is not None and subject.lower_ in _MEETINGS:
            continue  # "the conference will begin" is told by the noun
        if subject is not None and index.covering(subject.i) is None:
            continue  # "Chad’s withdrawal will help": nobody’s act
        if (
            subject is None
            or subject.tag_ in ("PRP", "WDT", "WP")
            or "?" in verb.sent.text.rstrip()[-2:]
        ):
            continue
        phrase = [i for i in noun_phrase(subject) if i < verb.i]
        if phrase and doc[max(0, phrase[0] - 1)].lower_ in _BETWEEN:
            continue  # "talks between the two will resume"
        by = parties_of(doc, phrase or [subject.i], subject.i, index)
        joined = _others(doc, verb, index) if by else []
        by = [key for key in with_states([*by, *joined], index) if not _place(key, index)]
        if not by or private(by, index) or _unknown(by, index):
            continue
        span = clause_span(doc, verb, Span(verb.sent.start_char, verb.sent.end_char), governor)
        if span is not None:
            yield Undertaking("plan", "planned", tuple(by), (), span, verb.i)


def is_opinion(doc: Doc, story: Story, statements: Sequence[Statement]) -> bool:
    """Whether a story says itself what will be: its first line calls it a comment, its author says "I"
    outside quotations, or nobody is quoted in it and it tells the futures of several."""
    first = story.text.lstrip()[:60].lower()
    opening = first.split("\n")[0].split(":")[0].strip(" .|-–—")
    if opening in _COMMENTS:
        return True
    told = [item for item in statements if item.source is not None and item.source.entity]
    laid = any(item.cue is None for item in told)  # a transcript, where "I" is who speaks
    spoken = [Span(p.start, p.end) for item in statements if item.cue for p in item.content]
    said = (doc[i] for i, word in enumerate(lowers(doc)) if word == "i" and not laid)
    if any(
        label(token) == "nsubj" and not any(s.start <= token.idx < s.end for s in spoken)
        for token in said
    ):
        return True
    if any(item.act in _TELLING and item.cue and not _modal(doc, item.cue) for item in statements):
        return False
    subjects = {
        subject.lower_ for verb in verbs(doc) if verb.tag_ == "VB"
        if {c.lower_ for c in verb.children if label(c) == "aux"} & _WILL
        if (subject := subject_of(verb)) is not None
    }  # fmt: skip
    return len(subjects) >= _SEVERAL and len(words_of(doc).sentences) > _SEVERAL


def _modal(doc: Doc, cue: Span) -> bool:
    return any(doc[i].tag_ == "MD" for i in tokens_in(doc, cue))


def _under_deal(verb: Token, drafted: bool = False) -> bool:
    """Whether an agreement settles it, whatever it is: "under the deal, Belmar will free …"; or one that is only
    drafted ("under the proposed deal"). What is joined to such a clause is settled too ("and Ostria will pay")."""
    if verb.tag_ != "VB":
        return False
    first = verb
    while label(first) == "conj" and first.head.tag_ == "VB" and first.head.i < first.i:
        first = first.head
    return any(
        item.lower_ in _DEALS
        and any(c.lower_ == "under" for c in item.children)
        and any(c.lower_ in _DRAFTED for c in item.children) == drafted
        for item in children(first, "obl")
    )


def _done_by_then(doc: Doc, verb: Token, story: Story) -> Iterator[Undertaking]:
    """What an agreement told before brings: "the guns will be withdrawn by Friday".

    Nobody is named; the caller knows whose agreement it was.
    """
    helpers = {child.lower_ for child in verb.children if label(child) == "aux"}
    passive = any(child.dep_ == "nsubj:pass" for child in verb.children)
    if not (passive and helpers & _WILL and _has_day(verb, story)):
        return
    span = clause_span(doc, verb, Span(verb.sent.start_char, verb.sent.end_char))
    if span is not None:
        yield Undertaking("plan", "planned", (), (), span, verb.i)


def _settled(verb: Token, story: Story) -> Token | None:
    """The word that carries the subject of a future that is settled, or None."""
    helpers = {child.lower_ for child in verb.children if label(child) == "aux"}
    to = any(is_infinitive_to(child) for child in verb.children)
    if helpers & _WILL:
        return verb
    if to and _is_to(verb):
        return verb
    if to and label(verb) == "xcomp" and verb.head.lower_ in _DUE_TO:
        return verb.head if any(c.lower_ in ("is", "are") for c in verb.head.children) else None
    if "would" in helpers and label(verb) == "ccomp" and _has_day(verb, story):
        return verb
    return None


def _is_to(verb: Token) -> bool:
    """Whether "is to", or "is due to" read as one with the verb, stands before it."""
    before = [c for c in verb.children if c.i < verb.i]
    be = any(c.lower_ in ("is", "are") and label(c) in ("aux", "cop") for c in before)
    subject = subject_of(verb)
    goal = subject is not None and subject.lower_ in _MEANT  # "the aim is to meet"
    return be and not goal


def _has_day(verb: Token, story: Story) -> bool:
    """Whether a day to come stands in the verb's clause."""
    inside = subtree(verb)
    return story.published is not None and any(
        first in inside and when.end > story.published
        for first, _, when in dates.find(verb.sent, story.published)
    )


def _subject(verb: Token) -> Token | None:
    subject = subject_of(verb)
    passive = any(child.dep_ in ("nsubj:pass", "aux:pass") for child in verb.children)
    return None if passive else subject


def _others(doc: Doc, verb: Token, index: EntityIndex) -> list[str]:
    """Those with whom it is done: "will meet with …", "will hold talks with …", "will meet the …"."""
    found: list[str] = []
    if verb.lemma_ in _PARTING:  # "will close the border with Belmar"
        return found
    if verb.lemma_ == "meet":
        for item in children(verb, "obj"):
            found += parties_of(doc, [item.i], item.i, index)
    for item in (*verb.children, *(c for o in children(verb, "obj") for c in o.children)):
        marks = {c.lower_ for c in item.children if label(c) == "case"}
        if label(item) in ("obl", "nmod") and marks & _WITH:
            found += parties_of(doc, sorted(subtree(item)), item.i, index)
    return found


def _place(key: str, index: EntityIndex) -> bool:
    return index.entities[key].kind == "place"


def _unknown(ids: Sequence[str], index: EntityIndex) -> bool:
    """Whether all of them are people of whom nothing is known, in no office."""
    return all(
        index.entities[key].kind == "person" and not index.entities[key].sectors for key in ids
    )
