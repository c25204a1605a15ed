"""Days as ISO writes them."""

from __future__ import annotations

import datetime

from dragoman.errors import InputError


def iso_day(value: str | datetime.date | None, source: str) -> str | None:
    """A day, or the day of a time, as YYYY-MM-DD; None for none.

    Args:
        source: what the day belongs to, for the error.

    Raises:
        InputError: it is no day ("date").
    """
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if not value:
        return None
    try:
        return datetime.datetime.fromisoformat(value).date().isoformat()
    except (TypeError, ValueError):
        reason = f"not a date (YYYY-MM-DD): {str(value)[:40]!r}"
        raise InputError(source, reason, code="date") from None
