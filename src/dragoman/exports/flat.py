"""Our own flat table (format ``csv``): every event once, lists joined by semicolons."""

from __future__ import annotations

from typing import Any

from dragoman.exports import countries
from dragoman.exports.cells import joined
from dragoman.exports.told import Told
from dragoman.model import Participant

COLUMNS = (
    "story_id", "event_id", "published", "date_start", "date_end", "type", "mode", "contexts", "aux", "cameo",
    "quad", "score", "goldstein",
    "actor_names", "actor_codes", "actor_countries", "actor_cow", "actor_gw", "actor_sectors", "actor_ids",
    "recipient_names", "recipient_codes", "recipient_countries", "recipient_cow", "recipient_gw",
    "recipient_sectors", "recipient_ids",
    "place", "place_country", "lat", "lon",
    "dead_low", "dead_high", "injured_low", "injured_high", "arrested_low", "arrested_high", "size_low", "size_high",
    "said_by", "confidence", "coder", "rule", "trigger", "sentence", "trigger_start", "trigger_end",
    "publisher", "title", "url", "language", "source",
)  # fmt: skip


def rows(item: Told) -> list[dict[str, Any]]:
    """The event's one row."""
    event, story, place = item.event, item.story, item.event.place
    row: dict[str, Any] = {
        "story_id": story.id if story else None, "event_id": event.id, "published": item.published,
        "date_start": item.first, "date_end": item.last, "type": event.type, "mode": event.mode,
        "contexts": joined(event.contexts), "aux": joined(event.aux), "cameo": event.cameo,
        "quad": event.quad, "score": event.score, "goldstein": event.goldstein,
        "place": place.name if place else None, "place_country": place.country if place else None,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "said_by": joined(item.said_by), "confidence": event.confidence,
        "coder": event.coded_by.coder, "rule": event.coded_by.rule or event.coded_by.model,
        "trigger": item.trigger, "sentence": item.sentence, "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end, "publisher": story.publisher if story else None,
        "title": story.title if story else None, "url": story.url if story else None,
        "language": story.language if story else None, "source": story.source if story else None,
        **_parties("actor", event.actors), **_parties("recipient", event.recipients),
    }  # fmt: skip
    return [row | event.bounds()]


def _parties(role: str, parties: tuple[Participant, ...]) -> dict[str, str]:
    """Columns of one side. Lists keep their places: an unknown country is an empty item, so that all split alike."""
    return {
        f"{role}_names": ";".join(item.name.replace(";", ",") for item in parties),
        f"{role}_codes": ";".join(item.code or item.country for item in parties),
        f"{role}_countries": ";".join(item.country for item in parties),
        f"{role}_cow": ";".join(str(countries.cow(item.country) or "") for item in parties),
        f"{role}_gw": ";".join(str(countries.gw(item.country) or "") for item in parties),
        f"{role}_sectors": ";".join(" ".join(item.sectors) for item in parties),
        f"{role}_ids": ";".join(item.entity.replace(";", ",") for item in parties),
    }
