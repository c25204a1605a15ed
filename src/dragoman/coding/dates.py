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
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.anchored_dates import ANCHORED, anchored_days
from dragoman.coding.calendar_words import (
    MONTH_PATTERN,
    NUMBER_PATTERN,
    UNIT_PATTERN,
    WEEKDAY_PATTERN,
    Days,
    open_range,
    year_days,
)
from dragoman.coding.date_direction import FIRST, looks_back, looks_forward
from dragoman.coding.date_meanings import days_back, days_of
from dragoman.coding.date_rules import YEAR, rules_for
from dragoman.coding.eras import eras
from dragoman.model import When

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

#: Rules whose days are a stretch already, whatever word stands before.
_RANGES = frozenset({"days_month", "two_months", "years", "weekdays"})
#: "Have been killed in three months" looks back.
_COUNTING_BACK = re.compile(
    r"(?:(?:has|have|['’]ve) (?:now |already |also )?(?:been )?(?:\w+ed|hurt|shot|taken|held"
    r"|left|lost|met|fled|seen)\b)(?:(?! to )[^.,;:()]){0,40}$",
    re.IGNORECASE,
)
_DID = r"(?-i:[a-z]{3,}(?<!hundr)ed)|took|fought|began|broke|came|left|lost|met|sent|struck|shot|held|hit|drove|fell"
#: "The most dangerous moment since the crisis of 1962" is not of 1962; in "the worst since Chad
#: bombed it in 1962" the bombing is.
_COMPARED = re.compile(
    rf"(?:{FIRST}[^.;]{{0,60}}\bsince\b|\bnot since\b)(?:(?!\b(?:{_DID})\b)[^.;,]){{0,50}}$",
    re.IGNORECASE,
)
#: "The worst violence this year", "the first talks in eight months" were on some day of it.
_RANKED = re.compile(
    rf"{FIRST}(?:(?!\b(?:was|were|had|has|have|(?-i:[a-z]+(?<!hundr)ed))\b)[^.,;:()]){{0,40}}$",
    re.IGNORECASE,
)
_RANKING_UNITS = frozenset({"week", "month", "year", "decade", "century"})
#: "Have bombed them for years": nobody knows when.
_LASTING = re.compile(r"(?:\b(?:has|have|had)|['’](?:ve|s|d))\b[^.;:]{0,60}$", re.IGNORECASE)
#: A cheap test that spares most sentences the rules.
_ANY = re.compile(  # in small letters; May is the month where it is written so
    rf"\d|\b(?:{WEEKDAY_PATTERN}|{MONTH_PATTERN}|{UNIT_PATTERN}|today|yesterday|tomorrow|tonight"
    r"|overnight|weekend|morning|night|afternoon|evening|summer|winter|spring|autumn|fall"
    rf"|{'|'.join(eras())}|long ago|christmas|new year|half|halloween)".replace(
        "(?-i:May)|", ""
    ).lower()
)
_MAY = re.compile(r"\bMay")
#: What stands in whatever leans on a time told before, in small letters.
_LEANS = re.compile(
    rf"(?:that|same|following|next) (?:{UNIT_PATTERN}|morning|afternoon|evening|night|{WEEKDAY_PATTERN.lower()})"
    r"|later|earlier"
)
#: A day of a month: "on May 16", "16 May".
_BARE_DAY = re.compile(
    rf"(?:\b(?:{MONTH_PATTERN})\.? \d{{1,2}}|\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{MONTH_PATTERN}))"
    rf"(?!.*{YEAR})",
    re.IGNORECASE,
)
_RANGE_INSIDE = re.compile(r"(since|until|till|by|from)\b", re.IGNORECASE)
_RANGE = re.compile(r"\b(since|until|till|by|before|from|after)\s+(?:the\s+)?$", re.IGNORECASE)
_FUTURE_WORDS = re.compile(
    r"\b(?:will|shall|due to|set to|scheduled|plans? to|planned|expected to|deadline|until|by)\b",
    re.IGNORECASE,
)

