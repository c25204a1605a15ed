"""A story's record as rows of the ledger's tables: pure, and the same for the same record."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, date, datetime, time
from typing import Any

from dragoman.ledger import days, signs, tellings, words
from dragoman.model import Claim, Commitment, Count, Event, Participant, Record, content_id

# ids made from the words of one story: who they are elsewhere is not known
_PASSING = ("unnamed:", "person:", "place:")

Rows = dict[str, list[dict[str, Any]]]

# Commitments that can be agreements of their own; the status each gives the agreement.
_AGREEMENT_SIGN = {
    "agreed": "agreed", "in-force": "in-force", "violated": "violated", "met": "held",
    "lapsed": "over", "withdrawn": "over", "refused": "over", "disputed": "violated",
}  # fmt: skip


def key(*parts: str) -> int:
    """A 64-bit key made of the parts."""
    return int(content_id(*parts), 16)


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


def safe(text: str | None) -> str | None:
    """Text that the database takes: lone surrogates become U+FFFD."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")


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
    made["claim_rows"] = [_claim_row(record, item, day, names) | common for item in record.claims]
    made["commitment_rows"] = [
        _commitment_row(record, item, day, names) | common
        for item in record.commitments
        if item.kind != "agreement"
    ]
    made["agreement_rows"] = [row | common for row in _agreement_rows(record, day)]
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
        "dated": first is not None,
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
    }  # fmt: skip
    for name in ("dead", "injured", "arrested", "size"):
        count: Count | None = getattr(event.counts, name) if event.counts else None
        row[f"{name}_low"] = count.low if count else None
        row[f"{name}_high"] = count.high if count else None
    return row


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
    """The one country of a side, ``*`` when there are several or one is not known: it may be any."""
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
    }  # fmt: skip


def countries_of(record: Record, ids: tuple[str, ...] | list[str]) -> list[str]:
    """Countries of entities (their ids where they have none), collectives spread, in order."""
    found: list[str] = []
    for item in ids:
        entity = record.entity(item)
        if entity and entity.members:
            found.extend(countries_of(record, [m for m in entity.members if m != item]))
        else:
            found.append(entity.country if entity and entity.country else item)
    return list(dict.fromkeys(found))


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


def _agreement_rows(record: Record, day: date) -> list[dict[str, Any]]:
    """Signs found in the sentences, and the coder's own commitments of kind agreement."""
    found = signs.find_signs(record, day)
    frequent = _frequent_countries(record)
    rows = [_sign_row(record, item, day, frequent) for item in found if item.sign != "proposed"]
    for item in record.commitments:
        if item.kind == "agreement" and not any(
            sign.start < item.end and item.start < sign.end for sign in found
        ):
            rows.append(_coded_agreement_row(record, item, day, frequent))
    return [row for row in rows if _is_agreement(row)]


def _is_agreement(row: dict[str, Any]) -> bool:
    """Whether it can be known again: by a name, a year or a day, or by two parties that have names."""
    row["party_countries"] = [
        item for item in row["party_countries"] if not item.startswith(_PASSING)
    ]
    row["keys"] = agreement_keys(row["term"], row["name"], row["party_countries"])
    named = row["name"] or row["name_year"] or row["name_day"]
    return bool(named) or len(row["party_countries"]) >= 2


def _frequent_countries(record: Record) -> list[str]:
    """The two countries (or groups) most mentioned as sides, by mentions and then by name."""
    times: dict[str, int] = {}
    for entity in record.entities:
        if signs._is_party(entity):
            times[entity.country] = times.get(entity.country, 0) + len(entity.mentions)
    return sorted(times, key=lambda item: (-times[item], item))[:2]


def _sign_row(record: Record, sign: signs.Sign, day: date, frequent: list[str]) -> dict[str, Any]:
    parties = [item for item in sign.parties if item != sign.reporter]
    countries = countries_of(record, parties)
    if len(countries) < 2:
        countries = frequent
    happened = sign.day or day
    return {
        "item": key(record.story.id, "sign", str(sign.start)),
        "keys": agreement_keys(sign.term, sign.name, countries), "day": happened,
        "sign": sign.sign, "term": sign.term, "name": safe(sign.name), "name_day": sign.name_day,
        "name_year": sign.name_year, "party_ids": parties, "party_countries": sorted(set(countries)),
        "reporter": sign.reporter,
        "reporter_country": countries_of(record, [sign.reporter])[0] if sign.reporter else None,
        "sides": countries_of(record, sign.sides), "count": sign.count,
        "previous": sign.previous, "comparison": safe(sign.comparison), "until": sign.until,
        "scope": safe(sign.scope), "text": safe(sign.text), "statement": sign.statement,
        "start_offset": sign.start, "end_offset": sign.end,
    }  # fmt: skip


def _coded_agreement_row(
    record: Record, item: Commitment, day: date, frequent: list[str]
) -> dict[str, Any]:
    """An agreement that the coder found where no pattern of ours did."""
    ids = item.parties or (*item.by, *item.to)
    countries = countries_of(record, ids)
    if len(countries) < 2:
        countries = list(dict.fromkeys([*countries, *frequent]))[:2]
    shown = f"{item.name or ''} {item.text}"
    term = next((name for name, pattern in signs.terms() if pattern.search(shown)), "agreement")
    name, year = _plain_name(item.name)
    until = days.parse_day(item.due.end) if item.due else None
    return {
        "item": key(record.story.id, "commitment", item.id),
        "keys": agreement_keys(term, name, countries), "day": day,
        "sign": _AGREEMENT_SIGN.get(item.status, "agreed"), "term": term, "name": safe(name),
        "name_day": None, "name_year": year, "party_ids": list(ids),
        "party_countries": sorted(set(countries)), "reporter": None, "reporter_country": None, "sides": [],
        "until": until if until and until > day else None, "text": safe(item.text),
        "start_offset": item.start, "end_offset": item.end,
    }  # fmt: skip


def _plain_name(name: str | None) -> tuple[str | None, int | None]:
    """ "2015 agreement" → (None, 2015); "Minsk agreement" → ("minsk", None)."""
    kept = [
        item
        for item in words.words(name or "")
        if item not in ("the", "peace", "ceasefire")
        and not any(p.fullmatch(item) for _, p in signs.terms())
    ]
    years = [int(item) for item in kept if item.isdigit() and len(item) == 4]
    return " ".join(item for item in kept if not item.isdigit()) or None, years[
        0
    ] if years else None


def agreement_keys(term: str, name: str | None, countries: list[str]) -> list[int]:
    """What two mentions of an agreement must share to be compared: the name, or the parties."""
    keys = {key("name", name)} if name else set()
    if countries:
        keys.add(key("parties", *sorted(set(countries))))
    else:
        keys.add(key("term", term))
    return sorted(keys)


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
