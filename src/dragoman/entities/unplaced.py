"""Who of a story has no country by his own words: the people, bodies and places it may tell one of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.entities.besides import from_elsewhere
from dragoman.entities.phrase import WATER
from dragoman.entities.tables import Town, towns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft

NO_STATES = frozenset({"", "UNO", "IGO", "NGO", "EUR", "MNC", "ISM", "IMG"})
BODIES = frozenset({"UNO", "IGO", "EUR", "NGO"})  # of no state, and have people of their own
# whose offices are those of a state
OFFICIAL = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
STATELESS = frozenset({"IMG", "ISM"})  # codes of groups of no one state
ENEMY = "unnamed:enemy-0"  # an enemy of whom nobody knows who he is
CIVIL = ((), ("CVL",), ("REF",), ("UNK",), ("MED",), ("EDU",))
AT_HOME = frozenset({"person", "people", "group", "organisation", "place"})


@dataclass(slots=True)
class Open:
    """An entity whose words tell no country.

    Args:
        entity: its id.
        draft: the mention that names it first.
        heads: tokens of all its mentions.
    """

    entity: str
    draft: Draft
    heads: list[int] = field(default_factory=list)


def countries_of(drafts: Sequence[Draft]) -> Mapping[str, str]:
    """The first country told of every entity."""
    found: dict[str, str] = {}
    for draft in drafts:
        reading = draft.reading
        if draft.entity and reading is not None and reading.country:
            found.setdefault(draft.entity, reading.country)
    return found


def open_entities(drafts: Sequence[Draft], maker: DraftMaker) -> list[Open]:
    """The people, bodies and places of a story whose words tell no country, as the text has them.

    "Many governments" and "Western diplomats" are of several, and left out.
    """
    told = countries_of(drafts)
    known = {entity for entity, code in told.items() if code not in STATELESS}
    if len(known) < len(told):
        known |= {d.entity for d in drafts if d.entity in told and not is_of_a_state(d)}
    known.add(ENEMY)
    rest = [d for d in drafts if d.entity and d.entity not in known and not d.members]
    rest.sort(key=lambda draft: (draft.first, -draft.last))
    found: dict[str, Open] = {}
    for draft in rest:
        unit = found.get(draft.entity)
        if unit is None:
            unit = found[draft.entity] = Open(draft.entity, draft)
        elif unit.draft.kind == "pronoun" and draft.kind != "pronoun":
            unit.draft = draft
        unit.heads.append(draft.head)
    return [unit for unit in found.values() if may_have_home(unit.draft, maker)]


def is_of_a_state(draft: Draft) -> bool:
    """Whether somebody is of a country even where his group is of none: "a Daesh fighter's parents",
    "the Daesh fighter Ann Marsh"."""
    reading = draft.reading
    if reading is not None and reading.entry is not None and not draft.entity.startswith("person:"):
        return False
    civil = reading is None or reading.sectors[:1] in CIVIL
    return draft.entity.startswith("person:") or civil


def is_water(draft: Draft) -> bool:
    """Whether a draft names a sea, a strait or a part of the world."""
    return draft.form == "place" and is_of_the_world(draft.name)


def is_of_the_world(name: str) -> bool:
    """Whether a place of a name lies in no one state: a sea, a continent."""
    town = towns().get(name)
    return isinstance(town, Town) and town.kind == WATER


def may_have_home(draft: Draft, maker: DraftMaker) -> bool:
    """Whether somebody of one country may be meant."""
    if draft.kind == "pronoun" or draft.form not in AT_HOME or is_water(draft):
        return False
    role = draft.role
    if role is not None and role.phrase in maker.lists["proxy"]:
        return False  # whose they are is told, and of whom
    if draft.number == "plural" and role is not None and role.phrase in maker.lists["government"]:
        return role.phrase in maker.lists["plural of one state"] and not from_elsewhere(
            maker.phrases, draft
        )
    return not from_elsewhere(maker.phrases, draft)
