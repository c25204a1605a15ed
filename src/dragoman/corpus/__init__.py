"""A corpus coded into a folder of Parquet parts: taken up where it stopped, by one machine or many.

    FOLDER/run.json                       the run that coded it (version, hashes, options)
    FOLDER/stories/SHARE-KEY.parquet      one row a story, also of those without events
    FOLDER/events/SHARE-KEY.parquet       one row an event, as ``--format parquet`` writes them
    FOLDER/records/SHARE-KEY.jsonl.gz     whole records, where they are asked for

A part is whole or not there: its stories are written last, and only they make it count. SHARE is
which part of how many machines ("1of4"), KEY a hash of the ids of its stories. DuckDB, Spark, polars
and R's arrow read ``FOLDER/events`` as one table.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman import exports
from dragoman.errors import DataError, UsageError
from dragoman.model import Record, Rejection, Run, Story
from dragoman.model.story import content_id

STORIES = pa.schema([
    ("story_id", pa.string()), ("source", pa.string()), ("url", pa.string()), ("publisher", pa.string()),
    ("title", pa.string()), ("published", pa.string()), ("published_basis", pa.string()),
    ("language", pa.string()), ("words", pa.int32()), ("events", pa.int32()), ("statements", pa.int32()),
    ("claims", pa.int32()), ("commitments", pa.int32()), ("notes", pa.list_(pa.string())),
])  # fmt: skip
_RUN = "run.json"


@dataclass(frozen=True)
class Share:
    """Which stories are coded here: those whose id falls to machine ``number`` of ``of``, counted from 1."""

    number: int = 1
    of: int = 1

    def has(self, story: str) -> bool:
        """Whether a story of this id is coded here; the same on every machine."""
        digest = hashlib.sha256(story.encode()).digest()
        return int.from_bytes(digest[:8], "big") % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}of{self.of}"


@dataclass(frozen=True)
class Part:
    """What was written at once: how many stories and events, and the file of its stories."""

    path: Path
    stories: int
    events: int


class CodedCorpus:
    """The folder of one run.

    Args:
        folder: made if it is missing.
        run: the coder's (``coder.run``).
        size: stories in a part; what is being coded when the machine fails is coded again.
        records: keep whole records as well; a folder that has them goes on keeping them.

    Raises:
        UsageError: the folder was coded by another run, or cannot be written.
        DataError: what stands in it is damaged.
    """

    def __init__(
        self, folder: str | Path, run: Run, *, share: Share | None = None, size: int = 500,
        records: bool = False,
    ) -> None:  # fmt: skip
        self.folder, self.share, self.size, self.records = (
            Path(folder), share or Share(), size, records,
        )  # fmt: skip
        self._claim(run)
        self._drop_halves()
        self.done = self._coded()
        self.repeated = Counter[str]()
        self._new: set[str] = set()

    def wanted(self, stories: Iterable[Story | Rejection]) -> Iterator[Story | Rejection]:
        """Those that fall to this share and are not coded yet; of the same story twice, the first.

        ``repeated`` counts what came again: "words" (of title and text), or "id", which a table gave to a
        story although an earlier one had it; their words may well differ.
        """
        for item in stories:
            if isinstance(item, Story):
                if not self.share.has(item.id):
                    continue
                if item.id in self._new:
                    own = item.id == content_id(item.title or "", item.text)
                    self.repeated["words" if own else "id"] += 1
                if item.id in self.done:
                    continue
                self.done.add(item.id)
                self._new.add(item.id)
            yield item

    def keep(self, records: Iterable[Record]) -> Iterator[Part]:
        """Write records part by part; where they stop early, what there is so far."""
        pending: list[Record] = []
        try:
            for record in records:
                pending.append(record)
                if len(pending) >= self.size:
                    yield self._write(pending)
                    pending = []
        except BaseException:
            if pending:
                self._write(pending)
            raise
        if pending:
            yield self._write(pending)

    def _claim(self, run: Run) -> None:
        """Make the folder this run's, or see that it is."""
        told = json.loads(json.dumps(run.to_dict()))
        stands = (self.folder / "records").is_dir()
        if self.records and not stands and any(self.folder.glob("stories/*.parquet")):
            raise UsageError(f"{self.folder} was coded without records; code into a new folder")
        self.records = self.records or stands
        try:
            for name in ("stories", "events", *(("records",) if self.records else ())):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
            path = self.folder / _RUN
            if not path.exists():
                _replace(path, lambda part: part.write_text(json.dumps(told, indent=1) + "\n"))
            coded = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise UsageError(f"cannot write {self.folder}: {error.strerror or error}") from None
        except ValueError:
            raise DataError(
                str(self.folder / _RUN), 1, "not JSON; code into a new folder"
            ) from None
        if coded != told:
            parts = [name for name in told if coded.get(name) != told[name]]
            raise UsageError(
                f"{self.folder} was coded by another run (other {', '.join(parts)}); code into a new folder"
            )

    def _drop_halves(self) -> None:
        """Remove what a process that died left of a part whose stories were not written."""
        lead = f"{self.share}-"
        whole = {path.stem for path in self.folder.glob(f"stories/{lead}*.parquet")}
        for path in self.folder.glob("*/*"):
            name = path.name.lstrip(".")
            half = path.name.startswith(".") or name.split(".")[0] not in whole
            if name.startswith(lead) and half:
                path.unlink(missing_ok=True)

    def _coded(self) -> set[str]:
        """The ids of all stories in the folder, whoever coded them."""
        found: set[str] = set()
        for path in sorted((self.folder / "stories").glob("*.parquet")):
            try:
                found.update(pq.read_table(path, columns=["story_id"])["story_id"].to_pylist())
            except (pa.ArrowException, OSError) as error:
                reason = str(error).split("\n")[0][:200]
                told = f"damaged ({reason}); remove it, and its stories are coded again"
                raise DataError(str(path), None, told) from None
        return found

    def _write(self, records: list[Record]) -> Part:
        """One part: events and records first, then the stories that make it count.

        Raises:
            UsageError: it cannot be written.
        """
        ids = "\n".join(sorted(record.story.id for record in records))
        name = f"{self.share}-{hashlib.sha256(ids.encode()).hexdigest()[:16]}"
        stories = self.folder / "stories" / f"{name}.parquet"
        rows = pa.Table.from_pylist([_row(record) for record in records], schema=STORIES)
        try:
            _replace(
                self.folder / "events" / f"{name}.parquet",
                lambda part: exports.write(records, "parquet", part),
            )
            if self.records:
                _replace(
                    self.folder / "records" / f"{name}.jsonl.gz", lambda part: _pack(records, part)
                )
            _replace(stories, lambda part: pq.write_table(rows, part, compression="zstd"))
        except OSError as error:
            raise UsageError(f"cannot write {self.folder}: {error.strerror or error}") from None
        return Part(stories, len(records), sum(len(record.events) for record in records))


def _row(record: Record) -> dict[str, Any]:
    """A story as its row tells it."""
    story = record.story
    return {
        "story_id": story.id, "source": story.source, "url": story.url, "publisher": story.publisher,
        "title": story.title, "published": story.published, "published_basis": story.published_basis,
        "language": story.language, "words": len(story.text.split()), "events": len(record.events),
        "statements": len(record.statements), "claims": len(record.claims),
        "commitments": len(record.commitments), "notes": [note.code for note in story.notes],
    }  # fmt: skip


def _pack(records: list[Record], path: Path) -> None:
    """Records as compressed JSON lines, the same bytes whenever they are written."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
        for record in records:
            line = json.dumps(record.to_dict(), ensure_ascii=False)
            packed.write(line.encode("utf-8", "replace") + b"\n")


def _replace(path: Path, write: Any) -> None:
    """Write a file beside its place, see it safe on the disk, and put it there."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(part)
        with part.open("rb") as made:
            os.fsync(made.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


__all__ = ["STORIES", "CodedCorpus", "Part", "Share"]
