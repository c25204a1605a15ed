"""What is wrong between rows: repeated ids, two holders of one office, two owners of one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from dragoman.errors import DataError
from dragoman.lexicon.entry import Entry, Tenure
from dragoman.lexicon.names import normalise

if TYPE_CHECKING:
    from dragoman.lexicon.build import Tables

END = "9999-99-99"


def overlap(one: Entry | Tenure, other: Entry | Tenure) -> bool:
    """Whether two half-open time ranges share a day."""
    return one.since < (other.until or END) and other.since < (one.until or END)


def problems_of(tables: Tables) -> Iterator[DataError]:
    """Every mistake between the rows of one layer."""
    yield from repeated_codes(tables)
    yield from repeated_ids(tables)
    yield from two_holders(tables)
    yield from two_owners(tables)


def repeated_codes(tables: Tables) -> Iterator[DataError]:
    """Codes that a table of codes gives twice."""
    for table, column in (("sectors", "code"), ("codes", "code"), ("offices", "id")):
        seen: dict[tuple[str, int], int] = {}
        for row in tables.rows[table]:
            key = (row.get(column), row.layer)
            if key in seen:
                yield row.error(f"{key[0]!r} stands already in line {seen[key]}")
            seen.setdefault(key, row.line)


def repeated_ids(tables: Tables) -> Iterator[DataError]:
    """Rows of one id whose times overlap. (One id may have several rows, one for each period.)"""
    rows: dict[str, list[Entry]] = defaultdict(list)
    for entry in tables.entries:
        rows[entry.id].append(entry)
    for key, entries in rows.items():
        for one, other in combinations(entries, 2):
            if one.layer == other.layer and overlap(one, other):
                where = f"line {one.line}" if one.file == other.file else f"{one.file}:{one.line}"
                reason = f"id {key!r} stands already in {where}, at an overlapping time"
                yield DataError(other.file, other.line, reason)


def two_holders(tables: Tables) -> Iterator[DataError]:
    """Tenures of an office that one person holds at a time, and whose times overlap."""
    held: dict[tuple[str, str, str], list[Tenure]] = defaultdict(list)
    for tenure in tables.tenures:
        office = tables.offices.get(tenure.office)
        if office is not None and office.single:
            held[tenure.country, tenure.office, tenure.organisation].append(tenure)
    for (country, office_id, organisation), tenures in held.items():
        where = f"{organisation or country} {office_id}"
        for one, other in combinations(sorted(tenures, key=lambda t: (t.since, t.line)), 2):
            if one.layer == other.layer and overlap(one, other):
                reason = (
                    f"{where}: {other.person} ({other.since or '…'} to {other.until or '…'}) overlaps "
                    f"{one.person} ({one.since or '…'} to {one.until or '…'}, line {one.line})"
                )
                yield DataError(other.file, other.line, reason)


def two_owners(tables: Tables) -> Iterator[DataError]:
    """Names that two entries own at the same time, unless ``ambiguous.tsv`` allows it."""
    allowed = {
        normalise(name): set(row.many("ids"))
        for row in tables.rows["ambiguous"]
        for name in row.many("name")
    }
    for key, names in tables.index.shared():
        entries = {name.entry.id + name.entry.since: name.entry for name in names}
        clashing: dict[str, Entry] = {}
        for one, other in combinations(entries.values(), 2):
            if one.id != other.id and one.layer == other.layer and overlap(one, other):
                clashing[one.id], clashing[other.id] = one, other
        if clashing and not set(clashing) <= allowed.get(key, set()):
            last = max(clashing.values(), key=lambda entry: (entry.file, entry.line))
            owners = "|".join(sorted(clashing))
            reason = f"{key!r} has several owners ({owners}); list them in ambiguous.tsv or rename"
            yield DataError(last.file, last.line, reason)
    known = {entry.id for entry in tables.entries}
    for row in tables.rows["ambiguous"]:
        for item in row.many("ids"):
            if item not in known:
                yield row.error(f"no entry has the id {item!r}")
