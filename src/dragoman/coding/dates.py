"""When something happened: time expressions of a story, resolved against its date.

``find`` reads a Doc, a Span or a string and hands back every time expression with the token range
it covers; ``resolve`` reads one phrase. Days are inclusive at both ends. Relative expressions need
the story's date: without it only absolute ones ("12 June 2019", "since 2014") are resolved.

A weekday means the last such day up to the story's date, unless the words or the verb it hangs on
look forward ("next Thursday", "will meet on Thursday"). "That year" and "two days later" lean on the
time that the text told last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.anchored_dates import ANCHORED, anchored_days
from dragoman.coding.calendar_words import (
    MONTH_PATTERN,
    NUMBER_PATTERN,
    UNIT_PATTERN,
    WEEKDAY_PATTERN,
    Days,
    days_ago,
    month_days,
    month_number,
    named_month,
    nearest_day,
    number_of,
    open_range,
    part_of,
    recent,
    season_days,
    shifted_unit,
    weekday_day,
    year_days,
)
from dragoman.model import When

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_PART = (
    r"(?P<part>early|earlier|late|later|mid|middle of|beginning of|start of|end of|"
    r"first half of|second half of)"
)
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
#: A day of the week before its date: "on Tuesday, 19 November".
_NAMED = rf"(?:(?:on )?(?:{WEEKDAY_PATTERN}),? (?:the )?)?"
_TO = r"(?: ?[-–—] ?| to | till | until | through | and )"
_RULES: tuple[tuple[str, str], ...] = (
    ("days_month", rf"(?P<d>{_DAY}){_TO}(?P<e>{_DAY})(?: of)? (?P<mon>{MONTH_PATTERN})\.?"
                   rf"(?:,? (?P<y>{_YEAR}))?"),
    ("days_month", rf"(?P<mon>{MONTH_PATTERN})\.? (?P<d>{_DAY}){_TO}(?P<e>{_DAY})\b(?!,\d)"
                   rf"(?:,? (?P<y>{_YEAR}))?"),
    ("two_months", rf"(?P<d>{_DAY}) (?P<mon>{MONTH_PATTERN})\.?(?:,? (?P<y>{_YEAR}))?{_TO}"
                   rf"(?P<e>{_DAY}) (?P<end>{MONTH_PATTERN})\.?(?:,? (?P<z>{_YEAR}))?"),
    ("two_months", rf"(?P<mon>{MONTH_PATTERN})\.? (?P<d>{_DAY})(?:,? (?P<y>{_YEAR}))?{_TO}"
                   rf"(?P<end>{MONTH_PATTERN})\.? (?P<e>{_DAY})\b(?!,\d)(?:,? (?P<z>{_YEAR}))?"),
    ("years", rf"(?:between|from) (?P<y>{_YEAR})(?: and | to |[-–])(?P<z>{_YEAR})"),
    ("season_year", rf"(?:in |during )?(?:the )?(?:{_PART}[ -])?(?P<season>spring|summer|autumn|fall"
                    rf"|winter)(?: of|,)? (?P<y>{_YEAR})"),
    ("month_of", rf"(?:in |of )?(?P<mon>{MONTH_PATTERN})(?: of)? (?P<way>this|last|next) year"),
    ("weekdays", rf"(?:on )?(?:(?P<way>last|next|this) )?(?P<day>{WEEKDAY_PATTERN}) (?:and|to|till"
                 rf"|until|through) (?P<to>{WEEKDAY_PATTERN})(?: (?P<week>last|next|this) week)?"),
    ("weekday", rf"(?:(?:on|by|until|before|from) )?(?P<day>{WEEKDAY_PATTERN}),? (?P<week>last|next"
                r"|this) week"),
    ("iso", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"),
    ("day_month", rf"{_NAMED}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<mon>{MONTH_PATTERN})\.?"
                  rf"(?:,? (?P<y>{_YEAR}))?"),
    ("day_month", rf"{_NAMED}(?P<mon>{MONTH_PATTERN})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)"
                  rf"(?:,? (?P<y>{_YEAR}))?"),
    ("month_year", rf"(?:(?:the )?{_PART}[ -])?(?P<mon>{MONTH_PATTERN})\.?,? (?:of )?(?P<y>{_YEAR})"),
    ("ago", rf"(?P<n>{NUMBER_PATTERN}) (?P<unit>{UNIT_PATTERN})s? (?P<way>ago|earlier|later|before"
            r"|from now)"),
    ("span", rf"(?:in|over|during|within|for) (?:the )?(?P<way>past|last|next|coming)"
             rf"(?: (?P<n>{NUMBER_PATTERN}))? (?P<unit>{UNIT_PATTERN})s?"),
    ("within", rf"(?:within|in) (?P<n>{NUMBER_PATTERN}) (?P<unit>{UNIT_PATTERN})s?(?:' time)?"),
    ("recent", rf"(?:in |over )?(?:the )?recent (?P<unit>{UNIT_PATTERN})s"),
    ("coming", rf"(?:in |over )?(?:the )?coming (?P<unit>{UNIT_PATTERN})s"),
    ("deictic", rf"(?:(?:the )?{_PART}[ -])?(?P<way>this|last|next|the same|the following|the)"
                rf" (?P<unit>{UNIT_PATTERN}|{WEEKDAY_PATTERN}|{MONTH_PATTERN}|weekend|summer|winter"
                r"|spring|autumn|fall|morning|afternoon|evening|night)"),
    ("weekday", rf"(?:the )?(?:{_PART} )?(?:(?:on|from|since|until|by|before|after) )?"
                rf"(?P<day>{WEEKDAY_PATTERN})(?: (?:morning|afternoon|evening|night|noon))?"),
    ("day_word", r"(?P<word>the day before yesterday|the day after tomorrow|today|yesterday"
                 r"|tomorrow|tonight|overnight|earlier in the day|earlier in the week|hours earlier"
                 r"|at the weekend"
                 r"|over the weekend)"),
    ("year", rf"(?:(?:since|by|until)(?: the)? |(?:in|before|after|from|during|of) )(?:{_PART}[ -])?"
             rf"(?P<y>{_YEAR})(?!\d|s\b| \w+ (?:agreement|accord|war|deal|election)|-\w| agreement"
             r"| accord| deal| war| election| treaty| invasion)"),
    ("year", rf"{_PART}[ -](?P<y>{_YEAR})"),
    ("month", rf"(?:the )?{_PART}[ -](?P<mon>{MONTH_PATTERN})\b"),
    ("month", rf"(?:(?:in|since|by|until|before|after|from|during|of|last|next) )"
              rf"(?P<mon>{MONTH_PATTERN})\b"),
)  # fmt: skip
_COMPILED = tuple(
    (name, re.compile(rf"(?<![\w-]){rule}(?!\w)", re.IGNORECASE)) for name, rule in _RULES
)
#: Rules whose days are a stretch already, whatever word stands before.
_RANGES = frozenset({"days_month", "two_months", "years"})
_FIRST = r"\b(?:first|second|third|fourth|fifth|most|only|worst|[a-z]{3,}est)\b"
#: "The first talks in eight months", "have been killed in three months" look back.
_COUNTING_BACK = re.compile(
    rf"(?:{_FIRST}|(?:has|have|['’]ve) (?:been )?\w+ed\b)[^.,;:()]{{0,40}}$", re.IGNORECASE
)
#: "The most dangerous moment since the crisis of 1962" is not of 1962.
_COMPARED = re.compile(rf"{_FIRST}[^.;]{{0,60}}\bsince\b[^.;,]{{0,50}}$", re.IGNORECASE)
#: A cheap test that spares most sentences the rules.
_ANY = re.compile(
    rf"\d|\b(?:{WEEKDAY_PATTERN}|{MONTH_PATTERN}|{UNIT_PATTERN}|today|yesterday|tomorrow|tonight"
    r"|overnight|weekend|morning|night|afternoon|evening|summer|winter|spring|autumn)",
    re.IGNORECASE,
)
_RANGE_INSIDE = re.compile(r"(since|until|till|by|from)\b", re.IGNORECASE)
_RANGE = re.compile(r"\b(since|until|till|by|before|from|after)\s+(?:the\s+)?$", re.IGNORECASE)
_FUTURE_WORDS = re.compile(
    r"\b(?:will|shall|due to|set to|scheduled|plans? to|planned|expected to|deadline|until|by)\b",
    re.IGNORECASE,
)
_FUTURE_AUXILIARIES = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_FUTURE_GOVERNORS = frozenset(
    {"due", "set", "scheduled", "expected", "planned", "plan", "slated", "ready", "going"}
)


_A_YEAR = re.compile(_YEAR)
#: How far back, in words, the time may stand that another leans on.
_LEANING = 140


class _Found(NamedTuple):
    start: int
    end: int
    days: Days | None


def year_of(word: str) -> When | None:
    """The days of the year that a word names ("2015"), or None."""
    if not _A_YEAR.fullmatch(word):
        return None
    first, last = year_days(int(word))
    return When(first.isoformat(), last.isoformat(), word)


def find(
    source: Doc | Span | str, published: str | None, *, unresolved: bool = False
) -> list[tuple[int, int, When]]:
    """Every time expression, in order of the text.

    Args:
        source: a parsed story or sentence; or plain text.
        published: the story's date (YYYY-MM-DD), or None.
        unresolved: also hand back expressions that could not be resolved, as
            ``When("", "", words)``.

    Returns:
        ``(first, last, when)``: half-open token indices of the Doc (for plain text: code points)
        and the days, both inclusive.
    """
    today = _as_date(published)
    if isinstance(source, str):
        return [
            (found.start, found.end, when)
            for found in _scan(source, today, _future_in_text)
            if (when := _when(found, source, unresolved))
        ]
    return _find_tokens(source, today, unresolved)


def resolve(text: str, published: str | None, *, future: bool = False) -> When | None:
    """The days that a phrase such as "on Thursday" or "early next year" means, or None.

    Args:
        text: the phrase; its first time expression counts.
        published: the story's date (YYYY-MM-DD), or None.
        future: read a bare weekday or month as the next one instead of the last.
    """
    today = _as_date(published)
    for found in _scan(text, today, lambda _text, _start: future):
        return _when(found, text, False)
    return None


def _find_tokens(
    source: Doc | Span, today: date | None, unresolved: bool
) -> list[tuple[int, int, When]]:
    doc = source.doc
    shift = source[0].idx if len(source) else 0
    text = source.text

    def future(_text: str, start: int) -> bool:
        span = doc.char_span(start + shift, start + shift + 1, alignment_mode="expand")
        return span is not None and len(span) > 0 and looks_forward(span[0])

    result = []
    first = source[0].i if len(source) else 0
    before = doc[max(0, first - _LEANING) : first].text if ANCHORED.search(text) else ""
    for found in _scan(text, today, future, before):
        when = _when(found, text, unresolved)
        span = doc.char_span(found.start + shift, found.end + shift, alignment_mode="expand")
        if when and span is not None:
            result.append((span.start, span.end, when))
    return result


def looks_forward(token: Token) -> bool:
    """Whether the verb that a time expression hangs on speaks of the future."""
    for _ in range(4):
        if any(child.lower_ in _FUTURE_AUXILIARIES for child in token.lefts):
            return True
        if token.lower_ in _FUTURE_GOVERNORS:
            return True
        before = {child.lower_ for child in token.lefts}
        if "to" in before and before & {"is", "are"}:
            return True  # "is to meet"
        if token.tag_ in {"VBD", "VBN", "VBZ", "VBP"} or token.head.i == token.i:
            return False
        token = token.head
    return False


def _future_in_text(text: str, start: int) -> bool:
    return bool(_FUTURE_WORDS.search(text, max(0, start - 60), start))


def _as_date(published: str | None) -> date | None:
    if not published:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _when(found: _Found, text: str, unresolved: bool) -> When | None:
    words = text[found.start : found.end]
    if found.days is not None:
        return When(found.days[0].isoformat(), found.days[1].isoformat(), words)
    return When("", "", words) if unresolved else None


def _scan(text: str, today: date | None, future: _Future, before: str = "") -> Iterator[_Found]:
    """Expressions that do not overlap, the earlier rule and the earlier place first."""
    if not _ANY.search(text):
        return
    leaning = list(ANCHORED.finditer(text))
    taken = [_Found(match.start(), match.end(), None) for match in leaning]
    for name, rule in _COMPILED:
        for match in rule.finditer(text):
            if any(match.start() < item.end and item.start < match.end() for item in taken):
                continue
            if name == "deictic" and match["way"].lower() == "the" and not match["part"]:
                continue  # "the week" means no week in particular
            limit = _RANGE_INSIDE.match(match.group()) or _RANGE.search(text, 0, match.start())
            range_word = limit.group(1).lower() if limit else ""
            forward = range_word in {"until", "till", "by"} or future(text, match.start())
            days = _days(name, match, today, forward)
            if name in _RANGES:
                if days is None and (today is not None or match.groupdict().get("y")):
                    continue  # "25-24 April" is no stretch: its day is read alone
                taken.append(_Found(match.start(), match.end(), days))
                continue
            if _COMPARED.search(text, 0, match.end()):
                days = None
            elif name == "within" and _COUNTING_BACK.search(text, 0, match.start()):
                days = _back(match, today)
            taken.append(_Found(match.start(), match.end(), open_range(days, range_word, today)))
    for number, match in enumerate(leaning):
        told = [item for item in taken if item.days and item.end <= match.start()]
        if not told:
            told = list(_told(before, today)) or list(_bare_years(before))
        try:
            days = _leaning(match, told, today, future)
        except (ValueError, OverflowError):  # after the last day that there is
            days = None
        taken[number] = _Found(match.start(), match.end(), days)
    yield from sorted(taken, key=lambda item: item[:2])


def _told(before: str, today: date | None) -> Iterator[_Found]:
    """The times of the text before that are known."""
    return (item for item in _scan(before, today, _future_in_text) if item.days)


def _bare_years(before: str) -> Iterator[_Found]:
    """The years of the text before, also those that are no expressions ("a 2013 attack")."""
    for match in re.finditer(rf"\b{_YEAR}\b", before):
        yield _Found(match.start(), match.end(), year_days(int(match.group())))


def _leaning(
    match: re.Match[str], told: list[_Found], today: date | None, future: _Future
) -> Days | None:
    """The days of words that lean on the time told last; without one, on the story's own day."""
    if told:
        last = max(told, key=lambda item: item.end)
        return anchored_days(match, last.days) if last.days else None
    back = match["shift"] and match["shift"].lower() == "earlier"
    ahead = match["next"] and future(match.string, match.start())
    return anchored_days(match, (today, today)) if today and (back or ahead) else None


