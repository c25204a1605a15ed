"""Series of what two parties do to each other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dragoman.errors import UsageError
from dragoman.ledger.days import next_month
from dragoman.ledger.scope import Day, Scope, Table
from dragoman.ledger.store import Store
from dragoman.ledger.undated import NEVER, unknown_day
from dragoman.ledger.wording import pair_of

if TYPE_CHECKING:
    import pyarrow

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
# as ``merging.dyads`` has it
_COUNTED = "NOT list_has_any(aux, ['negation', 'future', 'hypothetical']) AND (dated OR NOT list_contains(aux, 'historical'))"


class Series:
    """Questions that count."""

    store: Store

    def dyad(self, one: str, two: str, *, one_a_day: bool = False, as_of: Day = None, since: Day = None,
             until: Day = None) -> Table:  # fmt: skip
        """Month by month and direction by direction: events by quad class and their mean score (−10 to 10).

        Args:
            one, two: parties, by code (ISO 3166-1 alpha-3 for a country), name or id.
            one_a_day: count an actor, recipient and type once a day, as the field does.
        """
        scope = Scope.of(as_of, pair_of(self.store, (one, two)), since, until)
        sql, values = self._chosen(scope, one_a_day)
        rows = self.store.dicts(
            f"SELECT date_trunc('month', day)::DATE AS month, actor, recipient, "
            "count(*) FILTER (quad = 1) AS verbal_cooperation, count(*) FILTER (quad = 2) AS material_cooperation, "
            "count(*) FILTER (quad = 3) AS verbal_conflict, count(*) FILTER (quad = 4) AS material_conflict, "
            f"count(*) AS events, round(avg(score), 3) AS mean_score FROM ({sql}) "
            "GROUP BY ALL ORDER BY month, actor, recipient",
            values,
        )
        return self._noted(Table(rows, DYAD_COLUMNS), scope)

    def index(self, one: str, two: str, *, by: str = "week", one_a_day: bool = False, as_of: Day = None,
              since: Day = None, until: Day = None) -> Table:  # fmt: skip
        """A series of cooperation (quad classes 1, 2) and conflict (3, 4) between two parties, gaps filled.

        ``cooperation`` and ``conflict`` are sums of the absolute scores, ``net`` is their difference;
        both directions count, and what the two did together counts once. A step without events is 0, its mean score null.

        Args:
            by: day, week (starting on Monday) or month.
        """
        if by not in STEPS:
            raise UsageError(f"by is day, week or month, not {by!r}")
        scope = Scope.of(as_of, pair_of(self.store, (one, two)), since, until)
        return self._index(scope, STEPS[by], one_a_day)

    def _index(self, scope: Scope, step: str, one_a_day: bool = False) -> Table:
        sql, values = self._chosen(scope, one_a_day)
        found = {row["start"]: row for row in self.store.dicts(
            f"SELECT date_trunc('{step}', day)::DATE AS start, "
            "round(coalesce(sum(abs(score)) FILTER (quad <= 2), 0), 3) AS cooperation, "
            "round(coalesce(sum(abs(score)) FILTER (quad > 2), 0), 3) AS conflict, count(*) AS events, "
            f"round(avg(score), 3) AS mean_score FROM (SELECT DISTINCT ON (event_id) * FROM ({sql})) GROUP BY ALL", values)}  # fmt: skip
        if not found:
            return self._noted(Table([], INDEX_COLUMNS), scope)
        first = _truncated(scope.since, step) if scope.since else min(found)
        last = _truncated(scope.until, step) if scope.until else max(found)
        rows, day = [], first
        while day <= last:
            row = found.get(
                day, {"cooperation": 0.0, "conflict": 0.0, "events": 0, "mean_score": None}
            )
            net = round(row["cooperation"] - row["conflict"], 3)
            rows.append(
                row
                | {
                    "start": day,
                    "pair": "-".join(party.key for party in scope.between or ()),
                    "net": net,
                }
            )
            day = _next(day, step)
        return self._noted(Table(rows, INDEX_COLUMNS), scope)

    def panel(self, *, of: str = "dyad", by: str = "month", count: str = "quad", one_a_day: bool = False,
              as_of: Day = None, since: Day = None, until: Day = None, min_confidence: float = 0.0,
              sparse: bool = False) -> pyarrow.Table:  # fmt: skip
        """Counts of every unit and step of time, gaps filled; see ``dragoman.panel.of_tables`` for the arguments.

        Each event counts once, however many stories tell it; one whose day nobody tells not at all.
        """
        from dragoman.panel.counting import Wanted, counted

        wanted = Wanted.of(of, by, count, one_a_day, since, until, min_confidence, sparse)
        known, values = Scope.of(as_of).known()
        unknown = unknown_day(self.store, "event_rows")
        events = (
            "SELECT day, actor_countries AS actors, recipient_countries AS recipients, place_country AS place, type, quad, "
            "score, event_id AS event, confidence, aux, dated, joint FROM event_rows "
            f"WHERE {known} AND NOT {unknown}"
        )
        return self.store.asked(lambda connection: counted(connection, events, values, wanted))

    def pair_name(self, one: str, two: str) -> str:
        """Two parties for people: "Russia and Ukraine"."""
        pair = pair_of(self.store, (one, two))
        return " and ".join(party.name for party in pair or ())

    def _chosen(self, scope: Scope, one_a_day: bool) -> tuple[str, list[Any]]:
        """SQL for the pair's rows in the days asked for, one a day if wanted; none whose day nobody tells."""
        pair, pair_values = _of_pair(scope)
        undated, undated_values = self._undated(scope)
        days, day_values = scope.days()
        once = (
            "QUALIFY row_number() OVER (PARTITION BY day, actor, recipient, type ORDER BY event_id) = 1"
            if one_a_day
            else ""
        )
        return (
            f"SELECT day, actor, recipient, quad, score, event_id FROM ({pair}) WHERE {days} "
            f"AND NOT {undated} {once}",
            [*pair_values, *day_values, *undated_values],
        )

    def _undated(self, scope: Scope) -> tuple[str, list[Any]]:
        """SQL for rows of events whose day nobody tells."""
        unknown = unknown_day(self.store, "event_rows")
        if unknown == NEVER:
            return unknown, []
        known, values = scope.known()
        return (
            f"(event_id IN (SELECT event_id FROM event_rows WHERE {known} AND {unknown}))",
            values,
        )

    def _noted(self, answer: Table, scope: Scope) -> Table:
        """The answer, with a note of how many events of the pair have no day."""
        pair, values = _of_pair(scope)
        undated, undated_values = self._undated(scope)
        ((left_out,),) = self.store.query(
            f"SELECT count(DISTINCT event_id) FROM ({pair}) WHERE {undated}",
            [*values, *undated_values],
        )
        if left_out:
            events = "1 event" if left_out == 1 else f"{left_out} events"
            answer.note = f"{events} left out: told by stories without a date, so nobody knows when"
        return answer


