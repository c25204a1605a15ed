"""Boosted trees: questions of yes and no over rows of numbers, whose answers are added up.

Fitted by scikit-learn in ``training/`` and kept as plain numbers in JSON; read here with NumPy
alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Trees:
    """Rows of numbers in, probabilities out.

    Every tree is held as a full one, below an answer that comes early the same answer again. So question
    ``n`` of a level, counted over all trees, leads to ``2 n`` (no) and ``2 n + 1`` (yes) of the next.

    Args:
        data: ``start`` (log-odds before any question) and ``trees``, each with ``feature``,
            ``threshold``, ``left``, ``right`` and ``value`` by node; node 0 is the root.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._start = float(data["start"])
        trees = data["trees"]
        nodes = [[0] for _ in trees]  # of the level, by tree
        self._first = np.arange(len(trees))[:, None]
        self._levels: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = []
        while any(_is_inner(*place) for place in _places(trees, nodes)):
            feature = [tree["feature"][node] for tree, node in _places(trees, nodes)]
            threshold = [tree["threshold"][node] for tree, node in _places(trees, nodes)]
            self._levels.append((np.array(feature, np.int64), np.array(threshold, float)))
            nodes = [[below for node in held for below in _below(tree, node)]
                     for tree, held in zip(trees, nodes, strict=True)]  # fmt: skip
        self._values = np.array(
            [tree["value"][node] for tree, node in _places(trees, nodes)], float
        )

    def chances(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability of each row.

        Args:
            rows: (rows, features), in the order the trees were fitted on.
        """
        numbers = rows.ravel()
        starts = np.arange(len(rows)) * rows.shape[1]
        node = self._first
        for feature, threshold in self._levels:
            low = numbers.take(feature.take(node) + starts) <= threshold.take(node)
            node = 2 * node + low
        score = np.full(len(rows), self._start) + self._values.take(node).sum(0)
        made: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-score))
        return made


def _places(
    trees: Sequence[Mapping[str, Any]], nodes: Sequence[Sequence[int]]
) -> Iterator[tuple[Mapping[str, Any], int]]:
    """The nodes with their trees, one tree after another."""
    return ((tree, node) for tree, held in zip(trees, nodes, strict=True) for node in held)


def _is_inner(tree: Mapping[str, Any], node: int) -> bool:
    """Whether a node asks: the root is nobody's child, and a leaf has no children."""
    return bool(tree["left"][node] > 0)


def _below(tree: Mapping[str, Any], node: int) -> tuple[int, int]:
    """Where no and yes lead; a leaf to itself."""
    return (tree["right"][node], tree["left"][node]) if _is_inner(tree, node) else (node, node)


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
