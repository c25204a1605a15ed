"""Which column of a row holds which part of a story, and what its cells say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from dragoman.days import is_missing
from dragoman.errors import InputError
from dragoman.model import Note
from dragoman.reading import knowledge
from dragoman.reading.dates import parse_date
from dragoman.reading.tables import Rows
from dragoman.tables import word_list

FIELDS = ("text", "html", "title", "published", "url", "publisher", "language", "id")
"""Parts of a story that a column can hold."""
_LONGEST_NAME = 60
"""Code points; a longer cell is no name of a column."""
_GUESSED = ("text", "html", "title", "published", "url", "publisher", "language")


@cache
def _usual_names() -> dict[str, tuple[str, ...]]:
    rows = knowledge.rows("columns.tsv", ("field", "names"))
    return {row["field"]: tuple(row["names"].split()) for row in rows}


def _plain(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


@cache
def _assignment(header: tuple[str, ...]) -> dict[str, str]:
    """Part of a story to column, guessed from the header."""
    by_name = {_plain(column): column for column in reversed(header)}
    found: dict[str, str] = {}
    for part in _GUESSED:
        column = next((by_name[name] for name in _usual_names()[part] if name in by_name), None)
        if column is not None and column not in found.values():
            found[part] = column
    return found


def assign(
    row: Mapping[str, Any], columns: Mapping[str, str], source: str, place: str
) -> dict[str, str]:
    """Part of a story to its value as text; empty cells become nothing.

    Raises:
        InputError: a named column is missing, or none is known to hold text (code "column").
    """
    assigned = {**_assignment(tuple(str(key) for key in row)), **columns}
    found: dict[str, str] = {}
    for part, column in assigned.items():
        if column not in row:
            raise InputError(
                source, f"no column {column!r}; there are {_listed(row)}", place, "column"
            )
        text = _as_text(row[column])
        if text:
            found[part] = text
    if "text" not in assigned and "html" not in assigned:
        raise InputError(
            source,
            f"no column of text among {_listed(row)}; name it: --column text=NAME",
            place,
            "column",
        )
    return found


def is_header(cells: Sequence[str], columns: Mapping[str, str]) -> bool:
    """Whether a line is the header of a table: it has the columns named, or text and one more usual name."""
    if columns:
        return set(columns.values()) <= set(cells)
    known = _assignment(tuple(cells))
    has_id = any(_plain(cell) in _usual_names()["id"] for cell in cells)
    return bool({"text", "html"} & set(known)) and len(known) + has_id >= 2


def with_header(rows: Rows, name: str, columns: Mapping[str, str]) -> Rows:
    """The rows of a table; one error in place of all where the line read as header is a row as well."""
    for number, (place, row) in enumerate(rows):
        if number == 0 and not isinstance(row, InputError) and _headerless(list(row), columns):
            first = " ".join(", ".join(row).split())[:60]
            reason = f"no header: the first line must name the columns, and it is {first!r}…"
            yield "1", InputError(name, reason, "1", "header")
            return
        yield place, row


def _headerless(cells: Sequence[str], columns: Mapping[str, str]) -> bool:
    """Whether a line that should name columns holds no usual name, but words of a story, a day or a number."""
    if _assignment(tuple(cells)) or set(columns.values()) & set(cells):
        return False
    return any(len(cell) > _LONGEST_NAME or cell.isdigit() or parse_date(cell) for cell in cells)


def _as_text(value: Any) -> str:
    if is_missing(value):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n\n".join(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a whole number in a column with empty cells
    if isinstance(value, Mapping) and isinstance(value.get("name"), str):
        return str(value["name"])  # {"id": null, "name": "The Courier"}
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return json.dumps(value, ensure_ascii=False, default=str)


def _listed(row: Mapping[str, Any]) -> str:
    names = [str(name) for name in row]
    return ", ".join(names[:12]) + (", …" if len(names) > 12 else "")


def row_date(
    value: str | None, day_first: bool | None = None
) -> tuple[str | None, tuple[Note, ...]]:
    """ISO date of a row, or a note that it is not plain which day is meant."""
    if not value or value.strip().lower() in word_list("lexicon", "nothing"):
        return None, ()
    found = parse_date(value, day_first)
    if found:
        return found.isoformat(), ()
    return None, (Note("date-unread", f"the row's date {value[:40]!r} is no plain date"),)
