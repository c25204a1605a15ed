"""Many inputs to many stories: files, folders, patterns, tables and archives, in order.

Nothing is held but the row in hand; an input that cannot be read becomes a ``Rejection`` in its
place and the rest goes on.
"""

from __future__ import annotations

import glob
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from dragoman.errors import InputError, UsageError
from dragoman.limits import Limits
from dragoman.model import Rejection, Story
from dragoman.reading import compressed, deliveries, documents, spreadsheets, tables
from dragoman.reading.blocks import one_line
from dragoman.reading.columns import FIELDS, assign, is_header, row_date, with_header
from dragoman.reading.frames import is_table, rows_of
from dragoman.reading.recorded import recorded_story
from dragoman.reading.sources import (
    NAME_LENGTH,
    Opened,
    is_address,
    is_path,
    open_source,
    open_stored,
    read_bytes,
)
from dragoman.reading.story import read, story_of

_KINDS = (*dict.fromkeys(tables.FORMATS.values()), "page", "text")


def read_many(
    sources: Any,
    *,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    limits: Limits | None = None,
    follow: bool = False,
    day_first: bool | None = None,
) -> Iterator[Story | Rejection]:
    """The stories in ``sources``, in order; each failure as a ``Rejection`` in its place.

    Args:
        sources: one or many of: file, folder (all files in it, sorted), pattern ("news/*.html"),
            address, HTML, text, bytes; a pandas, polars or Arrow table, or dictionaries, one a
            row. JSON Lines, JSON, CSV, TSV, Parquet, Excel and WARC files and news feeds (RSS, Atom, JSON
            Feed), also compressed, give one story a row; a zip archive gives those of its members, an export
            of Nexis, Factiva or ProQuest, a file of NITF, NewsML or Gigaword and a box of mails their own.
        columns: part of a story ("text", "html", "title", "published", "url", "publisher",
            "language", "id") to the column that holds it. Parts not named are guessed by the
            usual names (``lexicon/data/columns.tsv``), except "id".
        format: "jsonl", "json", "csv", "tsv", "parquet", "xlsx", "warc", "feed", "page" or "text" for files
            whose ending does not tell.
        follow: read the pages that the items of a feed lead to, not what the feed carries of them.
        day_first: whether 3/4/2026 in a table is 3 April (True) or March 4 (False); None leaves
            such a day out and notes it.

    Raises:
        UsageError: an unknown format or part of a story.
    """
    if format is not None and format not in _KINDS:
        raise UsageError(f"no such input format: {format!r}; one of {', '.join(_KINDS)}")
    unknown = sorted(set(columns or {}) - set(FIELDS))
    if unknown:
        raise UsageError(
            f"no such part of a story: {', '.join(unknown)}; one of {', '.join(FIELDS)}"
        )
    single = (
        isinstance(sources, (str, Path, bytes, bytearray, memoryview))
        or not isinstance(sources, Iterable)
        or is_table(sources)
    )
    reader = _Reader(dict(columns or {}), format, limits or Limits(), follow, day_first)
    return reader.all([sources] if single else sources)


