"""What the lexicon's hits say of the type, and the file that joins them to the network's scores.

The model's answer is a product of two opinions: the network's probabilities, and seven tenths
of a multinomial logistic regression over the lexicon's hits (0.5 to 0.7 of the weight measured
alike). A regression over both, fitted on 420 out-of-fold rows, was worse than the network alone.

The lexicon's authors had read PLV's training rows, so its hits are better there than on new text;
for that reason a third of the true type's hits are withheld while the regression is fitted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from dragoman.coding.relation import joined, merged_logs
from dragoman.coding.relation_lexicon import look_up
from relation_data import MERGED, TYPES, Row

CLASSES = [kind for kind in TYPES if kind not in MERGED["YIELD"]] + ["YIELD"]
WITHHELD, COPIES, STRENGTH, SHARE = 0.35, 3, 1.0, 0.7


@dataclass(frozen=True)
class OutOfFold:
    """Scores of rows the network had not seen: before softmax, forward and exchanged."""

    rows: list[Row]
    fold: np.ndarray
    kinds: np.ndarray
    holds: np.ndarray
    swapped_kinds: np.ndarray
    swapped_holds: np.ndarray


def label(row: Row) -> str:
    """The row's class among ``CLASSES``."""
    return "YIELD" if row.types == MERGED["YIELD"] else next(iter(row.types))


def hits(rows: Sequence[Row]) -> np.ndarray:
    """The lexicon's hits in each row: nearness of each type, then earliness."""
    found = (look_up(row.text, row.actor, row.recipient) for row in rows)
    return np.array([item.near + item.first for item in found])


def fit(rows: Sequence[Row], seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Weights (classes, hits) and bias of the regression over the lexicon's hits."""
    chance = np.random.default_rng(seed)
    matrix, labels = hits(rows), [label(row) for row in rows]
    copies = []
    for _ in range(COPIES):
        copy = matrix.copy()
        for place, name in enumerate(labels):
            if chance.random() < WITHHELD:
                for kind in MERGED.get(name, {name}):
                    column = TYPES.index(kind)
                    copy[place, column] = copy[place, len(TYPES) + column] = 0.0
        copies.append(copy)
    model = LogisticRegression(C=STRENGTH / COPIES, max_iter=3000)
    model.fit(np.concatenate(copies), labels * COPIES)
    order = [list(model.classes_).index(name) for name in CLASSES]
    return model.coef_[order], model.intercept_[order]


def chances(
    rows: Sequence[Row], kinds: np.ndarray, weights: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    """Class probabilities of each row, as the package computes them."""
    return np.array([
        joined(merged_logs(scores, CLASSES), weights @ found + bias, SHARE)
        for scores, found in zip(kinds, hits(rows), strict=True)
    ])  # fmt: skip


def nested(found: OutOfFold, pairs: Sequence[Row], scored: OutOfFold | None = None) -> np.ndarray:
    """Class probabilities of each row, the lexicon's regression fitted without the row's fold.

    Args:
        pairs: all PLV rows.
        scored: the same rows read another way (exchanged spans), to be scored instead.
    """
    scored = scored or found
    made = np.zeros((len(found.rows), len(CLASSES)))
    for fold in np.unique(found.fold):
        places = np.flatnonzero(found.fold == fold)
        outside = {found.rows[place] for place in places}
        weights, bias = fit([row for row in pairs if row not in outside])
        asked = [scored.rows[place] for place in places]
        made[places] = chances(asked, scored.kinds[places], weights, bias)
    return made


def settings(pairs: Sequence[Row], version: str, threshold: float) -> dict[str, object]:
    """What ``data/relation.json`` holds: the regression fitted on all PLV rows."""
    weights, bias = fit(pairs)
    return {
        "version": version,
        "classes": CLASSES,
        "share": SHARE,
        "weights": np.round(weights, 4).tolist(),
        "bias": np.round(bias, 4).tolist(),
        "threshold": threshold,
    }


def write(path: Path, content: object, indent: int | None = 1) -> None:
    """JSON with a line break at the end."""
    path.write_text(json.dumps(content, indent=indent) + "\n", encoding="utf-8")
