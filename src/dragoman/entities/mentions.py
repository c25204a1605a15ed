"""Mentions before it is known whom they mean: ``Draft``, and the grammar that finds their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.entities.phrase import Reading
from dragoman.entities.scan import Item
from dragoman.entities.tables import Role, homelands

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.lexicon import Entry

NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
PREMODIFIERS = frozenset(
    {"det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "det:predet",
     "punct", "case", "goeswith", "cc:preconj"}
)  # fmt: skip
LEADS = frozenset({"case", "cc"})  # "and by Iranian-backed militias": no phrase begins with these
STOPS = frozenset("().;:!?")  # no noun phrase reaches across these
INSIDE = frozenset({"compound", "flat", "goeswith", "fixed", "nmod:desc"})

FORMS = {"state": "state", "region": "state", "person": "person", "organisation": "organisation",
         "body": "organisation", "media": "organisation", "group": "group", "place": "place"}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A mention in the making.

    Args:
        first, last: token range, half-open.
        head: token whose relations are the mention's.
        kind: as in ``model.Mention``.
        entity: id of the entity, "" while open.
        reading: what the words themselves tell.
        gender: "male", "female", "" unknown.
        number: "singular", "plural".
        form: person, people, state, organisation, group, place, other: what it may stand for.
        definite: whether it points back ("the minister") rather than brings in ("a minister").
        key: words by which descriptions are compared ("minister").
        role: the role that heads the phrase.
        parts: ids, readings and names of members that have no mention of their own.
        nameless: whether it is of an entity without name and role ("the child").
        speaks_for: ids of organisations the phrase names as its own ("chair of the OSCE").
    """

    first: int
    last: int
    head: int
    kind: str
    entity: str = ""
    reading: Reading | None = None
    gender: str = ""
    number: str = "singular"
    form: str = "other"
    definite: bool = False
    key: str = ""
    as_place: bool = False
    confidence: float = 1.0
    name: str = ""
    members: tuple[str, ...] = ()
    items: tuple[Item, ...] = field(default=())
    role: Role | None = None
    nameless: bool = False
    speaks_for: tuple[str, ...] = ()
    parts: tuple[tuple[str, Reading, str], ...] = ()


def form_of_entry(entry: Entry) -> str:
    """What an entry of the lexicon is to a story; a people of several states is no state."""
    return "group" if entry.id in homelands() else FORMS[entry.kind]


def is_head(token: Token) -> bool:
    """Whether a token heads a noun phrase of its own."""
    return (
        token.tag_ in NOMINAL_TAGS or token.pos_ in ("NOUN", "PROPN")
    ) and token.dep_ not in INSIDE


def phrase_first(token: Token, stops: Sequence[bool]) -> int:
    """The first token of the noun phrase that ``token`` heads: its determiner and modifiers.

    ``stops`` marks tokens that no phrase may reach across (line breaks, quotation marks).
    """
    first = token.i
    for child in reversed(list(token.lefts)):
        if child.dep_ not in PREMODIFIERS or (child.dep_ == "case" and child.tag_ != "POS"):
            if child.dep_ == "punct":
                continue
            break
        edge = child.left_edge.i
        if child.dep_ == "punct" or any(stops[edge:first]):
            break
        if token.doc[edge].lower_ == "as" and child.i == edge + 1:  # "as 700 rebels fled"
            edge = child.i
        while edge < child.i and token.doc[edge].dep_ in LEADS and token.doc[edge].tag_ != "POS":
            edge += 1
        first = min(first, edge)
    return first


def phrase_last(token: Token) -> int:
    """Where the head's own words end (exclusive): after its flat and compound parts."""
    last = token.i + 1
    for child in token.rights:
        if child.dep_ in ("flat", "compound", "goeswith", "fixed") and child.left_edge.i == last:
            last = child.right_edge.i + 1
        elif child.i >= last:
            break
    return last


def preposition_of(token: Token) -> str:
    """The preposition before a token's phrase, in small letters; "" where there is none."""
    for child in token.lefts:
        if child.dep_ == "case" and child.tag_ != "POS":
            return str(child.lower_)
    return ""


def barriers(doc: Doc) -> list[bool]:
    """Tokens that no noun phrase reaches across."""
    return [token.is_space or token.is_quote or token.text in STOPS for token in doc]
