"""GDELT 2.0 event (61 columns) and mention (16) tables, by its codebook of 19 February 2015.

Tab-separated, no header, no quoting; dyadic. Columns that GDELT fills from resources of its own
(ethnic codes, tone, features) are empty.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from dragoman.exports import countries
from dragoman.exports.cameo import quad_class
from dragoman.exports.cameo_actors import cameo_actor
from dragoman.exports.told import Told
from dragoman.model import Participant, Place

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
          "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO), *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION_COLUMNS = (
    "GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
    "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip


def rows(item: Told) -> list[dict[str, Any]]:
    """One row for each actor–recipient pair."""
    event, day = item.event, item.first
    common = {
        **_dates(day), "IsRootEvent": int(item.sentence_number <= 2), "EventCode": item.cameo,
        "EventBaseCode": item.cameo[:3], "EventRootCode": item.cameo[:2],
        "QuadClass": quad_class(item.cameo, event.quad),
        "GoldsteinScale": item.goldstein,
        "NumMentions": 1, "NumSources": 1, "NumArticles": 1, **_geo("ActionGeo", event.place),
        "DATEADDED": _stamp(item.published or day),
        "SOURCEURL": (item.story.url or item.story.source) if item.story else None,
    }  # fmt: skip
    return item.pair_rows(common, "GlobalEventID", ("Actor1", "Actor2"), _actor)


def mentions(item: Told) -> list[dict[str, Any]]:
    """One row for each pair: where the event was told."""
    event, story = item.event, item.story
    address = (story.url or story.source) if story else None
    host = urlsplit(address).hostname if address else None
    return [
        {
            "GlobalEventID": item.pair_number(one, two), "EventTimeDate": _stamp(item.published or item.first),
            "MentionTimeDate": _stamp(item.published or item.first),
            "MentionType": 1 if host else 2, "MentionSourceName": host or (story.publisher if story else None),
            "MentionIdentifier": address, "SentenceID": item.sentence_number,
            "Actor1CharOffset": _offset(one), "Actor2CharOffset": _offset(two),
            "ActionCharOffset": event.trigger.start, "InRawText": 1,
            "Confidence": max(10, min(100, round(event.confidence * 10) * 10)),
            "MentionDocLen": len(story.text) if story else None,
        }
        for one, two in item.pairs()
    ]  # fmt: skip


def _dates(day: date | None) -> dict[str, Any]:
    if day is None:
        return {}
    # the codebook's own formula, which would run over the year in its last days
    fraction = day.year + min((day.month * 30 + day.day) / 365, 0.9999)
    return {
        "Day": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": f"{day:%Y}",
        "FractionDate": f"{fraction:.4f}",
    }


def _stamp(day: date | None) -> str | None:
    return f"{day:%Y%m%d}000000" if day else None


def _offset(party: Participant | None) -> int:
    return party.start if party and party.start is not None else -1


def _actor(role: str, party: Participant | None) -> dict[str, Any]:
    """Columns of one side: an international actor has a known group and no country."""
    if party is None:
        return {}
    actor = cameo_actor(party)
    row = {
        f"{role}Code": actor.code, f"{role}Name": party.name.upper(), f"{role}CountryCode": actor.country,
        f"{role}KnownGroupCode": actor.group,
    }  # fmt: skip
    row |= {f"{role}Religion{place}Code": held for place, held in enumerate(actor.religions[:2], 1)}
    return row | {f"{role}Type{place}Code": held for place, held in enumerate(actor.types[:3], 1)}


def _geo(role: str, place: Place | None) -> dict[str, Any]:
    """Type 1 is a country, 4 a place in the world, 0 nothing."""
    if place is None:
        return {f"{role}_Type": 0}
    country = countries.name(place.country)
    whole = country == place.name
    return {
        f"{role}_Type": 1 if whole else 4,
        f"{role}_Fullname": place.name if whole or not country else f"{place.name}, {country}",
        f"{role}_CountryCode": countries.fips(place.country), f"{role}_Lat": place.lat,
        f"{role}_Long": place.lon,
    }  # fmt: skip
