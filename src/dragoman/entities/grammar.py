"""What the parse says of two mentions: sentences, subjects, clauses, quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.words import QUOTES

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.entities.mentions import Draft
    from dragoman.entities.words import Words

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})
OBJECTS = frozenset({"obj", "iobj"})
CONTROLLED = frozenset({"xcomp", "advcl", "conj", "acl"})  # clauses that borrow their subject
ENDS = frozenset({".", "!", "?", "…", ":", ";"})  # what closes a sentence
CLOSING = ENDS | QUOTES
REFLEXIVES = ("self", "selves")


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, borrowed from the clause above where it has none of its own."""
    for _ in range(6):
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                return child
        if verb.dep_ not in CONTROLLED or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def clause_of(token: Token) -> Token:
    """The verb (or other head) of the clause that a word stands in."""
    for _ in range(12):
        if token.head.i == token.i or token.dep_ in (
            "ccomp",
            "advcl",
            "acl",
            "acl:relcl",
            "parataxis",
        ):
            return token
        if token.dep_ in ("conj", "xcomp") and token.pos_ in ("VERB", "AUX"):
            return token
        token = token.head
    return token


def above(upper: Token, lower: Token) -> bool:
    """Whether ``upper`` stands over ``lower`` in the tree."""
    for _ in range(30):
        if lower.i == upper.i:
            return True
        if lower.head.i == lower.i:
            return False
        lower = lower.head
    return False


def same_clause(doc: Doc, pronoun: Draft, other: Draft) -> bool:
    """Whether binding forbids a pronoun and a mention to be one: co-arguments, or nested."""
    token, noun = doc[pronoun.head], doc[other.head]
    if other.first <= pronoun.first < other.last:
        return True
    if token.lower_.endswith(REFLEXIVES) or token.tag_ == "PRP$":
        return False
    return token.head.i in (noun.head.i, noun.i) and token.head.i != token.i


def told_numbers(words: Words) -> list[int]:
    """Sentence numbers that lines without a full stop do not raise ("Also read: …", headings)."""
    numbers: list[int] = []
    number = -1
    for first, end in words.bounds:
        last = end - 1
        while last > first and words.texts[last].isspace():
            last -= 1
        number += words.texts[last] in CLOSING or number < 0
        numbers.extend([number] * (end - first))
    return numbers
