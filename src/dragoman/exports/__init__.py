"""Events in the field's own formats, exact to column names and order.

    >>> from dragoman import exports
    >>> exports.write(records, "polecat", "events.txt")

Formats: ``events`` (PLOVER JSON, one a line), ``csv``, ``parquet``, ``polecat``, ``icews``,
``gdelt``, ``gdelt-mentions``, ``phoenix``, ``record`` (the whole record, one a line). Everything is
written as it comes, so a corpus of any size fits in memory. ``read`` reads each of them back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from dragoman.errors import UsageError, of_kind

if TYPE_CHECKING:
    from dragoman.model import Event, Events, Record

FORMATS = (
    "events", "csv", "parquet", "polecat", "icews", "gdelt", "gdelt-mentions", "phoenix", "record",
)  # fmt: skip

__all__ = ["FORMATS", "read", "write"]


def write(
    items: Record | Iterable[Record | Event | Events] | Events,
    form: str,
    output: str | Path | IO[Any],
    *,
    unreal: bool = False,
    left_out: Callable[[int], object] | None = None,
) -> int:
    """Write records (or bare events) in a format; how many rows were written.

    Args:
        items: a record, records, or events when there is no story to go with them.
        form: one of ``FORMATS``.
        output: a path, or an open stream (text; for parquet binary).
        unreal: whether POLECAT, ICEWS, GDELT and Phoenix, which have no column for it, also get
            what is denied, supposed, yet to come or long past. Other formats have it always.
        left_out: is told at the end how many events a table leaves out for that.

    Raises:
        UsageError: no such format, bare events for a format that needs records, or a rejection
            among the records (``coder.pipe`` gives both).
    """
    if form not in FORMATS:
        raise UsageError(f"no such format: {form} (one of {', '.join(FORMATS)})")
    items = _without_rejections(items)
    if form == "parquet":
        from dragoman.exports.parquet import write_parquet

        return write_parquet(items, output)
    if isinstance(output, (str, Path)):
        with Path(output).open("w", encoding="utf-8", newline="") as stream:
            return _write_text(items, form, stream, unreal, left_out)
    return _write_text(items, form, output, unreal, left_out)


def _without_rejections(items: Any) -> Iterator[Any]:
    """The records or events, also of one alone.

    Raises:
        UsageError: one is a rejection.
    """
    from dragoman.model import Event, Events, Record, Rejection

    given = [items] if isinstance(items, Record) else items
    for item in of_kind(given, Iterable, "write wants records or events"):
        if isinstance(item, Rejection):
            raise UsageError(f"no record but a rejected input, put it aside first: {item}")
        if not isinstance(item, (Record, Event, Events)):
            raise UsageError(f"write wants records or events, not {type(item).__name__}")
        yield item


def _write_text(
    items: Iterable[Any],
    form: str,
    stream: IO[str],
    unreal: bool,
    left_out: Callable[[int], object] | None,
) -> int:
    """Formats that are lines of text."""
    if form == "record":
        from dragoman.exports.plover import write_records

        return write_records(items, stream)
    if form == "events":
        from dragoman.exports.plover import write_events

        return write_events(items, stream)
    from dragoman.exports.tables import write_table

    return write_table(items, form, stream, unreal, left_out)


def read(path: str | Path, form: str) -> Iterator[dict[str, Any]]:
    """Rows of a file that ``write`` made, as dictionaries by column name, as the set's users read it.

    Raises:
        UsageError: no such format.
        InputError: a line has the wrong number of columns.
    """
    if form not in FORMATS:
        raise UsageError(f"no such format: {form} (one of {', '.join(FORMATS)})")
    from dragoman.exports.reading import read_rows

    return read_rows(Path(path), form)
