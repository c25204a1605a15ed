"""Rows of an Excel workbook (.xlsx), as of any other table with a header."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.errors import InputError
from dragoman.limits import Limits
from dragoman.reading.columns import is_header
from dragoman.reading.documents import FAULTS, within_limit
from dragoman.reading.tables import Rows


def rows(data: bytes, source: str, limits: Limits, columns: Mapping[str, str]) -> Rows:
    """The rows of every sheet whose first row names columns of stories, or else of the first sheet.

    The place of a row is its number as the spreadsheet shows it, with the sheet's name where several are
    read ("Sheet2!5"). Formulas give the value that was last saved with them.

    Args:
        columns: part of a story to the name of the column that holds it, as the user named them.

    Raises:
        LimitExceeded: it unpacks to more than ``limits.decompressed_bytes``.
        InputError: it is damaged or locked by a password.
    """
    import openpyxl

    within_limit(data, source, limits)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = book.worksheets
        read = [sheet for sheet in sheets if is_header(_header(sheet), columns)] or sheets[:1]
        for sheet in read:
            place = f"{sheet.title}!" if len(read) > 1 else ""
            for number, row in _rows(sheet):
                yield f"{place}{number}", row
    except FAULTS as error:
        reason = " ".join(str(error).split())[:160] or type(error).__name__
        yield "1", InputError(source, f"a damaged xlsx file: {reason}", code="damaged")


def _header(sheet: Any) -> list[str]:
    first = next(sheet.iter_rows(values_only=True), ())
    return [str(cell).strip() for cell in first if cell is not None]


def _rows(sheet: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and cells of every row under the first that holds anything."""
    names: list[str] | None = None
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if all(cell is None for cell in cells):
            continue
        if names is None:
            names = ["" if cell is None else str(cell).strip() for cell in cells]
            continue
        yield number, {name: cell for name, cell in zip(names, cells, strict=False) if name}
