"""Which tables there are, and how one is read: tab-separated, a header line, ``#`` comments.

Every mistake becomes a ``DataError`` that names file, line and reason. Reading goes on after a
mistake, so that one run shows them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.errors import DataError
from dragoman.tables import DATA_FOLDER

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Table:
    """The shape of a table. ``kind`` is the kind of its entries, empty where it has none.

    ``required`` columns must be in the header and filled in every row; ``optional`` ones may be
    left out of the header altogether.
    """

    name: str
    kind: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


ACTOR_COLUMNS = ("aliases", "sectors", "from", "to", "note")
TABLES = {
    table.name: table
    for table in (
        Table("sectors", "", ("code", "name"), ("note",)),
        Table("codes", "", ("code", "name"), ("note",)),
        Table(
            "countries",
            "state",
            ("id", "country", "name"),
            (
                "aliases",
                "adjectives",
                "nouns",
                "capital",
                "seats",
                "sectors",
                "iso2",
                "cow",
                "gw",
                "from",
                "to",
                "neighbours",
                "latitude",
                "longitude",
                "family_name_first",
                "note",
            ),
        ),
        Table(
            "regions",
            "region",
            ("id", "country", "name"),
            (*ACTOR_COLUMNS, "adjectives", "nouns", "capital"),
        ),
        Table("offices", "", ("id", "name", "single"), ("sectors", "former", "titles", "note")),
        Table("country_offices", "", ("country", "title", "office"), ("note",)),
        Table("people", "person", ("id", "name", "country"), ("aliases", "sectors", "note")),
        Table(
            "tenures",
            "",
            ("person", "country", "office"),
            ("organisation", "from", "to", "sectors", "note"),
        ),
        Table("organisations", "organisation", ("id", "name", "country"), ACTOR_COLUMNS),
        Table("bodies", "body", ("id", "name", "country", "sectors"), ACTOR_COLUMNS),
        Table("groups", "group", ("id", "name", "country", "sectors"), ACTOR_COLUMNS),
        Table("media", "media", ("id", "name", "country"), (*ACTOR_COLUMNS, "owner")),
        Table("ambiguous", "", ("name", "ids"), ("note",)),
        Table("cameo_codes", "", ("code", "kind"), ("plover", "note")),
        # for lexicons of the user's own: entries of any kind in one file
        Table("actors", "", ("id", "name", "country"), (*ACTOR_COLUMNS, "kind")),
        Table("roles", "", ("phrase", "sectors"), ("country", "plural", "note")),
    )
}
# tables in the shipped folder that other rooms read, with shapes of their own
FOREIGN = frozenset({"roles", "titles"})


@dataclass(frozen=True)
class Row:
    """One line of a table: its values by column ("" where empty), file and line (1-based)."""

    table: str
    values: dict[str, str]
    file: str
    line: int
    layer: int

    def get(self, column: str) -> str:
        """The value of a column, "" where the table has no such column."""
        return self.values.get(column, "")

    def many(self, column: str) -> tuple[str, ...]:
        """The values of a column that holds several, parted by ``|``."""
        value = self.values.get(column)
        return tuple(item.strip() for item in value.split("|") if item.strip()) if value else ()

    def error(self, reason: str) -> DataError:
        """A mistake in this row."""
        return DataError(self.file, self.line, reason)


@dataclass
class Problems:
    """Mistakes met so far, in the order of discovery."""

    found: list[DataError] = field(default_factory=list)

    def add(self, error: DataError) -> None:
        """Note a mistake."""
        self.found.append(error)


def table_of(path: Path) -> Table | None:
    """The table a file holds by its name: ``people.tsv``, ``people.mali.tsv`` → people."""
    return TABLES.get(path.name.split(".")[0])


def files_of(paths: list[Path]) -> Iterator[tuple[Path, int]]:
    """Table files with their layer (0 = shipped), the shipped ones first, sorted by name.

    Raises:
        DataError: a path is missing, or a folder or file holds no table the loader knows.
    """
    for path in sorted(DATA_FOLDER.glob("*.tsv")):
        if table_of(path) and path.name.split(".")[0] not in FOREIGN:
            yield path, 0
    for layer, path in enumerate(paths, start=1):
        if not path.exists():
            raise DataError(str(path), None, "no such file or folder")
        files = sorted(path.glob("*.tsv")) if path.is_dir() else [path]
        known = [file for file in files if table_of(file)]
        if not known:
            names = ", ".join(f"{name}.tsv" for name in TABLES)
            raise DataError(str(path), None, f"holds no table; known tables: {names}")
        yield from ((file, layer) for file in known)


def read_rows(path: Path, data: bytes, layer: int, problems: Problems) -> list[Row]:
    """All good rows of a table file; bad ones become problems.

    Args:
        path: the file, whose name tells the table.
        data: its bytes, UTF-8.
    """
    table = table_of(path)
    assert table is not None
    shown = path.name if layer == 0 else str(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.add(DataError(shown, line, "not UTF-8"))
        return []
    rows: list[Row] = []
    header: list[str] | None = None
    for number, line_text in enumerate(text.split("\n"), start=1):
        line_text = line_text.rstrip("\r")
        if not line_text.strip() or line_text.startswith("#"):
            continue
        cells = line_text.split("\t")
        if header is None:
            header = [cell.strip() for cell in cells]
            if not header_fits(table, header, shown, number, problems):
                return []
            continue
        if len(cells) > len(header):
            reason = f"{len(cells)} columns, but the header has {len(header)}"
            problems.add(DataError(shown, number, reason))
            continue
        row = Row(table.name, dict(zip(header, cells, strict=False)), shown, number, layer)
        missing = [column for column in table.required if not row.get(column).strip()]
        if missing:
            problems.add(row.error(f"no value for {', '.join(missing)}"))
            continue
        rows.append(row)
    if header is None:
        problems.add(DataError(shown, None, "no header line"))
    return rows


def header_fits(
    table: Table, header: list[str], shown: str, number: int, problems: Problems
) -> bool:
    """Whether a header has every required column and no unknown one; notes what is wrong."""
    missing = [column for column in table.required if column not in header]
    known = {*table.required, *table.optional}
    unknown = [column for column in header if column not in known]
    twice = sorted({column for column in header if header.count(column) > 1})
    for columns, what in ((missing, "missing"), (unknown, "unknown"), (twice, "repeated")):
        if columns:
            problems.add(DataError(shown, number, f"{what} column: {', '.join(columns)}"))
    return not (missing or twice or unknown)


def full_date(value: str) -> str:
    """A date as a full ISO day: a year or month alone stands for its first day; "" stays "".

    Raises:
        ValueError: it is no date.
    """
    if not value:
        return ""
    if not DATE.fullmatch(value):
        raise ValueError(f"{value!r} is not a date (YYYY, YYYY-MM or YYYY-MM-DD)")
    day = (value + "-01-01")[:10] if len(value) == 4 else (value + "-01")[:10]
    if day[8:] > "28":
        import datetime

        try:
            datetime.date.fromisoformat(day)
        except ValueError as error:
            raise ValueError(f"{value!r} is not a day of the calendar") from error
    return day
