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
    """Rows of an answer as dictionaries; ``columns`` keeps their order even when there are no rows."""

    def __init__(self, rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> None:
        self.columns = list(columns)
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


@dataclass(frozen=True)
class Scope:
    """The limits every question takes.

    Args:
        as_of: answer from what was known at the end of this day; None = all that is known.
        between: two countries (ISO 3166-1 alpha-3): both must be among the parties.
        since, until: days of the events themselves, both inclusive.
    """

    as_of: date | None = None
    between: tuple[str, str] | None = None
    since: date | None = None
    until: date | None = None
    limit: int = LIMIT

    @classmethod
    def of(cls, as_of: Day = None, between: str | Sequence[str] | None = None, since: Day = None,
           until: Day = None, limit: int = LIMIT) -> Scope:  # fmt: skip
        """Read a scope from what a user gives.

        Raises:
            UsageError: a day is none, or ``between`` does not name two countries.
        """
        pair = None
        if between:
            names = between.split(",") if isinstance(between, str) else list(between)
            names = [item.strip().upper() for item in names if item.strip()]
            if len(names) != 2:
                raise UsageError(f"between wants two countries, such as RUS,UKR, not {between!r}")
            pair = (names[0], names[1])
        return cls(
            as_day(as_of, "as-of"), pair, as_day(since, "since"), as_day(until, "until"), limit
        )

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

    def days(self, first: str = "day", last: str = "day") -> tuple[str, list[Any]]:
        """SQL for rows that touch the days asked for."""
        parts, values = ["TRUE"], []
        if self.since:
            parts.append(f"{last} >= ?")
            values.append(self.since)
        if self.until:
            parts.append(f"{first} <= ?")
            values.append(self.until)
        return " AND ".join(parts), values

    def parties(self, *columns: str) -> tuple[str, list[Any]]:
        """SQL for rows with both countries somewhere in the columns (lists of countries)."""
        if not self.between:
            return "TRUE", []
        one = " OR ".join(f"list_contains({name}, ?)" for name in columns)
        values: list[Any] = []
        for country in self.between:
            values += [country] * len(columns)
        return f"({one}) AND ({one})", values
