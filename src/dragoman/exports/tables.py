"""Tables as lines of text: which columns, header and quoting each set has."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any

from dragoman.exports import flat, gdelt, icews, phoenix, polecat
from dragoman.exports.cells import plain_cell, text_cell
from dragoman.exports.told import Told, told


@dataclass(frozen=True)
class Layout:
    """How a set is laid out. ``quoting``: cells with the separator or a quotation mark are quoted."""

    columns: tuple[str, ...]
    rows: Callable[[Told], list[dict[str, Any]]]
    separator: str = "\t"
    header: bool = True
    quoting: bool = False


LAYOUTS = {
    "csv": Layout(flat.COLUMNS, flat.rows, separator=",", quoting=True),
    "polecat": Layout(polecat.COLUMNS, polecat.rows, quoting=True),
    "icews": Layout(icews.COLUMNS, icews.rows),
    "gdelt": Layout(gdelt.COLUMNS, gdelt.rows, header=False),
    "gdelt-mentions": Layout(gdelt.MENTION_COLUMNS, gdelt.mentions, header=False),
    "phoenix": Layout(phoenix.COLUMNS, phoenix.rows, header=False),
}


def write_table(items: Iterable[Any], form: str, stream: IO[str]) -> int:
    """Write a table row by row; how many rows there were."""
    layout = LAYOUTS[form]
    if layout.quoting:
        writer: Any = csv.writer(stream, delimiter=layout.separator, lineterminator="\n")
        write, cell = writer.writerow, text_cell
    else:

        def write(cells: list[str]) -> None:
            stream.write(layout.separator.join(cells) + "\n")

        cell = plain_cell
    if layout.header:
        write(list(layout.columns))
    count = 0
    for item in told(items):
        for row in layout.rows(item):
            write([cell(row.get(name)) for name in layout.columns])
            count += 1
    return count