_A_YEAR = re.compile(YEAR)
_LENGTH = re.compile(rf"(?<![\w-])(?:{NUMBER_PATTERN}) (?:{UNIT_PATTERN})s?$", re.IGNORECASE)
#: How far back, in code points, words may say what a time is for.
_BEHIND = 250
#: How far back, in words, the time may stand that another leans on.
_LEANING = 140


class _Found(NamedTuple):
    start: int
    end: int
    days: Days | None
    compared: bool = False  # "the worst attack since 1998": no time of anything told


def year_of(word: str) -> When | None:
    """The days of the year or the time that a word names ("2015", "9/11"), or None."""
    if named := eras().get(word.lower()):
        return When(named[0].isoformat(), named[1].isoformat(), word)
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
    today = as_date(published)
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
    today = as_date(published)
    for found in _scan(text, today, lambda _text, _start: future or None):
        return _when(found, text, False)
    return None


def _find_tokens(
    source: Doc | Span, today: date | None, unresolved: bool
) -> list[tuple[int, int, When]]:
    doc = source.doc
    shift = source[0].idx if len(source) else 0
    text = source.text

    def future(_text: str, start: int) -> bool | None:
        span = doc.char_span(start + shift, start + shift + 1, alignment_mode="expand")
        if span is None or not len(span):
            return None
        return True if looks_forward(span[0]) else False if looks_back(span[0]) else None

    result = []
    first = source[0].i if len(source) else 0

    def before() -> str:
        return doc[max(0, first - _LEANING) : first].text

    for found in _scan(text, today, future, before):
        when = _when(found, text, unresolved)
        span = doc.char_span(found.start + shift, found.end + shift, alignment_mode="expand")
        if when and span is not None:
            result.append((span.start, span.end, when))
    return result


def _future_in_text(text: str, start: int) -> bool | None:
    return bool(_FUTURE_WORDS.search(text, max(0, start - 60), start)) or None


def length_before(words: str) -> str | None:
    """The length of time that some words end with ("came two days": "two days"), or None."""
    found = _LENGTH.search(words)
    return found.group() if found else None


def shifted(when: When, words: str) -> When | None:
    """The days that lie "two days earlier", "a week later" than some, or None where that is not known."""
    match, days = ANCHORED.fullmatch(words), (as_date(when.start), as_date(when.end))
    if match is None or days[0] is None or days[1] is None:
        return None
    moved = anchored_days(match, (days[0], days[1]))
    return When(moved[0].isoformat(), moved[1].isoformat(), when.text) if moved else None


def year_before(when: When) -> When | None:
    """The same day of the year before, where the words tell a day and month without a year."""
    bare = _BARE_DAY.search(when.text) or when.text.lower().endswith("new year")
    if not bare or when.start != when.end:
        return None
    year, rest = int(when.start[:4]) - 1, when.start[4:]
    try:
        day = date.fromisoformat(f"{year:04}{rest}").isoformat()
    except ValueError:
        return None
    return when.replace(start=day, end=day)


def as_date(published: str | None) -> date | None:
    """The day of an ISO date or time, None where there is none or it is not one."""
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
    return When("", "", words) if unresolved and not found.compared else None


