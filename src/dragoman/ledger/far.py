"""Reports of days far from that of their story, in memory: which may be related to new ones.

They are few (four in a hundred), but their days lie over decades, so that asking the file reads all of them for
every story; nearly always none of them is related.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from dragoman.ledger.store import Store

_EPOCH = date(1970, 1, 1).toordinal()
_TURN = 0x9E3779B97F4A7C15
_LOOSE = 2000  # noted reports that are looked through one by one before they are sorted in
_Numbers = np.ndarray[Any, Any]


class Far:
    """Key, type (``merge_key``) and day of far reports: 44 bytes each, read once.

    Only this process writes, so none is missed; one whose storing failed merely may be there.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._loose: list[tuple[int, int, int]] = []  # day, type, key
        self._read = False
        self._days = self._kinds = self._keys = self._marks = self._by_mark = np.empty(0)

    def note(self, rows: Iterable[dict[str, Any]]) -> None:
        """Reports are being stored."""
        self._loose += [(row["day"].toordinal(), row["merge_key"], row["item"]) for row in rows]

    def on(self, spots: Iterable[tuple[int, date]]) -> list[int]:
        """Keys of the reports that are, or may be, of one of these types and days."""
        self._sort()
        wanted = sorted({(kind, day.toordinal()) for kind, day in spots})
        kinds = np.array([kind for kind, _ in wanted], dtype=np.uint64)
        marks = _marks(np.array([day for _, day in wanted], dtype=np.int64), kinds)
        found = self._marked(marks)
        pairs = set(wanted)
        return sorted({*found, *(key for day, kind, key in self._loose if (kind, day) in pairs)})

    def within(self, low: date, high: date, kinds: Collection[int]) -> list[int]:
        """Keys of the reports of these types between two days, both inclusive."""
        self._sort()
        begin = int(np.searchsorted(self._days, low.toordinal(), "left"))
        end = int(np.searchsorted(self._days, high.toordinal(), "right"))
        able = np.isin(self._kinds[begin:end], np.array(sorted(kinds), dtype=np.uint64))
        found = self._keys[begin:end][able].tolist()
        first, last = low.toordinal(), high.toordinal()
        return sorted({*found, *(
            key for day, kind, key in self._loose if first <= day <= last and kind in kinds
        )})  # fmt: skip

    def _marked(self, marks: _Numbers) -> set[int]:
        begins = np.searchsorted(self._marks, marks, "left")
        ends = np.searchsorted(self._marks, marks, "right")
        some = np.flatnonzero(ends > begins).tolist()
        return {key for at in some for key in self._by_mark[begins[at] : ends[at]].tolist()}

    def _sort(self) -> None:
        """Read what is stored at first, and sort in what was noted since when that is much."""
        if not self._read:
            table = self._store.arrow("SELECT day, merge_key, item FROM far_report_members")
            days = table.column("day").cast("int32").to_numpy().astype(np.int64) + _EPOCH
            kinds, keys = (
                table.column(name).to_numpy().astype(np.uint64) for name in ("merge_key", "item")
            )
            self._read = True
        elif len(self._loose) >= _LOOSE:
            days, kinds, keys = self._days, self._kinds, self._keys
        else:
            return
        if self._loose:
            days = np.concatenate([days, np.array([row[0] for row in self._loose], np.int64)])
            kinds = np.concatenate([kinds, np.array([row[1] for row in self._loose], np.uint64)])
            keys = np.concatenate([keys, np.array([row[2] for row in self._loose], np.uint64)])
            self._loose = []
        order = np.argsort(days, kind="stable")
        self._days, self._kinds, self._keys = days[order], kinds[order], keys[order]
        marks = _marks(self._days, self._kinds)
        order = np.argsort(marks, kind="stable")
        self._marks, self._by_mark = marks[order], self._keys[order]


def _marks(days: _Numbers, kinds: _Numbers) -> _Numbers:
    """One number for a day and a type."""
    marks: _Numbers = kinds ^ (days.astype(np.uint64) * np.uint64(_TURN))
    return marks
