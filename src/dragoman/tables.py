"""Tables of knowledge: tab-separated text that a reader of the news can edit, and one reader of it for all rooms.

A table is UTF-8 text: a line that names the columns, then one row a line; empty lines and lines that begin
with "#" are skipped. Every mistake names file and line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.errors import DataError

PACKAGE = Path(__file__).resolve().parent
#: Where the tables stand that several rooms read.
DATA_FOLDER = PACKAGE / "lexicon" / "data"
#: Rooms whose tables shape a record, beside those of the coding scheme.
ROOMS = ("coding", "informal", "language", "lexicon")


@dataclass(slots=True)
class Row:
    """One row of a table, with the file and line (1-based) it stands on; cells are trimmed."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def error(self, reason: str) -> DataError:
        """The error that names this row."""
        return DataError(self.file, self.line, reason)

    def number(self, column: str, least: float, most: float) -> float:
        """The cell as a number within bounds, both inclusive."""
        try:
            number = float(self[column])
        except ValueError:
            raise self.error(f"{column} must be a number, not {self[column]!r}") from None
        if not least <= number <= most:  # nor is what is no number at all
            raise self.error(f"{column} must be {least} to {most}, not {self[column]!r}")
        return number

    def flag(self, column: str) -> bool:
        """The cell as yes or no."""
        return self.one_of(column, ("yes", "no")) == "yes"

    def listed(self, column: str) -> tuple[str, ...]:
        """The cell as a list, parted by "|"."""
        return tuple(item.strip() for item in self[column].split("|") if item.strip())

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """The cell, where it is one of those allowed."""
        return self._allowed(column, self[column], allowed)

    def some_of(self, column: str, allowed: Collection[str]) -> tuple[str, ...]:
        """The words of the cell, parted by spaces, where all are among those allowed."""
        return tuple(self._allowed(column, item, allowed) for item in self[column].split())

    def pattern(self, column: str, form: str = "%s", flags: int = re.IGNORECASE) -> re.Pattern[str]:
        """The cell as a regular expression, put into ``form`` where "%s" stands."""
        try:
            return re.compile(form % self[column], flags)
        except re.error as error:
            raise self.error(f"{column} is no regular expression: {error}") from None

    def _allowed(self, column: str, value: str, allowed: Collection[str]) -> str:
        if value not in allowed:
            raise self.error(f"{column} must be one of {', '.join(allowed)}, not {value!r}")
        return value


def read_table(path: Path, columns: tuple[str, ...], whole: bool = False) -> Iterator[Row]:
    """The rows of a table.

    Columns may be missing at the end of a row (they are empty then) and further columns may follow.

    Args:
        columns: what the first line must name.
        whole: no row may lack one of ``columns``, and there must be a first line.

    Raises:
        DataError: the file is missing, cannot be read or is not UTF-8, a named column is not there, or a row has
            more cells than the header, or too few.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # Windows marks the file
    except FileNotFoundError:
        raise DataError(str(path), None, "no such table") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(str(path), None, f"cannot be read: {reason}") from None
    except UnicodeDecodeError as error:
        raise DataError(str(path), None, f"not UTF-8: {error.reason}") from None
    file, header, least = str(path), None, 1
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            missing = [name for name in columns if name not in header]
            if missing:
                hint = (
                    " (columns are parted by tabs)" if len(header) == 1 and len(columns) > 1 else ""
                )
                raise DataError(file, number, f"column missing: {', '.join(missing)}{hint}")
            if whole:
                least = 1 + max(header.index(name) for name in columns)
            continue
        if not least <= len(cells) <= len(header):
            raise DataError(file, number, f"{len(cells)} cells, the columns are {len(header)}")
        cells += [""] * (len(header) - len(cells))
        yield Row(file, number, dict(zip(header, cells, strict=True)))
    if whole and header is None:
        raise DataError(file, None, "no header line")


@cache
def word_lists(path: Path) -> dict[str, frozenset[str]]:
    """Name → words of a table of lists: its columns are the list's name and its words, parted by spaces.

    Raises:
        DataError: a list is given twice or holds no word.
    """
    found: dict[str, frozenset[str]] = {}
    for row in read_table(path, ("list", "words"), whole=True):
        words = frozenset(row["words"].split())
        if row["list"] in found or not words:
            raise row.error(f"{row['list']!r} is empty or given twice")
        found[row["list"]] = words
    return found


def word_list(room: str, name: str) -> frozenset[str]:
    """One of the lists in a room's ``data/word_lists.tsv``.

    Raises:
        DataError: there is no list of this name.
    """
    path = PACKAGE / room / "data" / "word_lists.tsv"
    lists = word_lists(path)
    if name not in lists:
        raise DataError(str(path), None, f"no list {name!r}")
    return lists[name]


@cache
def hashes() -> dict[str, str]:
    """File, from the package's folder → SHA-256 of every shipped table that shapes a record."""
    return {
        path.relative_to(PACKAGE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for room in ROOMS
        for path in sorted((PACKAGE / room).rglob("*"))
        if path.suffix in {".tsv", ".toml"}
    }
