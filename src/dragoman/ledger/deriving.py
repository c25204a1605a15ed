"""Derived rows of the components that a batch touched, and who belongs where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from dragoman.ledger import corrections
from dragoman.ledger.components import Component, Kind
from dragoman.ledger.merging import is_far
from dragoman.ledger.states import Bounds, Changes, Derive, revise, within_bounds, write
from dragoman.ledger.store import Store

Row = dict[str, Any]


def revise_rows(store: Store, kind: Kind, table: str, id_column: str, components: list[Component],
            derive: Derive, gone: dict[str, datetime], more: dict[int, set[datetime]],
            said: corrections.Corrections) -> Changes:  # fmt: skip
    """Make the derived rows of all touched components and note who belongs where."""
    changes = Changes()
    if not components:
        return changes
    span = bounds_of(components, said.moves_days(kind.name))
    existing: dict[int, list[Row]] = {}
    old = sorted({key for c in components for key in c.old_keys})
    for row in (
        store.dicts(
            f"SELECT * FROM {table} WHERE rowid IN (SELECT rowid FROM {table} "
            f"WHERE component IN (SELECT unnest(?::UBIGINT[])) AND {within_bounds(table)})",
            [old, *span],
        )
        if old
        else []
    ):
        existing.setdefault(row["component"], []).append(row)
    columns = [
        name for name in store.columns(table) if name not in ("component", "known_from", "known_to")
    ]
    assigned: dict[int, str] = {}
    for component in components:
        times = {item["recorded"] for item in component.items} | component.causes
        times |= {gone[item["story_id"]] for item in component.items if item["story_id"] in gone}
        for item in component.items:
            times |= more.get(item["item"], set())
        times |= said.times(kind.name, [item["item"] for item in component.items])
        rows = [row for key in component.old_keys for row in existing.get(key, [])]
        last = revise(component, rows, id_column, columns, sorted(times), derive, changes)
        assigned |= {key: state[id_column] for key, state in _keys_of(last, kind, component.items)}
    write(store, table, id_column, changes, span)
    write_members(store, kind, components, assigned)
    return changes


def _keys_of(states: list[Row], kind: Kind, items: list[Row]) -> Iterator[tuple[int, Row]]:
    """Item keys behind derived rows, each with its row."""
    told = (
        {(i["story_id"], i["story_claim"]): i["item"] for i in items}
        if kind.name == "claim"
        else {}
    )
    for state in states:
        if kind.name == "claim":
            keys = [told[e["story"], e["claim"]] for e in json.loads(state["evidence"])]
        else:
            keys = state["report_keys"] if kind.name == "report" else state["items"]
        yield from ((key, state) for key in keys)


def write_members(
    store: Store, kind: Kind, components: list[Component], assigned: dict[int, str]
) -> None:
    """Note component and group of every item where they changed."""
    rows, stale = [], []
    for component in components:
        for item in component.items:
            group = assigned.get(item["item"])
            if item["component"] == component.key and item["group_id"] == group:
                continue
            if item["component"] is not None:
                stale.append(item)
            rows.append(item | {"component": component.key, "group_id": group})
            if kind.far and item["component"] is None and is_far(item):
                store.far.note([item])
    if not kind.far:
        _write_members(store, kind.members, rows, stale)
        return
    for table, wanted in ((kind.timely, False), (f"far_{kind.members}", True)):
        _write_members(
            store,
            table,
            [row for row in rows if is_far(row) is wanted],
            [row for row in stale if is_far(row) is wanted],
        )


def _write_members(store: Store, table: str, rows: list[Row], stale: list[Row]) -> None:
    if stale:
        store.query(
            f"DELETE FROM {table} WHERE day BETWEEN ? AND ? AND item IN (SELECT unnest(?::UBIGINT[]))",
            [
                min(i["day"] for i in stale),
                max(i["day"] for i in stale),
                [i["item"] for i in stale],
            ],
        )
    names = store.columns(table)
    store.append(table, [{name: row[name] for name in names} for row in rows])


def bounds_of(components: list[Component], anywhere: bool) -> Bounds:
    """The days in which derived rows of these components can lie, and since when they can be known.

    No row is known earlier than the first of its items; the tables stand in that order, so this keeps most of
    them unread where some day is far from the others.

    Args:
        anywhere: an analyst gave some derived row a day of his own.
    """
    since = min(
        (item["recorded"] for c in components if c.old_keys for item in c.items),
        default=datetime.min,
    )
    if anywhere or not components:
        return date.min, date.max, since
    return min(c.first for c in components), max(c.last for c in components), since


def gone_of(store: Store, components: list[Component]) -> dict[str, datetime]:
    """Stories of these components that a corrected version replaced → when."""
    return gone_stories(store, {item["story_id"] for c in components for item in c.items})


def gone_stories(store: Store, stories: set[str]) -> dict[str, datetime]:
    """Stories that a corrected version replaced → when."""
    replaced = store.known.replaced(stories)
    if not replaced:
        return {}
    return dict(store.query(
        "SELECT old_story, min(recorded) FROM replacement_rows WHERE old_story IN "
        "(SELECT unnest(?::VARCHAR[])) GROUP BY old_story", [replaced],
    ))  # fmt: skip
