"""Derived rows and the time in which each was what we knew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dragoman.ledger.components import Component
from dragoman.ledger.store import Store

Row = dict[str, Any]
# First and last day of derived rows, and since when they can be known.
Bounds = tuple[date, date, datetime]
# What a group of items amounts to at a time: derived rows, each with its id.
Derive = Callable[[list[Row], datetime], list[Row]]


@dataclass
class Changes:
    """What a batch changes in one derived table."""

    closed: list[tuple[str, datetime]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    rebuilt: list[int] = field(default_factory=list)
    opened: list[Row] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)


def living(items: Sequence[Row], gone: dict[str, datetime], at: datetime) -> list[Row]:
    """Items known at a time whose story had not been replaced by then."""
    return [
        item
        for item in items
        if item["recorded"] <= at
        and not (item["story_id"] in gone and gone[item["story_id"]] <= at)
    ]


def revise(
    component: Component, existing: Sequence[Row], id_column: str, columns: Sequence[str],
    times: Sequence[datetime], derive: Derive, changes: Changes,
) -> list[Row]:  # fmt: skip
    """Bring the derived rows of a component up to date; hands on the last of its states.

    Where the news is later than everything known, only the last state is made; where an older record
    time comes in late, the component's whole past is made again.

    Args:
        existing: its derived rows so far, open and closed.
        times: every moment at which what is known of it changed.
        derive: items living at a time → rows.
    """
    latest = max((row["known_to"] or row["known_from"] for row in existing), default=None)
    fresh = sorted(component.causes)
    # something known later may have changed nothing and left no row: it counts all the same
    known = [moment for moment in times if moment not in component.causes]
    in_order = latest is not None and fresh[0] >= max([latest, *known])
    changes.moved.update({old: component.key for old in component.old_keys if old != component.key})
    if not in_order and existing:
        changes.rebuilt.extend(component.old_keys)
    current = (
        {row[id_column]: row for row in existing if row["known_to"] is None} if in_order else {}
    )
    made: list[Row] = []
    last: list[Row] = []
    for moment in fresh if in_order else sorted(times):
        last = derive(component.items, moment)
        wanted = {row[id_column]: row for row in last}
        for key, row in list(current.items()):
            if key in wanted and all(row[name] == wanted[key][name] for name in columns):
                continue
            del current[key]
            if row.get("new"):
                row["known_to"] = moment
            elif row["known_from"] == moment:
                changes.removed.append(key)
            else:
                changes.closed.append((key, moment))
        for key, row in wanted.items():
            if key not in current:
                row |= {
                    "known_from": moment,
                    "known_to": None,
                    "component": component.key,
                    "new": True,
                }
                current[key] = row
                made.append(row)
    changes.opened.extend(row for row in made if row["known_from"] != row["known_to"])
    return last


def within_bounds(table: str) -> str:
    """SQL for derived rows of a table within ``Bounds``, which are its values."""
    return f"{table}.day BETWEEN ? AND ? AND {table}.known_from >= ?"


def write(store: Store, table: str, id_column: str, changes: Changes, bounds: Bounds) -> None:
    """Close, remove and append derived rows. The bounds say which part of the table is read."""
    within = within_bounds(table)
    if changes.rebuilt:
        store.query(
            f"DELETE FROM {table} WHERE {within} AND component IN (SELECT unnest(?::UBIGINT[]))",
            [*bounds, changes.rebuilt],
        )
    if changes.removed:
        store.query(
            f"DELETE FROM {table} WHERE {within} AND known_to IS NULL "
            f"AND {id_column} IN (SELECT unnest(?::VARCHAR[]))",
            [*bounds, changes.removed],
        )
    if changes.closed:
        store.query(
            f"UPDATE {table} SET known_to = c.moment FROM (SELECT unnest(?::VARCHAR[]) AS id, "
            f"unnest(?::TIMESTAMP[]) AS moment) c WHERE {within} AND {table}.known_to IS NULL "
            f"AND {table}.{id_column} = c.id",
            [
                [key for key, _ in changes.closed],
                [moment for _, moment in changes.closed],
                *bounds,
            ],
        )
    if changes.moved:
        store.query(
            f"UPDATE {table} SET component = c.new FROM (SELECT unnest(?::UBIGINT[]) AS old, "
            f"unnest(?::UBIGINT[]) AS new) c WHERE {within} AND {table}.component = c.old",
            [list(changes.moved), list(changes.moved.values()), *bounds],
        )
    store.append(table, [{k: v for k, v in row.items() if k != "new"} for row in changes.opened])
