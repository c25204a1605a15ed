"""The calendar's words and what they mean in days: the arithmetic under ``dates``."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

#: First and last day, both inclusive.
Days = tuple[date, date]

WEEKDAYS = [name.lower() for name in calendar.day_name]
MONTHS = [name.lower() for name in calendar.month_name]
_SHORT_MONTHS = [name.lower() for name in calendar.month_abbr]
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "couple of": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "a few": 3, "few": 3, "several": 4, "some": 4,
}  # fmt: skip
SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
}
WEEKDAY_PATTERN = "|".join(name.capitalize() for name in WEEKDAYS)
# "may" is written with a capital only: the modal verb is far more frequent
MONTH_PATTERN = "|".join(
    [name.capitalize() for name in MONTHS if name and name != "may"]
    + ["(?-i:May)"]
    + [name.capitalize() for name in _SHORT_MONTHS if name not in {"", "may"}]
    + ["Sept"]
)
UNIT_PATTERN = "day|week|month|year|decade|hour|quarter"
NUMBER_PATTERN = r"\d+|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
_UNIT_DAYS = {"hour": 0, "day": 1, "week": 7}
#: The weekday until which "this weekend", of what was done, is the last one.
_MIDWEEK = 3
_UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def month_number(name: str) -> int:
    """1–12 for a month's name or short name."""
    short = name.lower().rstrip(".")[:3]
    return _SHORT_MONTHS.index(short)


def number_of(words: str) -> int:
    """The number that figures or words mean. Unknown words count as 1."""
    return int(words) if words.isdigit() else NUMBERS.get(words.lower(), 1)


def month_days(year: int, month: int) -> Days:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def year_days(year: int) -> Days:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def season_days(year: int, season: str) -> Days:
    """First and last day of the season that begins in a year."""
    first, last = SEASONS[season]
    return date(year, first, 1), month_days(year + (last < first), last)[1]


def named_month(month: int, today: date | None, future: bool | None) -> Days | None:
    """The last such month up to ``today`` (or the next, when ``future``)."""
    if today is None:
        return None
    if future:
        return month_days(today.year + (month < today.month), month)
    return month_days(today.year - (month > today.month), month)


def nearest_day(month: int, day: int, today: date | None, future: bool | None) -> Days | None:
    """A day without a year: the one nearest to ``today``; ``future`` tells on which side of it."""
    if today is None:
        return None
    found = [
        date(year, month, day)
        for year in (today.year - 1, today.year, today.year + 1)
        if day <= calendar.monthrange(year, month)[1]
    ]
    if future is not None:
        found = [item for item in found if (item >= today if future else item <= today)]
    best = min(found, key=lambda item: abs((item - today).days))
    return best, best


def weekday_day(
    name: str, today: date | None, future: bool | None, *, week: int | None = None
) -> Days | None:
    """The last such weekday up to ``today``; the first after it when ``future``.

    Args:
        week: that of last (-1), this (0) or next (1) week instead.
    """
    if today is None:
        return None
    number = WEEKDAYS.index(name.lower())
    if week is not None:
        day = today + timedelta(days=7 * week + number - today.weekday())
    elif future:
        day = today + timedelta(days=(number - today.weekday()) % 7)
    else:
        day = today - timedelta(days=(today.weekday() - number) % 7)
    return day, day


def _shift_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days_ago(today: date | None, count: int, unit: str) -> Days | None:
    """The day, week, month or year that lies ``count`` units back (forward when negative)."""
    if today is None:
        return None
    unit = unit.lower()
    if unit in {"hour", "day"}:
        day = today - timedelta(days=count if unit == "day" else 0)
        return day, day
    if unit == "week":
        day = today - timedelta(days=7 * count)
        return day - timedelta(days=day.weekday()), day + timedelta(days=6 - day.weekday())
    if unit in {"month", "quarter"}:
        day = _shift_months(today, -count * (3 if unit == "quarter" else 1))
        return month_days(day.year, day.month)
    years = count * (10 if unit == "decade" else 1)
    return year_days(today.year - years)


def recent(today: date | None, count: int, unit: str, *, forward: bool) -> Days | None:
    """The ``count`` units that end (or, ``forward``, begin) with ``today``."""
    if today is None:
        return None
    unit = unit.lower()
    if unit in _UNIT_MONTHS:
        other = _shift_months(today, count * _UNIT_MONTHS[unit] * (1 if forward else -1))
    else:
        length = timedelta(days=max(1, count * _UNIT_DAYS[unit]))
        other = today + length if forward else today - length
    return (today, other) if forward else (other, today)


def shifted_unit(today: date | None, way: str, unit: str, future: bool | None) -> Days | None:
    """What "this week", "last month", "next year", "next Thursday", "last summer" mean."""
    if today is None:
        return None
    way, unit = way.lower(), unit.lower()
    step = {"last": 1, "next": -1, "the following": -1}.get(way, 0)
    if unit in WEEKDAYS:
        forward = step < 0 or (step == 0 and bool(future))
        if step:  # "last Thursday", "next Thursday" are never today
            today = today + timedelta(days=1 if forward else -1)
        return weekday_day(unit, today, forward)
    if unit in {"morning", "afternoon", "evening", "night"}:
        return days_ago(today, 1 if step > 0 else 0, "day")
    if unit == "weekend":
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        gone = future is False and today.weekday() < _MIDWEEK  # "marched this weekend", on Monday
        if step < 0 or (step == 0 and today.weekday() < 5 and not gone):
            saturday += timedelta(days=7)
        return saturday, saturday + timedelta(days=1)
    if unit in SEASONS:
        return season_days(today.year - step, unit)
    if unit not in _UNIT_DAYS and unit not in _UNIT_MONTHS:
        month = month_number(unit)
        if step == 0:
            return month_days(today.year, month)
        days = named_month(month, today, future=step < 0)
        here = days is not None and days[0] <= today <= days[1]
        return month_days(today.year - step, month) if here else days  # "last May", told in May
    return days_ago(today, step, unit)


def part_of(days: Days | None, part: str | None) -> Days | None:
    """The named part of a stretch of days: the first third for "early", and so on."""
    if days is None or not part or days[0] == days[1]:
        return days
    part = part.lower()
    first, last = days
    length = (last - first).days + 1
    third = timedelta(days=length // 3)
    if part.startswith(("early", "earlier", "beginning", "start")):
        return first, first + third - timedelta(days=1)
    if part.startswith(("late", "later", "end")):
        return last - third + timedelta(days=1), last
    if part.startswith("mid"):
        return first + third, last - third
    half = timedelta(days=length // 2)
    return (
        (first, first + half - timedelta(days=1))
        if part.startswith("first")
        else (first + half, last)
    )


def open_range(days: Days | None, word: str, today: date | None) -> Days | None:
    """Days after "since", "from", "until" or "by": the stretch between them and ``today``."""
    if days is None:
        return None
    word = word.lower()
    if word in {"since", "from"} and today and days[0] <= today:
        return days[0], today
    if word in {"until", "till", "by"} and today and days[1] >= today:
        return today, days[1]
    return days


def is_number(words: str) -> bool:
    """Whether the words are a number this module reads."""
    return bool(re.fullmatch(NUMBER_PATTERN, words, re.IGNORECASE))
