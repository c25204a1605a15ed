"""The days that a brief is about: the last ones, and as many before them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.errors import UsageError
from dragoman.ledger.scope import Scope

MOST_DAYS = 3650
_OLD = 30  # days without a story before the last days after which nobody follows a crisis any more


@dataclass(frozen=True)
class Days:
    """The day of a brief, and the first and last day of the last days and of those before."""

    day: date
    last: tuple[date, date]
    before: tuple[date, date]

    @classmethod
    def of(cls, scope: Scope, days: int, last_story: date | None) -> Days:
        """Counted back from the day asked; where the newest story is far older, as in a corpus, from its day.

        Raises:
            UsageError: it is no number of days.
        """
        if not 1 <= days <= MOST_DAYS:
            raise UsageError(f"days wants a number from 1 to {MOST_DAYS}, not {days}")
        day = min(item for item in (scope.today, scope.until) if item)
        old = last_story is not None and day - last_story >= timedelta(days + _OLD)
        end = last_story if last_story and old else day
        span = timedelta(days=days - 1)
        first = back(end, span)
        until = back(first, timedelta(days=1))
        return cls(day, (first, end), (back(until, span), until))

    def within(self, day: date | None) -> bool:
        """Whether a day is one of the last."""
        return day is not None and self.last[0] <= day <= self.last[1]

    def scope(self, scope: Scope, span: tuple[date, date]) -> Scope:
        """The scope within a stretch of days."""
        first, last = span
        return replace(
            scope, since=max(first, scope.since or first), until=min(last, scope.until or last)
        )


def back(day: date, by: timedelta) -> date:
    """The day so long before; the first there is where that is too early."""
    return day - by if day - date.min >= by else date.min
