"""From out-of-fold network scores to the combiner, its honest figures and its files.

The combiner is a multinomial logistic regression over the network's log-probabilities and the
lexicon's hits. It is fitted on scores of networks that had not seen the row. The lexicon's
authors had read PLV's training rows, so its hits are a little better there than on new text; for
that reason a fifth of the true type's hits are withheld while fitting.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from dragoman.coding.relation import combiner_features
from dragoman.coding.relation_lexicon import look_up
from relation_data import MERGED, TYPES, Row

CLASSES = [kind for kind in TYPES if kind not in MERGED["YIELD"]] + ["YIELD"]
WITHHELD, COPIES, STRENGTH = 0.2, 3, 0.3


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


def features(rows: list[Row], kinds: np.ndarray) -> np.ndarray:
    """The combiner's features for each row."""
    return np.array([
        combiner_features(scores, look_up(row.text, row.actor, row.recipient))
        for row, scores in zip(rows, kinds, strict=True)
    ])  # fmt: skip


def fit(matrix: np.ndarray, labels: list[str], seed: int = 1) -> LogisticRegression:
    """The combiner, fitted on copies of the rows with some of the right hits withheld."""
    chance = np.random.default_rng(seed)
    number = len(TYPES)
    copies = []
    for _ in range(COPIES):
        copy = matrix.copy()
        for place, name in enumerate(labels):
            if chance.random() < WITHHELD:
                for kind in MERGED.get(name, {name}):
                    column = TYPES.index(kind)
                    copy[place, number + column] = copy[place, 2 * number + column] = 0.0
        copies.append(copy)
    model = LogisticRegression(C=STRENGTH / COPIES, max_iter=3000)
    return model.fit(np.concatenate(copies), labels * COPIES)


def nested(
    found: OutOfFold, scored: OutOfFold | None = None, only: int | None = None
) -> np.ndarray:
    """Class probabilities of each row by a combiner fitted on the other folds only.

    Args:
        scored: the same rows read another way (exchanged spans), to be scored instead.
        only: one fold; the answer then has the rows of that fold alone.
    """
    labels = np.array([label(row) if row.types else "" for row in found.rows])
    scored = scored or found
    fitted_on, asked = features(found.rows, found.kinds), features(scored.rows, scored.kinds)
    chances = np.zeros((len(labels), len(CLASSES)))
    for fold in np.unique(found.fold) if only is None else [only]:
        inside = found.fold != fold
        model = fit(fitted_on[inside], labels[inside].tolist())
        columns = [CLASSES.index(name) for name in model.classes_]
        chances[np.ix_(~inside, columns)] = model.predict_proba(asked[~inside])
    return chances if only is None else chances[found.fold == only]


def settings(found: OutOfFold, version: str, threshold: float) -> dict[str, object]:
    """What ``data/relation.json`` holds: the combiner fitted on all out-of-fold rows."""
    labels = [label(row) for row in found.rows]
    model = fit(features(found.rows, found.kinds), labels)
    order = [list(model.classes_).index(name) for name in CLASSES]
    return {
        "version": version,
        "classes": CLASSES,
        "weights": np.round(model.coef_[order], 4).tolist(),
        "bias": np.round(model.intercept_[order], 4).tolist(),
        "holds": [1.0, 0.0],
        "threshold": threshold,
    }


def write(path: Path, content: object) -> None:
    """JSON with a line break at the end."""
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
