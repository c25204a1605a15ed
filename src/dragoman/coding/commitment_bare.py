"""What a story tells only the end of: "withdrew its ultimatum", "has dropped its offer to Chad"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_changes import happened, reads
from dragoman.coding.commitment_found import Found
from dragoman.coding.commitment_standing import private
from dragoman.coding.commitment_words import changes, noun_kinds
from dragoman.coding.cues import word_list
from dragoman.coding.parties import parties_of, parties_under
from dragoman.coding.tokens import (
    children,
    is_negated,
    noun_phrase,
    span_of,
    subject_of,
    subtree,
    trimmed,
    verbs,
)
from dragoman.coding.voices import with_states
from dragoman.entities.index import EntityIndex

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS = word_list("taken_back")
_TOWARD = frozenset({"to", "against", "towards"})
_OWN = frozenset({"its", "his", "her", "their", "our", "my"})


def find(
    doc: Doc, index: EntityIndex, found: Sequence[Found]
) -> Iterator[tuple[Found, str, Token]]:
    """A commitment of which nothing is told but that its maker took it back, with its status and the word that
    says so; one that the story tells elsewhere is not given again."""
    for verb in verbs(doc):
        status = _taken_back(verb)
        if status is None or is_negated(verb) or not happened(verb):
            continue
        noun = next((c for c in children(verb, "obj") if c.lemma_.lower() in _NOUNS), None)
        subject = subject_of(verb) if noun is not None else None
        if noun is None or subject is None or noun.i < verb.i:
            continue
        by = parties_under(doc, subject, index)
        kind = noun_kinds()[noun.lower_][0]
        if not by or private(by, index) or not _its_own(doc, noun, by, index):
            continue
        if any(
            kind in item.called and set(item.by) & set(by) and not _apart(noun) for item in found
        ):
            continue
        to = [c for c in _met(noun, verb) if any(k.lower_ in _TOWARD for k in children(c, "case"))]
        told = [
            m for c in to if (m := index.headed_by(c.i)) is not None
        ]  # no place, whatever the parse
        other = with_states([key for mention in told for key in index.members(mention)], index)
        last = max([noun.i, *(i for c in to for i in subtree(c))])
        span = span_of(doc, trimmed(doc, range(noun_phrase(noun)[0], last + 1)))
        item = Found(kind, status, list(by), [k for k in other if k not in by], span, noun.i)
        yield item, status, verb


def _taken_back(verb: Token) -> str | None:
    """The status that a word of withdrawing leads to, or None."""
    rows = (row for row in changes().get(verb.lower_, ()) if row.reading == "direct")
    return next((r.status for r in rows if r.status == "withdrawn" and reads(verb, r)), None)


def _its_own(doc: Doc, noun: Token, by: Sequence[str], index: EntityIndex) -> bool:
    """Whether what is taken back is the subject's: "its ultimatum", "the threat", "a similar offer"."""
    owners = children(noun, "nmod:poss", "amod", "compound")
    named = [k for c in owners if c.lower_ not in _OWN for k in parties_of(doc, [c.i], c.i, index)]
    return not named or bool(set(named) & set(by))


def _apart(noun: Token) -> bool:
    """Whether it is another one than was told: "a similar ultimatum"."""
    return any(child.lower_ in ("a", "an", "similar") for child in noun.children)


def _met(noun: Token, verb: Token) -> list[Token]:
    """The words that may tell to whom it was put, right behind the noun."""
    near = [*children(noun, "nmod"), *children(verb, "obl")]
    return [c for c in near if any(k.i == noun.i + 1 for k in children(c, "case"))]
