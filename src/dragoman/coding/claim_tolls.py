"""What accounts tell of the harm done: who says that nobody was hurt, and whose toll is another's.

"There were no casualties" does not deny that a missile was fired; "the army put the toll at six" does
deny that fourteen were killed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding import counts
from dragoman.coding.claim_sides import NEAR, contradictions
from dragoman.coding.propositions import Proposition, proposition_of
from dragoman.coding.tokens import tokens_in
from dragoman.coding.voices import voices
from dragoman.entities.index import EntityIndex
from dragoman.entities.words import words_of
from dragoman.model import Count, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.coding.accounts import Account

#: The nouns that a number of dead is told with, and what stands for them where numbers are counted.
_TOLL = re.compile(r"\b(?:death toll|toll|body count|number of (?:the )?dead)\b", re.IGNORECASE)
#: A toll that grows is no other toll.
_GROWN = re.compile(
    r"\b(?:later|ros(?:e|en)|rises?|risen|rising|climb\w*|updat\w*|revis\w*|since then|now|so far|earlier|"
    r"initial\w*|at first|still|correct\w*)\b",
    re.IGNORECASE,
)
_KINDS = ("dead", "injured")
_WHEN = frozenset({"when", "after", "as", "while"})
_HELPERS = frozenset({"be", "have", "do"})
#: How sure a claim is that two tolls make contested: too little for its denial to be an event.
_SURE = 0.4


def tells_harm(words: frozenset[str]) -> bool:
    """Whether an account's words (lower case) tell of people or things that came to harm."""
    return bool(words & contradictions()["harm"])


def tells_of_harm_done(account: Account, doc: Doc) -> bool:
    """Whether an account tells of harm, and does not only say that there was none."""
    if account.statement is None:
        return tells_harm(account.words)
    words = contradictions()
    lowers = words_of(doc).lowers
    said = [lowers[i] for piece in account.statement.content for i in tokens_in(doc, piece)]
    return any(
        word in words["harm"] and words["negates"].isdisjoint(said[max(0, place - 4) : place])
        for place, word in enumerate(said)
    )


def tells_no_harm_only(statement: Statement, doc: Doc) -> bool:
    """Whether all that is said is that nobody and nothing came to harm: "there were no casualties"."""
    words = contradictions()
    told = words_of(doc)
    places = [i for piece in statement.content for i in tokens_in(doc, piece)]
    lower = frozenset([told.lowers[i] for i in places])
    if not (tells_harm(lower) and lower & words["negates"]):
        return False
    return all(
        told.lowers[i] in words["harm"] or told.lowers[i] in words["brings"]
        for i in places
        if told.tags[i].startswith("VB")
        and told.lemmas[i] not in _HELPERS
        and not _tells_when(doc[i])
    )


def _tells_when(verb: Token) -> bool:
    """Whether a verb only tells when it was: "nobody was hurt when a bomb went off"."""
    marks = {child.lower_ for child in verb.children if child.i < verb.i}
    return verb.dep_ != "ROOT" and not marks.isdisjoint(_WHEN)


def tells_of_stopping_only(statement: Statement, doc: Doc) -> bool:
    """Whether all that is said is what became of what was fired: "two were shot down", "one fell into the sea".

    That it was fired is not denied by it, only that it hit.
    """
    words = contradictions()
    told = words_of(doc)
    places = [i for piece in statement.content for i in tokens_in(doc, piece)]
    lower = [told.lowers[i] for i in places]
    verbs = [
        " ".join(lower[place : place + 2]) if word == "shot" else word
        for place, word in enumerate(lower)
        if told.tags[places[place]].startswith("VB") and told.lemmas[places[place]] not in _HELPERS
    ]
    return bool(verbs) and words["stops"].issuperset(verbs) and words["negates"].isdisjoint(lower)


def stops_some(statement: Statement, doc: Doc) -> bool:
    """Whether all that is said is that some of what was fired were stopped: "one was intercepted"."""
    if not tells_of_stopping_only(statement, doc):
        return False
    subjects = (
        child
        for piece in statement.content
        for i in tokens_in(doc, piece)
        for child in doc[i].children
        if child.dep_.startswith("nsubj")
    )
    return any(
        subject.tag_ == "CD" or any(child.dep_ == "nummod" for child in subject.children)
        for subject in subjects
    )


