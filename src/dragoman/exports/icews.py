"""ICEWS coded event data as published on Dataverse (doi:10.7910/DVN/28075): tab-separated, header, 20 columns.

The set is dyadic: an event with several actors or recipients is one row for each pair.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from dragoman.exports import countries
from dragoman.exports.cameo import rows_of, scheme
from dragoman.exports.cameo_actors import internationals, roles
from dragoman.exports.cells import joined
from dragoman.exports.told import Told
from dragoman.model import Participant

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    """Countries that ICEWS writes otherwise than our table."""
    return {
        row["country"]: row["name"] for row in rows_of("icews_countries.tsv", "country", "name")
    }


def country_name(code: str | None) -> str:
    """The country as ICEWS writes it; empty for international actors."""
    if not code or code in internationals():
        return ""
    return _country_names().get(code) or countries.name(code)


def event_text(code: str, otherwise: str) -> str:
    """ICEWS's words for a CAMEO code; ``otherwise`` for a code that the scheme does not know."""
    row = scheme().cameo_rows.get(code)
    return row.name if row and row.name else otherwise


def rows(item: Told) -> list[dict[str, Any]]:
    """One row for each actor–recipient pair."""
    event, story, place = item.event, item.story, item.event.place
    common = {
        "Event Date": item.first, "Event Text": event_text(item.cameo, event.type.capitalize()),
        "CAMEO Code": item.cameo, "Intensity": item.goldstein,
        "Story ID": int(story.id[:12], 16) if story and _hexadecimal(story.id) else None,
        "Sentence Number": item.sentence_number, "Publisher": story.publisher if story else None,
        "City": place.name if place else None,
        "Country": country_name(place.country) if place else None,
        "Latitude": place.lat if place else None, "Longitude": place.lon if place else None,
    }  # fmt: skip
    return item.pair_rows(common, "Event ID", ("Source", "Target"), _side)


def _side(role: str, party: Participant | None) -> dict[str, Any]:
    """Columns of one side; sectors by name."""
    if party is None:
        return {}
    body = internationals().get(party.country)
    sectors = (
        *party.sectors,
        *(body.types[:1] if body else ()),
    )  # IGO and NGO are sectors in ICEWS
    named = [roles()[sector].icews for sector in sectors if sector in roles()]
    country = country_name(party.country)
    name = country if party.name == countries.name(party.country) else party.name
    return {f"{role} Name": name, f"{role} Sectors": joined(dict.fromkeys(named), ","), f"{role} Country": country}  # fmt: skip


def _hexadecimal(text: str) -> bool:
    return len(text) >= 12 and all(c in "0123456789abcdef" for c in text[:12])
