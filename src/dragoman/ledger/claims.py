"""When claims of two stories are one proposition, and who stands where on it. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from dragoman.ledger import leading, words
from dragoman.model import content_id
from dragoman.tables import word_list

Row = dict[str, Any]

WINDOW = 45  # days
ALIKE = 0.5
# Likeness from which two claims are one although no party and no name is told of both.
SAME_WORDS = 0.8
# Stems that two claims must share at least, unless the same parties dispute both.
FEWEST = 2
# Share of the surest dispute's confidence from which another story's denial counts beside it.
SURE = 0.5

# Words that tell that something is charged, and not what.
_CHARGING = frozenset(
    words.small_hash(words.stem(word)) for word in word_list("ledger", "charging")
)
_HARM = re.compile(r"\b(?:killed|dead|died|deaths?|toll|wounded|injured|hurt)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_NUMBERED = re.compile(r"-\d+$")


def order(row: Row) -> tuple[Any, ...]:
    """Claims in the order of their day, then of their key."""
    return (row["day"], row["item"])


def same_claim(first: Row, second: Row) -> bool:
    """Whether two claims say the same: half of their content stems are shared, and a party on one side or a name
    in their words; and nobody denies in the one what he asserts in the other."""
    return _same(first, second, _meaning(first), _meaning(second))


def split(items: Sequence[Row], settled: Sequence[Row] = ()) -> list[list[Row]]:
    """Groups of claims, each joined to the first claim it matches.

    Args:
        settled: what is known of the grouping so far, see ``leading.split``.
    """
    meanings = {id(item): _meaning(item) for item in items}

    def same(first: Row, second: Row) -> bool:
        return _same(first, second, meanings[id(first)], meanings[id(second)])

    return leading.split(items, order, same, settled)


def _meaning(row: Row) -> frozenset[int]:
    return frozenset(row["meaning"]) - _CHARGING


def _same(first: Row, second: Row, one: frozenset[int], two: frozenset[int]) -> bool:
    alike = words.overlap(one, two)
    if alike < ALIKE or _against(first, second) or _other_toll(first["text"], second["text"]):
        return False
    asserting = _side(first, "asserted_by", "reported_by") & _side(
        second, "asserted_by", "reported_by"
    )
    denying = _side(first, "denied_by") & _side(second, "denied_by")
    if len(one & two) < FEWEST and not (asserting and denying):
        return False  # "called it a provocation"
    if alike >= SAME_WORDS or not (_parties(first) and _parties(second)):
        return True
    return bool(asserting or denying or _names(first["text"]) & _names(second["text"]))


def _side(row: Row, *columns: str) -> set[str]:
    """Who stands on one side; people without a name by what they are ("unnamed:doctor-2" → "unnamed:doctor")."""
    return {_NUMBERED.sub("", key) if key.startswith("unnamed:") else key
            for column in columns for key in row[column] or []}  # fmt: skip


def _parties(row: Row) -> set[str]:
    return _side(row, "asserted_by", "denied_by", "reported_by")


def _against(first: Row, second: Row) -> bool:
    """Whether both are contested and somebody denies in the one what he asserts in the other."""
    if not all(row["asserted_by"] and row["denied_by"] for row in (first, second)):
        return False
    return any(
        _side(one, "asserted_by") & _side(other, "denied_by")
        for one, other in ((first, second), (second, first))
    )


def _other_toll(one: str, other: str) -> bool:
    """Whether two claims tell harm, and no number of the one stands in the other: two deeds, or two days."""
    if not (_HARM.search(one) and _HARM.search(other)):
        return False
    mine, theirs = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _names(text: str) -> set[str]:
    """Words with a capital that do not open the text, without days and months."""
    return {word for item in _NAME.findall(text[1:]) if (word := item.lower()) not in words.EMPTY}


def claim_state(group: Sequence[Row]) -> Row:
    """One proposition, with everyone who asserts, denies or reports it.

    Whoever asserts or denies it anywhere no longer counts as merely reporting it.
    """
    first = group[0]
    asserted, denied = _union(group, "asserted_by"), _union(_surely_disputed(group), "denied_by")
    reported = [item for item in _union(group, "reported_by") if item not in (*asserted, *denied)]
    evidence = [
        {"story": item["story_id"], "claim": item["story_claim"], "day": item["day"].isoformat(),
         "start": item["start_offset"], "end": item["end_offset"], "report": item["report"],
         "asserted_by": item["asserted_by"], "denied_by": item["denied_by"],
         "statements": item["statements"]}
        for item in group
    ]  # fmt: skip
    disputed = [item for item in group if item["asserted_by"] and item["denied_by"]]
    known = [item["confidence"] for item in disputed or group if item["confidence"] is not None]
    return {
        "claim_id": "c" + content_id(first["story_id"], "claim", first["story_claim"]),
        "day": first["day"], "last_day": max(item["day"] for item in group), "text": first["text"],
        "event_id": None, "asserted_by": asserted, "denied_by": denied, "reported_by": reported,
        # nobody contests with himself: there must be a voice on each side that is not on the other
        "contested": bool(set(asserted) - set(denied) and set(denied) - set(asserted)), "stories": len({item["story_id"] for item in group}),
        "evidence": json.dumps(evidence), "confidence": max(known, default=None),
    }  # fmt: skip


def _surely_disputed(group: Sequence[Row]) -> list[Row]:
    """The claims without those whose denial is far less sure than that of another story."""
    known = [item["confidence"] for item in group if item["asserted_by"] and item["denied_by"]]
    most = max((confidence for confidence in known if confidence is not None), default=0.0)
    return [
        item
        for item in group
        if item["confidence"] is None
        or not item["asserted_by"]
        or item["confidence"] >= SURE * most
    ]


def _union(group: Sequence[Row], column: str) -> list[str]:
    return sorted({value for item in group for value in item[column] or []})
