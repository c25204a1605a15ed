"""Days named in words ("Wednesday", "12 March", "tomorrow", "for 14 days") beside a day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.days import MONTHS, WEEKDAYS
from dragoman.numerals import small

_AMOUNT, _LENGTH = r"(a|\d+|[a-z]+(?:-five)?)", "(hour|day|week|month)"
_SPELL = re.compile(rf"\b(?:for|by|lasts|lasting|(?:to|will) last) (?:a further |another |the next )?{_AMOUNT}[- ]{_LENGTH}s?\b", re.I)  # fmt: skip
# "a 30-day ceasefire", "a three-day humanitarian pause"
_OF_LENGTH = re.compile(rf"\b{_AMOUNT}-{_LENGTH}(?:-long)? (?:\w+ ){{0,2}}?(?:cease|truce|armistice|cessation|pause|silence)", re.I)  # fmt: skip
# the day of a speech and that of the agreement itself are not the day of what is told
_SPOKEN = re.compile(r"\b(?:said|says|saying|told|announced|accus\w+|blam\w+|warned|den(?:y|ied))\b(?: \w+){0,2}? (?:on )?$", re.I)  # fmt: skip
_OTHER_DAY = re.compile(r"\b(?:since|until|till|from|after|before|of|agreed|signed|reached|brokered|concluded|declared)(?: on)? (?:the )?$", re.I)  # fmt: skip
_BACK = 31  # days before a report that a bare day in it may lie
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
    return {"a": 1, "an": 1, "zero": 0}.get(bare, small(bare))


def is_named(word: str) -> bool:
    """Whether a word is the name of a month or a weekday."""
    return word.lower() in (*MONTHS, *WEEKDAYS)


def named_day(text: str, published: date | None, ahead: bool) -> date | None:
    """The first time told in ``text``, where it is a single day.

    Args:
        published: what "Friday" and "tomorrow" are counted from; None: only full dates are known.
        ahead: whether a bare weekday or month means the next one or the last one.
    """
    from dragoman.coding import dates  # the coder, which reading a ledger does without

    when = dates.resolve(text, _text_of(published), future=ahead)
    return parse_day(when.start) if when and when.start == when.end else None


def last_day(text: str, published: date | None) -> date | None:
    """The last day of the first time told in what follows "until": "Aug. 31", "the end of May".

    A month's day of the last weeks is that of this year, else the next to come.
    """
    from dragoman.coding import dates

    when = dates.resolve(f"until {text.strip()}", _text_of(published), future=True)
    end = parse_day(when.end) if when else None
    if when is None or end is None or published is None or re.search(r"\d{4}", when.text):
        return end
    year_before = _safe(end.year - 1, end.month, end.day)
    named = any(month[:3] in when.text.lower() for month in MONTHS)
    if named and year_before and 0 < (published - year_before).days <= _BACK:
        return year_before
    return end


def _text_of(day: date | None) -> str | None:
    return day.isoformat() if day else None


def told_day(text: str, published: date | None) -> date | None:
    """The single day on which a sentence says that something was, not later than its story; None where it says none.

    "On Monday" after "said" or "accused" is that of the words: it counts where no other day is told.
    """
    from dragoman.coding import dates  # the coder, which reading a ledger does without

    if published is None:
        return None
    spoken = None
    for first, last, when in dates.find(text, published.isoformat()):
        # by itself: "by Peru on Monday" is no day ahead
        when = dates.resolve(text[first:last], published.isoformat()) or when
        day = parse_day(when.start)
        if when.start != when.end or day is None or not 0 <= (published - day).days <= _BACK:
            continue
        if _OTHER_DAY.search(text, 0, first) or text[last:].startswith(("’s", "'s")):
            continue
        if not _SPOKEN.search(text, 0, first):
            return day
        spoken = spoken or day
    return spoken


def weekday(name: str, published: date, ahead: bool) -> date:
    """The nearest day of that name: today counts, then forward or back."""
    gap = WEEKDAYS.index(name.lower()) - published.weekday()
    return published + timedelta(days=gap % 7 if ahead else -(-gap % 7))


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def spell_end(text: str, start: date | None) -> date | None:
    """The last day of "for 14 days", "by a week" or "a 30-day truce" counted from ``start``; None without one."""
    found = _SPELL.search(text) or _OF_LENGTH.search(text)
    amount = number(found[1]) if found else None
    if found is None or amount is None or start is None:
        return None
    return start + timedelta(days=round(amount * _UNIT[found[2].lower()]))


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
