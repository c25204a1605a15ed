"""A text in other words, and the way back to the words that stand there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """Code points ``start`` to ``end`` (half-open) of a text are read as ``words``."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Rewritten:
    """A text as it is read for coding.

    Args:
        written: the words that stand there.
        text: the words that are coded.
        starts, ends: for each code point of ``text`` where what it stands for begins and ends (half-open) in
            ``written``; both empty where the two are of one length, place for place.
        recased: whether capitals were put back.
    """

    written: str
    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    recased: bool = False

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The range of ``written`` that a range of ``text`` stands for."""
        if not self.starts:
            return start, end
        if start >= end:
            here = self.starts[start] if start < len(self.starts) else len(self.written)
            return here, here
        first, last = self.starts[start], self.ends[end - 1]
        while last <= first < len(self.written) and end < len(
            self.ends
        ):  # words put in for nothing
            end += 1
            last = self.ends[end - 1]
        return first, max(last, first)

    def in_own_words(self, words: str, start: int, end: int) -> str:
        """The words that stand where coded words do; those are handed back where they are no part of the text.

        Args:
            words: coded words.
            start, end: their range of ``text``, or one that holds them.
        """
        if self.text[start:end] != words:
            after = self.text.find(words, start)
            start = self.text.find(words) if after < 0 else after
            if start < 0 or not words:
                return words
            end = start + len(words)
        first, last = self.back(start, end)
        return self.written[first:last]


def rewrite(text: str, edits: Iterable[Edit]) -> Rewritten:
    """The text with some of its words read as others; of edits that overlap the first, and then the widest, is made."""
    made: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if edit.start < position:
            continue
        made.append(text[position : edit.start])
        starts.extend(range(position, edit.start))
        ends.extend(range(position + 1, edit.start + 1))
        made.append(edit.words)
        starts.extend([edit.start] * len(edit.words))
        ends.extend([edit.end] * len(edit.words))
        position = edit.end
    made.append(text[position:])
    starts.extend(range(position, len(text)))
    ends.extend(range(position + 1, len(text) + 1))
    return Rewritten(text, "".join(made), tuple(starts), tuple(ends))
