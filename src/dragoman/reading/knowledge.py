"""Tables of knowledge (tab-separated) read with the line number of every row.

A table is UTF-8 text: a header line, one row a line, ``#`` starts a comment line. Tables stand in
``lexicon/data`` where a reader of the news can edit them without touching the program.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from dragoman.errors import DataError

DATA_FOLDER = Path(__file__).resolve().parent.parent / "lexicon" / "data"
TABLES = (
    "furniture.tsv",
    "datelines.tsv",
    "reference_events.tsv",
    "function_words.tsv",
    "columns.tsv",
)


def rows(
    name: str, columns: tuple[str, ...], folder: Path = DATA_FOLDER
) -> Iterator[tuple[int, list[str]]]:
    """Line number (1-based) and the cells of every row of the table ``name``.

    Args:
        columns: the header the table must have.

    Raises:
        DataError: the header differs, or a row has another number of cells.
    """
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    header_seen = False
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header_seen:
            if tuple(cells) != columns:
                raise DataError(name, number, f"header must be {' '.join(columns)}")
            header_seen = True
            continue
        if len(cells) != len(columns):
            raise DataError(name, number, f"{len(cells)} cells, {len(columns)} expected")
        yield number, cells


def pattern(name: str, line: int, text: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """The regular expression of a table cell.

    Raises:
        DataError: it is not a valid regular expression.
    """
    try:
        return re.compile(text, flags)
    except re.error as error:
        raise DataError(name, line, f"not a regular expression: {error}") from error


def hashes() -> dict[str, str]:
    """Table name to sixteen hexadecimal digits of SHA-256 over its bytes."""
    return {
        name: hashlib.sha256((DATA_FOLDER / name).read_bytes()).hexdigest()[:16] for name in TABLES
    }
