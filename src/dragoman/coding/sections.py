"""News in brief: a text of several stories, each with a dateline of its own, is read story by story; so is a list of
years, entry by entry."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from dragoman.coding import chronology
from dragoman.entities.words import words_of
from dragoman.reading import datelines

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEPT = "dragoman.sections"
#: Datelines from which a text holds several stories.
_SEVERAL = 3
#: The longest line, in code points, that is a headline over a dateline.
_HEADLINE = 100


def sections(doc: Doc) -> list[int]:
    """The number of its story for every token; 0 throughout a text of one story."""
    found: list[int] | None = doc.user_data.get(_KEPT)
    if found is None:
        starts = _starts(doc.text)
        found = [bisect_right(starts, place) for place in words_of(doc).starts]
        doc.user_data[_KEPT] = found
    return found


def _starts(text: str) -> list[int]:
    """The code points at which the second and further stories of a text begin, headlines included."""
    if entries := chronology.starts(text):
        return entries
    spans = datelines.spans(text)
    return [_with_headline(text, first) for first, _ in spans[1:]] if len(spans) >= _SEVERAL else []


def _with_headline(text: str, first: int) -> int:
    """Where the headline over a dateline begins, or the dateline where it has none."""
    above = text[:first].rstrip()
    start = above.rfind("\n") + 1
    line = above[start:]
    is_headline = 0 < len(line) <= _HEADLINE and line[-1] not in '.?!”"'
    return start if is_headline else first
