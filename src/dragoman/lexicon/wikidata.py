"""A Wikidata JSON dump, streamed: who held which position, from when to when.

The dump is one JSON array with one item a line, plain, ``.gz`` or ``.bz2``. It is read line by
line, so its size does not matter. Offices are told by the position's English label ("Minister of
Foreign Affairs of Sweden", "Prime Minister of Israel"), through ``Lexicon.office_of_title``.
Because positions may come after the people who hold them, holders are kept small until the end.
"""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dragoman.errors import InputError
from dragoman.lexicon.imports import Imported, slug
from dragoman.lexicon.lexicon import Lexicon
from dragoman.lexicon.petrarch import Report
from dragoman.lexicon.write import write_table

HUMAN, INSTANCE_OF, CITIZENSHIP = "Q5", "P31", "P27"
POSITION_HELD, COUNTRY, JURISDICTION = "P39", "P17", "P1001"
START, END, ISO3 = "P580", "P582", "P298"
MONTH_PRECISION, DAY_PRECISION = 10, 11


@dataclass(frozen=True)
class Held:
    """A position held: its item, since and until ("" = not said)."""

    position: str
    since: str
    until: str


@dataclass(frozen=True)
class Human:
    """A person with the positions held."""

    item: str
    name: str
    aliases: tuple[str, ...]
    country: str
    held: tuple[Held, ...]
    line: int


@dataclass(frozen=True)
class Position:
    """An item that may be an office or a country: label, its country's item, its own ISO code."""

    label: str
    country: str
    iso3: str


def opened(path: Path) -> IO[str]:
    """The dump as text, decompressed by its ending.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        if path.suffix == ".gz":
            return gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".bz2":
            return bz2.open(path, "rt", encoding="utf-8")
        return path.open(encoding="utf-8")
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error), code="missing") from error


def items(path: Path, reports: list[Report]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every item of the dump with its line; lines that are no JSON are reported.

    Raises:
        InputError: the compressed file is damaged; what was read so far has been given.
    """
    with opened(path) as lines:
        try:
            for number, line in enumerate(lines, start=1):
                text = line.strip().rstrip(",")
                if text in ("", "[", "]"):
                    continue
                try:
                    item = json.loads(text)
                except json.JSONDecodeError as error:
                    reports.append(Report(path.name, number, text, f"no JSON: {error.msg}"))
                    continue
                if isinstance(item, dict):
                    yield number, item
        except (EOFError, OSError, UnicodeDecodeError) as error:
            reason = f"the dump is damaged: {error}"
            raise InputError(str(path), reason, code="truncated") from error


def label(item: dict[str, Any]) -> str:
    """The English label, or ""."""
    return str(item.get("labels", {}).get("en", {}).get("value", ""))


def claims(item: dict[str, Any], prop: str) -> Iterator[dict[str, Any]]:
    """The statements of a property that are not deprecated."""
    for claim in item.get("claims", {}).get(prop, ()):
        if claim.get("rank") != "deprecated":
            yield claim


def value(snak: dict[str, Any]) -> Any:
    """A snak's value, or None where it is unknown or none."""
    return snak.get("datavalue", {}).get("value") if snak.get("snaktype") == "value" else None


def first_item(item: dict[str, Any], *props: str) -> str:
    """The id of the first item that one of the properties points to, or ""."""
    for prop in props:
        for claim in claims(item, prop):
            found = value(claim.get("mainsnak", {}))
            if isinstance(found, dict) and "id" in found:
                return str(found["id"])
    return ""


def iso_day(time: dict[str, Any] | None) -> str:
    """A Wikidata time as YYYY, YYYY-MM or YYYY-MM-DD by its precision; "" before year 1."""
    if not time or not str(time.get("time", "")).startswith("+"):
        return ""
    day = str(time["time"])[1:11]
    precision = int(time.get("precision", DAY_PRECISION))
    return (
        day if precision >= DAY_PRECISION else day[:7] if precision == MONTH_PRECISION else day[:4]
    )


def positions_held(item: dict[str, Any]) -> Iterator[Held]:
    """The positions of a person with their qualifiers."""
    for claim in claims(item, POSITION_HELD):
        position = value(claim.get("mainsnak", {}))
        if not isinstance(position, dict) or "id" not in position:
            continue
        qualifiers = claim.get("qualifiers", {})
        since, until = (
            next((iso_day(value(snak)) for snak in qualifiers.get(prop, ())), "")
            for prop in (START, END)
        )
        yield Held(str(position["id"]), since, until)


