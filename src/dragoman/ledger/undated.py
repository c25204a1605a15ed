"""Stories that tell no date: they stand at the day on which they were recorded, which is no day of anything told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dragoman.ledger.days import next_month
from dragoman.ledger.store import Store

_STORIES = "(SELECT story_id FROM story_rows WHERE published IS NULL)"
_LONG = 31  # days
NEVER = "(day IS NULL)"  # every row stands at some day


def undated_stories(store: Store) -> dict[str, date]:
    """Stories without a date → the day at which they stand."""
    return dict(store.query("SELECT story_id, day FROM story_rows WHERE published IS NULL"))


def unknown_day(store: Store, table: str) -> str:
    """SQL that is true for derived rows of a table whose day nobody tells.

    It is ``NEVER`` where every story has a date: no question is slower for what is not there.
    """
    if table == "agreement_states":
        return "(json_extract_string(history, '$[0].date') IS NULL)"
    if not store.query("SELECT 1 FROM story_rows WHERE published IS NULL LIMIT 1"):
        return NEVER
    first = {
        "event_rows": "NOT dated AND story_id",
        "claim_states": "json_extract_string(evidence, '$[0].story')",
        "commitment_states": "json_extract_string(history, '$[0].story')",
    }[table]
    return f"({first} IN {_STORIES})"


def without_day(row: dict[str, Any]) -> dict[str, Any]:
    """The row; where nobody tells its day it has none, and does not stand at that of its recording."""
    if not row["unknown"]:
        return row
    return row | {name: None for name in ("day", "day_end", "last_day") if name in row}


def without_dates(history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps of what has no day: they have none either."""
    return [step | {"date": None} for step in history]


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that come latest first, earliest first; what has no day stays at the end."""
    return [row for last in (False, True) for row in reversed(rows) if bool(row["unknown"]) is last]


def shown_day(row: dict[str, Any]) -> str:
    """The day of an event for eyes: "by" a day where only the first report has one; a month, a year or both ends
    where no single day is told."""
    if row["unknown"]:
        return "day unknown"
    first, last = row["day"], row["day_end"]
    if not row["dated"] or first == last:
        return f"{'' if row['dated'] else 'by '}{first}"
    if first.day == 1 and last + timedelta(days=1) == next_month(first):
        return f"{first:%Y-%m}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    return f"{first} to {last}" if (last - first).days > _LONG else str(first)
