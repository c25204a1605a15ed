"""Places that are described and not named: "the camp", "two bridges", "a militant-held building"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.mentions import barriers, is_head, phrase_first, phrase_last
from dragoman.entities.tables import words
from dragoman.lexicon.names import pieces

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PLURALS = (("ies", "y"), ("ches", "ch"), ("sses", "ss"), ("s", ""))


def sites(doc: Doc) -> list[tuple[int, int]]:
    """Token ranges (half-open) of noun phrases that describe a place, and of "here" and "there".

    They name nobody and become no entities; what happens at them may still be placed there. The
    words stand in the list "site" of ``entity_words.tsv``.
    """
    known, adverbs = words()["site"], words()["site adverb"]
    stops = barriers(doc)
    found: list[tuple[int, int]] = []
    for token in doc:
        if token.lower_ in adverbs and token.tag_ == "RB":
            found.append((token.i, token.i + 1))
        elif is_head(token) and describes(token, known):
            first = phrase_first(token, stops)
            while first < token.i and (doc[first].is_punct or doc[first].tag_ in ("CC", "IN")):
                first += 1
            found.append((first, max(phrase_last(token), token.i + 1)))
    return found


def describes(token: Token, known: frozenset[str]) -> bool:
    """Whether a noun, or a noun and the word before it ("front line"), is one of places."""
    word = singular(token.lower_, token.tag_)
    before = token.doc[token.i - 1].lower_ if token.i else ""
    return word in known or f"{before} {word}" in known


def singular(word: str, tag: str) -> str:
    """A noun in the singular, small letters, as the list writes it."""
    word = " ".join(pieces(word))
    if tag in ("NNS", "NNPS"):
        for ending, instead in PLURALS:
            if word.endswith(ending):
                return word[: -len(ending)] + instead
    return word
