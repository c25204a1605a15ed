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

from dragoman.ledger.merging import Bound
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
# what ``recode`` may change, by kind
FIELDS = {
    "report": (
        "type",
        "mode",
        "cameo",
        "quad",
        "score",
        "place",
        "place_country",
        "day",
        "day_end",
    ),
    "claim": ("text", "contested"),
    "commitment": ("kind", "status", "text", "due_end", "name"),
    "agreement": ("name", "status", "scope", "until", "in_force_from"),
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
        merges = [item for item in self._of(kind, "merge") if item.row["recorded"] <= at]
        splits = [item for item in self._of(kind, "split") if item.row["recorded"] <= at]
        if not merges and not splits:
            return None
        together = {pair for item in merges for pair in _product(item)}
        apart = {pair for item in splits for pair in _product(item)}
        return Bound(together - apart, apart)

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

    def apply(self, kind: str, state: Row, keys: Sequence[int], at: datetime) -> bool:
        """Change a derived row as analysts said; False when it is dismissed."""
        wanted = set(keys)
        notes = []
        kept = True
        for item in self.items:
            if item.kind != kind or item.row["recorded"] > at or not wanted & set(item.keys):
                continue
            action, row = item.row["action"], item.row
            if action == "dismiss":
                kept = False
            elif action == "confirm":
                kept = True
                _confirm(state)
            elif action == "recode":
                state[row["field"]] = json.loads(row["value"])
                _restate(state, row)
            if action != "merge" and action != "split":
                notes.append({"action": action, "analyst": row["analyst"], "reason": row["reason"],
                              "when": row["recorded"].isoformat()})  # fmt: skip
        if notes and "notes" in state:
            state["notes"] = json.dumps(notes, ensure_ascii=False)
        return kept

    def _of(self, kind: str, action: str) -> list[Correction]:
        return [item for item in self.items if item.kind == kind and item.row["action"] == action]


def _confirm(state: Row) -> None:
    if "confirmed" in state:
        state["confirmed"] = True
        state["confidence"] = 1.0


def _restate(state: Row, row: Row) -> None:
    """A changed status gets its step of history; a changed day its type."""
    from datetime import date

    for name in ("day", "day_end", "due_end", "until", "in_force_from"):
        if row["field"] == name and isinstance(state[name], str):
            state[name] = date.fromisoformat(state[name])
    if row["field"] == "day" and "dated" in state:
        state["dated"] = True
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
            Correction(row, anchors["kind"], _keys(store, anchors["kind"], anchors["subject"]),
                       _keys(store, anchors["kind"], anchors.get("other", [])))
        )  # fmt: skip
    return Corrections(found)


def _keys(store: Store, kind: str, anchors: Sequence[Row]) -> list[int]:
    """Items whose words overlap an anchor: the one that overlaps most, of the same type if any is."""
    table, column, first, last = PLACES[kind]
    kind_column = {"report": "type", "commitment": "kind", "agreement": "sign"}.get(kind, "NULL")
    keys: list[int] = []
    for anchor in anchors:
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
    """Where the words of some items stand."""
    table, column, first, last = PLACES[kind]
    kind_column = {"report": "type", "commitment": "kind", "agreement": "sign"}.get(kind, "NULL")
    rows = store.query(
        f"SELECT story_id, {first}, {last}, {kind_column} FROM {table} WHERE {column} IN "
        f"(SELECT unnest(?::UBIGINT[])) ORDER BY day, story_id, {first}",
        [list(keys)],
    )
    return [{"story": s, "start": a, "end": b, "type": t} for s, a, b, t in rows]
