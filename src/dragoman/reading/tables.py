"""Rows of JSON Lines, JSON, CSV, TSV and Parquet: each row a dictionary, or its own error.

A broken row costs only itself: a line that is no JSON, a row with too many cells, a quote that is
never closed. Lines are read one at a time and never longer than ``limits.input_bytes``.
"""

from __future__ import annotations

import csv
import json
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from dragoman.errors import InputError, LimitExceeded
from dragoman.limits import Limits
from dragoman.reading.compressed import DAMAGE, SUFFIXES
from dragoman.tables import word_list

Row = dict[str, Any]
Rows = Iterator[tuple[str, Row | InputError]]
"""(place, row or why it cannot be read); the place is a line number (1-based) or row number."""

FORMATS = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jl": "jsonl", ".json": "json", ".csv": "csv",
    ".tsv": "tsv", ".tab": "tsv", ".parquet": "parquet", ".pq": "parquet", ".warc": "warc",
    ".rss": "feed", ".atom": "feed", ".rdf": "feed", ".xlsx": "xlsx", ".xlsm": "xlsx",
}  # fmt: skip
_DELIMITERS = ",;\t|"
_FEED = re.compile(
    rb"\s*(?:<\?xml[^>]{0,300}\?>\s*)?(?:<(?:!--.{0,2000}?--|\?[^>]{0,500}\?|!doctype[^\[>]{0,300}(?:\[.{0,2000}?\]\s*)?)>\s*){0,5}<(?:rss|feed|rdf:RDF)\b",
    re.I | re.S,
)
_JSON_FEED = re.compile(rb"\s*\{.{0,4000}?\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org\b", re.S)


def kind_of(name: str) -> str | None:
    """The table format that a file's ending tells (``.csv``, ``.jsonl.gz``), or None."""
    path = Path(name.lower())
    if path.suffix in SUFFIXES:
        path = path.with_suffix("")
    return FORMATS.get(path.suffix)


def sniff(data: bytes) -> str | None:
    """The format of rows that came without a file's name: by their first bytes; None if no table.

    CSV cannot be told from text by its first bytes alone (see ``first_cells``).
    """
    head = data[:65_536].removeprefix(b"\xef\xbb\xbf").lstrip()
    if is_feed(head):
        return "feed"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    first, ended, _ = data.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if head.startswith(b"{"):
        return "jsonl" if isinstance(_json_object(first, "", ""), dict) or not ended else "json"
    return "json" if re.match(rb"\[\s*\{\s*\"", head) else None


def is_feed(data: bytes) -> bool:
    """Whether bytes are a news feed (RSS, Atom, RDF or JSON Feed), by how they begin."""
    head = data[:8_000].removeprefix(b"\xef\xbb\xbf")
    return bool(_FEED.match(head)) or is_json_feed(head)


def is_json_feed(data: bytes) -> bool:
    """Whether bytes are a JSON Feed, by how they begin."""
    return bool(_JSON_FEED.match(data[:8_000].removeprefix(b"\xef\xbb\xbf")))


def first_cells(data: bytes) -> list[str]:
    """The cells of the first line of bytes, were they a table; none of a page."""
    line = data[:65_536].removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    if line.startswith(b"<"):
        return []
    text = line.decode("utf-8", "replace")
    cells = _cells(text, max(_DELIMITERS, key=text.count)) or []
    return [cell.strip() for cell in cells]


def lines_of(
    stream: IO[bytes], source: str, limits: Limits
) -> Iterator[tuple[int, bytes | InputError]]:
    """Line number and bytes (line end kept) of every line; a longer one than the limit as its error.

    Damaged or cut compression ends the lines with one error.
    """
    number = 0
    most = limits.input_bytes
    while True:
        number += 1
        try:
            line = stream.readline(most + 1)
            too_long = len(line) > most
            while too_long and line and not line.endswith(b"\n"):
                line = stream.readline(most)
        except EOFError:
            yield (
                number,
                InputError(source, "the compressed data are cut short", str(number), "truncated"),
            )
            return
        except DAMAGE as error:
            yield number, InputError(source, f"damaged: {error}", str(number), "damaged")
            return
        if too_long:
            yield (
                number,
                LimitExceeded(source, f"a line of more than {most:,} bytes", str(number), "limit"),
            )
        elif number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
            reason = "a table in UTF-16; save it as UTF-8"
            yield number, InputError(source, reason, code="charset")
            return
        elif line:
            yield number, line
        else:
            return


def jsonl_rows(stream: IO[bytes], source: str, limits: Limits) -> Rows:
    """One JSON object a line; blank lines are passed over."""
    for number, line in lines_of(stream, source, limits):
        place = str(number)
        if isinstance(line, InputError):
            yield place, line
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield place, _json_object(line, source, place)


def _json_object(data: bytes, source: str, place: str) -> Row | InputError:
    try:
        found = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        return InputError(source, "not UTF-8", place, "charset")
    except ValueError as error:
        return InputError(source, f"not JSON: {error}", place, "json")
    except RecursionError:
        return InputError(source, "not JSON: nested too deep", place, "json")
    if not isinstance(found, dict):
        return InputError(source, "not a JSON object", place, "json")
    return found


