"""What a time expression means: the days of a match, by the name of the rule that found it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.coding.calendar_words import (
    FEASTS,
    Days,
    days_ago,
    length_of,
    month_days,
    named_month,
    nearest_day,
    part_of,
    recent,
    season_days,
    share_days,
    shifted_unit,
    unit_of,
    weekday_day,
    weekend_days,
    year_days,
    years_days,
)
from dragoman.coding.date_rules import SHARES
from dragoman.coding.eras import century_days, eras
from dragoman.days import month_number


def days_of(
    name: str, match: re.Match[str], today: date | None, future: bool | None
) -> Days | None:
    """The days a match of the rule ``name`` means, or None where they cannot be known."""
    try:
        return _HANDLERS[name](match.groupdict(), today, future)
    except (ValueError, OverflowError):  # 31 June, year 0
        return None


_Groups = dict[str, str | None]


def _iso(groups: _Groups, _today: date | None, _future: bool | None) -> Days | None:
    day = date(int(groups["y"] or 0), int(groups["m"] or 0), int(groups["d"] or 0))
    return day, day


def _day_month(groups: _Groups, today: date | None, future: bool | None) -> Days | None:
    month, number = month_number(groups["mon"] or ""), int(groups["d"] or 0)
    if groups.get("y"):
        day = date(int(groups["y"] or 0), month, number)
        return day, day
    if groups.get("way"):
        if today is None:
            return None
        day = date(today.year + _STEPS[(groups["way"] or "").lower()], month, number)
        return day, day
    return nearest_day(month, number, today, future)


def _day_of_month(groups: _Groups, today: date | None, future: bool | None) -> Days | None:
    """ "On the 21st": the last such day, or the next where it lies ahead."""
    number, way = _day(groups["d"]), (groups["way"] or "").lower()
    if today is None:
        return None
    if way:
        month = shifted_unit(today, "this" if way == "the" else way, "month", future)
        day = month[0].replace(day=number) if month else None
        return (day, day) if day else None
    around = [shifted_unit(today, word, "month", future) for word in ("last", "this", "next")]
    days = [
        month[0].replace(day=number)
        for month in around if month and number <= month[1].day
    ]  # fmt: skip
    found = min(x for x in days if x >= today) if future else max(x for x in days if x <= today)
    return found, found


def _days_month(groups: _Groups, today: date | None, future: bool | None) -> Days | None:
    """ "24-25 April", "April 3 to 7": two days of one month; "and" joins them as well."""
    month, first, last = month_number(groups["mon"] or ""), _day(groups["d"]), _day(groups["e"])
    if first >= last:
        return None
    return _from_to(month, first, groups.get("y"), month, last, groups.get("y"), today, future)


def _two_months(groups: _Groups, today: date | None, future: bool | None) -> Days | None:
    """ "29 April to 2 May"."""
    return _from_to(
        month_number(groups["mon"] or ""), _day(groups["d"]), groups.get("y"),
        month_number(groups["end"] or ""), _day(groups["e"]), groups.get("z"), today, future,
    )  # fmt: skip


def _from_to(
    month: int, day: int, year: str | None, month_after: int, day_after: int,
    year_after: str | None, today: date | None, future: bool | None,
) -> Days | None:  # fmt: skip
    """The days from one to another; a year given with either is the year of both."""
    if year or year_after:
        number = int(year or year_after or 0)
        if not year and month > month_after:
            number -= 1  # "29 December to 2 January 2022"
        first = date(number, month, day)
    else:
        near = nearest_day(month, day, today, future)
        if near is None:
            return None
        first = near[0]
    last = date(first.year + (month_after < month), month_after, day_after)
    return (first, last) if first <= last else None


def _day(words: str | None) -> int:
    return int(re.sub(r"\D", "", words or "0"))


def _years(groups: _Groups, _today: date | None, _future: bool | None) -> Days | None:
    first, last = int(groups["y"] or 0), int(groups["z"] or 0)
    return (date(first, 1, 1), date(last, 12, 31)) if first < last else None


def _month_year(groups: _Groups, _today: date | None, _future: bool | None) -> Days | None:
    days = month_days(int(groups["y"] or 0), month_number(groups["mon"] or ""))
    return part_of(days, groups.get("part"))


def _month(groups: _Groups, today: date | None, future: bool | None) -> Days | None:
    return part_of(
        named_month(month_number(groups["mon"] or ""), today, future), groups.get("part")
    )


def _year(groups: _Groups, _today: date | None, _future: bool | None) -> Days | None:
    return part_of(year_days(int(groups["y"] or 0)), groups.get("part"))


def _length(groups: _Groups) -> tuple[int, str]:
    """The number of units that a phrase tells, one where it tells none."""
    return length_of(groups.get("n") or "a", groups["unit"] or "", bool(groups.get("half")))


def _ago(groups: _Groups, today: date | None, _future: bool | None) -> Days | None:
    count, unit = _length(groups)
    step = 1
    if groups["way"] in {"later", "from now"}:
        count, step = -count, -1
    found, bound = days_ago(today, count, unit), groups.get("bound")
    if found is None or not bound:
        return found
    further = count + step if bound in {"more than", "over"} else count - step
    other = days_ago(today, further, unit) or found
    return min(found[0], other[0]), max(found[1], other[1])


def _span(groups: _Groups, today: date | None, _future: bool | None) -> Days | None:
    forward = groups["way"] in {"next", "coming"}
    return recent(today, *_length(groups), forward=forward)


def _within(groups: _Groups, today: date | None, _future: bool | None) -> Days | None:
    return recent(today, *_length(groups), forward=True)


def days_back(match: re.Match[str], today: date | None) -> Days | None:
    """The units that end with the story's day, None where they begin before the first."""
    try:
        return recent(today, *_length(match.groupdict()), forward=False)
    except (ValueError, OverflowError):
        return None


