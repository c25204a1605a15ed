"""Items that may be one thing, kept in components that grow as stories come in.

A component holds every item that is linked, directly or through others, by a pairwise test; what the
items of a component amount to is decided by a pure function over those known at a time. So the ledger
is the same whatever the order of its stories, and adding one costs only the components it touches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dragoman.ledger.batch import Batch, shifted, stretches, within
from dragoman.ledger.store import Store

Row = dict[str, Any]
Days = tuple[str, list[Any]]  # SQL and its values


@dataclass(frozen=True)
class Kind:
    """How items of one kind are found and compared.

    Args:
        item: the column that holds the item's key.
        window: days either side of an item in which others are looked for; None = any day.
        near: new items and SQL for the days of ``r`` → SQL (with its values) for the keys of items that may be
            related to one of them. Only items of those days are looked at, so it may name too many.
        related: whether two items are linked.
        buckets: where an item is put, and where it looks for others.
        columns, compared: what is read of items of a touched component, and of neighbours.
    """

    name: str
    table: str
    item: str
    window: int | None
    near: Callable[[Sequence[Row], Days], Days]
    related: Callable[[Row, Row], bool]
    buckets: Callable[[Row], tuple[Iterable[Any], Iterable[Any]]]
    columns: str = "r.*"
    compared: str = "r.*"

    @property
    def members(self) -> str:
        """The table that says which component and group each item belongs to."""
        return f"{self.name}_members"


@dataclass
class Component:
    """A component that a batch touches: its items, and when it changed."""

    key: int
    items: list[Row]
    old_keys: set[int] = field(default_factory=set)
    causes: set[datetime] = field(default_factory=set)

    @property
    def first(self) -> date:
        """The first day of its items."""
        return min(item["day"] for item in self.items)

    @property
    def last(self) -> date:
        """The last day of its items."""
        return max(item["day"] for item in self.items)


def touched(
    store: Store, kind: Kind, batch: Batch,
    again: dict[int, set[datetime]], pairs: set[frozenset[int]],
) -> list[Component]:  # fmt: skip
    """The components that the items of some stories belong to, with all their items.

    Args:
        again: items already settled that must be looked at again → when they changed.
        pairs: item keys that an analyst put together.
    """
    told = items_of(store, kind, batch)
    new = [item for item in told if item["component"] is None]
    causes = {item["item"]: set(batch.moments[item["story_id"]]) for item in told}
    for key, times in again.items():
        causes.setdefault(key, set()).update(times)
    near = _neighbours(store, kind, new) if new else []
    union = _Union()
    for item in near:
        union.join(("component", item["component"]), item["item"])
    _link(kind, new, {item["item"]: item for item in [*near, *new]}, union)
    roots = {union.find(item["item"]) for item in new}
    wanted = {item["component"]: item for item in told if item["component"] is not None}
    wanted |= {item["component"]: item for item in near if union.find(item["item"]) in roots}
    days = [item["day"] for item in wanted.values()]
    elsewhere = _components_of(store, kind, [*again, *(key for pair in pairs for key in pair)])
    members = _members(store, kind, {*wanted, *elsewhere}, [] if elsewhere else days)
    for member in members:
        union.join(("component", member["component"]), member["item"])
    for one, two in (tuple(pair) for pair in pairs if len(pair) == 2):
        if union.has(one) and union.has(two):
            union.join(one, two)
    return _collected({item["item"]: item for item in [*members, *new]}, union, causes)


def _collected(
    everything: dict[int, Row], union: _Union, causes: dict[int, set[datetime]]
) -> list[Component]:
    groups: dict[Any, list[Row]] = {}
    for key, item in everything.items():
        groups.setdefault(union.find(key), []).append(item)
    made = []
    for items in groups.values():
        old = {item["component"] for item in items if item["component"] is not None}
        found = Component(min(old) if old else min(item["item"] for item in items), items, old)
        for item in items:
            found.causes |= causes.get(item["item"], set())
        if found.causes:
            made.append(found)
    return sorted(made, key=lambda component: component.key)


def _link(kind: Kind, new: Sequence[Row], pool: dict[int, Row], union: _Union) -> None:
    """Join every new item with the related ones of the pool that share a bucket with it."""
    shelves: dict[Any, list[Row]] = {}
    for item in pool.values():
        for shelf in kind.buckets(item)[0]:
            shelves.setdefault(shelf, []).append(item)
    for item in new:
        key, day = item["item"], item["day"]
        root = union.find(key)
        seen = {key}
        for shelf in kind.buckets(item)[1]:
            for other in shelves.get(shelf, ()):
                number = other["item"]
                if number in seen:
                    continue
                seen.add(number)
                if kind.window is not None and abs((day - other["day"]).days) > kind.window:
                    continue
                if union.find(number) == root:
                    continue
                if kind.related(*((item, other) if key < number else (other, item))):
                    union.join(key, number)
                    root = union.find(key)


def _select(kind: Kind, condition: str, join: str = "LEFT JOIN", columns: str = "") -> str:
    return (
        f"SELECT {columns or kind.columns}, r.{kind.item} AS item, m.component, m.group_id "
        f"FROM {kind.table} r {join} {kind.members} m ON m.item = r.{kind.item} AND m.day = r.day "
        f"WHERE {condition}"
    )


def items_of(store: Store, kind: Kind, batch: Batch) -> list[Row]:
    """Items of a batch's stories with their component and group, both None where they are new."""
    names = store.columns(kind.table)
    remembered = [
        {name: row.get(name) for name in names}
        | {"item": row[kind.item], "component": None, "group_id": None}
        for row in batch.remembered(kind.table)
    ]
    if not batch.stored:
        return remembered
    condition, values = batch.bounds()
    return [*remembered, *store.dicts(_select(kind, condition), values)]


