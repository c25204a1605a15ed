"""Stretches of the past with a name: wars (``data/eras.tsv``) and centuries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from dragoman.coding.calendar_words import years_days
from dragoman.coding.cues import DATA
from dragoman.tables import read_table

ORDINALS = ("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
            "twenty-first")  # fmt: skip
#: The century that the first of the ordinals counts.
_FIRST_ORDINAL = 15


@cache
def eras() -> Mapping[str, tuple[date, date]]:
    """Name in small letters → first and last day.

    Raises:
        DataError: a row holds no two days in order.
    """
    found = {}
    for row in read_table(DATA / "eras.tsv", ("name", "first", "last"), whole=True):
        try:
            days = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        except ValueError as error:
            raise row.error(str(error)) from error
        if days[0] > days[1]:
            raise row.error(f"{row['name']!r} ends before it begins")
        found[row["name"]] = days
    return found


def century_days(words: str) -> tuple[date, date]:
    """The days of "19th" or "nineteenth" century, 1800 to 1899.

    Raises:
        ValueError: there is no such century, or it began in no year that a date can have.
    """
    words = words.lower()
    number = ORDINALS.index(words) + _FIRST_ORDINAL if words in ORDINALS else int(words[:-2])
    return years_days(100 * (number - 1), 100)
