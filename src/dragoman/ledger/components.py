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
_EVERY: Days = ("TRUE", [])
_ROUND = 3  # a component is read this many windows round a day known of it


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
        far: new items → SQL (with its values) for key, place, component and group of related items of days far from
            that of their story, None when there are none. Where it is given, these have a table of members of their own, and of all items
            ``told`` is the day of their story.
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
    far: Callable[[Store, Sequence[Row]], Days | None] | None = None

    @property
    def members(self) -> str:
        """The table (or view) that says which component and group each item belongs to."""
        return f"{self.name}_members"

    @property
    def timely(self) -> str:
        """The table of those members whose days are near that of their story."""
        return f"near_{self.members}" if self.far else self.members


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
    again: dict[int, set[datetime]], pairs: set[frozenset[int]], known: Sequence[Row] | None = None,
) -> list[Component]:  # fmt: skip
    """The components that the items of some stories belong to, with all their items.

    Args:
        again: items already settled that must be looked at again → when they changed.
        pairs: item keys that an analyst put together.
        known: settled items that were read already (``compared``, component and group), all neighbours of new ones
            among them; None where neighbours must be looked for.
    """
    told = items_of(store, kind, batch)
    new = [item for item in told if item["component"] is None]
    causes = {item["item"]: set(batch.moments[item["story_id"]]) for item in told}
    for key, times in again.items():
        causes.setdefault(key, set()).update(times)
    near: Sequence[Row] = []
    if new:
        near = _neighbours(store, kind, new) if known is None else known
    union = _Union()
    for item in near:
        union.join(("component", item["component"]), item["item"])
    _link(kind, new, {item["item"]: item for item in [*near, *new]}, union)
    roots = {union.find(item["item"]) for item in new}
    wanted = {item["component"] for item in told if item["component"] is not None}
    wanted |= {item["component"] for item in near if union.find(item["item"]) in roots}
    again_known = [item for item in known or () if item["item"] in again]
    wanted |= {item["component"] for item in again_known}
    # what remains are items of which neither component nor day is known yet
    anywhere = set(again).difference(item["item"] for item in [*told, *again_known])
    anywhere.update(key for pair in pairs for key in pair)
    wanted |= _components_of(store, kind, sorted(anywhere))
    days = [item["day"] for item in [*told, *near, *again_known] if item["component"] in wanted]
    members = _members(store, kind, wanted, None if anywhere else days)
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
        seen, joined = {key}, set()  # joined: settled components that the item belongs to already
        for shelf in kind.buckets(item)[1]:
            for other in shelves.get(shelf, ()):
                number, component = other["item"], other["component"]
                if number in seen:
                    continue
                seen.add(number)
                if component in joined:
                    continue
                if kind.window is not None and abs((day - other["day"]).days) > kind.window:
                    continue
                if union.find(number) != root:
                    if not kind.related(*((item, other) if key < number else (other, item))):
                        continue
                    union.join(key, number)
                    root = union.find(key)
                if component is not None:
                    joined.add(component)


def settled_rows(
    store: Store, kind: Kind, columns: str, keys: Days, days: Days, far: Days | None = None
) -> list[Row]:
    """Settled items that some SQL gives, with component and group.

    Only the days asked for are read of the table of members; its keys are scattered, so without them each
    look would read all of it. Rows are then looked up by their place in the table: with any other condition
    the database reads a little of each list column in every part of the table, a quarter of a second for
    500 rows of five million.

    Args:
        keys: SQL for the keys ``i`` and places ``p`` (rowid) of items; and for their days where the kind has ``far``.
        days: SQL for the days of those items, as ``m.day``.
        far: SQL for key, place, component and group of items of far days, which are not among the others.
    """
    if kind.far:
        return _rows_at(
            store,
            kind,
            columns,
            [*_near_places(store, kind, keys), *(store.query(*far) if far else [])],
        )
    return _placed_rows(store, kind, columns, (
        f"SELECT DISTINCT k.i, k.p, m.component, m.group_id FROM ({keys[0]}) k JOIN {kind.members} m ON m.item = k.i "
        f"WHERE {days[0]}", [*keys[1], *days[1]],
    ))  # fmt: skip


def _near_places(store: Store, kind: Kind, keys: Days) -> list[tuple[Any, ...]]:
    """Key, place, component and group of items of which some SQL gives key, place and day.

    Two looks: a batch looks for items of many years and finds few of them, and only their days are read of the members.
    """
    places = {item: (place, day) for item, place, day in store.query(*keys)}
    if not places:
        return []
    days, values = within("m.day", stretches([day for _, day in places.values()], 0))
    members = store.query(
        f"SELECT m.item, m.component, m.group_id FROM {kind.timely} m WHERE {days} AND m.item IN (SELECT unnest(?::UBIGINT[]))",
        [*values, sorted(places)],
    )
    return [(item, places[item][0], component, group) for item, component, group in members]