class _Reader:
    """The options of one ``read_many``."""

    def __init__(
        self,
        columns: dict[str, str],
        format: str | None,
        limits: Limits,
        follow: bool,
        day_first: bool | None,
    ) -> None:
        self.columns, self.format, self.limits, self.follow = columns, format, limits, follow
        self.day_first = day_first

    def all(self, sources: Iterable[Any]) -> Iterator[Story | Rejection]:
        for number, source in enumerate(sources, start=1):
            try:
                if is_table(source):
                    first = number if isinstance(source, Mapping) else 1
                    rows = enumerate(rows_of(source), start=first)
                    placed = ((str(place), row) for place, row in rows)
                    yield from self._stories(placed, "rows", header=not isinstance(source, Mapping))
                else:
                    yield from self.one(source)
            except InputError as error:
                yield Rejection.of(error)

    def one(self, source: Any) -> Iterator[Story | Rejection]:
        """The stories of one source."""
        if isinstance(source, (Story, Rejection)):
            yield source
            return
        if isinstance(source, (bytes, bytearray, memoryview)):
            source = Opened("bytes", data=bytes(source))
        if isinstance(source, Opened) and source.text is None:
            yield from self._opened(source)
            return
        path = _path(source)
        if path is None and isinstance(source, str) and is_address(source):
            yield from self._opened(open_source(source, self.limits))
        elif path is None:
            yield read(source, limits=self.limits)
        elif _is_there(path) and path.is_dir():
            yield from self._folder(path)
        elif not _is_there(path) and glob.has_magic(str(path)):
            found = sorted(glob.glob(str(path), recursive=True))
            if not found:
                raise InputError(str(path), "no file fits this pattern", code="missing")
            yield from self.all(Path(item) for item in found)
        else:
            yield from self._file(path)

    def _opened(self, source: Opened) -> Iterator[Story | Rejection]:
        """The stories of bytes that came without a file's name: a table, an archive, or one story."""
        opened = open_source(source, self.limits)
        data = opened.data or b""
        kind = self.format or _kind_of_table(data) or self._bare_table(data, opened.source)
        if kind in tables.FORMATS.values():
            yield from self._rows(io.BytesIO(data), opened.source, kind or "")
        elif data.startswith(b"PK\x03\x04") and documents.kind_of(data) is None:
            yield from self._archive(io.BytesIO(data), opened.source)
        else:
            yield from self._single(opened)

    def _bare_table(self, data: bytes, name: str) -> str | None:
        """ "csv" where the first line of bytes names columns that we look for.

        Raises:
            InputError: columns were named, and it has none of them.
        """
        if is_header(tables.first_cells(data), self.columns):
            return "csv"
        if self.columns:
            reason = "no table with the columns named; say what it is: --from csv"
            raise InputError(name, reason, code="format")
        return None

    def _folder(self, folder: Path) -> Iterator[Story | Rejection]:
        try:
            files = sorted(
                item for item in folder.rglob("*")
                if not any(part.startswith(".") for part in item.relative_to(folder).parts)
                and not item.is_dir()
            )  # fmt: skip
        except OSError as error:
            raise InputError(str(folder), f"cannot be listed: {error}", code="permission") from None
        if not files:
            raise InputError(str(folder), "the folder holds no files", code="empty")
        yield from self.all(files)

    def _file(self, path: Path) -> Iterator[Story | Rejection]:
        kind = self.format or tables.kind_of(path.name)
        if kind == "parquet" and path.exists():
            rows = tables.parquet_rows(path, str(path))
            yield from self._stories(rows, str(path), header=True)
        elif kind == "xlsx":
            yield from self._rows(io.BytesIO(read_bytes(path, self.limits)), str(path), kind)
        elif kind in tables.FORMATS.values() or path.suffix.lower() == ".zip":
            with open_stored(path) as raw:
                head = raw.read(6)
                raw.seek(0)
                if head.startswith(b"PK\x03\x04"):
                    yield from self._archive(raw, str(path))
                else:
                    yield from self._rows(
                        compressed.open_stream(raw, str(path), head), str(path), kind or ""
                    )
        else:
            yield from self._single(open_source(path, self.limits))

    def _single(self, opened: Opened) -> Iterator[Story | Rejection]:
        """The story of an input that is no table by its name, or those of a feed or a delivery."""
        if self.format is None and tables.is_feed(opened.data or b""):
            yield from self._items(opened.data or b"", opened.source)
            return
        opened = documents.as_text(opened, self.limits)
        delivered = deliveries.found(opened) if self.format is None else None
        if delivered is not None:
            yield from self._delivered(delivered)
            return
        if self.format == "page":
            opened = replace(opened, is_page=True)
        yield story_of(opened, limits=self.limits)

    def _delivered(self, entries: Iterator[deliveries.Delivered]) -> Iterator[Story | Rejection]:
        """The stories of a delivery; one that holds no text costs only itself."""
        for entry in entries:
            try:
                yield deliveries.story_of_delivered(entry, self.limits)
            except InputError as error:
                yield Rejection.of(error)

    def _archive(self, raw: IO[bytes], name: str) -> Iterator[Story | Rejection]:
        """The stories of every member of a zip archive, members in order."""
        archive = compressed.archive_of(raw, name)
        for member in archive.infolist():
            if member.is_dir() or member.filename.startswith("__MACOSX/"):
                continue
            place = f"{name}:{member.filename}"
            kind = self.format or tables.kind_of(member.filename)
            try:
                with archive.open(member) as stream:
                    if kind in tables.FORMATS.values():
                        yield from self._rows(stream, place, kind or "")
                    else:
                        data = compressed.read_bounded(
                            stream, place, self.limits.decompressed_bytes
                        )
                        yield from self._single(Opened(place, data=data))
            except compressed.DAMAGE as error:
                yield Rejection(place, f"damaged archive: {error}", code="damaged")
            except InputError as error:
                yield Rejection.of(error)

    def _rows(self, stream: IO[bytes], name: str, kind: str) -> Iterator[Story | Rejection]:
        """The stories of a table or web archive that comes as a stream of plain bytes."""
        if kind == "warc":
            from dragoman.reading import warc

            for page in warc.pages(stream, name, self.limits):
                yield self._made(page)
            return
        if kind in ("feed", "json"):
            data = compressed.read_bounded(stream, name, self.limits.decompressed_bytes)
            if kind == "feed" or tables.is_json_feed(data):
                yield from self._items(data, name)
                return
        if kind == "jsonl":
            rows = tables.jsonl_rows(stream, name, self.limits)
        elif kind == "json":
            rows = tables.json_rows(data, name)
        elif kind == "parquet":
            data = compressed.read_bounded(stream, name, self.limits.decompressed_bytes)
            rows = tables.parquet_rows(io.BytesIO(data), name)
        elif kind == "xlsx":
            data = compressed.read_bounded(stream, name, self.limits.input_bytes)
            rows = spreadsheets.rows(data, name, self.limits, self.columns)
        else:
            rows = tables.csv_rows(stream, name, self.limits, "\t" if kind == "tsv" else None)
            rows = with_header(rows, name, self.columns)
        yield from self._stories(rows, name, header=kind in ("csv", "tsv", "parquet", "xlsx"))

    def _items(self, data: bytes, name: str) -> Iterator[Story | Rejection]:
        """The stories of a feed."""
        from dragoman.reading import feeds

        found = feeds.items(data, name, self.limits)
        yield from feeds.stories(found, self.limits, follow=self.follow)

    def _stories(
        self, rows: tables.Rows, name: str, *, header: bool = False
    ) -> Iterator[Story | Rejection]:
        for place, row in rows:
            if isinstance(row, InputError):
                yield Rejection.of(row)
                continue
            try:
                yield self._story_of_row(row, name, place)
            except InputError as error:
                whole = header and error.code == "column"
                reason = f"{error.reason} (no row is read)" if whole else error.reason
                yield Rejection(name, reason, place, error.code)
                if whole:
                    return

    def _made(self, page: Opened | InputError) -> Story | Rejection:
        if isinstance(page, InputError):
            return Rejection.of(page)
        try:
            return story_of(page, limits=self.limits)
        except InputError as error:
            return Rejection.of(error)

    def _story_of_row(self, row: tables.Row, name: str, place: str) -> Story:
        """The story of one row; ``source`` is file:place.

        Raises:
            InputError: no text in it ("column" when the column itself is missing).
        """
        if isinstance(row.get("story"), dict) and "text" in row["story"]:
            return recorded_story(row["story"], name, place)
        found = assign(row, self.columns, name, place)
        body = found.get("html") or found.get("text") or ""
        if not body.strip():
            raise InputError(name, "the row holds no text", place, "empty")
        opened = Opened(f"{name}:{place}", text=body, is_page=True if found.get("html") else None)
        published, notes = row_date(found.get("published"), self.day_first)
        story = story_of(
            opened,
            url=found.get("url"),
            published=published,
            title=found.get("title"),
            limits=self.limits,
        )
        changes: dict[str, Any] = {"notes": (*story.notes, *notes)} if notes else {}
        for part in ("publisher", "id"):
            if told := one_line(found.get(part, "")):
                changes[part] = told
        return story.replace(**changes) if changes else story


def _kind_of_table(data: bytes) -> str | None:
    """The format of a table that came without a file's name; None for a document and anything else."""
    document = documents.kind_of(data)
    return tables.sniff(data) if document is None else "xlsx" if document == "xlsx" else None


def _path(source: Any) -> Path | None:
    """The source as a path when it is one."""
    if isinstance(source, Path):
        return source
    if isinstance(source, str) and (is_path(source.strip()) or _is_pattern(source)):
        return Path(source.strip())
    return None


def _is_there(path: Path) -> bool:
    """Whether there is such a file or folder."""
    try:
        return path.exists()
    except OSError as error:  # a name too long, or a folder that may not be looked into
        name, reason = str(path), error.strerror or str(error)
        name = name if len(name) <= NAME_LENGTH else f"{name[:NAME_LENGTH]}…"
        raise InputError(name, f"no such file: {reason}", code="missing") from None


def _is_pattern(text: str) -> bool:
    last = text.strip().rpartition("/")[2]
    return (
        glob.has_magic(text)
        and len(text) < 400
        and not any(mark in text for mark in "\n<>")
        and ("/" in text or "." in text)
        and (" " not in text.strip() or ("*" in last and " " not in last))
    )
