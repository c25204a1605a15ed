"""The questions a ledger answers. Every one is also a command, and its SQL is in docs/ledger.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dragoman.ledger.asking_commitments import AskingCommitments
from dragoman.ledger.lookups import Lookups
from dragoman.ledger.recoding import stored
from dragoman.ledger.scope import Day, Scope, Table
from dragoman.ledger.series import Series
from dragoman.ledger.store import Store
from dragoman.ledger.undated import in_order, shown_day, unknown_day, without_day
from dragoman.ledger.wording import check_order, event_types, pair_of
from dragoman.model import COUNTED, DOUBTFUL, Events, Record
from dragoman.web.words import bounds

EVENT_COLUMNS = (
    "event_id", "day", "day_end", "dated", "day_told", "type", "mode", "aux", "cameo", "quad", "score", "actors",
    "actor_names", "actor_codes", "recipients", "recipient_names", "recipient_codes", "place", "place_country",
    "dead_low", "dead_high", "injured_low", "injured_high", "arrested_low", "size_low", "revisions",
    "said_by", "reports", "tellings", "confidence", "confirmed", "story_id", "story_event", "text",
)  # fmt: skip
TIMELINE_COLUMNS = (
    "day",
    "dated",
    "day_told",
    "when",
    "what",
    "type",
    "actor",
    "recipient",
    "place",
    "toll",
    "said_by",
    "tellings",
    "reports",
    "id",
)
CLAIM_COLUMNS = ("claim_id", "day", "last_day", "text", "asserted_by", "denied_by", "reported_by",
                 "contested", "confidence", "stories", "events")  # fmt: skip
_ORDERS = {"day": "day DESC, event_id", "reports": "reports DESC, day DESC, event_id"}
_LONG = 31  # days: what lasted longer is no news of its later days
_DONE = "NOT list_has_any(aux, ['negation', 'future', 'hypothetical', 'historical'])"

# Who acts and who is acted on, by quad class: the first party of each side stands in a column of its own, and
# only the lists of events with more of them are unfolded (unfolding all took three times as long).
_ROLES = (
    "roles AS (SELECT actor_id AS entity, TRUE AS acts, quad, count(*) AS times, min(day) AS first, max(day) AS last "
    "FROM chosen GROUP BY ALL UNION ALL SELECT recipient_id, FALSE, NULL, count(*), min(day), max(day) FROM chosen "
    "GROUP BY ALL UNION ALL SELECT other.entity, other.acts, quad, count(*), min(day), max(day) FROM (SELECT unnest("
    "list_concat(list_transform(actors[2:], lambda x: {'entity': x, 'acts': TRUE}), "
    "list_transform(recipients[2:], lambda x: {'entity': x, 'acts': FALSE}))) AS other, quad, day FROM chosen "
    "WHERE more_parties) GROUP BY ALL)"
)
_COUNTS = ", ".join([
    "coalesce(sum(times) FILTER (acts), 0)::BIGINT AS acts", "coalesce(sum(times) FILTER (NOT acts), 0)::BIGINT AS receives",
    *(f"coalesce(sum(times) FILTER (acts AND quad = {number}), 0)::BIGINT AS {name}" for number, name in enumerate(
        ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"), start=1)),
    "min(first) AS first_day", "max(last) AS last_day",
])  # fmt: skip


def toll_words(row: dict[str, Any]) -> str:
    """The dead, injured and arrested of an event in words; "" where nobody counts any."""
    told = ((name, row[f"{name}_low"], row[f"{name}_high"]) for name in COUNTED if name != "size")
    return ", ".join(
        f"{bounds(low, high)} {name}" for name, low, high in told if low is not None and high != 0
    )


class Asking(Series, Lookups, AskingCommitments):
    """Questions over events, claims, commitments and agreements."""

    store: Store

    def events(self, *, types: str | list[str] | None = None, order: str = "day", as_of: Day = None,
               between: Any = None, since: Day = None, until: Day = None, limit: int = 1000) -> Table:  # fmt: skip
        """Events, each once, latest first (``order="day"``) or most told first (``"reports"``).

        Args:
            types: PLOVER types to keep, as a list or comma-separated.
            limit: rows at most.

        Raises:
            UsageError: there is no such type or order.
        """
        check_order(order, _ORDERS)
        scope = Scope.of(as_of, pair_of(self.store, between), since, until, limit)
        wanted = event_types(self.store, types)
        rows = self._events(scope, wanted, _ORDERS[order])
        return Table(map(without_day, self._with_words(rows)), EVENT_COLUMNS)

    def timeline(self, *, dated: bool = False, as_of: Day = None, between: Any = None, since: Day = None, until: Day = None,
                 limit: int = 1000) -> Table:  # fmt: skip
        """What happened, in order, once each, with who says so: events that are said to have happened.

        With more than ``limit`` events the latest are shown. What lasted more than a month stands at its first
        day alone. ``when`` is the day, or "by" the day of the
        first report where no story tells it. ``toll`` is who was killed, hurt or arrested by the last number told,
        "at least 12 dead, 8 injured".

        Args:
            dated: leave out events whose day no story's words tell: news of its own day, and much of the background.
        """
        scope = Scope.of(as_of, pair_of(self.store, between), since, until, limit)
        wanted = f"{_DONE} AND day_told" if dated else _DONE
        if scope.since:  # "since 1960" stands at its first day, not in every week after
            wanted += f" AND (day >= DATE '{scope.since}' OR day_end - day <= {_LONG})"
        rows = self._events(scope, None, "day DESC, event_id", wanted)
        shown = [
            {
                "day": row["day"], "dated": row["dated"], "day_told": row["day_told"], "when": shown_day(row),
                "what": row["text"], "type": "-".join(filter(None, (row["type"], row["mode"]))),
                "actor": ", ".join(row["actor_names"]), "recipient": ", ".join(row["recipient_names"]),
                "place": row["place"], "toll": toll_words(row), "said_by": row["said_by"], "tellings": row["tellings"],
                "reports": row["reports"], "id": row["event_id"],
            }
            for row in map(without_day, in_order(self._with_words(rows)))
        ]  # fmt: skip
        return Table(shown, TIMELINE_COLUMNS)

    def _events(
        self, scope: Scope, types: list[str] | None, order: str, more: str = "TRUE"
    ) -> list[dict[str, Any]]:
        known, values = scope.known()
        unknown = unknown_day(self.store, "event_rows")
        days, day_values = scope.days("day", "day_end", unknown)
        parties, party_values = scope.parties("actor_countries", "recipient_countries")
        kept = "type IN (SELECT unnest(?::VARCHAR[]))" if types else "TRUE"
        # the narrow columns decide which rows are wanted; the wide ones are read for those alone
        inner = (
            f"SELECT rowid FROM event_rows WHERE {known} AND {days} AND {parties} AND {kept} AND {more} "
            f"ORDER BY {unknown}, {order} LIMIT ?"
        )
        return self.store.dicts(
            f"SELECT *, {unknown} AS unknown FROM event_rows WHERE rowid IN ({inner}) ORDER BY unknown, {order}",
            [*values, *day_values, *party_values, *([types] if types else []), scope.limit],
        )

    def records(self, *, once: bool = True) -> Iterator[Record]:
        """The records of the current stories, by day and id, for ``dragoman.exports.write``.

        Args:
            once: keep of an event told by several stories only its first report, and leave out what an
                analyst dismissed; otherwise every report.
        """
        for record, _ in stored(self.store, current=True):
            if once:
                first = {row[0] for row in self.store.query(
                    "SELECT story_event FROM event_rows WHERE story_id = ? AND known_to IS NULL", [record.story.id])}  # fmt: skip
                kept = [event for event in record.events if event.id in first]
                record = record.replace(events=Events(kept))
            yield record

    def claims(self, *, contested: bool = False, everything: bool = False, as_of: Day = None,
               between: Any = None, since: Day = None, until: Day = None, limit: int = 1000) -> Table:  # fmt: skip
        """Propositions, with who asserts, who denies and who reports them.

        Args:
            contested: only disputed ones.
            everything: those as well that are sooner not contested than so (``confidence`` under 0.5).
        """
        scope = Scope.of(as_of, pair_of(self.store, between), since, until, limit)
        rows = self._claims(scope, contested, everything)
        for row in rows:
            keys = [e["report"] for e in json.loads(row["evidence"]) if e["report"] is not None]
            row["events"] = self._events_of(keys)
        return Table(map(without_day, rows), CLAIM_COLUMNS)

    def _claims(self, scope: Scope, contested: bool, everything: bool) -> list[dict[str, Any]]:
        unknown = unknown_day(self.store, "claim_states")
        wanted, values = self._wanted_claims(scope, contested, everything)
        limit = scope.limit if scope.between is None else 100_000
        rows = self.store.dicts(
            f"SELECT *, {unknown} AS unknown FROM claim_states WHERE {wanted} ORDER BY unknown, day DESC, claim_id LIMIT ?",
            [*values, limit],
        )
        if scope.between:
            rows = self._naming_both(rows, scope.between)[: scope.limit]
        return rows

    def _wanted_claims(
        self, scope: Scope, contested: bool, everything: bool
    ) -> tuple[str, list[Any]]:
        """SQL for claims in a scope, whoever they are of."""
        known, values = scope.known()
        days, day_values = scope.days("day", "last_day", unknown_day(self.store, "claim_states"))
        return (
            f"{known} AND {days} AND (NOT ? OR contested) AND (? OR NOT contested OR COALESCE(confidence, 1) >= ?)",
            [*values, *day_values, contested, everything, DOUBTFUL],
        )

    def _events_of(self, keys: list[int]) -> list[str]:
        if not keys:
            return []
        rows = self.store.query(
            "SELECT DISTINCT group_id FROM report_members WHERE item IN (SELECT unnest(?::UBIGINT[])) "
            "AND group_id IS NOT NULL ORDER BY 1", [keys],
        )  # fmt: skip
        return [row[0] for row in rows]

    def actors(self, *, as_of: Day = None, between: Any = None, since: Day = None, until: Day = None,
               limit: int = 100) -> Table:  # fmt: skip
        """Who acts and who is acted on, most active first, with what they did by quad class."""
        scope = Scope.of(as_of, pair_of(self.store, between), since, until, limit)
        known, values = scope.known()
        unknown = unknown_day(self.store, "event_rows")
        days, day_values = scope.days("day", "day_end", unknown)
        parties, party_values = scope.parties("actor_countries", "recipient_countries")
        # the parties' lists are read once for two countries; all events are too many to be copied
        once = "MATERIALIZED" if scope.between else "NOT MATERIALIZED"
        rows = self.store.dicts(
            f"WITH chosen AS {once} (SELECT actor_id, recipient_id, more_parties, actors, recipients, quad, "
            f"CASE WHEN NOT {unknown} THEN day END AS day FROM event_rows WHERE {known} AND {days} AND {parties}), "
            f"{_ROLES} SELECT entity, {_COUNTS} FROM roles WHERE entity IS NOT NULL GROUP BY entity "
            "ORDER BY acts DESC, receives DESC, entity LIMIT ?",
            [*values, *day_values, *party_values, limit],
        )
        return Table(self._with_names(rows, scope.as_of), (
            "entity", "name", "code", "acts", "receives", "verbal_cooperation", "material_cooperation", "verbal_conflict",
            "material_conflict", "first_day", "last_day"))  # fmt: skip

    def _with_names(self, rows: list[dict[str, Any]], as_of: Day) -> list[dict[str, Any]]:
        """Entities with their names and codes."""
        named = self.names_of([row["entity"] for row in rows], as_of)
        for row in rows:
            row["name"], row["code"] = named.get(row["entity"], (row["entity"], ""))
        return rows