def _days(name: str, match: re.Match[str], today: date | None, future: bool) -> Days | None:
    """The days a match of the rule ``name`` means, or None where they cannot be known."""
    try:
        return _HANDLERS[name](match.groupdict(), today, future)
    except (ValueError, OverflowError):  # 31 June, year 0
        return None


_Groups = dict[str, str | None]


def _iso(groups: _Groups, _today: date | None, _future: bool) -> Days | None:
    day = date(int(groups["y"] or 0), int(groups["m"] or 0), int(groups["d"] or 0))
    return day, day


def _day_month(groups: _Groups, today: date | None, future: bool) -> Days | None:
    month, number = month_number(groups["mon"] or ""), int(groups["d"] or 0)
    if groups.get("y"):
        day = date(int(groups["y"] or 0), month, number)
        return day, day
    return nearest_day(month, number, today, future)


def _days_month(groups: _Groups, today: date | None, future: bool) -> Days | None:
    """ "24-25 April", "April 3 to 7": two days of one month; "and" joins them as well."""
    month, first, last = month_number(groups["mon"] or ""), _day(groups["d"]), _day(groups["e"])
    if first >= last:
        return None
    return _from_to(month, first, groups.get("y"), month, last, groups.get("y"), today, future)


def _two_months(groups: _Groups, today: date | None, future: bool) -> Days | None:
    """ "29 April to 2 May"."""
    return _from_to(
        month_number(groups["mon"] or ""), _day(groups["d"]), groups.get("y"),
        month_number(groups["end"] or ""), _day(groups["e"]), groups.get("z"), today, future,
    )  # fmt: skip


