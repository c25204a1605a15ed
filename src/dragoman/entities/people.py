"""What a sentence tells of a person whom no table holds: shared titles, where from, whose kin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.identity import with_country
from dragoman.entities.mentions import preposition_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from spacy.tokens import Doc, Token

    from dragoman.entities.mentions import Draft

FROM = frozenset({"from", "of", "at"})
PLACES = frozenset({"place", "state"})
BELONGING = frozenset({"organisation", "group"})
SERVED = frozenset({"MIL", "COP"})  # "of the army's western command"


def tell_people(
    doc: Doc, drafts: list[Draft], by_head: Mapping[int, Draft], other_side: Collection[str]
) -> None:
    """Give people without a country the one that their own sentence tells.

    Args:
        drafts: all of them, in the order of the text.
        by_head: the longest draft of every head.
        other_side: roles that stand over against their owner ("Putin's critic").
    """
    for draft in drafts:
        if draft.form != "person" or not draft.entity.startswith("person:"):
            continue
        reading = draft.reading
        if reading is None or reading.country:
            continue
        if share_title(doc, draft, by_head):
            continue
        country = from_where(doc[draft.head], by_head)
        if not country and not any(
            item.role is not None and item.role.phrase in other_side for item in draft.items
        ):
            country = owner_country(doc[draft.head], by_head)
        if country:
            draft.reading = with_country(reading, country, "complement")


def share_title(doc: Doc, draft: Draft, by_head: Mapping[int, Draft]) -> bool:
    """ "The British aid workers A and B": the second has the title too."""
    token = doc[draft.head]
    first = by_head.get(token.head.i) if token.dep_ == "conj" else None
    if first is None or first.kind != "title" or first.form != "person" or first.reading is None:
        return False
    told, reading = first.reading, draft.reading
    plural = any(item.role is not None and item.role.plural for item in first.items)
    if not plural or not told.country or reading is None:
        return False
    draft.reading = reading._replace(
        country=told.country, sectors=reading.sectors or told.sectors, located="own"
    )
    return True


def from_where(token: Token, by_head: Mapping[int, Draft]) -> str:
    """The country of "from Leeds", "25, from Leeds" and "of the Red Crescent" after a name."""
    for child in token.rights:
        if child.dep_ == "nmod:unmarked" and child.pos_ == "NUM":
            found = from_where(child, by_head)
            if found:
                return found
        case = preposition_of(child) if child.dep_ in ("nmod", "obl") else ""
        if case not in FROM:
            continue
        told = by_head.get(child.i)
        if told is None or told.reading is None:
            continue
        serving = case != "from" and bool(SERVED & set(told.reading.sectors[:1]))
        if serving or told.form in (PLACES if case == "from" else BELONGING):
            return told.reading.country
    return ""


def owner_country(token: Token, by_head: Mapping[int, Draft]) -> str:
    """The country of whoever a person belongs to ("Marsh's daughter Ann")."""
    for child in token.lefts:
        if child.dep_ == "nmod:poss":
            told = by_head.get(child.i)
            if told is not None and told.reading is not None and told.form == "person":
                return told.reading.country
    return ""
