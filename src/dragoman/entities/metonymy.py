"""Names of states, capitals and towns: an actor ("Kyiv accused") or a place ("in Kyiv")?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dragoman.entities.phrase import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.entities.words import Words

Lists = Mapping[str, frozenset[str]]
BESIDE = frozenset({"nmod:unmarked", "appos", "list"})
PLACES = frozenset({"LOC", "GPE"})
COMPOUND = frozenset({"compound", "amod", "nmod:desc"})


def is_place(doc: Doc, words: Words, place: int, reading: Reading, lists: Lists) -> bool:
    """Whether the name of a state, capital or town is used as a place here."""
    before = words.preposition_of(place)
    if not before and words.deps[place] == "conj":  # "in Paris or Baku"
        before = words.preposition_of(words.above[place])
    if reading.how == "seat":
        return before in lists["locative"]
    if before in lists["locative"]:
        return True
    head, dep = words.above[place], words.deps[place]
    if before in lists["motion"]:
        return words.lemmas[head] in lists["mover"]
    if before == "of":
        return words.lowers[head] in lists["placehead"]
    if words.filed[place]:
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