def _from_to(
    month: int, day: int, year: str | None, month_after: int, day_after: int,
    year_after: str | None, today: date | None, future: bool,
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


def _years(groups: _Groups, _today: date | None, _future: bool) -> Days | None:
    first, last = int(groups["y"] or 0), int(groups["z"] or 0)
    return (date(first, 1, 1), date(last, 12, 31)) if first < last else None


def _month_year(groups: _Groups, _today: date | None, _future: bool) -> Days | None:
    days = month_days(int(groups["y"] or 0), month_number(groups["mon"] or ""))
    return part_of(days, groups.get("part"))


def _month(groups: _Groups, today: date | None, future: bool) -> Days | None:
    return part_of(
        named_month(month_number(groups["mon"] or ""), today, future), groups.get("part")
    )


def _year(groups: _Groups, _today: date | None, _future: bool) -> Days | None:
    return part_of(year_days(int(groups["y"] or 0)), groups.get("part"))


def _ago(groups: _Groups, today: date | None, _future: bool) -> Days | None:
    count, unit = number_of(groups["n"] or ""), groups["unit"] or ""
    if groups["way"] in {"later", "from now"}:
        count = -count
    return days_ago(today, count, unit)


def _span(groups: _Groups, today: date | None, _future: bool) -> Days | None:
    count = number_of(groups.get("n") or "one")
    forward = groups["way"] in {"next", "coming"}
    return recent(today, count, groups["unit"] or "", forward=forward)


def _within(groups: _Groups, today: date | None, _future: bool) -> Days | None:
    return recent(today, number_of(groups["n"] or ""), groups["unit"] or "", forward=True)


def _back(match: re.Match[str], today: date | None) -> Days | None:
    """The units that end with the story's day."""
    return recent(today, number_of(match["n"]), match["unit"], forward=False)


def _recent(groups: _Groups, today: date | None, _future: bool) -> Days | None:
    return recent(today, 4, groups["unit"] or "", forward=False)


def _coming(groups: _Groups, today: date | None, _future: bool) -> Days | None:
    return recent(today, 4, groups["unit"] or "", forward=True)


def _deictic(groups: _Groups, today: date | None, future: bool) -> Days | None:
    days = shifted_unit(today, groups["way"] or "", groups["unit"] or "", future)
    part = (groups.get("part") or "").lower()
    if days and today and part in {"earlier", "later"} and days[0] <= today <= days[1]:
        return (days[0], today) if part == "earlier" else (today, days[1])
    return part_of(days, part)


def _season_year(groups: _Groups, _today: date | None, _future: bool) -> Days | None:
    days = season_days(int(groups["y"] or 0), (groups["season"] or "").lower())
    return part_of(days, groups.get("part"))


def _month_of(groups: _Groups, today: date | None, _future: bool) -> Days | None:
    step = _WEEKS[(groups["way"] or "").lower()]
    return month_days(today.year + step, month_number(groups["mon"] or "")) if today else None


def _weekday(groups: _Groups, today: date | None, future: bool) -> Days | None:
    week = _WEEKS.get((groups.get("week") or "").lower())
    return weekday_day(groups["day"] or "", today, future, week=week)


def _weekdays(groups: _Groups, today: date | None, future: bool) -> Days | None:
    """ "last Wednesday and Thursday", "on Thursday and Friday next week"."""
    way = (groups["way"] or "").lower()
    week = _WEEKS.get((groups["week"] or "").lower())
    ahead = way == "next" or (not way and future)
    last = weekday_day(groups["to"] or "", today, ahead, week=week)
    first = weekday_day(groups["day"] or "", last[1] if last else None, False)
    return (first[0], last[1]) if first and last else None


def _day_word(groups: _Groups, today: date | None, _future: bool) -> Days | None:
    word = (groups["word"] or "").lower()
    if word == "earlier in the week":
        return (today - timedelta(days=today.weekday()), today) if today else None
    if "weekend" in word:
        return shifted_unit(today, "last", "weekend", False)
    shift = {"yesterday": 1, "tomorrow": -1, "the day before yesterday": 2}
    shift["the day after tomorrow"] = -2
    return days_ago(today, shift.get(word, 0), "day")


_WEEKS = {"last": -1, "this": 0, "next": 1}
_HANDLERS = {
    "days_month": _days_month,
    "two_months": _two_months,
    "years": _years,
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

if TYPE_CHECKING:
    from collections.abc import Callable

    _Future = Callable[[str, int], bool]
