"""Where two lexicons disagree: who held an office when, and whose someone is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.lexicon.entry import Entry, Tenure
from dragoman.lexicon.lexicon import Lexicon
from dragoman.lexicon.names import normalise

FIRST, LAST = "0000-00-00", "9999-99-99"


@dataclass(frozen=True)
class Disagreement:
    """One difference.

    ``what``: office, country or sectors. ``key``: "RUS head-of-state" or a name. ``since`` is
    inclusive, ``until`` exclusive, "" = open. ``one`` and ``other`` are what each lexicon says.
    """

    what: str
    key: str
    since: str
    until: str
    one: str
    other: str

    def __str__(self) -> str:
        time = f"{self.since or '…'} to {self.until or '…'}"
        return f"{self.what}: {self.key}, {time}: {self.one or 'nobody'} / {self.other or 'nobody'}"


def compare(
    one: Lexicon, other: Lexicon, since: str = "", until: str = "", tolerance: int = 3
) -> list[Disagreement]:
    """Differences over offices that both know, then over the names both own.

    Args:
        since, until: only differences that touch these days (half-open).
        tolerance: differences of fewer days are left out.
    """
    found = [*offices(one, other), *names(one, other)]
    return [
        item
        for item in found
        if item.since < (until or LAST)
        and (item.until or LAST) > (since or FIRST)
        and length(item) >= tolerance
    ]


def length(item: Disagreement) -> int:
    """Days of a difference; open ones count as very long."""
    if not item.since or not item.until:
        return 100_000
    import datetime

    return (datetime.date.fromisoformat(item.until) - datetime.date.fromisoformat(item.since)).days


def offices(one: Lexicon, other: Lexicon) -> Iterator[Disagreement]:
    """Times in which the two name different holders of an office that one person holds."""
    for (country, office), theirs in sorted(other.all_offices().items()):
        ours = one.tenures_of(country, office)
        known = one.offices.get(office)
        if not ours or known is None or not known.single:
            continue
        yield from timeline(f"{country} {office}", one, ours, other, theirs)


def timeline(
    key: str, one: Lexicon, ours: Sequence[Tenure], other: Lexicon, theirs: Sequence[Tenure]
) -> Iterator[Disagreement]:
    """The times in which two lists of tenures differ, joined where they adjoin."""
    edges = {FIRST, *(t.since or FIRST for t in (*ours, *theirs))}
    edges |= {t.until or LAST for t in (*ours, *theirs)}
    days = sorted(edges)
    last: Disagreement | None = None
    for day, end in pairwise(days):
        mine = [t.person for t in ours if t.on(day)]
        others = [t.person for t in theirs if t.on(day)]
        if same_holders(one, mine, other, others) or not others:
            continue
        until = "" if end == LAST else end
        since = "" if day == FIRST else day
        item = Disagreement("office", key, since, until, "|".join(mine), "|".join(others))
        if last is not None and (last.until, last.one, last.other) == (since, item.one, item.other):
            last = Disagreement("office", key, last.since, until, item.one, item.other)
            continue
        if last is not None:
            yield last
        last = item
    if last is not None:
        yield last


def same_holders(one: Lexicon, mine: list[str], other: Lexicon, others: list[str]) -> bool:
    """Whether some holder of the one list is a holder of the other.

    A name that is part of the other's name is the same person ("Trump", "Donald Trump").
    """
    if not mine and not others:
        return True
    return any(
        words <= more or more <= words
        for person in mine
        for words in written(one, person)
        for fellow in others
        for more in written(other, fellow)
    )


def written(lexicon: Lexicon, person: str) -> list[set[str]]:
    """The words of each name of a person."""
    entry = lexicon.entry(person)
    if entry is None:
        return [set(person.split("-"))]
    return [set(normalise(name).split()) for name in (entry.name, *entry.aliases)]


def names(one: Lexicon, other: Lexicon) -> Iterator[Disagreement]:
    """Entries of the other that the one knows by full name, with other countries or sectors."""
    for entry in other.entries:
        if entry.kind in ("state", "region") or " " not in entry.name:
            continue
        day = entry.since or (entry.until and "1990-01-01") or None
        found = [item for item in one.find(entry.name, day, any_case=True) if item.kind != "state"]
        if not found:
            continue
        theirs = other.entry(entry.id, day) or entry
        yield from differences(found, theirs, entry)


def differences(found: list[Entry], theirs: Entry, row: Entry) -> Iterator[Disagreement]:
    """Country and sectors of what the one found, against the other's row."""
    countries = {item.country for item in found}
    if theirs.country and theirs.country not in countries:
        shown = "|".join(sorted(countries))
        yield Disagreement("country", row.name, row.since, row.until, shown, theirs.country)
        return
    sectors = {sector for item in found for sector in item.sectors}
    if sectors and theirs.sectors and not sectors & set(theirs.sectors):
        shown = "|".join(sorted(sectors))
        said = "|".join(theirs.sectors)
        yield Disagreement("sectors", row.name, row.since, row.until, shown, said)
