"""The tables of this room; they stand in ``lexicon/data`` with the others."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.tables import DATA_FOLDER, Row, read_table


def rows(name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of one of this room's tables.

    Raises:
        DataError: a column is missing, or a row lacks one.
    """
    return read_table(DATA_FOLDER / name, columns, whole=True)
