"""Groups of items by their leaders: each item, in order, joins the first group whose first item it matches. Pure.

So a chain of look-alikes does not become one group. What was decided before is not decided again: of
settled items it is known which leader they followed, and that no earlier leader of their component fits.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Row = dict[str, Any]
_Leader = tuple[int, Row]  # number of its group, and the item


def split(
    items: Sequence[Row],
    order: Callable[[Row], Any],
    same: Callable[[Row, Row], bool],
    settled: Sequence[Row] = (),
) -> list[list[Row]]:
    """Groups of items, in the order of their leaders.

    Args:
        same: whether an item (second) can follow a leader (first).
        settled: items with the ``component`` and ``group_id`` of the last settling, of which ``items`` are
            some; both are None or missing where an item is new. Without it all is decided anew.
    """
    hints = _Hints(settled, order)
    groups: list[list[Row]] = []
    leading: dict[
        int | None, list[_Leader]
    ] = {}  # component of settled leaders (None: of new ones)
    numbers: dict[Any, int] = {}  # settled group → its number now
    for item in sorted(items, key=order):
        number = _followed(item, hints, numbers, leading, same)
        if number is not None:
            groups[number].append(item)
            continue
        number = len(groups)
        groups.append([item])
        group = hints.led_by(item)
        leading.setdefault(None if group is None else group[0], []).append((number, item))
        if group is not None:
            numbers[group] = number
    return groups


class _Hints:
    """Which group each settled item belonged to, and which item led it."""

    def __init__(self, settled: Sequence[Row], order: Callable[[Row], Any]) -> None:
        self._group: dict[int, tuple[int, str]] = {}
        self._leader: dict[tuple[int, str], int] = {}
        known = [item for item in settled if item.get("group_id") is not None]
        for item in sorted(known, key=order):
            group = (item["component"], item["group_id"])
            self._group[id(item)] = group
            self._leader.setdefault(group, id(item))

    def group_of(self, item: Row) -> tuple[int, str] | None:
        """Component and id of the group, None for a new item."""
        return self._group.get(id(item))

    def led_by(self, item: Row) -> tuple[int, str] | None:
        """The group that the item led, None if it led none."""
        group = self._group.get(id(item))
        return group if group is not None and self._leader[group] == id(item) else None


def _followed(
    item: Row, hints: _Hints, numbers: dict[Any, int], leading: dict[int | None, list[_Leader]],
    same: Callable[[Row, Row], bool],
) -> int | None:  # fmt: skip
    """The number of the group whose leader the item follows, or None when it leads one itself."""
    group = hints.group_of(item)
    old = numbers.get(group) if group is not None else None
    decided = group is not None and (old is not None or hints.led_by(item) is not None)
    component = group[0] if group is not None and decided else None
    for number, leader in _leaders(leading, component if decided else None):
        if old is not None and number > old:
            break
        if same(leader, item):
            return number
    return old


def _leaders(leading: dict[int | None, list[_Leader]], component: int | None) -> Iterator[_Leader]:
    """Leaders in their order, without those that one component's items were compared with already."""
    lists = [found for key, found in leading.items() if key is None or key != component]
    return iter(lists[0]) if len(lists) == 1 else heapq.merge(*lists, key=lambda one: one[0])