def contradicts_no_harm(denial: Account | None, told: Account, doc: Doc) -> bool:
    """Whether what another says can contradict an account: that nobody was hurt, only what tells of harm; that
    one was intercepted, only what speaks of that."""
    said = told.statement
    if said is None:
        return True
    if tells_no_harm_only(said, doc):
        return denial is not None and tells_of_harm_done(denial, doc)
    if tells_of_stopping_only(said, doc):
        return denial is not None and not denial.words.isdisjoint(contradictions()["stops"])
    return True


def tells_of_a_hit(account: Account) -> bool:
    """Whether an account tells that a weapon struck somebody or something."""
    return tells_harm(account.words) or bool(account.words & contradictions()["hits"])


@dataclass(frozen=True)
class _Toll:
    """Who says in what statement how many were killed or injured."""

    statement: Statement
    speakers: tuple[str, ...]
    numbers: dict[str, Count]
    named: bool  # whether a word for a toll stands in it


def set_tolls_at_odds(
    found: list[Proposition],
    doc: Doc,
    story: Story,
    index: EntityIndex,
    statements: Sequence[Statement],
) -> None:
    """Write into the propositions that two parties give different tolls of one deed, each denied by the other.

    Of one deed are two tolls told one soon after the other, one of them in so many words ("put the toll
    at six") or the later set against the other ("but"). ``found`` is changed in place.
    """
    told: list[_Toll] = []
    for statement in statements:
        toll = _toll(statement, doc, story, index)
        if toll is None:
            continue
        other = next((one for one in reversed(told) if _at_odds(one, toll, doc)), None)
        told.append(toll)
        for one, against in ((other, toll), (toll, other)) if other is not None else ():
            if one is None or against is None:
                continue
            key, speakers = one.statement.id, set(against.speakers)
            item = next((x for x in found if x.statements[:1] == [key] and x.asserted_by), None)
            if item is None or speakers & set(item.asserted_by):
                item = proposition_of(one.statement, doc, story, index, [])
                item.asserted_by = list(one.speakers)
                found.append(item)
            item.confidence = 0.0
            item.deny(against.speakers, against.statement.id, _SURE)


def _toll(statement: Statement, doc: Doc, story: Story, index: EntityIndex) -> _Toll | None:
    """The toll a statement gives, or None where it gives none or nobody is known to give it."""
    if statement.act not in ("say", "claim", "report", "confirm") or statement.source is None:
        return None
    pieces = [*statement.content, *([statement.cue] if statement.cue else [])]
    said = " ".join(story.text[p.start : p.end] for p in sorted(pieces, key=lambda p: p.start))
    words, replaced = _TOLL.subn("dead", said)
    held = counts.find(words, 0, _KINDS)
    speakers = voices(statement, doc, index)
    if held is None or not speakers:
        return None
    numbers = {kind: count for kind in _KINDS if (count := getattr(held, kind)) is not None}
    return _Toll(statement, speakers, numbers, bool(replaced)) if numbers else None


def _at_odds(one: _Toll, other: _Toll, doc: Doc) -> bool:
    """Whether the later of two tolls says otherwise than the earlier, of the same deed."""
    first, second = one.statement.content[0], other.statement.content[0]
    if second.start - first.end > NEAR or set(one.speakers) & set(other.speakers):
        return False
    tokens = tokens_in(doc, second)
    sentence = doc[tokens[0]].sent
    if _GROWN.search(sentence.text):
        return False
    against = {token.lower_ for token in sentence} & (contradictions()["contrasts"] | {"only"})
    if not (one.named or other.named or against):
        return False
    return any(
        _apart(count, other.numbers[kind])
        for kind, count in one.numbers.items()
        if kind in other.numbers
    )


def _apart(one: Count, other: Count) -> bool:
    """Whether two numbers cannot both be right."""
    return any(
        low.high is not None and high.low is not None and low.high < high.low
        for low, high in ((one, other), (other, one))
    )
