"""Events as an Arrow table, nested columns as in the JSON contract, with the schema given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from dragoman.model import COUNTED, Event

_SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32())])
_PARTY = pa.struct([
    ("entity", pa.string()), ("name", pa.string()), ("country", pa.string()), ("sectors", pa.list_(pa.string())),
    ("code", pa.string()), ("start", pa.int32()), ("end", pa.int32()),
])  # fmt: skip
_COUNT = pa.struct(
    [("low", pa.int64()), ("high", pa.int64()), ("start", pa.int32()), ("end", pa.int32())]
)
SCHEMA = pa.schema([
    ("id", pa.string()), ("type", pa.string()), ("mode", pa.string()), ("contexts", pa.list_(pa.string())),
    ("aux", pa.list_(pa.string())), ("cameo", pa.string()), ("quad", pa.int8()), ("score", pa.float64()),
    ("date", pa.struct([("start", pa.string()), ("end", pa.string()), ("text", pa.string())])),
    ("actors", pa.list_(_PARTY)), ("recipients", pa.list_(_PARTY)),
    ("place", pa.struct([("text", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("name", pa.string()),
                         ("country", pa.string()), ("lat", pa.float64()), ("lon", pa.float64())])),
    ("counts", pa.struct([(name, _COUNT) for name in COUNTED])),
    ("trigger", _SPAN), ("sentence", _SPAN), ("attribution", pa.list_(pa.string())), ("confidence", pa.float64()),
    ("coded_by", pa.struct([("coder", pa.string()), ("rule", pa.string()), ("model", pa.string()), ("version", pa.string())])),
    ("goldstein", pa.float64()), ("evidence", pa.list_(_SPAN)), ("path", pa.string()),
])  # fmt: skip
STORY = [("story_id", pa.string()), ("published", pa.string()), ("publisher", pa.string()), ("url", pa.string()),
         ("text", pa.string())]  # fmt: skip
WITH_STORY = pa.schema([*(pa.field(name, kind) for name, kind in STORY), *SCHEMA])


def events_table(events: Iterable[Event]) -> pa.Table:
    """One row an event; no events give the same columns."""
    return pa.Table.from_pylist([_clean(event.to_dict()) for event in events], schema=SCHEMA)


def _clean(value: Any) -> Any:
    """Text that Arrow takes: lone surrogates become question marks."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value
