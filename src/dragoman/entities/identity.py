"""Ids of role phrases: when the words alone, or their owner, decide who is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.entities.holders import leader_of, sole_holder
from dragoman.entities.phrase import Reading
from dragoman.entities.resolve import slug
from dragoman.entities.scan import Scanner
from dragoman.lexicon import Entry

if TYPE_CHECKING:
    from dragoman.entities.chains import Chain
    from dragoman.entities.mentions import Draft

GROUPED = frozenset({"MIL", "COP"})  # people of these sectors are one body a country
RULERS = frozenset({"state", "person"})
OWNERS = frozenset({"person", "organisation", "group"})
NEW = frozenset({"a", "an", "another"})
UNIFORMED = frozenset({"MIL", "COP", "SPY"})
REBELLING = frozenset({"REB", "UAF", "CRM", "PRM", "OPP"})  # who have armed people of their own
OF_STATES = frozenset(
    {"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "ELI"}
)  # whose troops are a state's


def identify(draft: Draft, scanner: Scanner) -> None:
    """Set the id of a role phrase where its own words decide it; leave it open otherwise.

    A government is the state itself; bodies and peoples get the country and what they are.
    """
    reading, role = draft.reading, draft.role
    assert reading is not None and role is not None
    if reading.entry is not None:  # an office with a known holder
        draft.entity, draft.name, draft.kind = reading.entry.id, reading.entry.name, "title"
        draft.form = "person"
        return
    country = reading.country if reading.located in ("own", "complement", "owner") else ""
    if not country:
        return
    backed = any(item.backer for item in draft.items)
    if backed and reading.sectors[:1] == ("MIL",):  # "Iranian-backed forces in Syria": no army
        draft.reading = reading = reading._replace(sectors=("PRM",))
    if is_government(draft, scanner):
        state = scanner.lexicon.country(country)
        if state is not None:
            draft.entity, draft.form, draft.kind = state.id, "state", "description"
            draft.name, draft.number = state.name, "singular"
            return
    if is_counted(draft, scanner) or is_new_force(draft):
        return
    others = backed or not REBELLING.isdisjoint(reading.sectors[:1])  # "M23 troops": no army's
    known = None if others else body_of(country, role.phrase, reading.sectors, scanner)
    one = role.kind == "person" and draft.number == "singular"  # "a Philippine navy spokesman"
    if known is not None and not one:
        draft.entity, draft.name, draft.form = known.id, known.name, "organisation"
        return
    if role.kind == "body" and draft.number == "singular":
        draft.entity = f"{country}-{slug(role.phrase)}"
        draft.kind = "description"
    elif (
        (draft.number == "plural" or role.kind == "people")
        and reading.sectors[:1]
        and (reading.sectors[0] in GROUPED)
        and role.phrase not in scanner.lists["vessel"]  # a destroyer is not its navy
    ):
        draft.entity = f"{country}-{reading.sectors[0]}"
    elif draft.number == "plural":
        draft.entity = f"{country}-{draft.key}"


def is_counted(draft: Draft, scanner: Scanner) -> bool:
    """Whether a phrase counts people: "five Turkish soldiers" are not Turkey's army."""
    first = draft.name.split(" ", 1)[0].lower()
    return not draft.definite and (first in scanner.lists["count"] or first[:1].isdigit())


def is_new_force(draft: Draft) -> bool:
    """Whether a phrase tells of armed people for the first time: "a 900-strong force in Mali" is no army."""
    reading, first = draft.reading, draft.name.split(" ", 1)[0].lower()
    armed = reading is not None and reading.sectors[:1] == ("MIL",)
    return armed and draft.number == "singular" and first in NEW


def body_of(country: str, phrase: str, sectors: tuple[str, ...], scanner: Scanner) -> Entry | None:
    """The lexicon's body of a state that a role means ("troops" of Ukraine → its armed forces)."""
    state = scanner.lexicon.state(country)
    if state is None or not state.adjectives:
        return None
    lists = scanner.lists
    apart = lists["site of an army"] | lists["part of an army"] | lists["vessel"]
    army = sectors[:1] == ("MIL",) and phrase not in apart
    for word in (phrase, *(("armed forces",) if army else ())):
        for name in scanner.lexicon.lookup(f"{state.adjectives[0]} {word}"):
            if name.entry.kind == "body" and name.entry.country == country:
                return name.entry
    return None


def is_government(draft: Draft, scanner: Scanner) -> bool:
    """Whether the phrase means the government of a state ("Kyiv's administration")."""
    reading, role = draft.reading, draft.role
    assert reading is not None and role is not None
    if role.phrase not in scanner.lists["government"] or reading.sectors[:1] != ("GOV",):
        return False
    if role.phrase in scanner.lists["narrow"] and draft.number == "singular":
        told = sum(item.last - item.first for item in draft.items)
        more = draft.head + 1 - draft.first - told - draft.definite
        if more > 0:  # "the domain name registration authority"
            return False
    if reading.located == "owner":
        return True
    owner = next((item for item in draft.items if item.country and not item.backer), None)
    if owner is None:  # "the government of Mali"
        return reading.located == "complement"
    return owner.entry is not None and owner.entry.kind in RULERS  # "the Assad regime"


def take_owner(
    draft: Draft, owner: Chain, scanner: Scanner, date: str | None, days: Sequence[str]
) -> None:
    """Give a role phrase the country of its owner ("its troops", "his spokesman") and identify it."""
    reading, role = draft.reading, draft.role
    assert reading is not None and role is not None
    sectors = reading.sectors
    if owner.form in OWNERS and owner.sectors:
        told = owner.sectors[0]
        if role.priority <= 1 or (sectors[:1] and sectors[0] in UNIFORMED and told in REBELLING):
            sectors = owner.sectors  # "Baghdadi's bodyguards" are no police
        if told not in OF_STATES and sectors[:1] and sectors[0] in UNIFORMED | REBELLING:
            draft.entity = f"{owner.entity}-{draft.key}"
    entry = None
    if role.kind == "person" and draft.number == "singular" and owner.form == "state":
        for office in scanner.lexicon.office_of_title(role.phrase, owner.country):
            held = sole_holder(scanner.lexicon, owner.country, office, days, date)
            if held is not None and not reading.former:
                entry, sectors = held, held.sectors
                break
    elif role.phrase in scanner.lists["leads a body"] and draft.number == "singular":
        entry = leader_of(scanner.lexicon, owner.entity, days, date)
        sectors = entry.sectors if entry is not None else sectors
        draft.entity = "" if entry is not None else draft.entity
    draft.reading = reading._replace(country=owner.country, sectors=sectors, located="owner", entry=entry,
        how="office" if entry else reading.how,
    )  # fmt: skip
    if not draft.entity and owner.form == "person" and role.phrase in scanner.lists["of a person"]:
        draft.entity = f"{owner.entity}-{draft.key}" if draft.number == "plural" else ""
    if not draft.entity:
        identify(draft, scanner)


def with_country(reading: Reading, country: str, located: str) -> Reading:
    """A reading with a country that its words did not tell."""
    return Reading(
        reading.entry, reading.how, country, reading.sectors, reading.role, reading.former, located
    )
