"""Parquet: the nested events of the JSON contract, with their story's id, day, publisher, address and sentence."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.exports.arrow import WITH_STORY, _clean
from dragoman.exports.told import Told, told

GROUP = 10_000  # events in one row group


def write_parquet(items: Iterable[Any], output: str | Path | IO[bytes]) -> int:
    """Write row groups as events come; how many events there were."""
    target = getattr(output, "buffer", output)
    count = 0
    pending: list[dict[str, Any]] = []
    with pq.ParquetWriter(target, WITH_STORY, compression="zstd") as writer:
        for item in told(items):
            pending.append(_row(item))
            count += 1
            if len(pending) >= GROUP:
                writer.write_table(pa.Table.from_pylist(pending, schema=WITH_STORY))
                pending = []
        if pending:
            writer.write_table(pa.Table.from_pylist(pending, schema=WITH_STORY))
    return count


def _row(item: Told) -> dict[str, Any]:
    story = item.story
    row: dict[str, Any] = _clean(item.event.to_dict())
    row |= _clean({
        "story_id": story.id if story else None, "published": story.published if story else None,
        "publisher": story.publisher if story else None, "url": story.url if story else None,
        "text": item.sentence or None,
    })  # fmt: skip
    return row
