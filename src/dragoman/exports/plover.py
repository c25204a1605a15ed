"""PLOVER JSON, one event a line, with the field names of the manual's chapter on data fields (0.8, 2021).

Fields of ours beside them: ``cameo``, ``aux``, ``size``, ``said_by``, ``confidence``, ``rule``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from dragoman.errors import UsageError
from dragoman.exports import countries
from dragoman.exports.told import Told, told
from dragoman.model import Participant, Record
from dragoman.version import __version__


def write_events(items: Iterable[Any], stream: IO[str]) -> int:
    """Write PLOVER JSON; how many events there were."""
    count = 0
    for item in told(items):
        stream.write(_line(plover(item)))
        count += 1
    return count


def write_records(items: Iterable[Any], stream: IO[str]) -> int:
    """Write whole records; how many there were.

    Raises:
        UsageError: an item is a bare event.
    """
    count = 0
    for item in items:
        if not isinstance(item, Record):
            raise UsageError("the format record needs records, not bare events")
        stream.write(_line(item.to_dict()))
        count += 1
    return count


def _line(data: dict[str, Any]) -> str:
    """One line of JSON that any UTF-8 stream takes: lone surrogates stay escaped."""
    text = json.dumps(data, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(data)
    return text + "\n"


def plover(item: Told) -> dict[str, Any]:
    """The event as PLOVER JSON."""
    event, story, place = item.event, item.story, item.event.place
    location = None
    if place:
        location = {
            "extracted_place": place.text, "resolved_place": place.name, "lat": place.lat, "lon": place.lon,
            "country": countries.name(place.country) or None, "country_code": place.country,
        }  # fmt: skip
    counts = event.counts.to_dict() if event.counts else {}
    return {
        "id": item.key, "date": item.first.isoformat() if item.first else None,
        "enddate": item.last.isoformat() if item.last else None,
        "actor": [_entity(item, party) for party in event.actors],
        "recipient": [_entity(item, party) for party in event.recipients],
        "event": [event.type], "event_loc": location, "event_text": [item.trigger] if story else [],
        "quad_code": event.quad, "event_scale": event.score,
        "mode": [event.mode] if event.mode else [], "context": list(event.contexts),
        "text": item.sentence or None,
        "text_info": {"sequence": item.sentence_number, "start": event.sentence.start, "end": event.sentence.end},
        "cite_info": {
            "url": story.url, "title": story.title, "language": story.language, "publication": story.publisher,
            "citation": story.id, "published": story.published, "coder": f"dragoman {__version__}",
            "codebook": "PLOVER 0.8",
        } if story else None,
        "coder": event.coded_by.coder, "cameo": event.cameo, "aux": list(event.aux),
        "size": {name: {"low": count["low"], "high": count["high"]} for name, count in counts.items() if count},
        "said_by": item.said_by, "confidence": event.confidence,
        "rule": event.coded_by.rule or event.coded_by.model,
    }  # fmt: skip


def _entity(item: Told, party: Participant) -> dict[str, Any]:
    return {"code": party.country, "sector": "".join(party.sectors), "entity_text": item.words(party.start, party.end) or party.name,
            "identifier_id": party.entity, "identifier_text": party.name}  # fmt: skip
