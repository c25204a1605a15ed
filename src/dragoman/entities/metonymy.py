"""Names of states, capitals and towns: an actor ("Kyiv accused") or a place ("in Kyiv")?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dragoman.entities.mentions import preposition_of
from dragoman.entities.phrase import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

Lists = Mapping[str, frozenset[str]]
DASHES = frozenset({"-", "–", "—", "--"})
DATELINE = 8  # words after a name in which the dash or bracket of a dateline stands
BESIDE = frozenset({"nmod:unmarked", "appos", "list"})
PLACES = frozenset({"LOC", "GPE"})
COMPOUND = frozenset({"compound", "amod", "nmod:desc"})


def is_place(token: Token, reading: Reading, lists: Lists) -> bool:
    """Whether the name of a state, capital or town is used as a place here."""
    if reading.how == "seat":
        return preposition_of(token) in lists["locative"]
    before = preposition_of(token)
    if before in lists["locative"]:
        return True
    head = token.head
    if before in lists["motion"]:
        return head.lemma_.lower() in lists["mover"]
    if before == "of":
        return head.lower_ in lists["placehead"]
    if dateline(token):
        return True
    if token.dep_ in BESIDE and not before and head.ent_type_ in PLACES:  # "in Tripoli, Lebanon"
        return preposition_of(head) in lists["locative"] | lists["motion"]
    capital = reading.how in ("capital", "town")
    if token.dep_ in COMPOUND:
        return capital
    if reading.how == "town" or (reading.entry is not None and reading.entry.kind == "place"):
        return not (token.dep_ in ("nsubj", "obl:agent") and token.head.pos_ == "VERB")
    if token.dep_ == "nmod:poss":
        return capital and head.lower_ in lists["placehead"]
    return False


def dateline(token: Token) -> bool:
    """Whether the name opens a paragraph as its dateline.

    "MOSCOW –", "KYIV (Reuters)", "NEW DELHI/ISLAMABAD —", "Geneva —".
    """
    doc, first = token.doc, token.left_edge.i
    while first and not doc[first - 1].is_space and (
        doc[first - 1].text == "/" or doc[first - 1].is_upper
    ):  # fmt: skip
        first -= 1
    if first and not doc[first - 1].is_space:
        return False
    following = doc[token.i + 1 : token.i + DATELINE]
    if not token.is_upper:
        return first == token.left_edge.i and len(following) > 0 and following[0].text in DASHES
    return any(part.text in DASHES or part.text == "(" for part in following)
