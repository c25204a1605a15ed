"""Reading the formats back, the way the users of each set do."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.exports.tables import LAYOUTS


def read_rows(path: Path, form: str) -> Iterator[dict[str, Any]]:
    """Rows by column name. See ``dragoman.exports.read``."""
    if form in ("events", "record"):
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                yield json.loads(line)
        return
    if form == "parquet":
        import pyarrow.parquet as pq

        for batch in pq.ParquetFile(path).iter_batches():
            yield from batch.to_pylist()
        return
    yield from _table(path, form)


def _table(path: Path, form: str) -> Iterator[dict[str, Any]]:
    layout = LAYOUTS[form]
    with path.open(encoding="utf-8", newline="") as stream:
        if layout.quoting:
            lines = csv.reader(stream, delimiter=layout.separator)
        else:
            lines = csv.reader(stream, delimiter=layout.separator, quoting=csv.QUOTE_NONE)
        columns = next(lines, []) if layout.header else list(layout.columns)
        if columns != list(layout.columns):
            raise InputError(str(path), f"not the columns of {form}", "line 1", "column")
        for number, cells in enumerate(lines, 2 if layout.header else 1):
            if len(cells) != len(columns):
                raise InputError(
                    str(path),
                    f"{len(cells)} columns, not {len(columns)}",
                    f"line {number}",
                    "column",
                )
            yield dict(zip(columns, cells, strict=True))
