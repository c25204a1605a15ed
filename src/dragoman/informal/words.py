"""The lists of words of this room (``data/word_lists.tsv``)."""

from __future__ import annotations

from functools import cache

from dragoman.tables import PACKAGE, word_lists

FOLDER = PACKAGE / "informal" / "data"


@cache
def lists() -> dict[str, frozenset[str]]:
    """Name → words of each list; "_" in a word of the table is a space here."""
    return {
        name: frozenset(word.replace("_", " ") for word in words)
        for name, words in word_lists(FOLDER / "word_lists.tsv").items()
    }
