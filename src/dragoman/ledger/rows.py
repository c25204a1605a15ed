"""A story's record as rows of the ledger's tables: pure, and the same for the same record."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, date, datetime, time
from typing import Any

from dragoman.ledger import days, tellings, words
from dragoman.ledger.agreement_rows import agreement_keys, agreement_rows, as_promise
from dragoman.ledger.row_parts import countries_of, is_bare_people, key, safe
from dragoman.model import Claim, Commitment, Event, Participant, Record, content_id

__all__ = ["agreement_keys", "key", "moment", "rows_of", "run_id"]

Rows = dict[str, list[dict[str, Any]]]


def run_id(record: Record) -> str:
    """The key of the coder's run."""
    return content_id(json.dumps(record.run.to_dict(), sort_keys=True))


def moment(recorded: str | datetime | date | None) -> datetime:
    """A record time in UTC without zone, to the microsecond; None is now, a day is its midnight.

    Raises:
        ValueError: a text is no ISO day or time.
    """
    if recorded is None:
        return datetime.now(UTC).replace(tzinfo=None)
    if isinstance(recorded, str):
        recorded = datetime.fromisoformat(recorded)
    if not isinstance(recorded, datetime):
        return datetime.combine(recorded, time())
    return recorded.astimezone(UTC).replace(tzinfo=None) if recorded.tzinfo else recorded


