"""Groups as analysts put them: what they joined is one, what they parted stands apart. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Row = dict[str, Any]
Group = list[Row]
Pair = frozenset[int]  # two item keys


class Bound:
    """Analysts' merges and splits, as pairs of item keys of which no pair is in both."""

    def __init__(self, together: set[Pair], apart: set[Pair]) -> None:
        self.together, self.apart = together, apart
        self._named = {key for pair in together | apart for key in pair}

    def regrouped(self, groups: Sequence[Group], order: Callable[[Row], Any]) -> list[Group]:
        """The groups with these merges and splits."""
        meant = [group for group in groups if any(item["item"] in self._named for item in group)]
        others = [group for group in groups if not any(i["item"] in self._named for i in group)]
        parts = [part for group in meant for part in self._parted(sorted(group, key=order))]
        joined = self._joined(sorted(parts, key=lambda part: order(part[0])))
        return [*others, *(sorted(group, key=order) for group in joined)]

    def _joined(self, parts: Sequence[Group]) -> list[Group]:
        """Parts that hold the two items of a pair become one, unless they hold two that are to stand apart."""
        joined: list[Group] = []
        for part in parts:
            whole = part
            for other in [one for one in joined if self._any(self.together, part, one)]:
                if not self._any(self.apart, whole, other):
                    joined = [one for one in joined if one is not other]
                    whole = [*other, *whole]
            joined.append(whole)
        return joined

    def _parted(self, group: Group) -> list[Group]:
        """Each item joins the part that it was put into, or else the first that it was not kept from."""
        parts: list[Group] = []
        for item in group:
            able = [part for part in parts if not self._any(self.apart, [item], part)]
            wanted = [part for part in able if self._any(self.together, [item], part)]
            target = next(iter(wanted or able), None)
            if target is None:
                parts.append([item])
            else:
                target.append(item)
        return parts

    def _any(self, pairs: set[Pair], one: Group, two: Group) -> bool:
        """Whether some pair has an item in each group."""
        keys = [item["item"] for item in two if item["item"] in self._named]
        return any(
            frozenset((item["item"], key)) in pairs
            for item in one
            if item["item"] in self._named
            for key in keys
        )


def shown(groups: Sequence[Group], hidden: set[int], telling: dict[str, str]) -> list[Group]:
    """Groups without the items that analysts dismissed, and without copies of the stories that told these.

    Args:
        telling: story id → id of its telling; copies share one.
    """
    if not hidden:
        return list(groups)
    left = []
    for group in groups:
        false = {telling.get(i["story_id"], i["story_id"]) for i in group if i["item"] in hidden}
        left.append([i for i in group if telling.get(i["story_id"], i["story_id"]) not in false])
    return [group for group in left if group]
