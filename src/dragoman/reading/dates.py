"""When a story was published: evidence gathered, weighed, and doubted.

Order of trust: given by the user; the page's own data; its address; the dateline; the byline;
a date found on the page by htmldate. A page clock alone is never the date. What the text implies
(``inner_evidence``) decides nothing by itself, but it can unseat weak evidence and is told to
the reader. Nothing here looks at today's date: the same input gives the same story for ever.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.days import MONTHS, WEEKDAYS, month_number
from dragoman.model import Note
from dragoman.reading.blocks import Draft
from dragoman.reading.datelines import Dateline
from dragoman.reading.inner_evidence import Implied, implied_year, latest_past_year

_MONTH = rf"({'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?"
_FORMS = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"(?P<mon>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})", re.I),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<mon>{_MONTH}),?[\s-]+(?P<y>\d{{4}})",
        re.I,
    ),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4})(?!\d)"),
)
#: A cell that is a day and a time in figures (GDELT's "20260304153000"), or a day as spreadsheets write it
#: ("4-Mar-26").
_FIGURES = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)[0-2]\d[0-5]\d(?:[0-5]\d)?")
_SHORT_YEAR = re.compile(rf"(?P<d>\d{{1,2}})[- ](?P<mon>{_MONTH})[- ](?P<yy>\d{{2}})", re.I)
#: Whole numbers become fractions in a column with empty cells.
_FRACTION = re.compile(r"(\d{8,})\.0+")
#: Years of two figures from here on are of the last century.
_LAST_CENTURY = 70
_WITHOUT_YEAR = re.compile(
    rf"(?:(?P<mon>{_MONTH})\s+(?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}})\s+(?P<mon2>{_MONTH}))", re.I
)
_IN_ADDRESS = (
    re.compile(
        r"/(?P<y>(?:19|20)\d{2})/(?P<m>\d{1,2}|[a-z]{3,9})/(?P<d>\d{1,2})(?=[/_.-]|$)", re.I
    ),
    re.compile(r"[/_-](?P<y>(?:19|20)\d{2})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
    re.compile(r"[/_=-](?P<y>20\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
)
_CHANGED = re.compile(r"(?:last )?(?:updated?|modified|edited|revised)\b", re.I)
_NEW_YEAR = re.compile(
    r"\bjan(?:uary|\.)?\s+0?1\b|\b0?1(?:st)?\s+jan|(?<!\d)0?1[-/.]0?1(?!\d)", re.I
)
_DAY_NAMED = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b", re.I)
_DAY_IN_CLOCK = re.compile(rf"\b({'|'.join(day[:3] for day in WEEKDAYS)})", re.I)
_EARLIEST, _LATEST = 1800, 2100
_UNSET = frozenset(
    [datetime.date(1970, 1, 1), datetime.date(1969, 12, 31), datetime.date(1900, 1, 1)]
)
"""Days that a page's data hold where nobody filled them in: the beginning of computers' time."""
_WEAK = ("byline", "dateline", "page")
_SAME = datetime.timedelta(days=3)
"""Two dates so close are one publication (time zones, agency copy of the eve)."""


@dataclass(frozen=True)
class Weighed:
    """The verdict: ISO date or None, what decided it, and the doubts."""

    published: str | None
    basis: str | None
    notes: tuple[Note, ...] = ()
    implied_year: int | None = None


@dataclass(frozen=True)
class Evidence:
    """One dated piece of evidence: its kind, date, and where it stood."""

    kind: str
    date: datetime.date
    words: str


@dataclass
class _Case:
    """All evidence of one story."""

    dated: list[Evidence] = field(default_factory=list)
    clocks: list[Evidence] = field(default_factory=list)
    implied: Implied | None = None
    past: tuple[int, str, int] | None = None
    weekday: str | None = None


def parse_date(text: str, day_first: bool | None = None) -> datetime.date | None:
    """The date in a string in any usual form (ISO, "March 3, 2026", "3 March 2026", 3/31/2026).

    A form such as 3/4/2026, which may be March or April, is no date unless ``day_first`` says
    which. Seconds or milliseconds since 1970 are read in UTC. Of a cell that is "4-Mar-26" the year is 2026.
    """
    text = text.strip()
    if number := _FRACTION.fullmatch(text):
        text = number[1]
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return datetime.datetime.fromtimestamp(int(text[:10]), datetime.UTC).date()
    if whole := _FIGURES.fullmatch(text):
        return _from_parts(whole.groupdict())
    if short := _SHORT_YEAR.fullmatch(text):
        year = int(short["yy"])
        return _from_parts(
            {
                **short.groupdict(),
                "y": str(year + (1900 if year >= _LAST_CENTURY else 2000)),
            }
        )
    for form in _FORMS:
        match = form.search(text)
        if match:
            found = _from_parts(match.groupdict(), day_first)
            if found:
                return found
    return None


def tells_of_change(line: str) -> bool:
    """Whether a line tells when a story was changed, not when it was published."""
    return _CHANGED.match(line) is not None


def is_day(text: str) -> bool:
    """Whether a text is a day as YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _from_parts(
    parts: dict[str, str | None], day_first: bool | None = None
) -> datetime.date | None:
    """The date of matched parts; None when they are no date or may be two."""
    year, day = int(parts["y"] or 0), parts.get("d")
    if parts.get("a") is not None:
        first, second = int(parts["a"] or 0), int(parts["b"] or 0)
        if day_first is None and first <= 12 and second <= 12 and first != second:
            return None
        swapped = day_first if first <= 12 and second <= 12 else first > 12
        month, number = (second, first) if swapped else (first, second)
    else:
        name = parts.get("mon") or parts.get("m") or ""
        month = int(name) if name.isdigit() else month_number(name)
        number = int(day or 0)
    return _date(year, month, number)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def date_in_address(url: str) -> datetime.date | None:
    """The day that a page's address names (/2026/03/04/, /2026/mar/04/, -2026-03-04)."""
    for form in _IN_ADDRESS:
        match = form.search(url)
        if match:
            found = _from_parts(match.groupdict())
            if found:
                return found
    return None


