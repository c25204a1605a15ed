"""Other people's actor lists made into a lexicon folder of our own format."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import InputError, UsageError
from dragoman.lexicon.cameo import NO_CODE, CameoCodes
from dragoman.lexicon.lexicon import Lexicon
from dragoman.lexicon.names import normalise, pieces
from dragoman.lexicon.petrarch import Block, Dictionary, Report, read_dictionary, settled
from dragoman.lexicon.tables import TABLES, full_date
from dragoman.lexicon.write import write_table

PERSON_SECTORS = frozenset({"GOV", "ELI", "MIL", "LEG", "JUD", "OPP", "SPY"})


@dataclass(frozen=True)
class Imported:
    """What an import wrote: rows by table, lines by what became of them, lines not taken."""

    folder: Path
    rows: dict[str, int]
    lines: dict[str, int]
    reports: tuple[Report, ...]


def slug(name: str) -> str:
    """An id made from a name: "Vladimír Putin" → "vladimir-putin"."""
    return "-".join(re.sub(r"[^a-z0-9]", "", piece) for piece in pieces(name)).strip("-")


def import_petrarch(files: Sequence[Path], folder: Path, lexicon: Lexicon) -> Imported:
    """PETRARCH actor and agent dictionaries as ``actors.tsv`` and ``roles.tsv``.

    Args:
        files: dictionaries (actors, agents); bytes that are not UTF-8 are read as Windows-1252.
        folder: where the lexicon is written.
        lexicon: whose country codes hold.

    Raises:
        InputError: a file cannot be read.
    """
    found = Dictionary()
    for path in files:
        read_dictionary(path.name, decoded(path).split("\n"), found)
    codes = CameoCodes(lexicon.country_codes)
    actors = actor_rows(found.blocks, codes, found.reports)
    roles = []
    for agent in found.agents:
        sectors = [item for item in codes.sectors(agent.code) if item in lexicon.sector_codes]
        if sectors:
            row = {"phrase": agent.phrase, "plural": agent.plurals, "sectors": sectors}
            roles.append({**row, "note": f"{agent.code}, line {agent.line}"})
        else:
            reason = f"no PLOVER sector for {agent.code}"
            found.reports.append(Report("agents", agent.line, agent.phrase, reason))
    comment = f"Imported from {', '.join(path.name for path in files)}"
    rows = {"actors": write_table(folder, "actors", actors, comment)}
    rows["ambiguous"] = write_table(folder, "ambiguous", shared_names(actors), comment)
    if roles:
        rows["roles"] = write_table(folder, "roles", roles, comment)
    return Imported(folder, rows, found.lines, tuple(found.reports))


def shared_names(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Rows for ``ambiguous.tsv``: names that several entries of the import own."""
    owners: dict[str, dict[str, None]] = {}
    for row in rows:
        aliases = row.get("aliases")
        for name in (str(row["name"]), *(aliases if isinstance(aliases, list) else ())):
            owners.setdefault(normalise(name), {})[str(row["id"])] = None
    note = "as in the dictionary"
    return [
        {"name": name, "ids": list(ids), "note": note}
        for name, ids in owners.items()
        if len(ids) > 1
    ]


