"""Events drawn from records by chance, each as the row of a sheet that a person judges."""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dragoman.exports.cells import joined
from dragoman.exports.told import Told, told
from dragoman.model import Participant, Record

Row = dict[str, Any]
QUESTIONS = {
    "event_right": "Do the words tell an event of this type, mode and kind (denied, to come …)?",
    "actors_right": "Are the actors those, and all those, who did it?",
    "recipients_right": "Are the recipients those, and all those, it was done to?",
    "date_right": "Is the day right?",
    "place_right": "Is the place right?",
    "said_by_right": "Is it right who says so?",
}
"""The columns that a person fills with yes, no or unsure, and what each asks."""
_CONTEXT = 700  # code points of the paragraph that are shown


def draw(
    records: Iterable[Record], size: int, *, by: str | None = None, seed: int = 7
) -> list[Row]:
    """Rows for a sheet: events of the records, drawn by chance, by day, story and place in the story.

    The same records and seed give the same rows, in whatever order the records come. Of a story that comes twice
    the events are drawn once.

    Args:
        size: events in all; fewer where there are fewer.
        by: None for a plain sample, "type" for as many of each type (rare types more than their share: the
            column ``stands_for`` says of how many events each row is one, and ``score`` weighs by it).
        seed: another one draws other events.
    """
    found: dict[str, list[tuple[int, str, Told]]] = {}
    seen = Counter[str]()
    for item in told(_once(records)):
        stratum = item.event.type if by == "type" else ""
        seen[stratum] += 1
        chance = int.from_bytes(hashlib.sha256(f"{seed}|{item.key}".encode()).digest()[:8], "big")
        kept = found.setdefault(stratum, [])
        entry = (
            -chance,
            item.key,
            item,
        )  # the largest chance on top of the heap, to be dropped first
        if len(kept) < size:
            heapq.heappush(kept, entry)
        else:
            heapq.heappushpop(kept, entry)
    shares = _shares({stratum: len(kept) for stratum, kept in found.items()}, size)
    drawn = [
        (item, seen[stratum] / shares[stratum])
        for stratum, kept in found.items()
        for _, _, item in heapq.nlargest(shares[stratum], kept)
    ]
    drawn.sort(key=lambda entry: _place(entry[0]))
    return [_row(number, item, weight) for number, (item, weight) in enumerate(drawn, start=1)]


def _once(records: Iterable[Record]) -> Iterator[Record]:
    """The records, of the same story the first alone."""
    known: set[str] = set()
    for record in records:
        if record.story.id not in known:
            known.add(record.story.id)
            yield record


def _place(item: Told) -> tuple[str, str, int, str]:
    """What rows are put in order by."""
    return (str(item.published or ""), item.story.id if item.story else "", item.event.sentence.start, item.event.id)  # fmt: skip


def _shares(sizes: dict[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: as many of each as it has and as there is room for."""
    shares = dict.fromkeys(sizes, 0)
    left = size
    while left > 0 and (open_ := [name for name in sorted(sizes) if shares[name] < sizes[name]]):
        for name in open_[:left]:
            more = min(max(1, left // len(open_)), sizes[name] - shares[name])
            shares[name] += more
        left = size - sum(shares.values())
    return shares


def _row(number: int, item: Told, weight: float) -> Row:
    """What a person needs to judge an event, the questions, and by what the row is known again."""
    event, story = item.event, item.story
    days = [str(day) for day in dict.fromkeys((item.first, item.last)) if day]
    return {
        "n": number,
        "sentence": _marked(item),
        "context": _context(item),
        "type": event.type,
        "mode": event.mode or "",
        "aux": joined(event.aux),
        "actors": _parties(event.actors),
        "recipients": _parties(event.recipients),
        "date": " to ".join(days) if event.date else "",
        "place": event.place.name or event.place.text if event.place else "",
        "counts": _counts(event.bounds()),
        "said_by": joined(item.said_by),
        **dict.fromkeys(QUESTIONS, ""),
        "note": "",
        "confidence": event.confidence,
        "published": story.published if story else "",
        "title": story.title if story else "",
        "publisher": story.publisher if story else "",
        "url": story.url if story else "",
        "story_id": story.id if story else "",
        "event_id": event.id,
        "rule": event.coded_by.rule or event.coded_by.model,
        "stands_for": round(weight, 4),
    }


def _marked(item: Told) -> str:
    """The event's sentence, with the words it was seen by between ‹ and ›."""
    sentence, trigger = item.event.sentence, item.event.trigger
    if not sentence.start <= trigger.start <= trigger.end <= sentence.end:
        return item.sentence
    before = item.words(sentence.start, trigger.start)
    after = item.words(trigger.end, sentence.end)
    return f"{before} ‹{item.trigger}› {after}".strip()


def _context(item: Told) -> str:
    """The paragraph of the event's sentence, where it says more than the sentence."""
    story, sentence = item.story, item.event.sentence
    if story is None:
        return ""
    start = story.text.rfind("\n", 0, sentence.start) + 1
    end = story.text.find("\n", sentence.end)
    words = item.words(start, len(story.text) if end < 0 else end)
    if words == item.sentence:
        return ""
    return words if len(words) <= _CONTEXT else f"{words[:_CONTEXT]}…"


def _parties(parties: Sequence[Participant]) -> str:
    return "; ".join(
        f"{party.name} ({party.code or party.country})"
        if party.code or party.country
        else party.name
        for party in parties
    )


def _counts(bounds: dict[str, int | None]) -> str:
    """Counts in words: "3 dead", "at least 11 injured"."""
    names = dict.fromkeys(name.rpartition("_")[0] for name in bounds)
    pieces = []
    for name in names:
        low, high = bounds[f"{name}_low"], bounds[f"{name}_high"]
        if low is None and high is None:
            continue
        told_ = f"{low}" if low == high else f"at least {low}" if high is None else f"at most {high}" if low is None else f"{low} to {high}"  # fmt: skip
        pieces.append(f"{told_} {name}")
    return ", ".join(pieces)
