"""Words beside an act that tell that it was not done, done in part, or done long before. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.errors import DataError
from dragoman.ledger import days, words
from dragoman.ledger.signs import data_rows
from dragoman.numerals import NUMBER

# "two of five border crossings": the first number, and the words of what is counted
_COUNTED = re.compile(
    rf"\b({NUMBER})(?: of (?:the |its |their )?[\w,]+)?((?: [\w’'-]+){{1,4}})", re.I
)
_REST = re.compile(r"\b(?:last|remaining|other|final|further|more) $", re.I)
# One whom a commitment is about, and several to whom something was done.
_ONE, _SEVERAL = (
    re.compile(r"\bh(?:im|er)\b", re.I),
    re.compile(
        rf"\b(?:(?P<n>{NUMBER})|others|several|dozens|hundreds)(?: \w+){{0,2}} (?:were|was|ha(?:ve|d) been) (?:\w+ly )?\w+$",
        re.I,
    ),
)
_CLAUSE = 100  # characters behind an act in which stands how much of it was done


@lru_cache(maxsize=3)
def beside(kind: str) -> re.Pattern[str]:
    """Words beside an act that was not, or not yet, done ("undone"), done in part ("part"), or told as what was
    before what the sentence tells ("before").

    Raises:
        DataError: a pattern cannot be read, misses its example or finds its counter-example; names its line.
    """
    found = []
    for line, cells in data_rows("answers.tsv", 4):
        if cells[0] != kind:
            continue
        try:
            pattern = re.compile(cells[1], re.I)
        except re.error as error:
            raise DataError("ledger/data/answers.tsv", line, f"bad pattern: {error}") from error
        if not pattern.search(cells[2]) or pattern.search(cells[3]):
            raise DataError("ledger/data/answers.tsv", line, "the examples tell otherwise")
        found.append(cells[1])
    return re.compile("|".join(found), re.I)


def is_part(promised: str, sentence: str, start: int, end: int) -> bool:
    """Whether an act was only a part of what was to be done: "three of the six", "half", two where four were told.

    Args:
        promised: the words of the commitment.
        start, end: where the act stands in the sentence.
    """
    clause = sentence[start : end + _CLAUSE]
    if beside("part").search(clause) and not beside("part").search(promised):
        return True
    done, wanted = counted(clause), counted(promised)
    if not done or not wanted:
        return False
    (part, things), (most, others) = done[0], wanted[0]
    return part < most and bool(things & others)


def counted(text: str) -> list[tuple[int, frozenset[str]]]:
    """Numbers in words with the stems of the next words: "six captured soldiers"; no day, and not "the last three"."""
    found = []
    for hit in _COUNTED.finditer(text):
        count = days.number(hit[1])
        if count is not None and not _REST.search(text[: hit.start()]):
            found.append((count, frozenset(words.stems(hit[2])[:4])))
    return found


def of_several(before: str, wanted: str) -> bool:
    """Whether what is wanted for one was done to several: "set him free" by "five were freed".

    Args:
        before: the sentence up to the end of the act.
        wanted: the words of the commitment.
    """
    found = _SEVERAL.search(before) if _ONE.search(wanted) else None
    return found is not None and (days.number(found["n"] or "") or 2) > 1
