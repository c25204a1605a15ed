"""Rows of the tables made into entries, tenures and the index of names.

What is wrong with one row by itself is found here, on every load. What is wrong between rows
(two holders of an office, two owners of a name) is found by ``check``, which costs more.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.lexicon.entry import ENTITY_KINDS, Entry, State, Tenure
from dragoman.lexicon.index import NameIndex
from dragoman.lexicon.names import key_of
from dragoman.lexicon.tables import ID, TABLES, Problems, Row, files_of, full_date, read_rows

FRAME = frozenset({"sectors", "codes", "countries", "offices", "country_offices"})
GOVERNMENT = ("GOV",)
NAME_COLUMNS = {"adjectives": "adjective", "nouns": "noun", "capital": "capital", "seats": "seat"}


@dataclass(frozen=True)
class Office:
    """An office: whether one person holds it at a time, its sectors and general titles."""

    id: str
    name: str
    single: bool
    sectors: tuple[str, ...]
    former: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True)
class OwnRole:
    """A role of a user's lexicon: its sectors, its country ("" = any), whether it is a plural."""

    sectors: tuple[str, ...]
    country: str = ""
    plural: bool = False


@dataclass
class Tables:
    """Everything read, before it is asked."""

    hashes: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    sectors: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    office_rank: dict[str, int] = field(default_factory=dict)
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    country_titles: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    tenures: list[Tenure] = field(default_factory=list)
    roles: dict[str, OwnRole] = field(default_factory=dict)
    index: NameIndex = field(default_factory=NameIndex)
    problems: Problems = field(default_factory=Problems)


def read_tables(paths: list[Path], with_shipped_actors: bool = True) -> Tables:
    """The shipped tables and the user's, made into one set.

    1. Every file is read, hashed and cut into rows.
    2. Codes, then states, then everything that refers to them.
    3. A later layer's rows replace those of the same id, and cut the tenures they overlap.

    Args:
        paths: folders or files of the user's.
        with_shipped_actors: False = of the shipped tables take only codes, states and offices.

    Raises:
        DataError: a path in ``paths`` is missing or holds no known table.
    """
    tables = Tables()
    for path, layer in files_of(paths):
        if not with_shipped_actors and layer == 0 and path.stem not in FRAME:
            continue
        data = path.read_bytes()
        name = path.name if layer == 0 else str(path.resolve())
        tables.hashes[name] = hashlib.sha256(data).hexdigest()
        rows = read_rows(path, data, layer, tables.problems)
        if rows:
            tables.rows[rows[0].table].extend(rows)
    read_codes(tables)
    read_offices(tables)
    read_entries(tables)
    read_tenures(tables)
    read_roles(tables)
    return tables


def read_codes(tables: Tables) -> None:
    """Sector codes, codes that stand in the place of a country, and the countries themselves."""
    for row in tables.rows["sectors"]:
        tables.sectors[row.get("code")] = row.get("name")
    for row in tables.rows["codes"]:
        tables.codes[row.get("code")] = row.get("name")
    for row in tables.rows["countries"]:
        if row.get("id") == row.get("country"):
            tables.codes[row.get("id")] = row.get("name")


def read_offices(tables: Tables) -> None:
    """Offices with their general titles, and the titles that mean something in one country."""
    for row in tables.rows["offices"]:
        office = Office(
            row.get("id"),
            row.get("name"),
            row.get("single") == "yes",
            known_sectors(row, tables),
            known_sectors(row, tables, "former"),
            row.many("titles"),
        )
        tables.office_rank.setdefault(office.id, len(tables.office_rank))
        tables.offices[office.id] = office
        for title in (office.name, *office.titles):
            key = " ".join(key_of(title))
            held = tables.titles.get(key, ())
            if office.id not in held:
                tables.titles[key] = (*held, office.id)
    for row in tables.rows["country_offices"]:
        known_country(row, tables)
        offices = row.many("office")
        for item in offices:
            if item not in tables.offices:
                tables.problems.add(row.error(f"unknown office {item!r}"))
        for title in row.many("title"):
            tables.country_titles[row.get("country"), " ".join(key_of(title))] = offices


def read_entries(tables: Tables) -> None:
    """All entries of all tables; those of a later layer stand in for the same id below."""
    made: list[tuple[Entry, Row]] = []
    for table in TABLES.values():
        if table.kind or table.name == "actors":
            for row in tables.rows[table.name]:
                kind = table.kind or row.get("kind") or "organisation"
                made.append((entry_of(row, kind, tables), row))
    top: dict[str, int] = {}
    for entry, _ in made:
        top[entry.id] = max(entry.layer, top.get(entry.id, 0))
    for entry, row in made:
        if entry.layer == top[entry.id]:
            tables.entries.append(entry)
            add_names(tables, entry, row)
            if entry.kind == "state":
                tables.states[entry.id] = state_of(entry, row, tables)
    for row in tables.rows["ambiguous"]:
        for name in row.many("name"):
            tables.index.order(name, row.many("ids"))


def entry_of(row: Row, kind: str, tables: Tables) -> Entry:
    """The entry a row describes; its mistakes are noted."""
    values = row.values
    key = values["id"]
    if not ID.fullmatch(key):
        tables.problems.add(
            row.error(f"id {key!r} may hold letters, digits, '.', '_' and '-' only")
        )
    if kind not in ENTITY_KINDS:
        tables.problems.add(row.error(f"unknown kind {kind!r}; known: {', '.join(ENTITY_KINDS)}"))
        kind = "organisation"
    since, until = known_dates(row, tables)
    sectors = known_sectors(row, tables)
    return Entry(
        id=key,
        name=values["name"].strip(),
        aliases=row.many("aliases"),
        kind=kind,
        country=known_country(row, tables),
        sectors=(*GOVERNMENT, *sectors) if kind == "state" else sectors,
        since=since,
        until=until,
        note=row.get("note"),
        file=row.file,
        line=row.line,
        layer=row.layer,
    )


