"""ICEWS coded event data as published on Dataverse (doi:10.7910/DVN/28075): tab-separated, header, 20 columns.

The set is dyadic: an event with several actors or recipients is one row for each pair.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any

from dragoman.exports import countries
from dragoman.exports.cells import joined
from dragoman.exports.told import Told
from dragoman.model import Participant

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


@lru_cache(maxsize=1)
def cameo_names() -> dict[str, str]:
    """CAMEO code → its name, from the ontology's table."""
    folder = resources.files("dragoman.ontology") / "plover" / "cameo.tsv"
    lines = [
        line for line in folder.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
    ]
    columns = lines[0].split("\t")
    rows = [dict(zip(columns, line.split("\t"), strict=False)) for line in lines[1:]]
    return {row["code"]: row.get("name", "") for row in rows}


def rows(item: Told) -> list[dict[str, Any]]:
    """One row for each actor–recipient pair."""
    event, story, place = item.event, item.story, item.event.place
    common = {
        "Event ID": item.number, "Event Date": item.first,
        "Event Text": cameo_names().get(event.cameo) or event.type.capitalize(),
        "CAMEO Code": event.cameo, "Intensity": event.score if event.goldstein is None else event.goldstein,
        "Story ID": int(story.id[:12], 16) if story and _hexadecimal(story.id) else None,
        "Sentence Number": item.sentence_number, "Publisher": story.publisher if story else None,
        "City": place.name if place else None,
        "Country": countries.name(place.country) if place else None,
        "Latitude": place.lat if place else None, "Longitude": place.lon if place else None,
    }  # fmt: skip
    return [common | _side("Source", one) | _side("Target", two) for one, two in item.pairs()]


def _side(role: str, party: Participant | None) -> dict[str, Any]:
    if party is None:
        return {}
    return {f"{role} Name": party.name, f"{role} Sectors": joined(party.sectors, ","),
            f"{role} Country": countries.name(party.country)}  # fmt: skip


def _hexadecimal(text: str) -> bool:
    return len(text) >= 12 and all(c in "0123456789abcdef" for c in text[:12])
