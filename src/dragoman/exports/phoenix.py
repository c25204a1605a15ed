"""Phoenix as the Open Event Data Alliance published it: tab-separated, no header, 26 columns; dyadic."""

from __future__ import annotations

from typing import Any

from dragoman.exports.cameo import penta_class
from dragoman.exports.cameo_actors import cameo_actor, parts
from dragoman.exports.cells import joined
from dragoman.exports.told import Told
from dragoman.model import Participant

COLUMNS = (
    "EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity", "SourceActorRole",
    "SourceActorAttribute", "TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute",
    "EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues", "Lat", "Lon", "LocationName",
    "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources",
)  # fmt: skip
# roles that have a column of their own; every other is an attribute (the Phoenix pipeline's list)
_ROLES = frozenset(
    ("GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL")
)
_FAMILIES = ("IGO", "NGO", "NGM", "IMG", "MNC")  # stand where a country stands


def rows(item: Told) -> list[dict[str, Any]]:
    """One row for each actor–recipient pair."""
    event, story, place, day = item.event, item.story, item.event.place, item.first
    stamp = f"{day:%Y%m%d}" if day else "00000000"
    common = {
        "Date": stamp if day else None, "Year": day.year if day else None,
        "Month": day.month if day else None, "Day": day.day if day else None,
        "EventCode": item.cameo, "EventRootCode": item.cameo[:2],
        "PentaClass": penta_class(item.cameo, event.quad), "GoldsteinScore": item.goldstein,
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
    """Columns of one side, cut from its code as the Phoenix pipeline cuts it."""
    if party is None:
        return {}
    actor = cameo_actor(party)
    first, *others = parts(actor.code) or [""]
    if first != actor.country and first not in _FAMILIES:
        first, others = "", [first, *others]
    main = others.pop(0) if others and others[0] in _ROLES else None
    return {
        f"{role}ActorFull": actor.code, f"{role}ActorEntity": first,
        f"{role}ActorRole": main, f"{role}ActorAttribute": joined(others),
    }  # fmt: skip
