"""Names of states, capitals and towns: an actor ("Kyiv accused") or a place ("in Kyiv")?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dragoman.entities.phrase import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.entities.words import Words

Lists = Mapping[str, frozenset[str]]
DASHES = frozenset({"-", "–", "—", "--"})
DATELINE = 8  # words after a name in which the dash or bracket of a dateline stands
BESIDE = frozenset({"nmod:unmarked", "appos", "list"})
PLACES = frozenset({"LOC", "GPE"})
COMPOUND = frozenset({"compound", "amod", "nmod:desc"})


def is_place(doc: Doc, words: Words, place: int, reading: Reading, lists: Lists) -> bool:
    """Whether the name of a state, capital or town is used as a place here."""
    before = words.preposition_of(place)
    if reading.how == "seat":
        return before in lists["locative"]
    if before in lists["locative"]:
        return True
    head, dep = words.above[place], words.deps[place]
    if before in lists["motion"]:
        return words.lemmas[head] in lists["mover"]
    if before == "of":
        return words.lowers[head] in lists["placehead"]
    if dateline(words, place):
        return True
    if dep in BESIDE and not before and doc[head].ent_type_ in PLACES:  # "in Tripoli, Lebanon"
        told = words.preposition_of(head)
        return told in lists["locative"] or told in lists["motion"]
    capital = reading.how in ("capital", "town")
    if dep in COMPOUND:
        return capital
    if reading.how == "town" or (reading.entry is not None and reading.entry.kind == "place"):
        return not (dep in ("nsubj", "obl:agent") and words.pos[head] == "VERB")
    if dep == "nmod:poss":
        return capital and words.lowers[head] in lists["placehead"]
    return False


def dateline(words: Words, place: int) -> bool:
    """Whether the name opens a paragraph as its dateline.

    "MOSCOW –", "KYIV (Reuters)", "NEW DELHI/ISLAMABAD —", "Geneva —".
    """
    texts, edge = words.texts, words.edges[place]
    first = edge
    while first and not words.spaces[first - 1] and (
        texts[first - 1] == "/" or texts[first - 1].isupper()
    ):  # fmt: skip
        first -= 1
    if first and not words.spaces[first - 1]:
        return False
    following = texts[place + 1 : place + DATELINE]
    if not texts[place].isupper():
        return first == edge and bool(following) and following[0] in DASHES
    return any(text in DASHES or text == "(" for text in following)
