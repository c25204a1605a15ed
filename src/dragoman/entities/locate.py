"""Countries of people and bodies whose own words tell none ("police", "the protesters")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.homes import homes
from dragoman.entities.identity import with_country
from dragoman.entities.phrase import Reading
from dragoman.entities.resolve import slug
from dragoman.entities.settled import Settled
from dragoman.entities.shared import share

if TYPE_CHECKING:
    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft

TOLD = 0.8  # confidence of a country that the words around tell
LEAST = 0.1  # the confidence of a mention is never below


def locate(drafts: list[Draft], sentences: list[int], maker: DraftMaker) -> None:
    """Give people and bodies without a country the one the story tells them to be of.

    Args:
        drafts: all of them, in the order of the text.
        sentences: number of the sentence of every token.
        maker: what made the drafts (words, names).
    """
    prepare(drafts, sentences, maker)
    found = homes(drafts, sentences, maker)
    for draft in drafts:
        home = found.get(draft.entity)
        if home is not None:
            country, chance = home
            draft.reading = with_country(draft.reading or Reading(), country, "context")
            draft.confidence = min(draft.confidence, max(LEAST, round(chance, 2)))


def prepare(drafts: list[Draft], sentences: list[int], maker: DraftMaker) -> None:
    """Give people and bodies the countries that need no weighing."""
    keep_counted(drafts, maker)
    share(drafts, maker)
    leave_states(drafts)
    join_compounds(drafts, maker.compounds)
    settle(drafts, sentences, maker)


def settle(drafts: list[Draft], sentences: list[int], maker: DraftMaker) -> None:
    """Give people and bodies the country that the words around them tell."""
    found = Settled(drafts, sentences, maker).countries()
    for draft in drafts:
        told = found.get(draft.entity)
        if told is not None:
            draft.reading = with_country(draft.reading or Reading(), told, "context")
            draft.confidence = min(draft.confidence, TOLD)


def keep_counted(drafts: list[Draft], maker: DraftMaker) -> None:
    """Let "the two men" be two unnamed people where nobody was found whom they mean."""
    for draft in drafts:
        if draft.entity or draft.form != "collective" or not draft.key.startswith("persons"):
            continue
        item = maker.names.at.get(draft.head)
        role = item.role if item is not None else None
        if role is None:
            continue
        draft.kind, draft.form, draft.role = "unnamed", "people", role
        draft.key = slug(role.phrase)
        draft.entity = f"unnamed:{draft.key}@{draft.first}"
        draft.reading = Reading(sectors=role.sectors, role=role)


def join_compounds(drafts: list[Draft], compounds: list[Draft]) -> None:
    """Let "a police crackdown" be that of the police told before, and stand as an adjective does."""
    for draft in compounds:
        draft.kind = "adjective"
        alone = draft.entity.startswith("unnamed:")
        if not alone or sum(other.entity == draft.entity for other in drafts) > 1:
            continue
        before = [
            other for other in drafts
            if other.key == draft.key and other.head < draft.head and other.entity
        ]  # fmt: skip
        if before:
            draft.entity = max(before, key=lambda other: other.head).entity


def leave_states(drafts: list[Draft]) -> None:
    """Give bodies of no state their code."""
    for draft in drafts:
        if draft.reading is not None and of_no_state(draft):
            draft.reading = with_country(draft.reading, "NGO", "context")


def of_no_state(draft: Draft) -> bool:
    """Whether a phrase without a country means bodies of no state ("aid groups")."""
    reading = draft.reading
    return (
        reading is not None
        and not reading.country
        and reading.sectors[:1] == ("NGO",)
        and draft.role is not None
        and draft.role.kind == "body"
    )