def packed(record: Record) -> bytes:
    """The whole record, compressed; the story's text stays in its own column."""
    data = record.to_dict()
    data["story"].pop("text")
    return zlib.compress(json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"), 6)


def unpacked(blob: bytes, text: str) -> Record:
    """The record that ``packed`` made."""
    data = json.loads(zlib.decompress(blob).decode("utf-8", "surrogatepass"))
    data["story"]["text"] = text
    return Record.from_dict(data)


def rows_of(record: Record, recorded: datetime) -> Rows:
    """All rows of a story: what it says, word for word, and nothing derived over stories."""
    story = record.story
    published = days.parse_day(story.published)
    day = published or recorded.date()
    common = {"story_id": story.id, "recorded": recorded}
    names = _party_words(record)
    made: Rows = {"story_rows": [_story_row(record, recorded, published, day)]}
    made["report_rows"] = [
        _report_row(record, item, day, published, recorded, names) for item in record.events
    ]
    made["statement_rows"] = [
        common | _statement_row(record, item) | {"day": day} for item in record.statements
    ]
    made["entity_rows"] = [
        common | {
            "day": day, "entity_id": item.id, "name": item.name, "country": item.country,
            "sectors": list(item.sectors), "code": item.code, "kind": item.kind,
            "mentions": len(item.mentions),
        }
        for item in record.entities
    ]  # fmt: skip
    claims = [_claim_row(record, item, day, names) | common for item in record.claims]
    made["claim_rows"] = [row for row in claims if row["meaning"]]  # "that" says nothing to anybody
    made["commitment_rows"] = [
        _commitment_row(record, item, day, names) | common
        for item in map(as_promise, record.commitments)
        if item.kind != "agreement"
        and words.stems(item.text)  # "it" can be neither met nor known again
    ]
    made["agreement_rows"] = [row | common for row in agreement_rows(record, day)]
    made["word_rows"] = _word_rows(record)
    return made


def _story_row(
    record: Record, recorded: datetime, published: date | None, day: date
) -> dict[str, Any]:
    story = record.story
    title = f"{story.publisher}\0{' '.join(words.words(story.title))}" if story.title else None
    return {
        "story_hash": key(story.id), "url_hash": key("url", story.url) if story.url else None,
        "title_hash": key("title", title) if title and story.publisher else None,
        "story_id": story.id, "run_id": run_id(record), "day": day, "published": published,
        "published_basis": story.published_basis, "publisher": safe(story.publisher),
        "source": safe(story.source), "url": safe(story.url), "title": safe(story.title),
        "language": story.language, "credits": [safe(item) for item in story.credits],
        "notes": json.dumps([item.to_dict() for item in story.notes], ensure_ascii=True),
        "text": safe(story.text), "bands": tellings.bands(story.text), "record": packed(record),
        "recorded": recorded,
    }  # fmt: skip


def _report_row(
    record: Record,
    event: Event,
    day: date,
    published: date | None,
    recorded: datetime,
    names: frozenset[str],
) -> dict[str, Any]:
    story = record.story
    first = days.parse_day(event.date.start) if event.date else None
    last = days.parse_day(event.date.end) if event.date else None
    place = event.place
    row: dict[str, Any] = {
        "report": key(story.id, event.id), "merge_key": key(event.type, aux_class(event.aux)),
        "actor_side": _side(event.actors), "recipient_side": _side(event.recipients),
        "day": first or day, "day_end": max(last or first or day, first or day),
        "dated": first is not None, "day_told": bool(event.date and event.date.text), "told": day,
        "published": published, "story_id": story.id, "story_event": event.id, "type": event.type,
        "mode": event.mode, "contexts": list(event.contexts), "aux": list(event.aux),
        "cameo": event.cameo, "quad": event.quad, "score": event.score,
        "goldstein": event.goldstein, **_party_columns("actor", event.actors),
        **_party_columns("recipient", event.recipients),
        "place": safe(place.name) if place else None,
        "place_country": place.country if place else None,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "trigger_start": event.trigger.start, "trigger_end": event.trigger.end,
        "sentence_start": event.sentence.start, "sentence_end": event.sentence.end,
        "attribution": list(event.attribution), "said_by": said_by(record, event.attribution),
        "confidence": event.confidence, "coder": event.coded_by.coder,
        "rule": event.coded_by.rule or event.coded_by.model,
        "meaning": meaning_of(record, event.sentence.start, event.sentence.end, names),
        "publisher": safe(story.publisher), "recorded": recorded,
        "joint": _is_joint(record, event),
    }  # fmt: skip
    return row | event.bounds()


def _is_joint(record: Record, event: Event) -> bool:
    """Whether several did it with or to each other and nobody else is told, so that each is also a recipient."""
    from dragoman.exports import cameo
    from dragoman.exports.told import Told

    if event.recipients or len(event.actors) < 2:
        return False
    told = Told(event, record)
    return cameo.is_joint(event, told.cameo, told.sentence)


def meaning_of(record: Record, start: int, end: int, names: frozenset[str]) -> list[int]:
    """Stems of a stretch of the story, without the names of those who can act.

    Who acts is compared by itself; "Peru" and "Ecuador" in both would make any two sentences alike.
    """
    return words.meaning(_without(record.story.text[start:end], names))


def _party_words(record: Record) -> frozenset[str]:
    text = record.story.text
    return frozenset(
        word
        for entity in record.entities
        if entity.kind != "place" and entity.country
        for mention in entity.mentions
        for word in words.words(text[mention.start : mention.end])
        if text[mention.start].isupper()
    )


def _without(text: str, names: frozenset[str]) -> str:
    return " ".join(item for item in words.words(text) if item not in names)


def _side(parties: tuple[Participant, ...]) -> str:
    """The one country of a side, ``*`` when there are several or one is not known: it may be any, and so may that of
    "seven people", which no word tells."""
    if parties and all(is_bare_people(item.entity) for item in parties):
        return "*"
    countries = {item.country for item in parties}
    only = countries.pop() if len(countries) == 1 else ""
    return only or "*"


def _party_columns(role: str, parties: tuple[Participant, ...]) -> dict[str, Any]:
    """Four lists of equal length: ids, names, countries ("" unknown), codes."""
    return {
        f"{role}s": [item.entity for item in parties],
        f"{role}_names": [safe(item.name) for item in parties],
        f"{role}_countries": [item.country for item in parties],
        f"{role}_codes": [item.code or item.country for item in parties],
    }


def aux_class(aux: tuple[str, ...] | list[str]) -> str:
    """Events that happened, did not happen, may happen and happened long ago never merge."""
    if "negation" in aux:
        return "not"
    if "future" in aux or "hypothetical" in aux:
        return "may"
    return "past" if "historical" in aux else "did"


def said_by(record: Record, attribution: tuple[str, ...]) -> list[str]:
    """Entity ids of the sources of the statements round an event, outermost first."""
    sources = {item.id: item.source for item in record.statements}
    found = [
        source.entity for item in attribution if (source := sources.get(item)) and source.entity
    ]
    return list(dict.fromkeys(found))


def _statement_row(record: Record, item: Any) -> dict[str, Any]:
    text = record.story.text
    return {
        "statement": item.id, "kind": item.kind, "act": item.act,
        "source": item.source.entity if item.source else None,
        "source_text": safe(item.source.text) if item.source else None,
        "anonymous": bool(item.source and item.source.anonymous), "addressee": item.addressee,
        "parent": item.parent, "hedged": item.hedged,
        "content": safe(" … ".join(text[piece.start : piece.end] for piece in item.content)),
        "start_offset": item.content[0].start if item.content else None,
        "end_offset": item.content[-1].end if item.content else None,
    }  # fmt: skip


def _claim_row(record: Record, claim: Claim, day: date, names: frozenset[str]) -> dict[str, Any]:
    event = next((item for item in record.events if item.id == claim.event), None)
    meaning = words.meaning(_without(claim.text, names))
    keys = {key("word", str(item)) for item in meaning}
    return {
        "item": key(record.story.id, "claim", claim.id), "keys": sorted(keys), "day": day,
        "story_claim": claim.id, "text": safe(claim.text),
        "report": key(record.story.id, event.id) if event else None,
        "asserted_by": list(claim.asserted_by), "denied_by": list(claim.denied_by),
        "reported_by": list(claim.reported_by), "statements": list(claim.statements),
        "start_offset": claim.start, "end_offset": claim.end, "meaning": meaning,
        "confidence": claim.confidence,
    }  # fmt: skip


def _commitment_row(
    record: Record, item: Commitment, day: date, names: frozenset[str]
) -> dict[str, Any]:
    by, to = countries_of(record, item.by), countries_of(record, item.to)
    parties = countries_of(record, item.parties)
    return {
        "item": key(record.story.id, "commitment", item.id),
        "keys": sorted({key("party", country) for country in [*by, *to, *parties]}), "day": day,
        "story_commitment": item.id, "kind": item.kind, "by_ids": list(item.by),
        "to_ids": list(item.to), "by_countries": by, "to_countries": to, "name": safe(item.name),
        "parties": list(item.parties), "party_countries": parties, "text": safe(item.text),
        "condition": safe(item.condition),
        "due_start": days.parse_day(item.due.start) if item.due else None,
        "due_end": days.parse_day(item.due.end) if item.due else None,
        "due_text": safe(item.due.text) if item.due else None, "status": item.status,
        "history": json.dumps([step.to_dict() for step in item.history], ensure_ascii=True),
        "start_offset": item.start, "end_offset": item.end,
        "meaning": meaning_of(record, item.start, item.end, names),
    }  # fmt: skip


def _word_rows(record: Record) -> list[dict[str, Any]]:
    """How often each stem stands in the story."""
    story = record.story
    title = story.title or ""
    whole = story.text if title and story.text.startswith(title) else f"{title}\n{story.text}"
    times: dict[int, int] = {}
    for item in words.words(whole):
        if item not in words.EMPTY:
            word = words.word_key(words.stem(item))
            times[word] = times.get(word, 0) + 1
    number = key(story.id)
    return [{"word": w, "story": number, "times": min(n, 255)} for w, n in sorted(times.items())]
