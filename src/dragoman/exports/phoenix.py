"""Phoenix as the Open Event Data Alliance published it: tab-separated, no header, 26 columns; dyadic."""

from __future__ import annotations

from typing import Any

from dragoman.exports.cells import joined
from dragoman.exports.told import Told
from dragoman.model import Participant

COLUMNS = (
    "EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity", "SourceActorRole",
    "SourceActorAttribute", "TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute",
    "EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues", "Lat", "Lon", "LocationName",
    "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources",
)  # fmt: skip
_NEUTRAL = ("01", "02")  # statements and appeals are class 0 of five


def rows(item: Told) -> list[dict[str, Any]]:
    """One row for each actor–recipient pair."""
    event, story, place, day = item.event, item.story, item.event.place, item.first
    stamp = f"{day:%Y%m%d}" if day else "00000000"
    common = {
        "Date": stamp if day else None, "Year": day.year if day else None,
        "Month": day.month if day else None, "Day": day.day if day else None,
        "EventCode": event.cameo, "EventRootCode": event.cameo[:2],
        "PentaClass": 0 if event.cameo[:2] in _NEUTRAL else event.quad,
        "GoldsteinScore": event.score if event.goldstein is None else event.goldstein,
        "Issues": joined((f"{context.upper()},1" for context in event.contexts), ";"),
        "Lat": place.lat if place else None, "Lon": place.lon if place else None,
        "LocationName": place.name if place else None,
        "CountryCode": place.country if place else None,
        "SentenceID": f"{story.id}_{item.sentence_number}" if story else None,
        "URLs": (story.url or story.source) if story else None,
        "NewsSources": story.publisher if story else None,
    }  # fmt: skip
    return [
        {
            "EventID": f"{stamp}_{item.key}_{number}",
            **common,
            **_side("Source", one),
            **_side("Target", two),
        }
        for number, (one, two) in enumerate(item.pairs(), 1)
    ]


def _side(role: str, party: Participant | None) -> dict[str, Any]:
    if party is None:
        return {}
    return {
        f"{role}ActorFull": party.code or party.country, f"{role}ActorEntity": party.country,
        f"{role}ActorRole": party.sectors[0] if party.sectors else None,
        f"{role}ActorAttribute": joined(party.sectors[1:]),
    }  # fmt: skip