def _neighbours(store: Store, kind: Kind, new: Sequence[Row]) -> list[Row]:
    """Settled items that may be related to new ones."""
    days: Days = ("TRUE", [])
    settled: Days = days
    if kind.window is not None:
        found = stretches([item["day"] for item in new], kind.window)
        days, settled = within("r.day", found), within("m.day", found)
    keys, values = kind.near(new, days)
    return store.dicts(
        f"WITH near AS MATERIALIZED (SELECT {kind.compared}, r.{kind.item} AS item FROM {kind.table} r "
        f"WHERE {days[0]} AND r.{kind.item} IN ({keys})) "
        "SELECT near.*, m.component, m.group_id FROM near "
        f"JOIN {kind.members} m ON m.item = near.item AND m.day = near.day WHERE {settled[0]}",
        [*days[1], *values, *settled[1]],
    )


def _components_of(store: Store, kind: Kind, items: Sequence[int]) -> set[int]:
    if not items:
        return set()
    rows = store.query(
        f"SELECT DISTINCT component FROM {kind.members} WHERE item IN (SELECT unnest(?::UBIGINT[]))",
        [list(items)],
    )
    return {row[0] for row in rows}


def _members(
    store: Store, kind: Kind, components: set[int], days: Sequence[date]
) -> list[Row]:  # fmt: skip
    """All items of the components.

    Args:
        days: a day of an item of each; from there days are searched outward until none is missed.
            Without days, or for a kind without a window, the whole table is read.
    """
    if not components:
        return []
    condition = "m.component IN (SELECT unnest(?::UBIGINT[]))"
    if kind.window is None or not days:
        return store.dicts(_select(kind, condition, "JOIN"), [list(components)])
    margin = 4 * kind.window + 2
    while True:
        found = stretches(days, margin)
        limit, values = within("r.day", found)
        bounded = f"{limit} AND {within('m.day', found)[0]} AND {condition}"
        rows = store.dicts(_select(kind, bounded, "JOIN"), [*values, *values, list(components)])
        if margin > 20_000 or not any(_at_edge(row["day"], found, kind.window + 1) for row in rows):
            return rows
        margin *= 4


def _at_edge(day: date, found: Sequence[tuple[date, date]], edge: int) -> bool:
    """Whether an item stands so near to the end of a stretch that another may lie beyond it."""
    return any(
        low <= day <= high and (shifted(day, -edge) <= low or shifted(day, edge) >= high)
        for low, high in found
    )


class _Union:
    """Disjoint sets over any keys."""

    def __init__(self) -> None:
        self._parent: dict[Any, Any] = {}

    def has(self, key: Any) -> bool:
        return key in self._parent

    def find(self, key: Any) -> Any:
        self._parent.setdefault(key, key)
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, one: Any, two: Any) -> None:
        self._parent[self.find(one)] = self.find(two)
