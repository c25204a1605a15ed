"""Days named in words ("Wednesday", "12 March", "tomorrow", "for 14 days") beside a day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_SMALL = {word: number for number, word in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"])}  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})(?:,? (\d{{4}}))?\b", re.I)
_MONTH_DAY = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?", re.I)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_WEEKDAY = re.compile(rf"\b(next |last )?({'|'.join(_WEEKDAYS)})\b", re.I)
_NEAR = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
_NEAR_WORD = re.compile(r"\b(today|tonight|tomorrow|yesterday)\b", re.I)
_SPELL = re.compile(
    r"\b(?:for|by|lasts|lasting|(?:to|will) last) (?:a further |another |the next )?(a|\d+|[a-z]+)[- ](hour|day|week|month)s?\b",
    re.I,
)
_UNIT = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30}


def parse_day(text: str | None) -> date | None:
    """An ISO day (or the day of an ISO time) as a date; None when it is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def number(word: str) -> int | None:
    """The value of "12", "1,204", "twelve" or "a"; None when it is no number."""
    bare = word.replace(",", "").lower()
    if bare.isdigit():
        return int(bare)
    return 1 if bare in ("a", "an") else _SMALL.get(bare)


def is_named(word: str) -> bool:
    """Whether a word is the name of a month or a weekday."""
    return word.lower() in (*_MONTHS, *_WEEKDAYS)


def named_day(text: str, published: date | None, ahead: bool) -> date | None:
    """The first day named in ``text``.

    Args:
        published: what "Friday" and "tomorrow" are counted from; None: only full dates are known.
        ahead: whether a bare weekday means the next one (due dates) or the last one (reports).
    """
    if found := _ISO.search(text):
        return _safe(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_MONTH.search(text):
        return _in_year(int(found[1]), found[2], found[3], published)
    if found := _MONTH_DAY.search(text):
        return _in_year(int(found[2]), found[1], found[3], published)
    if published is None:
        return None
    if found := _NEAR_WORD.search(text):
        return published + timedelta(days=_NEAR[found[1].lower()])
    if found := _WEEKDAY.search(text):
        forward = ahead if not found[1] else found[1].lower().startswith("next")
        return weekday(found[2], published, forward)
    return None


def weekday(name: str, published: date, ahead: bool) -> date:
    """The nearest day of that name: today counts, then forward or back."""
    gap = _WEEKDAYS.index(name.lower()) - published.weekday()
    return published + timedelta(days=gap % 7 if ahead else -(-gap % 7))


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def spell_end(text: str, start: date | None) -> date | None:
    """The last day of "for 14 days" or "by a week" counted from ``start``; None without one."""
    found = _SPELL.search(text)
    amount = number(found[1]) if found else None
    if found is None or amount is None or start is None:
        return None
    return start + timedelta(days=round(amount * _UNIT[found[2].lower()]))


def _in_year(day: int, month: str, year: str | None, published: date | None) -> date | None:
    """A day without a year is the one nearest to the day of publication."""
    number_of_month = _MONTHS.index(month.lower()) + 1
    if year:
        return _safe(int(year), number_of_month, day)
    if published is None:
        return None
    years = (published.year - 1, published.year, published.year + 1)
    found = [item for item in (_safe(y, number_of_month, day) for y in years) if item]
    return min(found, key=lambda item: abs((item - published).days)) if found else None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
