"""Deeds of the past whose day nobody tells, and which are not of the story's own day.

What "had" been before the things told, and what goes on with something of years ago: "In 2009 troops
came. They shot the men".
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dragoman.coding.patterns import Syntax
    from dragoman.model import When

#: Adverbs of a time that is over.
_OVER, _HAD = frozenset({"previously", "formerly"}), frozenset({"had", "'d", "’d"})
#: Adverbs of what is done again and again.
_AGAIN = frozenset({"always", "routinely", "habitually", "often", "usually", "regularly", "typically",
                    "frequently", "sometimes", "generally", "traditionally", "invariably"})  # fmt: skip
#: Sentences that may go on with an old one.
_MOST = 8
#: Words that go on with what was told before.
_THEN = frozenset({"then", "later", "afterwards", "eventually", "subsequently", "finally", "soon"})
_OWN = frozenset({"PRP", "PRP$"})
_NOT_PAST = frozenset({"VBZ", "VBP", "MD"})


def is_over(syntax: Syntax, verb: int | None) -> bool:
    """Whether a deed was over before the things told: "had shelled", "previously"."""
    for _ in range(3):
        if verb is None:
            return False
        below = syntax.kids[verb]
        if any(syntax.word[kid] in _OVER or _at_the_time(syntax, kid) for kid in below):
            return True
        if syntax.tag[verb] == "VBN" and any(
            syntax.word[kid] in _HAD and syntax.dep[kid].startswith("aux") for kid in below
        ):
            return True
        above = syntax.head[verb]
        if syntax.dep[verb] not in {"conj", "xcomp"} or above == verb:
            return False
        if syntax.tag[verb] != "VBN" and syntax.dep[verb] == "conj":
            return False
        verb = above
    return False


def _at_the_time(syntax: Syntax, noun: int) -> bool:
    words = {syntax.word[kid] for kid in syntax.kids[noun]}
    return syntax.word[noun] == "time" and words == {"at", "the"}


def is_habit(syntax: Syntax, verb: int | None) -> bool:
    """Whether a verb of the present tells what somebody does again and again ("routinely bombs"), or a
    participle what has long been done ("long accused of lying")."""
    if verb is None:
        return False
    if syntax.tag[verb] == "VBG" and "of" in syntax.marks(verb) and syntax.head[verb] < verb:
        return is_habit(syntax, syntax.head[verb])  # "long accused of arming": so has that
    if syntax.tag[verb] not in {"VBZ", "VBP", "VBN"}:
        return False
    adverbs = {syntax.word[kid] for kid in syntax.kids[verb] if syntax.dep[kid] == "advmod"}
    return bool(adverbs & _AGAIN) or (syntax.tag[verb] == "VBN" and "long" in adverbs)


class Times(Protocol):
    """What is known of the times of a story's sentences."""

    syntax: Syntax

    def time_of_clause(self, verb: int, sentence: tuple[int, int]) -> When | None:
        """The time told of what a verb tells."""

    def is_historical(self, when: When) -> bool:
        """Whether days lie long before the story's."""

    def tells(self, verb: int) -> bool:
        """Whether a verb is one of saying."""


class OldTales:
    """The sentences of one story that go on with what was told of years ago."""

    def __init__(self, times: Times) -> None:
        self.times, self.syntax = times, times.syntax
        self._held: dict[int, bool] = {}

    def hold(self, verb: int | None) -> bool:
        """Whether a verb of the past tells of the time of an old sentence before it."""
        if verb is None or not self._is_past(verb):
            return False
        number = bisect_right(self.syntax.sentence_starts, verb) - 1
        return self._is_old(number, _MOST)

    def _is_old(self, number: int, steps: int) -> bool:
        held = self._held.get(number)
        if held is None:
            held = self._held[number] = self._reads_old(number, steps)
        return held

    def _reads_old(self, number: int, steps: int) -> bool:
        root = self._root(number)
        if root is None or not self._is_past(root):
            return False
        when = self.times.time_of_clause(root, self._bounds(number))
        if when is not None:
            return bool(when.start) and self.times.is_historical(when)
        if steps == 0 or number == 0 or self.times.tells(root) or not self._goes_on(root):
            return False
        if "\n" in self.syntax.word[self._bounds(number)[0] - 1]:
            return False
        return self._is_old(number - 1, steps - 1)

    def _bounds(self, number: int) -> tuple[int, int]:
        starts = self.syntax.sentence_starts
        ahead = starts[number + 1] if number + 1 < len(starts) else len(self.syntax.word)
        return starts[number], ahead

    def _root(self, number: int) -> int | None:
        first, last = self._bounds(number)
        return next((i for i in range(first, last) if self.syntax.head[i] == i), None)

    def _is_past(self, verb: int) -> bool:
        """Whether a verb, or what is said with "was", tells of what is over."""
        syntax = self.syntax
        helpers = {
            syntax.tag[kid] for kid in syntax.kids[verb]
            if syntax.dep[kid].startswith(("aux", "cop"))
        }  # fmt: skip
        if helpers & _NOT_PAST:
            return False
        return syntax.tag[verb] == "VBD" or "VBD" in helpers

    def _goes_on(self, root: int) -> bool:
        """Whether a sentence is about those of the one before: "they …", "her son …", "then …"."""
        syntax = self.syntax
        return any(
            (syntax.dep[kid].startswith("nsubj")
             and (syntax.tag[kid] in _OWN
                  or any(syntax.tag[below] == "PRP$" for below in syntax.kids[kid])))
            or (syntax.word[kid] in _THEN and syntax.dep[kid] == "advmod")
            for kid in syntax.kids[root] if kid < root
        )  # fmt: skip