def weigh(
    draft: Draft,
    text: str,
    dateline: Dateline | None,
    tree: Any,
    given: str | None,
    name: str = "",
) -> Weighed:
    """The publication date that the evidence supports, with notes on conflicts.

    Args:
        text: the story's text.
        tree: the page's tree for htmldate, or None for plain text.
        given: ISO date of the user; it decides.
        name: of the file; a day in it gives a dateline of that day its year.
    """
    case = _gather(draft, text, dateline, name)
    if given:
        return Weighed(
            given,
            "given",
            _year_conflict(case, Evidence("given", datetime.date.fromisoformat(given), "")),
        )
    doubt: tuple[Note, ...] = ()
    if not case.dated and tree is not None:
        found = _searched(tree, draft.url)
        doubt = _two_days(found, tree) if found else ()
        if found and not doubt and not _is_the_clock(found, case, tree):
            case.dated.append(found)
    if not case.dated:
        implied = case.implied.year if case.implied else None
        return Weighed(None, None, doubt or _undated(case), implied)
    best = case.dated[0]
    conflict = _year_conflict(case, best)
    if conflict and best.kind in _WEAK:
        return Weighed(None, None, conflict)
    return Weighed(best.date.isoformat(), best.kind, (*conflict, *_disagreements(case, best)))


def _gather(draft: Draft, text: str, dateline: Dateline | None, name: str) -> _Case:
    """All evidence but the search of the page, best first."""
    case = _Case(implied=implied_year(text), past=latest_past_year(text))
    named = _DAY_NAMED.search(text[:3000])
    case.weekday = named.group(1).capitalize() if named else None
    for where, value in draft.metadata_dates:
        found = parse_date(value)
        if found and found not in _UNSET:
            case.dated.append(Evidence("metadata", found, where))
    address = date_in_address(draft.url) if draft.url else None
    if address:
        case.dated.append(Evidence("url", address, draft.url or ""))
    for line in draft.clocks:
        found = parse_date(line)
        if found:
            case.clocks.append(Evidence("clock", found, line))
    if dateline and dateline.date:
        found = parse_date(dateline.date) or _complete(dateline.date, case, name)
        if found:
            case.dated.append(Evidence("dateline", found, dateline.text))
    for line in sorted(draft.bylines, key=tells_of_change):
        found = parse_date(line)
        if found:
            case.dated.append(Evidence("byline", found, line))
    return case


def _complete(words: str, case: _Case, name: str) -> datetime.date | None:
    """A dateline's day and month with the year that other evidence gives, checked by the weekday.

    The year comes from the page's data or address; else from a file's name that holds this day or one of the next
    three ("2026-03-04.txt"); else from the years that the text allows, if exactly one of them puts the day on the
    weekday that the text names, or on the next.
    """
    match = _WITHOUT_YEAR.search(words)
    if not match:
        return None
    day, month = int(match["d"] or match["d2"]), month_number(match["mon"] or match["mon2"])
    if case.dated:
        found = _date(case.dated[0].date.year, month, day)
        return (
            found
            if found and abs(found - case.dated[0].date) < datetime.timedelta(days=40)
            else None
        )
    if saved := date_in_address(f"-{Path(name).stem}"):
        written = (_date(saved.year - back, month, day) for back in (0, 1))
        near = [d for d in written if d and datetime.timedelta(0) <= saved - d <= _SAME]
        if near:
            return near[0]
    if case.implied is None or case.weekday is None:
        return None
    wanted = WEEKDAYS.index(case.weekday.lower())
    fitting = [
        found
        for year in range(case.implied.low, case.implied.high + 1)
        if (found := _date(year, month, day)) and (found.weekday() - wanted) % 7 <= 1
    ]
    return fitting[0] if len(fitting) == 1 else None


