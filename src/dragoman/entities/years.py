"""Of which year a clause tells: "In 1982 … the prime minister sent tanks" means who held the office then."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from dragoman.numerals import small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.entities.words import Words

YEAR = len("1982")
CENTURIES = ("18", "19", "20")
STEPS = 12  # words up the tree
AGO = "ago"
UNITS = {"years": 1, "decades": 10}


def days_told(words: Words, place: int, days: Sequence[str]) -> Sequence[str]:
    """The days on all of which somebody must hold an office for a word to mean him by it.

    Args:
        words: the words of the story.
        place: the word.
        days: those of the story.

    Returns:
        The first and the last day of the year that the sentence begins with, where that is long before
        the story ("In 1982", "Thirty years ago"); ``days`` elsewhere.
    """
    if not days:
        return days
    if words.years is None:
        words.years = years_of(words, int(days[0][:YEAR]))
    if not words.years:
        return days
    number = bisect_right(words.sentences, place) - 1
    told = words.years.get(number)
    if told is None or told[0] > place or not under(words, place, words.above[told[0]]):
        return days
    return (f"{told[1]}-01-01", f"{told[1]}-12-31")


def under(words: Words, place: int, verb: int) -> bool:
    """Whether a word stands in the clause of a verb, or in one joined to it."""
    for _ in range(STEPS):
        if place == verb:
            return True
        if words.above[place] == place:
            return False
        place = words.above[place]
    return False


def years_of(words: Words, now: int) -> dict[int, tuple[int, int]]:
    """Number of a sentence → the word that tells its year, and the year, where it tells of one before last.

    Args:
        words: the words of the story.
        now: the year of the story.
    """
    found: dict[int, tuple[int, int]] = {}
    for place in (
        at for at, text in enumerate(words.texts) if len(text) == YEAR and text.isdigit()
    ):
        if not words.texts[place].startswith(CENTURIES) or words.preposition_of(place) != "in":
            continue
        if words.deps[place] == "obl" and int(words.texts[place]) < now - 1:
            number = bisect_right(words.sentences, place) - 1
            found.setdefault(number, (place, int(words.texts[place])))
    for place in (at for at, text in enumerate(words.lowers) if text == AGO):
        years = place - 1
        many = counted(words, years) * UNITS.get(words.lowers[years], 0)
        if many > 1:
            number = bisect_right(words.sentences, place) - 1
            top = years if words.above[place] == years else place
            found.setdefault(number, (top, now - many))
    return found


def counted(words: Words, place: int) -> int:
    """The number right before a word, 0 for none: "two" decades, "twenty-one" years."""
    count = words.lowers[place - 1]
    if words.lowers[place - 2] == "-":  # "twenty-one" in three tokens
        count = f"{words.lowers[place - 3]}-{count}"
    return int(count) if count.isdecimal() else small(count) or 0
