"""What the words of a story say about when it was written.

Two kinds: anniversaries ("30 years after the collapse of the Soviet Union") point at a year; years
spoken of as past ("the 2015 agreement") are the earliest it can be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dragoman.numerals import SMALL, small
from dragoman.reading import knowledge

_WORDS = "|".join(sorted(["a", *SMALL], key=len, reverse=True))
_NUMBER = rf"(?P<number>\d{{1,3}}|(?:{_WORDS})(?:-(?:{_WORDS}))?)"
_HEDGE = r"(?P<hedge>(?:just |exactly |precisely |almost |nearly |about |around |some |roughly |approximately |more than |over |less than |under |at least )*)"
_SPAN = rf"{_HEDGE}{_NUMBER}(?:[ -](?P<unit>years?|decades?))"
_TENSE = r"(?:the |its |their |his |her |moscow['’]s |russia['’]s )?"
_PRESENT_YEAR = re.compile(
    r"(?:\b(?P<lead>in|since|of|after|during|from|following|the|a|between)\s+"
    r"(?:(?:early|late|mid|January|February|March|April|May|June|July|August|September|October|"
    r"November|December)[ -])?(?P<year>(?:19[5-9]|20[0-4])\d)\b)(?P<next>s|['’]s|-\d\d)?"
)
_MARKS = re.compile(r"[^\w\s'’-]")
_NOT_PAST = re.compile(
    r"\b(?:no later than|not later than|invite[sd]?|will|would|could|shall|may|might|should|by|until|till|plans?|planned|planning|scheduled|due|expected|expects|next|"
    r"target|goal|upcoming|forthcoming|aims?|ahead of|forecasts?|projected|hopes?|intends?|"
    r"promis(?:e|es|ed|ing)|pledg(?:e|es|ed|ing)|vow(?:s|ed|ing)?|propos(?:e|es|ed|ing|al|als)|postpon(?:e|es|ed|ing)|"
    r"schedul(?:e|es|ing)|if)\b",
    re.I,
)
_TIME_WORD = re.compile(r"\b(?:years?|decades?|anniversary)\b")
_REACH = 120
"""Code points on each side of "years" in which the event must be named."""
_SENTENCES = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")


@dataclass(frozen=True)
class Implied:
    """A year that the text implies: best guess, how far off it may be (years each way), the words."""

    year: int
    slack: int
    words: str
    reason: str

    @property
    def low(self) -> int:
        """Earliest year it allows."""
        return self.year - self.slack

    @property
    def high(self) -> int:
        """Latest year it allows."""
        return self.year + self.slack


@cache
def _events() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """Name, year and pattern of every event of the table.

    Raises:
        DataError: a bad pattern or year.
    """
    return tuple(
        (row["event"], int(row.number("year", 1, 9999)), row.pattern("pattern"))
        for row in knowledge.rows("reference_events.tsv", ("event", "year", "pattern"))
    )


@cache
def _forms(pattern: str) -> tuple[re.Pattern[str], ...]:
    """The ways to date a story by an event; compiled when a story first names the event."""
    core = rf"{_TENSE}(?:{pattern})"
    forms = (
        rf"{_SPAN} (?:after|since|on from|from|following) {core}",
        rf"{core}(?:[^.;\n]{{0,25}}?),? {_SPAN} (?:ago|earlier|before)\b",
        rf"{_SPAN} ago,? (?:(?:when|with|at|after|in) )?(?:[^.;\n]{{0,25}}? )?{core}",
        rf"(?P<hedge>)(?P<number>\d{{1,3}})(?:st|nd|rd|th)(?P<unit>) anniversary of {core}",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def implied_year(text: str) -> Implied | None:
    """The year that anniversaries in the text point at; where several disagree, the tightest."""
    found: list[Implied] = []
    for window in _windows(text):
        for event, year, pattern in _events():
            if pattern.search(window):
                found.extend(_anniversaries(window, event, year, _forms(pattern.pattern)))
    if not found:
        return None
    found.sort(key=lambda item: (item.slack, -item.year))
    best = found[0]
    for other in found[1:]:
        if other.low <= best.high and other.high >= best.low and other.slack < best.slack:
            best = other
    return best


def _windows(text: str) -> list[str]:
    """The words round every "years", "decades" and "anniversary", overlapping ones joined."""
    found: list[tuple[int, int]] = []
    for match in _TIME_WORD.finditer(text):
        start, end = max(0, match.start() - _REACH), match.end() + _REACH
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [text[start:end] for start, end in found]


def _anniversaries(
    text: str, event: str, year: int, forms: tuple[re.Pattern[str], ...]
) -> list[Implied]:
    found = []
    for form in forms:
        for match in form.finditer(text):
            count = number_of(match["number"])
            if count is None:
                continue
            unit = (match["unit"] or "").lower()
            years = count * 10 if unit.startswith("decade") else count
            words = " ".join(match.group().split())
            slack = _slack(unit, match["hedge"] or "")
            reason = f"“{words}”: {event} {year} + {years}"
            found.append(Implied(year + years, slack, words, reason))
    return found


def _slack(unit: str, hedge: str) -> int:
    """How many years off an anniversary may be: decades and hedged numbers are looser."""
    if unit.startswith("decade"):
        return 4
    if hedge.strip() and not hedge.strip().startswith(("just", "exactly", "precisely")):
        return 3
    return 1


def number_of(words: str) -> int | None:
    """The number that digits or English words ("thirty-two") stand for, 1–999."""
    words = words.lower()
    if words.isdigit():
        return int(words)
    return 1 if words == "a" else small(words)


def latest_past_year(text: str) -> tuple[int, str, int] | None:
    """The latest year spoken of as past, its words, and how often such a year is named.

    Sentences about the future do not count.
    """
    best: tuple[int, str, int] | None = None
    for sentence in _SENTENCES.split(text):
        if _NOT_PAST.search(sentence):
            continue
        for match in _PRESENT_YEAR.finditer(sentence):
            year = int(match["year"])
            if match["next"] == "s" or match["lead"].lower() == "between":
                continue
            if best is None or year > best[0]:
                after = _MARKS.split(sentence[match.end() :], maxsplit=1)[0].split()[:2]
                best = (year, " ".join([match.group(), *after]), 1)
            elif year == best[0]:
                best = (best[0], best[1], best[2] + 1)
    return best
