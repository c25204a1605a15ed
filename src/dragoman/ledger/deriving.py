"""Derived rows of the components that a batch touched, and who belongs where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from dragoman.ledger import corrections
from dragoman.ledger.components import Component, Kind
from dragoman.ledger.states import Changes, Derive, revise, write
from dragoman.ledger.store import Store

Row = dict[str, Any]


def revise_rows(store: Store, kind: Kind, table: str, id_column: str, components: list[Component],
            derive: Derive, gone: dict[str, datetime], more: dict[int, set[datetime]],
            said: corrections.Corrections) -> Changes:  # fmt: skip
    """Make the derived rows of all touched components and note who belongs where."""
    changes = Changes()
    if not components:
        return changes
    span = days_of(components, said.moves_days(kind.name))
    existing: dict[int, list[Row]] = {}
    old = sorted({key for c in components for key in c.old_keys})
    for row in (
        store.dicts(
            f"SELECT * FROM {table} WHERE rowid IN (SELECT rowid FROM {table} "
            "WHERE component IN (SELECT unnest(?::UBIGINT[])) AND day BETWEEN ? AND ?)",
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
            rows.append({"item": item["item"], "day": item["day"],
                         "component": component.key, "group_id": group})  # fmt: skip
    if stale:
        store.query(
            f"DELETE FROM {kind.members} WHERE day BETWEEN ? AND ? AND item IN (SELECT unnest(?::UBIGINT[]))",
            [
                min(i["day"] for i in stale),
                max(i["day"] for i in stale),
                [i["item"] for i in stale],
            ],
        )
    store.append(kind.members, rows)


def days_of(components: list[Component], anywhere: bool) -> tuple[date, date]:
    """The days in which derived rows of these components can lie.

    Args:
        anywhere: an analyst gave some derived row a day of his own.
    """
    if anywhere or not components:
        return date.min, date.max
    return min(c.first for c in components), max(c.last for c in components)


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