def json_rows(data: bytes, source: str) -> Rows:
    """The objects of a JSON array, also one that a service wrapped ({"articles": […]}), or the one object of the file."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        yield "1", InputError(source, f"not JSON: {error}", code="json")
        return
    for number, item in enumerate(_unwrapped(found), start=1):
        row = (
            item
            if isinstance(item, dict)
            else InputError(source, "not a JSON object", str(number), "json")
        )
        yield str(number), row


def _unwrapped(found: Any) -> list[Any]:
    """What a JSON file lists, or the one thing that it is."""
    inner, names = found, word_list("lexicon", "wrapping")
    while isinstance(inner, dict):
        held = [
            value for name, value in inner.items()
            if name.lower() in names and isinstance(value, (list, dict))
        ]  # fmt: skip
        inner = held[0] if len(held) == 1 else None
    if isinstance(inner, list) and all(isinstance(item, dict) for item in inner):
        return inner
    return found if isinstance(found, list) else [found]


def parquet_rows(path: Any, source: str) -> Rows:
    """The rows of a Parquet file, a batch in memory at a time."""
    import pyarrow
    from pyarrow import parquet

    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=256):
                for row in batch.to_pylist():
                    number += 1
                    yield str(number), row
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        reason = str(error).split("\n")[0][:200]
        yield str(number + 1), InputError(source, f"damaged Parquet: {reason}", code="damaged")


def csv_rows(stream: IO[bytes], source: str, limits: Limits, delimiter: str | None = None) -> Rows:
    """The rows of a table with a header line; the delimiter is found out when not given."""
    csv.field_size_limit(max(csv.field_size_limit(), limits.input_bytes))
    lines = _Lines(stream, source, limits)
    header: list[str] | None = None
    record: str | InputError | None = None
    for place, record in lines.records():
        if isinstance(record, InputError):
            yield place, record
            continue
        if header is None:
            if "\r" in record.rstrip("\r\n"):
                reason = "its lines end in CR alone (an old Macintosh's); save it with LF"
                yield place, InputError(source, reason, place, "csv")
                return
            delimiter = delimiter or max(_DELIMITERS, key=record.count)
            lines.delimiter = delimiter
            header = [name.strip() for name in _cells(record, delimiter) or []]
            continue
        cells = _cells(record, delimiter or ",")
        if cells is None:
            lines.give_back()
            yield place, InputError(source, "a quote that is not closed", place, "csv")
        elif len(cells) != len(header):
            reason = f"{len(cells)} cells, the header has {len(header)}"
            lines.give_back()
            yield place, InputError(source, reason, place, "csv")
        else:
            yield place, dict(zip(header, cells, strict=True))
    if record is None:
        yield "1", InputError(source, "the input is empty", code="empty")


def _cells(record: str, delimiter: str) -> list[str] | None:
    """The cells of one record, or None when its quotes do not fit."""
    record = record.rstrip("\r\n")
    if delimiter == "\t" and "\n" not in record:
        return [_unquoted(cell) for cell in record.split("\t")]
    strict = "\n" in record
    try:
        found = (
            list(csv.reader([record], delimiter=delimiter, strict=strict))
            if not strict
            else list(
                csv.reader(record.splitlines(keepends=True), delimiter=delimiter, strict=True)
            )
        )
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None


def _unquoted(cell: str) -> str:
    """A tab-separated cell without the quotes a spreadsheet put round it."""
    inner = cell[1:-1]
    if len(cell) >= 2 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', ""):
        return inner.replace('""', '"')
    return cell


class _Lines:
    """Records of a table: lines joined while a quote is open, given back when that went wrong."""

    def __init__(self, stream: IO[bytes], source: str, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.delimiter = ","
        self.incoming = lines_of(stream, source, limits)
        self.waiting: deque[tuple[int, str | InputError]] = deque()
        self.taken: list[tuple[int, str]] = []
        self.charset = ""

    def records(self) -> Iterator[tuple[str, str | InputError]]:
        """Place (line number) and text of each record."""
        while True:
            item = self._next()
            if item is None:
                return
            number, line = item
            if isinstance(line, InputError):
                yield str(number), line
                continue
            if not line.strip():
                continue
            self.taken = [(number, line)]
            closed = self._complete()
            text = "".join(piece for _, piece in self.taken)
            if closed:
                yield str(number), text
            else:
                self.give_back()
                yield (
                    str(number),
                    InputError(self.source, "a quote that is not closed", str(number), "csv"),
                )

    def _complete(self) -> bool:
        """Take lines until the quotes are even; False at the end of the file or past the limit."""
        first = self.taken[0][1]
        if self.delimiter == "\t" and not any(cell.startswith('"') for cell in first.split("\t")):
            return True
        quotes, size = first.count('"'), len(first)
        while quotes % 2:
            item = self._next()
            if item is None or isinstance(item[1], InputError) or size > self.limits.input_bytes:
                if item is not None:
                    self.waiting.appendleft(item)
                return False
            self.taken.append((item[0], item[1]))
            quotes += item[1].count('"')
            size += len(item[1])
        return True

    def give_back(self) -> None:
        """Read again from the line after the first of the last record."""
        self.waiting.extendleft(reversed(self.taken[1:]))
        self.taken = self.taken[:1]

    def _next(self) -> tuple[int, str | InputError] | None:
        if self.waiting:
            return self.waiting.popleft()
        item = next(self.incoming, None)
        if item is None:
            return None
        number, line = item
        return (number, line) if isinstance(line, InputError) else (number, self._decoded(line))

    def _decoded(self, line: bytes) -> str:
        """The line as text: UTF-8 (or UTF-16 by its mark), else Windows-1252 line by line."""
        line = line.removeprefix(b"\xef\xbb\xbf")
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            return line.decode("cp1252", "replace")
