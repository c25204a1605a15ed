"""A list of days: each line opens with one ("3 March – …", "On 4 March 2031, …"), and all of the line is of that day."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from dragoman.coding.calendar_words import MONTH_PATTERN

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: A day at the head of a line, behind a bullet and the word for it.
_OPENS = re.compile(
    rf"^(?:[•*·‣–—-][ \t]*)?(?:on|around|by|overnight|early on|late on)?[ \t]*"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:[-–]\d{{1,2}})?[ \t]+(?:{MONTH_PATTERN})|(?:{MONTH_PATTERN})\.?[ \t]+\d{{1,2}}\b|\d{{4}}-\d\d-\d\d\b)",
    re.IGNORECASE | re.MULTILINE,
)
_LINE = re.compile(r"\S.*")
#: Lines with a day from which a text is such a list, and the part of all lines that they are.
_SEVERAL, _MOSTLY = 3, 0.5
_KEPT = "dragoman.entries"


def entry_of(doc: Doc, place: int) -> int | None:
    """Where the line begins in which a code point stands, as a code point; None in a text that is no list of days, or
    in a line without one."""
    lines: list[tuple[int, int, bool]] | None = doc.user_data.get(_KEPT)
    if lines is None:
        lines = doc.user_data[_KEPT] = _lines(doc.text)
    number = bisect_right(lines, place, key=lambda line: line[0]) - 1
    if number < 0:
        return None
    first, last, dated = lines[number]
    return first if dated and place < last else None


def _lines(text: str) -> list[tuple[int, int, bool]]:
    """First and last code point of each line and whether a day opens it; none where too few do."""
    opens = {found.start() for found in _OPENS.finditer(text)}
    if len(opens) < _SEVERAL:
        return []
    lines = [(found.start(), found.end(), found.start() in opens) for found in _LINE.finditer(text)]
    return lines if sum(dated for *_, dated in lines) >= _MOSTLY * len(lines) else []
