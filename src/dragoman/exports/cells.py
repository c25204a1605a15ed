"""Cells of a table: no cell may break its row, and none may be run as a formula."""

from __future__ import annotations

from typing import Any

# A spreadsheet runs a cell that begins with one of these (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BREAKS = {ord(c): " " for c in "\t\r\n\v\f\x00\x85\u2028\u2029"}


def text_cell(value: Any) -> str:
    """A value as the text of a cell: one line, and an apostrophe before what could be a formula.

    Numbers are left as they are (−5 is a number, not a formula).
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(round(value, 6))
    if isinstance(value, int):
        return str(value)
    text = str(value)
    guarded = f"'{text}" if text.startswith(_FORMULA) else text
    clean = guarded.translate(_BREAKS)
    return clean.encode("utf-8", "replace").decode("utf-8")


def plain_cell(value: Any) -> str:
    """A cell of a set that knows no quoting: as ``text_cell``, with double quotation marks made single."""
    return text_cell(value).replace('"', "'")


def joined(values: Any, separator: str = ";") -> str:
    """Several values in one cell; a separator inside a value becomes a comma."""
    mark = separator.strip()
    return separator.join(str(item).replace(mark, ",") for item in values if item not in (None, ""))