def _scan(
    text: str, today: date | None, future: _Future, before: Callable[[], str] = str
) -> Iterator[_Found]:
    """Expressions that do not overlap, the earlier rule and the earlier place first.

    ``before`` tells the text that stands before, asked only where a time leans on one told there.
    """
    small = text.lower()
    if not (_ANY.search(small) or _MAY.search(text)):
        return
    leaning = list(ANCHORED.finditer(text)) if _LEANS.search(small) else []
    taken = [_Found(match.start(), match.end(), None) for match in leaning]
    for name, rule in rules_for(text):
        for match in rule.finditer(text):
            if any(match.start() < item.end and item.start < match.end() for item in taken):
                continue
            if name == "deictic" and match["way"].lower() == "the" and not match["part"]:
                continue  # "the week" means no week in particular
            back = name == "within" and _counts_back(_before(match))
            if (
                name == "within"
                and not back
                and text.startswith((" of ", " earlier "), match.end())
            ):
                continue  # "died in five days of fighting", "in two days earlier this week": how long it took
            limit = _RANGE_INSIDE.match(match.group()) or _RANGE.search(
                text, max(0, match.start() - _BEHIND), match.start()
            )
            range_word = limit.group(1).lower() if limit else ""
            forward = range_word in {"until", "till", "by"} or future(text, match.start())
            days = days_of(name, match, today, forward)
            if name in _RANGES:
                if days is None and (today is not None or match.groupdict().get("y")):
                    continue  # "25-24 April" is no stretch: its day is read alone
                taken.append(_Found(match.start(), match.end(), days))
                continue
            compared = _is_compared(name, match)
            if compared:
                days = None
            elif back:
                days = days_back(match, today)
            stretch = open_range(days, range_word, today)
            taken.append(_Found(match.start(), match.end(), stretch, compared))
    for number, match in enumerate(leaning):
        told = [item for item in taken if item.days and item.end <= match.start()]
        if not told:
            text_before = before()
            told = list(_told(text_before, today)) or list(_bare_years(text_before))
        try:
            days = _leaning(match, told, today, future)
        except (ValueError, OverflowError):  # after the last day that there is
            days = None
        taken[number] = _Found(match.start(), match.end(), days)
    yield from sorted(taken, key=lambda item: item[:2])


def _is_compared(name: str, match: re.Match[str]) -> bool:
    """Whether a time only says among what something is the worst, the first."""
    text = match.string
    if name == "vague" and match.group().lower().startswith("for "):
        before = _before(match)
        return not _LASTING.search(before) or is_ranked(before)
    ranks = name == "span" or (
        name == "deictic"
        and match["way"].lower() == "this"
        and match["unit"].lower() in _RANKING_UNITS
    )
    compared = _COMPARED.search(text, max(0, match.end() - _BEHIND), match.end())
    return bool(compared or (ranks and is_ranked(_before(match))))


def _before(match: re.Match[str]) -> str:
    """The words that stand before a match."""
    return match.string[max(0, match.start() - _BEHIND) : match.start()]


def _counts_back(before: str) -> bool:
    """Whether words before a length of time look back on it."""
    return bool(_COUNTING_BACK.search(before)) or is_ranked(before)


def is_ranked(before: str) -> bool:
    """Whether words before a length of time say that something is the first, the worst in it."""
    return bool(_RANKED.search(before))


def _told(before: str, today: date | None) -> Iterator[_Found]:
    """The times of the text before that are known."""
    return (item for item in _scan(before, today, _future_in_text) if item.days)


def _bare_years(before: str) -> Iterator[_Found]:
    """The years of the text before, also those that are no expressions ("a 2013 attack")."""
    for match in re.finditer(rf"\b{YEAR}\b", before):
        yield _Found(match.start(), match.end(), year_days(int(match.group())))


def _leaning(
    match: re.Match[str], told: list[_Found], today: date | None, future: _Future
) -> Days | None:
    """The days of words that lean on the time told last; without one, on the story's own day."""
    if today and (match["unit"] or "").lower() == "hour":  # nobody told what is to come
        told = [item for item in told if item.days and item.days[0] <= today]
    if told:
        last = max(told, key=lambda item: item.end)
        return anchored_days(match, last.days) if last.days else None
    back = match["shift"] and match["shift"].lower() == "earlier"
    ahead = match["next"] and future(match.string, match.start())
    return anchored_days(match, (today, today)) if today and (back or ahead) else None


if TYPE_CHECKING:
    from collections.abc import Callable

    _Future = Callable[[str, int], bool | None]
