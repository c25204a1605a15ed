"""Times that lean on one told before: "August that year", "the following day", "two weeks later"."""

from __future__ import annotations

import re
from datetime import timedelta

from dragoman.coding.calendar_words import (
    MONTH_PATTERN,
    NUMBER_PATTERN,
    UNIT_PATTERN,
    WEEKDAY_PATTERN,
    Days,
    days_ago,
    length_of,
    month_days,
    unit_of,
    weekday_day,
)
from dragoman.days import month_number

_PART_OF_DAY = "morning|afternoon|evening|night"
#: Groups: ``mon`` a month of that year; ``way`` and ``unit``; ``n``, ``unit`` and ``shift``.
ANCHORED = re.compile(
    rf"(?<![\w-])(?:(?:in |of )?(?P<mon>{MONTH_PATTERN})(?: of)? (?:that|the same) year"
    rf"|(?:later |earlier )?(?:that|the same) (?P<same>{UNIT_PATTERN}|{_PART_OF_DAY})"
    rf"|the (?:following|next) (?P<next>day|week|month|year|{_PART_OF_DAY}|{WEEKDAY_PATTERN})"
    rf"|(?P<n>{NUMBER_PATTERN}) (?P<unit>{UNIT_PATTERN})s?(?P<half> and a half)? (?P<shift>later|earlier)"
    r"(?! (?:this|in the) (?:week|month|year)))(?![\w-])",  # "in four days earlier this month"
    re.IGNORECASE,
)


def anchored_days(match: re.Match[str], anchor: Days) -> Days | None:
    """The days that a match of ``ANCHORED`` means.

    Args:
        match: the words.
        anchor: first and last day of the time told last before them.

    Returns:
        First and last day, or None where the anchor is too wide to tell them ("the following day"
        after a year).
    """
    first, last = anchor
    if match["mon"]:
        return month_days(first.year, month_number(match["mon"])) if _one_year(anchor) else None
    if match["n"]:
        count, unit = length_of(match["n"], match["unit"], bool(match["half"]))
        return _shifted(anchor, count if match["shift"].lower() == "earlier" else -count, unit)
    if match["same"]:
        return _shifted(anchor, 0, _unit(match["same"]))
    unit = match["next"].capitalize()
    if re.fullmatch(WEEKDAY_PATTERN, unit):
        return weekday_day(unit, last + timedelta(days=1), True) if first == last else None
    return _shifted(anchor, -1, _unit(match["next"]))


def _unit(word: str) -> str:
    return "day" if word.lower() in _PART_OF_DAY.split("|") else unit_of(word)


def _shifted(anchor: Days, count: int, unit: str) -> Days | None:
    """The unit that lies ``count`` units before the anchor, where the anchor lies within one."""
    first, last = anchor
    here = days_ago(first, 0, unit)
    if here is None or not here[0] <= last <= here[1]:
        return None
    return days_ago(first, count, unit)


def _one_year(anchor: Days) -> bool:
    return anchor[0].year == anchor[1].year