def import_wikidata(path: Path, folder: Path, lexicon: Lexicon) -> Imported:
    """People and tenures of a dump as ``people.tsv`` and ``tenures.tsv``.

    A tenure is written when the position's label names an office we know and its country is
    known. Others are reported once for each position.

    Raises:
        InputError: the dump cannot be read or is damaged.
    """
    reports: list[Report] = []
    humans: list[Human] = []
    positions: dict[str, Position] = {}
    lines = {"items": 0, "people": 0, "tenures": 0, "reported": 0}
    for number, item in items(path, reports):
        lines["items"] += 1
        held = tuple(positions_held(item))
        if held and first_item(item, INSTANCE_OF) == HUMAN and label(item):
            aliases = tuple(str(alias["value"]) for alias in item.get("aliases", {}).get("en", ()))
            country = first_item(item, CITIZENSHIP)
            humans.append(Human(str(item.get("id")), label(item), aliases, country, held, number))
        elif label(item):
            iso3 = next((value(claim["mainsnak"]) for claim in claims(item, ISO3)), "") or ""
            country = first_item(item, JURISDICTION, COUNTRY)
            positions[str(item.get("id"))] = Position(label(item), country, str(iso3))
    people, tenures = rows_of(humans, positions, lexicon, path.name, reports)
    lines |= {"people": len(people), "tenures": len(tenures), "reported": len(reports)}
    comment = f"Imported from {path.name}"
    written = {
        "people": write_table(folder, "people", people, comment),
        "tenures": write_table(folder, "tenures", tenures, comment),
    }
    return Imported(folder, written, lines, tuple(reports))


def rows_of(
    humans: list[Human],
    positions: dict[str, Position],
    lexicon: Lexicon,
    file: str,
    reports: list[Report],
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Rows for ``people`` and ``tenures``; positions that name no office are reported once."""
    people: list[dict[str, object]] = []
    tenures: list[dict[str, object]] = []
    unknown: set[str] = set()
    used: set[str] = set()
    for human in humans:
        key = slug(human.name) or human.item.lower()
        key = f"{key}.{human.item.lower()}" if key in used else key
        mine: list[dict[str, object]] = []
        for held in human.held:
            country, offices, reason = office_of(held.position, positions, lexicon)
            if reason and held.position not in unknown:
                unknown.add(held.position)
                shown = positions[held.position].label if held.position in positions else ""
                reports.append(Report(file, human.line, f"{held.position} {shown}", reason))
            if not reason:
                row: dict[str, object] = {"person": key, "country": country, "office": offices}
                mine.append({**row, "from": held.since, "to": held.until, "note": held.position})
        if mine:
            used.add(key)
            home = positions.get(human.country)
            known = home is not None and home.iso3 in lexicon.country_codes
            nation = home.iso3 if home and known else mine[0]["country"]
            people.append(
                {
                    "id": key,
                    "name": human.name,
                    "country": nation,
                    "aliases": human.aliases,
                    "note": human.item,
                }
            )
            tenures.extend(mine)
    return people, tenures


def office_of(
    position: str, positions: dict[str, Position], lexicon: Lexicon
) -> tuple[str, tuple[str, ...], str]:
    """Country and offices of a position, and why not where there are none."""
    known = positions.get(position)
    if known is None:
        return "", (), "the dump does not describe this position"
    home = positions.get(known.country)
    country = home.iso3 if home else ""
    title, _, place = known.label.partition(" of ")
    while not country and place:  # "Minister of Foreign Affairs of Sweden" names its country
        found = [entry for entry in lexicon.find(place) if entry.kind == "state"]
        country = found[0].country if found else ""
        more, _, place = place.partition(" of ")
        title = title if country else f"{title} of {more}"
    if country not in lexicon.country_codes:
        return "", (), "the position's country is not known"
    wordings = [title, known.label]
    parts = known.label.split(" of ")
    wordings += [" of ".join(parts[:size]) for size in range(len(parts) - 1, 0, -1)]
    for wording in wordings:
        offices = lexicon.office_of_title(wording, country)
        if offices:
            return country, offices, ""
    return "", (), "no office has this title; add it to offices.tsv or country_offices.tsv"
