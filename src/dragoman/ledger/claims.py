"""When claims of two stories are one proposition, and who stands where on it. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dragoman.ledger import leading, words
from dragoman.model import content_id

Row = dict[str, Any]

WINDOW = 45  # days
ALIKE = 0.5


def order(row: Row) -> tuple[Any, ...]:
    """Claims in the order of their day, then of their key."""
    return (row["day"], row["item"])


def same_claim(first: Row, second: Row) -> bool:
    """Whether two claims say the same: half of their content stems are shared."""
    return words.likeness(first["meaning"], second["meaning"]) >= ALIKE


def split(items: Sequence[Row], settled: Sequence[Row] = ()) -> list[list[Row]]:
    """Groups of claims, each joined to the first claim it matches.

    Args:
        settled: what is known of the grouping so far, see ``leading.split``.
    """
    meanings = {id(item): frozenset(item["meaning"]) for item in items}

    def same(first: Row, second: Row) -> bool:
        return words.overlap(meanings[id(first)], meanings[id(second)]) >= ALIKE

    return leading.split(items, order, same, settled)


def claim_state(group: Sequence[Row]) -> Row:
    """One proposition, with everyone who asserts, denies or reports it.

    Whoever asserts or denies it anywhere no longer counts as merely reporting it.
    """
    first = group[0]
    asserted, denied = _union(group, "asserted_by"), _union(group, "denied_by")
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


def _union(group: Sequence[Row], column: str) -> list[str]:
    return sorted({value for item in group for value in item[column] or []})
