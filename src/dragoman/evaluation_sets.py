"""Labelled data sets for ``dragoman eval``: read, and every row checked once before any is scored."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.reading.dates import is_day

PAIR_COLUMNS = ("marked_sentence", "gold_root")


class _Bad(ValueError):
    """A field that is not as it must be."""


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        InputError: it cannot be read, or is no UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(str(path), f"cannot be read: {reason}", code="missing") from None
    except UnicodeDecodeError:
        raise InputError(str(path), "not UTF-8", code="charset") from None


def read_json(path: Path) -> Any:
    """The data of a JSON file.

    Raises:
        InputError: it cannot be read or is no JSON.
    """
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise InputError(str(path), error.msg, f"line {error.lineno}", "json") from None
    except RecursionError:
        raise InputError(str(path), "nested too deep", code="json") from None


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """The marked sentences of a table, each with its type.

    Raises:
        InputError: it is no such table, or a row is short.
    """
    lines = read_text(path).split("\n")
    try:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except csv.Error as error:
        raise InputError(str(path), f"no table: {error}", code="csv") from None
    if not rows or any(name not in rows[0] for name in PAIR_COLUMNS):
        raise InputError(str(path), f"needs columns {' and '.join(PAIR_COLUMNS)}", code="column")
    for number, row in enumerate(rows, start=1):
        for name in PAIR_COLUMNS:
            if not row[name]:
                raise InputError(str(path), f"{name}: missing", f"row {number}", "column")
    if not any("<s>" in row[PAIR_COLUMNS[0]] or "<t>" in row[PAIR_COLUMNS[0]] for row in rows):
        raise InputError(str(path), "no sentence has <s>…</s> or <t>…</t>", code="marks")
    return [(row["marked_sentence"], row["gold_root"]) for row in rows]


def checked_records(rows: list[Any], path: Path) -> list[Mapping[str, Any]]:
    """Gold records that have what scoring needs.

    Raises:
        InputError: a record has not; names file, item and field.
    """
    if not rows:
        raise InputError(str(path), "holds no records", code="empty")
    for number, row in enumerate(rows, start=1):
        try:
            _record(_object(row, "record"))
        except _Bad as bad:
            raise InputError(str(path), str(bad), f"item {number}", "field") from None
    return rows


def checked_story(story: Any, path: Path, folder: Path) -> Mapping[str, Any]:
    """A story coded by hand, with its text, that has what scoring needs.

    Args:
        folder: where its ``text_file`` lies.

    Raises:
        InputError: it has not; names file, event and field.
    """
    place = None
    try:
        found = {"id": path.stem, **_object(story, "story")}
        found["text"] = _text_of(found, folder)
        published = found.get("published") or None
        if published is not None and not (isinstance(published, str) and is_day(published)):
            raise _Bad(f"published: no YYYY-MM-DD: {published!r}")
        for number, event in enumerate(_list(found, "events"), start=1):
            place = f"event {number}"
            _event(_object(event, "event"), len(found["text"]))
    except _Bad as bad:
        raise InputError(str(path), str(bad), place, "field") from None
    return found


def _text_of(story: Mapping[str, Any], folder: Path) -> str:
    """The text of a story, of its own or in a file beside it."""
    return (
        _words(story, "text") if "text" in story else read_text(folder / _words(story, "text_file"))
    )


def _record(row: Mapping[str, Any]) -> None:
    for name in ("text", "event"):
        _words(row, name)
    for name in ("source", "target"):
        if not isinstance(row.get(name), str):  # published sets have words there: no party
            _parties(row, name, "code")


def _event(event: Mapping[str, Any], size: int) -> None:
    """Check one event of a story of so many characters."""
    _words(event, "type")
    if not all(isinstance(name, str) for name in _list(event, "alt_types", needed=False)):
        raise _Bad("alt_types: not a list of types")
    for name in ("actors", "recipients"):
        _list(event, name)
        _parties(event, name, "country")
    if event.get("importance") not in (1, 2, 3):
        raise _Bad(f"importance: must be 1, 2 or 3, not {event.get('importance')!r}")
    if not _list(event, "spans"):
        raise _Bad("spans: empty")
    for span in event["spans"]:
        if not _is_span(span, size):
            raise _Bad(f"spans: no [start, end] within the text: {str(span)[:40]}")


def _is_span(span: Any, size: int) -> bool:
    whole = isinstance(span, list) and [type(end) for end in span] == [int, int]
    return whole and 0 <= span[0] < span[1] <= size


def _parties(row: Mapping[str, Any], name: str, part: str) -> None:
    for party in _list(row, name, needed=False):
        if not isinstance(_object(party, name).get(part) or "", str):
            raise _Bad(f"{name}: {part} is no text: {str(party[part])[:40]}")


def _object(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Bad(f"{what}: not a JSON object")
    return value


def _list(row: Mapping[str, Any], name: str, *, needed: bool = True) -> list[Any]:
    value = row.get(name)
    if not value and not needed:
        return []
    if not isinstance(value, list):
        raise _Bad(f"{name}: " + ("missing" if value is None else "not a list"))
    return value


def _words(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value:
        raise _Bad(f"{name}: " + ("missing" if value in (None, "") else "no text"))
    return value