def _placed_rows(store: Store, kind: Kind, columns: str, places: Days) -> list[Row]:
    """Rows of which some SQL gives key, place, component and group."""
    return _rows_at(store, kind, columns, store.query(*places))


def _rows_at(store: Store, kind: Kind, columns: str, found: Sequence[tuple[Any, ...]]) -> list[Row]:
    """Rows of which key, place, component and group are known."""
    if not found:
        return []
    belongs = {
        item: {"component": component, "group_id": group} for item, _, component, group in found
    }
    rows = store.dicts(
        f"SELECT {columns}, r.{kind.item} AS item FROM {kind.table} r "
        "WHERE r.rowid IN (SELECT unnest(?::BIGINT[]))",
        [[row[1] for row in found]],
    )
    return [row | belongs[row["item"]] for row in rows]


def items_of(store: Store, kind: Kind, batch: Batch) -> list[Row]:
    """Items of a batch's stories with their component and group, both None where they are new."""
    names = store.columns(kind.table)
    nowhere = {"component": None, "group_id": None}
    remembered = [
        {name: row.get(name) for name in names} | {"item": row[kind.item]} | nowhere
        for row in batch.remembered(kind.table)
    ]
    if not batch.stored:
        return remembered
    condition, values = batch.bounds()
    stored = store.dicts(
        f"SELECT {kind.columns}, r.{kind.item} AS item, m.component, m.group_id FROM {kind.table} r "
        f"LEFT JOIN {kind.members} m ON m.item = r.{kind.item} WHERE {condition}",
        values,
    )
    return [*remembered, *stored]


def _neighbours(store: Store, kind: Kind, new: Sequence[Row]) -> list[Row]:
    """Settled items that may be related to new ones."""
    days, members_days = _EVERY, _EVERY
    if kind.window is not None:
        found = stretches([item["day"] for item in new], kind.window)
        days, members_days = within("r.day", found), within("m.day", found)
    far = kind.far(store, new) if kind.far else None
    return settled_rows(store, kind, kind.compared, kind.near(new, days), members_days, far)


def _components_of(store: Store, kind: Kind, items: Sequence[int]) -> set[int]:
    if not items:
        return set()
    rows = store.query(
        f"SELECT DISTINCT component FROM {kind.members} WHERE item IN (SELECT unnest(?::UBIGINT[]))",
        [list(items)],
    )
    return {row[0] for row in rows}


def _members(
    store: Store, kind: Kind, components: set[int], days: Sequence[date] | None
) -> list[Row]:
    """All items of the components.

    Items are linked within the kind's window, so the days of a component have no gap longer than that: it is
    read round the days known of it, and again further out for as long as something stands near the edge.

    Args:
        days: of at least one item of each component; None when they may lie anywhere.
    """
    if not components:
        return []
    if days is None or kind.window is None:
        return _members_within(store, kind, components, (_EVERY, _EVERY))
    known = sorted(set(days))
    while True:
        seen = stretches(known, kind.window * _ROUND)
        rows = _members_within(
            store, kind, components, (within("m.day", seen), within("r.day", seen))
        )
        told = sorted({row["day"] for row in rows})
        if all(_covered(day, kind.window, seen) for day in told):
            return rows
        known = sorted({*known, *told})


def _covered(day: date, window: int, seen: Sequence[tuple[date, date]]) -> bool:
    """Whether everything within the window of a day has been read."""
    return any(low <= shifted(day, -window) and shifted(day, window) <= high for low, high in seen)


def _members_within(
    store: Store, kind: Kind, components: set[int], days: tuple[Days, Days]
) -> list[Row]:
    """Items of the components on some days, as ``m.day`` and ``r.day``."""
    (one, one_values), (two, two_values) = days
    if (
        kind.far
    ):  # what tells of these days may stand anywhere in the table, but for the day of its story
        two, two_values = "r.told = m.told", []
    return _placed_rows(store, kind, kind.columns, (
        f"SELECT m.item, r.rowid, m.component, m.group_id FROM {kind.members} m JOIN {kind.table} r ON r.{kind.item} = m.item "
        f"WHERE m.component IN (SELECT unnest(?::UBIGINT[])) AND {one} AND {two}",
        [sorted(components), *one_values, *two_values],
    ))  # fmt: skip


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