def _of_pair(scope: Scope) -> tuple[str, list[Any]]:
    """SQL of what is known of the two parties, in both directions; of countries it stands in a table of its own."""
    assert scope.between is not None
    known, values = scope.known()
    one, two = scope.between
    if one.ids is None and two.ids is None:
        both = "((actor = ? AND recipient = ?) OR (actor = ? AND recipient = ?))"
        keys = [one.key, two.key, two.key, one.key]
        return f"SELECT * FROM dyad_rows WHERE {known} AND {both}", [*values, *keys]
    parts: list[str] = []
    given: list[Any] = []
    for actor, recipient in ((one, two), (two, one)):
        acts, doers = actor.among("actor_countries")
        receives, done_to = recipient.among("recipient_countries")
        joins, joined = recipient.among("actor_countries")
        parts.append(
            "SELECT day, ? AS actor, ? AS recipient, type, quad, score, event_id FROM event_rows "
            f"WHERE {known} AND {_COUNTED} AND {acts} AND ({receives} OR (joint AND {joins}))"
        )
        given += [actor.key, recipient.key, *values, *doers, *done_to, *joined]
    return " UNION ALL ".join(parts), given


def _truncated(day: date, step: str) -> date:
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


def _next(day: date, step: str) -> date:
    if step == "month":
        return next_month(day)
    return day + timedelta(days=7 if step == "week" else 1)