def _vague(_groups: _Groups, _today: date | None, _future: bool | None) -> Days | None:
    """ "Years ago": nobody knows when."""
    return None


def _decade(groups: _Groups, _today: date | None, _future: bool | None) -> Days | None:
    year = int(groups["y"] or 0)
    century = year % 100 == 0 and year < 2000  # "the 1800s"
    return part_of(years_days(year, 100 if century else 10), groups.get("part"))


def _century(groups: _Groups, _today: date | None, _future: bool | None) -> Days | None:
    return part_of(century_days(groups["n"] or ""), groups.get("part"))


def _era(groups: _Groups, _today: date | None, _future: bool | None) -> Days | None:
    """ "During World War II"; how long after it something was is not told."""
    told = (groups["way"] or "").lower() not in {"after", "before"}
    return eras()[(groups["era"] or "").lower()] if told else None


def _share(groups: _Groups, today: date | None, _future: bool | None) -> Days | None:
    """ "The first quarter of 2000", "the second half of last year"."""
    parts = 2 if (groups["unit"] or "").lower() == "half" else 4
    part = SHARES[(groups["part"] or "").lower()] or parts
    if part > parts or (not groups["y"] and today is None):
        return None
    step = _STEPS.get((groups["way"] or "").lower(), 0)
    year = int(groups["y"]) if groups["y"] else (today or date.min).year + step
    return share_days(year, part, parts)


def _feast(groups: _Groups, today: date | None, future: bool | None) -> Days | None:
    """ "Christmas Day", "New Year's Eve"."""
    month, number = FEASTS[(groups["feast"] or "").lower().replace("’", "'")]
    if groups.get("y"):
        day = date(int(groups["y"] or 0), month, number)
        return day, day
    return nearest_day(month, number, today, future)


def _recent(groups: _Groups, today: date | None, _future: bool | None) -> Days | None:
    return recent(today, 4, unit_of(groups["unit"] or ""), forward=False)


def _coming(groups: _Groups, today: date | None, _future: bool | None) -> Days | None:
    return recent(today, 4, unit_of(groups["unit"] or ""), forward=True)


def _deictic(groups: _Groups, today: date | None, future: bool | None) -> Days | None:
    days = shifted_unit(today, groups["way"] or "", unit_of(groups["unit"] or ""), future)
    part = (groups.get("part") or "").lower()
    if days and today and part in {"earlier", "later"} and days[0] <= today <= days[1]:
        return (days[0], today) if part == "earlier" else (today, days[1])
    return part_of(days, part)


def _season_year(groups: _Groups, _today: date | None, _future: bool | None) -> Days | None:
    days = season_days(int(groups["y"] or 0), (groups["season"] or "").lower())
    return part_of(days, groups.get("part"))


def _month_of(groups: _Groups, today: date | None, _future: bool | None) -> Days | None:
    step = _STEPS[(groups["way"] or "").lower()]
    return month_days(today.year + step, month_number(groups["mon"] or "")) if today else None


def _weekday(groups: _Groups, today: date | None, future: bool | None) -> Days | None:
    week = _STEPS.get((groups.get("week") or "").lower())
    return weekday_day(groups["day"] or "", today, future, week=week)


def _weekdays(groups: _Groups, today: date | None, future: bool | None) -> Days | None:
    """ "last Wednesday and Thursday", "on Thursday and Friday next week"."""
    way = (groups["way"] or "").lower()
    week = _STEPS.get((groups["week"] or "").lower())
    ahead = way == "next" or (not way and future)
    last = weekday_day(groups["to"] or "", today, ahead, week=week)
    first = weekday_day(groups["day"] or "", last[1] if last else None, False)
    return (first[0], last[1]) if first and last else None


def _day_word(groups: _Groups, today: date | None, _future: bool | None) -> Days | None:
    word = (groups["word"] or "").lower()
    if word == "earlier in the week":
        return (today - timedelta(days=today.weekday()), today) if today else None
    if "weekend" in word:
        return weekend_days(today) if today else None
    shift = {"yesterday": 1, "tomorrow": -1, "the day before yesterday": 2}
    shift["the day after tomorrow"] = -2
    return days_ago(today, shift.get(word, 0), "day")


_STEPS = {"last": -1, "this": 0, "next": 1}
_HANDLERS = {
    "day_of_month": _day_of_month,
    "days_month": _days_month,
    "two_months": _two_months,
    "years": _years,
    "decade": _decade,
    "century": _century,
    "era": _era,
    "share": _share,
    "feast": _feast,
    "vague": _vague,
    "iso": _iso,
    "day_month": _day_month,
    "month_year": _month_year,
    "month": _month,
    "year": _year,
    "ago": _ago,
    "span": _span,
    "within": _within,
    "recent": _recent,
    "coming": _coming,
    "deictic": _deictic,
    "weekday": _weekday,
    "weekdays": _weekdays,
    "season_year": _season_year,
    "month_of": _month_of,
    "day_word": _day_word,
}