def _searched(tree: Any, url: str | None) -> Evidence | None:
    """The date htmldate finds on the page."""
    from htmldate import find_date

    from dragoman.reading.page import FAULTS

    try:
        found = find_date(
            tree, url=url, original_date=True, extensive_search=True,
            min_date="1990-01-01", max_date=f"{_LATEST}-01-01",
        )  # fmt: skip
    except FAULTS:
        return None
    date = parse_date(found) if found else None
    if date and (date.month, date.day) == (1, 1) and not _NEW_YEAR.search(_words_of(tree)):
        return None  # a year alone (a copyright line) is given as its first day
    return Evidence("page", date, "found on the page") if date else None


def _is_the_clock(found: Evidence, case: _Case, tree: Any) -> bool:
    """Whether the date that was found on a page stands nowhere but in its masthead."""
    clocks = sum(clock.date == found.date for clock in case.clocks)
    if not clocks:
        return False
    told = (
        _from_parts(match.groupdict())
        for form in _FORMS
        for match in form.finditer(_words_of(tree))
    )
    return sum(date == found.date for date in told) <= clocks


def _two_days(found: Evidence, tree: Any) -> tuple[Note, ...]:
    """A note where the date that was found is written on the page only as 5/7/2024, which is two days."""
    words = _words_of(tree)
    for match in _FORMS[-1].finditer(words):
        parts = match.groupdict()
        days = {_from_parts(parts, day_first) for day_first in (True, False)}
        if len(days) == 2 and found.date in days:
            if any(
                _from_parts(other.groupdict()) == found.date
                for form in _FORMS
                for other in form.finditer(words)
            ):
                return ()
            message = f"{match[0]} may be two days; the publication date is left open"
            return (Note("date-unread", message),)
    return ()


def _words_of(tree: Any) -> str:
    """The page's words and the values of its ``datetime`` and ``content`` attributes."""
    return " ".join([*tree.itertext(), *tree.xpath("//@datetime|//@content")])


def _year_conflict(case: _Case, best: Evidence) -> tuple[Note, ...]:
    """A note when the text implies another year than the evidence, else nothing."""
    year = best.date.year
    where = {"given": "the given date is", "clock": "the page's clock shows"}.get(
        best.kind, f"the {best.kind} says"
    )
    if case.implied and not case.implied.low <= year <= case.implied.high:
        message = (
            f"{where} {best.date.isoformat()}, but the text implies {case.implied.year} "
            f"({case.implied.reason})"
        )
        return (Note("date-conflict", message),)
    # "the 2018 World Cup" in a story of October 2017: one mention of the next year proves nothing.
    if case.past and (case.past[0] > year + 1 or (case.past[0] > year and case.past[2] > 1)):
        message = (
            f"{where} {best.date.isoformat()}, but the text speaks of {case.past[0]} as past "
            f"(“{case.past[1]}”)"
        )
        return (Note("date-conflict", message),)
    return ()


def _undated(case: _Case) -> tuple[Note, ...]:
    """Notes for a story without a date: what the clock shows and what the text implies."""
    notes: list[Note] = []
    if case.clocks:
        clock = case.clocks[0]
        notes += _year_conflict(case, clock)
        if not notes:
            notes.append(
                Note(
                    "page-clock-only",
                    f"the only date is the page's clock ({clock.date.isoformat()}), which shows when "
                    "the page was saved; the publication date is left open",
                )
            )
        named = _DAY_IN_CLOCK.search(clock.words)
        if named and WEEKDAYS[clock.date.weekday()][:3] != named.group(1).lower():
            message = f"the page's clock contradicts itself: “{clock.words}” was a {WEEKDAYS[clock.date.weekday()].capitalize()}"
            notes.append(Note("date-conflict", message))
    if case.implied:
        day = f"; it names {case.weekday} as the day" if case.weekday else ""
        message = f"the text implies the year {case.implied.year} ({case.implied.reason}){day}"
        notes.append(Note("year-implied", message))
    elif case.past:
        message = f"the text was written in {case.past[0]} or later (“{case.past[1]}”)"
        notes.append(Note("year-implied", message))
    if not case.clocks:
        notes.append(Note("date-unknown", "no evidence of the publication date was found"))
    return tuple(notes)


def _disagreements(case: _Case, best: Evidence) -> tuple[Note, ...]:
    """A note for the first evidence of another kind that is more than three days off."""
    for other in case.dated[1:]:
        if other.kind != best.kind and abs(other.date - best.date) > _SAME:
            message = (
                f"the {best.kind} says {best.date.isoformat()}, the {other.kind} says "
                f"{other.date.isoformat()}; the former is taken"
            )
            return (Note("date-conflict", message),)
    return ()
