"""The questions about what was demanded, offered, promised, threatened, planned and agreed, and what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from dragoman.ledger.agreements import RUNNING
from dragoman.ledger.asking_agreements import AskingAgreements, as_commitment, with_status
from dragoman.ledger.commitments import BASE, PARTLY, is_to_come
from dragoman.ledger.row_parts import PASSING
from dragoman.ledger.scope import Day, Scope, Table, as_day
from dragoman.ledger.undated import unknown_day
from dragoman.ledger.wording import ASKED, check_commitment, pair_of

Row = dict[str, Any]

COMMITMENT_COLUMNS = (
    "commitment_id", "day", "kind", "name", "by_ids", "to_ids", "by_countries", "to_countries", "text",
    "condition", "due_start", "due_end", "due_text", "status", "status_since", "status_by", "stories", "history",
)  # fmt: skip
# Which commitments are followed: told by two stories, answered since, or by somebody known toward somebody known,
# with a day or under a condition. Most others are hopes and plans of people in a story, told once.
_KNOWN = "list_filter({}, lambda x: NOT regexp_matches(x, '^(" + "|".join(PASSING) + ")'))"
_AS_MADE = ", ".join(f"'{status}'" for kind, status in BASE.items() if kind != "agreement")
_FOLLOWED = (
    f"(stories > 1 OR status NOT IN ({_AS_MADE}) OR (len({_KNOWN.format('by_ids')}) > 0 "
    f"AND (len({_KNOWN.format('to_ids')}) > 0 OR due_end IS NOT NULL OR condition IS NOT NULL)))"
)
_PAGE = 1000  # rows that are read at once
_LATEST = "day DESC, commitment_id"
_EVERY_AGREEMENT = 100_000


class AskingCommitments(AskingAgreements):
    """Questions about commitments, agreements among them."""

    def commitments(self, *, kind: str | None = None, status: str | None = None, everything: bool = False, as_of: Day = None,
                    between: Any = None, since: Day = None, until: Day = None, limit: int = 1000) -> Table:  # fmt: skip
        """Demands, offers, promises, threats, plans and agreements with their status on the day asked, in order of day.

        With more than ``limit`` the latest are shown.

        Args:
            kind: demand, offer, promise, agreement, threat or plan.
            status: keep only those with this status on that day; "open", "kept" and "broken" are asked for as well.
            everything: also those told by one story, never answered, and made by somebody unknown or toward
                nobody, without day and condition: hopes and plans of people in a story are mostly such.
        """
        check_commitment(kind, status)
        scope = Scope.of(as_of, pair_of(self.store, between), since, until, limit)
        wanted, values = ("TRUE" if everything else _FOLLOWED), []
        if kind:
            wanted, values = f"{wanted} AND kind = ?", [kind]

        def kept(row: Row) -> bool:
            return status is None or row["status"] in ASKED.get(status, (status,))

        rows = self._agreed(scope, scope.today, kept) if kind in (None, "agreement") else []
        made = self._made(scope, scope.today, (wanted, values), _LATEST)
        rows += islice(filter(kept, made), limit)
        rows.sort(key=lambda row: row["commitment_id"])
        rows.sort(key=lambda row: row["day"] or date.min, reverse=True)
        latest = sorted(
            rows[:limit], key=lambda row: (row["day"] or date.max, row["commitment_id"])
        )
        return Table(latest, COMMITMENT_COLUMNS)

    def due(self, day: Day = None, *, everything: bool = False, as_of: Day = None, between: Any = None, since: Day = None,
            until: Day = None, limit: int = 1000) -> Table:  # fmt: skip
        """What is due on or after a day (default: the as-of day, else today), next first; then what lapsed or was kept in part.

        Args:
            everything: as for ``commitments``.
            as_of: what was known at the end of this day (default: of the day asked).
        """
        asked = as_day(day, "DAY")
        scope = Scope.of(as_of or asked, pair_of(self.store, between), since, until, limit)
        first = asked or scope.today
        today = max(first, scope.today)
        followed = "TRUE" if everything else _FOLLOWED

        def is_open(row: Row) -> bool:
            pact = row["kind"] == "agreement"
            running = row["status"] in RUNNING if pact else is_to_come(row)
            return bool(row["due_end"] and row["due_end"] >= first and running)

        def has_lapsed(row: Row) -> bool:
            over = row["status"] in ("lapsed", PARTLY) and not is_open(row)
            return bool(row["due_end"]) and over

        def some(keep: Callable[[Row], bool], limits: str, days: date, order: str) -> list[Row]:
            made = self._made(scope, today, (f"{followed} AND {limits}", [days]), order)
            return [*islice(filter(keep, made), limit), *self._agreed(scope, today, keep)]

        def by_due_day(row: Row) -> tuple[date, str]:
            return row["due_end"], row["commitment_id"]

        ahead = sorted(
            some(is_open, "due_end >= ?", first, "due_end, commitment_id"), key=by_due_day
        )
        past = some(has_lapsed, "due_end < ?", today, "due_end DESC, commitment_id DESC")
        lapsed = sorted(past, key=by_due_day, reverse=True)
        return Table([*ahead, *lapsed][:limit], COMMITMENT_COLUMNS)

    def _agreed(self, scope: Scope, today: date, keep: Callable[[Row], bool]) -> list[Row]:
        """Agreements as the commitments that they are, with their status on a day."""
        found = self._agreements(replace(scope, limit=_EVERY_AGREEMENT))
        return list(filter(keep, (with_status(as_commitment(row), today) for row in found)))

    def _made(
        self, scope: Scope, today: date, wanted: tuple[str, list[Any]], order: str
    ) -> Iterator[Row]:
        """Commitments that SQL wants, in order, with their status on a day; read page by page as they are asked for."""
        known, values = scope.known()
        unknown = unknown_day(self.store, "commitment_states")
        days, day_values = scope.days("day", "last_day", unknown)
        parties, party_values = scope.parties("by_countries", "to_countries")
        ordered = f"ORDER BY {unknown}, {order}"
        inner = (
            f"SELECT rowid FROM commitment_states WHERE {known} AND {days} AND {parties} AND {wanted[0]} "
            f"{ordered} LIMIT {_PAGE} OFFSET ?"
        )
        for start in range(0, 1 << 62, _PAGE):
            rows = self.store.dicts(
                f"SELECT *, {unknown} AS unknown FROM commitment_states WHERE rowid IN ({inner}) {ordered}",
                [*values, *day_values, *party_values, *wanted[1], start],
            )
            yield from (with_status(row, today) for row in rows)
            if len(rows) < _PAGE:
                return
