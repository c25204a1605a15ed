"""Short forms of posts and of reports from the field ("2 x KIA", "MoD spox", "031400Z MAR 26") in full words.

The forms stand in ``data/shorthand.tsv``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman.days import MONTHS
from dragoman.informal.rewritten import Edit
from dragoman.informal.words import FOLDER
from dragoman.tables import read_table

if TYPE_CHECKING:
    from dragoman.lexicon import Lexicon

TABLE = FOLDER / "shorthand.tsv"
COLUMNS = ("form", "words", "where", "unless", "example", "not_example")
WHERE = ("", "number", "place", "report", "account")
_BEFORE, _AFTER = r"(?<![^\s(\[“\"‘'/#@])", r"(?=[\s,.:;!?)\]”\"’']|$)"
#: What may stand right behind a form that is a word of its own.
_ENDINGS = ("", ",", ".", ":", ";", ")", "'s", "’s")
#: "7 x FAMa KIA": a number at most two words before.
_NUMBER = re.compile(r"\d(?: ?[xX])?(?: [\w-]+){0,2} $")
_NEAR = 40  # code points before a form in which its number stands
_OPENS = re.compile(r"(?:^|[.!?]|\n)[\s\d.)]*$")
_TIMES = re.compile(r"(?<=\d) ?[xX] ?(?=[A-Za-z]{2})")
_SHORT_MONTHS = tuple(month[:3].upper() for month in MONTHS)
_TIME_GROUP = re.compile(
    r"(?P<opens>(?m:^)[^\S\n]*(?:[A-Z]{3,10} )?)?(?:\b(?:[Aa]t|[Oo]n) )?(?<![\w.])"
    rf"(?P<day>[0-3]\d)(?:[01]\d|2[0-3])[0-5]\dZ(?: ?(?P<month>{'|'.join(_SHORT_MONTHS)})[A-Za-z]*\.?(?: ?(?P<year>\d{{4}}|\d\d))?)?"
    r"(?P<stop>[.:,–—-]*[ ]?)(?!\w*\d)"
)
_GROUP = re.compile(r"\d{6}Z")
_CODE = re.compile(r"(?<![\w.-])[A-Z]{3}(?![\w.-]?[A-Z0-9])(?!\w)")
_CENTURY = 2000


@dataclass(frozen=True)
class Short:
    """One row of the table of short forms."""

    form: str
    words: str
    where: str
    unless: re.Pattern[str] | None
    example: str
    not_example: str


@cache
def forms() -> dict[str, Short]:
    """The table of short forms.

    Raises:
        DataError: a row is given twice, has no words, or an unknown place.
    """
    found: dict[str, Short] = {}
    for row in read_table(TABLE, COLUMNS, whole=True):
        if row["form"] in found or not row["words"]:
            raise row.error(f"{row['form']!r} is given twice or has no words")
        unless = row.pattern("unless", r"\b(?:%s)\b") if row["unless"] else None
        found[row["form"]] = Short(
            row["form"], row["words"], row.one_of("where", WHERE), unless,
            row["example"], row["not_example"],
        )  # fmt: skip
    return found


@cache
def _signs() -> frozenset[str]:
    """Words of a text, parted by spaces, that may be short forms."""
    return frozenset(form + ending for form in forms() for ending in _ENDINGS) | {"x", "X"}


@cache
def _any_form() -> re.Pattern[str]:
    written = (form for form, short in forms().items() if short.where != "account")
    ordered = sorted(written, key=len, reverse=True)
    return re.compile(f"{_BEFORE}(?:{'|'.join(map(re.escape, ordered))}){_AFTER}")


def is_short(text: str) -> bool:
    """Whether a text may have short forms."""
    return not _signs().isdisjoint(text.split()) or (
        "Z" in text and _GROUP.search(text) is not None
    )


def edits(text: str, lexicon: Lexicon, published: str | None) -> Iterator[Edit]:
    """What of a text is read in other words.

    Args:
        published: the day of the story (ISO), which tells month and year of a time group.
    """
    shorts = list(_shorts(text))
    groups = list(_time_groups(text, published))
    yield from shorts
    yield from groups
    for found in _TIMES.finditer(text):
        yield Edit(found.start(), found.end(), " ")
    if groups or any(forms()[text[edit.start : edit.end]].where != "report" for edit in shorts):
        yield from _codes(text, lexicon)


def _shorts(text: str) -> Iterator[Edit]:
    """The short forms, those of reports where others stand beside them."""
    held: list[Edit] = []
    sure = False
    for found in _any_form().finditer(text):
        short = forms()[found[0]]
        if short.unless is not None and short.unless.search(text):
            continue
        if short.where == "number" and not _NUMBER.search(
            text[max(0, found.start() - _NEAR) : found.start()]
        ):
            continue
        if short.where == "place" and not text[found.end() : found.end() + 2].strip()[:1].isupper():
            continue
        sure |= short.where != "report"
        opens = _OPENS.search(text[max(0, found.start() - _NEAR) : found.start()]) is not None
        words = short.words[:1].upper() + short.words[1:] if opens else short.words
        held.append(Edit(found.start(), found.end(), words))
    return (edit for edit in held if sure or forms()[text[edit.start : edit.end]].where != "report")


def _time_groups(text: str, published: str | None) -> Iterator[Edit]:
    """Days and times as armies write them ("031400Z MAR 26"), as the day they name."""
    for found in _TIME_GROUP.finditer(text):
        day = _day_of(found, published)
        if day is None:
            continue
        named = f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"
        opens = found["opens"] is not None
        start = found.start() + (
            len(found["opens"]) - len(found["opens"].lstrip(" ")) if opens else 0
        )
        yield Edit(start, found.end(), f"On {named}, " if opens else f"on {named}{found['stop']}")


def _day_of(found: re.Match[str], published: str | None) -> datetime.date | None:
    """The day that a time group names; without month or year the last such day before the story's."""
    last = datetime.date.fromisoformat(published) if published else None
    told = found["year"]
    if found["month"] and (told or last):
        month = 1 + _SHORT_MONTHS.index(found["month"])
        year = (
            int(told) % 100 + _CENTURY
            if told
            else (last.year - (month > last.month) if last else 0)
        )
    elif last:
        before = int(found["day"]) > last.day
        month = (last.month - before - 1) % 12 + 1
        year = last.year - (before and last.month == 1)
    else:
        return None
    try:
        return datetime.date(year, month, int(found["day"]))
    except ValueError:
        return None


def _codes(text: str, lexicon: Lexicon) -> Iterator[Edit]:
    """States by their codes of three letters ("UKR forces"), where no name is written so."""
    for found in _CODE.finditer(text):
        state = lexicon.country(found[0])
        if state is not None and state.id == found[0] and not lexicon.lookup(found[0]):
            yield Edit(found.start(), found.end(), state.name)
