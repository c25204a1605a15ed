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
    """How a set is laid out.

    ``quoting``: cells with the separator or a quotation mark are quoted. ``real``: the set has no
    column that tells what did not happen from what did.
    """

    columns: tuple[str, ...]
    rows: Callable[[Told], list[dict[str, Any]]]
    separator: str = "\t"
    header: bool = True
    quoting: bool = False
    real: bool = True


LAYOUTS = {
    "csv": Layout(flat.COLUMNS, flat.rows, separator=",", quoting=True, real=False),
    "polecat": Layout(polecat.COLUMNS, polecat.rows, quoting=True),
    "icews": Layout(icews.COLUMNS, icews.rows),
    "gdelt": Layout(gdelt.COLUMNS, gdelt.rows, header=False),
    "gdelt-mentions": Layout(gdelt.MENTION_COLUMNS, gdelt.mentions, header=False),
    "phoenix": Layout(phoenix.COLUMNS, phoenix.rows, header=False),
}


def write_table(
    items: Iterable[Any],
    form: str,
    stream: IO[str],
    unreal: bool = False,
    left_out: Callable[[int], object] | None = None,
) -> int:
    """Write a table row by row; how many rows there were. See ``dragoman.exports.write``."""
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
    count = left = 0
    for item in told(items):
        if layout.real and not unreal and not item.is_real:
            left += 1
            continue
        for row in layout.rows(item):
            write([cell(row.get(name)) for name in layout.columns])
            count += 1
    if left_out:
        left_out(left)
    return count
