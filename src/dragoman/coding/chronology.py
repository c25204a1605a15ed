"""A list of years: "2012: Rebels seize …", "May 2021 – …", "2023" on a line of its own; what stands behind such a head
happened then, and its "in March" is that year's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding import dates
from dragoman.coding.calendar_words import MONTH_PATTERN, year_days
from dragoman.coding.date_rules import YEAR

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:[ \t]?[-–][ \t]?{_DAY})?"
_MONTH = rf"(?:{MONTH_PATTERN})\.?"
#: A year, a month or a day at the head of a line, behind a bullet, with a mark behind it or nothing.
_HEAD = re.compile(
    rf"^[ \t]*(?:[•*·‣▪][ \t]*|[-–—][ \t]+)?"
    rf"(?P<when>(?:{_DAYS}[ \t]{_MONTH},?[ \t]|{_MONTH}[ \t](?:{_DAYS},?[ \t])?)?(?P<year>{YEAR})(?:[-–](?P<to>{YEAR}))?"
    rf"|{_DAYS}[ \t]{_MONTH}|{_MONTH}[ \t]{_DAYS}|{_MONTH})"
    r"[ \t]*(?::[ \t]|[-–—][ \t]|(?P<alone>:?$))",
    re.MULTILINE,
)
_BLANK = re.compile(r"\S[^\n]*\n[ \t]*(?:\n|\Z)")
_KEPT = "dragoman.chronology"
#: Heads from which a text is such a list, and those of them with a year.
_SEVERAL, _WITH_YEAR = 3, 2


class Entry(NamedTuple):
    """Code points ``start`` to ``end`` (half-open) tell of days, both inclusive; ``words`` are those of the head."""

    start: int
    end: int
    first: date
    last: date
    words: str


def entry_at(doc: Doc, place: int, published: str | None) -> Entry | None:
    """The entry of a list of years in which a code point stands; None elsewhere.

    Args:
        place: code point of the text.
        published: the story's date (YYYY-MM-DD), or None.
    """
    kept: list[Entry] | None = doc.user_data.get(_KEPT)
    if kept is None:
        kept = doc.user_data[_KEPT] = list(_entries(doc.text, dates.as_date(published)))
    number = bisect_right(kept, place, key=lambda entry: entry.start) - 1
    return kept[number] if number >= 0 and place < kept[number].end else None


def starts(text: str) -> list[int]:
    """The code points at which the entries of a list of years begin, and the text behind the last; empty for others."""
    heads = _heads(text)
    return [head.start() for head in heads] + [_end(text, heads[-1], heads, [])] if heads else []


def _heads(text: str) -> list[re.Match[str]]:
    heads = list(_HEAD.finditer(text))
    years = sum(bool(head["year"]) for head in heads)
    return heads if len(heads) >= _SEVERAL and years >= _WITH_YEAR else []


def _entries(text: str, published: date | None) -> Iterator[Entry]:
    heads = _heads(text)
    under: date | None = None  # the last day of the year whose entries are being told
    alone = [head.start() for head in heads if _is_heading(text, head)]
    for head in heads:
        days = _days(head, under or published)
        if days is None:
            continue
        if head["year"]:
            under = year_days(days[1].year)[1]
        if published is not None and days[0] > published:
            continue  # what is due is told in its own words
        yield Entry(head.start(), _end(text, head, heads, alone), *days, head["when"])


def _is_heading(text: str, head: re.Match[str]) -> bool:
    return head["alone"] is not None and bool(text[head.end() :].strip())


def _days(head: re.Match[str], today: date | None) -> tuple[date, date] | None:
    """The days of a head; a day without a year lies in that of the entries before, or next before the story's."""
    words = head["when"]
    if words[:4].isdigit():
        first, last = int(head["year"]), int(head["to"] or head["year"])
        return (year_days(first)[0], year_days(last)[1]) if first <= last else None
    told = dates.resolve(words, today.isoformat() if today else None) or dates.resolve(
        f"in {words}", today.isoformat() if today else None
    )
    first_day, last_day = (
        (dates.as_date(told.start), dates.as_date(told.end)) if told else (None, None)
    )
    return (first_day, last_day) if first_day and last_day else None


def _end(text: str, head: re.Match[str], heads: list[re.Match[str]], alone: list[int]) -> int:
    """Where an entry ends: with its line; under a head on a line of its own, before the next such head, or, behind
    the last of them, with the paragraph."""
    later = next((other.start() for other in heads if other.start() > head.start()), len(text))
    if head["alone"] is None:
        stop = text.find("\n", head.end())
        return min(later, stop if stop >= 0 else len(text))
    if any(place > head.start() for place in alone):
        return later
    block = _BLANK.search(text, head.end())
    return min(later, block.end() if block else len(text))
