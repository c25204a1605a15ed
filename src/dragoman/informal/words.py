"""The lists of words of this room (``data/word_lists.tsv``)."""

from __future__ import annotations

from functools import cache

from dragoman.tables import DATA_FOLDER, PACKAGE, read_table, word_lists

FOLDER = PACKAGE / "informal" / "data"


@cache
def lists() -> dict[str, frozenset[str]]:
    """Name → words of each list; "_" in a word of the table is a space here."""
    return {
        name: frozenset(word.replace("_", " ") for word in words)
        for name, words in word_lists(FOLDER / "word_lists.tsv").items()
    }


@cache
def role_phrases() -> frozenset[str]:
    """The phrases of the table of roles, in small letters ("foreign minister")."""
    rows = read_table(DATA_FOLDER / "roles.tsv", ("phrase",), whole=True)
    return frozenset(row["phrase"].lower() for row in rows)
