"""Answers as a table for eyes, CSV, JSON or Arrow."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dragoman.ledger.scope import Table
from dragoman.writing import written

FORMATS = ("table", "csv", "json", "arrow")


def show(
    answer: Table, form: str, output: Path | None, columns: Sequence[str] | None = None
) -> None:
    """Write an answer.

    Args:
        columns: those shown in the table for eyes; the other formats give all.
    """
    if form == "arrow":
        _arrow(answer, output)
        return
    if form == "json":
        text = json.dumps([_plain(row) for row in answer], ensure_ascii=False, indent=1) + "\n"
    elif form == "csv":
        text = as_csv(answer)
    else:
        text = as_table(answer, columns or answer.columns, output)
    write_text(text, output)


def write_text(text: str, output: Path | None) -> None:
    """Write to a file, or to standard output."""
    if output is None:
        sys.stdout.write(text)
    else:
        with written(output) as part:
            part.write_text(text, encoding="utf-8")


def as_table(answer: Table, columns: Sequence[str], output: Path | None) -> str:
    """For eyes; rich is loaded only for this."""
    from dragoman.ledger.table_text import table_text

    return table_text(answer, columns, output)


def as_csv(answer: Table) -> str:
    """Comma-separated with a header; lists joined by semicolons; no cell can be run as a formula."""
    from dragoman.exports.cells import text_cell

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer:
        writer.writerow([text_cell(_cell(row[name])) for name in answer.columns])
    return stream.getvalue()


def _arrow(answer: Table, output: Path | None) -> None:
    table = Table([_plain_nested(row) for row in answer], answer.columns).to_arrow()
    if output is None:
        _write_arrow(table, sys.stdout.buffer)
        return
    with written(output) as part:
        _write_arrow(table, str(part))


def _write_arrow(table: Any, target: Any) -> None:
    import pyarrow as pa

    with pa.ipc.new_stream(target, table.schema) as writer:
        writer.write_table(table)


def _cell(value: Any) -> Any:
    """A value for one cell: lists joined, anything nested as JSON."""
    if isinstance(value, list) and all(isinstance(item, (str, int)) for item in value):
        return "; ".join(str(item) for item in value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, (date, datetime)) else value
        for key, value in row.items()
    }


def _plain_nested(row: dict[str, Any]) -> dict[str, Any]:
    """Nested values (histories, before and after) as JSON text, so every row has one type."""
    return {
        key: json.dumps(value, ensure_ascii=False, default=str)
        if isinstance(value, dict)
        or (isinstance(value, list) and any(isinstance(i, dict) for i in value))
        else value
        for key, value in row.items()
    }
