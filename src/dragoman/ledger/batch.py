"""Stories to be settled together: when each gave cause, and their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from dragoman.ledger.store import Store

Row = dict[str, Any]
Rows = dict[str, list[Row]]
# Days far from the others (what happened twenty years ago, what is due in ten) get a stretch of their
# own, so that everything between is not read for them.
STRETCHES = 6


@dataclass(frozen=True)
class Batch:
    """Some waiting stories.

    Args:
        moments: story id → when it gave cause (was recorded, replaced, corrected).
        days: first and last day of the stories.
        recorded: first and last record time of the stories themselves.
        fresh: story id → its rows by table, for stories stored by this process and settled nowhere
            yet; the others are read from the ledger.
    """

    moments: Mapping[str, set[datetime]]
    days: tuple[date, date]
    recorded: tuple[datetime, datetime]
    fresh: Mapping[str, Rows] = field(default_factory=dict)

    @property
    def stored(self) -> list[str]:
        """Stories whose rows must be read from the ledger."""
        return [story for story in self.moments if story not in self.fresh]

    def remembered(self, table: str) -> list[Row]:
        """Rows of a table that are still in memory."""
        return [
            row
            for story in self.moments
            if story in self.fresh
            for row in self.fresh[story].get(table, ())
        ]

    def bounds(self) -> tuple[str, list[Any]]:
        """SQL for rows of ``r`` that the stored stories told, and its values."""
        condition = "r.recorded BETWEEN ? AND ? AND r.story_id IN (SELECT unnest(?::VARCHAR[]))"
        return condition, [*self.recorded, self.stored]


def next_batch(store: Store, most: int, fresh: Mapping[str, Rows]) -> Batch | None:
    """The earliest waiting stories, or None when none wait."""
    rows = store.query(
        "SELECT story_id, list(DISTINCT moment), min(day) AS first, min(recorded) FROM waiting_rows "
        "GROUP BY story_id ORDER BY first, story_id LIMIT ?", [most],
    )  # fmt: skip
    return _batch([(row[0], set(row[1]), row[2], row[3]) for row in rows], fresh)


def batch_of(waiting: Sequence[Row], fresh: Mapping[str, Rows]) -> Batch | None:
    """Stories that would wait (rows of ``waiting_rows``) but are settled at once; None without any."""
    moments: dict[str, set[datetime]] = {}
    for row in waiting:
        moments.setdefault(row["story_id"], set()).add(row["moment"])
    told = {row["story_id"]: (row["day"], row["recorded"]) for row in waiting}
    return _batch([(story, moments[story], *told[story]) for story in moments], fresh)


def _batch(
    rows: Sequence[tuple[str, set[datetime], date, datetime]], fresh: Mapping[str, Rows]
) -> Batch | None:
    if not rows:
        return None
    days, recorded = [row[2] for row in rows], [row[3] for row in rows]
    return Batch(
        {row[0]: row[1] for row in rows},
        (min(days), max(days)),
        (min(recorded), max(recorded)),
        fresh,
    )


def stretches(days: Sequence[date], margin: int, most: int = STRETCHES) -> list[tuple[date, date]]:
    """Stretches of days that cover every given day and ``margin`` days either side, at most ``most``."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        low, high = shifted(day, -margin), shifted(day, margin)
        if found and low <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    while len(found) > most:
        gaps = [two[0] - one[1] for one, two in pairwise(found)]
        at = gaps.index(min(gaps))
        found[at : at + 2] = [(found[at][0], found[at + 1][1])]
    return found


def within(column: str, found: Sequence[tuple[date, date]]) -> tuple[str, list[date]]:
    """SQL for a day in one of the stretches, and its values."""
    one = " OR ".join(f"{column} BETWEEN ? AND ?" for _ in found)
    return f"({one})" if found else "FALSE", [day for pair in found for day in pair]


def shifted(day: date, days: int) -> date:
    """The day some days before or after, not past the ends of the calendar."""
    if days < 0:
        return day + timedelta(days=days) if (day - date.min).days > -days else date.min
    return day + timedelta(days=days) if (date.max - day).days > days else date.max
