"""An analyst's word: rows of their own that survive recoding, and how they change what is derived.

A correction is anchored in words (story and offsets), not in an id of a coder: after a recoding it
finds whatever the new coder makes of the same words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dragoman.ledger import recodable
from dragoman.ledger.bound import Bound, Pair
from dragoman.ledger.store import Store

Row = dict[str, Any]
ACTIONS = ("merge", "split", "recode", "dismiss", "confirm", "note")

# kind of item → (table, key column, first and last offset of its words)
PLACES = {
    "report": ("report_rows", "report", "trigger_start", "trigger_end"),
    "claim": ("claim_rows", "item", "start_offset", "end_offset"),
    "commitment": ("commitment_rows", "item", "start_offset", "end_offset"),
    "agreement": ("agreement_rows", "item", "start_offset", "end_offset"),
}


@dataclass
class Correction:
    """One correction with the item keys its anchors point to now."""

    row: Row
    kind: str
    keys: list[int]
    other_keys: list[int] = field(default_factory=list)


class Corrections:
    """All corrections of a ledger, ready to be asked while deriving."""

    def __init__(self, items: Sequence[Correction]) -> None:
        self.items = list(items)

    def pairs(self, kind: str) -> set[frozenset[int]]:
        """Item keys that an analyst put together."""
        return {pair for item in self._of(kind, "merge") for pair in _product(item)}

    def regroup(self, kind: str) -> bool:
        """Whether an analyst ever put items of this kind together or apart."""
        return bool(self._of(kind, "merge") or self._of(kind, "split"))

    def bound(self, kind: str, at: datetime) -> Bound | None:
        """Merges and splits known at a time; None when there are none."""
        together: set[Pair] = set()
        apart: set[Pair] = set()
        for item in self._known(kind, at):
            if item.row["action"] in ("merge", "split"):  # the later word holds
                merge, pairs = item.row["action"] == "merge", _product(item)
                together = together | pairs if merge else together - pairs
                apart = apart - pairs if merge else apart | pairs
        return Bound(together, apart) if together or apart else None

    def dismissed(self, kind: str, at: datetime) -> set[int]:
        """Item keys that an analyst dismissed and none has confirmed since."""
        hidden: set[int] = set()
        for item in self._known(kind, at):
            if item.row["action"] == "dismiss":
                hidden |= {*item.keys}
            elif item.row["action"] == "confirm":
                hidden -= {*item.keys}
        return hidden

    def dismisses(self, kind: str) -> bool:
        """Whether an analyst ever dismissed anything of this kind."""
        return bool(self._of(kind, "dismiss"))

    def times(self, kind: str, keys: Sequence[int]) -> set[datetime]:
        """When corrections of these items were recorded."""
        wanted = set(keys)
        return {
            i.row["recorded"]
            for i in self.items
            if i.kind == kind and wanted & {*i.keys, *i.other_keys}
        }

    def moves_days(self, kind: str) -> bool:
        """Whether an analyst gave something of this kind another day than its stories tell."""
        return any(item.row["field"] == "day" for item in self._of(kind, "recode"))

    def apply(self, kind: str, state: Row, keys: Sequence[int], at: datetime) -> None:
        """Change a derived row as analysts said."""
        wanted = set(keys)
        notes = []
        for item in self._known(kind, at):
            action, row = item.row["action"], item.row
            if action in ("merge", "split") or not wanted & set(item.keys):
                continue
            if action == "confirm" and "confirmed" in state:
                state |= {"confirmed": True, "confidence": 1.0}
            if action == "recode" and recodable.changed(
                state, kind, row["field"], json.loads(row["value"])
            ):
                _restate(state, row)
            notes.append({"action": action, "analyst": row["analyst"], "reason": row["reason"],
                          "when": row["recorded"].isoformat()})  # fmt: skip
        if notes and "notes" in state:
            state["notes"] = json.dumps(notes, ensure_ascii=False)

    def _known(self, kind: str, at: datetime) -> list[Correction]:
        """Corrections of a kind that were made by a time, in their order."""
        return [item for item in self.items if item.kind == kind and item.row["recorded"] <= at]

    def _of(self, kind: str, action: str) -> list[Correction]:
        return [item for item in self.items if item.kind == kind and item.row["action"] == action]


def _restate(state: Row, row: Row) -> None:
    """A changed status gets its step of history."""
    if row["field"] == "status" and "history" in state:
        history = json.loads(state["history"])
        history.append({"date": row["recorded"].date().isoformat(), "status": state["status"],
                        "said": state["status"], "by": [], "rule": f"analyst: {row['analyst']}",
                        "story": None, "event": None, "statement": None})  # fmt: skip
        state["history"] = json.dumps(history)


def _product(item: Correction) -> set[frozenset[int]]:
    return {frozenset((one, two)) for one in item.keys for two in item.other_keys if one != two}


def load(store: Store) -> Corrections:
    """All corrections, in the order they were made, with what their anchors point to now."""
    found = []
    for row in store.dicts("SELECT * FROM correction_rows ORDER BY recorded, correction_id"):
        anchors = json.loads(row["anchors"])
        found.append(
            Correction(row, anchors["kind"], keys_of(store, anchors["kind"], anchors["subject"]),
                       keys_of(store, anchors["kind"], anchors.get("other", [])))
        )  # fmt: skip
    return Corrections(found)


def keys_of(store: Store, kind: str, anchors: Sequence[Row]) -> list[int]:
    """Items whose words overlap an anchor: the one that overlaps most, of the same type if any is."""
    table, column, first, last = PLACES[kind]
    kind_column = {"report": "type", "commitment": "kind", "agreement": "sign"}.get(kind, "NULL")
    keys: list[int] = []
    for anchor in anchors:
        if anchor["start"] is None:
            keys.append(anchor["item"])
            continue
        rows = store.query(
            f"SELECT {column}, least({last}, ?) - greatest({first}, ?) AS shared, {kind_column} FROM {table} "
            f"WHERE story_id = ? AND {first} < ? AND {last} > ? ORDER BY ({kind_column} = ?) DESC NULLS LAST, shared DESC, {column}",
            [
                anchor["end"],
                anchor["start"],
                anchor["story"],
                anchor["end"],
                anchor["start"],
                anchor.get("type"),
            ],
        )
        keys.extend(row[0] for row in rows[:1])
    return keys


def anchors_of(store: Store, kind: str, keys: Sequence[int]) -> list[Row]:
    """Where the words of some items stand; a claim whose words are not known is told by its key."""
    table, column, first, last = PLACES[kind]
    kind_column = {"report": "type", "commitment": "kind", "agreement": "sign"}.get(kind, "NULL")
    rows = store.query(
        f"SELECT story_id, {first}, {last}, {kind_column}, {column} FROM {table} WHERE {column} IN "
        f"(SELECT unnest(?::UBIGINT[])) ORDER BY day, story_id, {first}",
        [list(keys)],
    )
    return [
        {"story": s, "start": a, "end": b, "type": t} | ({"item": i} if a is None else {})
        for s, a, b, t, i in rows
    ]