def decoded(path: Path) -> str:
    """A dictionary's text, UTF-8 or Windows-1252.

    Raises:
        InputError: the file cannot be read, or is no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error), code="missing") from error
    if b"\0" in data:
        raise InputError(str(path), "binary, not a text", code="binary")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def actor_rows(
    blocks: list[Block], codes: CameoCodes, reports: list[Report]
) -> list[dict[str, object]]:
    """One row for each entry and time; ids are made from names and begin with "petrarch."."""
    rows: list[dict[str, object]] = []
    used: dict[str, int] = {}
    for block in blocks:
        key = slug(block.name) or f"line-{block.line}"
        used[key] = used.get(key, 0) + 1
        if used[key] > 1:
            key = f"{key}.{used[key]}"
        for item in settled(block.codes):
            if item.code == NO_CODE:
                continue
            code = codes.translate(item.code)
            if code.country == "-" and not code.sectors:
                reason = f"code {item.code} has no country and no sector we know"
                reports.append(Report("actors", item.line, block.name, reason))
                continue
            rows.append(
                {
                    "id": f"petrarch.{key}",
                    "name": block.name,
                    "country": code.country,
                    "aliases": list(dict.fromkeys(block.synonyms)),
                    "kind": kind_of(block, code.sectors),
                    "sectors": code.sectors,
                    "from": item.since,
                    "to": item.until,
                    "note": f"{item.code}, line {item.line}",
                }
            )
    return rows


def kind_of(block: Block, sectors: tuple[str, ...]) -> str:
    """A guess at what an entry is: dated officials are persons, bare countries regions."""
    if not sectors:
        return "region"
    dated = any(item.since or item.until for item in block.codes)
    if dated and sectors[0] in PERSON_SECTORS:
        return "person"
    return "group" if sectors[0] in ("REB", "UAF", "PRM", "CRM", "PTY") else "organisation"


def import_csv(
    path: Path,
    folder: Path,
    table: str,
    mapping: Mapping[str, str],
    lexicon: Lexicon,
    country_scheme: str = "iso3",
) -> Imported:
    """A CSV file (comma, semicolon or tab, with a header) as one of our tables.

    Args:
        table: the table to write ("actors", "tenures", "people" …). For ``tenures`` whose persons
            are given by name, ``people.tsv`` is written too.
        mapping: our column → theirs, or a template of theirs in braces
            (``{syear}-{smonth}-{sdate}``), or a fixed value after "=" (``=head-of-state``).
        country_scheme: how the country column is coded: iso3, iso2, cow, gw or name.

    Raises:
        UsageError: an unknown table, column or scheme.
        InputError: the file cannot be read.
    """
    if table not in TABLES:
        raise UsageError(f"no table {table!r}; tables: {', '.join(TABLES)}")
    known = {*TABLES[table].required, *TABLES[table].optional}
    for column in mapping:
        if column not in known:
            raise UsageError(
                f"{table} has no column {column!r}; columns: {', '.join(sorted(known))}"
            )
    text = decoded(path)
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=mark)
    to_country = country_codes(lexicon, country_scheme)
    rows: list[dict[str, object]] = []
    people: dict[str, dict[str, object]] = {}
    reports: list[Report] = []
    for number, given in enumerate(_rows_of(reader, path), start=2):
        row = {ours: filled(template, given) for ours, template in mapping.items()}
        reason = completed(row, table, to_country, lexicon.sector_codes)
        if reason:
            reports.append(Report(path.name, number, mark.join(map(str, given.values())), reason))
            continue
        if table == "tenures":
            name = str(row["person"])
            row["person"] = slug(name)
            people.setdefault(
                slug(name), {"id": slug(name), "name": name, "country": row["country"]}
            )
        rows.append(dict(row))
    written = {table: write_table(folder, table, rows, f"Imported from {path.name}")}
    if people:
        written["people"] = write_table(
            folder, "people", people.values(), f"Imported from {path.name}"
        )
    lines = {"taken": len(rows), "reported": len(reports)}
    return Imported(folder, written, lines, tuple(reports))


def _rows_of(reader: csv.DictReader[str], path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file.

    Raises:
        InputError: it is none.
    """
    try:
        yield from reader
    except csv.Error as error:
        raise InputError(
            str(path), f"not a CSV table: {error}", str(reader.line_num), "csv"
        ) from None


def filled(template: str, given: Mapping[str, str | None]) -> str:
    """A mapping's value for one row of theirs.

    Raises:
        UsageError: the template names a column that the file has not.
    """
    if template.startswith("="):
        return template[1:]
    try:
        if "{" in template:
            return re.sub(r"\{([^}]+)\}", lambda found: (given[found[1]] or "").strip(), template)
        return (given[template] or "").strip()
    except KeyError as error:
        names = ", ".join(str(name) for name in given)
        raise UsageError(f"the file has no column {error}; columns: {names}") from error


def completed(
    row: dict[str, str], table: str, to_country: Mapping[str, str], sectors: Collection[str]
) -> str:
    """Put country, dates, sectors and id of a row in our form; returns what is wrong, or ""."""
    if "country" in row:
        told = row["country"].strip().lower()
        code = to_country.get(told) or to_country.get(_whole(told))
        if code is None:
            return f"unknown country {row['country']!r}"
        row["country"] = code
    for column in ("from", "to"):
        if row.get(column):
            parts = [_whole(part) for part in re.split(r"[ T]", row[column])[0].split("-")]
            row[column] = "-".join(part.zfill(2) for part in parts if part.strip("0 "))
            try:
                full_date(row[column])
            except ValueError as error:
                return f"{column}: {error}"
    if row.get("from") and row.get("to") and full_date(row["to"]) < full_date(row["from"]):
        return f"ends ({row['to']}) before it begins ({row['from']})"
    if row.get("sectors"):
        found = [item for item in re.split(r"[|,;\s]+", row["sectors"].upper()) if item]
        if unknown := [item for item in found if item not in sectors]:
            return f"unknown sector code {unknown[0]!r}"
        row["sectors"] = "|".join(found)
    if "id" in TABLES[table].required and not row.get("id"):
        row["id"] = slug(row.get("name", ""))
    missing = [column for column in TABLES[table].required if not row.get(column)]
    return f"no value for {', '.join(missing)}" if missing else ""


def _whole(number: str) -> str:
    """A whole number as tables write it: "002" and "2.0" are 2, for what had empty cells beside it became a fraction."""
    found = re.fullmatch(r"0*(\d+)(\.0*)?", number.strip())
    return found[1] if found else number


def country_codes(lexicon: Lexicon, scheme: str) -> dict[str, str]:
    """Their country codes or names, in small letters, to ours.

    Raises:
        UsageError: an unknown scheme.
    """
    found: dict[str, str] = {code.lower(): code for code in lexicon.country_codes}
    if scheme == "iso3":
        return found
    for state in reversed(list(lexicon.states.values())):
        names = {
            "iso2": (state.iso2,),
            "cow": (state.cow,),
            "gw": (state.gw,),
            "name": (state.entry.name, *state.entry.aliases),
        }.get(scheme)
        if names is None:
            raise UsageError(f"unknown country scheme {scheme!r}; known: iso3, iso2, cow, gw, name")
        for name in names:
            if name and (scheme == "name" or state.entry.sectors == ("GOV",)):
                found[str(name).lower()] = state.entry.country
    return found
