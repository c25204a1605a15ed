"""Series of what two countries do to each other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dragoman.errors import UsageError
from dragoman.ledger.scope import Day, Scope, Table
from dragoman.ledger.store import Store

STEPS = {
    "day": "day",
    "daily": "day",
    "week": "week",
    "weekly": "week",
    "month": "month",
    "monthly": "month",
}
DYAD_COLUMNS = ("month", "actor", "recipient", "verbal_cooperation", "material_cooperation", "verbal_conflict",
                "material_conflict", "events", "mean_score")  # fmt: skip
INDEX_COLUMNS = ("start", "pair", "cooperation", "conflict", "net", "events", "mean_score")


class Series:
    """Questions that count."""

    store: Store

    def dyad(self, one: str, two: str, *, one_a_day: bool = False, as_of: Day = None, since: Day = None,
             until: Day = None) -> Table:  # fmt: skip
        """Month by month and direction by direction: events by quad class and their mean score (−10 to 10).

        Args:
            one, two: countries (ISO 3166-1 alpha-3).
            one_a_day: count an actor, recipient and type once a day, as the field does.
        """
        scope = Scope.of(as_of, (one, two), since, until)
        rows = self.store.dicts(
            f"SELECT date_trunc('month', day)::DATE AS month, actor, recipient, "
            "count(*) FILTER (quad = 1) AS verbal_cooperation, count(*) FILTER (quad = 2) AS material_cooperation, "
            "count(*) FILTER (quad = 3) AS verbal_conflict, count(*) FILTER (quad = 4) AS material_conflict, "
            f"count(*) AS events, round(avg(score), 3) AS mean_score FROM ({_chosen(scope, one_a_day)[0]}) "
            "GROUP BY ALL ORDER BY month, actor, recipient",
            _chosen(scope, one_a_day)[1],
        )
        return Table(rows, DYAD_COLUMNS)

    def index(self, one: str, two: str, *, by: str = "week", one_a_day: bool = False, as_of: Day = None,
              since: Day = None, until: Day = None) -> Table:  # fmt: skip
        """A series of cooperation (quad classes 1, 2) and conflict (3, 4) between two countries, gaps filled.

        ``cooperation`` and ``conflict`` are sums of the absolute scores, ``net`` is their difference;
        both directions count. A step without events is 0, its mean score null.

        Args:
            by: day, week (starting on Monday) or month.
        """
        if by not in STEPS:
            raise UsageError(f"by is day, week or month, not {by!r}")
        scope = Scope.of(as_of, (one, two), since, until)
        step = STEPS[by]
        sql, values = _chosen(scope, one_a_day)
        found = {row["start"]: row for row in self.store.dicts(
            f"SELECT date_trunc('{step}', day)::DATE AS start, "
            "round(coalesce(sum(abs(score)) FILTER (quad <= 2), 0), 3) AS cooperation, "
            "round(coalesce(sum(abs(score)) FILTER (quad > 2), 0), 3) AS conflict, count(*) AS events, "
            f"round(avg(score), 3) AS mean_score FROM ({sql}) GROUP BY ALL", values)}  # fmt: skip
        if not found:
            return Table([], INDEX_COLUMNS)
        first = _truncated(scope.since, step) if scope.since else min(found)
        last = _truncated(scope.until, step) if scope.until else max(found)
        rows, day = [], first
        while day <= last:
            row = found.get(
                day, {"cooperation": 0.0, "conflict": 0.0, "events": 0, "mean_score": None}
            )
            net = round(row["cooperation"] - row["conflict"], 3)
            rows.append(row | {"start": day, "pair": f"{one.upper()}-{two.upper()}", "net": net})
            day = _next(day, step)
        return Table(rows, INDEX_COLUMNS)


def _chosen(scope: Scope, one_a_day: bool) -> tuple[str, list[Any]]:
    """SQL for the pair's rows in the days asked for, one a day if wanted."""
    assert scope.between is not None
    known, values = scope.known()
    days, day_values = scope.days()
    one, two = scope.between
    once = (
        "QUALIFY row_number() OVER (PARTITION BY day, actor, recipient, type ORDER BY event_id) = 1"
        if one_a_day
        else ""
    )
    return (
        f"SELECT day, actor, recipient, quad, score FROM dyad_rows WHERE {known} AND {days} AND "
        f"((actor = ? AND recipient = ?) OR (actor = ? AND recipient = ?)) {once}",
        [*values, *day_values, one, two, two, one],
    )


def _truncated(day: date, step: str) -> date:
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


def _next(day: date, step: str) -> date:
    if step == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return day + timedelta(days=7 if step == "week" else 1)
