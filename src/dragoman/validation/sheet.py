"""The sheet that a person fills in: CSV for any spreadsheet, or an Excel workbook with lists to choose from."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.exports.cells import text_cell
from dragoman.validation.sample import QUESTIONS, Row
from dragoman.writing import written

ANSWERS = ("yes", "no", "unsure")
_WIDE = {"sentence": 60, "context": 40, "actors": 28, "recipients": 28, "note": 30, "title": 30}
_NARROW = 13


def write(rows: Sequence[Row], path: str | Path) -> None:
    """Write drawn rows into a sheet; the ending says which kind (.csv, .xlsx).

    Raises:
        UsageError: another ending, no rows, or it cannot be written there.
    """
    target = Path(path)
    if target.suffix.lower() not in (".csv", ".xlsx"):
        raise UsageError(f"{target}: a sheet is .csv or .xlsx")
    if not rows:
        raise UsageError("no events to draw from")
    with written(target) as part:
        _write_workbook(rows, part) if target.suffix.lower() == ".xlsx" else _write_csv(rows, part)


def _write_csv(rows: Sequence[Row], path: Path) -> None:
    """UTF-8 with its mark, by which spreadsheets know it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0])
        writer.writerows([text_cell(value) for value in row.values()] for row in rows)


def _write_workbook(rows: Sequence[Row], path: Path) -> None:
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "events"
    names = list(rows[0])
    sheet.append(names)
    for row in rows:
        sheet.append([_cell(value) for value in row.values()])
    sheet.freeze_panes = "C2"
    choices = DataValidation(type="list", formula1=f'"{",".join(ANSWERS)}"', allow_blank=True)
    choices.error, choices.errorTitle = "yes, no or unsure", "Not an answer"
    sheet.add_data_validation(choices)
    for number, name in enumerate(names, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDE.get(name, _NARROW)
        head = sheet[f"{letter}1"]
        head.font = Font(bold=True)
        if name in QUESTIONS:
            head.comment = Comment(QUESTIONS[name], "Dragoman")
            choices.add(f"{letter}2:{letter}{len(rows) + 1}")
        for cell in sheet[letter]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if name in QUESTIONS:
                cell.fill = PatternFill("solid", fgColor="FFF7DC")
    book.save(path)


def _cell(value: Any) -> Any:
    """A number as it is, anything else as text that no spreadsheet runs."""
    return value if isinstance(value, (int, float)) else text_cell(value)
