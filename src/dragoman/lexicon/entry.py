"""The lexicon's record types: an entry, one of its names, a tenure, a match in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dragoman.model import code_of

# what model.Entity.kind calls the lexicon's finer kinds
ENTITY_KINDS = {
    "state": "state",
    "region": "place",
    "person": "person",
    "organisation": "organisation",
    "body": "organisation",
    "media": "organisation",
    "group": "group",
}


def within(day: str | None, since: str, until: str) -> bool:
    """Whether ``day`` lies in the half-open range; no day lies in every range.

    Args:
        day: ISO date, or None for "at any time".
        since: first day, inclusive; empty = always so far.
        until: first day after the end (exclusive); empty = still so.
    """
    return day is None or ((not since or since <= day) and (not until or day < until))


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a table: a state, region, person, organisation, body, medium or group.

    Args:
        id: key, the same in every story ("RUS", "vladimir-putin", "nato").
        name: the name shown to readers.
        aliases: other names.
        kind: state, region, person, organisation, body, media, group.
        country: ISO 3166-1 alpha-3, or a code of ``codes.tsv`` (IGO, NGO, MNC, EUR, UNO, XKX …).
        sectors: PLOVER's sector codes, most telling first. Of a person: what holds when no
            tenure says otherwise (see ``Lexicon.sectors``).
        since: ISO date, inclusive; empty = open.
        until: ISO date, exclusive; empty = open.
        office: for a person found by office, the office's id; otherwise empty.
        note: for the reader.
        file, line: where the row stands (line is 1-based).
        layer: 0 for the shipped tables, 1, 2 … for a user's, in the order given.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str
    sectors: tuple[str, ...]
    since: str = ""
    until: str = ""
    office: str = ""
    note: str = ""
    file: str = ""
    line: int = 0
    layer: int = 0

    @property
    def code(self) -> str:
        """Country followed by sectors ("RUSGOV")."""
        return code_of(self.country, self.sectors)

    @property
    def entity_kind(self) -> str:
        """The word that ``model.Entity.kind`` uses."""
        return ENTITY_KINDS[self.kind]

    def on(self, day: str | None) -> bool:
        """Whether the row holds on ``day`` (ISO; None = at any time)."""
        return within(day, self.since, self.until)


@dataclass(frozen=True, slots=True)
class State:
    """What the table of countries says of a state beyond its entry.

    Args:
        entry: the state as an actor (sectors GOV).
        adjectives, nouns: "Russian"; "Russian", "Russians".
        capitals, seats: cities and houses that stand for its government.
        iso2: ISO 3166-1 alpha-2, empty where there is none.
        cow, gw: Correlates of War and Gleditsch–Ward numbers, None where there are none.
        neighbours: ids of states with a common land border.
        latitude, longitude: a point in the country, degrees (None = unknown).
        family_name_first: whether its people are written family name first ("Xi Jinping").
    """

    entry: Entry
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]
    iso2: str
    cow: int | None
    gw: int | None
    neighbours: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    family_name_first: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A written name and the entry it stands for.

    ``how``: name, alias, adjective ("Russian"), noun ("Russians"), capital ("Moscow"),
    seat ("the Kremlin"), surname ("Lavrov", only from ``Lexicon.surname``). ``text`` is the
    name as the table writes it.
    """

    entry: Entry
    how: str
    text: str


class Match(NamedTuple):
    """Words ``start`` to ``end`` (token indices, half-open) and all names they may be."""

    start: int
    end: int
    names: tuple[Name, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the names, each once, best layer first."""
        return tuple(dict.fromkeys(name.entry for name in self.names))


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person's time in one office: ``since`` inclusive, ``until`` exclusive, empty = open."""

    person: str
    country: str
    office: str
    sectors: tuple[str, ...]
    since: str
    until: str
    organisation: str = ""
    note: str = ""
    file: str = ""
    line: int = 0
    layer: int = 0

    def on(self, day: str | None) -> bool:
        """Whether the person held the office on ``day`` (ISO; None = at any time)."""
        return within(day, self.since, self.until)
