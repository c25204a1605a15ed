"""Tables written in the shape the loader reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from dragoman.lexicon.tables import TABLES


def cell(value: object) -> str:
    """A value as one cell: lists parted by ``|``, no tabs or line breaks."""
    if isinstance(value, list | tuple):
        return "|".join(cell(item).replace("|", "/") for item in value)
    return " ".join(str(value).split())


def write_table(
    folder: Path, name: str, rows: Iterable[Mapping[str, object]], comment: str = ""
) -> int:
    """Write a table file; returns the number of rows.

    Args:
        folder: made when missing.
        name: a table the loader knows ("people").
        rows: values by column; other columns are left out, missing ones stay empty.
        comment: a first line for the reader.
    """
    table = TABLES[name]
    columns = [*table.required, *table.optional]
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with (folder / f"{name}.tsv").open("w", encoding="utf-8", newline="\n") as out:
        if comment:
            out.write(f"# {comment}\n")
        out.write("\t".join(columns) + "\n")
        for row in rows:
            out.write("\t".join(cell(row.get(column, "")) for column in columns) + "\n")
            count += 1
    return count
