"""Boosted trees: questions of yes and no over rows of numbers, whose answers are added up.

Fitted by scikit-learn in ``training/`` and kept as plain numbers in JSON; read here with NumPy
alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Trees:
    """Rows of numbers in, probabilities out.

    Args:
        data: ``start`` (log-odds before any question) and ``trees``, each with ``feature``,
            ``threshold``, ``left``, ``right`` and ``value`` by node; node 0 is the root.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._start = float(data["start"])
        sizes = [len(tree["feature"]) for tree in data["trees"]]
        self._roots = np.cumsum([0, *sizes[:-1]], dtype=np.int64)[: len(sizes), None]
        firsts = np.repeat(self._roots[:, 0], sizes)

        def joined(key: str, kind: type) -> NDArray[Any]:
            """The nodes of all trees, one tree after another."""
            return np.array([value for tree in data["trees"] for value in tree[key]], dtype=kind)

        self._feature, self._threshold = joined("feature", np.int64), joined("threshold", float)
        self._value = joined("value", float)
        left, right = joined("left", np.int64), joined("right", np.int64)
        inner = left > 0  # the root is nobody's child
        leaf = np.arange(len(left))  # a leaf leads to itself
        left = np.where(inner, firsts + left, leaf)
        right = np.where(inner, firsts + right, leaf)
        self._next = np.column_stack([right, left]).ravel()  # after no and after yes
        self._depth = _depth(self._roots[:, 0], left, right)

    def chances(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability of each row.

        Args:
            rows: (rows, features), in the order the trees were fitted on.
        """
        numbers = rows.ravel()
        firsts = np.arange(len(rows))[None, :] * rows.shape[1]
        node = np.repeat(self._roots, len(rows), axis=1)
        for _ in range(self._depth):
            low = numbers.take(self._feature.take(node) + firsts) <= self._threshold.take(node)
            node = self._next.take(2 * node + low)
        score = self._start + self._value.take(node).sum(0)
        made: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-score))
        return made


def _depth(roots: NDArray[Any], left: NDArray[Any], right: NDArray[Any]) -> int:
    """The most questions on any way from a root to a leaf."""
    level, depth = set(roots.tolist()), 0
    while level := {int(x) for node in level for x in (left[node], right[node]) if x != node}:
        depth += 1
    return depth


class TypedTrees:
    """Fitted trees whose rows tell the type of an event.

    Args:
        data: ``least`` (probability from which the answer is yes), ``types`` of the coding scheme
            in the order of the rows, ``start``, ``trees``.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.least = float(data["least"])
        self.types: list[str] = data["types"]
        self._trees = Trees(data)
