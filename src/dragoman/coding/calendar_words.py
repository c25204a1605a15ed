"""The calendar's words and what they mean in days: the arithmetic under ``dates``."""

from __future__ import annotations

import calendar
import math
from datetime import date, timedelta

from dragoman.coding.number_words import SMALL_PATTERN
from dragoman.days import MONTHS, WEEKDAYS, month_number
from dragoman.numerals import small

#: First and last day, both inclusive.
Days = tuple[date, date]

NUMBERS = {
    "a": 1, "an": 1, "a couple of": 2, "couple of": 2, "a few": 3, "few": 3, "several": 4, "some": 4,
    "half a": 0.5, "half an": 0.5,
}  # fmt: skip
#: Days that have a name: month and day.
FEASTS = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "by the new year": (1, 1),
    "before the new year": (1, 1),
    "until the new year": (1, 1),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "may day": (5, 1),
    "bastille day": (7, 14),
    "halloween": (10, 31),
}
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
    [name.capitalize() for name in MONTHS if name != "may"]
    + ["(?-i:May)"]
    + [name[:3].capitalize() for name in MONTHS if name != "may"]
    + ["Sept"]
)
UNIT_PATTERN = "day|week|month|year|decade|century|centurie|hour|quarter"
_NUMBERS = "|".join(sorted(NUMBERS, key=len, reverse=True))
NUMBER_PATTERN = rf"(?:\d+|{SMALL_PATTERN}) and a half|\d+|{_NUMBERS}|{SMALL_PATTERN}"
_UNIT_DAYS = {"hour": 0, "day": 1, "week": 7}
#: The weekday until which "this weekend", of what was done, is the last one.
_MIDWEEK, _SATURDAY = 3, 5
#: The month until which "this winter" is the one that began in the year before.
_MIDYEAR = 5
_UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
#: How many smaller units a unit has, for halves of it.
_SMALLER = {
    "century": (100, "year"),
    "decade": (10, "year"),
    "year": (12, "month"),
    "quarter": (3, "month"),
    "month": (30, "day"),
    "week": (7, "day"),
    "day": (24, "hour"),
}
_UNIT_YEARS = {"year": 1, "decade": 10, "century": 100}
_HOURS = 24


def number_of(words: str) -> float:
    """The number that figures or words mean.

    Raises:
        ValueError: they are no number.
    """
    words = words.lower()
    plain = words.removesuffix(" and a half")
    if plain in NUMBERS:
        return NUMBERS[plain]
    number = int(plain) if plain.isdigit() else small(plain)
    if number is None:
        raise ValueError(f"no number: {words!r}")
    return number if plain == words else number + 0.5


def unit_of(word: str) -> str:
    """The unit that a word of ``UNIT_PATTERN`` names."""
    return "century" if word.lower() == "centurie" else word.lower()


def length_of(words: str, unit: str, half: bool = False) -> tuple[int, str]:
    """A number of units, halves told in smaller ones: "a year and a half" is eighteen months."""
    number, unit = number_of(words) + (0.5 if half else 0), unit_of(unit)
    if number == int(number) or unit not in _SMALLER:
        return math.ceil(number), unit
    factor, smaller = _SMALLER[unit]
    return int(number * factor), smaller


def month_days(year: int, month: int) -> Days:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def year_days(year: int) -> Days:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def years_days(year: int, years: int) -> Days:
    """First and last day of the decade, the century that begins in a year."""
    return date(year, 1, 1), date(year + years - 1, 12, 31)


def share_days(year: int, part: int, parts: int) -> Days:
    """First and last day of a half or quarter of a year; ``part`` counts from one."""
    months = 12 // parts
    return date(year, months * (part - 1) + 1, 1), month_days(year, months * part)[1]


def season_days(year: int, season: str) -> Days:
    """First and last day of the season that begins in a year."""
    first, last = SEASONS[season]
    return date(year, first, 1), month_days(year + (last < first), last)[1]


