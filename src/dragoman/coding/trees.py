"""Boosted trees: questions of yes and no over rows of numbers, whose answers are added up.

Fitted by scikit-learn in ``training/`` and kept as plain numbers in JSON; read here with NumPy
alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from dragoman.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

Fitted = TypeVar("Fitted")


def read(make: Callable[[dict[str, Any]], Fitted], file: Path, what: str) -> Fitted:
    """What ``make`` builds of the JSON in a file of the package.

    Args:
        what: the file's content, as a message about it names it.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        return make(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{what} in {file} cannot be read: {error}") from error


class Trees:
    """Rows of numbers in, probabilities out.

    Args:
        data: ``start`` (log-odds before any question) and ``trees``, each with ``feature``,
            ``threshold``, ``left``, ``right`` and ``value`` by node; node 0 is the root.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._start = float(data["start"])
        size = max((len(tree["feature"]) for tree in data["trees"]), default=1)

        def table(key: str, kind: type) -> NDArray[Any]:
            """One row a tree, filled up with zeros."""
            made: NDArray[Any] = np.zeros((len(data["trees"]), size), dtype=kind)
            for row, tree in zip(made, data["trees"], strict=True):
                row[: len(tree[key])] = tree[key]
            return made

        self._feature, self._threshold = table("feature", np.int64), table("threshold", np.float64)
        self._left, self._right = table("left", np.int64), table("right", np.int64)
        self._value = table("value", np.float64)

    def chances(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability of each row.

        Args:
            rows: (rows, features), in the order the trees were fitted on.
        """
        trees, own = np.arange(len(self._value))[:, None], np.arange(len(rows))[None, :]
        node = np.zeros((len(self._value), len(rows)), dtype=np.int64)
        while (inner := self._left[trees, node] > 0).any():  # the root is nobody's child
            low = rows[own, self._feature[trees, node]] <= self._threshold[trees, node]
            below = np.where(low, self._left[trees, node], self._right[trees, node])
            node = np.where(inner, below, node)
        score = self._start + self._value[trees, node].sum(0)
        made: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-score))
        return made
