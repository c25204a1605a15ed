"""Weights of a choice among spans: a table with one row for each column of what is weighed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import DataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

CONSTANT = "constant"


def read_weights(path: Path, columns: Sequence[str], kinds: Sequence[str]) -> NDArray[np.float64]:
    """(constant and ``columns``, kinds) of a tab-separated file with one row for each column.

    Raises:
        DataError: with file and line, when a column is missing, strange, or has no number.
    """
    header = _header(kinds)
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0].split("\t") != header:
        raise DataError(str(path), 1, f"the first line is {' '.join(header)}")
    names = (CONSTANT, *columns)
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        name, *cells = line.split("\t")
        if number - 2 >= len(names) or name != names[number - 2]:
            raise DataError(str(path), number, f"{name!r} does not stand here; train it again")
        try:
            values = [float(cell) for cell in cells]
        except ValueError as error:
            raise DataError(str(path), number, str(error)) from error
        if len(values) != len(kinds) or not all(math.isfinite(x) for x in values):
            raise DataError(str(path), number, f"{len(kinds)} numbers must follow {name!r}")
        rows.append(values)
    if len(rows) != len(names):
        raise DataError(str(path), None, f"{names[len(rows)]!r} is missing; train it again")
    return np.array(rows)


def write_weights(
    path: Path, weights: NDArray[np.float64], columns: Sequence[str], kinds: Sequence[str]
) -> None:
    """The table that ``read_weights`` reads."""
    lines = ["\t".join(_header(kinds))]
    for name, row in zip((CONSTANT, *columns), weights, strict=True):
        lines.append("\t".join([name, *(f"{value:.5g}" for value in row)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _header(kinds: Sequence[str]) -> list[str]:
    return ["column", *(kind.lower() for kind in kinds)]