def _named_season(season: str, step: int, today: date, future: bool | None) -> Days:
    """The season before today (``step`` 1), after today (-1), or the one that is meant by "this"."""
    near = [season_days(year, season) for year in range(today.year - 2, today.year + 3)]
    if step > 0:
        return [days for days in near if days[1] < today][-1]
    if step < 0:
        return next(days for days in near if days[0] > today)
    wraps = near[0][1].year > near[0][0].year
    over = today.month <= _MIDYEAR and not future  # "this winter", told in March
    return near[1] if wraps and (over or today.month <= near[0][1].month) else near[2]


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
    if unit == "hour":  # up to a day back is today
        count = 0 if abs(count) < _HOURS else int(math.copysign(_whole_days(abs(count)), count))
    if unit in {"hour", "day"}:
        day = today - timedelta(days=count)
        return day, day
    if unit == "week":
        day = today - timedelta(days=7 * count)
        return day - timedelta(days=day.weekday()), day + timedelta(days=6 - day.weekday())
    if unit in {"month", "quarter"}:
        day = _shift_months(today, -count * (3 if unit == "quarter" else 1))
        return month_days(day.year, day.month)
    return year_days(today.year - count * _UNIT_YEARS[unit])


def _whole_days(hours: int) -> int:
    """How many days hours take, at least one."""
    return max(1, -(-hours // _HOURS))


def recent(today: date | None, count: int, unit: str, *, forward: bool) -> Days | None:
    """The ``count`` units that end (or, ``forward``, begin) with ``today``."""
    if today is None:
        return None
    unit = unit.lower()
    if unit in _UNIT_MONTHS:
        other = _shift_months(today, count * _UNIT_MONTHS[unit] * (1 if forward else -1))
    else:
        days = _whole_days(count) if unit == "hour" else max(1, count * _UNIT_DAYS[unit])
        length = timedelta(days=days)
        other = today + length if forward else today - length
    return (today, other) if forward else (other, today)


def shifted_unit(today: date | None, way: str, unit: str, future: bool | None) -> Days | None:
    """What "this week", "last month", "next year", "next Thursday", "last summer" mean."""
    if today is None:
        return None
    way, unit = way.lower(), unit.lower()
    step = {"last": 1, "next": -1, "the following": -1}.get(way, 0)
    if unit in WEEKDAYS and way == "this":
        return _this_weekday(unit, today, future)
    if unit in WEEKDAYS:
        forward = step < 0 or (step == 0 and bool(future))
        if step:  # "last Thursday", "next Thursday" are never today
            today = today + timedelta(days=1 if forward else -1)
        return weekday_day(unit, today, forward)
    if unit in {"morning", "afternoon", "evening", "night"}:
        return days_ago(today, 1 if step > 0 else 0, "day")
    if unit == "weekend":
        return _weekend(today, step, future)
    if unit in SEASONS:
        return _named_season(unit, step, today, future)
    if unit not in _UNIT_DAYS and unit not in _UNIT_MONTHS:
        month = month_number(unit)
        if step == 0:
            return month_days(today.year, month)
        days = named_month(month, today, future=step < 0)
        here = days is not None and days[0] <= today <= days[1]
        return month_days(today.year - step, month) if here else days  # "last May", told in May
    size = _UNIT_YEARS.get(unit, 1)
    if size > 1:  # "last century" is the twentieth
        return years_days((today.year // size - step) * size, size)
    return days_ago(today, step, unit)


def _this_weekday(name: str, today: date, future: bool | None) -> Days | None:
    """ "This Friday": that of the week, or of the next one where it is over and the verb looks ahead."""
    days = weekday_day(name, today, future, week=0)
    return weekday_day(name, today, future, week=1) if future and days and days[0] < today else days


def weekend_days(today: date) -> Days:
    """The last weekend that has begun."""
    saturday = today - timedelta(days=(today.weekday() - _SATURDAY) % 7)
    return saturday, saturday + timedelta(days=1)


def _weekend(today: date, step: int, future: bool | None) -> Days:
    """The weekend that "last" (``step`` 1), "this" or "next" (-1) means."""
    saturday = weekend_days(today)[0]
    within = today.weekday() >= _SATURDAY
    gone = future is False and today.weekday() < _MIDWEEK  # "marched this weekend", on Monday
    if step > 0 and within:
        saturday -= timedelta(days=7)
    elif step < 0 or (step == 0 and not within and not gone):
        saturday += timedelta(days=7)
    return saturday, saturday + timedelta(days=1)


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
