"""Rows of what pandas, polars and Arrow hold in memory, told by what it can do: none of them is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.reading.tables import Row


def is_table(source: Any) -> bool:
    """Whether a source is one row, or a table of rows."""
    if isinstance(source, Mapping):
        return True
    return hasattr(source, "columns") and any(
        hasattr(source, name) for name in ("to_pylist", "iter_rows", "itertuples")
    )


def rows_of(table: Any) -> Iterator[Row]:
    """The rows of a table, or the one row that it is; names of columns as text."""
    if isinstance(table, Mapping):
        yield {str(name): value for name, value in table.items()}
    elif hasattr(table, "to_pylist"):  # Arrow
        for batch in table.to_batches() if hasattr(table, "to_batches") else [table]:
            yield from batch.to_pylist()
    elif hasattr(table, "iter_rows"):  # polars
        yield from table.iter_rows(named=True)
    else:  # pandas
        names = [str(name) for name in table.columns]
        for cells in table.itertuples(index=False, name=None):
            yield dict(zip(names, cells, strict=True))
