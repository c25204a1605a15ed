"""Roles of several states told before: "commanders of the two armies", "both countries' ministers"."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from dragoman.entities.holders import sole_holder
from dragoman.entities.identity import identify, with_country
from dragoman.entities.joint import gather_parts
from dragoman.entities.phrase import Reading
from dragoman.entities.unplaced import countries_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft
    from dragoman.entities.tables import Role
    from dragoman.entities.words import Words
    from dragoman.lexicon import Entry

WHOSE = frozenset({"nmod", "nmod:poss"})


def share(drafts: Sequence[Draft], maker: DraftMaker) -> None:
    """Let those who have an office or task on several sides be one of each side's.

    Args:
        drafts: all of them, linked.
        maker: what made the drafts (words, lexicon).
    """
    sides = {draft.head: draft for draft in drafts if len(draft.members) > 1}
    if not sides:
        return
    told = {
        **countries_of(drafts),
        **{key: reading.country for draft in sides.values() for key, reading, _ in draft.parts},
    }
    names = {draft.entity: draft.name for draft in reversed(drafts) if draft.name}
    made: dict[str, Draft] = {}
    for draft in drafts:
        if draft.role is None or draft.number != "plural" or draft.members or not draft.entity:
            continue
        if draft.kind not in ("unnamed", "title") or (draft.reading and draft.reading.country):
            continue
        whose = next((sides[kid] for kid in owners(maker.words, draft.head) if kid in sides), None)
        countries = [told.get(key, "") for key in whose.members] if whose is not None else []
        if whose is not None and all(countries) and len(set(countries)) == len(countries):
            entity = draft.entity
            parts_of(draft, [(names.get(key, ""), told[key]) for key in whose.members], maker)
            made[entity] = draft
    for draft in drafts:  # "They agreed", of the same
        whole = made.get(draft.entity)
        if whole is not None:
            draft.entity, draft.members, draft.form = whole.entity, whole.members, whole.form


def owners(words: Words, head: int) -> list[int]:
    """Heads of the phrases that say whose somebody is: "of (from) both armies", "both armies'"."""
    return [
        kid for kid in words.kids[head]
        if words.deps[kid] in WHOSE
        and (words.deps[kid] == "nmod:poss" or words.preposition_of(kid) in ("of", "from"))
    ]  # fmt: skip


def parts_of(draft: Draft, sides: Sequence[tuple[str, str]], maker: DraftMaker) -> None:
    """Make a role phrase a collective of one of each side: "India's commanders", "China's commanders".

    Args:
        sides: the name and the country of each.
    """
    role = draft.role
    assert role is not None
    parts = []
    for side, country in sides:
        told = with_country(draft.reading or Reading(role=role), country, "owner")
        held = holder(role, country, maker)
        if held is not None:  # "the presidents of the two countries"
            told = told._replace(entry=held, how="office", sectors=held.sectors)
        part = dataclasses.replace(draft, entity="", reading=told)
        identify(part, maker.reader.scanner)
        name = f"{side or country}'s {maker.words.texts[draft.head]}"
        parts.append((part.entity or f"{country}-{draft.key}", part.reading or told, name))
    gather_parts(draft, parts)


def holder(role: Role, country: str, maker: DraftMaker) -> Entry | None:
    """Who alone holds an office of a country on the days of the story."""
    lexicon = maker.reader.scanner.lexicon
    for office in lexicon.office_of_title(role.phrase, country) if role.kind == "person" else ():
        held = sole_holder(lexicon, country, office, maker.days, maker.date)
        if held is not None:
            return held
    return None