def add_names(tables: Tables, entry: Entry, row: Row) -> None:
    """Every name of an entry into the index."""
    index = tables.index
    index.add(entry.name, entry, "name")
    for alias in entry.aliases:
        index.add(alias, entry, "alias")
    if entry.kind in ("state", "region"):
        for column, how in NAME_COLUMNS.items():
            for text in row.many(column):
                index.add(text, entry, how)


def state_of(entry: Entry, row: Row, tables: Tables) -> State:
    """What the table of countries says beyond the entry."""

    def number(column: str) -> float | None:
        text = row.get(column)
        try:
            return float(text) if text else None
        except ValueError:
            tables.problems.add(row.error(f"{column}: {text!r} is not a number"))
            return None

    cow, gw = number("cow"), number("gw")
    return State(
        entry=entry,
        adjectives=row.many("adjectives"),
        nouns=row.many("nouns"),
        capitals=row.many("capital"),
        seats=row.many("seats"),
        iso2=row.get("iso2"),
        cow=None if cow is None else int(cow),
        gw=None if gw is None else int(gw),
        neighbours=row.many("neighbours"),
        latitude=number("latitude"),
        longitude=number("longitude"),
        family_name_first=row.get("family_name_first") == "yes",
    )


def read_tenures(tables: Tables) -> None:
    """All tenures, one for each office a row names; a later layer cuts what it overlaps."""
    sectors_of = {entry.id: entry.sectors for entry in tables.entries}
    made: list[Tenure] = []
    for row in tables.rows["tenures"]:
        since, until = known_dates(row, tables)
        country = known_country(row, tables)
        own = known_sectors(row, tables)
        for key in (row.get("person"), row.get("organisation")):
            if key and key not in sectors_of:
                tables.problems.add(row.error(f"no entry has the id {key!r}"))
        for office in row.many("office"):
            known = tables.offices.get(office)
            if known is None:
                tables.problems.add(row.error(f"unknown office {office!r}"))
                continue
            made.append(
                Tenure(
                    person=row.get("person"),
                    country=country,
                    office=office,
                    sectors=own or known.sectors or sectors_of.get(row.get("organisation"), ()),
                    since=since,
                    until=until,
                    organisation=row.get("organisation"),
                    note=row.get("note"),
                    file=row.file,
                    line=row.line,
                    layer=row.layer,
                )
            )
    tables.tenures = stacked(made, tables)


def stacked(made: list[Tenure], tables: Tables) -> list[Tenure]:
    """Tenures with the shipped ones cut where a user's tenure of the same office covers them."""
    kept: list[Tenure] = [tenure for tenure in made if tenure.layer == 0]
    for layer in sorted({tenure.layer for tenure in made} - {0}):
        new = [tenure for tenure in made if tenure.layer == layer]
        for upper in new:
            if tables.offices[upper.office].single:
                kept = [piece for lower in kept for piece in cut(lower, upper)]
        kept.extend(new)
    return kept


def cut(lower: Tenure, upper: Tenure) -> list[Tenure]:
    """What is left of ``lower`` outside the time of ``upper`` (same office, other holder)."""
    end = "9999-99-99"
    same = (lower.country, lower.office, lower.organisation) == (
        upper.country,
        upper.office,
        upper.organisation,
    )
    if not same or (lower.until or end) <= upper.since or (upper.until or end) <= lower.since:
        return [lower]
    left = []
    if lower.since < upper.since:
        left.append(dataclasses.replace(lower, until=upper.since))
    if upper.until and upper.until < (lower.until or end):
        left.append(dataclasses.replace(lower, since=upper.until))
    return left


def read_roles(tables: Tables) -> None:
    """Roles of a user's lexicon ("paramedics" → MED), singular and plural, in small letters."""
    for row in tables.rows["roles"]:
        sectors = known_sectors(row, tables)
        country = known_country(row, tables) if row.get("country") else ""
        tables.roles[" ".join(key_of(row.get("phrase")))] = OwnRole(sectors, country)
        for phrase in row.many("plural"):
            tables.roles[" ".join(key_of(phrase))] = OwnRole(sectors, country, plural=True)


def known_country(row: Row, tables: Tables) -> str:
    """The row's country code; an unknown one is a mistake."""
    code = row.values["country"]
    if code not in tables.codes and code != "-":
        tables.problems.add(row.error(f"unknown country code {code!r}"))
    return "" if code == "-" else code


def known_sectors(row: Row, tables: Tables, column: str = "sectors") -> tuple[str, ...]:
    """The row's sectors; unknown ones are mistakes."""
    if not row.values.get(column):
        return ()
    found = row.many(column)
    for code in found:
        if code not in tables.sectors:
            tables.problems.add(row.error(f"unknown sector code {code!r}"))
    return found


def known_dates(row: Row, tables: Tables) -> tuple[str, str]:
    """First day (inclusive) and end (exclusive) of the row; bad or reversed ones are mistakes."""
    if not row.values.get("from") and not row.values.get("to"):
        return "", ""
    dates = []
    for column in ("from", "to"):
        value = row.get(column).strip()
        try:
            dates.append(full_date(value) if value else "")
        except ValueError as error:
            tables.problems.add(row.error(f"{column}: {error}"))
            dates.append("")
    since, until = dates
    if since and until and until < since:
        tables.problems.add(
            row.error(f"ends ({row.get('to')}) before it begins ({row.get('from')})")
        )
    return since, until
