"""POLECAT as published on Dataverse (doi:10.7910/DVN/AJGVIT): tab-separated, one header row, 40 columns.

Missing values are the word None; several values are parted by "; ". What Dragoman does not know
(Wikipedia ids, titles, GeoNames ids) is None.
"""

from __future__ import annotations

from typing import Any

from dragoman.exports import countries
from dragoman.exports.cells import joined
from dragoman.exports.told import Told
from dragoman.model import Participant
from dragoman.version import __version__

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations",
    "Story Locations", "Language", "Version",
)  # fmt: skip
QUADS = {
    1: "VERBAL COOPERATION",
    2: "MATERIAL COOPERATION",
    3: "VERBAL CONFLICT",
    4: "MATERIAL CONFLICT",
}
LANGUAGES = {"en": "English"}


def rows(item: Told) -> list[dict[str, Any]]:
    """The event's one row: compound actors share it."""
    event, story, place = item.event, item.story, item.event.place
    names = item.record.entities if item.record else ()
    row: dict[str, Any] = {
        "Event ID": item.key, "Event Date": item.first, "Event Type": event.type,
        "Event Mode": event.mode, "Intensity": event.score, "Quad Code": QUADS.get(event.quad),
        "Contexts": _several(event.contexts), "Placename": place.name if place else None,
        "Country": countries.name(place.country) if place else None,
        "Latitude": place.lat if place else None, "Longitude": place.lon if place else None,
        "Raw Placename": place.text if place else None, "Source": story.publisher if story else None,
        "Publication Date": item.published,
        "Story People": _several(e.name for e in names if e.kind == "person"),
        "Story Organizations": _several(e.name for e in names if e.kind in ("organisation", "group")),
        "Story Locations": _several(e.name for e in names if e.kind in ("state", "place")),
        "Language": LANGUAGES.get(story.language, story.language) if story else None,
        "Version": f"dragoman {__version__}",
        **_side(item, "Actor", event.actors), **_side(item, "Recipient", event.recipients),
    }  # fmt: skip
    return [{name: "None" if row.get(name) in (None, "") else row[name] for name in COLUMNS}]


def _side(item: Told, role: str, parties: tuple[Participant, ...]) -> dict[str, Any]:
    sectors = list(dict.fromkeys(sector for party in parties for sector in party.sectors))
    return {
        f"{role} Name": _several(party.name for party in parties),
        f"{role} Country": _several(party.country for party in parties),
        f"{role} COW": _several(countries.cow(party.country) for party in parties),
        f"Primary {role} Sector": sectors[0] if sectors else None,
        f"{role} Sectors": _several(sectors),
        f"{role} Name Raw": _several(item.words(party.start, party.end) for party in parties),
    }


def _several(values: Any) -> str:
    return joined(dict.fromkeys(values), "; ")
