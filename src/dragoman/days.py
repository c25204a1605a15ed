"""Days: the names of weekdays and months in English, and days as ISO writes them."""

from __future__ import annotations

import datetime
from typing import Any

from dragoman.errors import InputError

#: In small letters; Monday and January come first.
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
#: A pattern of a month's name as it is written, in full or cut short ("Sept."); no groups.
MONTH_WORD = r"(?:{})\.?".format(
    "|".join(rf"{month[:3].capitalize()}(?:{month[3:]})?" for month in MONTHS) + "|Sept"
)


def month_number(name: str) -> int:
    """1 to 12 for a month's name or what it is cut to ("Sept."), 0 for what is none."""
    short = name.lower()[:3]
    return next((number for number, month in enumerate(MONTHS, 1) if month[:3] == short), 0)


def is_missing(value: Any) -> bool:
    """Whether nothing stands there: None, NaN, or what pandas has in place of a day or any other value."""
    try:
        return value is None or bool(value != value)
    except TypeError:  # pandas.NA, which is neither true nor false
        return True
    except ValueError:  # an array
        return False


def iso_day(value: str | datetime.date | None, source: str) -> str | None:
    """A day, or the day of a time, as YYYY-MM-DD; None for none (pandas' NaT and NaN too).

    Args:
        source: what the day belongs to, for the error.

    Raises:
        InputError: it is no day ("date").
    """
    if is_missing(value) or not value:
        return None
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    try:
        return datetime.datetime.fromisoformat(value).date().isoformat()
    except (TypeError, ValueError):
        reason = f"not a date (YYYY-MM-DD): {str(value)[:40]!r}"
        raise InputError(source, reason, code="date") from None
