"""Where sentences begin: the network's scores, and rules it may not break.

Each rule is a small function on the word before and the word itself, with an example.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from dragoman.tables import word_list

if TYPE_CHECKING:
    from numpy.typing import NDArray

TITLES, MONTHS = word_list("language", "titles"), word_list("language", "months")
STATES, OFFICES = word_list("language", "states"), word_list("language", "offices")
HALVES = word_list("language", "halves")
CLOSING = frozenset(
    (")", "]", "}", "”", "''", "’", "»", ",", ";", ":", "%", "'s", "’s", "n't", "n’t")
)

Rule = Callable[[str, str], bool]


def title_before_name(before: str, word: str) -> bool:
    """ "Gen. | Smith"."""
    return before.lower() in TITLES and word[:1].isalpha()


def month_before_day(before: str, word: str) -> bool:
    """ "on Jan. | 5"."""
    return before.lower() in MONTHS and word[:1].isdigit()


def state_before_office(before: str, word: str) -> bool:
    """ "the U.S. | President"."""
    return before.lower() in STATES and word.lower() in OFFICES


def number_after_no(before: str, word: str) -> bool:
    """ "No. | 5"."""
    return before in ("No.", "Nos.", "no.", "nos.") and word[:1].isdigit()


def initial_before_name(before: str, word: str) -> bool:
    """ "John F. | Kennedy"; "George W. | Bush"."""
    return (
        len(before) == 2 and before[0].isupper() and before[1] == "." and before != "I."
        and word[:1].isupper() and word.isalpha()
    )  # fmt: skip


def half_a_name(before: str, word: str) -> bool:
    """ "the European | Union": nor does a sentence end behind "the"."""
    return before in ("The", "the", "a", "an") or (before in HALVES and word[:1].isupper())


def closing_mark(before: str, word: str) -> bool:
    """ "he said | )": a mark that closes never opens a sentence."""
    return word in CLOSING and bool(before)


#: Rules that forbid a sentence to begin at the second word.
RULES: tuple[Rule, ...] = (
    title_before_name,
    month_before_day,
    state_before_office,
    number_after_no,
    initial_before_name,
    half_a_name,
    closing_mark,
)


def full_stop(before: str, word: str) -> bool:
    """ "in Mopti . | Gunmen": a stop of its own, which shortens no word, and a capital."""
    return before == "." and word[:1].isupper() and (len(word) > 1 or word in ("A", "I"))


def starts(
    words: Sequence[str],
    scores: NDArray[np.float32],
    paragraphs: Sequence[bool],
    datelines: Sequence[bool] = (),
) -> NDArray[np.bool_]:
    """Which words begin a sentence.

    Args:
        scores: the network's, before the sigmoid; above 0 means a beginning.
        paragraphs: words that open a paragraph: always a beginning.
        datelines: words of a dateline ("OSLO, May 3 (AFP) -"), which is a sentence of its own.
    """
    found = scores > 0
    opens = np.asarray(paragraphs, dtype=bool)
    for place in np.flatnonzero(found & ~opens).tolist():
        before = words[place - 1] if place else ""
        if any(rule(before, words[place]) for rule in RULES):
            found[place] = False
    for place in [place for place, word in enumerate(words[:-1], 1) if word == "."]:
        found[place] |= full_stop(".", words[place])
    filed = np.asarray(datelines or np.zeros(len(words)), dtype=bool)
    found[1:] = np.where(filed[:-1], ~filed[1:], found[1:])
    found |= opens
    if len(found):
        found[0] = True
    return found
