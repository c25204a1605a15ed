"""What a question is limited to, and the table an answer comes in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from dragoman.errors import UsageError

if TYPE_CHECKING:
    import pyarrow

Day = str | date | None
LIMIT = 1000


class Table(list[dict[str, Any]]):
    """Rows of an answer as dictionaries; ``columns`` keeps their order even when there are no rows.

    ``note`` says in a line what was left out; empty where nothing was.
    """

    def __init__(self, rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> None:
        self.columns = list(columns)
        self.note = ""
        super().__init__({name: row.get(name) for name in self.columns} for row in rows)

    def to_arrow(self) -> pyarrow.Table:
        """The answer as an Arrow table."""
        import pyarrow as pa

        return pa.table({name: [row[name] for row in self] for name in self.columns})


def as_day(value: Day, name: str) -> date | None:
    """An ISO day as a date.

    Raises:
        UsageError: it is no day.
    """
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{name} wants a day as YYYY-MM-DD, not {value!r}") from None


# the ids that stand beside a column of countries
_IDS = {
    "actor_countries": "actors", "recipient_countries": "recipients", "by_countries": "by_ids", "to_countries": "to_ids",
    "party_countries": "(SELECT flatten(list(r.party_ids)) FROM agreement_rows r WHERE list_contains(items, r.item))",
    "[e.country]": "[e.entity_id]",
}  # fmt: skip


@dataclass(frozen=True)
class Party:
    """Whom a question is about.

    Args:
        key: a country's code (ISO 3166-1 alpha-3), or the id, code or name of somebody in particular.
        name: for people.
        ids: the entities that are meant; None = everybody of the country.
    """

    key: str
    name: str
    ids: tuple[str, ...] | None = None

    def among(self, *columns: str) -> tuple[str, list[Any]]:
        """SQL for rows with the party somewhere in the columns (lists of countries, beside which stand ids)."""
        if self.ids is None:
            return _any(f"list_contains({name}, ?)" for name in columns), [self.key] * len(columns)
        held = (f"list_has_any({_IDS[name]}, ?::VARCHAR[])" for name in columns)
        return _any(held), [list(self.ids)] * len(columns)


def _any(conditions: Iterable[str]) -> str:
    return f"({' OR '.join(conditions)})"


@dataclass(frozen=True)
class Scope:
    """The limits every question takes.

    Args:
        as_of: answer from what was known at the end of this day; None = all that is known.
        between: both must be among the parties.
        since, until: days of the events themselves, both inclusive.
    """

    as_of: date | None = None
    between: tuple[Party, Party] | None = None
    since: date | None = None
    until: date | None = None
    limit: int = LIMIT

    @classmethod
    def of(cls, as_of: Day = None, between: tuple[Party, Party] | None = None, since: Day = None,
           until: Day = None, limit: int = LIMIT) -> Scope:  # fmt: skip
        """Read a scope from what a user gives.

        Raises:
            UsageError: a day is none, or the first is later than the last.
        """
        first, last = as_day(since, "since"), as_day(until, "until")
        if first and last and first > last:
            raise UsageError(f"since {first} is later than until {last}: no day is in between")
        if not isinstance(limit, int) or limit < 1:
            raise UsageError(f"limit is a number of rows, not {limit!r}")
        return cls(as_day(as_of, "as-of"), between, first, last, limit)

    @property
    def today(self) -> date:
        """The day the answer is for: the as-of day, else today."""
        return self.as_of or date.today()

    def known(self) -> tuple[str, list[Any]]:
        """SQL for derived rows that were what we knew, and its values."""
        if self.as_of is None:
            return "known_to IS NULL", []
        end = datetime.combine(self.as_of, time()) + timedelta(days=1)
        return "known_from < ? AND (known_to IS NULL OR known_to >= ?)", [end, end]

    def days(
        self, first: str = "day", last: str = "day", unknown: str = "FALSE"
    ) -> tuple[str, list[Any]]:
        """SQL for rows that touch the days asked for.

        Args:
            unknown: SQL for rows whose day nobody tells: they touch no days that are asked for.
        """
        parts, values = ["TRUE"], []
        if self.since or self.until:
            parts.append(f"NOT {unknown}")
        if self.since:
            parts.append(f"{last} >= ?")
            values.append(self.since)
        if self.until:
            parts.append(f"{first} <= ?")
            values.append(self.until)
        return " AND ".join(parts), values

    def parties(self, *columns: str) -> tuple[str, list[Any]]:
        """SQL for rows with both parties somewhere in the columns (lists of countries)."""
        parts, values = ["TRUE"], []
        for party in self.between or ():
            part, given = party.among(*columns)
            parts.append(part)
            values += given
        return " AND ".join(parts), values
