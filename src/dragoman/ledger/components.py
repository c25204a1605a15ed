"""Items that may be one thing, kept in components that grow as stories come in.

A component holds every item that is linked, directly or through others, by a pairwise test; what the
items of a component amount to is decided by a pure function over those known at a time. So the ledger
is the same whatever the order of its stories, and adding one costs only the components it touches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from dragoman.ledger.store import Store

Row = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """How items of one kind are found and compared.

    Args:
        item: the column that holds the item's key.
        window: days either side of an item in which others are looked for; None = any day.
        neighbour: SQL condition on table ``r``, or "@" and a list column one of whose values must be shared;
            its parameters come from ``shared``.
        related: whether two items are linked.
        buckets: where an item is put, and where it looks for others.
        columns, compared: what is read of items of a touched component, and of neighbours.
    """

    name: str
    table: str
    item: str
    window: int | None
    neighbour: str
    shared: Callable[[Sequence[Row]], list[Any]]
    related: Callable[[Row, Row], bool]
    buckets: Callable[[Row], tuple[Iterable[Any], Iterable[Any]]]
    columns: str = "r.*"
    compared: str = "r.*"


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
    store: Store, kind: Kind, moments: dict[str, set[datetime]], span: tuple[date, date],
    again: dict[int, set[datetime]], pairs: set[frozenset[int]],
) -> list[Component]:  # fmt: skip
    """The components that the items of some stories belong to, with all their items.

    Args:
        moments: story id → when it gave cause (was recorded, replaced, corrected).
        span: first and last day of the items of these stories.
        again: items already settled that must be looked at again → when they changed.
        pairs: item keys that an analyst put together.
    """
    fresh = _items(store, kind, list(moments), span)
    new = [item for item in fresh if item["component"] is None]
    causes = {item["item"]: set(moments[item["story_id"]]) for item in fresh}
    for key, times in again.items():
        causes.setdefault(key, set()).update(times)
    near = (
        [item for item in _neighbours(store, kind, new) if item["component"] is not None]
        if new
        else []
    )
    union = _Union()
    for item in near:
        union.join(("component", item["component"]), item["item"])
    _link(kind, new, {item["item"]: item for item in [*near, *new]}, union)
    roots = {union.find(item["item"]) for item in new}
    wanted = {item["component"] for item in fresh if item["component"] is not None}
    wanted |= {item["component"] for item in near if union.find(item["item"]) in roots}
    wanted |= _components_of(store, kind, [*again, *(key for pair in pairs for key in pair)])
    members = _members(store, kind, wanted, span, bool(pairs))
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
        f"FROM {kind.table} r {join} member_rows m ON m.kind = '{kind.name}' AND m.item = r.{kind.item} "
        "AND m.day = r.day "
        f"WHERE {condition}"
    )


def _items(store: Store, kind: Kind, stories: Sequence[str], span: tuple[date, date]) -> list[Row]:
    condition = "r.day BETWEEN ? AND ? AND r.story_id IN (SELECT unnest(?::VARCHAR[]))"
    return store.dicts(_select(kind, condition), [*span, list(stories)])


def _neighbours(store: Store, kind: Kind, new: Sequence[Row]) -> list[Row]:
    """Settled items that may be related to new ones."""
    values = kind.shared(new)
    days, bounds = "TRUE", []
    if kind.window is not None:
        margin = timedelta(days=kind.window)
        bounds = [min(i["day"] for i in new) - margin, max(i["day"] for i in new) + margin]
        days = "r.day BETWEEN ? AND ? AND m.day BETWEEN ? AND ?"
    condition, within = kind.neighbour, []
    if condition.startswith(
        "@"
    ):  # a list column: unfolded and joined, where list_has_any tries every pair
        limit = "day BETWEEN ? AND ?" if bounds else "TRUE"
        condition = (
            f"r.{kind.item} IN (SELECT i FROM (SELECT {kind.item} AS i, unnest({condition[1:]}) AS k "
            f"FROM {kind.table} WHERE {limit}) WHERE k IN (SELECT unnest(?::UBIGINT[])))"
        )
        within = bounds
    values = [*bounds, *bounds, *within, *values]
    return store.dicts(_select(kind, f"{days} AND {condition}", "JOIN", kind.compared), values)


def _components_of(store: Store, kind: Kind, items: Sequence[int]) -> set[int]:
    if not items:
        return set()
    rows = store.query(
        "SELECT DISTINCT component FROM member_rows WHERE kind = ? AND item IN (SELECT unnest(?::UBIGINT[]))",
        [kind.name, list(items)],
    )
    return {row[0] for row in rows}


def _members(
    store: Store, kind: Kind, components: set[int], span: tuple[date, date], anywhere: bool
) -> list[Row]:
    """All items of the components. With a window, days are searched outward until none is missed."""
    if not components:
        return []
    condition = "m.component IN (SELECT unnest(?::UBIGINT[]))"
    if kind.window is None or anywhere:
        return store.dicts(_select(kind, condition, "JOIN"), [list(components)])
    margin = timedelta(days=4 * kind.window + 2)
    low, high = span[0] - margin, span[1] + margin
    while True:
        bounded = f"r.day BETWEEN ? AND ? AND m.day BETWEEN ? AND ? AND {condition}"
        rows = store.dicts(_select(kind, bounded, "JOIN"), [low, high, low, high, list(components)])
        edge = timedelta(days=kind.window + 1)
        if not any(row["day"] - edge <= low or row["day"] + edge >= high for row in rows):
            return rows
        if margin.days > 20_000:
            return rows
        margin *= 4
        low, high = _earlier(span[0], margin), _later(span[1], margin)


def _earlier(day: date, margin: timedelta) -> date:
    return day - margin if (day - date.min) > margin else date.min


def _later(day: date, margin: timedelta) -> date:
    return day + margin if (date.max - day) > margin else date.max


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
